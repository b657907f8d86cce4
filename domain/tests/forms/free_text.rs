//! No free text stands among the facts: what a person could be named in belongs to the personal part,
//! where it can be erased.

use domain::case::Event;
use domain::child::Event as ChildEvent;
use domain::identity::PostEvent;
use domain::log::{Form, Stored};
use serde_json::{Value, json};

use super::golden::forms;

/// What nobody would take for a code or a number.
const FREE: &str = "Cháu Trần Thị Mẫu, nhà ở thôn 3";

/// The fields of facts that hold text of no bounded type, and why that is no free text. The first that is
/// met with counts: event (`*` for any), last step of the pointer, reason.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "DueDatesMoved",
        "calendar_before",
        "the id of a calendar of the product",
    ),
    (
        "DueDatesMoved",
        "calendar_now",
        "the id of a calendar of the product",
    ),
    ("DueDatesMoved", "step", "a step of the procedure"),
    ("DueDatesMoved", "item", "the id of what the step is about"),
    ("DueDatesMoved", "vi", "a holiday, as the calendar calls it"),
    ("DueDatesMoved", "en", "a holiday, as the calendar calls it"),
    (
        "DocumentAttached",
        "sha256",
        "the command takes 64 hexadecimal digits only",
    ),
    (
        "FactCorrected",
        "path",
        "the command takes a field of the event only",
    ),
    (
        "FactCorrected",
        "value",
        "the command puts what is of no bounded type into the personal part",
    ),
    ("CompetencePassed", "id", "a unit of the register"),
    ("CompetencePassed", "code", "a unit of the register"),
    (
        "*",
        "unit",
        "a unit: the command takes those of the register only",
    ),
    (
        "*",
        "to_unit",
        "a unit: the command takes those of the register only",
    ),
    (
        "*",
        "from_unit",
        "a unit: the command takes those of the register only",
    ),
    (
        "*",
        "carer_unit",
        "a unit: the command takes those of the register only",
    ),
    (
        "*",
        "residence_unit",
        "a unit: the command takes those of the register only",
    ),
];

/// Every pointer to a text in a value.
fn texts(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at.to_owned()),
        Value::Array(list) => {
            for (row, value) in list.iter().enumerate() {
                texts(value, &format!("{at}/{row}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                texts(value, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

/// The last step of a pointer that is no row. A value of a correction is one field, whatever is in it.
fn name(pointer: &str) -> &str {
    if pointer.starts_with("/value/") {
        return "value";
    }
    let mut steps = pointer.rsplit('/');
    steps
        .find(|step| step.parse::<usize>().is_err())
        .unwrap_or_default()
}

/// Where the facts of the current form of a type take free text.
fn taken<E: Stored>(form: &Form) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for payload in forms(form.event_type, form.current) {
        let mut places = Vec::new();
        texts(&payload.facts, "", &mut places);
        for place in places {
            let mut tried = payload.clone();
            *tried.facts.pointer_mut(&place).unwrap() = json!(FREE);
            if E::of_payload(form.event_type, &tried).is_some() {
                found.push((form.event_type, name(&place).to_owned()));
            }
        }
    }
    found
}

#[test]
fn facts_take_no_free_text() {
    let mut found: Vec<_> = Event::FORMS.iter().flat_map(taken::<Event>).collect();
    found.extend(PostEvent::FORMS.iter().flat_map(taken::<PostEvent>));
    found.extend(ChildEvent::FORMS.iter().flat_map(taken::<ChildEvent>));
    let mut met = vec![false; KNOWN.len()];
    let mut others = Vec::new();
    for (event_type, field) in found {
        let known = KNOWN
            .iter()
            .position(|(of, name, _)| (*of == "*" || *of == event_type) && *name == field);
        match known {
            Some(line) => met[line] = true,
            None => others.push(format!("{event_type} {field}")),
        }
    }
    assert_eq!(others, [""; 0], "free text among facts");
    let unmet: Vec<_> = KNOWN.iter().zip(met).filter(|(_, met)| !met).collect();
    assert!(unmet.is_empty(), "no such field: {unmet:?}");
}

/// Also where no golden form happens to have the field.
#[test]
fn no_facts_are_declared_with_free_text() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/case");
    let mut waiting = vec![std::path::PathBuf::from(folder)];
    let mut structs = 0;
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let inside = std::fs::read_dir(&path).unwrap();
            waiting.extend(inside.map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for declared in text.split("pub struct ").skip(1) {
            let (name, rest) = declared.split_once(' ').unwrap();
            let Some(body) = rest.strip_prefix('{').filter(|_| name.ends_with("Facts")) else {
                continue;
            };
            structs += 1;
            let (body, _) = body.split_once("\n}").unwrap();
            for kind in ["Line", "Prose", "Note"] {
                let mut words = body.split(|c: char| !c.is_alphanumeric() && c != '_');
                assert!(
                    !words.any(|word| word == kind),
                    "{name} in {}",
                    path.display()
                );
            }
        }
    }
    assert!(structs > 40, "{structs}");
}
