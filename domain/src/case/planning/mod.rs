//! The meeting and the plan: submitted, returned, approved, adjusted.

pub mod events;
pub(in crate::case) mod state;

pub(in crate::case) mod commands {
    //! One file each.

    mod adjust_plan;
    mod approve_plan;
    mod hold_case_meeting;
    mod plan_items;
    mod return_plan;
    mod submit_plan;

    pub use adjust_plan::AdjustPlan;
    pub use approve_plan::ApprovePlan;
    pub use hold_case_meeting::HoldCaseMeeting;
    pub use return_plan::ReturnPlan;
    pub use submit_plan::SubmitPlan;

    use crate::case::gate::{Bar, Gate};
    use crate::case::rule::Rule;
}
