//! How an obligation counts: what had passed its limit stays late although it fell away, and nobody's
//! own correction makes it punctual before a second person confirmed it. What the clock alone changes is
//! not decided here: an open obligation has the instant from which on it is overdue.

use chrono::NaiveDate;
use domain::case::{Event, Recorded};
use domain::law::{Obligation, ObligationState};
use domain::time::Instant;

use crate::responsibility::Outcome;

/// Later than every limit: nothing is recorded of later years.
fn last() -> Instant {
    Instant::start_of(NaiveDate::from_ymd_opt(2200, 1, 1).unwrap_or(NaiveDate::MAX))
}

impl Outcome {
    /// How an obligation goes or went, as it was derived for `now`.
    #[must_use]
    pub fn of(obligation: &Obligation, now: Instant) -> Self {
        if !obligation.is_open() {
            return outcome(obligation, now);
        }
        match obligation.state_at(now) {
            ObligationState::Overdue => Self::Overdue,
            _ => Self::Open,
        }
    }
}

/// The limit by which an obligation counts: while a correction that would make it punctual waits for a
/// second person, the one as first recorded.
#[must_use]
pub fn counted_due(obligation: &Obligation) -> Option<Instant> {
    let waits = !obligation.unconfirmed.is_empty();
    let counted = waits.then(|| passes(obligation, last())).flatten();
    counted.or(obligation.due_at)
}

/// How one obligation counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    /// How it went, once it ended. [`Outcome::Overdue`]: it ended by corrections alone, which nobody
    /// confirmed.
    pub outcome: Option<Outcome>,
    /// How long its limit had passed when it ended.
    pub late_seconds: Option<i64>,
    /// The limit by which it counts, where it is not the one that follows from all corrections.
    pub due_at: Option<Instant>,
    /// Corrections that would make it punctual wait for a second person.
    pub unconfirmed: bool,
}

impl Counted {
    /// The limit by which it counts.
    pub fn due(&self, obligation: &Obligation) -> Option<Instant> {
        self.due_at.or(obligation.due_at)
    }

    /// By when to act, by that limit.
    pub fn act_by(&self, obligation: &Obligation) -> Option<Instant> {
        self.due_at.into_iter().chain(obligation.act_by()).min()
    }

    /// As `obligation` stands, which was derived for `at`.
    fn of(obligation: &Obligation, at: Instant) -> Self {
        let unconfirmed = !obligation.unconfirmed.is_empty();
        let overrun = obligation.overrun();
        Self {
            outcome: (!obligation.is_open()).then(|| outcome(obligation, at)),
            late_seconds: overrun.map(|over| over.num_seconds()),
            due_at: unconfirmed
                .then(|| passes(obligation, at))
                .flatten()
                .filter(|due| Some(*due) != obligation.due_at),
            unconfirmed,
        }
    }
}

/// How each of these counts, in their order. `derive` gives them as they stand at an instant.
pub(crate) fn counted(
    history: &[Recorded],
    obligations: &[Obligation],
    derive: impl Fn(Instant) -> Vec<Obligation>,
) -> Vec<Counted> {
    let last = last();
    let plain = || obligations.iter().map(|one| Counted::of(one, last));
    let looks_back = |event: &Recorded| {
        matches!(
            event.event,
            Event::FactCorrected(_) | Event::SameChildAnswered(_)
        )
    };
    if !history.iter().any(looks_back) {
        return plain().collect();
    }
    let ended = derive(last);
    let all = obligations.iter().enumerate().map(|(index, obligation)| {
        let same = |all: &[Obligation], at| match all.get(index) {
            Some(one) => Counted::of(one, at),
            None => Counted::of(obligation, at),
        };
        match obligation.due_at {
            // Where its limit lies before the corrected one, that shows while the latter has not passed.
            Some(due) if obligation.is_open() => same(&derive(due), due),
            _ => same(&ended, last),
        }
    });
    all.collect()
}

/// How an obligation that ended went.
fn outcome(obligation: &Obligation, at: Instant) -> Outcome {
    use ObligationState as State;
    let first = obligation.after_correction;
    match obligation.state_at(at) {
        State::Open | State::Overdue => Outcome::Overdue,
        State::MetLate => Outcome::Late,
        State::Met if matches!(first, Some(State::MetLate | State::Overdue)) => Outcome::Corrected,
        State::Met => Outcome::Met,
        State::Waived if obligation.overrun().is_some() => Outcome::WaivedLate,
        // It fell away before, too, and then was late: else nothing would have changed.
        State::Waived if matches!(first, Some(State::MetLate | State::Waived)) => {
            Outcome::Corrected
        }
        State::Waived => Outcome::Waived,
    }
}

/// The last instant at which it is not overdue, of one that is overdue at `at`.
fn passes(obligation: &Obligation, at: Instant) -> Option<Instant> {
    let overdue = |micros: i64| {
        let at = chrono::DateTime::from_timestamp_micros(micros).map(Instant::from);
        at.is_some_and(|at| obligation.state_at(at) == ObligationState::Overdue)
    };
    let mut until = at.utc().timestamp_micros();
    if !overdue(until) {
        return None;
    }
    // Its limit may lie before it was recorded that it arose.
    let mut from = obligation.opened_at.utc().timestamp_micros().min(until);
    let year = 366 * 24 * 3_600_000_000_i64;
    while overdue(from) {
        from = from.checked_sub(year)?;
    }
    while until - from > 1 {
        let middle = from + (until - from) / 2;
        if overdue(middle) {
            until = middle;
        } else {
            from = middle;
        }
    }
    chrono::DateTime::from_timestamp_micros(from).map(Instant::from)
}
