//! The obligations and recordings of all cases, held in memory for counting: a figure of a province
//! looks at every one of them, which a database takes seconds for. Nothing is known here that does
//! not stand in the tables: what is held is read from them, and brought up to date with them before
//! each answer.

mod load;
mod names;

use std::collections::HashMap;
use std::sync::Arc;

use domain::time::Instant;
use tokio::sync::{OwnedRwLockReadGuard, RwLock};
use uuid::Uuid;

use self::load::Stand;
pub(super) use self::names::{Name, Names};
use super::period::{Outcome, PeriodFilter, UnitSpan};
use crate::case_status::Seen;
use crate::error::QueryError;
use crate::runner::Projections;

/// Not yet, or never: later than everything.
const NEVER: i64 = i64::MAX;

/// An obligation. Instants are microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Duty {
    pub ordinal: u32,
    pub opened_at: i64,
    /// The limit by which it counts.
    due_at: i64,
    ended_at: i64,
    pub step: Name,
    role: Name,
    unit: Option<Name>,
    officer: Option<Name>,
    /// How it went, once it ended.
    ended: Option<Outcome>,
}

impl Duty {
    /// How it went, as of `now`.
    pub fn outcome(&self, now: i64) -> Outcome {
        match self.ended {
            // Without corrections that nobody confirmed it would be open.
            Some(Outcome::Overdue) if now <= self.due_at => Outcome::Met,
            Some(outcome) => outcome,
            None if self.due_at < now => Outcome::Overdue,
            None => Outcome::Open,
        }
    }

    /// Whether a row with these times is this obligation, as it is held.
    pub fn has_times(&self, opened_at: Option<i64>, ended_at: Option<i64>) -> bool {
        opened_at == Some(self.opened_at) && ended_at.unwrap_or(NEVER) == self.ended_at
    }

    /// How far the limit by which it counts lies behind `now`, in microseconds.
    pub fn overdue_by(&self, now: i64) -> Option<i64> {
        (self.outcome(now) == Outcome::Overdue).then_some(now - self.due_at)
    }

    /// How long it took, in microseconds; until `now`, while it is open. What was done before it was
    /// known to be owed took no time.
    pub fn length(&self, now: i64) -> i64 {
        let until = if self.ended_at == NEVER {
            now
        } else {
            self.ended_at
        };
        (until - self.opened_at).max(0)
    }
}

/// A recording: an event that is no correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recording {
    pub position: i64,
    recorded_at: i64,
    pub lag_seconds: i64,
    role: Name,
    unit: Option<Name>,
    officer: Option<Name>,
}

/// A case with its obligations and recordings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeldCase {
    pub id: Uuid,
    /// The units that it concerns, and those above them.
    units: Vec<Name>,
    duties: Vec<Duty>,
    recordings: Vec<Recording>,
}

/// All cases.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// What of the tables is held; none before the first time.
    stand: Option<Stand>,
    cases: Vec<HeldCase>,
    places: HashMap<Uuid, usize>,
    pub(super) names: Names,
}

/// What is held, with whoever reads or renews it.
pub(crate) type Shelf = Arc<RwLock<Held>>;

/// A filter in the names of what is held. A name that nothing has is left out: nothing matches it.
struct Sieve {
    seen: Option<Vec<Name>>,
    units: Option<Vec<Span>>,
    roles: Option<Vec<Name>>,
    steps: Option<Vec<Name>>,
    officers: Option<Vec<Name>>,
    from: i64,
    until: i64,
}

/// A unit while its reference means it.
struct Span {
    unit: Name,
    from: Option<i64>,
    until: Option<i64>,
}

impl Span {
    fn is(&self, unit: Option<Name>, at: i64) -> bool {
        unit == Some(self.unit)
            && self.from.is_none_or(|from| from <= at)
            && self.until.is_none_or(|until| at < until)
    }
}

impl Sieve {
    /// `at`: when it arose or was recorded. `last`: when whoever is named stood for it.
    fn lets(&self, (at, last): (i64, i64), by: (Name, Option<Name>, Option<Name>)) -> bool {
        let (role, unit, officer) = by;
        let units = self.units.as_ref();
        self.from <= at
            && at < self.until
            && units.is_none_or(|spans| spans.iter().any(|span| span.is(unit, last)))
            && allows(self.roles.as_deref(), Some(role))
            && allows(self.officers.as_deref(), officer)
    }

