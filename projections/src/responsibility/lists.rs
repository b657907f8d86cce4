//! The obligations and recordings behind the figures.

use std::cmp::Reverse;
use std::collections::HashMap;

use domain::identity::Role;
use domain::language::Sentence;
use domain::responsibility::HAND_OVERS;
use domain::time::Instant;
use serde::Serialize;
use uuid::Uuid;

use super::held::{Duty, Held, HeldCase, Name, micros};
use super::period::{Outcome, PeriodFilter};
use crate::case_status::LIVE as LIVE_CASES;
use crate::cells::Cells;
use crate::cursor::{self, Page};
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

/// The names of the lists in their cursors.
const DUTIES: &str = "duties";
const RECORDINGS: &str = "recordings";

/// The live generations, within a statement.
const LIVE_WORK: &str =
    "(SELECT generation FROM projection WHERE name = 'worklist' AND state = 'live')";
const LIVE_TRAIL: &str =
    "(SELECT generation FROM projection WHERE name = 'audit_trail' AND state = 'live')";

/// The most rows on one page.
const MOST_ROWS: usize = 500;

/// What stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DutyOrder {
    /// What took longest, or has been open for longest.
    Longest,
    /// The same, of hand-overs alone.
    HandOvers,
}

/// An obligation of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct DutyRow {
    pub case_id: Uuid,
    pub ordinal: i64,
    pub step: String,
    /// Its title, by the procedure.
    pub name: Option<Sentence>,
    pub role: Option<Role>,
    pub unit: Option<String>,
    pub officer: Option<String>,
    pub opened_at: Instant,
    pub due_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    #[serde(skip)]
    pub outcome: Outcome,
    /// How long it took, or has been open.
    pub seconds: i64,
    pub case_number: String,
    /// Surname and initials of the child.
    pub child: Option<String>,
    #[serde(skip)]
    length: i64,
}

/// An event that was recorded some time after it had happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct LateRecording {
    pub case_id: Uuid,
    pub position: i64,
    pub version: i64,
    pub event_type: String,
    pub occurred_at: Instant,
    pub recorded_at: Instant,
    pub lag_seconds: i64,
    pub officer_name: Option<String>,
    pub role: Option<Role>,
    pub unit: Option<String>,
    pub case_number: String,
}

/// An obligation among those that match: what orders the list, and how it went.
#[derive(Clone, Copy)]
struct Found {
    length: i64,
    case: Uuid,
    ordinal: i64,
    outcome: Outcome,
}

impl Found {
    /// What took longest stands first.
    fn key(&self) -> (Reverse<i64>, Uuid, i64) {
        (Reverse(self.length), self.case, self.ordinal)
    }
}

