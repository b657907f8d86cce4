//! `claim-number`: the personal number that the family or a paper names, or that there is none. Its shape is checked as
//! it is read; what does not fit is said and never "repaired".

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::events::{Because, Event, NumberClaimedFacts, NumberClaimedPersonal};
use super::{Context, Record, Rejection, Rule, Seat, no_such_child, nothing_changes, reasoned};
use crate::identity::PersonalId;
use crate::log::Split;
use crate::text::Prose;

/// The number; left out: the child has none.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimNumber {
    /// 12 digits.
    pub personal_id: Option<PersonalId>,
    /// Whether it is another since, or was wrong.
    #[serde(default)]
    pub because: Because,
    /// Why, or why there is none.
    pub reason: Option<Prose>,
}

/// One that can be read.
pub fn example() -> Value {
    json!({"reason": "Chưa đăng ký khai sinh"})
}

impl ClaimNumber {
    /// The event.
    pub fn event(&self) -> Event {
        let personal = NumberClaimedPersonal {
            personal_id: self.personal_id.clone(),
            reason: self.reason.clone(),
        };
        Event::NumberClaimed(Split {
            facts: NumberClaimedFacts {
                because: self.because,
                given: self.personal_id.is_some(),
            },
            personal: (personal != NumberClaimedPersonal::default()).then_some(personal),
        })
    }
}

impl Rule for ClaimNumber {
    const SEATS: &'static [Seat] = &[Seat::Commune, Seat::Province];

    fn decide(&self, record: Option<&Record>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let record = record.ok_or_else(no_such_child)?;
        if record.number.id == self.personal_id
            && (self.personal_id.is_some() || self.reason.is_none())
        {
            return Err(nothing_changes());
        }
        // What the police confirmed is theirs to say otherwise.
        if matches!(
            record.number.status,
            super::super::NumberStatus::Verified { .. }
        ) {
            return Err(Rejection::procedure(
                "number-verified",
                "Công an cấp xã đã xác nhận số định danh này. Chỉ công an xác nhận lại được.",
                "The commune police confirmed this number. Only they check it again.",
                "",
            ));
        }
        reasoned(
            self.because,
            self.reason.is_some(),
            record.number.id.is_some(),
        )?;
        Ok(vec![self.event()])
    }
}
