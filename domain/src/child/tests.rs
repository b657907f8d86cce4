//! The record of a child, told as commands.

use std::sync::Arc;

use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::command::Rejection;
use crate::identity::{Actor, Role};
use crate::log::{Cause, Subject};
use crate::permit::Viewer;
use crate::time::Instant;
use crate::unit::Units;

type As = (&'static str, &'static str);
const COMMUNE: As = ("commune-officer", "19111");
const OTHER: As = ("commune-officer", "19114");
const PROVINCE: As = ("provincial-officer", "44");
const POLICE: As = ("police-officer", "19111");

fn units() -> &'static Arc<Units> {
    Units::shipped()
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn at(clock: &str) -> Instant {
    Instant::parse(&format!("2024-{}:00+07:00", clock.replace(' ', "T"))).unwrap()
}

#[derive(Debug, Clone)]
struct Told(Child);

fn child(id: u128) -> Told {
    Told(Child::begin(Uuid::from_u128(id), units()))
}

impl Told {
    fn events(
        &self,
        clock: &str,
        who: As,
        command: &Value,
        other: Option<&Told>,
    ) -> Result<Vec<Event>, String> {
        let command = Command::from_json(command.clone())
            .map_err(|error| format!("{} {}", error.pointer, error.code))?;
        let actor = Actor::new(Role::parse(who.0).unwrap(), who.1);
        let context = Context {
            other: other.map(|told| &told.0),
            ..Context::new(at(clock), &actor, units())
        };
        let decided = decide(Some(&self.0), &command, &context).map_err(|refused: Rejection| {
            format!("{} {}", refused.field.unwrap_or_default(), refused.code)
        })?;
        Ok(decided.into_iter().map(|decided| decided.event).collect())
    }

    fn write(self, clock: &str, who: As, events: Vec<Event>) -> Told {
        let mut child = self.0;
        for event in events {
            let version = i64::try_from(child.events()).unwrap() + 1;
            let place = child.id().as_u128() * 1000 + version.unsigned_abs() as u128;
            child = child.evolve(crate::log::Recorded {
                event_id: Uuid::from_u128(place),
                version,
                position: version,
                occurred_at: at(clock),
                recorded_at: at(clock),
                actor: Actor::new(Role::parse(who.0).unwrap(), who.1),
                event,
                older: None,
                cause: Cause::default(),
            });
        }
        let again = Child::fold(child.id(), child.history().to_vec(), units());
        assert_eq!(again, child);
        Told(child)
    }

    #[track_caller]
    fn and(self, clock: &str, who: As, command: Value) -> Told {
        let events = self.events(clock, who, &command, None);
        let events = events.unwrap_or_else(|why| panic!("{command}: {why}"));
        self.write(clock, who, events)
    }

    #[track_caller]
    fn refused(&self, clock: &str, who: As, command: Value) -> String {
        match self.events(clock, who, &command, None) {
            Ok(events) => panic!("taken: {events:#?}"),
            Err(why) => why.trim().to_owned(),
        }
    }

    fn record(&self) -> &Record {
        self.0.record().unwrap()
    }

    fn issues(&self, day: &str) -> Vec<&'static str> {
        let day = day.parse().unwrap();
        let all = self.record().issues_on(day, units());
        all.into_iter().map(|one| one.issue.code()).collect()
    }
}

/// A command of two records, written into both.
#[track_caller]
fn both(
    one: Told,
    two: Told,
    clock: &str,
    who: As,
    command: &Value,
) -> Result<(Told, Told), String> {
    let events = one.events(clock, who, command, Some(&two))?;
    let own = one.0.id();
    let theirs = events.iter().filter_map(|event| mirrored(event, own));
    let theirs: Vec<_> = theirs.map(|(_, event)| event).collect();
    Ok((one.write(clock, who, events), two.write(clock, who, theirs)))
}

fn named(name: &str) -> Value {
    Command::example(name).unwrap()
}

fn with(mut command: Value, patch: Value) -> Value {
    for (key, value) in patch.as_object().unwrap() {
        command[key] = value.clone();
    }
    command
}

