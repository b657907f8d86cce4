//! Every act is tried a minute before each of its causes.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::Before;
use crate::case::Command;
use crate::case::testing::*;
use crate::time::Instant;

/// An act, and when its causes happened, each by its minute of 2024.
struct Row(Given, As, Value, &'static [(Before, &'static str)]);

const RECEIVED: &str = "03-11 09:00";

fn rows() -> Vec<Row> {
    use Before as B;
    const ACCEPTED: &str = "03-20 10:00";
    const FIRST: &[(Before, &str)] = &[(B::FirstReceipt, RECEIVED)];
    let taken_over = |case: Given| {
        case.and("03-20 09:00", OFFICER, transfer(OTHER)).and(
            ACCEPTED,
            OTHER_OFFICER,
            accept_transfer(),
        )
    };
    let called = given().and("03-11 09:05", HOTLINE, call(RECEIVED));
    let forwarded = called.and("03-11 09:10", HOTLINE, forward(COMMUNE));
    let urgent = taken_over(emergency());
    let started = approved().and("03-16 09:00", OFFICER, service("start-service", "p1"));
    let referred = assessed().and("03-12 09:00", OFFICER, refer("r1"));
    let taken = referred.and("03-13 09:00", HEALTH, answer("accept-referral", "r1"));
    let offered = assessed().and("03-13 09:00", OFFICER, transfer(OTHER));
    let proposed = assessed().and("03-13 09:00", OFFICER, propose_placement(OTHER));
    let followed = placed().and("04-20 09:00", OTHER_OFFICER, follow_up("04-20 08:00"));
    let admitted = assessed().and("03-12 09:00", CHAIR, admit());
    let listed = admitted.and("03-13 09:00", PROVIDER, list_child());
    let contradicted = given()
        .and("03-11 09:00", OFFICER, danger(report(RECEIVED)))
        .and("03-11 10:00", OFFICER, assess(false, false));
    let form = contradicted.event("InitialAssessmentRecorded");
    let elsewhere = with(
        call("03-20 21:00"),
        json!({"place_of_receipt": {"unit": "01"}, "incident": {"unit": OTHER}}),
    );
    let unseen = assessed().and("03-20 21:10", ("hotline-operator", "01"), elsewhere);
    let told = unseen.event("ReportReceived");
    let items = json!([item("p1", "2024-03-15", "2024-05-01")]);
    let mut rows = vec![
        Row(called, HOTLINE, forward(COMMUNE), &[(B::Receipt, RECEIVED)]),
        Row(
            forwarded,
            OFFICER,
            acknowledge(),
            &[(B::Forwarding, "03-11 09:10")],
        ),
        Row(
            reported(),
            OFFICER,
            verify("confirmed"),
            &[(B::RoundReceipt, RECEIVED)],
        ),
        Row(
            reported(),
            OFFICER,
            assess(false, false),
            &[(B::RoundReceipt, RECEIVED)],
        ),
        Row(
            separated().and("03-15 08:00", CHAIR, lift()),
            CHAIR,
            separate("2024-03-15", "2024-03-17"),
            &[(B::FirstReceipt, RECEIVED), (B::LastLifting, "03-15 08:00")],
        ),
        Row(
            separated(),
            CHAIR,
            extend("2024-03-24"),
            &[(B::Separation, "03-12 08:00")],
        ),
        Row(
            separated().and("03-19 08:00", CHAIR, extend("2024-03-24")),
            CHAIR,
            lift(),
            &[
                (B::Separation, "03-12 08:00"),
                (B::Extension, "03-19 08:00"),
            ],
        ),
        Row(
            separated().and("03-18 08:00", CHAIR, ask_court()),
            CLERK,
            court("refused", None),
            &[(B::CourtRequest, "03-18 08:00")],
        ),
        Row(
            emergency()
                .and("03-12 09:00", OFFICER, detail())
                .and("03-13 09:00", CHAIR, meet()),
            OFFICER,
            submit(),
            &[
                (B::InitialAssessment, "03-11 11:00"),
                (B::DetailedAssessment, "03-12 09:00"),
                (B::Meeting, "03-13 09:00"),
            ],
        ),
        Row(
            carried_out().and("03-29 09:00", OFFICER, review(true, false)),
            OFFICER,
            submit(),
            &[(B::Review, "03-29 09:00")],
        ),
        Row(
            urgent.clone(),
            OTHER_OFFICER,
            submit(),
            &[(B::TakeOver, ACCEPTED)],
        ),
        Row(
            approved(),
            CHAIR,
            adjust(items.clone()),
            &[(B::Approval, "03-15 09:00")],
        ),
        Row(
            taken_over(approved()),
            OTHER_CHAIR,
            adjust(items),
            &[(B::TakeOver, ACCEPTED)],
        ),
        Row(
            approved(),
            OFFICER,
            service("start-service", "p1"),
            &[(B::Approval, "03-15 09:00")],
        ),
        Row(
            carried_out(),
            OFFICER,
            review(true, true),
            &[(B::Approval, "03-15 09:00"), (B::LastItem, "03-28 09:00")],
        ),
        Row(
            taken_over(approved()),
            OTHER_OFFICER,
            review(true, true),
            &[(B::TakeOver, ACCEPTED)],
        ),
        Row(
            reported().and("03-11 10:00", OFFICER, verify("unfounded")),
            CHAIR,
            close("died"),
            &[
                (B::FirstReceipt, RECEIVED),
                (B::Verification, "03-11 10:00"),
            ],
        ),
        Row(
            reviewed(),
            CHAIR,
            close("died"),
            &[(B::Review, "03-29 09:00")],
        ),
        Row(
            closed().and("04-02 09:00", CHAIR, reopen()),
            CHAIR,
            close("died"),
            &[(B::Reopening, "04-02 09:00")],
        ),
        Row(
            urgent.clone(),
            OTHER_CHAIR,
            close("died"),
            &[(B::TakeOver, ACCEPTED)],
        ),
        Row(closed(), CHAIR, reopen(), &[(B::Closing, "04-01 09:00")]),
        Row(closed(), OFFICER, archive(), &[(B::Closing, "04-01 09:00")]),
        Row(reported(), OFFICER, transfer(OTHER), FIRST),
        Row(
            urgent.clone(),
            OTHER_OFFICER,
            transfer(COMMUNE),
            &[(B::TakeOver, ACCEPTED)],
        ),
        Row(
            offered.clone(),
            OFFICER,
            withdraw_transfer(),
            &[(B::Offer, "03-13 09:00")],
        ),
        Row(
            passed().and("03-14 09:00", INVESTIGATOR, grounds("found")),
            INVESTIGATOR,
            exam_ordered(),
            &[(B::CrimeReport, "03-12 09:00"), (B::Grounds, "03-14 09:00")],
        ),
        Row(
            passed().and("03-14 09:00", INVESTIGATOR, exam_ordered()),
            FORENSIC,
            conclude(),
            &[(B::ExamOrder, "03-14 09:00")],
        ),
        Row(
            passed().and("03-14 09:00", INVESTIGATOR, decide_crime("prosecute")),
            INVESTIGATOR,
            inform(),
            &[(B::CrimeDecision, "03-14 09:00")],
        ),
        Row(
            proposed,
            OTHER_OFFICER,
            verify_carer(true),
            &[
                (B::FirstReceipt, RECEIVED),
                (B::PlacementStep, "03-13 09:00"),
            ],
        ),
        Row(
            carer_verified(),
            OTHER_CHAIR,
            decide_placement(OTHER),
            &[
                (B::FirstReceipt, RECEIVED),
                (B::PlacementStep, "03-14 09:00"),
            ],
        ),
        Row(
            placement_decided(),
            OTHER_OFFICER,
            hand_over(),
            &[
                (B::FirstReceipt, RECEIVED),
                (B::PlacementStep, "03-15 09:00"),
            ],
        ),
        Row(
            placed(),
            OTHER_OFFICER,
            follow_up(RECEIVED),
            &[
                (B::FirstReceipt, RECEIVED),
                (B::PlacementStep, "03-29 09:00"),
            ],
        ),
        Row(
            followed,
            OTHER_CHAIR,
            end_placement("carer-asks"),
            &[
                (B::PlacementStep, "03-29 09:00"),
                (B::FollowUp, "04-20 08:00"),
            ],
        ),
        Row(
            listed,
            PROVINCIAL,
            appraise(OTHER),
            &[(B::Admission, "03-12 09:00"), (B::Listing, "03-13 09:00")],
        ),
        Row(
            assessed().and("03-12 09:00", CHAIR, put_in_charge("a")),
            CHAIR,
            relieve("a"),
            &[(B::Assignment, "03-12 09:00")],
        ),
        Row(
            contradicted,
            CHAIR,
            answer_contradiction(form, "danger-reported"),
            &[(B::Contradicted, "03-11 10:00")],
        ),
        Row(
            unseen,
            OFFICER,
            answer_same_child(told, true),
            &[(B::UnseenReport, "03-20 21:00")],
        ),
        Row(
            passed(),
            INVESTIGATOR,
            interview(RECEIVED, "03-11 10:00"),
            FIRST,
        ),
    ];
    for (who, command) in [(OFFICER, detail()), (CHAIR, meet())] {
        let new = if who == OFFICER {
            OTHER_OFFICER
        } else {
            OTHER_CHAIR
        };
        let form = &[(B::InitialAssessment, "03-11 11:00")];
        rows.push(Row(emergency(), who, command.clone(), form));
        let row = Row(urgent.clone(), new, command, &[(B::TakeOver, ACCEPTED)]);
        rows.push(row);
    }
    for command in [approve(), send_back()] {
        let submission = &[(B::Submission, "03-14 09:00")];
        rows.push(Row(submitted(), CHAIR, command.clone(), submission));
        let case = taken_over(submitted());
        rows.push(Row(case, OTHER_CHAIR, command, &[(B::TakeOver, ACCEPTED)]));
    }
    for kind in [
        "record-service-progress",
        "complete-service",
        "fail-service",
    ] {
        rows.push(Row(
            started.clone(),
            OFFICER,
            service(kind, "p1"),
            &[(B::Approval, "03-15 09:00"), (B::ItemStart, "03-16 09:00")],
        ));
    }
    for kind in ["accept-referral", "decline-referral"] {
        rows.push(Row(
            referred.clone(),
            HEALTH,
            answer(kind, "r1"),
            &[(B::Referral, "03-12 09:00")],
        ));
    }
    for (who, command) in [
        (HEALTH, answer("complete-referral", "r1")),
        (OFFICER, withdraw_referral("r1")),
    ] {
        rows.push(Row(
            taken.clone(),
            who,
            command,
            &[
                (B::Referral, "03-12 09:00"),
                (B::ReferralAcceptance, "03-13 09:00"),
            ],
        ));
    }
    rows
}

