//! `register-child`: the record of a child is begun. Only sex is asked for (it may be unknown): whatever is missing is
//! an issue with an owner, and no reason to have no record.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::claim_number::ClaimNumber;
use super::events::{Because, Born, Event, RegisteredFacts, Source};
use super::record_identity::RecordIdentity;
use super::record_relatives::{RecordRelatives, Relative};
use super::record_residence::RecordResidence;
use super::{Context, Record, Rejection, Rule, Seat};
use crate::identity::{PersonalId, Sex};
use crate::log::Split;
use crate::text::Line;
use crate::time::Date;
use crate::unit::UnitReference;

/// Where the child lives.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lives {
    /// The commune.
    #[schemars(with = "UnitReference")]
    pub unit: String,
    /// The address.
    pub address: Option<Line>,
    /// Since when.
    pub since: Option<Date>,
    /// The address is hidden from everybody but the commune.
    #[serde(default)]
    pub hidden: bool,
}

/// What is known of the child.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterChild {
    /// From where the child is known.
    pub source: Source,
    /// The name.
    pub name: Option<Line>,
    /// Sex.
    pub sex: Sex,
    /// The date, the year, or an estimated year of birth.
    pub birth: Option<Born>,
    /// The ethnicity.
    pub ethnicity: Option<Line>,
    /// The personal number, if the family or a paper names one.
    pub personal_id: Option<PersonalId>,
    /// Parents, guardian, carers; at most 10.
    #[serde(default)]
    pub relatives: Vec<Relative>,
    /// The head of the household, or its number.
    pub household: Option<Line>,
    /// Where the child lives.
    pub residence: Option<Lives>,
}

/// One that can be read.
pub fn example() -> Value {
    json!({
        "source": "household",
        "name": "Nguyễn Thị Thử",
        "sex": "female",
        "birth": {"date": "2014-05-17"},
        "ethnicity": "Kinh",
        "relatives": [{"relation": "mother", "name": "Trần Thị Mẫu", "birth_year": 1985}],
        "residence": {"unit": "19111", "address": "Thôn 2"},
    })
}

impl Rule for RegisterChild {
    const SEATS: &'static [Seat] = &[Seat::Commune, Seat::Province];

    const BEGINS: bool = true;

    fn decide(
        &self,
        record: Option<&Record>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if record.is_some() {
            return Err(Rejection::procedure(
                "registered-already",
                "Trẻ này đã có hồ sơ.",
                "This child has a record.",
                "",
            ));
        }
        let unit = context.actor.unit.clone().unwrap_or_default();
        let mut events = vec![Event::ChildRegistered(Split::bare(RegisteredFacts {
            source: self.source,
            unit,
        }))];
        let identity = RecordIdentity {
            name: self.name.clone(),
            sex: self.sex,
            birth: self.birth,
            ethnicity: self.ethnicity.clone(),
            because: Because::First,
            reason: None,
        };
        events.push(identity.event(context)?);
        if self.personal_id.is_some() {
            let claimed = ClaimNumber {
                personal_id: self.personal_id.clone(),
                because: Because::First,
                reason: None,
            };
            events.push(claimed.event());
        }
        if !self.relatives.is_empty() || self.household.is_some() {
            let relatives = RecordRelatives {
                relatives: self.relatives.clone(),
                household: self.household.clone(),
                because: Because::First,
                reason: None,
            };
            events.push(relatives.event(self.birth, "")?);
        }
        if let Some(lives) = &self.residence {
            let residence = RecordResidence {
                unit: lives.unit.clone(),
                address: lives.address.clone(),
                since: lives.since,
                hidden: lives.hidden,
                because: Because::First,
                reason: None,
            };
            events.push(residence.event(context, "/residence")?);
            self.in_reach(lives, context)?;
        }
        Ok(events)
    }
}

impl RegisterChild {
    /// Nobody begins a record that is at once out of their sight: a commune registers the children who live there.
    fn in_reach(&self, lives: &Lives, context: &Context<'_>) -> Result<(), Rejection> {
        use crate::identity::Role;
        let viewer = context.viewer();
        let wide = viewer.role == Role::ProvincialOfficer;
        let own = context.units.same(&lives.unit, viewer.unit);
        let reached = own || (wide && context.units.ever_within(&lives.unit, viewer.unit));
        if reached {
            return Ok(());
        }
        Err(Rejection::field(
            "/residence/unit",
            "not-your-unit",
            "Xã nào lập hồ sơ cho trẻ sống ở xã đó. Hãy báo cho xã nơi trẻ ở.",
            "A commune keeps the records of the children who live there. Tell the commune where this child lives.",
        ))
    }
}
