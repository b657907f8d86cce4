//! `part-records`: two records that were joined are of two children. Both are as they were, and go on.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::events::{Event, OtherFacts, ReasonPersonal};
use super::{Context, Record, Rejection, Rule, Seat, no_such_child};
use crate::log::Split;
use crate::text::Prose;

/// Which, and why.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartRecords {
    /// The other record.
    pub other: Uuid,
    /// Why they are two children.
    pub reason: Prose,
}

/// One that can be read.
pub fn example() -> Value {
    json!({"other": Uuid::from_u128(2), "reason": "Hai trẻ sinh đôi"})
}

impl Rule for PartRecords {
    const SEATS: &'static [Seat] = &[Seat::Commune, Seat::Province];

    const ON_ENDED: bool = true;

    const ON_JOINED: bool = true;

    fn decide(&self, record: Option<&Record>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let record = record.ok_or_else(no_such_child)?;
        if !record.joined.contains(&self.other) && record.joined_to != Some(self.other) {
            return Err(Rejection::field(
                "/other",
                "not-joined",
                "Hai hồ sơ này không được nhập với nhau.",
                "These two records are not joined.",
            ));
        }
        Ok(vec![Event::RecordsParted(Split {
            facts: OtherFacts { other: self.other },
            personal: Some(ReasonPersonal {
                reason: self.reason.clone(),
            }),
        })])
    }
}
