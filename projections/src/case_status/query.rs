//! Finding cases: by number, by filters, by words.
//!
//! Of the lists that hold all that was asked for, the shortest is read, by the counts that are kept of
//! them, and each of its rows is looked at until a page is full; words stand beside the rows of all but
//! the longest lists. Where few are overdue, or few have a word, these few are put in order instead. No other plan is possible, so that none has to be hoped
//! for.

use std::collections::HashMap;

use eventstore::Database;
use uuid::Uuid;

use super::listing::{Answered, Lists, day, day_began};
use super::search::{
    CaseFilter, CaseRow, MOST_ROWS, Seen, begins, with_words, with_words_beside, words_of,
};
use crate::cursor::{self, Page};
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

/// The name of the list in its cursors.
const LIST: &str = "cases";

/// So many rows are put in order; of more, the list is read in its own order.
const FEW: i64 = 10_000;

/// So many cases with a word are put in order.
const FEW_WITH_WORD: i64 = 5_000;

/// So many with one word are looked through for others.
const MANY_WITH_WORD: i64 = 25_000;

/// How many cases with the rarest of so many words are looked through.
const fn most_with(words: usize) -> i64 {
    if words > 1 {
        MANY_WITH_WORD
    } else {
        FEW_WITH_WORD
    }
}

/// How the rows are found.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    /// In the order of the list.
    InOrder,
    /// Those that are overdue, which are few.
    Overdue,
    /// Those with a word, which are few: the word.
    Word(String),
}

/// How a question is answered.
struct Plan<'a> {
    filter: &'a CaseFilter,
    lists: Lists<'a>,
    way: Way,
    /// Words to look for in each row.
    words: Vec<String>,
    /// Whether words stand beside the rows of the lists, and so few that all can be looked at.
    short: bool,
    /// How many there are, where that is known before.
    total: Option<i64>,
}