fn registered() -> Told {
    child(1).and("03-11 09:00", COMMUNE, named("register-child"))
}

#[test]
fn every_example_is_read_as_its_own_command() {
    for name in Command::NAMES {
        let command = Command::from_json(named(name)).map(|command| command.name());
        assert_eq!(command, Ok(*name));
    }
    assert!(Command::example("dance").is_none());
    assert_eq!(
        Command::schemas_under("/x")
            .iter()
            .filter(|(name, _)| Command::NAMES.contains(&name.as_str()))
            .count(),
        Command::NAMES.len()
    );
}

#[test]
fn what_is_missing_is_no_reason_to_have_no_record() {
    let bare = json!({"type": "register-child", "source": "report", "sex": "unknown"});
    let child = child(1).and("03-11 09:00", COMMUNE, bare);
    assert_eq!(
        child.issues("2024-03-11"),
        [
            "name-missing",
            "birth-missing",
            "sex-missing",
            "ethnicity-missing",
            "number-missing",
            "parent-missing",
            "residence-missing",
        ]
    );
    assert_eq!(child.record().unit().0, "19111");
    // What is solved is gone without a hand, and what stays has stood since it arose.
    let told = child.and(
        "03-12 09:00",
        COMMUNE,
        json!({"type": "record-identity", "name": "Nguyễn Thị Thử", "sex": "female", "birth": {"estimated_year": 2014}}),
    );
    let left = told
        .record()
        .issues_on("2024-03-12".parse().unwrap(), units());
    let left: Vec<_> = left
        .iter()
        .map(|one| (one.issue.code(), one.from.to_string()))
        .collect();
    assert!(left.contains(&("birth-inexact", "2024-03-12".to_owned())));
    assert!(left.contains(&("parent-missing", "2024-03-11".to_owned())));
    assert!(!left.iter().any(|(code, _)| *code == "name-missing"));
}

#[test]
fn a_number_is_claimed_checked_by_the_police_and_never_repaired() {
    let claim = |number: &str| json!({"type": "claim-number", "personal_id": number});
    let child = registered();
    assert_eq!(child.issues("2024-03-11"), ["number-missing"]);
    assert_eq!(
        child.refused("03-12 09:00", COMMUNE, claim("04431400999")),
        "/personal_id personal-id"
    );
    assert_eq!(
        child.refused("03-12 09:00", COMMUNE, claim("044814009999")),
        "/personal_id personal-id"
    );
    // Of a boy of 2013: said, and taken as it was told.
    let claimed = child.and("03-12 09:00", COMMUNE, claim("044213009999"));
    assert_eq!(
        claimed.issues("2024-03-12"),
        [
            "number-unverified",
            "number-sex-differs",
            "number-year-differs"
        ]
    );
    assert_eq!(
        claimed.record().number.id.as_ref().unwrap().as_str(),
        "044213009999"
    );
    let checked =
        json!({"type": "verify-number", "finding": "confirmed", "officer": "Đại úy Lê Văn Mẫu"});
    assert_eq!(
        claimed.refused("03-13 09:00", COMMUNE, checked.clone()),
        "role-may-not"
    );
    let verified = claimed.clone().and("03-13 09:00", POLICE, checked.clone());
    assert_eq!(verified.issues("2024-03-13"), Vec::<&str>::new());
    assert_eq!(
        verified.refused("03-14 09:00", COMMUNE, claim("044314009999")),
        "number-verified"
    );
    let another =
        json!({"type": "verify-number", "finding": "another", "personal_id": "044314009999"});
    let another = claimed.clone().and("03-13 09:00", POLICE, another);
    assert!(matches!(
        another.record().number.status,
        NumberStatus::Verified { .. }
    ));
    assert_eq!(
        another.record().number.id.as_ref().unwrap().as_str(),
        "044314009999"
    );
    let none = claimed.and(
        "03-13 09:00",
        POLICE,
        json!({"type": "verify-number", "finding": "none"}),
    );
    assert_eq!(none.issues("2024-03-13"), ["number-missing"]);
    assert_eq!(
        none.refused("03-14 09:00", POLICE, checked),
        "no-number-to-confirm"
    );
}