    fn shows(&self, case: &HeldCase) -> bool {
        let seen = self.seen.as_ref();
        seen.is_none_or(|seen| case.units.iter().any(|unit| seen.contains(unit)))
    }
}

fn allows(wanted: Option<&[Name]>, name: Option<Name>) -> bool {
    wanted.is_none_or(|wanted| name.is_some_and(|name| wanted.contains(&name)))
}

impl Held {
    /// The obligations that arose in the period, with their cases. An open one is owed by whoever
    /// owes it `now`.
    pub(super) fn duties(
        &self,
        filter: &PeriodFilter,
        now: i64,
    ) -> impl Iterator<Item = (&HeldCase, &Duty)> {
        let sieve = self.sieve(filter);
        let cases = self.cases.iter();
        let duties = cases.flat_map(|case| case.duties.iter().map(move |duty| (case, duty)));
        // The case is asked last: few rows come so far where the filter says much.
        duties.filter(move |(case, duty)| {
            let times = (duty.opened_at, duty.ended_at.min(now));
            sieve.lets(times, (duty.role, duty.unit, duty.officer))
                && allows(sieve.steps.as_deref(), Some(duty.step))
                && sieve.shows(case)
        })
    }

    /// What was recorded in the period. A step says nothing about recordings.
    pub(super) fn recordings(&self, filter: &PeriodFilter) -> impl Iterator<Item = &Recording> {
        let sieve = self.sieve(filter);
        let cases = self.cases.iter();
        let all = cases.flat_map(|case| case.recordings.iter().map(move |one| (case, one)));
        all.filter(move |(case, one)| {
            let times = (one.recorded_at, one.recorded_at);
            sieve.lets(times, (one.role, one.unit, one.officer)) && sieve.shows(case)
        })
        .map(|(_, one)| one)
    }

    fn sieve(&self, filter: &PeriodFilter) -> Sieve {
        let known = |names: &[String]| -> Vec<Name> {
            names
                .iter()
                .filter_map(|name| self.names.find(name))
                .collect()
        };
        let unless_empty = |names: Vec<String>| (!names.is_empty()).then(|| known(&names));
        let roles = filter.roles.iter().map(|role| role.name().to_owned());
        Sieve {
            seen: match &filter.seen {
                Seen::All => None,
                Seen::Of(units) => Some(known(units)),
            },
            units: (!filter.units.is_empty()).then(|| {
                let span = |span: &UnitSpan| {
                    Some(Span {
                        unit: self.names.find(&span.unit)?,
                        from: span.from.map(micros),
                        until: span.until.map(micros),
                    })
                };
                filter.units.iter().filter_map(span).collect()
            }),
            roles: unless_empty(roles.collect()),
            steps: unless_empty(filter.step.iter().cloned().collect()),
            officers: unless_empty(filter.officer.iter().map(Uuid::to_string).collect()),
            from: micros(filter.from),
            until: micros(filter.until),
        }
    }
}

/// Microseconds since 1970-01-01T00:00:00Z.
pub(super) fn micros(at: Instant) -> i64 {
    at.utc().timestamp_micros()
}

impl Projections {
    /// Makes ready what figures are counted from, so that nobody waits for it later.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn warm_figures(&self) -> Result<(), QueryError> {
        self.held().await.map(drop)
    }

    /// What the tables hold now.
    async fn held(&self) -> Result<OwnedRwLockReadGuard<Held>, QueryError> {
        let shelf = self.shelf();
        let now = Stand::read(self.database()).await?;
        let held = Arc::clone(shelf).read_owned().await;
        if held.is_at(now) {
            return Ok(held);
        }
        drop(held);
        let mut held = Arc::clone(shelf).write_owned().await;
        let core = Arc::clone(self.core());
        // A reader who does not wait for it does not break it off: the next one needs it, too.
        let renewed = tokio::spawn(async move {
            held.renew(&core.models).await?;
            Ok::<_, QueryError>(held.downgrade())
        });
        renewed.await.map_err(|_| sqlx::Error::WorkerCrashed)?
    }

    /// An answer that looks at everything that is held. It is found on a thread of its own, since it
    /// takes longer than others may wait.
    pub(super) async fn count<T: Send + 'static>(
        &self,
        answer: impl FnOnce(&Held) -> T + Send + 'static,
    ) -> Result<T, QueryError> {
        let held = self.held().await?;
        let counted = tokio::task::spawn_blocking(move || answer(&held)).await;
        Ok(counted.map_err(|_| sqlx::Error::WorkerCrashed)?)
    }
}
