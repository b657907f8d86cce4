//! Corrections of facts.
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::case::events::contradiction::Against;
pub use crate::log::Part;
use crate::log::{Correction, Corrects, Payload, Split};
use crate::text::{Code, DocumentNumber, Prose};
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectedFacts {
    pub event_id: Uuid,
    pub part: Part,
    /// The revision of the event whose form the pointer means; none: the one in which it is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<i16>,
    /// JSON pointer inside that part.
    pub path: String,
    /// The new value, where it is of a bounded type and no personal one.
    /// Null: the value is not known, the field is left out.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub value: Value,
    /// The new value of a fact stands in the personal part, as free text does.
    #[serde(default, skip_serializing_if = "is_false")]
    pub apart: bool,
    /// What it lowers, as it is known now; no part of what was recorded.
    #[serde(skip)]
    pub lowers: Option<Against>,
    /// When the danger was told, seen or found that it adds, as it is known now; no part of what was recorded.
    #[serde(skip)]
    pub adds_danger: Option<Instant>,
    /// When form 02 was that it makes see a ground for separation, as it is known now; no part of what was recorded.
    #[serde(skip)]
    pub adds_ground: Option<Instant>,
}

const fn is_false(value: &bool) -> bool {
    !*value
}

impl CorrectedFacts {
    /// Whether the new value stands in the personal part.
    #[must_use]
    pub fn is_apart(&self) -> bool {
        self.apart || self.part == Part::Personal
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectedPersonal {
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub value: Value,
    pub reason: Prose,
}

impl Split<CorrectedFacts, CorrectedPersonal> {
    /// The new value; none where it was erased.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        if self.facts.is_apart() {
            self.personal.as_ref().map(|personal| &personal.value)
        } else {
            Some(&self.facts.value)
        }
    }

    /// What is corrected. Where the value was erased, what it corrected was erased with it.
    #[must_use]
    pub fn corrects(&self) -> Option<Corrects<'_>> {
        Some(Corrects {
            event_id: self.facts.event_id,
            change: Correction {
                part: self.facts.part,
                path: &self.facts.path,
                value: self.value()?,
                revision: self.facts.revision,
            },
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmedFacts {
    /// The correction: the id of its event.
    pub event_id: Uuid,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmedPersonal {
    /// How the one who confirms knows.
    pub reason: Prose,
}

/// Whether a value can be no free text: numbers, yes and no, codes, times, numbers of documents, and
/// lists of such.
#[must_use]
pub fn is_bounded(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => {
            Code::parse(text).is_ok() || DocumentNumber::parse(text).is_ok() || is_time(text)
        }
        Value::Array(list) => list.iter().all(is_bounded),
        Value::Object(fields) => fields.values().all(is_bounded),
    }
}

fn is_time(text: &str) -> bool {
    Instant::parse(text).is_ok()
}

/// From revision 1: free text that was corrected among the facts stands in the personal part. Where that
/// was erased, it is gone, too.
pub fn value_apart(mut payload: Payload) -> Payload {
    let Some(facts) = payload.facts.as_object_mut() else {
        return payload;
    };
    if facts.get("value").is_none_or(is_bounded) {
        return payload;
    }
    let value = facts.remove("value");
    facts.insert("apart".to_owned(), Value::Bool(true));
    let personal = payload.personal.as_mut().and_then(Value::as_object_mut);
    if let (Some(personal), Some(value)) = (personal, value) {
        personal.insert("value".to_owned(), value);
    }
    payload
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_can_be_no_free_text_is_bounded() {
        for bounded in [
            json!(null),
            json!(true),
            json!(12),
            json!("2024-03-11"),
            json!("2024-03-11T09:20:00+07:00"),
            json!("19111"),
            json!("12/QĐ-UBND"),
            json!(["a", {"kind": "police", "unit": "19111"}]),
        ] {
            assert!(is_bounded(&bounded), "{bounded}");
        }
        for free in [
            json!("Lê Văn Tám"),
            json!("Tám"),
            json!("Hộp 3, kệ 2"),
            json!(["a", {"name": "Nguyễn Thị Mẫu"}]),
        ] {
            assert!(!is_bounded(&free), "{free}");
        }
    }
}
