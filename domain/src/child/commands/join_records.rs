//! `join-records`: another record is of the same child, and this one is gone on with. Neither history is rewritten: the
//! other record says to which it was joined, and both are read together. It can be undone.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::answer_same::other;
use super::events::{Event, JoinedFacts, ReasonPersonal, Sameness, Stays};
use super::{Context, Record, Rejection, Rule, Seat, no_such_child};
use crate::child::sight::{Sees, sees, stands_for};
use crate::log::Split;
use crate::text::Prose;

/// Which, and why.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinRecords {
    /// The other record.
    pub other: Uuid,
    /// Why it is the same child.
    pub reason: Prose,
}

/// One that can be read.
pub fn example() -> Value {
    json!({"other": Uuid::from_u128(2), "reason": "Cùng giấy khai sinh"})
}

impl Rule for JoinRecords {
    const SEATS: &'static [Seat] = &[Seat::Commune, Seat::Province];

    fn decide(
        &self,
        record: Option<&Record>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let record = record.ok_or_else(no_such_child)?;
        let other = other(record, self.other, context)?;
        if !other.is_kept() {
            return Err(Rejection::field(
                "/other",
                "not-kept",
                "Hồ sơ kia đã đóng hoặc đã nhập vào hồ sơ khác.",
                "The other record has ended, or was joined to another one.",
            ));
        }
        if !other.joined.is_empty() {
            return Err(Rejection::field(
                "/other",
                "has-joined",
                "Hồ sơ kia đã nhận một hồ sơ khác. Hãy mở hồ sơ đó và nhập hồ sơ này vào đó.",
                "Another record was joined to that one. Open it, and join this one to it.",
            ));
        }
        // The province settles what communes do not agree on.
        let viewer = context.viewer();
        let settles = sees(record, &viewer, context.today()) == Some(Sees::Above);
        let denied = match settles {
            true => record.answer_of(self.other, viewer.unit) == Some(Sameness::NotSame),
            false => record.denied(self.other),
        };
        if denied {
            return Err(Rejection::field(
                "/other",
                "answered-otherwise",
                "Đã trả lời đây là hai trẻ. Hãy trả lời lại trước khi nhập.",
                "It was answered that these are two children. Answer again before they are joined.",
            ));
        }
        // One office joins what it keeps itself; across communes both have to have said so, or the province does.
        let own = sees(other, &context.viewer(), context.today());
        let keeper = other.unit();
        let mut answers = record.compared.iter();
        let agreed = answers.any(|one| {
            let by = one.by.as_deref().unwrap_or_default();
            let theirs = stands_for(context.units, keeper, by, context.today());
            one.other == self.other && one.answer == Sameness::Same && theirs
        });
        if !matches!(own, Some(Sees::All | Sees::Above)) && !agreed {
            return Err(Rejection::field(
                "/other",
                "other-commune-not-asked",
                "Hồ sơ kia do xã khác quản lý: hai xã cùng xác nhận là một trẻ, hoặc cấp tỉnh quyết định.",
                "The other record is kept by another commune: both say that it is one child, or the province decides.",
            ));
        }
        Ok(vec![Event::RecordsJoined(Split {
            facts: JoinedFacts {
                other: self.other,
                stays: Stays::This,
            },
            personal: Some(ReasonPersonal {
                reason: self.reason.clone(),
            }),
        })])
    }
}
