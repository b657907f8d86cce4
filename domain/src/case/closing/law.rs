//! When the case was closed and opened again.

use crate::case::event::Event;
use crate::case::state::CaseState;
use crate::time::Instant;

/// The closing of the case.
pub(in crate::case) fn closing(state: &CaseState, _: &Event) -> Option<Instant> {
    Some(state.closure.as_ref()?.by.at)
}

/// The reopening of the case.
pub(in crate::case) fn reopening(state: &CaseState, _: &Event) -> Option<Instant> {
    state.reopened_at
}
