//! A case with its history: the fold of events, with corrections applied.

use super::correction::{effective, looks_back};
use super::event::Recorded;
use super::state::CaseState;

/// A case: every event as recorded, and the state that follows from them.
///
/// `evolve` is the fold of the house: state and event in, state out. A correction changes what an
/// earlier event says, so it folds again from the beginning; all others only move on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    history: Vec<Recorded>,
    state: Option<CaseState>,
}

impl Case {
    /// Folds a whole history, oldest first.
    #[must_use]
    pub fn fold(history: impl IntoIterator<Item = Recorded>) -> Self {
        let history: Vec<_> = history.into_iter().collect();
        let state = fold(&history);
        Self { history, state }
    }

    /// The case after one more event.
    #[must_use]
    pub fn evolve(mut self, recorded: Recorded) -> Self {
        let corrected = looks_back(&recorded.event);
        self.history.push(recorded);
        match (&mut self.state, self.history.last()) {
            (Some(state), Some(last)) if !corrected => state.apply(last),
            _ => self.state = fold(&self.history),
        }
        self
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

fn fold(history: &[Recorded]) -> Option<CaseState> {
    let mut state: Option<CaseState> = None;
    for recorded in &effective(history) {
        match &mut state {
            // A part of a history may begin with what happened before the first report.
            None => state = CaseState::begin(recorded),
            Some(state) => state.apply(recorded),
        }
    }
    state
}