/// The act, said to have happened at that minute.
fn dated(command: &Value, at: Instant) -> Value {
    let read = Command::from_json(command.clone()).unwrap();
    let own = (read.body.gates().instant_field)().unwrap_or("/occurred_at");
    let mut command = command.clone();
    command[own.trim_start_matches('/')] = json!(at);
    command
}

const NOW: &str = "06-01 09:00";

/// Whoever gives a command that has no row of its own.
const EVERYBODY: [As; 12] = [
    OFFICER,
    CHAIR,
    OTHER_OFFICER,
    OTHER_CHAIR,
    HOTLINE,
    POLICE,
    HEALTH,
    CLERK,
    INVESTIGATOR,
    FORENSIC,
    PROVIDER,
    PROVINCIAL,
];

/// The commands that may be dated before anything else.
const FREE: [&str; 5] = [
    "receive-report",
    "apply-emergency-measure",
    "pass-competence",
    "correct",
    "confirm-correction",
];

#[test]
fn no_act_is_dated_before_what_made_it_possible() {
    let minute = |at: &str| Instant::parse(&t(at)).unwrap();
    let mut tried = BTreeSet::new();
    let mut commands = BTreeSet::new();
    let mut tables = Vec::new();
    for Row(case, who, command, causes) in rows() {
        let name = command["type"].as_str().unwrap().to_owned();
        let last = causes.iter().map(|(_, at)| minute(at)).max().unwrap();
        let done = case.and(NOW, who, dated(&command, last));
        let event = &done.history()[case.history().len()].event;
        let kind = event.event_type();
        tables.push((kind, event.after()));
        for (before, at) in causes {
            assert!(event.after().contains(before), "{kind} {before:?}");
            let at = Instant::from(minute(at).utc() - TimeDelta::minutes(1));
            let refused = case.when(NOW, who, dated(&command, at)).refusal();
            let expected = event.after().iter().find(|one| {
                let mut causes = causes.iter();
                causes.any(|(cause, when)| cause == *one && minute(when) > at)
            });
            let expected = *expected.unwrap();
            let code = match expected {
                Before::FirstReceipt => "before-the-report",
                _ => "before-its-cause",
            };
            assert_eq!(refused.code, code, "{name} {before:?} {refused:#?}");
            let name = expected.name().en;
            assert!(refused.message.en.contains(&name), "{}", refused.message.en);
            tried.insert((kind, format!("{expected:?}")));
        }
        commands.insert(name);
    }
    for (kind, table) in tables {
        for before in table {
            let row = (kind, format!("{before:?}"));
            assert!(tried.contains(&row), "not tried: {row:?}");
        }
    }
    let others = Command::NAMES
        .iter()
        .filter(|name| !commands.contains(**name));
    for name in others.filter(|name| !FREE.contains(name)) {
        no_example_is_dated_too_early(name);
    }
}

