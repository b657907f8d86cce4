//! Who was responsible when: the history and the obligations of a case, laid out over time without a
//! gap. Everything is derived by reading; nothing here decides and nothing is stored.
//!
//! * [`Board`]: who held the case, who owed what from when to when, what was recorded when;
//! * [`moment`]: one instant told by itself, as things stood then.
//!
//! The holder of a case is read off the state after each event, never off particular events: an act
//! that hands a case on in a new way needs no change here.

mod bar;
mod holding;
mod lane;
mod moment;
mod recording;
mod since;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::calendar::Calendar;
use crate::case::Procedure;
use crate::case::{Event, Recorded};
use crate::time::Instant;

pub use bar::{Bar, HAND_OVERS, Owner, Span, is_hand_over};
pub use holding::Holding;
pub use lane::{AgencyKind, Lane};
pub use moment::{Moment, Owed, moment};
pub use recording::{Behind, Recording};
pub use since::{Basis, events_at};

/// The whole case over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Board {
    /// When the first place was told.
    pub from: Instant,
    /// When the case was closed, while it is.
    pub closed_at: Option<Instant>,
    /// The instant for which the board holds.
    pub observed_at: Instant,
    /// Who held the case, from the first report on, one after the other.
    pub holders: Vec<Holding>,
    /// The agencies that owe or did something, in the order in which they came in.
    pub lanes: Vec<Lane>,
    /// Every obligation, in the order in which they arose.
    pub obligations: Vec<Bar>,
    /// Every event, in the order in which they were recorded.
    pub recordings: Vec<Recording>,
}

impl Board {
    /// The board of a history, as it stands at `now`; none before the first report.
    #[must_use]
    pub fn of(
        history: &[Recorded],
        procedure: &Procedure,
        calendar: &Calendar,
        now: Instant,
    ) -> Option<Self> {
        let holders = holding::holders(history, &procedure.units);
        let first = holders.first()?;
        let from = first.from;
        let closed_at = holders
            .last()
            .filter(|last| last.closed)
            .map(|last| last.from);
        let mut lanes = Vec::new();
        let obligations = bar::bars(history, procedure, calendar, now, &mut lanes);
        let recordings = recording::recordings(history, &mut lanes);
        Some(Self {
            from,
            closed_at,
            observed_at: now,
            holders,
            lanes,
            obligations,
            recordings,
        })
    }

    /// Who held the case at an instant; none before the first report.
    #[must_use]
    pub fn holder_at(&self, at: Instant) -> Option<&Holding> {
        self.holders.iter().find(|holding| holding.covers(at))
    }

    /// The hand-overs: what was passed to somebody who had not answered yet.
    pub fn hand_overs(&self) -> impl Iterator<Item = &Bar> {
        self.obligations.iter().filter(|bar| bar.hand_over)
    }

    /// The last instant of which the board tells: of an event, of the end of an obligation, or now
    /// while something is open.
    #[must_use]
    pub fn until(&self) -> Instant {
        let open = self.closed_at.is_none() || self.obligations.iter().any(|bar| bar.to.is_none());
        let ends = self.obligations.iter().filter_map(|bar| bar.to);
        let happened = self.recordings.iter().map(|one| one.occurred_at);
        let last = ends.chain(happened).max().unwrap_or(self.from);
        if open {
            last.max(self.observed_at)
        } else {
            last
        }
    }
}

/// Whether an event corrects another.
const fn corrects(event: &Event) -> bool {
    matches!(event, Event::FactCorrected(_))
}
