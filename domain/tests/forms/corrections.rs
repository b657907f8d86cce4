//! A correction before a step to the next form and the same correction after it say the same.

use std::borrow::Cow;

use domain::case::events::apart::parts;
use domain::case::{Event, Recorded, effective, misfits};
use domain::identity::{Actor, Role};
use domain::log::{Payload, Read, read};
use domain::time::Instant;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::golden::forms;

/// Every field that went from the facts to one of both parts: event, last revision before, pointer.
const MOVED: &[(&str, i16, &str)] = &[
    ("SeparationOrdered", 2, "/decision_number"),
    ("SeparationExtended", 1, "/decision_number"),
    ("SeparationExtended", 1, "/required_by"),
    ("SeparationExtended", 1, "/required_by/document"),
    ("SeparationLifted", 3, "/decision_number"),
    ("CourtDecided", 1, "/decision_number"),
    ("PlanApproved", 1, "/decision_number"),
    ("PlanAdjusted", 1, "/decision_number"),
    ("CaseArchived", 1, "/archive_number"),
    ("ForensicExamOrdered", 1, "/decision_number"),
    ("CrimeReportProlonged", 2, "/decision_number"),
    ("CrimeReportDecided", 1, "/decision_number"),
    ("ProsecutionProposed", 1, "/document_number"),
    ("PlacementDecided", 1, "/decision_number"),
    ("PlacementEnded", 1, "/decision_number"),
    ("FacilityCareEnded", 1, "/decision_number"),
    ("OfficerAssigned", 1, "/officer"),
    ("OfficerRelieved", 1, "/officer"),
    ("CompetencePassed", 1, "/legal_act"),
    ("DocumentAttached", 1, "/media_type"),
];

fn recorded(number: u128, event: Read<Event>) -> Recorded {
    let at = Instant::parse("2024-03-11T09:20:00+07:00").unwrap();
    Recorded {
        event_id: Uuid::from_u128(number),
        version: i64::try_from(number).unwrap(),
        position: i64::try_from(number).unwrap(),
        occurred_at: at,
        recorded_at: at,
        actor: Actor::new(Role::CommuneOfficer, "19111"),
        event: event.event,
        older: event.older,
        cause: domain::log::Cause::default(),
    }
}

fn stored(number: u128, event_type: &str, revision: i16, payload: &Payload) -> Recorded {
    let own = payload.personal.as_ref().map(ToString::to_string);
    let facts = payload.facts.to_string();
    recorded(
        number,
        read(event_type, revision, &facts, own.as_deref()).unwrap(),
    )
}

/// A correction of the first event as the program wrote it before.
fn before(path: &str, value: &Value) -> Recorded {
    let facts =
        json!({"event_id": Uuid::from_u128(1), "part": "facts", "path": path, "value": value});
    let payload = Payload {
        facts,
        personal: Some(json!({"reason": "Ghi nhầm"})),
    };
    stored(2, "FactCorrected", 1, &payload)
}

/// The same as it is written for the current form: one for each part.
fn after(form: i16, path: &str, value: &Value) -> Vec<Recorded> {
    let (open, own) = parts(path, value).unwrap();
    let id = Uuid::from_u128(1);
    let facts = |part: &str, value: &Value| json!({"event_id": id, "part": part, "revision": form, "path": path, "value": value});
    let personal = |value: &Value| json!({"value": value, "reason": "Ghi nhầm"});
    [
        (facts("facts", &open), personal(&Value::Null)),
        (facts("personal", &Value::Null), personal(&own)),
    ]
    .into_iter()
    .enumerate()
    .map(|(number, (facts, personal))| {
        let payload = Payload {
            facts,
            personal: Some(personal),
        };
        stored(number as u128 + 2, "FactCorrected", 2, &payload)
    })
    .collect()
}

fn first(history: &[Recorded]) -> Event {
    let known: Vec<Cow<'_, Recorded>> = effective(history);
    known[0].event.clone()
}

fn numbers() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[0-9]{1,3}/Q[ĐD]-[A-Z]{2,6}",
        "(Quyết định|Hộp|Công văn) số [0-9]{1,3}",
        "[A-ZĐ][a-zễịă]{1,6} [A-ZĐ][a-zễịă]{1,6}",
        "[a-z0-9-]{1,12}",
        "(image|application)/[a-z]{2,5}",
    ];
    prop_oneof![5 => text.prop_map(Value::from), 1 => Just(Value::Null)]
}

fn requirements() -> impl Strategy<Value = Value> {
    let some = ("Tòa án [a-z]{1,5}", numbers()).prop_map(|(authority, document)| {
        let document = if document.is_null() {
            json!("12/CV")
        } else {
            document
        };
        json!({"authority": authority, "document": document})
    });
    prop_oneof![4 => some, 1 => Just(Value::Null)]
}

proptest! {
    #[test]
    fn corrected_and_brought_on_is_brought_on_and_corrected(
        moved in prop::sample::select(MOVED),
        pick in any::<prop::sample::Index>(),
        number in numbers(),
        requirement in requirements(),
    ) {
        let (event_type, revision, path) = moved;
        let all = forms(event_type, revision);
        let payload = &all[pick.index(all.len())];
        let there = path != "/required_by/document" || payload.facts.get("required_by").is_some();
        prop_assume!(there);
        let value = if path == "/required_by" { requirement } else { number };
        let old = stored(1, event_type, revision, payload);
        let now = old.event.encode().unwrap();
        let current = Payload::parse(&now.facts, now.personal.as_deref()).unwrap();
        let mut later = vec![stored(1, event_type, now.revision, &current)];
        later.extend(after(now.revision, path, &value));
        let corrected = [old, before(path, &value)];
        prop_assert_eq!(first(&corrected), first(&later));
        prop_assert_eq!(misfits(&corrected), []);
    }
}

/// A field that moves has to stand in the list above.
#[test]
fn every_step_of_a_case_event_is_held_to_it() {
    use domain::log::Stored;
    for form in Event::FORMS
        .iter()
        .filter(|form| form.event_type != "FactCorrected")
    {
        for revision in 1..form.current {
            let moves = !form.reads_as_current(revision) && form.reads_as_current(revision + 1);
            let listed = MOVED
                .iter()
                .any(|(of, at, _)| (*of, *at) == (form.event_type, revision));
            assert_eq!(moves, listed, "{} {revision}", form.event_type);
        }
    }
}
