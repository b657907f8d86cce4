//! What is done at once: emergency measures, separations, the court.

pub mod events;
pub(in crate::case) mod law;
pub(in crate::case) mod state;

use crate::case::chapters::chapter;

pub(in crate::case) mod commands {
    //! One file each.

    pub mod apply_emergency_measure;
    pub mod extend_separation;
    pub mod lift_separation;
    pub mod order_separation;
    pub mod record_court_decision;
    pub mod request_court_order;

    use crate::case::example::Example;
    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}

chapter! {
    /// What was done at once, separations, the court.
    safety of Protection "protection" {
        commands {
            "apply-emergency-measure" => apply_emergency_measure::ApplyEmergencyMeasure,
            "order-separation" => order_separation::OrderSeparation,
            "extend-separation" => extend_separation::ExtendSeparation,
            "lift-separation" => lift_separation::LiftSeparation,
            "request-court-order" => request_court_order::RequestCourtOrder,
            "record-court-decision" => record_court_decision::RecordCourtDecision,
        }
        events {
            /// Emergency intervention (arts 26.3, 31).
            EmergencyMeasureApplied(emergency::EmergencyFacts, emergency::EmergencyPersonal) { 1 => Same, 2 => Same, 3 } {
                title: "can thiệp khẩn cấp", "emergency measure",
                by: "apply-emergency-measure",
                after: [],
                at: applied_at,
            }
            /// Temporary separation (form 07; art. 32).
            SeparationOrdered(separation::OrderedFacts, separation::OrderedPersonal) { 1 => Same, 2 => By(apart::decision_number), 3 => Same, 4 } {
                title: "quyết định tạm thời cách ly", "decision on separation",
                by: "order-separation",
                after: [FirstReceipt, LastLifting],
            }
            /// The separation was extended (art. 32.3).
            SeparationExtended(separation::ExtendedFacts, separation::ExtendedPersonal) { 1 => By(apart::decision_and_requirement), 2 => Same, 3 } {
                title: "gia hạn cách ly", "extension of the separation",
                by: "extend-separation",
                after: [Separation],
            }
            /// The separation was lifted (art. 32.3).
            SeparationLifted(separation::LiftedFacts, separation::LiftedPersonal) { 1 => Same, 2 => Same, 3 => By(apart::decision_number), 4 => Same, 5 } {
                title: "hủy bỏ quyết định cách ly", "lifting of the separation",
                by: "lift-separation",
                after: [Separation, Extension],
            }
            /// The court was asked (Law on Children, art. 52.3).
            CourtOrderRequested(court::RequestedFacts, court::RequestedPersonal) { 1 } {
                title: "đề nghị Tòa án", "request to the court",
                by: "request-court-order",
                after: [FirstReceipt],
            }
            /// The court decided.
            CourtDecided(court::DecidedFacts, court::DecidedPersonal) { 1 => By(apart::decision_number), 2 } {
                title: "quyết định của Tòa án", "decision of the court",
                by: "record-court-decision",
                after: [CourtRequest],
            }
        }
        causes {
            /// The lifting of the last separation.
            LastLifting: "khi hủy bỏ quyết định cách ly trước", "lifting of the separation before" => last_lifting,
            /// The decision on the separation that runs.
            Separation: "quyết định cách ly", "decision on the separation" => separation,
            /// The last extension of the separation that runs.
            Extension: "lần gia hạn cách ly", "extension of the separation" => extension,
            /// The request to the court.
            CourtRequest: "khi đề nghị Tòa án", "request to the court" => court_request,
        }
    }
}
