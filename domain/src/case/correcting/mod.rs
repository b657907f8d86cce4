//! What was put right.

pub(in crate::case) mod again;
pub(in crate::case) mod correction;
pub mod events;
pub(in crate::case) mod lowering;
pub(in crate::case) mod moved;
pub(in crate::case) mod possible_history;
pub(in crate::case) mod state;

pub(in crate::case) mod commands {
    //! One file each.

    mod confirm_correction;
    mod correct;

    pub use confirm_correction::ConfirmCorrection;
    pub use correct::Correct;

    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}
