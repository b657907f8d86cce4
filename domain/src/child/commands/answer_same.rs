//! `answer-same`: whether another record is of the same child: yes, no, or not known yet. What one commune answers is a
//! proposal to the other; both records say what was answered, and every answer can be given again.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::events::{AnsweredFacts, Event, ReasonPersonal, Sameness};
use super::{Context, Record, Rejection, Rule, Seat, no_such_child};
use crate::log::Split;
use crate::text::Prose;

/// The answer, and why.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerSame {
    /// The other record.
    pub other: Uuid,
    /// Whether it is of the same child.
    pub answer: Sameness,
    /// Why.
    pub reason: Prose,
}

/// One that can be read.
pub fn example() -> Value {
    json!({
        "other": Uuid::from_u128(2),
        "answer": "not-same",
        "reason": "Hai trẻ là anh em họ, khác cha mẹ",
    })
}

/// The other record, as far as the sender may know of it, which is not this one.
///
/// # Errors
/// `no-such-child`, `same-record`.
pub(super) fn other<'a>(
    record: &Record,
    named: Uuid,
    context: &Context<'a>,
) -> Result<&'a Record, Rejection> {
    if named == record.id {
        return Err(Rejection::field(
            "/other",
            "same-record",
            "Đây chính là hồ sơ này. Hãy chọn một hồ sơ khác.",
            "This is the record itself. Choose another one.",
        ));
    }
    let other = context.other.filter(|other| other.id() == named);
    let found = other.and_then(crate::child::Child::record);
    found.ok_or_else(|| {
        Rejection::field(
            "/other",
            "no-such-child",
            "Không có hồ sơ trẻ em này.",
            "There is no such child.",
        )
    })
}

impl Rule for AnswerSame {
    const SEATS: &'static [Seat] = &[Seat::Commune, Seat::Province];

    fn decide(
        &self,
        record: Option<&Record>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let record = record.ok_or_else(no_such_child)?;
        other(record, self.other, context)?;
        if record.joined.contains(&self.other) && self.answer != Sameness::Same {
            return Err(Rejection::field(
                "/answer",
                "joined",
                "Hai hồ sơ đã được nhập. Hãy tách ra trước khi trả lời là hai trẻ.",
                "The two records are joined. Part them before you say that they are of two children.",
            ));
        }
        let unit = context.actor.unit.as_deref().unwrap_or_default();
        if record.answer_of(self.other, unit) == Some(self.answer) {
            return Err(super::nothing_changes());
        }
        Ok(vec![Event::SameAnswered(Split {
            facts: AnsweredFacts {
                other: self.other,
                answer: self.answer,
            },
            personal: Some(ReasonPersonal {
                reason: self.reason.clone(),
            }),
        })])
    }
}
