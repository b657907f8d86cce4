//! Who may give which command from which seat, as a table: every command by everybody, before and after
//! a transfer, and with a referral that was offered, accepted, declined, completed and withdrawn. The
//! table stands in `table.txt` and is read by people: a change of it is a decision.
//!
//! `+` the table of competences lets it through (the procedure may still refuse), `.` it does not.

#[path = "../properties/samples.rs"]
#[expect(dead_code, reason = "shared with the properties")]
mod samples;

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::case::{Case, CaseView, Command, Context, Recorded, RejectionKind, decide};
use domain::identity::{Actor, Role};
use domain::time::Instant;
use domain::unit::Units;
use samples::*;
use serde_json::{Value, json};
use uuid::Uuid;

/// The commune of a carer, and one that has nothing to do with the case.
const CARER: &str = "19117";
const STRANGER: &str = "19123";

const EVERYBODY: &[(&str, As)] = &[
    ("incident, officer", OFFICER),
    ("incident, chair", CHAIR),
    ("residence, officer", OTHER_OFFICER),
    ("residence, chair", OTHER_CHAIR),
    ("carer, officer", ("commune-officer", CARER)),
    ("carer, chair", ("commune-chair", CARER)),
    ("stranger, officer", ("commune-officer", STRANGER)),
    ("stranger, chair", ("commune-chair", STRANGER)),
    ("receipt, hotline", HOTLINE),
    ("hotline elsewhere", ("hotline-operator", "01")),
    ("police of the commune", POLICE),
    ("investigating body", INVESTIGATOR),
    ("police elsewhere", ("police-officer", STRANGER)),
    ("procuracy", PROSECUTOR),
    ("forensic body", FORENSIC),
    ("health, referred", HEALTH),
    ("health elsewhere", ("health-worker", STRANGER)),
    ("school, referred item", ("education-worker", COMMUNE)),
    ("facility", PROVIDER),
    ("provider elsewhere", ("provider-worker", STRANGER)),
    ("legal aid", ("legal-aid-worker", PROVINCE)),
    ("court", CLERK),
    ("province", PROVINCIAL),
    ("another province", ("provincial-officer", "01")),
    ("inspector", INSPECTOR),
    ("analyst", ("analyst", PROVINCE)),
    ("administrator", ("administrator", PROVINCE)),
];

fn play(case: &Case, clock: &str, who: As, command: Value) -> Case {
    let text = command.to_string();
    let command = Command::from_json(command).unwrap();
    let now = Instant::parse(&t(clock)).unwrap();
    let actor = Actor::new(Role::parse(who.0).unwrap(), who.1);
    let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
    let context = Context::new(now, &actor, &procedure, &calendar);
    let decided = decide(CaseView::of(case), &command, &context);
    let decided = decided.unwrap_or_else(|refusal| panic!("{text}\n{refusal:#?}"));
    decided.into_iter().fold(case.clone(), |case, decided| {
        let version = i64::try_from(case.history().len()).unwrap() + 1;
        case.evolve(Recorded {
            event_id: Uuid::from_u128(version.unsigned_abs().into()),
            version,
            position: version,
            occurred_at: decided.occurred_at,
            recorded_at: now,
            actor: actor.clone(),
            event: decided.event,
            older: None,
            cause: domain::log::Cause::default(),
        })
    })
}

/// A case with every seat taken: told by the hotline, happened in one commune, the child lives in
/// another, a carer in a third; police, court, services and a facility have their parts.
fn case() -> Case {
    let called = with(
        call("03-11 09:00"),
        json!({"child": {"residence_unit": OTHER}, "crime_suspected": true}),
    );
    let school = with(
        refer("r2"),
        json!({"to_agency": {"kind": "school", "unit": COMMUNE}, "item_id": "p1"}),
    );
    let steps: Vec<(&str, As, Value)> = vec![
        ("03-11 09:05", HOTLINE, called),
        ("03-11 09:10", HOTLINE, forward(COMMUNE)),
        ("03-11 09:20", OFFICER, acknowledge()),
        ("03-11 11:00", OFFICER, assess(true, true)),
        ("03-11 12:00", HOTLINE, pass_crime()),
        ("03-11 13:00", INVESTIGATOR, exam_ordered()),
        ("03-11 14:00", CHAIR, separate("2024-03-11", "2024-03-20")),
        ("03-11 15:00", CHAIR, admit()),
        ("03-12 08:00", CHAIR, ask_court()),
        ("03-12 09:00", OFFICER, detail()),
        ("03-12 10:00", CHAIR, meet()),
        ("03-12 11:00", OFFICER, submit()),
        ("03-12 12:00", CHAIR, approve()),
        ("03-12 13:00", OFFICER, propose_placement(CARER)),
        ("03-12 14:00", OFFICER, refer("r1")),
        ("03-12 15:00", OFFICER, school),
        (
            "03-12 16:00",
            ("education-worker", COMMUNE),
            answer("accept-referral", "r2"),
        ),
    ];
    steps.into_iter().fold(
        Case::new(Units::shipped()),
        |case, (clock, who, command)| play(&case, clock, who, command),
    )
}

