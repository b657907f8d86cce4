//! `end-circumstance`: the child is no more in a group of special circumstances, or never was.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::events::{CircumstanceEnd, CircumstanceEndedFacts, Event, ReasonPersonal};
use super::{Context, Record, Rejection, Rule, Seat, no_such_child};
use crate::log::Split;
use crate::text::Prose;
use crate::time::Date;

/// Which, until when, and why.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndCircumstance {
    /// The event by which it was recorded.
    pub circumstance: Uuid,
    /// The last day; left out: today.
    pub until: Option<Date>,
    /// Whether it is over, or never was so.
    pub because: CircumstanceEnd,
    /// Why, in words.
    pub reason: Prose,
}

/// One that can be read.
pub fn example() -> Value {
    json!({
        "circumstance": Uuid::from_u128(1),
        "because": "over",
        "reason": "Trẻ đã được nhận làm con nuôi",
    })
}

impl Rule for EndCircumstance {
    const SEATS: &'static [Seat] = &[Seat::Commune, Seat::Province];

    fn decide(
        &self,
        record: Option<&Record>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let record = record.ok_or_else(no_such_child)?;
        let known = record.circumstance(self.circumstance);
        let known = known.filter(|one| one.until.is_none()).ok_or_else(|| {
            Rejection::field(
                "/circumstance",
                "no-such-circumstance",
                "Trong hồ sơ không có hoàn cảnh này, hoặc đã kết thúc.",
                "The record has no such circumstance, or it is over.",
            )
        })?;
        let until = self.until.unwrap_or(Date(context.occurred_at.date()));
        context.not_ahead(until, "/until")?;
        if until.0 < known.since.0 {
            return Err(Rejection::field(
                "/until",
                "before-it-began",
                "Ngày kết thúc trước ngày bắt đầu.",
                "The last day lies before the first.",
            ));
        }
        Ok(vec![Event::CircumstanceEnded(Split {
            facts: CircumstanceEndedFacts {
                circumstance: self.circumstance,
                until,
                because: self.because,
            },
            personal: Some(ReasonPersonal {
                reason: self.reason.clone(),
            }),
        })])
    }
}
