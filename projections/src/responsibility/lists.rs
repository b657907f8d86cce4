//! The obligations and recordings behind the figures.

use domain::identity::Role;
use domain::language::Sentence;
use domain::responsibility::HAND_OVERS;
use domain::time::Instant;
use serde::Serialize;
use uuid::Uuid;

use super::period::{Outcome, PeriodFilter, length, obligations, outcome, recordings};
use crate::case_status::LIVE as LIVE_CASES;
use crate::cells::Cells;
use crate::cursor::{self, Page};
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

/// The names of the lists in their cursors.
const DUTIES: &str = "duties";
const RECORDINGS: &str = "recordings";

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
        let database = self.database();
        let limit = limit.clamp(1, MOST_ROWS);
        let (now, behind) = match cursor {
            Some(cursor) => {
                let [at, length, high, low, ordinal] = cursor::decode(DUTIES, cursor)?;
                let last = Uuid::from_u64_pair(high.cast_unsigned(), low.cast_unsigned());
                (cursor::instant(at)?, Some((length, last, ordinal)))
            }
            None => (now, None),
        };
        let owed = |sql: &mut Sql| {
            sql.sql("(SELECT w.case_id, w.ordinal, w.generation, ");
            outcome(sql, now);
            sql.sql(" AS outcome, ");
            length(sql, now);
            sql.sql(" AS length");
            obligations(sql, filter);
            if order == DutyOrder::HandOvers {
                sql.sql(" AND w.step").in_texts(HAND_OVERS);
            }
            sql.sql(") AS owed WHERE 1 = 1");
            if !outcomes.is_empty() {
                sql.sql(" AND outcome IN (-1");
                for outcome in outcomes {
                    sql.sql(", ").integer(*outcome as i64);
                }
                sql.sql(")");
            }
        };
        let mut count = Sql::new(database, "SELECT count(*) AS total FROM ");
        owed(&mut count);
        let mut rows = Sql::new(
            database,
            "SELECT o.case_id, o.ordinal, CAST(o.outcome AS bigint) AS outcome, o.length
                  , w.step, w.role, w.unit, w.officer, w.opened_at, w.due_at, w.ended_at
                  , c.number, c.list_name
               FROM (SELECT * FROM ",
        );
        owed(&mut rows);
        if let Some((length, last, ordinal)) = behind {
            rows.sql(" AND (length < ")
                .integer(length)
                .sql(" OR length = ")
                .integer(length)
                .sql(" AND (case_id, ordinal) > (")
                .uuid(last)
                .sql(", ")
                .integer(ordinal)
                .sql("))");
        }
        rows.sql(" ORDER BY length DESC, case_id, ordinal LIMIT ")
            .integer(limit as i64 + 1)
            .sql(
                ") AS o
                 JOIN worklist AS w ON w.generation = o.generation AND w.case_id = o.case_id
                                   AND w.ordinal = o.ordinal
                 JOIN case_status AS c ON c.case_id = o.case_id AND c.generation = ",
            )
            .sql(LIVE_CASES)
            .sql(" ORDER BY o.length DESC, o.case_id, o.ordinal");
        let (count, rows) = tokio::try_join!(count.fetch(database), rows.fetch(database))?;
        let total = total(&count)?;
        let items = rows
            .iter()
            .map(|cells| self.duty(cells))
            .collect::<Result<_, _>>()?;
        let now = now.utc().timestamp_micros();
        Ok(cursor::page(items, limit, total, |last: &DutyRow| {
            let (high, low) = last.case_id.as_u64_pair();
            let (high, low) = (high.cast_signed(), low.cast_signed());
            cursor::encode(DUTIES, &[now, last.length, high, low, last.ordinal])
        }))
    }

    fn duty(&self, cells: &Cells) -> Result<DutyRow, QueryError> {
        let step = cells.text("step")?;
        let length = cells.integer("length")?;
        let outcome = usize::try_from(cells.integer("outcome")?).unwrap_or(usize::MAX);
        let outcome = Outcome::ALL.get(outcome).copied();
        Ok(DutyRow {
            case_id: cells.uuid("case_id")?,
            ordinal: cells.integer("ordinal")?,
            name: self.procedure().step(&step).map(|step| step.name.clone()),
            step,
            role: Role::parse(&cells.text("role")?),
            unit: cells.text_or_none("unit")?,
            officer: cells.text_or_none("officer")?,
            opened_at: cells.instant("opened_at")?,
            due_at: cells.instant_or_none("due_at")?,
            ended_at: cells.instant_or_none("ended_at")?,
            outcome: outcome.unwrap_or(Outcome::Open),
            seconds: length / 1_000_000,
            case_number: cells.text("number")?,
            child: cells.text_or_none("list_name")?,
            length,
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
            .transpose()?;
        let mut count = Sql::new(database, "SELECT count(*) AS total");
        recordings(&mut count, filter);
        let mut rows = Sql::new(database, "SELECT r.*, c.number FROM (SELECT a.*");
        recordings(&mut rows, filter);
        if let Some([lag, position]) = behind {
            rows.sql(" AND (a.lag_seconds < ")
                .integer(lag)
                .sql(" OR a.lag_seconds = ")
                .integer(lag)
                .sql(" AND a.position < ")
                .integer(position)
                .sql(")");
        }
        rows.sql(" ORDER BY a.lag_seconds DESC, a.position DESC LIMIT ")
            .integer(limit as i64 + 1)
            .sql(") AS r JOIN case_status AS c ON c.case_id = r.case_id AND c.generation = ")
            .sql(LIVE_CASES)
            .sql(" ORDER BY r.lag_seconds DESC, r.position DESC");
        let (count, rows) = tokio::try_join!(count.fetch(database), rows.fetch(database))?;
        let total = total(&count)?;
        let items = rows.iter().map(late).collect::<Result<_, _>>()?;
        Ok(cursor::page(items, limit, total, |last: &LateRecording| {
            cursor::encode(RECORDINGS, &[last.lag_seconds, last.position])
        }))
    }
}

fn total(rows: &[Cells]) -> Result<i64, sqlx::Error> {
    let row = rows.first().ok_or(sqlx::Error::RowNotFound)?;
    row.integer("total")
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
