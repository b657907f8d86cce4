//! What is asked about cases, and what a list shows of them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::text::fold_name;
use domain::time::Instant;
use domain::unit::{Level, Units};
use serde::Serialize;
use uuid::Uuid;

use crate::cells::Cells;
use crate::error::QueryError;
use crate::runner::Projections;
use crate::sql::Sql;

/// The most rows on one page.
pub(crate) const MOST_ROWS: usize = 500;

/// Which cases a person may see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Seen {
    /// All.
    #[default]
    All,
    /// Those that concern one of these units or a unit inside it.
    Of(Vec<String>),
}

/// Which cases are looked for. Each field that is set narrows the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseFilter {
    /// What the person may see.
    pub seen: Seen,
    /// Words of the child's name, with or without marks, or of the case number: each must begin a
    /// word of the case.
    pub text: Option<String>,
    /// Whether the words are also looked for in former names of the child, the names of parents and
    /// carers and the telephones of the family. Only for those who see the whole of their cases.
    pub people: bool,
    /// A unit that the case concerns, or that such a unit lies in: code or id. A commune stands for
    /// the units out of which it came, too.
    pub unit: Option<String>,
    /// Name of the stage.
    pub stage: Option<String>,
    /// Name of the status: `open` or `closed`.
    pub status: Option<String>,
    /// Only emergencies, or only others.
    pub emergency: Option<bool>,
    /// Form of suspected harm.
    pub form: Option<String>,
    /// Only those of which something is overdue at this instant.
    pub overdue_at: Option<Instant>,
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct CaseRow {
    pub case_id: Uuid,
    /// The number that people call it by.
    pub number: String,
    /// The child's whole name, unless unknown.
    pub child_name: Option<String>,
    /// Surname and initials, for lists.
    pub list_name: Option<String>,
    pub sex: String,
    pub birth_date: Option<NaiveDate>,
    pub birth_year: Option<i64>,
    /// The year of birth follows from an estimated age.
    pub birth_estimated: bool,
    pub residence_unit: Option<String>,
    pub incident_unit: String,
    pub holder_unit: String,
    /// The commune that answers for the case, and since when.
    #[serde(skip)]
    pub responsible: Option<(String, NaiveDate)>,
    pub status: String,
    /// None where it is not for the eyes of who asked, as are the reason of closing and what others
    /// owe by when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    pub cycle: i64,
    /// Found by the assessment, or reported and not assessed yet.
    pub emergency: bool,
    /// A report of this round says that there is danger now, and nobody has assessed it yet.
    pub danger: bool,
    pub harm_forms: Vec<String>,
    pub closing_reason: Option<String>,
    /// The receipt from which this round counts.
    pub received_at: Instant,
    /// When something was last recorded.
    pub recorded_at: Instant,
    pub version: i64,
    pub position: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_obligations: Option<i64>,
    /// By when to act next.
    pub next_act_by: Option<Instant>,
    /// The earliest limit of what is open.
    pub earliest_due: Option<Instant>,
    #[serde(skip)]
    pub(crate) opened_position: i64,
}

impl CaseRow {
    pub(crate) fn read(cells: &Cells) -> Result<Self, sqlx::Error> {
        Ok(Self {
            case_id: cells.uuid("case_id")?,
            number: cells.text("number")?,
            child_name: cells.text_or_none("child_name")?,
            list_name: cells.text_or_none("list_name")?,
            sex: cells.text("sex")?,
            birth_date: cells.date_or_none("birth_date")?,
            birth_year: cells.integer_or_none("birth_year")?,
            birth_estimated: cells.boolean("birth_estimated")?,
            residence_unit: cells.text_or_none("residence_unit")?,
            incident_unit: cells.text("incident_unit")?,
            holder_unit: cells.text("holder_unit")?,
            responsible: cells
                .text_or_none("responsible_unit")?
                .zip(cells.date_or_none("responsible_since")?),
            status: cells.text("status")?,
            stage: Some(cells.text("stage")?),
            cycle: cells.integer("cycle")?,
            emergency: cells.boolean("emergency")?,
            danger: cells.boolean("danger")?,
            harm_forms: serde_json::from_value(cells.json("harm_forms")?).unwrap_or_default(),
            closing_reason: cells.text_or_none("closing_reason")?,
            received_at: cells.instant("received_at")?,
            recorded_at: cells.instant("recorded_at")?,
            version: cells.integer("version")?,
            position: cells.integer("position")?,
            open_obligations: Some(cells.integer("open_obligations")?),
            next_act_by: cells.instant_or_none("next_act_by")?,
            earliest_due: cells.instant_or_none("earliest_due")?,
            opened_position: cells.integer("opened_position")?,
        })
    }
}