#[test]
fn a_name_of_before_is_kept_and_a_mistake_needs_its_reason() {
    let identity = |name: &str, patch: Value| {
        with(
            json!({"type": "record-identity", "name": name, "sex": "female", "birth": {"date": "2014-05-17"}, "ethnicity": "Kinh"}),
            patch,
        )
    };
    let child = registered();
    assert_eq!(
        child.refused(
            "03-12 09:00",
            COMMUNE,
            identity("Nguyễn Thị Thử", json!({}))
        ),
        "nothing-changes"
    );
    assert_eq!(
        child.refused(
            "03-12 09:00",
            COMMUNE,
            identity("Nguyễn Thị Thư", json!({"because": "corrected"}))
        ),
        "/reason reason-missing"
    );
    let renamed = child.and(
        "03-12 09:00",
        COMMUNE,
        identity("Nguyễn Thị Giả", json!({"because": "changed"})),
    );
    let former: Vec<_> = renamed
        .record()
        .former_names
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(former, ["Nguyễn Thị Thử"]);
    for (birth, refusal) in [
        (json!({"date": "2025-01-01"}), "/birth/date in-the-future"),
        (json!({"year": 1950}), "/birth/year impossible-year"),
        // The mother was born in 1985.
        (json!({"year": 2030}), "/birth/year impossible-year"),
    ] {
        assert_eq!(
            renamed.refused(
                "03-12 10:00",
                COMMUNE,
                identity("Nguyễn Thị Giả", json!({"birth": birth}))
            ),
            refusal
        );
    }
}

#[test]
fn a_parent_is_older_than_the_child_unless_that_is_an_estimate() {
    let young = json!({"type": "record-relatives", "relatives": [
        {"relation": "guardian", "name": "Lê Văn Mẫu", "birth_year": 2015},
        {"relation": "mother", "name": "Trần Thị Mẫu", "birth_year": 2014},
    ]});
    let child = registered();
    assert_eq!(
        child.refused("03-12 09:00", COMMUNE, young.clone()),
        "/relatives/1/birth_year parent-younger"
    );
    let estimated = json!({"type": "record-identity", "name": "Nguyễn Thị Thử", "sex": "female", "birth": {"estimated_year": 2014},
        "because": "corrected", "reason": "Chưa có giấy tờ"});
    let estimated = child.and("03-12 09:00", COMMUNE, estimated);
    let taken = estimated.clone().and("03-12 10:00", COMMUNE, young);
    assert_eq!(taken.record().relatives.len(), 2);
    let two = json!({"type": "record-relatives", "relatives": [
        {"relation": "mother", "name": "Trần Thị Mẫu"}, {"relation": "mother", "name": "Lê Thị Mẫu"}]});
    assert_eq!(
        estimated.refused("03-12 09:00", COMMUNE, two),
        "/relatives/1/relation one-of-them"
    );
}

#[test]
fn after_a_move_the_record_is_with_the_new_commune() {
    let child = registered();
    assert_eq!(
        child.refused("03-12 09:00", OTHER, named("claim-number")),
        "no-such-child"
    );
    let away = json!({"type": "record-residence", "unit": "19114", "address": "Thôn 5", "because": "changed"});
    let moved = child.and("03-12 09:00", COMMUNE, away);
    assert_eq!(
        moved.refused("03-13 09:00", COMMUNE, named("claim-number")),
        "no-such-child"
    );
    let claimed = moved.and("03-13 09:00", OTHER, named("claim-number"));
    assert_eq!(claimed.record().residences.len(), 2);
    // Nobody begins a record that is out of their sight at once, but the province for a commune of its own.
    let elsewhere = with(
        named("register-child"),
        json!({"residence": {"unit": "19114"}}),
    );
    assert_eq!(
        super::tests::child(2).refused("03-11 09:00", COMMUNE, elsewhere.clone()),
        "/residence/unit not-your-unit"
    );
    super::tests::child(2).and("03-11 09:00", PROVINCE, elsewhere);
}

