//! How great the danger is: at first, in detail, at the review, and why something stands although another
//! speaks against it.

pub mod events;
pub(in crate::case) mod state;

pub(in crate::case) mod commands {
    //! One file each.

    mod answer_contradiction;
    mod record_detailed_assessment;
    mod record_initial_assessment;
    mod review_plan;

    pub use answer_contradiction::AnswerContradiction;
    pub use record_detailed_assessment::RecordDetailedAssessment;
    pub use record_initial_assessment::RecordInitialAssessment;
    pub use review_plan::ReviewPlan;

    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}
