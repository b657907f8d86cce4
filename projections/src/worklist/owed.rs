//! What reminders and calendars are made of: open obligations with the end of their time, and
//! answers to what somebody offered.

use domain::identity::Role;
use domain::language::Sentence;
use domain::time::Instant;
use uuid::Uuid;

use crate::cells::Cells;
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

/// An obligation, with what a reminder says of it: nothing that names a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The case.
    pub case_id: Uuid,
    /// Its number.
    pub case_number: String,
    /// Its version.
    pub case_version: i64,
    /// When something was last recorded in it.
    pub changed_at: Instant,
    /// The step.
    pub step: String,
    /// Its title, by the procedure.
    pub name: Option<Sentence>,
    /// The item of the plan or the referral that it is about.
    pub item: Option<String>,
    /// Who owes it.
    pub role: Option<Role>,
    /// For which unit.
    pub unit: Option<String>,
    /// The officer in charge, where one was assigned.
    pub officer: Option<Uuid>,
    /// When it arose.
    pub opened_at: Instant,
    /// The event that opened it.
    pub opened_by_event: Uuid,
    /// Last instant in time.
    pub due_at: Option<Instant>,
    /// By when to act: the end of the limit, or an earlier time to mind.
    pub act_by: Option<Instant>,
    /// The limit in hours, where it is one.
    pub limit_hours: Option<i64>,
    /// Who recorded the event that opened it.
    pub offered_by: Option<Uuid>,
    /// Who recorded the event that ended it.
    pub answered_by: Option<Uuid>,
}

impl Owed {
    /// The time to mind, where it is earlier than the end of the limit or there is no limit.
    #[must_use]
    pub fn to_mind(&self) -> Option<Instant> {
        let earlier = |act_by: &Instant| self.due_at.is_none_or(|due_at| *act_by < due_at);
        self.act_by.filter(earlier)
    }
}

const ROWS: &str = "
  SELECT w.case_id, w.step, w.item, w.role, w.unit, w.officer, w.opened_at, w.opened_by_event
       , w.due_at, w.act_by, w.limit_amount, w.limit_unit, c.number, c.version, c.recorded_at
       , opening.officer AS offered_by, ending.officer AS answered_by
    FROM @worklist AS w
    JOIN @case_status AS c ON c.case_id = w.case_id";

const CORRECTED: &str = "
  SELECT w.case_id, w.step, w.item, w.tells_role AS role, w.tells_unit AS unit, NULL AS officer
       , w.opened_at, w.corrected_by_event AS opened_by_event
       , w.due_at, w.act_by, w.limit_amount, w.limit_unit, c.number, c.version, c.recorded_at
       , opening.officer AS offered_by, ending.officer AS answered_by
    FROM @worklist AS w
    JOIN @case_status AS c ON c.case_id = w.case_id";

const TRAILS: &str = "
    LEFT JOIN @audit_trail AS opening
           ON opening.case_id = w.case_id AND opening.event_id = w.opened_by_event
    LEFT JOIN @audit_trail AS ending
           ON ending.case_id = w.case_id AND ending.event_id = w.ended_by_event
   WHERE 1 = 1";

impl Projections {
    /// Open obligations that are to be acted on before `before`, and those of `steps` whether or not
    /// they have a time.
    ///
    /// # Errors
    /// [`QueryError`] when the database does not answer.
    pub async fn owed_before(
        &self,
        before: Instant,
        steps: &[&str],
    ) -> Result<Vec<Owed>, QueryError> {
        let mut sql = self.owed_rows();
        sql.sql(" AND w.ended_at IS NULL AND (w.act_by < ")
            .instant(before)
            .sql(" OR w.step")
            .in_texts(steps)
            .sql(")");
        self.owed(sql).await
    }

    /// Open obligations of a role in one of `units` that have a time by which to act.
    ///
    /// # Errors
    /// [`QueryError`] when the database does not answer.
    pub async fn owed_by(&self, role: Role, units: &[String]) -> Result<Vec<Owed>, QueryError> {
        let mut sql = self.owed_rows();
        sql.sql(" AND w.ended_at IS NULL AND w.act_by IS NOT NULL AND w.role = ")
            .text(role.name())
            .sql(" AND w.unit")
            .in_texts(units)
            .sql(" ORDER BY w.act_by, w.case_id, w.ordinal");
        self.owed(sql).await
    }

    /// Obligations of `steps` that were ended by an answer recorded at `since` or later.
    ///
    /// # Errors
    /// [`QueryError`] when the database does not answer.
    pub async fn answered_since(
        &self,
        since: Instant,
        steps: &[&str],
    ) -> Result<Vec<Owed>, QueryError> {
        let mut sql = self.owed_rows();
        sql.sql(" AND w.ended_at IS NOT NULL AND NOT w.waived AND w.step")
            .in_texts(steps)
            .sql(" AND w.ended_recorded_at >= ")
            .instant(since);
        self.owed(sql).await
    }

    /// What a correction recorded at `since` or later made punctual of late, or late of punctual: with
    /// role and unit of those who are told, and the correction in place of what opened it.
    ///
    /// # Errors
    /// [`QueryError`] when the database does not answer.
    pub async fn corrected_since(&self, since: Instant) -> Result<Vec<Owed>, QueryError> {
        let mut sql = Sql::new(self.database(), CORRECTED);
        sql.sql(TRAILS);
        sql.sql(" AND w.ended_at IS NOT NULL AND w.corrected_at >= ")
            .instant(since);
        self.owed(sql).await
    }

    fn owed_rows(&self) -> Sql {
        let mut sql = Sql::new(self.database(), ROWS);
        sql.sql(TRAILS);
        sql
    }

    async fn owed(&self, sql: Sql) -> Result<Vec<Owed>, QueryError> {
        let rows = sql.fetch(self.database()).await?;
        rows.iter().map(|cells| self.owed_row(cells)).collect()
    }

    fn owed_row(&self, cells: &Cells) -> Result<Owed, QueryError> {
        let step = cells.text("step")?;
        let in_hours = cells.text_or_none("limit_unit")?.as_deref() == Some("hour");
        Ok(Owed {
            case_id: cells.uuid("case_id")?,
            case_number: cells.text("number")?,
            case_version: cells.integer("version")?,
            changed_at: cells.instant("recorded_at")?,
            name: self.procedure().step(&step).map(|known| known.name.clone()),
            step,
            item: cells.text_or_none("item")?,
            role: Role::parse(&cells.text("role")?),
            unit: cells.text_or_none("unit")?,
            officer: cells
                .text_or_none("officer")?
                .and_then(|officer| Uuid::parse_str(&officer).ok()),
            opened_at: cells.instant("opened_at")?,
            opened_by_event: cells.uuid("opened_by_event")?,
            due_at: cells.instant_or_none("due_at")?,
            act_by: cells.instant_or_none("act_by")?,
            limit_hours: cells.integer_or_none("limit_amount")?.filter(|_| in_hours),
            offered_by: cells.uuid_or_none("offered_by")?,
            answered_by: cells.uuid_or_none("answered_by")?,
        })
    }
}
