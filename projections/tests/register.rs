//! The register as its read model shows it, on both databases.

mod support;

use std::borrow::Cow;

use domain::child::{Child, Command, Context, Issue, Record, decide};
use domain::identity::Role;
use domain::log::Subject;
use domain::time::Instant;
use domain::unit::Units;
use eventstore::{CommandId, ExpectedVersion, NewEvent, StreamId};
use projections::{CHILD, ChildFilter, Likeness, Within, load};
use serde_json::{Value, json};
use uuid::Uuid;

use support::World;
use support::player::{actor, instant};

on_both! {
    children_are_listed_by_commune_and_province,
    words_numbers_and_filters_find_them,
    issues_are_counted_by_day_and_vanish_by_themselves,
    records_of_one_child_are_found_to_be_alike,
    pages_miss_none,
}

fn at(clock: &str) -> Instant {
    instant(&format!("2024-{}:00+07:00", clock.replace(' ', "T")))
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0xc41d << 64 | number)
}

async fn child(world: &World, number: u128) -> Option<Child> {
    load(&world.store, id(number), Units::shipped())
        .await
        .unwrap()
}

async fn record(world: &World, number: u128) -> Record {
    child(world, number)
        .await
        .unwrap()
        .record()
        .unwrap()
        .clone()
}

/// Gives a command about the child of that number.
async fn give(world: &World, number: u128, clock: &str, role: Role, unit: &str, command: Value) {
    let child = child(world, number).await;
    let command = Command::from_json(command).unwrap();
    let actor = actor(role, unit);
    let decided = decide(
        child.as_ref(),
        &command,
        &Context::new(at(clock), &actor, Units::shipped()),
    );
    let known = child.map_or(0, |child| child.events());
    let new = decided.unwrap().into_iter().enumerate();
    let events: Vec<_> = new
        .map(|(place, decided)| {
            let encoded = domain::log::Stored::encode(&decided.event).unwrap();
            NewEvent {
                event_id: Uuid::from_u128(number << 32 | (known + place + 1) as u128),
                event_type: Cow::Borrowed(encoded.event_type),
                revision: encoded.revision,
                occurred_at: decided.occurred_at.utc(),
                recorded_at: at(clock).utc(),
                actor: eventstore::Actor {
                    officer: actor.officer,
                    name: actor.name.clone(),
                    role: actor.role.name().to_owned(),
                    agency: actor.agency.clone(),
                    unit: actor.unit.clone(),
                    on_behalf_of: None,
                },
                correlation_id: id(number),
                causation_id: None,
                facts: encoded.facts,
                personal: encoded.personal,
            }
        })
        .collect();
    let command = CommandId {
        id: events[0].event_id,
        fingerprint: [7; 32],
    };
    let stream = StreamId::new(CHILD, id(number));
    let written = world
        .store
        .append(stream, ExpectedVersion::Any, events, command)
        .await;
    written.unwrap();
    world.caught_up().await;
}

async fn register(world: &World, number: u128, unit: &str, patch: Value) {
    let mut command = json!({
        "type": "register-child", "source": "household", "name": "Nguyễn Thị Thử", "sex": "female",
        "birth": {"date": "2014-05-17"}, "ethnicity": "Kinh",
        "relatives": [{"relation": "mother", "name": "Trần Thị Mẫu", "birth_year": 1985}],
        "residence": {"unit": unit, "address": "Thôn 2"},
    });
    for (key, value) in patch.as_object().unwrap() {
        command[key] = value.clone();
    }
    give(
        world,
        number,
        "03-11 09:00",
        Role::CommuneOfficer,
        unit,
        command,
    )
    .await;
}

fn within(unit: &str, today: &str) -> Within {
    Within::of(Units::shipped(), unit, today.parse().unwrap()).unwrap()
}

async fn found(world: &World, filter: &ChildFilter) -> Vec<u128> {
    let page = world
        .projections
        .search_children(filter, None, 50)
        .await
        .unwrap();
    assert_eq!(page.total, page.items.len() as i64);
    let ids = page.items.iter().map(|row| row.child_id.as_u128() & 0xffff);
    ids.collect()
}

