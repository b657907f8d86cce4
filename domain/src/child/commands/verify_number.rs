//! `verify-number`: the commune police compare the number with the population data and say what they found.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::events::{Event, NumberFinding, NumberVerifiedFacts, NumberVerifiedPersonal};
use super::{Context, Record, Rejection, Rule, Seat, no_such_child};
use crate::identity::PersonalId;
use crate::log::Split;
use crate::text::{Line, Prose};
use crate::time::Date;

/// What was found, on which day, by whom.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyNumber {
    /// Whether the number is that of the child, another one is, or the child has none.
    pub finding: NumberFinding,
    /// The number as the police have it, where it is another one.
    pub personal_id: Option<PersonalId>,
    /// On which day; left out: today.
    pub on: Option<Date>,
    /// The officer who checked it.
    pub officer: Option<Line>,
    /// A remark.
    pub note: Option<Prose>,
}

/// One that can be read.
pub fn example() -> Value {
    json!({"finding": "confirmed", "officer": "Đại úy Lê Văn Mẫu"})
}

impl Rule for VerifyNumber {
    const SEATS: &'static [Seat] = &[Seat::Police];

    fn decide(
        &self,
        record: Option<&Record>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let record = record.ok_or_else(no_such_child)?;
        let on = self.on.unwrap_or(Date(context.occurred_at.date()));
        context.not_ahead(on, "/on")?;
        match (self.finding, &self.personal_id) {
            (NumberFinding::Another, None) => {
                return Err(Rejection::field(
                    "/personal_id",
                    "missing-field",
                    "Hãy ghi số định danh đúng của trẻ.",
                    "Give the number that the child has.",
                ));
            }
            (NumberFinding::Confirmed | NumberFinding::None, Some(_)) => {
                return Err(Rejection::field(
                    "/personal_id",
                    "two-answers",
                    "Chỉ ghi số ở đây khi trẻ có số khác với số đang ghi.",
                    "Give a number here only where the child has another one.",
                ));
            }
            _ => {}
        }
        if self.finding == NumberFinding::Confirmed && record.number.id.is_none() {
            return Err(Rejection::procedure(
                "no-number-to-confirm",
                "Hồ sơ chưa có số định danh để xác nhận. Nếu trẻ có số, hãy chọn “trẻ có số khác” và ghi số đó.",
                "There is no number to confirm. Where the child has one, choose \"another\" and give it.",
                "",
            ));
        }
        if self.finding == NumberFinding::Another && record.number.id == self.personal_id {
            return Err(Rejection::field(
                "/personal_id",
                "nothing-changes",
                "Đây chính là số đang ghi. Hãy chọn “đúng số này”.",
                "This is the number that stands there. Choose \"confirmed\".",
            ));
        }
        let personal = NumberVerifiedPersonal {
            personal_id: self.personal_id.clone(),
            officer: self.officer.clone(),
            note: self.note.clone(),
        };
        Ok(vec![Event::NumberVerified(Split {
            facts: NumberVerifiedFacts {
                finding: self.finding,
                on,
            },
            personal: (personal != NumberVerifiedPersonal::default()).then_some(personal),
        })])
    }
}