impl Projections {
    /// The cases that match, the newest first. The order never changes, so that no case is missed
    /// between two pages because something happened in it. Where many cases have a word, `total` says
    /// only how many were found up to here.
    ///
    /// # Errors
    /// [`QueryError::Cursor`] when `cursor` is not one of this list.
    pub async fn search_cases(
        &self,
        filter: &CaseFilter,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Page<CaseRow>, QueryError> {
        let database = self.database();
        let before = cursor
            .map(|cursor| cursor::decode::<2>(LIST, cursor))
            .transpose()?;
        let limit = limit.clamp(1, MOST_ROWS);
        let plan = self.plan(filter).await?;
        let uncounted = plan.words_in_order();
        let rows = plan.page(database, before.map(|[before, _]| before), limit);
        let (total, rows) = if plan.total.is_some() || uncounted {
            (plan.total.unwrap_or(0), rows.fetch(database).await?)
        } else {
            let count = plan.count(database);
            let (count, rows) = tokio::try_join!(count.fetch(database), rows.fetch(database))?;
            let count = count.first().ok_or(sqlx::Error::RowNotFound)?;
            (count.integer("total")?, rows)
        };
        let items = rows
            .iter()
            .map(CaseRow::read)
            .collect::<Result<Vec<_>, _>>()?;
        let found = before.map_or(0, |[_, found]| found);
        let total = match uncounted {
            true => found + items.len() as i64,
            false => total,
        };
        let shown = found + items.len().min(limit) as i64;
        let mut page = cursor::page(items, limit, total, |last: &CaseRow| {
            cursor::encode(LIST, &[last.opened_position, shown])
        });
        page.at_least = uncounted && page.next.is_some();
        Ok(page)
    }

    /// The cases with all of these words, if they are few and no more than `most`; none where it would take
    /// longer to find them than to look at `most` rows.
    pub(crate) async fn few_with_words(
        &self,
        text: &str,
        people: bool,
        most: i64,
    ) -> Result<Option<Vec<Uuid>>, sqlx::Error> {
        let words = words_of(text);
        // A term is looked at much more quickly than a row of a list and its case.
        let looked_through = most_with(words.len()).min(most.saturating_mul(20));
        let rarest = self.rarest(&words, people, looked_through).await?;
        let most = most.min(FEW_WITH_WORD);
        let Some((word, _)) = rarest.filter(|(_, cases)| *cases <= looked_through) else {
            return Ok(None);
        };
        let others: Vec<String> = words.into_iter().filter(|other| *other != word).collect();
        let mut sql = Sql::new(
            self.database(),
            "SELECT DISTINCT t.case_id FROM @case_status_term AS t WHERE",
        );
        begins(&mut sql, &word, people);
        with_words_beside(&mut sql, &others);
        sql.sql(" LIMIT ").integer(most + 1);
        let rows = sql.fetch(self.database()).await?;
        if i64::try_from(rows.len()).is_ok_and(|found| found > most) {
            return Ok(None);
        }
        rows.iter()
            .map(|cells| cells.uuid("case_id"))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// The cases with all of these words on lists of units; none where they are too many to look at all of
    /// them, or too many are found.
    pub(crate) async fn with_words_among(
        &self,
        text: &str,
        units: &[String],
    ) -> Result<Option<Vec<Uuid>>, QueryError> {
        let filter = CaseFilter {
            seen: Seen::Of(units.to_vec()),
            text: Some(text.to_owned()),
            ..CaseFilter::default()
        };
        let plan = self.plan(&filter).await?;
        if !plan.short {
            return Ok(None);
        }
        let rows = plan
            .few_cases(self.database())
            .fetch(self.database())
            .await?;
        if i64::try_from(rows.len()).is_ok_and(|found| found > FEW_WITH_WORD) {
            return Ok(None);
        }
        let ids = rows.iter().map(|cells| cells.uuid("case_id"));
        Ok(Some(ids.collect::<Result<_, _>>()?))
    }

    async fn plan<'a>(&self, filter: &'a CaseFilter) -> Result<Plan<'a>, QueryError> {
        let words = filter.text.as_deref().map(words_of).unwrap_or_default();
        let all = Lists::of(filter, self.units());
        let counts = self.counts(&all, filter).await?;
        // How many rows the lists have, and how many of them are overdue.
        let sum = |lists: &Lists<'_>| {
            let each = lists.keys.iter().filter_map(|key| counts.get(key));
            each.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
        };
        let size = |lists: &Lists<'_>| match filter.overdue_at {
            Some(_) => sum(lists).1,
            None => sum(lists).0,
        };
        let lists = all
            .iter()
            .min_by_key(|lists| size(lists))
            .cloned()
            .ok_or(sqlx::Error::RowNotFound)?;
        let size = size(&lists);
        let short = lists.worded && size <= FEW;
        let most = most_with(words.len());
        let few = match short {
            true => None,
            false => self.rarest(&words, filter.people, most).await?,
        };
        let few = few.filter(|(_, cases)| *cases <= most);
        let way = match (few, filter.overdue_at) {
            (Some((word, _)), _) => Way::Word(word),
            (None, Some(_)) if size <= FEW => Way::Overdue,
            _ => Way::InOrder,
        };
        let words = words
            .into_iter()
            .filter(|word| way != Way::Word(word.clone()))
            .collect();
        let mut plan = Plan {
            filter,
            lists,
            way,
            words,
            short,
            total: None,
        };
        if plan.lists_are_all() {
            plan.total = Some(size);
        }
        Ok(plan)
    }

    /// How many rows each of the lists has, and how many of them are overdue.
    async fn counts(
        &self,
        all: &[Lists<'_>],
        filter: &CaseFilter,
    ) -> Result<HashMap<String, (i64, i64)>, sqlx::Error> {
        let keys: Vec<&String> = all.iter().flat_map(|lists| &lists.keys).collect();
        let mut sql = Sql::new(
            self.database(),
            "SELECT whose, CAST(sum(total) AS bigint) AS total, CAST(sum(overdue) AS bigint) AS overdue
               FROM (SELECT n.whose, n.total, CASE WHEN n.due_day BETWEEN 1 AND ",
        );
        // 0 is no day, and before the first day nothing is overdue.
        sql.integer(filter.overdue_at.map_or(0, |now| day(now) - 1))
            .sql(" THEN n.total ELSE 0 END AS overdue FROM @case_count AS n WHERE n.whose")
            .in_texts(&keys);
        if let Some(now) = filter.overdue_at {
            // What became overdue today.
            sql.sql(
                " UNION ALL SELECT l.whose, 0 AS total, 1 AS overdue
                    FROM @case_listing AS l WHERE l.whose",
            )
            .in_texts(&keys)
            .sql(" AND l.earliest_due > ")
            .instant(day_began(now))
            .sql(" AND l.earliest_due < ")
            .instant(now);
        }
        sql.sql(") AS counted GROUP BY whose");
        let rows = sql.fetch(self.database()).await?;
        rows.iter()
            .map(|cells| {
                let counts = (cells.integer("total")?, cells.integer("overdue")?);
                Ok((cells.text("whose")?, counts))
            })
            .collect()
    }

    /// The word that begins a word in the fewest cases, and in how many, up to one more than `most`.
    async fn rarest(
        &self,
        words: &[String],
        people: bool,
        most: i64,
    ) -> Result<Option<(String, i64)>, sqlx::Error> {
        let mut rarest: Option<(String, i64)> = None;
        for word in words {
            let mut sql = Sql::new(
                self.database(),
                "SELECT count(*) AS total FROM (SELECT 1 AS one FROM @case_status_term AS t WHERE",
            );
            begins(&mut sql, word, people);
            sql.sql(" LIMIT ")
                .integer(most + 1)
                .sql(") AS some_of_them");
            let rows = sql.fetch(self.database()).await?;
            let cases = rows
                .first()
                .ok_or(sqlx::Error::RowNotFound)?
                .integer("total")?;
            if rarest.as_ref().is_none_or(|(_, fewest)| cases < *fewest) {
                rarest = Some((word.clone(), cases));
            }
        }
        Ok(rarest)
    }
}

impl Plan<'_> {
    /// Whether each row of the lists, or each that is overdue, is one that was asked for.
    fn lists_are_all(&self) -> bool {
        let filter = self.filter;
        let is = |answered| self.lists.answered == Some(answered);
        !self.lists.overlap()
            && self.lists.seen.is_none()
            && filter.text.is_none()
            && (filter.stage.is_none() || is(Answered::Stage))
            && (filter.status.is_none() || is(Answered::Status))
            && (filter.emergency.is_none() || is(Answered::Emergency))
            && (filter.form.is_none() || is(Answered::Form))
    }

    /// Whether a word is looked for in one row after the other of a list that is not read to its end.
    fn words_in_order(&self) -> bool {
        self.way == Way::InOrder && !self.words.is_empty() && !self.short
    }

    /// The statement that finds a page.
    fn page(&self, database: &Database, before: Option<i64>, limit: usize) -> Sql {
        let most = limit as i64 + 1;
        let mut sql = Sql::new(
            database,
            "SELECT c.* FROM (SELECT opened_position, case_id FROM (",
        );
        if self.way == Way::InOrder {
            for (index, key) in self.lists.keys.iter().enumerate() {
                sql.sql(if index == 0 { "" } else { " UNION " }).sql(
                    "SELECT * FROM (SELECT l.opened_position, l.case_id FROM @case_listing AS l",
                );
                self.with_text(&mut sql);
                sql.sql(" WHERE l.whose = ").text(key);
                if let Some(before) = before {
                    sql.sql(" AND l.opened_position < ").integer(before);
                }
                self.narrow(&mut sql);
                sql.sql(" ORDER BY l.opened_position DESC LIMIT ")
                    .integer(most)
                    .sql(") AS one");
            }
            if self.lists.keys.is_empty() {
                sql.sql("SELECT l.opened_position, l.case_id FROM @case_listing AS l WHERE 1 = 0");
            }
        } else {
            self.few(&mut sql);
        }
        sql.sql(") AS found WHERE 1 = 1");
        if let Some(before) = before {
            sql.sql(" AND opened_position < ").integer(before);
        }
        sql.sql(" ORDER BY opened_position DESC LIMIT ")
            .integer(most)
            .sql(
                ") AS page JOIN @case_status AS c ON c.case_id = page.case_id
                 ORDER BY page.opened_position DESC",
            );
        sql
    }

    /// The statement that counts.
    fn count(&self, database: &Database) -> Sql {
        let mut sql = Sql::new(database, "SELECT count(*) AS total FROM (");
        if self.way == Way::InOrder {
            sql.sql(if self.lists.overlap() {
                "SELECT DISTINCT l.opened_position FROM @case_listing AS l WHERE "
            } else {
                "SELECT l.opened_position FROM @case_listing AS l WHERE "
            });
            self.keys(&mut sql, "l.whose");
            self.narrow(&mut sql);
        } else {
            self.few(&mut sql);
        }
        sql.sql(") AS found");
        sql
    }

    /// The statement that finds the cases, no more than one over [`FEW_WITH_WORD`].
    fn few_cases(&self, database: &Database) -> Sql {
        let mut sql = Sql::new(
            database,
            "SELECT DISTINCT l.case_id FROM @case_listing AS l WHERE ",
        );
        self.keys(&mut sql, "l.whose");
        self.narrow(&mut sql);
        sql.sql(" LIMIT ").integer(FEW_WITH_WORD + 1);
        sql
    }

    fn keys(&self, sql: &mut Sql, column: &'static str) {
        sql.sql(column);
        match &self.lists.keys[..] {
            [key] => sql.sql(" = ").text(key),
            keys => sql.in_texts(keys),
        };
    }

    /// The few rows that are put in order: no more than [`FEW`] are looked at.
    fn few(&self, sql: &mut Sql) {
        sql.sql("SELECT DISTINCT l.opened_position, l.case_id FROM ");
        match &self.way {
            Way::Word(word) => {
                sql.sql("(SELECT t.opened_position FROM @case_status_term AS t WHERE");
                begins(sql, word, self.filter.people);
                with_words_beside(sql, &self.words);
                // Each case with the words is looked up in the lists, never the other way round.
                sql.sql(" LIMIT ").integer(MANY_WITH_WORD).either(
                    ") AS t CROSS JOIN @case_listing AS l",
                    ") AS t CROSS JOIN LATERAL (SELECT * FROM @case_listing AS k WHERE ",
                );
                if matches!(sql, Sql::Postgres(_)) {
                    self.keys(sql, "k.whose");
                    sql.sql(" AND k.opened_position = t.opened_position OFFSET 0) AS l");
                }
                sql.sql(" WHERE l.opened_position = t.opened_position");
                self.keys(sql, " AND l.whose");
            }
            Way::Overdue | Way::InOrder => {
                sql.sql("(SELECT * FROM @case_listing AS l WHERE ");
                self.keys(sql, "l.whose");
                if let Some(now) = self.filter.overdue_at {
                    sql.sql(" AND l.earliest_due < ").instant(now);
                }
                sql.sql(" LIMIT ").integer(FEW).sql(") AS l");
                self.with_text(sql);
                sql.sql(" WHERE 1 = 1");
            }
        }
        self.narrow(sql);
    }

    /// Joins what words are looked for in, one row after the other, where it does not stand beside them.
    fn with_text(&self, sql: &mut Sql) {
        if !self.words.is_empty() && !self.lists.worded {
            sql.either(
                " CROSS JOIN @case_status AS c ON c.case_id = l.case_id",
                " CROSS JOIN LATERAL (SELECT s.search_text, s.people_text FROM @case_status AS s
                   WHERE s.case_id = l.case_id OFFSET 0) AS c",
            );
        }
    }

    /// Narrows by what the lists leave open.
    fn narrow(&self, sql: &mut Sql) {
        let filter = self.filter;
        let open = |answered| self.lists.answered != Some(answered);
        if open(Answered::Stage) {
            sql.and_text(" AND l.stage = ", filter.stage.as_deref());
        }
        if open(Answered::Status) {
            sql.and_text(" AND l.status = ", filter.status.as_deref());
        }
        match filter.emergency.filter(|_| open(Answered::Emergency)) {
            Some(true) => sql.sql(" AND l.emergency"),
            Some(false) => sql.sql(" AND NOT l.emergency"),
            None => sql,
        };
        if let Some(form) = filter.form.as_deref().filter(|_| open(Answered::Form)) {
            sql.either(" AND instr(l.forms, ", " AND strpos(l.forms, ")
                .text(&format!(" {form} "))
                .sql(") > 0");
        }
        if let Some(now) = filter.overdue_at {
            // As it stands in the row: the index by it would lead to another order.
            sql.either(
                " AND +l.earliest_due < ",
                " AND l.earliest_due + interval '0' < ",
            )
            .instant(now);
        }
        if let Some(seen) = self.lists.seen {
            sql.sql(
                " AND EXISTS (SELECT 1 FROM @case_listing AS s
                   WHERE s.opened_position = l.opened_position AND s.whose",
            )
            .in_texts(seen)
            // Looked up for one row after the other: never joined.
            .either(")", " OFFSET 0)");
        }
        if !matches!(self.way, Way::Word(_)) {
            let on = if self.lists.worded { "l" } else { "c" };
            with_words(sql, on, &self.words, self.filter.people);
        }
    }
}
