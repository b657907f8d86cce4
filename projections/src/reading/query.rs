//! Who read which case when, and for whom it has news.

use std::collections::HashSet;

use domain::time::Instant;
use uuid::Uuid;

use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

/// How far an officer has read a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastReading {
    /// The version that was shown.
    pub version: i64,
    /// When it was last shown.
    pub read_at: Instant,
    /// The position of the event that says so.
    pub position: i64,
}

impl Projections {
    /// The furthest version of the case that the officer has seen, as far as is recorded.
    ///
    /// # Errors
    /// [`QueryError`] when the database does not answer.
    pub async fn last_reading(
        &self,
        officer: Uuid,
        case: Uuid,
    ) -> Result<Option<LastReading>, QueryError> {
        self.reading(officer, case, None).await
    }

    /// The last time that the officer saw this version of the case, as far as is recorded.
    ///
    /// # Errors
    /// [`QueryError`] when the database does not answer.
    pub async fn last_reading_of(
        &self,
        officer: Uuid,
        case: Uuid,
        version: i64,
    ) -> Result<Option<LastReading>, QueryError> {
        self.reading(officer, case, Some(version)).await
    }

    async fn reading(
        &self,
        officer: Uuid,
        case: Uuid,
        version: Option<i64>,
    ) -> Result<Option<LastReading>, QueryError> {
        let database = self.database();
        let mut sql = Sql::new(
            database,
            "SELECT version, position, read_at FROM @reading WHERE officer = ",
        );
        sql.uuid(officer).sql(" AND case_id = ").uuid(case);
        if let Some(version) = version {
            sql.sql(" AND version = ").integer(version);
        }
        sql.sql(" ORDER BY version DESC LIMIT 1");
        let rows = sql.fetch(database).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        Ok(Some(LastReading {
            version: row.integer("version")?,
            read_at: row.instant("read_at")?,
            position: row.integer("position")?,
        }))
    }

    /// Those of `cases` that the officer has read before and in which others have recorded something
    /// since.
    ///
    /// # Errors
    /// [`QueryError`] when the database does not answer.
    pub async fn cases_with_news(
        &self,
        officer: Uuid,
        cases: &[Uuid],
    ) -> Result<HashSet<Uuid>, QueryError> {
        if cases.is_empty() {
            return Ok(HashSet::new());
        }
        let database = self.database();
        let mut sql = Sql::new(
            database,
            "SELECT DISTINCT a.case_id
               FROM (SELECT r.case_id, max(r.version) AS version
                       FROM @reading AS r
                      WHERE r.officer = ",
        );
        sql.uuid(officer)
            .sql(" AND r.case_id")
            .in_uuids(cases)
            .sql(
                " GROUP BY r.case_id) AS seen
               JOIN @audit_trail AS a ON a.case_id = seen.case_id AND a.version > seen.version
              WHERE (a.officer IS NULL OR a.officer <> ",
            )
            .uuid(officer)
            .sql(")");
        let rows = sql.fetch(database).await?;
        rows.iter()
            .map(|row| row.uuid("case_id").map_err(QueryError::from))
            .collect()
    }
}
