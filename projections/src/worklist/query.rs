//! What has to be done, by whom, what first.
//!
//! The order: emergencies and acts "at once" for which the law gives no number; what is overdue; then
//! the soonest time by which to act; at last what has no limit, the longest open first. Obligations
//! of one case that are due at the same time stand together.

use chrono::{Datelike, Days, NaiveDate};
use domain::identity::Role;
use domain::language::Sentence;
use domain::time::Instant;
use serde::Serialize;
use uuid::Uuid;

use crate::case_status::{LIVE as LIVE_CASES, Seen, has_term, matching};
use crate::cells::Cells;
use crate::cursor::{self, Page};
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

/// The name of the list in its cursors.
const LIST: &str = "worklist";

/// The most rows on one page.
const MOST_ROWS: usize = 500;

/// The parts of a worklist, in their order. `This week` ends with Sunday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// No number, but an emergency, or the law says "at once".
    AtOnce,
    /// The time that the law gives is over.
    Overdue,
    /// To be done today; also where a time to mind has passed that is not the law's limit.
    Today,
    /// Later in this week.
    ThisWeek,
    /// After this week.
    Later,
    /// The law gives no number.
    NoLimit,
}

impl Group {
    /// All groups in their order.
    pub const ALL: [Self; 6] = [
        Self::AtOnce,
        Self::Overdue,
        Self::Today,
        Self::ThisWeek,
        Self::Later,
        Self::NoLimit,
    ];
}

/// How many obligations a group has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct GroupCount {
    /// The group.
    pub group: Group,
    /// How many.
    pub count: i64,
}

/// Whose obligations are asked for, and which of them. Each field that is set narrows the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkFilter {
    /// Owed by one of these roles; by any, when empty.
    pub roles: Vec<Role>,
    /// Owed by one of these units.
    pub units: Seen,
    /// Only those of this officer.
    pub officer: Option<String>,
    /// The other way round: what is owed by others than these roles, units and this officer.
    pub by_others: bool,
    /// Only of cases that concern one of these units or a unit inside it.
    pub seen: Seen,
    /// Name of the step.
    pub step: Option<String>,
    /// Only of cases that happened in this commune, or in a unit inside it.
    pub commune: Option<String>,
    /// Only emergencies, or only others.
    pub emergency: Option<bool>,
    /// Only this part.
    pub group: Option<Group>,
    /// Words of the child's name or of the case number.
    pub text: Option<String>,
}

/// An open obligation, with what a row of the worklist shows of its case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct WorkRow {
    pub case_id: Uuid,
    /// Its place among the obligations of the case.
    pub ordinal: i64,
    pub group: Group,
    pub step: String,
    /// Its title, by the procedure.
    pub name: Option<Sentence>,
    /// Why it has to be done, by the procedure.
    pub why: Option<Sentence>,
    /// The command that does it.
    pub command: Option<String>,
    /// The item of the plan or the referral that it is about.
    pub item: Option<String>,
    pub cycle: i64,
    pub role: Option<Role>,
    pub unit: Option<String>,
    pub officer: Option<String>,
    pub opened_at: Instant,
    pub opened_by: String,
    pub due_at: Option<Instant>,
    pub bound_at: Option<Instant>,
    pub act_by: Option<Instant>,
    /// The law says "at once", without a number.
    pub immediately: bool,
    pub limit_amount: Option<i64>,
    /// `hour`, `working-day`, `calendar-day` or `month`.
    pub limit_unit: Option<String>,
    pub form: Option<String>,
    pub legal_basis: String,
    /// Why there is no due date, or whose date it is.
    pub due_note: Option<Sentence>,
    /// What stands behind the earlier time to mind.
    pub bound_note: Option<Sentence>,
    pub case_number: String,
    /// Surname and initials of the child.
    pub child: Option<String>,
    pub sex: String,
    pub birth_date: Option<NaiveDate>,
    pub birth_year: Option<i64>,
    pub birth_estimated: bool,
    pub incident_unit: String,
    pub emergency: bool,
    pub danger: bool,
    #[serde(skip)]
    order: (i64, Instant),
    #[serde(skip)]
    opened_position: i64,
}

/// A page of the worklist, with how many there are in each part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkPage {
    /// The rows; `total` counts all parts, or the one that was asked for.
    pub page: Page<WorkRow>,
    /// How many there are in each part, also in those that were not asked for.
    pub groups: Vec<GroupCount>,
    /// The moment for which the parts hold: that of the first page, on all others too.
    pub now: Instant,
}

