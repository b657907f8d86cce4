//! What is wrong with the records of a unit: how often, and with whose.

use chrono::{Datelike, NaiveDate};
use domain::child::Issue;
use serde::Serialize;

use super::day;
use super::query::{ChildRow, MOST_COUNTED, Within};
use crate::cursor::{self, Page};
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

/// The name of the list in its cursors.
const LIST: &str = "register-issues";

/// The most rows on one page.
const MOST_ROWS: usize = 200;

/// How many records have an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct IssueCount {
    /// Which.
    pub issue: Issue,
    /// How many records.
    pub records: i64,
    /// There are more than that.
    pub at_least: bool,
}

/// A child with an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssueRow {
    /// The child.
    #[serde(flatten)]
    pub child: ChildRow,
    /// The issue.
    pub issue: Issue,
    /// From which day on.
    pub since: NaiveDate,
    #[serde(skip)]
    since_day: i64,
}

impl Projections {
    /// How many records of these have which issue on a day; those that none has are left out. Counted to a thousand.
    ///
    /// # Errors
    /// [`QueryError`] when the database does not answer.
    pub async fn issue_counts(
        &self,
        within: &Within,
        today: NaiveDate,
    ) -> Result<Vec<IssueCount>, QueryError> {
        let database = self.database();
        let mut counts = Vec::new();
        for issue in Issue::ALL {
            let mut sql = Sql::new(
                database,
                "SELECT count(*) AS total FROM (SELECT 1 AS one FROM @register_issue AS i",
            );
            within.narrow(&mut sql, " WHERE i.seat");
            sql.sql(" AND i.issue = ")
                .text(issue.code())
                .sql(" AND i.since <= ")
                .integer(day(today))
                .sql(" LIMIT ")
                .integer(MOST_COUNTED + 1)
                .sql(") AS counted");
            let rows = sql.fetch(database).await?;
            let total = rows.first().ok_or(sqlx::Error::RowNotFound)?;
            let records = total.integer("total")?;
            if records > 0 {
                counts.push(IssueCount {
                    issue,
                    records: records.min(MOST_COUNTED),
                    at_least: records > MOST_COUNTED,
                });
            }
        }
        Ok(counts)
    }

    /// The records of these that have an issue on a day, those with which it stands longest first.
    ///
    /// # Errors
    /// [`QueryError::Cursor`] when `cursor` is not one of this list.
    pub async fn children_with(
        &self,
        within: &Within,
        issue: Issue,
        today: NaiveDate,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<IssueRow>, QueryError> {
        let database = self.database();
        let after = cursor
            .map(|cursor| cursor::decode::<2>(LIST, cursor))
            .transpose()?;
        let limit = limit.clamp(1, MOST_ROWS);
        let mut sql = Sql::new(
            database,
            "SELECT l.*, i.since FROM @register_issue AS i
               JOIN @register_list AS l ON l.seat = i.seat AND l.position = i.position",
        );
        within.narrow(&mut sql, " WHERE i.seat");
        sql.sql(" AND i.issue = ")
            .text(issue.code())
            .sql(" AND i.since <= ")
            .integer(day(today));
        if let Some([since, position]) = after {
            sql.sql(" AND (i.since > ")
                .integer(since)
                .sql(" OR (i.since = ")
                .integer(since)
                .sql(" AND i.position > ")
                .integer(position)
                .sql("))");
        }
        sql.sql(" ORDER BY i.since, i.position LIMIT ")
            .integer(limit as i64 + 1);
        let rows = sql.fetch(database).await?;
        let mut items = Vec::with_capacity(rows.len());
        for row in &rows {
            let since_day = row.integer("since")?;
            items.push(IssueRow {
                child: ChildRow::read(row)?,
                issue,
                since: date(since_day).unwrap_or(today),
                since_day,
            });
        }
        let counts = self.issue_counts(within, today).await?;
        let known = counts.iter().find(|count| count.issue == issue);
        let total = known.map_or(0, |count| count.records);
        let mut page = cursor::page(items, limit, total, |last: &IssueRow| {
            cursor::encode(LIST, &[last.since_day, last.child.position])
        });
        page.at_least = known.is_some_and(|count| count.at_least);
        Ok(page)
    }
}

fn date(day: i64) -> Option<NaiveDate> {
    let day = i32::try_from(day).ok()?;
    NaiveDate::from_num_days_from_ce_opt(day).filter(|date| date.year() > 0)
}
