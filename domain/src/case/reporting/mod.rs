//! Reports: what was told, to whom it was passed, what the check found, and whether it is about the same child.

pub mod events;
pub(in crate::case) mod state;

pub(in crate::case) mod commands {
    //! One file each.

    mod acknowledge_report;
    mod answer_same_child;
    mod forward_report;
    mod receive_report;
    mod record_verification;

    pub use acknowledge_report::AcknowledgeReport;
    pub use answer_same_child::AnswerSameChild;
    pub use forward_report::ForwardReport;
    pub use receive_report::ReceiveReport;
    pub use record_verification::RecordVerification;

    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}