/// The borders between the parts.
struct Borders {
    now: Instant,
    end_of_day: Instant,
    end_of_week: Instant,
}

impl Borders {
    fn at(now: Instant) -> Self {
        let today = now.date();
        let left = 6 - u64::from(today.weekday().num_days_from_monday());
        let sunday = today.checked_add_days(Days::new(left)).unwrap_or(today);
        Self {
            now,
            end_of_day: Instant::end_of(today),
            end_of_week: Instant::end_of(sunday),
        }
    }
}

impl Projections {
    /// Open obligations, what comes first first, as they stand at `now`. A page with a cursor holds
    /// for the moment of the first page.
    ///
    /// # Errors
    /// [`QueryError::Cursor`] when `cursor` is not one of this list.
    pub async fn worklist(
        &self,
        filter: &WorkFilter,
        now: Instant,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<WorkPage, QueryError> {
        let database = self.database();
        let limit = limit.clamp(1, MOST_ROWS);
        let behind = cursor
            .map(|cursor| cursor::decode::<5>(LIST, cursor))
            .transpose()?;
        let now = match behind {
            Some([at, ..]) => instant(at)?,
            None => now,
        };
        let borders = Borders::at(now);

        let mut counts = Sql::new(database, "SELECT part, count(*) AS obligations FROM (");
        parts(&mut counts, "", filter, &borders);
        counts.sql(") AS parts GROUP BY part");

        let mut rows = Sql::new(database, "SELECT * FROM (");
        parts(&mut rows, COLUMNS, filter, &borders);
        rows.sql(") AS parts WHERE 1 = 1");
        if let Some(group) = filter.group {
            rows.sql(" AND part = ").integer(group as i64);
        }
        if let Some([_, part, at, opened, ordinal]) = behind {
            rows.sql(" AND (part, order_at, opened_position, ordinal) > (")
                .integer(part)
                .sql(", ")
                .instant(instant(at)?)
                .sql(", ")
                .integer(opened)
                .sql(", ")
                .integer(ordinal)
                .sql(")");
        }
        rows.sql(" ORDER BY part, order_at, opened_position, ordinal LIMIT ")
            .integer(limit as i64 + 1);

        let (counts, rows) = tokio::try_join!(counts.fetch(database), rows.fetch(database))?;
        let groups = groups(&counts)?;
        let total = groups
            .iter()
            .filter(|counted| filter.group.is_none_or(|group| group == counted.group))
            .map(|counted| counted.count)
            .sum();
        let items = rows
            .iter()
            .map(|cells| self.work_row(cells))
            .collect::<Result<_, _>>()?;
        let page = cursor::page(items, limit, total, |last: &WorkRow| {
            let (part, at) = last.order;
            let (now, at) = (now.utc().timestamp_micros(), at.utc().timestamp_micros());
            cursor::encode(LIST, &[now, part, at, last.opened_position, last.ordinal])
        });
        Ok(WorkPage { page, groups, now })
    }
}

/// What a row shows, beside its part.
const COLUMNS: &str = "
       , w.case_id, w.ordinal, w.step, w.item, w.cycle, w.role, w.unit, w.officer
       , w.opened_at, w.opened_by, w.due_at, w.bound_at, w.act_by, w.immediately
       , w.limit_amount, w.limit_unit, w.form, w.legal_basis, w.notes
       , coalesce(w.act_by, w.opened_at) AS order_at
       , c.opened_position, c.number, c.list_name, c.sex, c.birth_date, c.birth_year
       , c.birth_estimated, c.incident_unit, c.emergency, c.danger";

/// Open obligations with the number of their part, and `columns`.
fn parts(sql: &mut Sql, columns: &'static str, filter: &WorkFilter, borders: &Borders) {
    sql.sql("SELECT CAST(CASE WHEN w.urgent THEN 0 WHEN w.due_at < ")
        .instant(borders.now)
        .sql(" THEN 1 WHEN w.act_by IS NULL THEN 5 WHEN w.act_by <= ")
        .instant(borders.end_of_day)
        .sql(" THEN 2 WHEN w.act_by <= ")
        .instant(borders.end_of_week)
        .sql(" THEN 3 ELSE 4 END AS bigint) AS part")
        .sql(columns)
        .sql(
            " FROM worklist AS w
              JOIN case_status AS c ON c.case_id = w.case_id AND c.generation = ",
        )
        .sql(LIVE_CASES)
        .sql(
            " WHERE w.ended_at IS NULL AND w.generation =
              (SELECT generation FROM projection WHERE name = 'worklist' AND state = 'live')",
        );
    owed(sql, filter);
    sql.and_text(" AND w.step = ", filter.step.as_deref());
    if let Seen::Of(units) = &filter.seen {
        has_term(sql, "unit");
        sql.in_texts(units).sql(")");
    }
    if let Some(commune) = &filter.commune {
        sql.sql(" AND c.incident_unit = ").text(commune);
    }
    match filter.emergency {
        Some(true) => sql.sql(" AND c.emergency"),
        Some(false) => sql.sql(" AND NOT c.emergency"),
        None => sql,
    };
    if let Some(text) = &filter.text {
        matching(sql, text);
    }
}

/// Narrows to what the roles, the units and the officer owe, or others than they.
fn owed(sql: &mut Sql, filter: &WorkFilter) {
    // What nobody is named for is owed by others; but only plain columns go through an index.
    let [begin, unit, officer, end] = if filter.by_others {
        [
            " AND NOT (1 = 1",
            " AND coalesce(w.unit, '')",
            " AND coalesce(w.officer, '') = ",
            ")",
        ]
    } else {
        ["", " AND w.unit", " AND w.officer = ", ""]
    };
    sql.sql(begin);
    if !filter.roles.is_empty() {
        sql.sql(" AND w.role")
            .in_texts(filter.roles.iter().map(|role| role.name()));
    }
    if let Seen::Of(units) = &filter.units {
        sql.sql(unit).in_texts(units);
    }
    sql.and_text(officer, filter.officer.as_deref());
    sql.sql(end);
}

fn groups(rows: &[Cells]) -> Result<Vec<GroupCount>, sqlx::Error> {
    let mut groups: Vec<_> = Group::ALL
        .map(|group| GroupCount { group, count: 0 })
        .into();
    for cells in rows {
        let part = usize::try_from(cells.integer("part")?).unwrap_or(usize::MAX);
        if let Some(counted) = groups.get_mut(part) {
            counted.count = cells.integer("obligations")?;
        }
    }
    Ok(groups)
}

fn instant(micros: i64) -> Result<Instant, QueryError> {
    // What PostgreSQL can compare with lies within these years.
    chrono::DateTime::from_timestamp_micros(micros)
        .filter(|at| (1..=9999).contains(&at.year()))
        .map(Instant::new)
        .ok_or(QueryError::Cursor)
}

impl Projections {
    fn work_row(&self, cells: &Cells) -> Result<WorkRow, QueryError> {
        let step = cells.text("step")?;
        let known = self.procedure().step(&step);
        let part = cells.integer("part")?;
        let group = usize::try_from(part)
            .ok()
            .and_then(|part| Group::ALL.get(part).copied())
            .unwrap_or(Group::NoLimit);
        let notes = cells.json("notes")?;
        let note = |key: &str| serde_json::from_value(notes[key].clone()).ok().flatten();
        Ok(WorkRow {
            case_id: cells.uuid("case_id")?,
            ordinal: cells.integer("ordinal")?,
            group,
            name: known.map(|step| step.name.clone()),
            why: known.map(|step| step.why.clone()),
            command: known.and_then(|step| step.command.clone()),
            step,
            item: cells.text_or_none("item")?,
            cycle: cells.integer("cycle")?,
            role: Role::parse(&cells.text("role")?),
            unit: cells.text_or_none("unit")?,
            officer: cells.text_or_none("officer")?,
            opened_at: cells.instant("opened_at")?,
            opened_by: cells.text("opened_by")?,
            due_at: cells.instant_or_none("due_at")?,
            bound_at: cells.instant_or_none("bound_at")?,
            act_by: cells.instant_or_none("act_by")?,
            immediately: cells.boolean("immediately")?,
            limit_amount: cells.integer_or_none("limit_amount")?,
            limit_unit: cells.text_or_none("limit_unit")?,
            form: cells.text_or_none("form")?,
            legal_basis: cells.text("legal_basis")?,
            due_note: note("due"),
            bound_note: note("bound"),
            case_number: cells.text("number")?,
            child: cells.text_or_none("list_name")?,
            sex: cells.text("sex")?,
            birth_date: cells.date_or_none("birth_date")?,
            birth_year: cells.integer_or_none("birth_year")?,
            birth_estimated: cells.boolean("birth_estimated")?,
            incident_unit: cells.text("incident_unit")?,
            emergency: cells.boolean("emergency")?,
            danger: cells.boolean("danger")?,
            order: (part, cells.instant("order_at")?),
            opened_position: cells.integer("opened_position")?,
        })
    }
}