/// The example of a command that has no row is given in the case of each of the others, by whoever may.
fn no_example_is_dated_too_early(name: &str) {
    let mut asked: &[Before] = &[];
    let mut tried = BTreeSet::new();
    for Row(case, ..) in rows() {
        let last = case.history().iter().map(|event| event.occurred_at).max();
        let last = last.unwrap();
        for who in EVERYBODY {
            let act = |at| case.when(NOW, who, dated(&example(name), at));
            let Some(done) = act(last).accepted() else {
                continue;
            };
            let event = &done.history()[case.history().len()].event;
            asked = event.after();
            let causes = asked
                .iter()
                .map(|before| before.instant(case.state(), event));
            let causes: Vec<_> = asked.iter().zip(causes).collect();
            for at in causes.iter().filter_map(|(_, at)| *at) {
                let early = Instant::from(at.utc() - TimeDelta::minutes(1));
                let expected = causes
                    .iter()
                    .find(|(_, at)| at.is_some_and(|at| early < at));
                let expected = expected.unwrap().0;
                let refused = act(early).refusal();
                let named = refused.message.en.contains(&expected.name().en);
                assert!(
                    refused.code.starts_with("before-") && named,
                    "{name} {refused:#?}"
                );
                tried.insert(format!("{expected:?}"));
            }
        }
    }
    assert!(
        !asked.is_empty(),
        "{name} waits for nothing, or is possible in none of the cases: give it a row"
    );
    for before in asked {
        let before = format!("{before:?}");
        assert!(
            tried.contains(&before),
            "{name} is not tried before {before}: give it a row"
        );
    }
}
