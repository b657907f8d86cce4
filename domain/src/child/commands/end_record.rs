//! `end-record`: the record is kept no more: the child died, grew up, lives abroad, or there is no such child.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::events::{Born, Event, ReasonPersonal, RecordEnd, RecordEndedFacts};
use super::{Context, Record, Rejection, Rule, Seat, no_such_child};
use crate::log::Split;
use crate::text::Prose;
use crate::time::Date;

/// Why and since when.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndRecord {
    /// Why.
    pub because: RecordEnd,
    /// Since when; left out: today.
    pub on: Option<Date>,
    /// In words.
    pub reason: Prose,
}

/// One that can be read.
pub fn example() -> Value {
    json!({"because": "moved-abroad", "on": "2024-06-01", "reason": "Theo cha mẹ ra nước ngoài"})
}

impl Rule for EndRecord {
    const SEATS: &'static [Seat] = &[Seat::Commune, Seat::Province];

    fn decide(
        &self,
        record: Option<&Record>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let record = record.ok_or_else(no_such_child)?;
        let on = self.on.unwrap_or(Date(context.occurred_at.date()));
        context.not_ahead(on, "/on")?;
        let born = record.identity.born();
        if let Some(Born::Date(born)) = born
            && on.0 < born.0
        {
            return Err(Rejection::field(
                "/on",
                "before-birth",
                "Ngày này trước ngày sinh của trẻ.",
                "This day lies before the birth of the child.",
            ));
        }
        // Only a date of birth makes somebody 16; an estimate ends nothing.
        if self.because == RecordEnd::GrownUp {
            let of_age = |born: &Born| match born {
                Born::Date(date) => crate::identity::Birth::Date(*date).age_on(on.0) >= 16,
                Born::Year(_) | Born::EstimatedYear(_) => false,
            };
            if !born.as_ref().is_some_and(of_age) {
                return Err(Rejection::field(
                    "/because",
                    "not-sixteen",
                    "Chỉ kết thúc vì đủ 16 tuổi khi đã có ngày sinh và theo ngày sinh đó đã đủ 16 tuổi.",
                    "A record ends by age only where the date of birth is known and makes the person 16.",
                ));
            }
        }
        Ok(vec![Event::RecordEnded(Split {
            facts: RecordEndedFacts {
                reason: self.because,
                on,
            },
            personal: Some(ReasonPersonal {
                reason: self.reason.clone(),
            }),
        })])
    }
}
