//! The obligations and recordings behind the figures.

use std::cmp::Reverse;
use std::collections::HashMap;

use domain::identity::Role;
use domain::language::Sentence;
use domain::responsibility::HAND_OVERS;
use domain::time::Instant;
use serde::Serialize;
use uuid::Uuid;

use super::figures::count;
use super::held::{Duty, Held, HeldCase, Name, micros};
use super::period::{Outcome, PeriodFilter};
use crate::cells::Cells;
use crate::cursor::{self, Page};
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;
use crate::worklist::Owing;

/// The names of the lists in their cursors.
const DUTIES: &str = "duties";
const RECORDINGS: &str = "recordings";

/// How often rows are read that are no longer what was found.
const TRIES: usize = 3;

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
    /// In which role, and for which unit, it was owed when its limit passed, where another owes it now.
    pub late_role: Option<Role>,
    pub late_unit: Option<String>,
    pub opened_at: Instant,
    pub due_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    #[serde(skip)]
    pub outcome: Outcome,
    /// How long its limit had passed when it ended, or has passed now.
    pub late_seconds: Option<i64>,
    /// A correction that would make it punctual waits for a second person.
    pub unconfirmed: bool,
    /// Who may do it as well.
    pub also: Vec<Owing>,
    /// How long it took, or has been open.
    pub seconds: i64,
    pub case_number: String,
    /// Surname and initials of the child.
    pub child: Option<String>,
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

/// An obligation of a page, as it was found in what is held.
struct Found {
    case: Uuid,
    duty: Duty,
    step: String,
    outcome: Outcome,
    overdue_by: Option<i64>,
    length: i64,
}

