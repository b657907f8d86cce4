//! The meeting and the plan: submitted, returned, approved, adjusted.

pub mod events;
pub(in crate::case) mod law;
pub(in crate::case) mod state;

use crate::case::chapters::chapter;

pub(in crate::case) mod commands {
    //! One file each.

    pub mod adjust_plan;
    pub mod approve_plan;
    pub mod hold_case_meeting;
    mod plan_items;
    pub mod return_plan;
    pub mod submit_plan;

    use crate::case::example::Example;
    use crate::case::gate::{Bar, Gate};
    use crate::case::rule::Rule;
}

chapter! {
    /// The plan and its approval.
    planning of Plan "plan" {
        commands {
            "hold-case-meeting" => hold_case_meeting::HoldCaseMeeting,
            "submit-plan" => submit_plan::SubmitPlan,
            "return-plan" => return_plan::ReturnPlan,
            "approve-plan" => approve_plan::ApprovePlan,
            "adjust-plan" => adjust_plan::AdjustPlan,
        }
        events {
            /// Case meeting (art. 27.2).
            CaseMeetingHeld(plan::MeetingFacts, plan::MeetingPersonal) { 1 } {
                title: "họp xác định biện pháp", "case meeting",
                by: "hold-case-meeting",
                after: [InitialAssessment, TakeOver],
            }
            /// The plan was submitted (form 04; art. 28.1).
            PlanSubmitted(plan::PlanFacts, plan::PlanPersonal) { 1 } {
                title: "trình kế hoạch", "submission of the plan",
                by: "submit-plan",
                after: [InitialAssessment, DetailedAssessment, Meeting, Review, TakeOver],
            }
            /// The chair returned the plan.
            PlanReturned(NoFacts, plan::ReturnedPersonal) { 1 } {
                title: "trả lại kế hoạch", "return of the plan",
                by: "return-plan",
                after: [Submission, TakeOver],
            }
            /// The chair approved the plan (form 05; art. 28.4).
            PlanApproved(plan::ApprovedFacts, plan::ApprovedPersonal) { 1 => By(apart::decision_number), 2 } {
                title: "phê duyệt kế hoạch", "approval of the plan",
                by: "approve-plan",
                after: [Submission, TakeOver],
            }
            /// The chair adjusted the plan (art. 29.1.a).
            PlanAdjusted(plan::AdjustedFacts, plan::AdjustedPersonal) { 1 => By(apart::decision_number_of_plan), 2 } {
                title: "điều chỉnh kế hoạch", "adjustment of the plan",
                by: "adjust-plan",
                after: [Approval, TakeOver],
            }
        }
        causes {
            /// The case meeting.
            Meeting: "cuộc họp xác định biện pháp", "case meeting" => meeting,
            /// The submission of the plan.
            Submission: "khi kế hoạch được trình", "submission of the plan" => submission,
            /// The approval of the plan in force.
            Approval: "khi kế hoạch được phê duyệt", "approval of the plan" => approval,
        }
    }
}
