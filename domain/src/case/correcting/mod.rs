//! What was put right.

pub(in crate::case) mod again;
pub(in crate::case) mod correction;
pub mod events;
mod law;
pub(in crate::case) mod lowering;
pub(in crate::case) mod moved;
pub(in crate::case) mod possible_history;
pub(in crate::case) mod state;

use crate::case::chapters::chapter;

pub(in crate::case) mod commands {
    //! One file each.

    pub mod confirm_correction;
    pub mod correct;

    use super::law;
    use crate::case::example::Example;
    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}

chapter! {
    /// What was put right.
    correcting of Correction "correction" {
        commands {
            "correct" => correct::Correct,
            "confirm-correction" => confirm_correction::ConfirmCorrection,
        }
        events {
            /// A second person confirmed a correction.
            CorrectionConfirmed(correction::ConfirmedFacts, correction::ConfirmedPersonal) { 1 } {
                title: "xác nhận đính chính", "confirmation of a correction",
                by: "confirm-correction",
                after: [],
            }
            /// A fact of an earlier event was corrected; both stay visible.
            FactCorrected(correction::CorrectedFacts, correction::CorrectedPersonal) { 1 => By(correction::value_apart), 2 } {
                title: "đính chính", "correction",
                after: [],
            }
        }
        causes {}
    }
}
