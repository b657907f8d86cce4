//! What officers were told, and whether they took note.

use std::collections::HashSet;

use domain::language::Sentence;
use domain::notice::NoticeKind;
use domain::time::Instant;
use uuid::Uuid;

use crate::cells::Cells;
use crate::cursor::{self, Page};
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

/// The name of the list in its cursors.
const LIST: &str = "notices";

/// The most rows on one page.
const MOST_ROWS: usize = 500;

/// Ids that are looked up by one statement.
const AT_ONCE: usize = 500;

/// What an officer was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// The event that it was sent by.
    pub id: Uuid,
    /// What it says.
    pub kind: NoticeKind,
    /// The case.
    pub case_id: Uuid,
    /// The number of the case; none while lists do not have it yet.
    pub case_number: Option<String>,
    /// The step.
    pub step: String,
    /// The title of the step, by the procedure.
    pub name: Option<Sentence>,
    /// The item of the plan or the referral that it is about.
    pub item: Option<String>,
    /// The event that opened the obligation.
    pub obligation: Uuid,
    /// The end of its time, or the time to mind, as it was told.
    pub due_at: Option<Instant>,
    /// When it was sent.
    pub sent_at: Instant,
    /// When the officer took note.
    pub read_at: Option<Instant>,
    position: i64,
}

const ROWS: &str = "
  SELECT n.event_id, n.position, n.kind, n.case_id, n.step, n.item, n.obligation
       , n.due_at, n.sent_at, n.read_at, c.number
    FROM @notice AS n
    LEFT JOIN @case_status AS c ON c.case_id = n.case_id";

impl Projections {
    /// How many notices the officer has not taken note of.
    ///
    /// # Errors
    /// [`QueryError`] when the database does not answer.
    pub async fn unread_notices(&self, officer: Uuid) -> Result<i64, QueryError> {
        let database = self.database();
        let mut sql = Sql::new(
            database,
            "SELECT count(*) AS notices FROM @notice WHERE read_at IS NULL AND officer = ",
        );
        sql.uuid(officer);
        let rows = sql.fetch(database).await?;
        Ok(rows.first().map_or(Ok(0), |row| row.integer("notices"))?)
    }

    /// What the officer was told: first what they have not taken note of, then the rest, each the
    /// newest first.
    ///
    /// # Errors
    /// [`QueryError::Cursor`] when `cursor` is not one of this list.
    pub async fn notices(
        &self,
        officer: Uuid,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<NoticeRow>, QueryError> {
        let database = self.database();
        let limit = limit.clamp(1, MOST_ROWS);
        let behind: Option<[i64; 2]> = cursor.map(|text| cursor::decode(LIST, text)).transpose()?;
        let mut count = Sql::new(
            database,
            "SELECT count(*) AS notices FROM @notice WHERE officer = ",
        );
        count.uuid(officer);
        let mut rows = Sql::new(database, ROWS);
        rows.sql(" WHERE n.officer = ").uuid(officer);
        if let Some([part, place]) = behind {
            rows.sql(" AND (CASE WHEN n.read_at IS NULL THEN 0 ELSE 1 END, -n.position) > (")
                .integer(part)
                .sql(", ")
                .integer(place)
                .sql(")");
        }
        rows.sql(" ORDER BY CASE WHEN n.read_at IS NULL THEN 0 ELSE 1 END, -n.position LIMIT ")
            .integer(limit as i64 + 1);
        let (count, rows) = tokio::try_join!(count.fetch(database), rows.fetch(database))?;
        let total = count.first().map_or(Ok(0), |row| row.integer("notices"))?;
        let items = rows
            .iter()
            .map(|cells| self.notice(cells))
            .collect::<Result<_, _>>()?;
        Ok(cursor::page(items, limit, total, |last: &NoticeRow| {
            let part = i64::from(last.read_at.is_some());
            cursor::encode(LIST, &[part, -last.position])
        }))
    }

    /// What the officer has neither taken note of nor got by mail, sent at `since` or later, oldest
    /// first, at most `limit`.
    ///
    /// # Errors
    /// [`QueryError`] when the database does not answer.
    pub async fn notices_to_mail(
        &self,
        officer: Uuid,
        since: Instant,
        limit: usize,
    ) -> Result<Vec<NoticeRow>, QueryError> {
        let database = self.database();
        let mut rows = Sql::new(database, ROWS);
        rows.sql(" WHERE n.read_at IS NULL AND n.mailed_at IS NULL AND n.officer = ")
            .uuid(officer)
            .sql(" AND n.sent_at >= ")
            .instant(since)
            .sql(" ORDER BY n.position LIMIT ")
            .integer(limit.min(MOST_ROWS) as i64);
        let rows = rows.fetch(database).await?;
        rows.iter().map(|cells| self.notice(cells)).collect()
    }

    /// The ids of all notices that the officer has not taken note of, at most 1,000; or only `one`.
    ///
    /// # Errors
    /// [`QueryError`] when the database does not answer.
    pub async fn unread_notice_ids(
        &self,
        officer: Uuid,
        one: Option<Uuid>,
    ) -> Result<Vec<Uuid>, QueryError> {
        let database = self.database();
        let mut sql = Sql::new(
            database,
            "SELECT event_id FROM @notice WHERE read_at IS NULL AND officer = ",
        );
        sql.uuid(officer);
        if let Some(one) = one {
            sql.sql(" AND event_id = ").uuid(one);
        }
        sql.sql(" ORDER BY position LIMIT 1000");
        let rows = sql.fetch(database).await?;
        rows.iter()
            .map(|row| row.uuid("event_id").map_err(QueryError::from))
            .collect()
    }

    /// Those of these commands that have sent their notice, as far as is known here.
    ///
    /// # Errors
    /// [`QueryError`] when the database does not answer.
    pub async fn notices_sent_by(&self, commands: &[Uuid]) -> Result<HashSet<Uuid>, QueryError> {
        let database = self.database();
        let mut sent = HashSet::new();
        for commands in commands.chunks(AT_ONCE) {
            let mut sql = Sql::new(database, "SELECT command_id FROM @notice WHERE command_id");
            sql.in_uuids(commands);
            for row in sql.fetch(database).await? {
                sent.insert(row.uuid("command_id")?);
            }
        }
        Ok(sent)
    }

    fn notice(&self, cells: &Cells) -> Result<NoticeRow, QueryError> {
        let kind = cells.text("kind")?;
        let kind = NoticeKind::named(&kind).ok_or_else(|| QueryError::Damaged {
            table: "notice",
            what: format!("{kind} is no kind"),
        })?;
        let step = cells.text("step")?;
        Ok(NoticeRow {
            id: cells.uuid("event_id")?,
            kind,
            case_id: cells.uuid("case_id")?,
            case_number: cells.text_or_none("number")?,
            name: self.procedure().step(&step).map(|known| known.name.clone()),
            step,
            item: cells.text_or_none("item")?,
            obligation: cells.uuid("obligation")?,
            due_at: cells.instant_or_none("due_at")?,
            sent_at: cells.instant("sent_at")?,
            read_at: cells.instant_or_none("read_at")?,
            position: cells.integer("position")?,
        })
    }
}
