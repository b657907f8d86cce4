//! What comes back is what was given.

#![expect(missing_docs, reason = "each name is a sentence that says what holds")]

use chrono::{DateTime, Duration, TimeZone, Utc};
use uuid::Uuid;

use crate::ExpectedVersion::{Any, NoStream};
use crate::testing::{actor, command, event, instant, stream};
use crate::{Actor, AppendError, MAX_EVENT_BYTES, NewEvent};

use super::World;

pub async fn facts_and_personal_part_are_kept_byte_for_byte(world: World) {
    let texts = [
        // Order of keys, the same key twice, spaces and line ends, numbers as they were written.
        "{\"b\":1,\"a\":2,\"b\":3}",
        "{ \"a\" :\t[1 ,\r\n2e0,  1.10, 1E+2, 123456789012345678901234567890] }\n",
        r#"{"escaped":"\u0110\u00e0o \ud83d\ude00 \u0000 \/ \\ \"","plain":"Đào 😀 /"}"#,
        // The same letters composed and decomposed, and what a database might trim or fold.
        "{\"composed\":\"Nguyễn\",\"decomposed\":\"Nguye\u{302}\u{303}n\",\"edge\":\" \u{a0}\u{200b}\u{feff}\u{10ffff} \"}",
        "\"it's 100% '' $1 ?1 {} -- ; \"",
        "null",
    ];
    let events: Vec<_> = (1..)
        .zip(texts)
        .map(|(number, text)| NewEvent {
            facts: text.to_owned(),
            personal: Some(text.to_owned()),
            ..event(number)
        })
        .collect();
    world
        .store
        .append(stream(1), NoStream, events, command(1))
        .await
        .unwrap();
    let loaded = world.store.load_stream(stream(1)).await.unwrap();
    assert_eq!(
        loaded
            .iter()
            .map(|event| event.facts.as_str())
            .collect::<Vec<_>>(),
        texts
    );
    let personal: Vec<_> = loaded
        .iter()
        .filter_map(|event| event.personal.as_deref())
        .collect();
    assert_eq!(personal, texts);
}

pub async fn every_field_comes_back_as_it_was(world: World) {
    let system = Actor {
        officer: None,
        name: None,
        role: "system".to_owned(),
        agency: None,
        unit: None,
        on_behalf_of: Some("\"Ủy ban\" \\ 🏠".to_owned()),
    };
    let given = [
        event(1),
        NewEvent {
            event_type: "Thông tin đã nhận, \"bản\" 2".into(),
            revision: i16::MAX,
            occurred_at: Utc.with_ymd_and_hms(1999, 12, 31, 23, 59, 59).unwrap(),
            recorded_at: Utc.with_ymd_and_hms(1, 1, 1, 0, 0, 0).unwrap(),
            actor: system,
            causation_id: Some(Uuid::max()),
            personal: None,
            ..event(2)
        },
        NewEvent {
            revision: -1,
            occurred_at: DateTime::from_timestamp_micros(-1).unwrap(),
            recorded_at: Utc.with_ymd_and_hms(9999, 12, 31, 23, 59, 59).unwrap(),
            correlation_id: Uuid::nil(),
            causation_id: Some(Uuid::nil()),
            ..event(3)
        },
    ];
    world
        .store
        .append(stream(1), NoStream, given.to_vec(), command(7))
        .await
        .unwrap();
    let loaded = world.store.load_stream(stream(1)).await.unwrap();
    for ((given, event), place) in given.iter().zip(&loaded).zip(1..) {
        assert_eq!(
            (event.position, event.version, event.stream),
            (place, place, stream(1))
        );
        assert_eq!(event.event_id, given.event_id);
        assert_eq!(*event.event_type, *given.event_type);
        assert_eq!(event.revision, given.revision);
        assert_eq!(event.occurred_at, given.occurred_at);
        assert_eq!(event.recorded_at, given.recorded_at);
        assert_eq!(*event.actor, given.actor);
        assert_eq!(event.command_id, command(7).id);
        assert_eq!(event.correlation_id, given.correlation_id);
        assert_eq!(event.causation_id, given.causation_id);
        assert_eq!(event.facts, given.facts);
        assert_eq!(event.personal, given.personal);
        let found = world.store.event(given.event_id).await.unwrap();
        assert_eq!(found.as_ref(), Some(event));
    }
    assert_eq!(loaded.len(), given.len());
    assert_eq!(world.store.read_all(0, 10).await.unwrap(), loaded);
}

