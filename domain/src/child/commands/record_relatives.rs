//! `record-relatives`: parents, guardian, carers and the household, as a whole, in place of what stood there.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::events::{
    Because, Born, Event, FamilyPersonal, Relation, RelativeFacts, RelativePersonal,
    RelativesFacts, RelativesPersonal,
};
use super::record_identity::{is_parent, parents_are_older};
use super::{Context, Record, Rejection, Rule, Seat, no_such_child};
use crate::log::Split;
use crate::text::{Line, Prose};

/// One relative.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Relative {
    /// What they are to the child.
    pub relation: Relation,
    /// Their name.
    pub name: Line,
    /// Their year of birth.
    pub birth_year: Option<u16>,
    /// Their telephone.
    pub phone: Option<Line>,
}

/// All who are known.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordRelatives {
    /// Parents, guardian, carers; at most 10.
    #[serde(default)]
    pub relatives: Vec<Relative>,
    /// The head of the household, or its number.
    pub household: Option<Line>,
    /// Whether it is another since, or was wrong.
    #[serde(default)]
    pub because: Because,
    /// Why.
    pub reason: Option<Prose>,
}

/// One that can be read.
pub fn example() -> Value {
    json!({
        "relatives": [
            {"relation": "mother", "name": "Trần Thị Mẫu", "birth_year": 1985},
            {"relation": "father", "name": "Nguyễn Văn Giả"},
        ],
        "household": "Nguyễn Văn Giả",
    })
}

/// Most relatives.
const MOST: usize = 10;

impl RecordRelatives {
    /// The event, where every value can be; `born`: the birth of the child.
    ///
    /// # Errors
    /// `wrong-length`, `parent-younger`, `one-of-them`.
    pub fn event(&self, born: Option<Born>, field: &str) -> Result<Event, Rejection> {
        if self.relatives.len() > MOST {
            return Err(Rejection::field(
                format!("{field}/relatives"),
                "wrong-length",
                "Nhiều nhất 10 người.",
                "At most 10 people.",
            ));
        }
        for relation in [Relation::Father, Relation::Mother] {
            let rows = self.relatives.iter().enumerate();
            let mut same = rows.filter(|(_, one)| one.relation == relation);
            if let (Some(_), Some((row, _))) = (same.next(), same.next()) {
                return Err(Rejection::field(
                    format!("{field}/relatives/{row}/relation"),
                    "one-of-them",
                    "Chỉ ghi một cha và một mẹ. Người khác: người giám hộ hoặc người chăm sóc.",
                    "Give one father and one mother. Others are guardian or carer.",
                ));
            }
        }
        let years = self.relatives.iter();
        parents_are_older(
            years.map(|one| (is_parent(one.relation), one.birth_year)),
            born,
            |row| format!("{field}/relatives/{row}/birth_year"),
        )?;
        let facts = |one: &Relative| RelativeFacts {
            relation: one.relation,
            birth_year: one.birth_year,
        };
        let named = |one: &Relative| RelativePersonal {
            name: one.name.clone(),
            phone: one.phone.clone(),
        };
        Ok(Event::RelativesRecorded(Split {
            facts: RelativesFacts {
                because: self.because,
                relatives: self.relatives.iter().map(facts).collect(),
            },
            personal: Some(RelativesPersonal {
                family: FamilyPersonal {
                    relatives: self.relatives.iter().map(named).collect(),
                    household: self.household.clone(),
                },
                reason: self.reason.clone(),
            }),
        }))
    }
}

impl Rule for RecordRelatives {
    const SEATS: &'static [Seat] = &[Seat::Commune, Seat::Province];

    fn decide(&self, record: Option<&Record>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let record = record.ok_or_else(no_such_child)?;
        Ok(vec![self.event(record.identity.born(), "")?])
    }
}
