//! Which of the kept lists a question is answered from, and what is left to look at in each row.

use domain::identity::Role;
use domain::permit::party;
use domain::unit::Units;
use uuid::Uuid;

use crate::case_status::{PLACE, Seen, is_wide, lineage, with_words, words_of};
use crate::sql::Sql;

use super::listing::{
    ALL, Share, climbed_to, happened_in, has_a_list, of_step, owed_by, owed_in, tells, within,
};
use super::row::WorkFilter;

/// The lists that hold what was asked for, and the conditions that they leave open.
#[derive(Debug)]
pub(super) struct Lists<'a> {
    pub keys: Vec<String>,
    /// A row may stand in several of them.
    pub overlap: bool,
    /// Rows of the first lists, less those of these, where nothing else narrows: what others owe.
    pub less: Option<Vec<String>>,
    register: &'a Units,
    roles: &'a [Role],
    units: Option<&'a [String]>,
    officer: Option<&'a str>,
    by_others: bool,
    seen: Option<&'a [String]>,
    step: Option<&'a str>,
    /// The lists of cases by where they happened, one of which the case must be on.
    places: Option<Vec<String>>,
    text: Option<&'a str>,
    /// The lists of cases that hold the case of every row but those in [`Self::apart`].
    pub of_cases: Option<Vec<String>>,
    /// Lists of what is owed by those who neither take part in the case nor were told of it.
    apart: Vec<String>,
    /// The cases with the words that are looked for, where these are few.
    pub cases: Option<Found>,
    /// Many cases have the words, and the lists are too long to look at each of their rows.
    pub uncounted: bool,
}

/// Cases with words that are looked for.
#[derive(Debug)]
pub(super) enum Found {
    /// All that there are.
    Anywhere(Vec<Uuid>),
    /// Those among [`Lists::of_cases`].
    Among(Vec<Uuid>),
}

