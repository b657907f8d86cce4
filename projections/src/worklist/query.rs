//! What has to be done, by whom, what first.
//!
//! The order, for everybody the same: what protects a child from danger within hours, and what is overdue
//! in an emergency; what is overdue by law; acts "at once" for which the law gives no number; then the
//! soonest time by which to act; at last what has no limit, the longest open first. What stands at the
//! same time goes by the number of its case.
//!
//! A page is made of ranges of the lists that are kept in this order: first it is counted which parts
//! it lies in, then each range gives at most one page. Of few cases, each row is looked at instead; of
//! many in a long list, rows in their order until the page is full.

use domain::identity::Role;
use domain::time::Instant;

use crate::case_status::day;
use crate::cells::Cells;
use crate::cursor;
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

use super::borders::{Borders, Range, When};
use super::in_order::{FEW_CASES, LOOKED_THROUGH};
use super::listing::Time;
use super::lists::{Found, Lists};
use super::row::{Group, GroupCount, Owing, WorkFilter, WorkPage, WorkRow};

/// The name of the list in its cursors.
pub(super) const LIST: &str = "work";

/// The most rows on one page.
const MOST_ROWS: usize = 500;

/// The row behind which a page begins: its part, and what orders it there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Behind {
    pub part: i64,
    pub at: Instant,
    pub number: i64,
    pub ordinal: i64,
}

/// Which page is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// The moment of the first page.
    pub now: Instant,
    pub behind: Option<Behind>,
    /// How many rows the pages before it have.
    pub found: i64,
}

impl Asked {
    fn read(cursor: Option<&str>, now: Instant) -> Result<Self, QueryError> {
        let Some(cursor) = cursor else {
            return Ok(Self {
                now,
                behind: None,
                found: 0,
            });
        };
        let [now, part, at, number, ordinal, found] = cursor::decode(LIST, cursor)?;
        let at = cursor::instant(at)?;
        Ok(Self {
            now: cursor::instant(now)?,
            behind: Some(Behind {
                part,
                at,
                number,
                ordinal,
            }),
            found,
        })
    }

    /// The cursor of the page behind `last`, before which there are `found` rows.
    pub fn cursor_behind(&self, last: &WorkRow, found: i64) -> [i64; 6] {
        let (at, number) = last.order;
        let (now, at) = (self.now.utc(), at.utc());
        let (now, at) = (now.timestamp_micros(), at.timestamp_micros());
        [now, last.group as i64, at, number, last.ordinal, found]
    }
}

impl Projections {
    /// Open obligations, what comes first first, as they stand at `now`. A page with a cursor holds
    /// for the moment of the first page. Where many cases of a long list have the words that are looked
    /// for, `total` says only how many were found up to here, and parts are not counted.
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
        let asked = Asked::read(cursor, now)?;
        let Asked { now, behind, .. } = asked;
        let borders = Borders::at(now);
        let mut lists = self.lists(filter).await?;
        if lists.uncounted {
            return self.page_in_order(&lists, filter, &asked, limit).await;
        }
        let groups = match lists.cases {
            Some(_) => {
                self.groups_of_few(&mut lists, filter, &borders, behind, limit)
                    .await?
            }
            None => self.groups(&lists, filter.emergency, &borders).await?,
        };
        let total = total(&groups, filter);

