//! When somebody looked.

use crate::case::event::Event;
use crate::case::state::CaseState;
use crate::time::Instant;

/// The initial assessment in force.
pub(in crate::case) fn initial_assessment(state: &CaseState, _: &Event) -> Option<Instant> {
    Some(state.initial_assessment.as_ref()?.by.at)
}

/// The detailed assessment.
pub(in crate::case) fn detailed_assessment(state: &CaseState, _: &Event) -> Option<Instant> {
    Some(state.detailed_assessment.as_ref()?.at)
}

/// The last review.
pub(in crate::case) fn review(state: &CaseState, _: &Event) -> Option<Instant> {
    Some(state.review.as_ref()?.by.at)
}

/// What is spoken against.
pub(in crate::case) fn contradicted(state: &CaseState, event: &Event) -> Option<Instant> {
    let Event::ContradictionAnswered(answer) = event else {
        return None;
    };
    let mut all = state.contradictions.iter();
    let facts = &answer.facts;
    Some(all.find(|one| one.event_id == facts.event_id)?.by.at)
}
