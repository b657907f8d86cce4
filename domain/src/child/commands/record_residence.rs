//! `record-residence`: where the child lives: the first time, after a move, or because what stood there was wrong. After
//! a move the record is with the new commune.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::events::{Because, Event, ResidenceFacts, ResidencePersonal};
use super::{Context, Record, Rejection, Rule, Seat, no_such_child, nothing_changes, reasoned};
use crate::log::Split;
use crate::text::{Line, Prose};
use crate::time::Date;
use crate::unit::UnitReference;

/// Commune and address.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordResidence {
    /// The commune.
    #[schemars(with = "UnitReference")]
    pub unit: String,
    /// The address.
    pub address: Option<Line>,
    /// Since when the child lives there.
    pub since: Option<Date>,
    /// The address is hidden from everybody but the commune, for the safety of the child.
    #[serde(default)]
    pub hidden: bool,
    /// Whether the child moved, or what stood there was wrong.
    #[serde(default)]
    pub because: Because,
    /// Why.
    pub reason: Option<Prose>,
}

/// One that can be read.
pub fn example() -> Value {
    json!({"unit": "19111", "address": "Thôn 2", "because": "changed"})
}

impl RecordResidence {
    /// The event, where every value can be.
    ///
    /// # Errors
    /// `unknown-unit`, `not-a-commune`, `unit-ended`, `in-the-future`.
    pub fn event(&self, context: &Context<'_>, field: &str) -> Result<Event, Rejection> {
        context.commune(&self.unit, &format!("{field}/unit"))?;
        if let Some(since) = self.since {
            context.not_ahead(since, &format!("{field}/since"))?;
        }
        let personal = ResidencePersonal {
            address: self.address.clone(),
            reason: self.reason.clone(),
        };
        Ok(Event::ResidenceRecorded(Split {
            facts: ResidenceFacts {
                because: self.because,
                unit: self.unit.clone(),
                since: self.since,
                hidden: self.hidden,
            },
            personal: (personal != ResidencePersonal::default()).then_some(personal),
        }))
    }
}

impl Rule for RecordResidence {
    const SEATS: &'static [Seat] = &[Seat::Commune, Seat::Province];

    fn decide(
        &self,
        record: Option<&Record>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let record = record.ok_or_else(no_such_child)?;
        let event = self.event(context, "")?;
        let known = record.residence();
        if known.is_some_and(|known| {
            known.unit == self.unit
                && known.address.as_deref() == self.address.as_ref().map(Line::as_str)
                && known.hidden == self.hidden
                && (self.since.is_none() || known.since == self.since)
        }) {
            return Err(nothing_changes());
        }
        reasoned(self.because, self.reason.is_some(), known.is_some())?;
        if let (Some(known), Some(since)) = (known.and_then(|known| known.since), self.since)
            && self.because == Because::Changed
            && since.0 < known.0
        {
            return Err(Rejection::field(
                "/since",
                "before-the-last",
                "Trẻ không thể chuyển đến đây trước khi đến nơi ở trước đó.",
                "The child cannot have moved here before it moved to the place before.",
            ));
        }
        // Who moves a child away, or says that a hidden address is none any more, is asked why.
        let revealed = known.is_some_and(|known| known.hidden) && !self.hidden;
        if revealed && self.reason.is_none() {
            return Err(Rejection::field(
                "/reason",
                "reason-missing",
                "Địa chỉ đang được giữ kín vì an toàn của trẻ. Hãy ghi vì sao không cần giữ kín nữa.",
                "The address is hidden for the safety of the child. Say why it need not be any more.",
            ));
        }
        Ok(vec![event])
    }
}
