//! Cases that may be about the child of a report: told before another case is made of the same child.
//! It only warns; people decide. A case is looked up by the few words that it and the report would share
//! if they were about one child, and then compared as a whole.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::case::Case;
use domain::identity::{Birth, Sex};
use domain::time::Instant;
use domain::unit::Units;
use uuid::Uuid;

use super::opened;
use crate::case::Folded;
use crate::error::QueryError;
use crate::likeness::{BirthYear, Likeness, Traits, kin, looked_for, words};
use crate::recorded::load_case;
use crate::runner::Projections;
use crate::sql::Sql;
use crate::table::{Index, Kind, Moves, Row, Table};

/// The words by which a case is looked up.
pub(super) const TABLE: Table = Table {
    name: "case_alike",
    columns: &[
        ("case_id", Kind::Uuid),
        ("opened_position", Kind::Integer),
        ("word", Kind::Text),
    ],
    key: &["word", "opened_position"],
    indexes: &[Index::new("by_case", "case_id")],
    moves: Moves::Whole,
    counts: None,
};

/// The child of a report, as far as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChildQuery {
    /// The name as typed, with or without marks; perhaps the given name alone.
    pub name: Option<String>,
    /// Date of birth or estimated age.
    pub birth: Option<Birth>,
    /// The year of birth, where no more is known.
    pub birth_year: Option<i32>,
    /// The sex, unless unknown.
    pub sex: Option<Sex>,
    /// The personal number.
    pub personal_id: Option<String>,
    /// Residence, place of the incident: where the child may be known already.
    pub units: Vec<String>,
    /// Parents and carers, each in one line, perhaps with a telephone number.
    pub carers: Vec<String>,
}

/// A case that may be about the same child.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its id.
    pub case_id: Uuid,
    /// The case. What of it may be shown is for the caller to decide.
    pub case: Case,
    /// How sure it is.
    pub likeness: Likeness,
    /// For the order only: from 0 to 100.
    score: u32,
}

/// The most cases that are compared: those that share the most words.
const MOST_COMPARED: i64 = 60;

/// How many are told.
const MOST_TOLD: usize = 10;

/// The rows of a case.
pub(super) fn rows(folded: &Folded<'_>) -> Vec<Row> {
    let traits = &folded.traits;
    let years: Vec<_> = traits.years.iter().map(|born| born.year).collect();
    words(traits, &years, &traits.places)
        .into_iter()
        .map(|word| vec![folded.id.into(), opened(folded).into(), word.into()])
        .collect()
}

impl ChildQuery {
    fn traits(&self, register: &Units, now: Instant) -> Traits {
        let mut traits = Traits {
            sex: self.sex.filter(|sex| *sex != Sex::Unknown),
            ..Traits::default()
        };
        if let Some(name) = &self.name {
            traits.named(name);
        }
        traits.born(self.birth, None, now);
        if let (true, Some(year)) = (traits.years.is_empty(), self.birth_year) {
            let estimated = false;
            traits.years.insert(BirthYear { year, estimated });
        }
        if let Some(number) = self.personal_id.as_deref().map(str::trim)
            && !number.is_empty()
        {
            traits.personal_ids.insert(number.to_owned());
        }
        for carer in &self.carers {
            traits.carer(carer);
        }
        traits.places = places(register, &self.units, now.date());
        traits
    }
}

/// These units, and all out of which they and those after them came: communes merge, children stay.
fn places(register: &Units, units: &[String], day: NaiveDate) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for reference in units {
        let Some(unit) = register.find(reference, day) else {
            continue;
        };
        all.extend(kin(register, &unit.id, day));
    }
    all
}

impl Projections {
    /// Cases that may be about this child, the surest first, in all communes: children move.
    ///
    /// # Errors
    /// [`QueryError::Unavailable`] when the database does not answer or a case cannot be read.
    pub async fn likely_same_child(
        &self,
        child: &ChildQuery,
        now: Instant,
    ) -> Result<Vec<Candidate>, QueryError> {
        let told = child.traits(self.units(), now);
        let words = looked_for(&told, self.units(), now.date());
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new(
            self.database(),
            "SELECT case_id, max(CASE WHEN word LIKE '#%' THEN 1 ELSE 0 END) AS certain
                  , count(*) AS shared
               FROM @case_alike
              WHERE word",
        );
        sql.in_texts(&words).sql(
            " GROUP BY case_id, opened_position
              ORDER BY certain DESC, shared DESC, opened_position DESC LIMIT ",
        );
        sql.integer(MOST_COMPARED);
        let mut candidates = Vec::new();
        for row in sql.fetch(self.database()).await? {
            let case_id = row.uuid("case_id")?;
            let Some(case) = load_case(self.store(), case_id, self.units()).await? else {
                continue;
            };
            if let Some((likeness, score)) = Traits::of_case(&case).likeness(&told) {
                candidates.push(Candidate {
                    case_id,
                    case,
                    likeness,
                    score,
                });
            }
        }
        // The newest of those that are as sure stands first; the query gave it first.
        candidates.sort_by_key(|told| std::cmp::Reverse(told.score));
        candidates.truncate(MOST_TOLD);
        Ok(candidates)
    }
}