#[test]
fn a_hidden_address_is_the_commune_s_alone_and_is_revealed_with_a_reason() {
    let safe = json!({"type": "record-residence", "unit": "19111", "address": "Nhà tạm lánh", "hidden": true, "because": "changed"});
    let hidden = registered().and("03-12 09:00", COMMUNE, safe);
    let shown = |who: As| {
        let viewer = Viewer {
            role: Role::parse(who.0).unwrap(),
            unit: who.1,
            units: units(),
        };
        let (sees, record) = as_read(&hidden.0, &viewer, day("2024-03-12")).unwrap();
        let events = hidden
            .0
            .history()
            .iter()
            .filter_map(|event| sees.event(event));
        let text = format!("{events:?}", events = events.collect::<Vec<_>>());
        let address = record.residence().unwrap().address.clone();
        assert_eq!(address.is_some(), text.contains("Nhà tạm lánh"));
        address
    };
    assert_eq!(shown(COMMUNE).as_deref(), Some("Nhà tạm lánh"));
    for who in [PROVINCE, POLICE, ("inspector", "44")] {
        assert_eq!(shown(who), None);
    }
    let open = json!({"type": "record-residence", "unit": "19111", "address": "Thôn 2", "because": "changed"});
    assert_eq!(
        hidden.refused("03-13 09:00", COMMUNE, open.clone()),
        "/reason reason-missing"
    );
    hidden.and(
        "03-13 09:00",
        COMMUNE,
        with(open, json!({"reason": "Trẻ đã về nhà an toàn"})),
    );
}

#[test]
fn guarded_circumstances_are_no_facts_and_the_police_see_none() {
    let group = |group: &str, patch: Value| {
        with(
            json!({"type": "record-circumstance", "group": group, "since": "2024-01-15"}),
            patch,
        )
    };
    let child = registered();
    for (command, refusal) in [
        (group("poor", json!({})), "/group unknown-group"),
        (
            group("disabled", json!({"subgroup": "very-bad"})),
            "/subgroup unknown-subgroup",
        ),
        (
            group("harmed-by-violence", json!({"subgroup": "mild"})),
            "/subgroup unknown-subgroup",
        ),
        (
            group("disabled", json!({"since": "2024-12-01"})),
            "/since in-the-future",
        ),
    ] {
        assert_eq!(child.refused("03-12 09:00", COMMUNE, command), refusal);
    }
    let told = child
        .and(
            "03-12 09:00",
            COMMUNE,
            group("disabled", json!({"subgroup": "mild"})),
        )
        .and(
            "03-12 09:10",
            COMMUNE,
            group("trafficked", json!({"subgroup": "Bị bán sang nước khác"})),
        );
    assert_eq!(
        told.refused("03-12 10:00", COMMUNE, group("disabled", json!({}))),
        "/group runs-already"
    );
    let facts = |event: &Recorded| crate::log::Stored::facts(&event.event).unwrap();
    assert!(
        !told
            .0
            .history()
            .iter()
            .any(|event| facts(event).contains("trafficked"))
    );
    assert_eq!(told.record().circumstances.len(), 2);
    let police = Viewer {
        role: Role::PoliceOfficer,
        unit: "19111",
        units: units(),
    };
    let (sees, record) = as_read(&told.0, &police, day("2024-03-12")).unwrap();
    assert_eq!(record.circumstances, []);
    let events = told
        .0
        .history()
        .iter()
        .filter_map(|event| sees.event(event));
    assert!(
        events
            .into_iter()
            .all(|event| event.event.event_type() != "CircumstanceRecorded")
    );
    // Over, or never so.
    let first = told.record().circumstances[0].id;
    let end = |because: &str| json!({"type": "end-circumstance", "circumstance": first, "because": because, "reason": "Theo giấy tờ"});
    let over = told.clone().and("03-13 09:00", COMMUNE, end("over"));
    assert!(over.record().circumstances[0].until.is_some());
    let never = told.and("03-13 09:00", COMMUNE, end("mistake"));
    assert_eq!(never.record().circumstances.len(), 1);
}

