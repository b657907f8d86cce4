//! `record-identity`: who the child is, as a whole, in place of what stood there. What is another since keeps the name of
//! before as a former one; what was wrong does so, too, and is found by it.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::events::{Because, Born, Event, IdentityFacts, IdentityPersonal};
use super::{Context, Record, Rejection, Rule, Seat, no_such_child, nothing_changes, reasoned};
use crate::identity::Sex;
use crate::log::Split;
use crate::text::{Line, Prose};

/// Name, sex, birth, ethnicity. What is left out is not known.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordIdentity {
    /// The name as on the birth certificate.
    pub name: Option<Line>,
    /// Sex.
    pub sex: Sex,
    /// The date, the year, or an estimated year of birth.
    pub birth: Option<Born>,
    /// The ethnicity.
    pub ethnicity: Option<Line>,
    /// Whether it is another since, or was wrong.
    #[serde(default)]
    pub because: Because,
    /// Why.
    pub reason: Option<Prose>,
}

/// One that can be read.
pub fn example() -> Value {
    json!({
        "name": "Nguyễn Thị Thử",
        "sex": "female",
        "birth": {"date": "2014-05-17"},
        "ethnicity": "Kinh",
        "because": "corrected",
        "reason": "Theo giấy khai sinh",
    })
}

/// The earliest year of birth that can be meant.
const EARLIEST: i32 = 1990;

impl RecordIdentity {
    /// The event, where every value can be.
    ///
    /// # Errors
    /// `in-the-future`, `impossible-year`.
    pub fn event(&self, context: &Context<'_>) -> Result<Event, Rejection> {
        use chrono::Datelike;
        if let Some(Born::Date(date)) = self.birth {
            context.not_ahead(date, "/birth/date")?;
        }
        if let Some(born) = self.birth {
            let years = EARLIEST..=context.today().year();
            if !years.contains(&born.year()) {
                let field = match born {
                    Born::Date(_) => "/birth/date",
                    Born::Year(_) => "/birth/year",
                    Born::EstimatedYear(_) => "/birth/estimated_year",
                };
                return Err(Rejection::field(
                    field,
                    "impossible-year",
                    "Năm sinh này không thể là của một trẻ em. Hãy kiểm tra lại.",
                    "This cannot be the year of birth of a child. Check it.",
                ));
            }
        }
        let personal = IdentityPersonal {
            name: self.name.clone(),
            birth_date: match self.birth {
                Some(Born::Date(date)) => Some(date),
                _ => None,
            },
            ethnicity: self.ethnicity.clone(),
            reason: self.reason.clone(),
        };
        Ok(Event::IdentityRecorded(Split {
            facts: IdentityFacts {
                because: self.because,
                sex: self.sex,
                birth_year: self.birth.map(Born::year),
                birth: self.birth.map(Born::certainty),
                named: self.name.is_some(),
                ethnicity: self.ethnicity.is_some(),
            },
            personal: (personal != IdentityPersonal::default()).then_some(personal),
        }))
    }

    fn stands(&self, record: &Record) -> bool {
        let known = &record.identity;
        known.name.as_deref() == self.name.as_ref().map(Line::as_str)
            && known.sex == self.sex
            && known.born() == self.birth
            && known.ethnicity.as_deref() == self.ethnicity.as_ref().map(Line::as_str)
    }
}

/// A parent is no younger than the child, as far as both years are known.
///
/// # Errors
/// `parent-younger`, at the field.
pub(super) fn parents_are_older(
    years: impl Iterator<Item = (bool, Option<u16>)>,
    born: Option<Born>,
    field: impl Fn(usize) -> String,
) -> Result<(), Rejection> {
    let born = born.filter(|born| !matches!(born, Born::EstimatedYear(_)));
    let Some(born) = born else { return Ok(()) };
    for (row, (parent, year)) in years.enumerate() {
        if parent && year.is_some_and(|year| born.year() <= i32::from(year)) {
            return Err(Rejection::field(
                field(row),
                "parent-younger",
                "Cha hoặc mẹ không thể sinh cùng năm hoặc sau trẻ. Hãy kiểm tra năm sinh.",
                "A parent cannot be born in the year of the child or later. Check the years.",
            ));
        }
    }
    Ok(())
}

/// Whether a relation is that of a parent.
pub(super) const fn is_parent(relation: super::events::Relation) -> bool {
    use super::events::Relation;
    matches!(relation, Relation::Father | Relation::Mother)
}

impl Rule for RecordIdentity {
    const SEATS: &'static [Seat] = &[Seat::Commune, Seat::Province];

    fn decide(
        &self,
        record: Option<&Record>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let record = record.ok_or_else(no_such_child)?;
        let event = self.event(context)?;
        let years = record.relatives.iter();
        parents_are_older(
            years.map(|one| (is_parent(one.relation), one.birth_year)),
            self.birth,
            |_| match self.birth {
                Some(Born::Date(_)) => "/birth/date".to_owned(),
                _ => "/birth/year".to_owned(),
            },
        )?;
        if self.stands(record) {
            return Err(nothing_changes());
        }
        reasoned(self.because, self.reason.is_some(), record.identity.named)?;
        Ok(vec![event])
    }
}