        let wanted = wanted(&groups, filter.group, behind, limit);
        let ranges = wanted
            .into_iter()
            .flat_map(|group| {
                borders
                    .ranges(group, filter.emergency)
                    .into_iter()
                    .map(move |range| (group, range))
            })
            .collect::<Vec<_>>();
        let mut items = Vec::new();
        if !ranges.is_empty() {
            let rows = page(database, &lists, &borders, &ranges, behind, limit);
            let rows = rows.fetch(database).await?;
            for cells in &rows {
                items.push(self.work_row(cells)?);
            }
        }
        let found = asked.found + items.len().min(limit) as i64;
        let page = cursor::page(items, limit, total, |last: &WorkRow| {
            cursor::encode(LIST, &asked.cursor_behind(last, found))
        });
        Ok(WorkPage { page, groups, now })
    }

    /// How many open obligations the whole list has at `now`.
    ///
    /// # Errors
    /// [`QueryError::Unavailable`] when the database does not answer.
    pub async fn worklist_total(
        &self,
        filter: &WorkFilter,
        now: Instant,
    ) -> Result<i64, QueryError> {
        let lists = self.lists(filter).await?;
        let borders = Borders::at(now);
        let groups = self.groups(&lists, filter.emergency, &borders).await?;
        Ok(total(&groups, filter))
    }

    async fn lists<'a>(&'a self, filter: &'a WorkFilter) -> Result<Lists<'a>, QueryError> {
        let mut lists = Lists::of(filter, self.units());
        if let Some(text) = &filter.text {
            lists.cases = match &lists.of_cases {
                Some(of_cases) => self.with_words_among(text, of_cases).await?,
                None => None,
            }
            .map(Found::Among);
            if lists.cases.is_none() {
                // Cases are looked up in each list, or words in each row of the lists: whichever is less.
                let rows = self.kept_rows(&lists).await?;
                if rows == 0 {
                    return Ok(lists);
                }
                let most = (rows / lists.keys.len().max(1) as i64).min(FEW_CASES);
                let found = self.few_with_words(text, false, most).await?;
                lists.uncounted = found.is_none() && rows > LOOKED_THROUGH;
                lists.cases = found.map(Found::Anywhere);
            }
        }
        Ok(lists)
    }

    /// How many rows the lists have, whatever else is asked.
    async fn kept_rows(&self, lists: &Lists<'_>) -> Result<i64, QueryError> {
        let database = self.database();
        let mut sql = Sql::new(
            database,
            "SELECT CAST(coalesce(sum(n.total), 0) AS bigint) AS total FROM @work_count AS n
              WHERE ",
        );
        Lists::keys(&mut sql, "n.whose", &lists.keys);
        let rows = sql.fetch(database).await?;
        let total = rows.first().ok_or(sqlx::Error::RowNotFound)?;
        Ok(total.integer("total")?)
    }

    /// How many rows each part has.
    async fn groups(
        &self,
        lists: &Lists<'_>,
        emergency: Option<bool>,
        borders: &Borders,
    ) -> Result<Vec<GroupCount>, QueryError> {
        let database = self.database();
        let mut groups: Vec<_> = Group::ALL
            .map(|group| GroupCount { group, count: 0 })
            .into();
        let mut count = |rows: &[Cells], sign: i64| -> Result<(), QueryError> {
            for cells in rows {
                let Some((time, of_emergency)) = Time::of_class(cells.integer("class")?) else {
                    continue;
                };
                let Some(when) = When::numbered(cells.integer("due")?) else {
                    continue;
                };
                let passed = cells.integer("passed")? == 1;
                let group = Borders::group(time, of_emergency, when, passed);
                if emergency.is_none_or(|wanted| wanted == of_emergency)
                    && let Some(group) = group
                    && let Some(counted) = groups.get_mut(group as usize)
                {
                    counted.count += sign * cells.integer("total")?;
                }
            }
            Ok(())
        };
        if lists.are_all() {
            let kept = counted(database, &lists.keys, borders).fetch(database);
            match &lists.less {
                Some(less) => {
                    let less = counted(database, less, borders).fetch(database);
                    let (kept, less) = tokio::try_join!(kept, less)?;
                    count(&kept, 1)?;
                    count(&less, -1)?;
                }
                None => count(&kept.await?, 1)?,
            }
        } else {
            count(
                &looked_at(database, lists, borders).fetch(database).await?,
                1,
            )?;
        }
        Ok(groups)
    }
}

fn total(groups: &[GroupCount], filter: &WorkFilter) -> i64 {
    let asked = |counted: &&GroupCount| filter.group.is_none_or(|group| group == counted.group);
    groups
        .iter()
        .filter(asked)
        .map(|counted| counted.count)
        .sum()
}

/// The parts in which the rows of the page lie, the first of them first.
fn wanted(
    groups: &[GroupCount],
    only: Option<Group>,
    behind: Option<Behind>,
    limit: usize,
) -> Vec<Group> {
    let mut wanted = Vec::new();
    let mut rows = 0;
    for counted in groups {
        let part = counted.group as i64;
        let before = behind.is_some_and(|behind| part < behind.part);
        if counted.count <= 0 || before || only.is_some_and(|only| only != counted.group) {
            continue;
        }
        wanted.push(counted.group);
        // How many of the part of the last page are left is not known.
        if behind.is_none_or(|behind| part > behind.part) {
            rows += counted.count;
        }
        if rows > limit as i64 {
            break;
        }
    }
    wanted
}