#[test]
fn sixteen_comes_with_the_day_and_an_estimate_ends_nothing() {
    let end = json!({"type": "end-record", "because": "grown-up", "reason": "Đủ 16 tuổi"});
    let child = registered();
    assert_eq!(child.issues("2030-05-16"), ["number-missing"]);
    assert_eq!(
        child.issues("2030-05-17"),
        ["number-missing", "beyond-sixteen"]
    );
    assert_eq!(
        child.refused("03-12 09:00", COMMUNE, end.clone()),
        "/because not-sixteen"
    );
    let old = with(
        named("register-child"),
        json!({"birth": {"date": "2008-03-11"}}),
    );
    let old = super::tests::child(2).and("03-11 09:00", COMMUNE, old);
    let ended = old.and("03-11 10:00", COMMUNE, end);
    assert_eq!(ended.issues("2024-03-12"), Vec::<&str>::new());
    assert_eq!(
        ended.refused("03-12 09:00", COMMUNE, named("claim-number")),
        "record-ended"
    );
    let again = ended.and("03-12 09:00", COMMUNE, named("resume-record"));
    assert_eq!(
        again.issues("2024-03-12"),
        ["number-missing", "beyond-sixteen"]
    );
}

#[test]
fn joined_and_parted_again_both_are_as_they_were() {
    let (one, two) = (
        registered(),
        child(2).and("03-11 10:00", COMMUNE, named("register-child")),
    );
    let join = with(named("join-records"), json!({"other": two.0.id()}));
    let (joined, gone) = both(one.clone(), two.clone(), "03-12 09:00", COMMUNE, &join).unwrap();
    assert_eq!(joined.record().joined, [two.0.id()]);
    assert_eq!(gone.record().joined_to, Some(one.0.id()));
    assert_eq!(gone.issues("2024-03-12"), Vec::<&str>::new());
    assert_eq!(
        gone.refused("03-12 10:00", COMMUNE, named("claim-number")),
        "joined-to-another"
    );
    let part = with(named("part-records"), json!({"other": two.0.id()}));
    let (parted, back) = both(joined, gone, "03-13 09:00", COMMUNE, &part).unwrap();
    for (was, is) in [
        (one.record(), parted.record()),
        (two.record(), back.record()),
    ] {
        let version = is.version;
        assert_eq!(
            Record {
                version,
                ..was.clone()
            },
            *is
        );
    }
    // Into itself, or a record that is gone.
    let itself = with(named("join-records"), json!({"other": one.0.id()}));
    assert_eq!(
        one.refused("03-12 09:00", COMMUNE, itself),
        "/other same-record"
    );
    let nobody = with(named("join-records"), json!({"other": Uuid::from_u128(99)}));
    assert_eq!(
        one.refused("03-12 09:00", COMMUNE, nobody),
        "/other no-such-child"
    );
}

#[test]
fn across_communes_both_say_so_or_the_province_decides() {
    let elsewhere = with(
        named("register-child"),
        json!({"residence": {"unit": "19114", "address": "Thôn 9"}}),
    );
    let (one, two) = (registered(), child(2).and("03-11 10:00", OTHER, elsewhere));
    let (own, other) = (one.0.id(), two.0.id());
    let join = with(named("join-records"), json!({"other": other}));
    let answer = |other: Uuid, answer: &str| {
        with(
            named("answer-same"),
            json!({"other": other, "answer": answer}),
        )
    };
    let alone = both(one.clone(), two.clone(), "03-12 09:00", COMMUNE, &join);
    assert_eq!(alone.unwrap_err(), "/other other-commune-not-asked");
    both(one.clone(), two.clone(), "03-12 09:00", PROVINCE, &join).unwrap();
    // One proposes, the other confirms.
    let (one, two) = both(one, two, "03-12 09:00", COMMUNE, &answer(other, "same")).unwrap();
    let still = both(one.clone(), two.clone(), "03-12 09:30", COMMUNE, &join);
    assert_eq!(still.unwrap_err(), "/other other-commune-not-asked");
    let (two, one) = both(two, one, "03-12 10:00", OTHER, &answer(own, "same")).unwrap();
    both(one.clone(), two.clone(), "03-12 11:00", COMMUNE, &join).unwrap();
    // Who says that they are two stands against it until they answer again, or the province settles it.
    let (two, one) = both(two, one, "03-12 12:00", OTHER, &answer(own, "not-same")).unwrap();
    let denied = both(one.clone(), two.clone(), "03-12 13:00", COMMUNE, &join);
    assert_eq!(denied.unwrap_err(), "/other answered-otherwise");
    both(one.clone(), two.clone(), "03-12 13:00", PROVINCE, &join).unwrap();
    let (own_no, two_no) = both(
        one,
        two,
        "03-12 14:00",
        PROVINCE,
        &answer(other, "not-same"),
    )
    .unwrap();
    let denied = both(own_no, two_no, "03-12 15:00", PROVINCE, &join);
    assert_eq!(denied.unwrap_err(), "/other answered-otherwise");
}

