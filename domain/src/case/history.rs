//! A case with its history: the fold of events, with corrections applied.

use std::sync::Arc;

use uuid::Uuid;

use super::event::{Event, Recorded};
use super::state::CaseState;
use super::{effective, looks_back};
use crate::log::Subject;
use crate::unit::Units;

/// A case: every event as recorded, and the state that follows from them.
///
/// `evolve` is the fold of the house: state and event in, state out. A correction changes what an
/// earlier event says, so it folds again from the beginning; all others only move on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    units: Arc<Units>,
    history: Vec<Recorded>,
    state: Option<CaseState>,
}

impl Case {
    /// Before anything happened, to be read with these units.
    #[must_use]
    pub fn new(units: &Arc<Units>) -> Self {
        Self::fold([], units)
    }

    /// Folds a whole history, oldest first. What units became of each other is read in `units`.
    #[must_use]
    pub fn fold(history: impl IntoIterator<Item = Recorded>, units: &Arc<Units>) -> Self {
        let history: Vec<_> = history.into_iter().collect();
        let state = fold(&history, units);
        let units = Arc::clone(units);
        Self {
            units,
            history,
            state,
        }
    }

    /// The case after one more event.
    #[must_use]
    pub fn evolve(mut self, recorded: Recorded) -> Self {
        let corrected = looks_back(&recorded.event);
        self.history.push(recorded);
        match (&mut self.state, self.history.last()) {
            (Some(state), Some(last)) if !corrected => state.apply(last),
            _ => self.state = fold(&self.history, &self.units),
        }
        self
    }

    /// The units that it is read with.
    #[must_use]
    pub const fn units(&self) -> &Arc<Units> {
        &self.units
    }

    /// Every event as it was recorded, oldest first.
    #[must_use]
    pub fn history(&self) -> &[Recorded] {
        &self.history
    }

    /// The state, or none while there is no event.
    #[must_use]
    pub const fn state(&self) -> Option<&CaseState> {
        self.state.as_ref()
    }
}

impl Subject for Case {
    const KIND: &'static str = "case";

    type Event = Event;

    fn begin(_: Uuid, units: &Arc<Units>) -> Self {
        Self::new(units)
    }

    fn evolve(self, recorded: Recorded) -> Self {
        Self::evolve(self, recorded)
    }

    fn events(&self) -> usize {
        self.history.len()
    }

    fn history(&self) -> &[Recorded] {
        &self.history
    }

    /// At once: a correction folds again from the beginning.
    fn fold(_: Uuid, history: Vec<Recorded>, units: &Arc<Units>) -> Self {
        Self::fold(history, units)
    }
}

fn fold(history: &[Recorded], units: &Arc<Units>) -> Option<CaseState> {
    let mut state: Option<CaseState> = None;
    for recorded in &effective(history) {
        match &mut state {
            // A part of a history may begin with what happened before the first report.
            None => state = CaseState::begin(recorded, units),
            Some(state) => state.apply(recorded),
        }
    }
    state
}