async fn all(world: &World, unit: &str, today: &str) -> Vec<u128> {
    found(world, &ChildFilter::all(within(unit, today))).await
}

async fn children_are_listed_by_commune_and_province(world: World) {
    register(&world, 1, "19111", json!({})).await;
    register(&world, 2, "19114", json!({})).await;
    assert_eq!(all(&world, "19111", "2024-03-12").await, [1]);
    assert_eq!(all(&world, "44", "2024-03-12").await, [2, 1]);
    assert_eq!(all(&world, "01", "2024-03-12").await, [0_u128; 0]);
    // What 19114 became in 2025 has its children, and had none of them before.
    let units = Units::shipped();
    let day = |text: &str| text.parse().unwrap();
    let now = units
        .current("19114", day("2024-03-12"), day("2026-01-01"))
        .unwrap();
    let now = now.units()[0].reference().to_owned();
    assert!(all(&world, &now, "2026-01-01").await.contains(&2));
    // A move takes it to another commune; joined and ended records are asked for by name.
    let moved = json!({"type": "record-residence", "unit": "19114", "because": "changed"});
    give(
        &world,
        1,
        "03-12 09:00",
        Role::CommuneOfficer,
        "19111",
        moved,
    )
    .await;
    assert_eq!(all(&world, "19111", "2024-03-12").await, [0_u128; 0]);
    assert_eq!(all(&world, "19114", "2024-03-12").await, [2, 1]);
    let ended = json!({"type": "end-record", "because": "moved-abroad", "reason": "Theo cha mẹ"});
    give(
        &world,
        1,
        "03-13 09:00",
        Role::CommuneOfficer,
        "19114",
        ended,
    )
    .await;
    assert_eq!(all(&world, "19114", "2024-03-12").await, [2]);
    let ended = ChildFilter {
        kept: Some("ended".to_owned()),
        ..ChildFilter::all(within("44", "2024-03-12"))
    };
    assert_eq!(found(&world, &ended).await, [1]);
    support::assert_true(&world.projections).await;
}

async fn words_numbers_and_filters_find_them(world: World) {
    register(&world, 1, "19111", json!({"personal_id": "044314009999"})).await;
    register(
        &world,
        2,
        "19111",
        json!({"name": "Đào Văn Giả", "sex": "male", "birth": {"year": 2012}}),
    )
    .await;
    register(&world, 3, "19114", json!({"name": "Nguyễn Thị Thử 100%"})).await;
    let by = |text: &str, unit: &str| ChildFilter {
        text: Some(text.to_owned()),
        ..ChildFilter::all(within(unit, "2024-03-12"))
    };
    for (text, unit, expected) in [
        ("thu", "44", vec![3, 1]),
        ("Thử Nguyễn", "19111", vec![1]),
        ("dao", "44", vec![2]),
        // Also by the mother, and only by the whole number.
        ("mau tran", "19111", vec![2, 1]),
        ("044314009999", "44", vec![1]),
        ("044 314 009 999", "19111", vec![1]),
        ("04431400999", "44", vec![]),
        ("100%", "44", vec![3]),
        ("%", "44", vec![]),
        ("nobody", "44", vec![]),
    ] {
        assert_eq!(
            found(&world, &by(text, unit)).await,
            expected,
            "{text} {unit}"
        );
    }
    let filter = ChildFilter::all(within("44", "2024-03-12"));
    let male = ChildFilter {
        sex: Some("male".to_owned()),
        ..filter.clone()
    };
    let year = ChildFilter {
        birth_year: Some(2012),
        ..filter.clone()
    };
    let claimed = ChildFilter {
        number: Some("claimed".to_owned()),
        ..filter
    };
    for (filter, expected) in [(male, 2), (year, 2), (claimed, 1)] {
        assert_eq!(found(&world, &filter).await, [expected]);
    }
}

