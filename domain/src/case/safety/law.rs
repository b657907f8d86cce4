//! When the child was separated, and the court asked.

use crate::case::apart::named;
use crate::case::event::Event;
use crate::case::state::CaseState;
use crate::time::Instant;

/// The lifting of the last separation.
pub(in crate::case) fn last_lifting(state: &CaseState, event: &Event) -> Option<Instant> {
    match named(event).filter(|report| state.is_apart(*report)) {
        Some(report) => state.separations_apart(report).last()?.lifted_at,
        None => state.separations.last()?.lifted_at,
    }
}

/// The decision on the separation that runs.
pub(in crate::case) fn separation(state: &CaseState, event: &Event) -> Option<Instant> {
    Some(state.separation_of(named(event))?.by.at)
}

/// The last extension of the separation that runs.
pub(in crate::case) fn extension(state: &CaseState, event: &Event) -> Option<Instant> {
    state.separation_of(named(event))?.extended_at
}

/// The request to the court.
pub(in crate::case) fn court_request(state: &CaseState, _: &Event) -> Option<Instant> {
    state.court.requested_at
}
