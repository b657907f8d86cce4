//! A correction that fits its event no longer is named, without what it says.

use chrono::Utc;
use eventstore::{CommandId, EventStore, ExpectedVersion, NewEvent, StreamId, StreamKind};
use serde_json::{Value, json};
use tests::{COMMUNE, End, Noi, Place, Role, on_both_databases, report};
use uuid::Uuid;

use super::journal::noi;

const CHILD: &str = "Trần Thị Mai";

/// Puts a correction of the first event into the log, in the form of revision 1, past the program.
async fn put(place: &Place, case: Uuid, part: &str, path: &str, value: Value) -> Uuid {
    let store = EventStore::connect(&place.url()).await.unwrap();
    let stream = StreamId::new(StreamKind::new("case"), case);
    let events = store.load_stream(stream).await.unwrap();
    let (open, own) = match part {
        "personal" => (Value::Null, value),
        _ => (value, Value::Null),
    };
    let facts =
        json!({ "event_id": events[0].event_id, "part": part, "path": path, "value": open });
    let personal = json!({ "value": own, "reason": "Ghi nhầm" });
    let event = NewEvent {
        event_id: Uuid::now_v7(),
        event_type: "FactCorrected".into(),
        revision: 1,
        occurred_at: Utc::now(),
        recorded_at: Utc::now(),
        actor: (*events[0].actor).clone(),
        correlation_id: case,
        causation_id: None,
        facts: facts.to_string(),
        personal: Some(personal.to_string()),
    };
    let (id, expected) = (event.event_id, ExpectedVersion::Any);
    let command = CommandId {
        id,
        fingerprint: [0; 32],
    };
    let done = store.append(stream, expected, vec![event], command).await;
    done.unwrap();
    store.close().await;
    id
}

async fn what_fits_no_longer_is_named(place: Place) {
    let serving = Noi::start(&place.url()).await;
    let officer = serving.person("lan", Role::OFFICER, COMMUNE).await;
    let case = officer.begin(&report(CHILD)).await;
    assert_eq!(serving.stop().await, End::Code(0));
    let case: Uuid = case.parse().unwrap();

    put(
        &place,
        case,
        "personal",
        "/child/name",
        json!("Trần Thị Mẫn"),
    )
    .await;
    let (code, said) = noi(&place, "verify");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("corrections: each fits its event"), "{said}");

    let wrong = put(&place, case, "facts", "/weather", json!("Lê Văn Tám")).await;
    let (code, said) = noi(&place, "verify");
    assert_eq!(code, Some(1), "{said}");
    let named = said.lines().find(|line| line.contains(&wrong.to_string()));
    let named = named.unwrap_or_else(|| panic!("{said}"));
    assert!(named.contains(&case.to_string()), "{named}");
    assert!(named.ends_with("facts /weather"), "{named}");
    assert!(
        said.contains("1 corrections fit their event no longer"),
        "{said}"
    );
    assert!(
        !said.contains("Lê Văn Tám") && !said.contains(CHILD),
        "{said}"
    );
}

on_both_databases!(what_fits_no_longer_is_named);