/// When a row of a listing is, as the number of [`When`], and whether its time has passed.
fn when(sql: &mut Sql, borders: &Borders) {
    due(sql, borders);
    sql.sql(", CASE WHEN l.at < ")
        .instant(borders.now)
        .sql(" THEN 1 ELSE 0 END AS passed");
}

fn due(sql: &mut Sql, borders: &Borders) {
    sql.sql("CASE WHEN l.at <= ")
        .instant(borders.start_of_day)
        .sql(" THEN 0 WHEN l.at <= ")
        .instant(borders.end_of_day)
        .sql(" THEN 1 WHEN l.at <= ")
        .instant(borders.end_of_week)
        .sql(" THEN 2 ELSE 3 END AS due");
}

/// The counts of lists of which every row is wanted: those that are kept, corrected by the few rows of
/// which the hour says more than the day.
fn counted(database: &eventstore::Database, keys: &[String], borders: &Borders) -> Sql {
    let (today, sunday) = borders.days();
    let mut sql = Sql::new(
        database,
        "SELECT class, CAST(due AS bigint) AS due, CAST(passed AS bigint) AS passed, CAST(sum(total) AS bigint) AS total
           FROM (SELECT n.class, CASE WHEN n.day < ",
    );
    sql.integer(today)
        .sql(" THEN 0 WHEN n.day = ")
        .integer(today)
        .sql(" THEN 1 WHEN n.day <= ")
        .integer(sunday)
        .sql(" THEN 2 ELSE 3 END AS due, CASE WHEN n.day < ")
        .integer(day(borders.now))
        .sql(" THEN 1 ELSE 0 END AS passed, n.total FROM @work_count AS n WHERE ");
    Lists::keys(&mut sql, "n.whose", keys);
    // Of today what has passed already.
    for (passed, sign) in [("1", "1"), ("0", "-1")] {
        sql.sql(" UNION ALL SELECT l.class, ");
        due(&mut sql, borders);
        sql.sql(", ")
            .sql(passed)
            .sql(" AS passed, ")
            .sql(sign)
            .sql(" AS total FROM @work_listing AS l WHERE ");
        Lists::keys(&mut sql, "l.whose", keys);
        sql.sql(TIMED)
            .sql(" AND l.at > ")
            .instant(borders.day_began)
            .sql(" AND l.at < ")
            .instant(borders.now);
    }
    // What has given its place to another row of the same obligation.
    sql.sql(" UNION ALL SELECT l.class, ");
    when(&mut sql, borders);
    sql.sql(", -1 AS total FROM @work_listing AS l WHERE ");
    Lists::keys(&mut sql, "l.whose", keys);
    sql.sql(TWICE)
        .sql(" AND l.until_at < ")
        .instant(borders.now);
    // What is not there yet.
    sql.sql(" UNION ALL SELECT l.class, ");
    when(&mut sql, borders);
    sql.sql(", -1 AS total FROM @work_listing AS l WHERE ");
    Lists::keys(&mut sql, "l.whose", keys);
    sql.sql(" AND l.shown_from > ")
        .instant(borders.now)
        .sql(" AND (l.until_at IS NULL OR l.until_at >= ")
        .instant(borders.now)
        .sql(")) AS counted GROUP BY class, due, passed");
    sql
}

/// The classes whose rows change their part when their time passes: [`Time::Due`] and
/// [`Time::DueAfterMind`].
const TIMED: &str = " AND l.class IN (2, 3, 4, 5)";

/// The classes whose rows give their place to another: [`Time::MindBeforeDue`].
const TWICE: &str = " AND l.class IN (8, 9)";

/// The counts of lists of which not every row is wanted: each row is looked at.
fn looked_at(database: &eventstore::Database, lists: &Lists<'_>, borders: &Borders) -> Sql {
    let mut sql = lists.begin(database);
    sql.sql(
        "SELECT class, CAST(due AS bigint) AS due, CAST(passed AS bigint) AS passed, count(*) AS total
           FROM (SELECT ",
    );
    // A row stands in one list only, unless they overlap.
    sql.sql(if lists.overlap { "DISTINCT " } else { "" })
        .sql("l.class, l.at, l.number_order, l.ordinal, ");
    when(&mut sql, borders);
    sql.sql(lists.from());
    Lists::keys(&mut sql, "l.whose", &lists.keys);
    shown(&mut sql, borders.now);
    sql.sql(" AND (l.until_at IS NULL OR l.until_at >= ")
        .instant(borders.now)
        .sql(")");
    lists.narrow(&mut sql);
    sql.sql(") AS looked_at GROUP BY class, due, passed");
    sql
}

pub(super) fn shown(sql: &mut Sql, now: Instant) {
    sql.sql(" AND (l.shown_from IS NULL OR l.shown_from <= ")
        .instant(now)
        .sql(")");
}

/// What a row shows.
const ROWS: &str = "
  SELECT page.part, page.at, page.number_order, page.told
       , w.case_id, w.ordinal, w.step, w.item, w.cycle, w.role, w.unit, w.officer
       , w.opened_at, w.opened_by, w.due_at, w.bound_at, w.act_by, w.immediately
       , w.limit_amount, w.limit_unit, w.form, w.legal_basis, w.notes
       , w.climb_at, w.climb_role, w.climb_unit, w.counted_due_at, w.unconfirmed, w.also
       , c.number, c.list_name, c.sex, c.birth_date, c.birth_year
       , c.birth_estimated, c.incident_unit, c.emergency, c.danger
    FROM (SELECT * FROM (";

/// Where it comes from, for the rows that are shown.
const JOINED: &str = ") AS page
    JOIN @worklist AS w ON w.case_id = page.case_id AND w.ordinal = page.ordinal
    JOIN @case_status AS c ON c.case_id = page.case_id";

/// The rows of a page: of each range in each list no more than that many, then the first of them.
pub(super) fn page(
    database: &eventstore::Database,
    lists: &Lists<'_>,
    borders: &Borders,
    ranges: &[(Group, Range)],
    behind: Option<Behind>,
    limit: usize,
) -> Sql {
    let most = limit as i64 + 1;
    let mut sql = lists.begin(database);
    sql.sql(ROWS);
    let mut first = true;
    for (group, range) in ranges {
        for key in &lists.keys {
            sql.sql(if first { "" } else { " UNION " });
            first = false;
            sql.sql("SELECT * FROM (SELECT CAST(")
                .integer(*group as i64)
                .sql(
                    " AS bigint) AS part, l.at, l.number_order, l.ordinal, l.case_id
                          , CAST(CASE WHEN l.words IS NULL THEN 0 ELSE 1 END AS bigint) AS told",
                )
                .sql(lists.from())
                .sql("l.whose = ")
                .text(key)
                .sql(" AND l.class = ")
                .integer(range.class);
            bounded(&mut sql, range);
            if let Some(behind) = behind.filter(|behind| behind.part == *group as i64) {
                sql.sql(" AND (l.at, l.number_order, l.ordinal) > (")
                    .instant(behind.at)
                    .sql(", ")
                    .integer(behind.number)
                    .sql(", ")
                    .integer(behind.ordinal)
                    .sql(")");
            }
            if range.still {
                sql.sql(" AND l.until_at >= ").instant(borders.now);
            }
            shown(&mut sql, borders.now);
            lists.narrow(&mut sql);
            sql.sql(" ORDER BY l.at, l.number_order, l.ordinal LIMIT ")
                .integer(most)
                .sql(") AS one");
        }
    }
    sql.sql(") AS ranges ORDER BY part, at, number_order, ordinal LIMIT ")
        .integer(most)
        .sql(JOINED)
        .sql(" ORDER BY page.part, page.at, page.number_order, page.ordinal");
    sql
}

fn bounded(sql: &mut Sql, range: &Range) {
    if let Some((from, at_it)) = range.from {
        sql.sql(if at_it {
            " AND l.at >= "
        } else {
            " AND l.at > "
        })
        .instant(from);
    }
    if let Some((until, at_it)) = range.until {
        sql.sql(if at_it {
            " AND l.at <= "
        } else {
            " AND l.at < "
        })
        .instant(until);
    }
}

impl Projections {
    pub(super) fn work_row(&self, cells: &Cells) -> Result<WorkRow, QueryError> {
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
            counted_due_at: cells.instant_or_none("counted_due_at")?,
            unconfirmed: cells.boolean("unconfirmed")?,
            also: Owing::listed(cells.text_or_none("also")?.as_deref()),
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
            told: cells.integer("told")? == 1,
            order: (cells.instant("at")?, cells.integer("number_order")?),
        })
    }
}