impl CaseRow {
    /// Leaves out how far the case has come within, and what others owe in it.
    #[must_use]
    pub fn from_outside(mut self) -> Self {
        self.stage = None;
        self.closing_reason = None;
        self.open_obligations = None;
        self.next_act_by = None;
        self.earliest_due = None;
        self
    }
}

impl Projections {
    /// Those of these units, by their ids, that a case concerns or concerned.
    ///
    /// # Errors
    /// [`QueryError::Unavailable`] when the database does not answer.
    pub async fn units_of_cases(&self, units: &[&str]) -> Result<BTreeSet<String>, QueryError> {
        let mut sql = Sql::new(
            self.database(),
            "SELECT DISTINCT t.term FROM @case_status_term AS t WHERE t.kind = 'unit' AND t.term",
        );
        sql.in_texts(units);
        let rows = sql.fetch(self.database()).await?;
        Ok(rows
            .iter()
            .map(|row| row.text("term"))
            .collect::<Result<_, _>>()?)
    }

    /// The row of one case.
    ///
    /// # Errors
    /// [`QueryError::Unavailable`] when the database does not answer.
    pub async fn find_case(&self, id: Uuid) -> Result<Option<CaseRow>, QueryError> {
        let mut sql = Sql::new(
            self.database(),
            "SELECT * FROM @case_status WHERE case_id = ",
        );
        sql.uuid(id);
        let rows = sql.fetch(self.database()).await?;
        Ok(rows.first().map(CaseRow::read).transpose()?)
    }
}

/// The ids of a commune and of all units out of which it came; none where it is no commune.
pub(crate) fn lineage(register: &Units, unit: &str) -> Option<Vec<String>> {
    let commune = register
        .find(unit, NaiveDate::MAX)
        .filter(|unit| unit.level == Level::Commune)?;
    let line = register.lineage(&commune.id);
    Some(line.iter().map(|unit| unit.id.clone()).collect())
}

/// The words that are looked for, folded, the longest first; each must begin a word of the case.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let folded = fold_name(text);
    let mut words: Vec<String> = folded
        .split_whitespace()
        .take(MOST_WORDS)
        .map(str::to_owned)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words
}

/// Narrows the terms `t` of cases to the words that begin like that.
pub(crate) fn begins(sql: &mut Sql, word: &str, people: bool) {
    let begin = if people { PEOPLE } else { "" };
    sql.sql(" t.kind = 'word' AND t.term >= ")
        .text(&format!("{begin}{word}"))
        .sql(" AND t.term < ")
        .text(&format!("{begin}{word}\u{10ffff}"));
}

/// Narrows the rows `on`, those of cases or of their lists, to the cases in which a word begins like each
/// of these.
pub(crate) fn with_words(sql: &mut Sql, on: &'static str, words: &[String], people: bool) {
    let column = match people {
        true => ".people_text",
        false => ".search_text",
    };
    beside(sql, words, on, column);
}

/// Narrows the terms `t` to those of cases in which a word begins like each of these, too.
pub(crate) fn with_words_beside(sql: &mut Sql, words: &[String]) {
    beside(sql, words, "t", ".text");
}

fn beside(sql: &mut Sql, words: &[String], on: &'static str, column: &'static str) {
    for word in words {
        sql.either(" AND instr(", " AND strpos(")
            .sql(on)
            .sql(column)
            .sql(", ")
            .text(&format!(" {word}"))
            .sql(") > 0");
    }
}

/// Begins the term for a word that is looked for among people, too.
pub(super) const PEOPLE: &str = "~";

/// More words than this are not looked for.
const MOST_WORDS: usize = 10;
