//! One instant told by itself: who held the case then, who owed what, for how long already, until
//! when. As things stood then, not as they came out.

use serde::Serialize;

use super::Board;
use super::bar::{Bar, is_hand_over};
use super::holding::Holding;
use super::recording::Recording;
use super::since::{Basis, events_at};
use crate::calendar::Calendar;
use crate::case::Procedure;
use crate::case::Recorded;
use crate::law::Obligation;
use crate::time::Instant;

/// How things stood at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// The instant.
    pub at: Instant,
    /// What counts at it.
    pub basis: Basis,
    /// Who held the case; none before the first report.
    pub holder: Option<Holding>,
    /// What was open, in the order in which it arose.
    pub owed: Vec<Owed>,
    /// What had happened, or had been recorded, last.
    pub last: Option<Recording>,
}

/// An obligation that was open at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Owed {
    /// The obligation as it stood.
    #[serde(flatten)]
    pub obligation: Obligation,
    /// For how many seconds it had been open.
    pub open_seconds: i64,
    /// By how many seconds its limit was over; none while it was not.
    pub overdue_seconds: Option<i64>,
    /// It is the answer to a hand-over.
    pub hand_over: bool,
}

impl Moment {
    /// How many of the open obligations were overdue.
    #[must_use]
    pub fn overdue(&self) -> usize {
        let mut owed = self.owed.iter();
        owed.by_ref()
            .filter(|owed| owed.overdue_seconds.is_some())
            .count()
    }
}

/// How things stood at `at`: only the events that count then are folded.
#[must_use]
pub fn moment(
    history: &[Recorded],
    procedure: &Procedure,
    calendar: &Calendar,
    at: Instant,
    basis: Basis,
) -> Moment {
    let events = events_at(history, at, basis);
    let Some(board) = Board::of(&events, procedure, calendar, at) else {
        return Moment {
            at,
            basis,
            holder: None,
            owed: Vec::new(),
            last: None,
        };
    };
    let holder = board.holder_at(at).cloned();
    let by_time = |one: &Recording| match basis {
        Basis::Happened => (one.occurred_at, one.event.version),
        Basis::Recorded => (one.recorded_at, one.event.version),
    };
    let last = board
        .recordings
        .into_iter()
        .filter(|one| !one.corrects || basis == Basis::Recorded)
        .max_by_key(by_time);
    let owed = board
        .obligations
        .into_iter()
        .filter(|bar| bar.covers(at))
        .map(|bar| owed(bar, at))
        .collect();
    Moment {
        at,
        basis,
        holder,
        owed,
        last,
    }
}

fn owed(bar: Bar, at: Instant) -> Owed {
    let seconds = |from: Instant| (at.utc() - from.utc()).num_seconds();
    let mut obligation = bar.obligation;
    // What is known to have ended later was open then.
    obligation.ended_at = None;
    obligation.ended_recorded_at = None;
    obligation.ended_by = None;
    obligation.ended_by_event = None;
    obligation.waived_because = None;
    obligation.state = obligation.state_at(at);
    Owed {
        open_seconds: seconds(obligation.opened_at),
        overdue_seconds: obligation.due_at.filter(|due| *due < at).map(seconds),
        hand_over: is_hand_over(&obligation.step),
        obligation,
    }
}