/// What orders the list: what took longest stands first.
type Key = (Reverse<i64>, Uuid, u32);

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
                let ordinal = u32::try_from(ordinal).map_err(|_| QueryError::Cursor)?;
                (cursor::instant(at)?, Some((Reverse(length), last, ordinal)))
            }
            None => (now, None),
        };
        let now = micros(now);
        // What is held and the rows are read one after the other: when something was recorded in
        // between, once more.
        let mut left = TRIES;
        let (total, last, items) = loop {
            let (filter, outcomes) = (filter.clone(), outcomes.to_vec());
            let (total, mut found) = self
                .count(move |held| page_of(held, &filter, &outcomes, (order, now), behind, limit))
                .await?;
            let more = found.len() > limit;
            found.truncate(limit);
            let items = self.duty_rows(&found).await?;
            left -= 1;
            if items.len() == found.len() || left == 0 {
                break (total, found.pop().filter(|_| more), items);
            }
        };
        Ok(Page {
            at_least: false,
            items,
            total,
            next: last.map(|last| {
                let (high, low) = last.case.as_u64_pair();
                let (high, low) = (high.cast_signed(), low.cast_signed());
                let ordinal = i64::from(last.duty.ordinal);
                cursor::encode(DUTIES, &[now, last.length, high, low, ordinal])
            }),
        })
    }

    /// The rows of these obligations, in their order, without those that are no longer what they
    /// were.
    async fn duty_rows(&self, found: &[Found]) -> Result<Vec<DutyRow>, QueryError> {
        let database = self.database();
        let cases: Vec<Uuid> = found.iter().map(|one| one.case).collect();
        let mut rows = Sql::new(
            database,
            "SELECT w.case_id, w.ordinal, w.step, w.role, w.unit, w.officer, w.opened_at, w.due_at
                  , w.ended_at, w.late_seconds, w.unconfirmed, w.also, w.late_role, w.late_unit, c.number, c.list_name
               FROM @worklist AS w JOIN @case_status AS c ON c.case_id = w.case_id
              WHERE w.case_id",
        );
        rows.in_uuids(&cases);
        let rows = rows.fetch(database).await?.into_iter();
        let keyed =
            rows.map(|cells| Ok(((cells.uuid("case_id")?, cells.integer("ordinal")?), cells)));
        let rows: HashMap<_, _> = keyed.collect::<Result<_, sqlx::Error>>()?;
        let row = |one: &Found| {
            let cells = rows.get(&(one.case, i64::from(one.duty.ordinal)))?;
            Some(self.duty(cells, one))
        };
        let rows = found.iter().filter_map(row);
        let rows = rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten();
        Ok(rows.collect())
    }

    /// A row, if it still is the obligation that was found.
    fn duty(&self, cells: &Cells, found: &Found) -> Result<Option<DutyRow>, sqlx::Error> {
        let step = cells.text("step")?;
        let opened_at = cells.micros_or_none("opened_at")?;
        let ended_at = cells.micros_or_none("ended_at")?;
        if step != found.step || !found.duty.has_times(opened_at, ended_at) {
            return Ok(None);
        }
        Ok(Some(DutyRow {
            case_id: found.case,
            ordinal: i64::from(found.duty.ordinal),
            name: self.procedure().step(&step).map(|step| step.name.clone()),
            step,
            role: Role::parse(&cells.text("role")?),
            unit: cells.text_or_none("unit")?,
            officer: cells.text_or_none("officer")?,
            late_role: cells
                .text_or_none("late_role")?
                .as_deref()
                .and_then(Role::parse),
            late_unit: cells.text_or_none("late_unit")?,
            opened_at: cells.instant("opened_at")?,
            due_at: cells.instant_or_none("due_at")?,
            ended_at: cells.instant_or_none("ended_at")?,
            outcome: found.outcome,
            late_seconds: match found.overdue_by {
                Some(over) => Some(over / 1_000_000),
                None => cells.integer_or_none("late_seconds")?,
            },
            unconfirmed: cells.boolean("unconfirmed")?,
            also: Owing::listed(cells.text_or_none("also")?.as_deref()),
            seconds: found.length / 1_000_000,
            case_number: cells.text("number")?,
            child: cells.text_or_none("list_name")?,
        }))
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
                let total = count(&all);
                let key = |one: &(i64, i64)| (Reverse(one.0), Reverse(one.1));
                (total, first(all, key, behind, limit + 1))
            })
            .await?;
        let positions: Vec<i64> = found.iter().map(|(_, position)| *position).collect();
        let mut rows = Sql::new(
            database,
            "SELECT a.*, c.number
               FROM @audit_trail AS a JOIN @case_status AS c ON c.case_id = a.case_id
              WHERE a.position",
        );
        rows.in_integers(&positions)
            .sql(" ORDER BY a.lag_seconds DESC, a.position DESC");
        let rows = rows.fetch(database).await?;
        let items = rows.iter().map(late).collect::<Result<_, _>>()?;
        Ok(cursor::page(items, limit, total, |last: &LateRecording| {
            cursor::encode(RECORDINGS, &[last.lag_seconds, last.position])
        }))
    }
}

/// How many obligations match, and those of a page with one more.
fn page_of(
    held: &Held,
    filter: &PeriodFilter,
    outcomes: &[Outcome],
    (order, now): (DutyOrder, i64),
    behind: Option<Key>,
    limit: usize,
) -> (i64, Vec<Found>) {
    let hand_overs: Vec<Name> = HAND_OVERS
        .iter()
        .filter_map(|step| held.names.find(step))
        .collect();
    let matching: Vec<(i64, &HeldCase, &Duty)> = held
        .duties(filter, now)
        .filter(|(_, duty)| order == DutyOrder::Longest || hand_overs.contains(&duty.step))
        .filter(|(_, duty)| outcomes.is_empty() || outcomes.contains(&duty.outcome(now)))
        .map(|(case, duty)| (duty.length(now), case, duty))
        .collect();
    let total = count(&matching);
    let key = |(length, case, duty): &(i64, &HeldCase, &Duty)| -> Key {
        (Reverse(*length), case.id, duty.ordinal)
    };
    let found = first(matching, key, behind, limit + 1);
    let found = found.into_iter().map(|(length, case, duty)| Found {
        case: case.id,
        step: held.names.text(duty.step).to_owned(),
        outcome: duty.outcome(now),
        overdue_by: duty.overdue_by(now),
        length,
        duty: duty.clone(),
    });
    (total, found.collect())
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