pub async fn instants_are_cut_to_microseconds(world: World) {
    let before_1970 = Utc.with_ymd_and_hms(1969, 7, 20, 20, 17, 40).unwrap();
    let cases = [
        (instant(1) + Duration::nanoseconds(999), instant(1)),
        (
            before_1970 + Duration::nanoseconds(1_999),
            before_1970 + Duration::microseconds(1),
        ),
    ];
    for (number, (given, kept)) in (1..).zip(cases) {
        let new = NewEvent {
            occurred_at: given,
            recorded_at: given,
            ..event(number)
        };
        world
            .store
            .append(stream(number), NoStream, vec![new], command(number))
            .await
            .unwrap();
        let loaded = world.store.load_stream(stream(number)).await.unwrap();
        assert_eq!((loaded[0].occurred_at, loaded[0].recorded_at), (kept, kept));
    }
}

pub async fn large_events_are_kept(world: World) {
    let large = |number: u128, bytes: usize| NewEvent {
        facts: format!("\"{}\"", "ă".repeat((bytes - 2) / 2)),
        personal: None,
        ..event(number)
    };
    for number in 1..=20 {
        let events = vec![large(number, MAX_EVENT_BYTES)];
        world
            .store
            .append(stream(1), Any, events, command(number))
            .await
            .unwrap();
    }
    let loaded = world.store.load_stream(stream(1)).await.unwrap();
    assert!(
        loaded
            .iter()
            .all(|event| event.facts.len() == MAX_EVENT_BYTES)
    );
    assert_eq!(world.positions().await, (1..=20).collect::<Vec<_>>());
    let refused = vec![large(21, MAX_EVENT_BYTES + 2)];
    let refused = world
        .store
        .append(stream(1), Any, refused, command(21))
        .await;
    assert!(
        matches!(refused, Err(AppendError::Invalid(_))),
        "{refused:?}"
    );
}

pub async fn what_is_not_valid_is_refused_before_it_is_stored(world: World) {
    let wrong = [
        NewEvent {
            facts: String::new(),
            ..event(1)
        },
        NewEvent {
            facts: "{".to_owned(),
            ..event(1)
        },
        NewEvent {
            facts: "{} {}".to_owned(),
            ..event(1)
        },
        NewEvent {
            facts: "\"\0\"".to_owned(),
            ..event(1)
        },
        NewEvent {
            personal: Some("An".to_owned()),
            ..event(1)
        },
        NewEvent {
            event_type: "".into(),
            ..event(1)
        },
        NewEvent {
            event_type: "note\0added".into(),
            ..event(1)
        },
        NewEvent {
            event_type: "x".repeat(101).into(),
            ..event(1)
        },
        NewEvent {
            occurred_at: DateTime::<Utc>::MAX_UTC,
            ..event(1)
        },
        NewEvent {
            recorded_at: DateTime::<Utc>::MIN_UTC,
            ..event(1)
        },
    ];
    for wrong in wrong {
        let refused = world
            .store
            .append(stream(1), Any, vec![wrong.clone()], command(1))
            .await;
        assert!(
            matches!(refused, Err(AppendError::Invalid(_))),
            "{wrong:?}: {refused:?}"
        );
    }
    // What is odd but valid in an actor is kept, a NUL included.
    let odd = Actor {
        name: Some("\0".to_owned()),
        ..actor()
    };
    let odd = NewEvent {
        actor: odd.clone(),
        ..event(1)
    };
    world
        .store
        .append(stream(1), Any, vec![odd.clone()], command(1))
        .await
        .unwrap();
    assert_eq!(
        *world.store.load_stream(stream(1)).await.unwrap()[0].actor,
        odd.actor
    );
}
