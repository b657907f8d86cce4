//! Whatever JSON is given as a command: it is read or refused, never a panic, and what is accepted
//! can be stored and read again.

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::case::{Case, CaseView, Command, Context, Event, Recorded, decide};
use domain::identity::{Actor, Role};
use domain::time::Instant;
use domain::unit::Units;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::samples::*;

/// The example of every command, and what some can say besides.
pub fn valid() -> Vec<Value> {
    let mut all = one_of_each();
    all.extend([
        danger(call("03-11 09:00")),
        sexual(crime("03-11 09:00")),
        extend_required("2024-04-20"),
        court("continue-separation", Some("2024-05-01")),
        with(detail(), json!({"carer_views": "Đồng ý"})),
        with(transfer(OTHER), json!({"respond_by": "2024-03-20"})),
        close_otherwise(),
        close_transferred(),
        at(note(), "03-12 09:00"),
        correct(Uuid::from_u128(2), "/occurred_at", json!(t("03-11 10:00"))),
    ]);
    all
}

#[test]
fn what_is_valid_is_read() {
    for sample in valid() {
        Command::from_json(sample).unwrap();
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,12}",
        "[a-z0-9.-]{0,70}",
        prop::sample::select(vec![
            "",
            " ",
            "\u{0}",
            "a\u{7f}b",
            "\u{2000}",
            "e\u{301}",
            "\u{1100}\u{1161}",
            "\u{feff}",
            "1900-01-01",
            "2199-12-31",
            "2200-01-01",
            "2024-02-30",
            "24-1-1",
            "2024-03-11T",
            "2199-12-31T23:59:59-12:00",
            "1900-01-01T00:00:00+14:00",
            "2016-12-31T23:59:60Z",
            "2024-03-11T09:00:00.123456789+07:00",
            "2024-03-11 09:00:00+07:00",
            "2199-12-31T16:59:59.999999999Z",
            "+262142-12-31T23:59:59Z",
            "9999999999",
            "44",
            "19111",
            "19114",
            "450",
            "high",
            "unfounded",
            "/",
            "~1",
            "/facts",
            "/facts/",
            "/personal/child",
            "/items/0/cost",
            "/harm/0",
            "/occurred_at",
            "commune-chair",
            "00000000-0000-0000-0000-000000000001",
            "00000000-0000-0000-0000-000000000002",
        ])
        .prop_map(str::to_owned),
        (1usize..12_000).prop_map(|n| "ă".repeat(n)),
    ]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ]
}

fn anything() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(text(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Every place in a value, as JSON pointers.
pub fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                places(value, &format!("{at}/{key}"), into);
            }
        }
        Value::Array(list) => {
            for (row, value) in list.iter().enumerate() {
                places(value, &format!("{at}/{row}"), into);
            }
        }
        _ => {}
    }
}

/// A valid command with one place replaced, taken out, or added to.
fn mutated() -> impl Strategy<Value = Value> {
    let samples = valid();
    let many = 0..samples.len();
    (many, any::<prop::sample::Index>(), 0..4, anything(), text()).prop_map(
        move |(which, place, how, value, key)| {
            let mut command = samples[which].clone();
            let mut all = Vec::new();
            places(&command, "", &mut all);
            all.remove(0);
            let at = place.get(&all);
            let (parent, last) = at.rsplit_once('/').unwrap();
            match (command.pointer_mut(parent).unwrap(), how) {
                (Value::Object(map), 0) => {
                    map.remove(last);
                }
                (Value::Object(map), 1) => {
                    map.insert(key, value);
                }
                (Value::Array(list), 0) => {
                    list.remove(last.parse().unwrap());
                }
                (Value::Array(list), 1) => list.push(value),
                _ => *command.pointer_mut(at).unwrap() = value,
            }
            command
        },
    )
}

/// Gives a command to a case, in whatever role may give it. The case after it.
pub fn give(case: &Case, command: &Command, clock: &str) -> Option<Case> {
    let now = Instant::parse(&t(clock)).unwrap();
    let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
    for who in [CHAIR, OFFICER, HOTLINE, HEALTH, CLERK, POLICE] {
        let actor = Actor::new(Role::parse(who.0).unwrap(), who.1);
        let context = Context::new(now, &actor, &procedure, &calendar);
        let Ok(events) = decide(CaseView::of(case), command, &context) else {
            continue;
        };
        let mut case = case.clone();
        for decided in events {
            let encoded = decided.event.encode().unwrap();
            let personal = encoded.personal.as_deref();
            let read = Event::decode(
                encoded.event_type,
                encoded.revision,
                &encoded.facts,
                personal,
            );
            assert_eq!(read.unwrap(), decided.event);
            let version = i64::try_from(case.history().len()).unwrap() + 1;
            case = case.evolve(Recorded {
                event_id: Uuid::from_u128(version.unsigned_abs().into()),
                version,
                position: version,
                occurred_at: decided.occurred_at,
                recorded_at: now,
                actor: actor.clone(),
                event: decided.event,
                older: None,
                cause: domain::log::Cause::default(),
            });
        }
        return Some(case);
    }
    None
}

/// Cases in which one command or another is possible.
pub fn cases() -> Vec<Case> {
    let path: [(&str, Value); 11] = [
        ("03-11 09:00", report("03-11 09:00")),
        ("03-11 11:00", assess(false, false)),
        ("03-12 08:00", separate("2024-03-12", "2024-03-20")),
        ("03-12 09:00", ask_court()),
        ("03-13 09:00", refer("r1")),
        ("03-13 10:00", detail()),
        ("03-13 11:00", meet()),
        ("03-14 09:00", submit()),
        ("03-15 09:00", approve()),
        ("03-18 09:00", lift()),
        ("03-18 10:00", close("died")),
    ];
    let mut all = vec![Case::new(Units::shipped())];
    for (clock, command) in path {
        let command = Command::from_json(command).unwrap();
        let next = give(all.last().unwrap(), &command, clock).unwrap();
        all.push(next);
    }
    all
}

fn try_everywhere(cases: &[Case], command: Value) -> bool {
    let Ok(command) = Command::from_json(command) else {
        return false;
    };
    for case in cases {
        if let Some(after) = give(case, &command, "04-01 09:00") {
            let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
            let now = Instant::parse(&t("05-01 09:00")).unwrap();
            let history = after.history();
            let owed = domain::law::derive_obligations(history, &procedure, &calendar, now);
            assert!(!owed.is_empty());
        }
    }
    true
}

#[test]
fn any_json_is_read_or_refused() {
    let mut runner = proptest::test_runner::TestRunner::new(crate::config(600));
    let cases = cases();
    runner
        .run(&anything(), |value| {
            try_everywhere(&cases, value);
            Ok(())
        })
        .unwrap();
}

#[test]
fn any_change_to_a_command_is_read_or_refused() {
    let mut runner = proptest::test_runner::TestRunner::new(crate::config(2_500));
    let cases = cases();
    let read = std::cell::Cell::new(0);
    runner
        .run(&mutated(), |value| {
            read.set(read.get() + u32::from(try_everywhere(&cases, value)));
            Ok(())
        })
        .unwrap();
    assert!(
        read.get() > 100,
        "hardly any of them could be read: {}",
        read.get()
    );
}
