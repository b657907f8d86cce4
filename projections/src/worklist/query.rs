//! What has to be done, by whom, what first.
//!
//! The order: emergencies and acts "at once" for which the law gives no number; what is overdue; then
//! the soonest time by which to act; at last what has no limit, the longest open first. Obligations
//! of one case that are due at the same time stand together.

use chrono::{Datelike, Days};
use domain::identity::Role;
use domain::time::Instant;
use uuid::Uuid;

use crate::case_status::{LIVE as LIVE_CASES, PLACE, Seen, in_unit, matching};
use crate::cells::Cells;
use crate::cursor;
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

use super::row::{Group, GroupCount, WorkFilter, WorkPage, WorkRow};

/// The name of the list in its cursors.
const LIST: &str = "worklist";

/// The most rows on one page.
const MOST_ROWS: usize = 500;

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
        let (now, behind) = match cursor {
            Some(cursor) => {
                let [at, part, order, high, low, ordinal] = cursor::decode(LIST, cursor)?;
                let last = Uuid::from_u64_pair(high.cast_unsigned(), low.cast_unsigned());
                (
                    cursor::instant(at)?,
                    Some((last, part, cursor::instant(order)?, ordinal)),
                )
            }
            None => (now, None),
        };
        let borders = Borders::at(now);

        let mut counts = Sql::new(database, "SELECT part, count(*) AS obligations FROM (");
        parts(&mut counts, filter, &borders);
        counts.sql(") AS parts GROUP BY part");

        // First which rows, then what they show: most obligations are only looked at for the order.
        let mut rows = Sql::new(database, ROWS);
        rows.sql("(SELECT * FROM (");
        parts(&mut rows, filter, &borders);
        rows.sql(") AS parts WHERE 1 = 1");
        if let Some(group) = filter.group {
            rows.sql(" AND part = ").integer(group as i64);
        }
        if let Some((last, part, at, ordinal)) = behind {
            rows.sql(" AND (part, order_at, case_id, ordinal) > (")
                .integer(part)
                .sql(", ")
                .instant(at)
                .sql(", ")
                .uuid(last)
                .sql(", ")
                .integer(ordinal)
                .sql(")");
        }
        rows.sql(" ORDER BY part, order_at, case_id, ordinal LIMIT ")
            .integer(limit as i64 + 1)
            .sql(JOINED)
            .sql(LIVE_CASES)
            .sql(" ORDER BY parts.part, parts.order_at, parts.case_id, parts.ordinal");

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
            let (high, low) = last.case_id.as_u64_pair();
            let (high, low) = (high.cast_signed(), low.cast_signed());
            cursor::encode(LIST, &[now, part, at, high, low, last.ordinal])
        });
        Ok(WorkPage { page, groups, now })
    }
}

/// What a row shows.
const ROWS: &str = "
  SELECT parts.part, parts.order_at
       , w.case_id, w.ordinal, w.step, w.item, w.cycle, w.role, w.unit, w.officer
       , w.opened_at, w.opened_by, w.due_at, w.bound_at, w.act_by, w.immediately
       , w.limit_amount, w.limit_unit, w.form, w.legal_basis, w.notes
       , w.climb_at, w.climb_role, w.climb_unit
       , c.number, c.list_name, c.sex, c.birth_date, c.birth_year
       , c.birth_estimated, c.incident_unit, c.emergency, c.danger
    FROM ";

/// Where it comes from, for the rows that are shown.
const JOINED: &str = ") AS parts
    JOIN worklist AS w ON w.generation = parts.generation
                      AND w.case_id = parts.case_id
                      AND w.ordinal = parts.ordinal
    JOIN case_status AS c ON c.case_id = parts.case_id AND c.generation = ";

/// Open obligations: the number of their part and what orders them. What nobody answered and what has
/// climbed to the roles and units stands beside what they owe; each of the two has an index.
fn parts(sql: &mut Sql, filter: &WorkFilter, borders: &Borders) {
    open(sql, borders);
    owed_by(sql, filter);
    narrow(sql, filter);
    let climbs = !filter.by_others && filter.officer.is_none() && !filter.roles.is_empty();
    if let (true, Seen::Of(units)) = (climbs, &filter.units) {
        sql.sql(" UNION ");
        open(sql, borders);
        climbed(sql, filter, units, borders.now);
        narrow(sql, filter);
    }
}

fn open(sql: &mut Sql, borders: &Borders) {
    sql.sql("SELECT CAST(CASE WHEN w.urgent THEN 0 WHEN w.due_at < ")
        .instant(borders.now)
        .sql(" THEN 1 WHEN w.act_by IS NULL THEN 5 WHEN w.act_by <= ")
        .instant(borders.end_of_day)
        .sql(" THEN 2 WHEN w.act_by <= ")
        .instant(borders.end_of_week)
        .sql(
            " THEN 3 ELSE 4 END AS bigint) AS part
              , coalesce(w.act_by, w.opened_at) AS order_at, w.case_id, w.ordinal, w.generation
              FROM worklist AS w
             WHERE w.ended_at IS NULL AND w.generation =
                   (SELECT generation FROM projection WHERE name = 'worklist' AND state = 'live')",
        );
}

/// Narrows to what has climbed to the roles in these units.
fn climbed(sql: &mut Sql, filter: &WorkFilter, units: &[String], now: Instant) {
    sql.sql(" AND w.climb_role")
        .in_texts(filter.roles.iter().map(|role| role.name()))
        .sql(" AND w.climb_unit")
        .in_texts(units)
        .sql(" AND w.climb_at <= ")
        .instant(now);
}

/// Narrows to one step, to what the reader may see, and to some cases.
fn narrow(sql: &mut Sql, filter: &WorkFilter) {
    sql.and_text(" AND w.step = ", filter.step.as_deref());
    if let Seen::Of(units) = &filter.seen {
        sql.sql(
            " AND w.case_id IN (SELECT t.case_id FROM case_status_term AS t WHERE t.kind = 'unit'
              AND t.generation = ",
        )
        .sql(LIVE_CASES)
        .sql(" AND t.term")
        .in_texts(units)
        .sql(")");
    }
    if filter.commune.is_none() && filter.emergency.is_none() && filter.text.is_none() {
        return;
    }
    sql.sql(" AND w.case_id IN (SELECT c.case_id FROM case_status AS c WHERE c.generation = ")
        .sql(LIVE_CASES);
    if let Some(commune) = &filter.commune {
        in_unit(sql, PLACE, commune);
    }
    match filter.emergency {
        Some(true) => sql.sql(" AND c.emergency"),
        Some(false) => sql.sql(" AND NOT c.emergency"),
        None => sql,
    };
    if let Some(text) = &filter.text {
        matching(sql, text);
    }
    sql.sql(")");
}

/// Narrows to what the roles, the units and the officer owe, or others than they.
fn owed_by(sql: &mut Sql, filter: &WorkFilter) {
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
            climb_at: cells.instant_or_none("climb_at")?,
            climb_role: cells
                .text_or_none("climb_role")?
                .and_then(|role| Role::parse(&role)),
            climb_unit: cells.text_or_none("climb_unit")?,
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
        })
    }
}
