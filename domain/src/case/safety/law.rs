//! When the child was separated, and the court asked.

use crate::case::event::Event;
use crate::case::state::CaseState;
use crate::time::Instant;

/// The lifting of the last separation.
pub(in crate::case) fn last_lifting(state: &CaseState, _: &Event) -> Option<Instant> {
    state.separations.last()?.lifted_at
}

/// The decision on the separation that runs.
pub(in crate::case) fn separation(state: &CaseState, _: &Event) -> Option<Instant> {
    Some(state.separation()?.by.at)
}

/// The last extension of the separation that runs.
pub(in crate::case) fn extension(state: &CaseState, _: &Event) -> Option<Instant> {
    state.separation()?.extended_at
}

/// The request to the court.
pub(in crate::case) fn court_request(state: &CaseState, _: &Event) -> Option<Instant> {
    state.court.requested_at
}
