//! The trail of a case, of an officer, of a unit, of a period: newest first.

use domain::time::Instant;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::case_status::Seen;
use crate::cells::Cells;
use crate::cursor::{self, Page};
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

/// The name of the list in its cursors.
const LIST: &str = "trail";

/// The most rows on one page.
const MOST_ROWS: usize = 500;

/// Which events are asked for. Each field that is set narrows the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrailFilter {
    /// Only of cases that concern one of these units or a unit inside it.
    pub seen: Seen,
    /// Of this case.
    pub case: Option<Uuid>,
    /// By this officer.
    pub officer: Option<Uuid>,
    /// By officers of this unit.
    pub unit: Option<String>,
    /// Of this type.
    pub event_type: Option<String>,
    /// Recorded at this instant or after it.
    pub from: Option<Instant>,
    /// Recorded before this instant.
    pub until: Option<Instant>,
}

/// An event in the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct TrailRow {
    pub position: i64,
    pub case_id: Uuid,
    pub version: i64,
    pub event_id: Uuid,
    pub event_type: String,
    pub occurred_at: Instant,
    pub recorded_at: Instant,
    /// How many seconds later than it happened it was recorded.
    pub lag_seconds: i64,
    pub officer: Option<Uuid>,
    /// The officer's name at that time.
    pub officer_name: Option<String>,
    pub role: String,
    pub agency: Option<String>,
    pub unit: Option<String>,
    pub on_behalf_of: Option<String>,
    /// The facts of the event. For a correction: `event_id`, `event_type`, `part` and `path` of what
    /// was corrected, and `old` and `new` unless the field is personal.
    pub changes: Value,
}

impl TrailRow {
    fn read(cells: &Cells) -> Result<Self, sqlx::Error> {
        Ok(Self {
            position: cells.integer("position")?,
            case_id: cells.uuid("case_id")?,
            version: cells.integer("version")?,
            event_id: cells.uuid("event_id")?,
            event_type: cells.text("event_type")?,
            occurred_at: cells.instant("occurred_at")?,
            recorded_at: cells.instant("recorded_at")?,
            lag_seconds: cells.integer("lag_seconds")?,
            officer: cells.uuid_or_none("officer")?,
            officer_name: cells.text_or_none("officer_name")?,
            role: cells.text("role")?,
            agency: cells.text_or_none("agency")?,
            unit: cells.text_or_none("unit")?,
            on_behalf_of: cells.text_or_none("on_behalf_of")?,
            changes: cells.json("changes")?,
        })
    }
}

impl Projections {
    /// The events that match, newest first.
    ///
    /// # Errors
    /// [`QueryError::Cursor`] when `cursor` is not one of this list.
    pub async fn trail(
        &self,
        filter: &TrailFilter,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<TrailRow>, QueryError> {
        let database = self.database();
        let before = cursor
            .map(|cursor| cursor::decode::<1>(LIST, cursor))
            .transpose()?;
        let limit = limit.clamp(1, MOST_ROWS);

        let mut count = Sql::new(database, "SELECT count(*) AS total");
        narrow(&mut count, filter);
        let mut rows = Sql::new(database, "SELECT a.*");
        narrow(&mut rows, filter);
        if let Some([before]) = before {
            rows.sql(" AND a.position < ").integer(before);
        }
        rows.sql(" ORDER BY a.position DESC LIMIT ")
            .integer(limit as i64 + 1);

        let (count, rows) = tokio::try_join!(count.fetch(database), rows.fetch(database))?;
        let total = count
            .first()
            .ok_or(sqlx::Error::RowNotFound)?
            .integer("total")?;
        let items = rows.iter().map(TrailRow::read).collect::<Result<_, _>>()?;
        Ok(cursor::page(items, limit, total, |last: &TrailRow| {
            cursor::encode(LIST, &[last.position])
        }))
    }
}

/// Everything of the statement behind what is selected.
fn narrow(sql: &mut Sql, filter: &TrailFilter) {
    sql.sql(" FROM @audit_trail AS a WHERE 1 = 1");
    if let Some(case) = filter.case {
        sql.sql(" AND a.case_id = ").uuid(case);
    }
    if let Some(officer) = filter.officer {
        sql.sql(" AND a.officer = ").uuid(officer);
    }
    sql.and_text(" AND a.unit = ", filter.unit.as_deref());
    sql.and_text(" AND a.event_type = ", filter.event_type.as_deref());
    if let Some(from) = filter.from {
        sql.sql(" AND a.recorded_at >= ").instant(from);
    }
    if let Some(until) = filter.until {
        sql.sql(" AND a.recorded_at < ").instant(until);
    }
    if let Seen::Of(units) = &filter.seen {
        sql.sql(
            " AND a.case_id IN (SELECT t.case_id FROM @case_status_term AS t
                             WHERE t.kind = 'unit' AND t.term",
        )
        .in_texts(units)
        .sql(")");
    }
}