#[test]
fn what_became_of_the_commune_keeps_the_record_in_reach() {
    // 19111 went as a whole into the new commune of 1/7/2025; the officer of before and of now reach it.
    let child = registered();
    let today = day("2026-01-01");
    let viewer = Viewer {
        role: Role::CommuneOfficer,
        unit: "19111",
        units: units(),
    };
    assert_eq!(sees(child.record(), &viewer, today), Some(Sees::All));
    let merged = with(
        named("register-child"),
        json!({"residence": {"unit": "19114", "address": "Thôn 1"}}),
    );
    let merged = super::tests::child(2).and("03-11 09:00", OTHER, merged);
    let then = merged.record().unit().1;
    let now = units().current("19114", then, today).unwrap();
    for unit in now.units() {
        // Not before it came about.
        let before = sees(
            merged.record(),
            &Viewer {
                role: Role::CommuneOfficer,
                unit: unit.reference(),
                units: units(),
            },
            day("2024-03-12"),
        );
        assert_eq!(
            before.is_some(),
            unit.reference() == "19114",
            "{}",
            unit.name
        );
        let viewer = Viewer {
            role: Role::CommuneOfficer,
            unit: unit.reference(),
            units: units(),
        };
        assert_eq!(
            sees(merged.record(), &viewer, today),
            Some(Sees::All),
            "{}",
            unit.name
        );
    }
    for role in Role::PEOPLE {
        let viewer = Viewer {
            role,
            unit: "44",
            units: units(),
        };
        let reads = sees(child.record(), &viewer, today).is_some();
        let may = matches!(
            role,
            Role::ProvincialOfficer | Role::Inspector | Role::PoliceOfficer
        );
        assert_eq!(reads, may, "{role:?}");
    }
}

#[test]
fn another_record_that_is_alike_is_asked_about_until_somebody_answers() {
    let found = |number: bool, one: Told, two: Told| {
        let facts = events::AlikeFacts {
            other: two.0.id(),
            number,
        };
        let event = Event::AlikeFound(crate::log::Split::bare(facts));
        let (_, there) = mirrored(&event, one.0.id()).unwrap();
        let one = one.write("03-11 11:00", COMMUNE, vec![event]);
        (one, two.write("03-11 11:00", COMMUNE, vec![there]))
    };
    let second = || child(2).and("03-11 10:00", COMMUNE, named("register-child"));
    let (one, two) = found(true, registered(), second());
    for record in [&one, &two] {
        assert_eq!(
            record.issues("2024-03-11"),
            ["number-twice", "number-missing"]
        );
    }
    // Not known yet leaves it open; two children ends it in both, and one child once they are joined.
    let answer = |answer: &str| {
        with(
            named("answer-same"),
            json!({"other": Uuid::from_u128(2), "answer": answer}),
        )
    };
    let (still, _) = both(
        one.clone(),
        two.clone(),
        "03-12 09:00",
        COMMUNE,
        &answer("undecided"),
    )
    .unwrap();
    assert!(still.issues("2024-03-12").contains(&"number-twice"));
    let (apart, other) = both(
        one.clone(),
        two.clone(),
        "03-12 09:00",
        COMMUNE,
        &answer("not-same"),
    )
    .unwrap();
    for record in [&apart, &other] {
        assert_eq!(record.issues("2024-03-12"), ["number-missing"]);
    }
    let join = with(named("join-records"), json!({"other": Uuid::from_u128(2)}));
    let (joined, _) = both(one, two, "03-12 09:00", COMMUNE, &join).unwrap();
    assert_eq!(joined.issues("2024-03-12"), ["number-missing"]);
    let (likely, _) = found(false, registered(), second());
    assert!(likely.issues("2024-03-11").contains(&"duplicate-candidate"));
}

