//! `resume-record`: the record is kept again: ending it was a mistake, or the child is back.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::events::{Event, ReasonPersonal};
use super::{Context, Record, Rejection, Rule, Seat, no_such_child};
use crate::log::{NoFacts, Split};
use crate::text::Prose;

/// Why.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumeRecord {
    /// In words.
    pub reason: Prose,
}

/// One that can be read.
pub fn example() -> Value {
    json!({"reason": "Trẻ đã về nước"})
}

impl Rule for ResumeRecord {
    const SEATS: &'static [Seat] = &[Seat::Commune, Seat::Province];

    const ON_ENDED: bool = true;

    fn decide(&self, record: Option<&Record>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let record = record.ok_or_else(no_such_child)?;
        if record.ended.is_none() {
            return Err(Rejection::procedure(
                "record-not-ended",
                "Hồ sơ này đang được theo dõi.",
                "This record is kept already.",
                "",
            ));
        }
        Ok(vec![Event::RecordResumed(Split {
            facts: NoFacts {},
            personal: Some(ReasonPersonal {
                reason: self.reason.clone(),
            }),
        })])
    }
}