/// Every command, about what the case has or could have.
fn commands() -> Vec<Value> {
    let of_this_case = |command: Value| {
        let changes = match command["type"].as_str().unwrap() {
            "transfer-case" => json!({"to_unit": "19120"}),
            "refer" => json!({"referral_id": "r3"}),
            "record-forensic-grounds" => json!({"exam_id": "g2"}),
            "order-forensic-exam" => json!({"exam_id": "g3"}),
            "propose-placement" => json!({"placement_id": "c2", "carer_unit": CARER}),
            "decide-placement" | "appraise-listing" => json!({"carer_unit": CARER}),
            _ => json!({}),
        };
        with(command, changes)
    };
    one_of_each().into_iter().map(of_this_case).collect()
}

/// Whether the table of competences lets the command through.
fn may(case: &Case, who: As, command: &Value) -> bool {
    let command = Command::from_json(command.clone()).unwrap();
    let actor = Actor::new(Role::parse(who.0).unwrap(), who.1);
    let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
    let now = Instant::parse(&t("03-18 10:00")).unwrap();
    let context = Context::new(now, &actor, &procedure, &calendar);
    match decide(CaseView::of(case), &command, &context) {
        Ok(_) => true,
        Err(refusal) => refusal.kind != RejectionKind::Forbidden,
    }
}

fn table() -> String {
    let before = case();
    let offered = play(&before, "03-14 09:00", OFFICER, transfer(OTHER));
    let after = play(&offered, "03-14 10:00", OTHER_OFFICER, accept_transfer());
    let health = |command: &str| play(&before, "03-13 09:00", HEALTH, answer(command, "r1"));
    let accepted = health("accept-referral");
    let situations = [
        ("before the transfer; referral offered", &before),
        ("transfer offered", &offered),
        ("after the transfer", &after),
        ("referral accepted", &accepted),
        ("referral declined", &health("decline-referral")),
        (
            "referral completed",
            &play(
                &accepted,
                "03-14 09:00",
                HEALTH,
                answer("complete-referral", "r1"),
            ),
        ),
        (
            "referral withdrawn",
            &play(&accepted, "03-14 09:00", OFFICER, withdraw_referral("r1")),
        ),
    ];
    let mut text = String::new();
    for (number, (name, _)) in EVERYBODY.iter().enumerate() {
        text.push_str(&format!("{:>2} {name}\n", number + 1));
    }
    for (situation, case) in situations {
        text.push_str(&format!("\n# {situation}\n{:29}", ""));
        for number in 1..=EVERYBODY.len() {
            text.push_str(&format!("{number:>3}"));
        }
        text.push('\n');
        for command in commands() {
            text.push_str(&format!("{:29}", command["type"].as_str().unwrap()));
            for (_, who) in EVERYBODY {
                text.push_str(if may(case, *who, &command) {
                    "  +"
                } else {
                    "  ."
                });
            }
            text.push('\n');
        }
    }
    text
}

#[test]
fn the_table_of_seats_is_as_it_was_decided() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seats/table.txt");
    let now = table();
    let decided = std::fs::read_to_string(path).unwrap_or_default();
    if now != decided {
        let new = std::env::temp_dir().join("seats-table.txt");
        std::fs::write(&new, &now).unwrap();
        for (line, (was, is)) in decided.lines().zip(now.lines()).enumerate() {
            if was != is {
                println!("{}: {was}\n{}: {is}", line + 1, line + 1);
            }
        }
        panic!(
            "who may give what has changed. Read {} and, if it is right, put it in place of {path}",
            new.display()
        );
    }
}

#[test]
fn every_command_has_a_row_for_every_day() {
    let procedure = Procedure::shipped();
    for name in Command::NAMES {
        for day in [
            "2017-07-01",
            "2024-03-11",
            "2025-02-28",
            "2025-03-01",
            "2025-06-30",
            "2025-07-01",
            "2030-01-01",
        ] {
            let at = Instant::parse(&format!("{day}T12:00:00+07:00")).unwrap();
            let row = procedure.competence(name, at);
            let row = row.unwrap_or_else(|| panic!("nobody may {name} on {day}"));
            assert!(!row.roles().is_empty());
        }
    }
}

#[test]
fn from_march_2025_investigators_are_posted_to_communes() {
    let procedure = Procedure::shipped();
    for (day, posted) in [("2025-02-28", false), ("2025-03-01", true)] {
        let at = Instant::parse(&format!("{day}T12:00:00+07:00")).unwrap();
        let row = procedure.competence("decide-crime-report", at).unwrap();
        let seats = row.may.iter().map(|grant| grant.seat);
        let has = seats
            .clone()
            .any(|seat| seat == domain::case::SeatName::PostedInvestigator);
        assert_eq!(has, posted, "{day}");
        assert_eq!(row.interpretations.is_empty(), !posted);
    }
}

/// Every line of the table of the law: steps of the support procedure, of alternative care, of the
/// criminal side.
#[test]
fn every_line_of_the_law_has_an_owner_or_a_reason_why_not() {
    let procedure = Procedure::shipped();
    let numbered = |letter: &str, last: u32| -> Vec<String> {
        (1..=last)
            .map(|number| format!("{letter}{number:02}"))
            .collect()
    };
    for line in [numbered("S", 22), numbered("A", 9), numbered("P", 8)].concat() {
        let owned = procedure
            .steps
            .iter()
            .any(|step| step.lines.contains(&line));
        let mut unowned = procedure
            .unowned
            .iter()
            .filter(|unowned| unowned.line == line);
        let why = unowned.any(|unowned| !unowned.reason.vi.is_empty());
        assert!(owned || why, "nobody owes {line}");
    }
}