#[test]
fn what_is_said_otherwise_after_the_police_confirmed_is_theirs_to_look_at_again() {
    let verified = registered()
        .and(
            "03-12 09:00",
            COMMUNE,
            json!({"type": "claim-number", "personal_id": "044314009999"}),
        )
        .and("03-12 10:00", POLICE, named("verify-number"));
    assert_eq!(verified.issues("2024-03-12"), Vec::<&str>::new());
    let identity = |patch: Value| {
        let known = json!({"type": "record-identity", "name": "Nguyễn Thị Thử", "sex": "female",
            "birth": {"date": "2014-05-17"}, "ethnicity": "Kinh", "because": "corrected", "reason": "Theo giấy tờ"});
        with(known, patch)
    };
    // Another name changes nothing of that; another year does, until they look again.
    let renamed = verified.clone().and(
        "03-13 09:00",
        COMMUNE,
        identity(json!({"name": "Nguyễn Thị Giả"})),
    );
    assert_eq!(renamed.issues("2024-03-13"), Vec::<&str>::new());
    let younger = verified.and(
        "03-13 09:00",
        COMMUNE,
        identity(json!({"birth": {"date": "2015-05-17"}})),
    );
    assert_eq!(younger.issues("2024-03-13"), ["number-year-differs"]);
    let again = younger.and("03-14 09:00", POLICE, named("verify-number"));
    assert_eq!(again.issues("2024-03-14"), Vec::<&str>::new());
}

#[test]
fn what_a_commune_answered_is_answered_again_by_what_it_became() {
    let there = || {
        with(
            named("register-child"),
            json!({"residence": {"unit": "19114"}}),
        )
    };
    let begun = |id: u128| child(id).and("03-11 10:00", OTHER, there());
    let no = with(
        named("answer-same"),
        json!({"other": Uuid::from_u128(2), "answer": "not-same"}),
    );
    let (one, _) = both(begun(1), begun(2), "03-12 09:00", OTHER, &no).unwrap();
    assert!(one.record().denied(Uuid::from_u128(2)));
    let units = units();
    let now = units
        .current("19114", day("2024-03-12"), day("2025-08-01"))
        .unwrap();
    let now = now.units()[0].reference().to_owned();
    assert_ne!(now, "19114");
    let facts = events::AnsweredFacts {
        other: Uuid::from_u128(2),
        answer: events::Sameness::Same,
    };
    let event = Event::SameAnswered(crate::log::Split {
        facts,
        personal: None,
    });
    let later = Instant::parse("2025-08-01T09:00:00+07:00").unwrap();
    let version = i64::try_from(one.0.events()).unwrap() + 1;
    let told = one.0.evolve(crate::log::Recorded {
        event_id: Uuid::from_u128(77),
        version,
        position: version,
        occurred_at: later,
        recorded_at: later,
        actor: Actor::new(Role::CommuneOfficer, &now),
        event,
        older: None,
        cause: Cause::default(),
    });
    let record = told.record().unwrap();
    assert!(!record.denied(Uuid::from_u128(2)));
    assert_eq!(record.compared.len(), 1);
}

#[test]
fn who_begins_a_record_is_the_commune_or_the_province() {
    let begins = |role: &str| {
        let actor = Actor::new(Role::parse(role).unwrap(), "19111");
        let context = Context::new(at("03-12 08:00"), &actor, units());
        possible(None, &context)
    };
    for role in ["commune-officer", "commune-chair", "provincial-officer"] {
        assert_eq!(begins(role), ["register-child"], "{role}");
    }
    for role in [
        "police-officer",
        "hotline-operator",
        "health-worker",
        "inspector",
        "analyst",
        "administrator",
    ] {
        assert!(begins(role).is_empty(), "{role}");
    }
}