async fn issues_are_counted_by_day_and_vanish_by_themselves(world: World) {
    register(&world, 1, "19111", json!({})).await;
    register(&world, 2, "19111", json!({"ethnicity": null})).await;
    let counted = async |today: &str| {
        let within = within("19111", today);
        let counts = world
            .projections
            .issue_counts(&within, today.parse().unwrap());
        let counts = counts.await.unwrap().into_iter();
        counts
            .map(|one| (one.issue.code(), one.records))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        counted("2024-03-12").await,
        [("ethnicity-missing", 1), ("number-missing", 2)]
    );
    // Sixteen comes with the day.
    assert!(counted("2030-05-17").await.contains(&("beyond-sixteen", 2)));
    assert!(!counted("2030-05-16").await.contains(&("beyond-sixteen", 2)));
    let identity = json!({"type": "record-identity", "name": "Nguyễn Thị Thử", "sex": "female",
        "birth": {"date": "2014-05-17"}, "ethnicity": "Kinh"});
    give(
        &world,
        2,
        "03-12 09:00",
        Role::CommuneOfficer,
        "19111",
        identity,
    )
    .await;
    assert_eq!(counted("2024-03-12").await, [("number-missing", 2)]);
    let claim = json!({"type": "claim-number", "personal_id": "044314009999"});
    give(
        &world,
        1,
        "03-12 09:00",
        Role::CommuneOfficer,
        "19111",
        claim,
    )
    .await;
    let today = "2024-03-12".parse().unwrap();
    for unit in ["19111", "44"] {
        let within = within(unit, "2024-03-12");
        let page =
            world
                .projections
                .children_with(&within, Issue::NumberUnverified, today, None, 10);
        let page = page.await.unwrap();
        let rows: Vec<_> = page
            .items
            .iter()
            .map(|row| (row.child.child_id, row.since))
            .collect();
        assert_eq!((rows, page.total), (vec![(id(1), today)], 1));
    }
}

async fn records_of_one_child_are_found_to_be_alike(world: World) {
    register(&world, 1, "19111", json!({"personal_id": "044314009999"})).await;
    register(
        &world,
        2,
        "19114",
        json!({"name": "Nguyên Thi Thử", "birth": {"estimated_year": 2015}}),
    )
    .await;
    register(
        &world,
        3,
        "19114",
        json!({"name": "Lê Văn Khác", "sex": "male", "personal_id": "044314009999"}),
    )
    .await;
    register(
        &world,
        4,
        "19114",
        json!({"name": "Phạm Văn Mẫu", "relatives": [], "sex": "male"}),
    )
    .await;
    let alike = async |number: u128| {
        let record = record(&world, number).await;
        let found = world
            .projections
            .records_alike(&record, at("03-12 09:00"))
            .await;
        let found = found.unwrap().into_iter();
        found
            .map(|one| (one.child.id(), one.likeness))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        alike(1).await,
        [(id(3), Likeness::Certain), (id(2), Likeness::Likely)]
    );
    assert_eq!(alike(4).await, []);
    // A record that is kept no more is held against nothing.
    let ended = json!({"type": "end-record", "because": "mistake", "reason": "Không có trẻ này"});
    give(
        &world,
        3,
        "03-13 09:00",
        Role::CommuneOfficer,
        "19114",
        ended,
    )
    .await;
    assert_eq!(alike(1).await, [(id(2), Likeness::Likely)]);
}

async fn pages_miss_none(world: World) {
    for number in 1..=7 {
        register(&world, number, "19111", json!({})).await;
    }
    let filter = ChildFilter::all(within("19111", "2024-03-12"));
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = world
            .projections
            .search_children(&filter, cursor.as_deref(), 3);
        let page = page.await.unwrap();
        assert_eq!((page.total, page.at_least), (7, false));
        seen.extend(page.items.iter().map(|row| row.child_id.as_u128() & 0xffff));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, [7, 6, 5, 4, 3, 2, 1]);
    let today = "2024-03-12".parse().unwrap();
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = world.projections.children_with(
            &filter.within,
            Issue::NumberMissing,
            today,
            cursor.as_deref(),
            3,
        );
        let page = page.await.unwrap();
        seen.extend(
            page.items
                .iter()
                .map(|row| row.child.child_id.as_u128() & 0xffff),
        );
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, [1, 2, 3, 4, 5, 6, 7]);
    assert!(
        world
            .projections
            .search_children(&filter, Some("00"), 3)
            .await
            .is_err()
    );
}