impl<'a> Lists<'a> {
    pub fn of(filter: &'a WorkFilter, register: &'a Units) -> Self {
        let some = |units: &'a Seen| match units {
            Seen::All => None,
            Seen::Of(units) => Some(units.as_slice()),
        };
        let mut lists = Self {
            keys: Vec::new(),
            overlap: false,
            less: None,
            places: None,
            of_cases: None,
            apart: Vec::new(),
            cases: None,
            uncounted: false,
            register,
            officer: filter.officer.as_deref(),
            by_others: filter.by_others,
            roles: &filter.roles,
            units: some(&filter.units),
            seen: some(&filter.seen),
            step: filter.step.as_deref(),
            text: filter.text.as_deref(),
        };
        if let Some(commune) = &filter.commune
            && lists.happened_in(commune)
        {
            return lists;
        }
        match (lists.units, lists.seen) {
            (Some(units), _) if !filter.by_others && !filter.roles.is_empty() => {
                lists.of_roles(units);
            }
            (Some(units), _) if !filter.by_others => lists.of_units(units),
            (_, Some(seen)) if seen.iter().all(|unit| has_a_list(register, unit)) => {
                lists.of_seen(seen);
            }
            _ => {
                lists.keys = vec![ALL.to_owned()];
                lists.only_a_step(true);
            }
        }
        lists
    }

    /// What happened in a commune, or in one out of which it came. Whether lists answer that by
    /// themselves; else each row is looked at.
    fn happened_in(&mut self, commune: &str) -> bool {
        let ids = lineage(self.register, commune);
        let wide = |seen: &&[String]| seen.iter().all(|unit| is_wide(self.register, unit));
        if let (Some([own, ..]), Some(seen)) = (ids.as_deref(), self.seen.filter(wide)) {
            self.keys = seen.iter().map(|above| happened_in(own, above)).collect();
            self.overlap = self.keys.len() > 1;
            self.seen = None;
            return true;
        }
        self.places = Some(match ids {
            Some(ids) => ids.iter().map(|id| format!("{PLACE}{id}")).collect(),
            // As the terms of cases name it.
            None => vec![self.register.kept(commune).to_owned()],
        });
        false
    }

    /// What roles owe in units, and what climbed to them.
    fn of_roles(&mut self, units: &[String]) {
        let takes_part = self.own(units);
        let mut of_cases = Vec::new();
        for role in self.roles {
            for unit in units {
                of_cases.push(party(*role, unit));
                self.keys.push(owed_by(*role, unit, Share::TakesPart));
                self.told(owed_by(*role, unit, Share::Told));
                if !takes_part {
                    self.apart.push(owed_by(*role, unit, Share::None));
                }
                if self.officer.is_none() {
                    self.keys.push(climbed_to(*role, unit, true));
                    if !takes_part {
                        self.apart.push(climbed_to(*role, unit, false));
                    }
                }
            }
        }
        self.keys.extend(self.apart.iter().cloned());
        self.of_cases = Some(of_cases);
        self.roles = &[];
        self.units = None;
        if takes_part {
            self.seen = None;
        }
    }

    /// What one was only told of says nothing of where else it happened.
    fn told(&mut self, list: String) {
        if self.places.is_none() {
            self.keys.push(list);
        }
    }

    /// Whether all that is asked to be seen is what the units themselves take part in.
    fn own(&self, units: &[String]) -> bool {
        let Some(seen) = self.seen else {
            return false;
        };
        !self.roles.is_empty()
            && self.roles.iter().all(|role| {
                let parties = units.iter().map(|unit| party(*role, unit));
                parties.eq(seen.iter().cloned())
            })
    }

    /// What all roles owe in units.
    fn of_units(&mut self, units: &[String]) {
        let takes_part = self.seen.is_some_and(|seen| seen == units);
        for unit in units {
            self.keys.push(owed_in(unit, Share::TakesPart));
            self.told(owed_in(unit, Share::Told));
            if !takes_part {
                self.apart.push(owed_in(unit, Share::None));
            }
        }
        self.keys.extend(self.apart.iter().cloned());
        self.of_cases = Some(units.to_vec());
        self.units = None;
        if takes_part {
            self.seen = None;
        }
    }

    /// What is owed in cases that concern units.
    fn of_seen(&mut self, seen: &[String]) {
        self.keys = seen.iter().map(|unit| within(unit)).collect();
        self.overlap = seen.len() > 1;
        self.of_cases = Some(seen.to_vec());
        self.seen = None;
        let own = self.units.filter(|units| {
            let counted = self.by_others && self.officer.is_none() && self.step.is_none();
            let one = self.roles.len() == 1 && units.len() == 1 && seen.len() == 1;
            counted && one && self.text.is_none()
        });
        if let (Some([unit]), [role]) = (own, self.roles) {
            // The others owe what the unit itself does not.
            if seen == [party(*role, unit)] {
                self.less = Some(vec![owed_by(*role, unit, Share::TakesPart)]);
            }
        }
        self.only_a_step(seen.iter().all(|unit| is_wide(self.register, unit)));
    }

    /// Long lists are kept by step, too.
    fn only_a_step(&mut self, kept: bool) {
        if let Some(step) = self.step.filter(|_| kept) {
            for key in &mut self.keys {
                *key = of_step(key, step);
            }
            self.step = None;
        }
    }

    /// Whether each row of the lists is one that was asked for.
    pub fn are_all(&self) -> bool {
        let others = self.by_others && self.less.is_none();
        !self.overlap
            && !others
            && (self.roles.is_empty() || self.by_others)
            && (self.units.is_none() || self.by_others)
            && self.officer.is_none()
            && self.seen.is_none()
            && self.step.is_none()
            && self.places.is_none()
            && self.text.is_none()
    }

    /// Narrows to the lists.
    pub fn keys(sql: &mut Sql, column: &'static str, keys: &[String]) {
        sql.sql(column);
        match keys {
            [key] => sql.sql(" = ").text(key),
            keys => sql.in_texts(keys),
        };
    }

    /// Narrows by what the lists leave open.
    pub fn narrow(&self, sql: &mut Sql) {
        if self.by_others {
            self.others(sql);
        } else {
            if !self.roles.is_empty() || self.units.is_some() {
                sql.sql(" AND (");
                self.owed(sql);
                sql.sql(")");
            }
            if let Some(officer) = self.officer {
                sql.sql(" AND ");
                assigned_to(sql, officer);
            }
        }
        sql.and_text(" AND l.step = ", self.step);
        for lists in [self.seen, self.places.as_deref()].into_iter().flatten() {
            sql.sql(
                " AND EXISTS (SELECT 1 FROM @case_listing AS s
                   WHERE s.opened_position = l.number_order % 1000000000000 AND s.whose",
            )
            .in_texts(lists)
            // Looked up for one row after the other: never joined.
            .either(")", " OFFSET 0)");
        }
        if let (Some(text), None) = (self.text, &self.cases) {
            let words = words_of(text);
            sql.sql(" AND CASE WHEN l.words IS NOT NULL THEN 1 = 1");
            told_words(sql, "l", &words);
            sql.sql(" ELSE ");
            of_a_case_with(sql, "l", &words);
            sql.sql(" END");
        }
    }

    /// Begins a statement about the rows of the lists. Those of a few cases are taken together first,
    /// and are then what [`Self::from`] reads.
    pub fn begin(&self, database: &eventstore::Database) -> Sql {
        let (cases, apart): (_, &[String]) = match &self.cases {
            None => return Sql::new(database, ""),
            Some(Found::Anywhere(cases)) => (cases, &[]),
            Some(Found::Among(cases)) => (cases, &self.apart),
        };
        let words = words_of(self.text.unwrap_or_default());
        let theirs = self.keys.iter().filter(|key| !apart.contains(key));
        let theirs: Vec<String> = theirs.cloned().collect();
        let mut sql = Sql::new(
            database,
            "WITH few AS MATERIALIZED (SELECT * FROM @work_listing AS k",
        );
        // By their cases, not by the whole list.
        sql.either(" INDEXED BY @work_listing:by_case", "")
            .sql(" WHERE k.words IS NULL AND k.case_id")
            .in_uuids(cases);
        Self::keys(&mut sql, " AND k.whose", &theirs);
        if !apart.is_empty() {
            sql.sql(" UNION ALL SELECT * FROM @work_listing AS k WHERE ");
            Self::keys(&mut sql, "k.whose", apart);
            sql.sql(" AND ");
            of_a_case_with(&mut sql, "k", &words);
        }
        // Who was only told of a case finds it by what they were told.
        let told = self.keys.iter().filter(|key| tells(key));
        let told: Vec<String> = told.cloned().collect();
        if !told.is_empty() {
            sql.sql(" UNION ALL SELECT * FROM @work_listing AS k WHERE ");
            Self::keys(&mut sql, "k.whose", &told);
            told_words(&mut sql, "k", &words);
        }
        sql.sql(") ");
        sql
    }

    /// What the rows `l` are read from.
    pub const fn from(&self) -> &'static str {
        match self.cases {
            Some(_) => " FROM few AS l WHERE ",
            None => " FROM @work_listing AS l WHERE ",
        }
    }

    /// A condition: that one of the roles in one of the units owes it, or may do it as well.
    fn owed(&self, sql: &mut Sql) {
        sql.sql("(1 = 1");
        if !self.roles.is_empty() {
            sql.sql(" AND l.role")
                .in_texts(self.roles.iter().map(|role| role.name()));
        }
        if let Some(units) = self.units {
            sql.sql(" AND coalesce(l.unit, '')").in_texts(units);
        }
        sql.sql(")");
        let roles = self.roles.iter().map(|role| role.name());
        let roles: Vec<_> = roles.collect();
        let roles = if roles.is_empty() { vec![""] } else { roles };
        let units = match self.units {
            Some(units) => units.iter().map(String::as_str).collect(),
            None => vec![""],
        };
        for role in &roles {
            for unit in &units {
                // Between spaces stands role@unit.
                let before = if role.is_empty() { "" } else { " " };
                let after = if unit.is_empty() { "" } else { " " };
                sql.either(
                    " OR instr(coalesce(l.also, ''), ",
                    " OR strpos(coalesce(l.also, ''), ",
                )
                .text(&format!("{before}{role}@{unit}{after}"))
                .sql(") > 0");
            }
        }
    }

    /// What nobody is named for is owed by others.
    fn others(&self, sql: &mut Sql) {
        sql.sql(" AND NOT ((");
        self.owed(sql);
        sql.sql(")");
        if let Some(officer) = self.officer {
            sql.sql(" AND ");
            assigned_to(sql, officer);
        }
        sql.sql(")");
    }
}

/// Narrows the rows `on` of those who were only told of a case to those that they find by these words.
fn told_words(sql: &mut Sql, on: &'static str, words: &[String]) {
    for word in words {
        sql.either(" AND instr(", " AND strpos(")
            .sql(on)
            .sql(".words, ")
            .text(&format!(" {word}"))
            .sql(") > 0");
    }
}

/// A condition: that the case of the row `on` has a word that begins like each of these.
fn of_a_case_with(sql: &mut Sql, on: &'static str, words: &[String]) {
    sql.sql("EXISTS (SELECT 1 FROM @case_status AS c WHERE c.case_id = ")
        .sql(on)
        .sql(".case_id");
    with_words(sql, "c", words, false);
    sql.either(")", " OFFSET 0)");
}

fn assigned_to(sql: &mut Sql, officer: &str) {
    sql.sql(
        "EXISTS (SELECT 1 FROM @worklist AS o
                  WHERE o.case_id = l.case_id AND o.ordinal = l.ordinal AND o.officer = ",
    )
    .text(officer)
    .sql(")");
}
