//! When the plan came to where it stands.

use crate::case::PlanState;
use crate::case::event::Event;
use crate::case::state::CaseState;
use crate::time::Instant;

/// The case meeting.
pub(in crate::case) fn meeting(state: &CaseState, _: &Event) -> Option<Instant> {
    Some(state.case_meeting.as_ref()?.at)
}

/// The submission of the plan.
pub(in crate::case) fn submission(state: &CaseState, _: &Event) -> Option<Instant> {
    let waiting = state.plan.as_ref();
    waiting
        .filter(|plan| plan.state == PlanState::Submitted)
        .map(|plan| plan.submitted.at)
}

/// The approval of the plan in force.
pub(in crate::case) fn approval(state: &CaseState, _: &Event) -> Option<Instant> {
    Some(state.plan_in_force()?.approved.as_ref()?.at)
}
