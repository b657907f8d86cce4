//! What is a fact where it is of a bounded type, and stands in the personal part where it is not: the
//! number of a document, or what people wrote in its place. Both parts call it the same.
//!
//! Until a revision of each of these events it was free text among the facts. The steps from there are
//! here, too: nothing is lost, and whoever saw the one sees the other.

use serde_json::{Map, Value};

use crate::log::Payload;
use crate::text::{Code, DocumentNumber, Line, MediaType};

/// A text that can be no free text.
pub trait Bounded: Sized {
    /// The text, if it is one.
    fn bounded(text: &str) -> Option<Self>;
    /// The text.
    fn text(&self) -> &str;
}

macro_rules! bounded {
    ($($name:ty),+) => {
        $( impl Bounded for $name {
            fn bounded(text: &str) -> Option<Self> {
                Self::parse(text).ok().filter(|known| known.as_str() == text)
            }

            fn text(&self) -> &str {
                self.as_str()
            }
        } )+
    };
}

bounded!(Code, DocumentNumber, MediaType);

/// What was written, as a fact where it is bounded, else in words.
#[must_use]
pub fn apart<T: Bounded>(written: Option<&Line>) -> (Option<T>, Option<Line>) {
    let Some(line) = written else {
        return (None, None);
    };
    match T::bounded(line.as_str()) {
        Some(bounded) => (Some(bounded), None),
        None => (None, Some(line.clone())),
    }
}

/// What was written, whichever part it stands in.
#[must_use]
pub fn either<'a, T: Bounded>(fact: Option<&'a T>, words: Option<&'a Line>) -> Option<&'a str> {
    fact.map(Bounded::text).or(words.map(Line::as_str))
}

/// Whether a text may be a fact.
type Fits = fn(&str) -> bool;

fn is<T: Bounded>(text: &str) -> bool {
    T::bounded(text).is_some()
}

/// The fields that stand in the one part or in the other, by their JSON pointers.
const FIELDS: [(&str, Fits); 7] = [
    ("/decision_number", is::<DocumentNumber>),
    ("/document_number", is::<DocumentNumber>),
    ("/archive_number", is::<DocumentNumber>),
    ("/legal_act", is::<DocumentNumber>),
    ("/required_by/document", is::<DocumentNumber>),
    ("/media_type", is::<MediaType>),
    ("/officer", is::<Code>),
];

/// Who requires something by which document: one thing whose parts stand apart.
const REQUIRED_BY: &str = "/required_by";

/// What a new value at `path` means for both parts: facts, personal. None where the path means a field
/// of one part only.
#[must_use]
pub fn parts(path: &str, value: &Value) -> Option<(Value, Value)> {
    if path == REQUIRED_BY {
        return Some(match value {
            Value::Object(fields) => requirement(fields.clone()),
            other => (other.clone(), other.clone()),
        });
    }
    let (_, fits) = FIELDS.iter().find(|(field, _)| *field == path)?;
    Some(match value {
        Value::String(text) if !fits(text) => (Value::Null, value.clone()),
        _ => (value.clone(), Value::Null),
    })
}

/// A requirement: its document among the facts, if that is a number, else all of it personal.
fn requirement(mut fields: Map<String, Value>) -> (Value, Value) {
    let number = fields.get("document").and_then(Value::as_str);
    let mut facts = Map::new();
    if number.is_some_and(is::<DocumentNumber>)
        && let Some(number) = fields.remove("document")
    {
        facts.insert("document".to_owned(), number);
    }
    (facts.into(), fields.into())
}

/// Moves what a field holds to the personal part, unless it may be a fact.
fn moved(mut payload: Payload, path: &str) -> Payload {
    let name = path.trim_start_matches('/');
    let Some(facts) = payload.facts.as_object_mut() else {
        return payload;
    };
    let Some((open, own)) = facts.get(name).and_then(|value| parts(path, value)) else {
        return payload;
    };
    if open.is_null() {
        facts.remove(name);
    } else {
        facts.insert(name.to_owned(), open);
    }
    if !own.is_null() {
        let personal = payload.personal.get_or_insert_with(|| Map::new().into());
        if let Some(personal) = personal.as_object_mut() {
            personal.insert(name.to_owned(), own);
        }
    }
    payload
}

/// The number of a decision.
#[must_use]
pub fn decision_number(payload: Payload) -> Payload {
    moved(payload, "/decision_number")
}

/// Of an event whose personal part cannot be missing: where that was erased, what would move there is
/// gone with it.
fn unless_erased(payload: Payload, step: fn(Payload) -> Payload) -> Payload {
    let erased = payload.personal.is_none();
    let mut payload = step(payload);
    if erased {
        payload.personal = None;
    }
    payload
}

/// The number of the decision on a plan.
#[must_use]
pub fn decision_number_of_plan(payload: Payload) -> Payload {
    unless_erased(payload, decision_number)
}

/// The number of a decision, and who requires it by which document.
#[must_use]
pub fn decision_and_requirement(payload: Payload) -> Payload {
    moved(decision_number(payload), REQUIRED_BY)
}

/// The number of a document.
#[must_use]
pub fn document_number(payload: Payload) -> Payload {
    moved(payload, "/document_number")
}

/// Where a file is kept.
#[must_use]
pub fn archive_number(payload: Payload) -> Payload {
    moved(payload, "/archive_number")
}

/// The act of law by which competence passes.
#[must_use]
pub fn legal_act(payload: Payload) -> Payload {
    moved(payload, "/legal_act")
}

/// The media type of a document.
#[must_use]
pub fn media_type(payload: Payload) -> Payload {
    unless_erased(payload, |payload| moved(payload, "/media_type"))
}

/// The id of an officer.
#[must_use]
pub fn officer(payload: Payload) -> Payload {
    moved(payload, "/officer")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_bounded_stays_and_words_move() {
        let read = |facts, personal| {
            let payload = decision_number(Payload { facts, personal });
            (payload.facts, payload.personal)
        };
        let number = json!({"decision_number": "12/QĐ-UBND"});
        assert_eq!(read(number.clone(), None), (number, None));
        let words = json!({"decision_number": "Quyết định số 12"});
        assert_eq!(read(words.clone(), None), (json!({}), Some(words.clone())));
        let both = json!({"note": "a", "decision_number": "Quyết định số 12"});
        assert_eq!(
            read(words, Some(json!({"note": "a"}))),
            (json!({}), Some(both))
        );
        assert_eq!(read(json!({}), None), (json!({}), None));
        assert_eq!(read(json!([]), None), (json!([]), None));
    }

    #[test]
    fn with_what_was_erased_the_words_are_gone() {
        let facts = json!({"decision_number": "Quyết định số 12", "items": []});
        let read = decision_number_of_plan(Payload {
            facts,
            personal: None,
        });
        assert_eq!((read.facts, read.personal), (json!({"items": []}), None));
    }

    #[test]
    fn a_requirement_leaves_its_number_and_that_it_is() {
        let read = |value| parts("/required_by", &value).unwrap();
        let court = json!("Tòa án");
        assert_eq!(
            read(json!({"authority": court, "document": "45/YC-TA"})),
            (json!({"document": "45/YC-TA"}), json!({"authority": court}))
        );
        let words = json!({"authority": court, "document": "Công văn 45 ngày 15/3"});
        assert_eq!(read(words.clone()), (json!({}), words));
        assert_eq!(read(Value::Null), (Value::Null, Value::Null));
        assert_eq!(parts("/note", &court), None);
    }
}