impl Projections {
    /// The obligations behind the figures, what took longest first. A page with a cursor holds for
    /// the moment of the first page.
    ///
    /// # Errors
    /// [`QueryError::Cursor`] when `cursor` is not one of this list.
    pub async fn duties(
        &self,
        filter: &PeriodFilter,
        outcomes: &[Outcome],
        order: DutyOrder,
        now: Instant,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<DutyRow>, QueryError> {
        let limit = limit.clamp(1, MOST_ROWS);
        let (now, behind) = match cursor {
            Some(cursor) => {
                let [at, length, high, low, ordinal] = cursor::decode(DUTIES, cursor)?;
                let last = Uuid::from_u64_pair(high.cast_unsigned(), low.cast_unsigned());
                (cursor::instant(at)?, Some((Reverse(length), last, ordinal)))
            }
            None => (now, None),
        };
        let now = micros(now);
        let (filter, outcomes) = (filter.clone(), outcomes.to_vec());
        let (total, found) = self
            .count(move |held| {
                let all = matching(held, &filter, &outcomes, order, now);
                let total = all.len() as i64;
                (total, first(all, Found::key, behind, limit + 1))
            })
            .await?;
        let rows = self.duty_rows(&found).await?;
        let items = found
            .iter()
            .filter_map(|one| Some(self.duty(rows.get(&(one.case, one.ordinal))?, one)))
            .collect::<Result<_, _>>()?;
        Ok(cursor::page(items, limit, total, |last: &DutyRow| {
            let (high, low) = last.case_id.as_u64_pair();
            let (high, low) = (high.cast_signed(), low.cast_signed());
            cursor::encode(DUTIES, &[now, last.length, high, low, last.ordinal])
        }))
    }

    /// The rows of these obligations, by case and ordinal.
    async fn duty_rows(&self, found: &[Found]) -> Result<HashMap<(Uuid, i64), Cells>, QueryError> {
        let database = self.database();
        let cases: Vec<Uuid> = found.iter().map(|one| one.case).collect();
        let mut rows = Sql::new(
            database,
            "SELECT w.case_id, w.ordinal, w.step, w.role, w.unit, w.officer, w.opened_at, w.due_at
                  , w.ended_at, c.number, c.list_name
               FROM worklist AS w JOIN case_status AS c ON c.case_id = w.case_id AND c.generation = ",
        );
        rows.sql(LIVE_CASES)
            .sql(" WHERE w.generation = ")
            .sql(LIVE_WORK)
            .sql(" AND w.case_id")
            .in_uuids(&cases);
        let rows = rows.fetch(database).await?.into_iter();
        let keyed =
            rows.map(|cells| Ok(((cells.uuid("case_id")?, cells.integer("ordinal")?), cells)));
        keyed.collect()
    }

    fn duty(&self, cells: &Cells, found: &Found) -> Result<DutyRow, sqlx::Error> {
        let step = cells.text("step")?;
        Ok(DutyRow {
            case_id: found.case,
            ordinal: found.ordinal,
            name: self.procedure().step(&step).map(|step| step.name.clone()),
            step,
            role: Role::parse(&cells.text("role")?),
            unit: cells.text_or_none("unit")?,
            officer: cells.text_or_none("officer")?,
            opened_at: cells.instant("opened_at")?,
            due_at: cells.instant_or_none("due_at")?,
            ended_at: cells.instant_or_none("ended_at")?,
            outcome: found.outcome,
            seconds: found.length / 1_000_000,
            case_number: cells.text("number")?,
            child: cells.text_or_none("list_name")?,
            length: found.length,
        })
    }

    /// What was recorded in the period, the longest after it had happened first.
    ///
    /// # Errors
    /// [`QueryError::Cursor`] when `cursor` is not one of this list.
    pub async fn late_recordings(
        &self,
        filter: &PeriodFilter,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<LateRecording>, QueryError> {
        let database = self.database();
        let limit = limit.clamp(1, MOST_ROWS);
        let behind = cursor
            .map(|cursor| cursor::decode::<2>(RECORDINGS, cursor))
            .transpose()?
            .map(|[lag, position]| (Reverse(lag), Reverse(position)));
        let filter = filter.clone();
        let (total, found) = self
            .count(move |held| {
                let all: Vec<(i64, i64)> = held
                    .recordings(&filter)
                    .map(|one| (one.lag_seconds, one.position))
                    .collect();
                let total = all.len() as i64;
                let key = |one: &(i64, i64)| (Reverse(one.0), Reverse(one.1));
                (total, first(all, key, behind, limit + 1))
            })
            .await?;
        let positions: Vec<i64> = found.iter().map(|(_, position)| *position).collect();
        let mut rows = Sql::new(
            database,
            "SELECT a.*, c.number
               FROM audit_trail AS a JOIN case_status AS c ON c.case_id = a.case_id AND c.generation = ",
        );
        rows.sql(LIVE_CASES)
            .sql(" WHERE a.generation = ")
            .sql(LIVE_TRAIL)
            .sql(" AND a.position")
            .in_integers(&positions)
            .sql(" ORDER BY a.lag_seconds DESC, a.position DESC");
        let rows = rows.fetch(database).await?;
        let items = rows.iter().map(late).collect::<Result<_, _>>()?;
        Ok(cursor::page(items, limit, total, |last: &LateRecording| {
            cursor::encode(RECORDINGS, &[last.lag_seconds, last.position])
        }))
    }
}

/// Every obligation that matches, in no order.
fn matching(
    held: &Held,
    filter: &PeriodFilter,
    outcomes: &[Outcome],
    order: DutyOrder,
    now: i64,
) -> Vec<Found> {
    let hand_overs: Vec<Name> = HAND_OVERS
        .iter()
        .filter_map(|step| held.names.find(step))
        .collect();
    let found = |(case, duty): (&HeldCase, &Duty)| Found {
        length: duty.length(now),
        case: case.id,
        ordinal: i64::from(duty.ordinal),
        outcome: duty.outcome(now),
    };
    held.duties(filter)
        .filter(|(_, duty)| order == DutyOrder::Longest || hand_overs.contains(&duty.step))
        .map(found)
        .filter(|one| outcomes.is_empty() || outcomes.contains(&one.outcome))
        .collect()
}

/// The first `most` in the order of `key`, of those that stand behind `behind`.
fn first<T, K: Ord>(
    mut all: Vec<T>,
    key: impl Fn(&T) -> K,
    behind: Option<K>,
    most: usize,
) -> Vec<T> {
    if let Some(behind) = behind {
        all.retain(|one| key(one) > behind);
    }
    if all.len() > most {
        all.select_nth_unstable_by_key(most, &key);
        all.truncate(most);
    }
    all.sort_unstable_by_key(&key);
    all
}

fn late(cells: &Cells) -> Result<LateRecording, sqlx::Error> {
    Ok(LateRecording {
        case_id: cells.uuid("case_id")?,
        position: cells.integer("position")?,
        version: cells.integer("version")?,
        event_type: cells.text("event_type")?,
        occurred_at: cells.instant("occurred_at")?,
        recorded_at: cells.instant("recorded_at")?,
        lag_seconds: cells.integer("lag_seconds")?,
        officer_name: cells.text_or_none("officer_name")?,
        role: Role::parse(&cells.text("role")?),
        unit: cells.text_or_none("unit")?,
        case_number: cells.text("number")?,
    })
}
