//! Alternative care: placements with families, stays in a facility.

pub mod events;
pub(in crate::case) mod law;
pub(in crate::case) mod state;

pub use state::*;

use crate::case::chapters::chapter;

pub(in crate::case) mod commands {
    //! One file each.

    pub mod admit_to_facility;
    pub mod appraise_listing;
    pub mod complete_admission_papers;
    pub mod decide_placement;
    pub mod end_facility_care;
    pub mod end_placement;
    pub mod hand_over_child;
    pub mod list_for_placement;
    pub mod propose_placement;
    pub mod record_placement_follow_up;
    pub mod verify_carer;

    use super::law;
    use crate::case::example::Example;
    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}

chapter! {
    /// Alternative care.
    care of Care "care" {
        commands {
            "propose-placement" => propose_placement::ProposePlacement,
            "verify-carer" => verify_carer::VerifyCarer,
            "decide-placement" => decide_placement::DecidePlacement,
            "hand-over-child" => hand_over_child::HandOverChild,
            "record-placement-follow-up" => record_placement_follow_up::RecordPlacementFollowUp,
            "end-placement" => end_placement::EndPlacement,
            "admit-to-facility" => admit_to_facility::AdmitToFacility,
            "complete-admission-papers" => complete_admission_papers::CompleteAdmissionPapers,
            "list-for-placement" => list_for_placement::ListForPlacement,
            "appraise-listing" => appraise_listing::AppraiseListing,
            "end-facility-care" => end_facility_care::EndFacilityCare,
        }
        events {
            /// A family was found that may care for the child (Decree 56/2017, art. 42).
            PlacementProposed(placement::ProposedFacts, placement::ProposedPersonal) { 1 } {
                title: "đề xuất chăm sóc thay thế", "proposal of a placement",
                by: "propose-placement",
                after: [FirstReceipt],
                about: placement_id,
            }
            /// Their commune verified them (form 11; art. 42.1).
            CarerVerified(placement::VerifiedFacts, placement::FindingsPersonal) { 1 } {
                title: "xác minh người nhận chăm sóc", "verification of the carer",
                by: "verify-carer",
                after: [FirstReceipt, PlacementStep],
                about: placement_id,
            }
            /// The commune of the carer decided on the placement (form 12; art. 42.7).
            PlacementDecided(placement::DecidedFacts, placement::DecidedPersonal) { 1 => By(apart::decision_number), 2 } {
                title: "quyết định giao, nhận chăm sóc thay thế", "decision on the placement",
                by: "decide-placement",
                after: [FirstReceipt, PlacementStep],
                about: placement_id,
            }
            /// The child was handed over to the carer (art. 42.7).
            ChildHandedOver(placement::HandedOverFacts, written::NotePersonal) { 1 } {
                title: "giao trẻ cho người nhận chăm sóc", "hand-over of the child",
                by: "hand-over-child",
                after: [FirstReceipt, PlacementStep],
                about: placement_id,
            }
            /// The placement was followed up (form 13; art. 43.2).
            PlacementFollowedUp(placement::FollowedUpFacts, placement::FindingsPersonal) { 1 => Same, 2 } {
                title: "theo dõi chăm sóc thay thế", "follow-up of the placement",
                by: "record-placement-follow-up",
                after: [FirstReceipt, PlacementStep],
                at: visited_at,
                about: placement_id,
                danger: danger_now,
            }
            /// The placement ended (form 16; Law on Children, art. 69).
            PlacementEnded(placement::EndedFacts, written::DecisionPersonal) { 1 => By(apart::decision_number), 2 } {
                title: "chấm dứt chăm sóc thay thế", "end of the placement",
                by: "end-placement",
                after: [PlacementStep, FollowUp],
                about: placement_id,
            }
            /// A facility took the child in (Decree 20/2021, arts 24, 28).
            AdmittedToFacility(placement::AdmittedFacts, placement::AdmittedPersonal) { 1 } {
                title: "cơ sở tiếp nhận trẻ", "admission to the facility",
                by: "admit-to-facility",
                after: [FirstReceipt],
            }
            /// The papers of the admission were complete (Decree 20/2021, art. 28.2).
            AdmissionPapersCompleted(NoFacts, written::NotePersonal) { 1 } {
                title: "hoàn thiện hồ sơ tiếp nhận", "papers of the admission",
                by: "complete-admission-papers",
                after: [Admission],
            }
            /// The facility listed the child for placement with a family (form 14; Decree 56/2017, art. 45.1).
            ListedForPlacement(NoFacts, written::NotePersonal) { 1 } {
                title: "đưa vào danh sách của cơ sở", "listing by the facility",
                by: "list-for-placement",
                after: [Admission],
            }
            /// The list was appraised (art. 45.2).
            ListingAppraised(placement::AppraisedFacts, placement::FindingsPersonal) { 1 } {
                title: "thẩm định danh sách", "appraisal of the list",
                by: "appraise-listing",
                after: [Admission, Listing],
                about: placement_id,
            }
            /// The care in the facility ended (art. 48.3).
            FacilityCareEnded(placement::FacilityEndedFacts, written::DecisionPersonal) { 1 => By(apart::decision_number), 2 } {
                title: "chấm dứt chăm sóc tại cơ sở", "end of the care in the facility",
                by: "end-facility-care",
                after: [Admission],
            }
        }
        causes {
            /// The last step of the placement.
            PlacementStep: "bước trước của việc chăm sóc thay thế này", "step before this one of the placement" => placement_step,
            /// The last follow-up of the placement.
            FollowUp: "lần theo dõi gần nhất", "last follow-up" => follow_up,
            /// The admission to the facility.
            Admission: "khi cơ sở tiếp nhận trẻ", "admission to the facility" => admission,
            /// The listing by the facility.
            Listing: "khi cơ sở đưa trẻ vào danh sách", "listing by the facility" => listing,
        }
    }
}
