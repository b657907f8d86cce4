//! The command that would record an event again: by it a correction passes every check that the
//! command itself has to pass, and nothing is checked twice in two ways.

use serde_json::{Map, Value, json};

use super::correction::payload;
use crate::case::event::{Event, Recorded};

/// The command that would record the event again, with when it happened. None for what no command
/// records, and where a part of it was erased.
#[must_use]
pub fn again(recorded: &Recorded) -> Option<Value> {
    let event = &recorded.event;
    let name = event.command()?;
    let (facts, personal) = payload(event);
    let mut fields = match (facts, personal) {
        (facts, Some(personal)) => merged(facts, personal),
        (facts, None) => facts,
    };
    let object = fields.as_object_mut()?;
    renamed(event, object);
    object.insert("type".to_owned(), json!(name));
    if event.own_instant().is_none() {
        object.insert("occurred_at".to_owned(), json!(recorded.occurred_at));
    }
    Some(fields)
}

/// Facts and personal part as one: objects field by field, rows of a table beside each other, codes
/// before words, levels with their notes.
fn merged(facts: Value, personal: Value) -> Value {
    match (facts, personal) {
        (Value::Object(mut facts), Value::Object(personal)) => {
            for (name, value) in personal {
                let rows = name.strip_suffix("_notes").map(str::to_owned);
                let taken = rows
                    .as_ref()
                    .and_then(|rows| facts.remove(rows))
                    .map(|levels| rated(levels, &value));
                match (rows, taken) {
                    (Some(rows), Some(rated)) => facts.insert(rows, rated),
                    _ => {
                        let value = match facts.remove(&name) {
                            Some(known) => merged(known, value),
                            None => value,
                        };
                        facts.insert(name, value)
                    }
                };
            }
            Value::Object(facts)
        }
        (Value::Array(mut facts), Value::Array(personal)) => {
            let rows = facts.iter().chain(&personal).all(Value::is_object);
            if rows && facts.len() == personal.len() {
                let both = facts.into_iter().zip(personal);
                return both
                    .map(|(facts, personal)| merged(facts, personal))
                    .collect();
            }
            facts.extend(personal);
            Value::Array(facts)
        }
        (facts, _) => facts,
    }
}

fn rated(levels: Value, notes: &Value) -> Value {
    let Value::Array(levels) = levels else {
        return levels;
    };
    let note = |row: usize| notes.get(row).cloned().unwrap_or(json!(""));
    let rows = levels.into_iter().enumerate();
    rows.map(|(row, level)| json!({"level": level, "note": note(row)}))
        .collect()
}

/// Where an event says in other words what its command asks.
fn renamed(event: &Event, fields: &mut Map<String, Value>) {
    let without = |fields: &mut Map<String, Value>, names: &[&str]| {
        for name in names {
            fields.remove(*name);
        }
    };
    match event {
        Event::ReportReceived(_) => {
            without(fields, &["aged_16", "unseen"]);
            if fields.get("condition").and_then(Value::as_str) == Some("") {
                fields.remove("condition");
            }
            if let Some(child) = fields.get_mut("child").and_then(Value::as_object_mut) {
                child.remove("birth_year");
            }
            let words = fields.remove("harm_words");
            let harms = fields
                .get_mut("suspected_harm")
                .and_then(Value::as_array_mut);
            for (row, harm) in harms.into_iter().flatten().enumerate() {
                if let Some(words) = words.as_ref().and_then(|words| words.get(row)) {
                    harm["words"] = words.clone();
                }
            }
        }
        Event::DetailedAssessmentRecorded(_) => without(fields, &["carer_asked"]),
        Event::ReferralMade(_) => {
            let mut agency = Map::new();
            for (from, to) in [
                ("to_kind", "kind"),
                ("to_name", "name"),
                ("to_unit", "unit"),
            ] {
                if let Some(value) = fields.remove(from) {
                    agency.insert(to.to_owned(), value);
                }
            }
            fields.insert("to_agency".to_owned(), Value::Object(agency));
        }
        Event::SeparationLifted(_) => without(fields, &["against"]),
        Event::CrimeReportProlonged(_) => without(fields, &["moved"]),
        Event::ReferralWithdrawn(_) => without(fields, &["danger_now"]),
        Event::CaseClosed(_) => {
            without(fields, &["against"]);
            let mut to = Map::new();
            for name in ["authority", "received_on", "confirmation"] {
                if let Some(value) = fields.remove(name) {
                    to.insert(name.to_owned(), value);
                }
            }
            if !to.is_empty() {
                fields.insert("transferred_to".to_owned(), Value::Object(to));
            }
        }
        Event::CaseTransferred(_) => without(fields, &["from_unit"]),
        Event::TransferAccepted(_) | Event::TransferDeclined(_) | Event::TransferWithdrawn(_) => {
            without(fields, &["from_unit", "to_unit"]);
        }
        Event::PlacementDecided(_) => without(fields, &["from_facility"]),
        Event::CompetencePassed(_) => {
            for (from, to) in [("from", "from_unit"), ("to", "to_unit")] {
                let id = fields.remove(from).and_then(|unit| unit.get("id").cloned());
                fields.insert(to.to_owned(), id.unwrap_or(Value::Null));
            }
        }
        _ => {}
    }
}
