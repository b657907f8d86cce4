//! What holds over several commands: whose part has ended, units that have ended, danger that is seen
//! later, and what stays late.

use serde_json::{Value, json};

use super::testing::*;
use super::{Case, Event, Part, ReferralStatus, as_read};
use crate::identity::Role;
use crate::law::{Obligation, ObligationState};
use crate::permit::Viewer;
use crate::unit::Units;

/// An agency of this commune was asked and answered.
fn referred() -> Given {
    assessed().and("03-12 09:00", OFFICER, refer("r1"))
}

fn because(command: Value, reason: &str) -> Value {
    with(command, json!({"reason": reason}))
}

/// The types of the events that the viewer reads.
fn reads(case: &Given, role: Role, unit: &str) -> Vec<&'static str> {
    let whole = Case::fold(case.history().to_vec(), Units::shipped());
    let read = as_read(
        &whole,
        Viewer {
            role,
            unit,
            units: Units::shipped(),
        },
    )
    .unwrap();
    let events = read.history().iter();
    events.map(|event| event.event.event_type()).collect()
}

#[test]
fn who_declined_a_referral_keeps_number_day_and_answer() {
    let declined = referred().and(
        "03-13 09:00",
        HEALTH,
        because(answer("decline-referral", "r1"), "Không có bác sĩ tâm lý"),
    );
    let Part::Referral(kept) = declined.state().part(Role::HealthWorker, COMMUNE) else {
        panic!("{:?}", declined.state().part(Role::HealthWorker, COMMUNE));
    };
    assert_eq!(kept.status, ReferralStatus::Declined);
    assert_eq!(kept.answer.as_deref(), Some("Không có bác sĩ tâm lý"));
    assert_eq!(
        kept.ended.as_ref().unwrap().0.at.to_string(),
        t("03-13 09:00")
    );
    assert!(!declined.state().concerns(Role::HealthWorker, COMMUNE));
    let id = declined.event("ReportReceived");
    for command in [
        note(),
        visit("03-13 15:00"),
        pass_crime(),
        correct(id, "/child/name", json!("Khác")),
        correct(declined.event("ReferralDeclined"), "/reason", json!("Khác")),
    ] {
        let refused = declined.when("03-14 09:00", HEALTH, command).refusal();
        assert_eq!(refused.code, "not-your-unit");
    }
}

#[test]
fn who_did_not_take_a_case_keeps_number_day_and_answer() {
    let offered = assessed().and("03-13 09:00", OFFICER, transfer(OTHER));
    let declined = offered.and("03-13 10:00", OTHER_OFFICER, decline_transfer());
    let withdrawn = offered.and("03-13 11:00", OFFICER, withdraw_transfer());
    let reason = Some("Trẻ đã chuyển đi nơi khác".to_owned());
    for (case, answer, at) in [
        (declined, reason, "03-13 10:00"),
        (withdrawn, None, "03-13 11:00"),
    ] {
        for role in [Role::CommuneOfficer, Role::CommuneChair] {
            let Part::Offer(kept) = case.state().part(role, OTHER) else {
                panic!("{:?}", case.state().part(role, OTHER));
            };
            assert_eq!(kept.answer, answer);
            assert_eq!(kept.offered_at.to_string(), t("03-13 09:00"));
            assert_eq!(kept.by.at.to_string(), t(at));
        }
        for command in [
            note(),
            verify("confirmed"),
            refer("r1"),
            visit("03-13 15:00"),
        ] {
            case.when("03-14 09:00", OTHER_OFFICER, command)
                .then_refused("not-your-unit");
        }
        assert_eq!(case.state().part(Role::PoliceOfficer, OTHER), Part::None);
    }
}

#[test]
fn other_seats_remain_when_a_part_ends() {
    let two = referred().and("03-12 10:00", OFFICER, refer("r2"));
    let one = two
        .and("03-13 09:00", HEALTH, answer("accept-referral", "r1"))
        .and("03-13 10:00", HEALTH, answer("decline-referral", "r2"));
    assert_eq!(one.state().part(Role::HealthWorker, COMMUNE), Part::Takes);
    // The commune of residence did not take the case; it stays that of residence.
    let lives = with(
        report("03-11 09:00"),
        json!({"child": {"residence_unit": OTHER}}),
    );
    let case = reported_with(lives)
        .and("03-11 11:00", OFFICER, assess(false, false))
        .and("03-13 09:00", OFFICER, transfer(OTHER))
        .and("03-13 10:00", OTHER_OFFICER, decline_transfer());
    assert_eq!(case.state().part(Role::CommuneOfficer, OTHER), Part::Takes);
    case.when("03-14 09:00", OTHER_OFFICER, verify("confirmed"))
        .then(&["ReportVerified"]);
}

#[test]
fn who_completed_a_referral_reads_what_stood_there_until_then() {
    let completed = referred()
        .and("03-13 09:00", HEALTH, answer("accept-referral", "r1"))
        .and("03-14 15:00", HEALTH, visit("03-14 14:00"))
        .and("03-15 09:00", HEALTH, answer("complete-referral", "r1"));
    let later = completed
        .and("03-18 09:00", OFFICER, report("03-18 09:00"))
        .and("03-18 10:00", OFFICER, refer("r2"))
        .and("03-18 11:00", OFFICER, withdraw_referral("r2"));
    // The report of the 18th is not there for it, nor what it was asked and did not begin.
    assert_eq!(
        reads(&completed, Role::HealthWorker, COMMUNE),
        [
            "ReportReceived",
            "ReferralMade",
            "ReferralAccepted",
            "VisitRecorded",
            "ReferralCompleted",
        ]
    );
    assert_eq!(
        reads(&later, Role::HealthWorker, COMMUNE),
        reads(&completed, Role::HealthWorker, COMMUNE)
    );
    later
        .when("03-19 09:00", HEALTH, note())
        .then_refused("not-your-unit");
    // Who gave the case away reads on what its other seats are about, and no more.
    let given_away = accepted().and("03-15 09:00", OTHER_OFFICER, visit("03-15 08:00"));
    let read = reads(&given_away, Role::CommuneOfficer, COMMUNE);
    assert!(read.contains(&"TransferAccepted"), "{read:?}");
    assert!(!read.contains(&"VisitRecorded"), "{read:?}");
}

#[test]
fn whoever_had_a_part_can_tell_of_new_danger() {
    let told = danger(with(
        report("03-20 09:00"),
        json!({"place_of_receipt": {"kind": "health"}}),
    ));
    let declined = referred().and("03-13 09:00", HEALTH, answer("decline-referral", "r1"));
    let withdrawn = referred().and("03-13 09:00", OFFICER, withdraw_referral("r1"));
    let completed = referred()
        .and("03-13 09:00", HEALTH, answer("accept-referral", "r1"))
        .and("03-14 09:00", HEALTH, answer("complete-referral", "r1"));
    for case in [declined, withdrawn, completed] {
        let again = case
            .when("03-20 09:05", HEALTH, told.clone())
            .then(&["ReportReceived"]);
        assert_eq!(
            again.obligation("emergency-measure", "03-20 10:00"),
            "open 03-20 21:00"
        );
    }
    // A health worker who never had a part does not.
    assessed()
        .when("03-20 09:05", HEALTH, told)
        .then_refused("not-your-unit");
    let offered = assessed().and("03-13 09:00", OFFICER, transfer(OTHER)).and(
        "03-13 10:00",
        OTHER_OFFICER,
        decline_transfer(),
    );
    let told = danger(with(
        report("03-20 09:00"),
        json!({"place_of_receipt": {"unit": OTHER}}),
    ));
    let again = offered.and("03-20 09:05", OTHER_OFFICER, told);
    assert_eq!(
        again.obligation("emergency-measure", "03-20 10:00"),
        "open 03-20 21:00"
    );
}

/// A unit that ended on 1 December 2024, and what it became.
const ENDED: &str = "19195";
const SUCCESSOR: &str = "19198";

#[test]
fn a_unit_that_has_ended_is_asked_for_nothing_and_its_successor_is_named() {
    let passed = passed();
    let health = json!({"kind": "health", "unit": ENDED});
    let carer = |command: Value| with(command, json!({"carer_unit": ENDED}));
    let verified = carer_verified();
    let listed =
        assessed()
            .and("03-12 09:00", CHAIR, admit())
            .and("03-13 09:00", PROVIDER, list_child());
    let refused: [(&Given, As, Value, &str); 9] = [
        (
            &passed,
            OFFICER,
            with(
                refer("r1"),
                json!({"to_agency": health, "respond_by": null}),
            ),
            "/to_agency/unit",
        ),
        (
            &assessed(),
            OFFICER,
            with(pass_crime(), json!({"to_unit": ENDED})),
            "/to_unit",
        ),
        (
            &passed,
            INVESTIGATOR,
            with(exam_ordered(), json!({"unit": ENDED})),
            "/unit",
        ),
        (
            &passed,
            CHAIR,
            with(ask_court(), json!({"to_unit": ENDED})),
            "/to_unit",
        ),
        (
            &passed,
            CHAIR,
            with(admit(), json!({"unit": ENDED})),
            "/unit",
        ),
        (&passed, OFFICER, propose_placement(ENDED), "/carer_unit"),
        (
            &verified,
            OTHER_CHAIR,
            carer(decide_placement(OTHER)),
            "/carer_unit",
        ),
        (&listed, PROVINCIAL, carer(appraise(OTHER)), "/carer_unit"),
        (&passed, OFFICER, transfer(ENDED), "/to_unit"),
    ];
    for (case, who, command, field) in refused {
        let refusal = case.when("12-02 09:00", who, command.clone()).refusal();
        assert_eq!(
            (refusal.code, refusal.field.as_deref()),
            ("unit-ended", Some(field)),
            "{command}"
        );
        for sentence in [&refusal.message.vi, &refusal.message.en] {
            assert!(sentence.contains(&format!("({SUCCESSOR})")), "{sentence}");
        }
        // An act of the day before, recorded late, is judged by its own day.
        if command["type"] != "decide-placement" {
            case.and("12-02 09:00", who, at(command, "11-30 09:00"));
        }
    }
}

/// The duty to protect that arose last, as of `clock`.
fn last_emergency(case: &Given, clock: &str) -> Obligation {
    let all = case.obligations(clock);
    let mut owed = all.into_iter().rev();
    owed.find(|owed| owed.step == "emergency-measure").unwrap()
}

fn in_danger(command: Value) -> Value {
    with(command, json!({"danger_now": true}))
}

/// A case with everybody in it who may see the child: a service for the item, an agency that was asked,
/// a facility, a carer's commune.
fn watched() -> Given {
    let for_item = with(refer("r1"), json!({"item_id": "p1"}));
    approved()
        .and("03-15 10:00", OFFICER, for_item)
        .and("03-15 11:00", HEALTH, answer("accept-referral", "r1"))
        .and("03-15 12:00", OFFICER, refer("r2"))
        .and("03-15 13:00", CHAIR, admit())
        .and("03-15 14:00", OFFICER, propose_placement(OTHER))
        .and("03-15 15:00", OTHER_OFFICER, verify_carer(true))
        .and("03-16 09:00", OTHER_CHAIR, decide_placement(OTHER))
        .and("03-16 10:00", OTHER_OFFICER, hand_over())
}

/// Who may see the child in danger, with what.
fn sights() -> Vec<(As, Value)> {
    let progress = service("record-service-progress", "p1");
    vec![
        (OFFICER, detail()),
        (OFFICER, visit("03-20 09:00")),
        (CHAIR, visit("03-20 09:00")),
        (HEALTH, visit("03-20 09:00")),
        (PROVIDER, visit("03-20 09:00")),
        (OFFICER, progress.clone()),
        (HEALTH, progress),
        (OFFICER, refer("r3")),
        (PROVINCIAL, refer("r3")),
        (HEALTH, answer("accept-referral", "r2")),
        (HEALTH, answer("decline-referral", "r2")),
        (HEALTH, answer("complete-referral", "r2")),
        (OTHER_OFFICER, follow_up("03-20 09:00")),
    ]
}

#[test]
fn danger_that_is_seen_opens_twelve_hours_whoever_saw_it() {
    for (who, command) in sights() {
        let seen = watched().and("03-20 09:00", who, in_danger(command.clone()));
        let owed = last_emergency(&seen, "03-20 10:00");
        assert_eq!(owed.state, ObligationState::Open, "{who:?} {command}");
        assert_eq!(owed.due_at.unwrap().to_string(), t("03-20 21:00"));
        assert!(seen.state().emergency());
        let safe = watched().and(
            "03-20 09:00",
            who,
            with(command.clone(), json!({"danger_now": false})),
        );
        assert!(
            !safe.open().contains(&"emergency-measure".to_owned()),
            "{command}"
        );
    }
}

/// Closed because the child has another case.
fn closed_as_twice(case: &Given) -> Given {
    let other = json!({"other_case": uuid::Uuid::from_u128(7)});
    let why = json!({"contradiction_reason": "Theo dõi ở vụ việc kia"});
    let closing = with(with(close("recorded-twice"), other), why);
    case.and("03-19 09:00", CHAIR, closing)
}

/// Nothing arose at that minute that the closing lets nobody do.
#[track_caller]
fn nothing_in_vain(case: &Given, clock: &str) {
    let possible = [
        "emergency-measure",
        "answer-contradiction",
        "placement-follow-up",
    ];
    for owed in case.obligations(clock) {
        let new = owed.opened_at.to_string() == t(clock) && owed.is_open();
        assert!(!new || possible.contains(&owed.step.as_str()), "{owed:#?}");
    }
}

#[test]
fn danger_that_is_seen_is_told_of_a_closed_case_as_well() {
    let closed = closed_as_twice(&watched());
    for (who, command) in sights() {
        // To refer the child to somebody else is to take the case up again.
        if command["type"] == "refer" {
            continue;
        }
        let seen = closed.and("03-20 09:00", who, in_danger(command.clone()));
        let owed = last_emergency(&seen, "03-20 10:00");
        assert_eq!(owed.state, ObligationState::Open, "{who:?} {command}");
        assert_eq!(owed.due_at.unwrap().to_string(), t("03-20 21:00"));
        nothing_in_vain(&seen, "03-20 09:00");
        let protected = seen.and("03-20 12:00", CHAIR, measure("03-20 11:00"));
        assert_eq!(
            last_emergency(&protected, "03-20 13:00").state,
            ObligationState::Met
        );
        // Without danger the case has to be reopened first; a placement goes on beside it.
        if who != OTHER_OFFICER {
            closed
                .when("03-20 09:00", who, command)
                .then_refused("case-closed");
        }
    }
    // Where no plan was in force form 03 would call for a meeting.
    let seen = closed_as_twice(&assessed()).and("03-20 09:00", OFFICER, in_danger(detail()));
    nothing_in_vain(&seen, "03-20 09:00");
    assert_eq!(
        seen.obligation("emergency-measure", "03-20 10:00"),
        "open 03-20 21:00"
    );
}

#[test]
fn danger_that_was_seen_before_the_closing_and_written_down_after_it_is_answered() {
    let case = closed().and("04-02 09:00", OFFICER, in_danger(visit("03-31 09:00")));
    let owed = last_emergency(&case, "04-02 10:00");
    assert_eq!(owed.state, ObligationState::Overdue);
    let case = case.and("04-02 11:00", CHAIR, measure("04-02 10:00"));
    assert_eq!(
        last_emergency(&case, "04-02 12:00").state,
        ObligationState::MetLate
    );
    // An older sight that is written down last does not take the answer away from a newer one.
    let case = closed()
        .and("04-02 09:00", OFFICER, in_danger(visit("04-02 08:00")))
        .and("04-02 10:00", OFFICER, in_danger(visit("03-31 09:00")));
    case.when("04-02 11:00", CHAIR, measure("04-02 10:30"))
        .then(&["EmergencyMeasureApplied"]);
}

/// The last obligation of a step that fell away: whether late, and by how much.
fn fell_away(case: &Given, step: &str, clock: &str) -> (bool, Option<String>) {
    let all = case.obligations(clock);
    let waived = |owed: &&Obligation| owed.step == step && owed.state == ObligationState::Waived;
    let owed = all.iter().rfind(waived);
    let owed = owed.unwrap_or_else(|| panic!("no {step} fell away: {all:#?}"));
    assert!(owed.waived_because.is_some());
    (owed.late, owed.late_by.clone())
}

fn late_by(length: &str) -> (bool, Option<String>) {
    (true, Some(length.to_owned()))
}

#[test]
fn what_was_late_when_it_fell_away_stays_late() {
    // The child died, two hours after the twelve were over.
    let died = emergency().and("03-11 23:00", CHAIR, close("died"));
    assert_eq!(
        fell_away(&died, "emergency-measure", "03-12 00:00"),
        late_by("PT2H")
    );
    // The case was closed: a plan was due by the end of the 18th.
    let closed = assessed().and("03-19 09:00", CHAIR, close_otherwise());
    assert_eq!(
        fell_away(&closed, "submit-plan", "03-20 00:00"),
        late_by("PT9H")
    );
    // An emergency was found after the plan was due.
    let later = assessed()
        .and("03-19 01:00", OFFICER, report("03-19 01:00"))
        .and("03-19 02:00", OFFICER, assess(true, false));
    assert_eq!(
        fell_away(&later, "submit-plan", "03-20 00:00"),
        late_by("PT2H")
    );
    // The court decided on day 20: the separation had to end with the 27th.
    let decided = separated().and("03-18 08:00", CHAIR, ask_court()).and(
        "04-01 00:00",
        CLERK,
        court("continue-separation", None),
    );
    assert_eq!(
        fell_away(&decided, "separation-end", "04-02 00:00"),
        late_by("P4D")
    );
    // The item should have ended with 1 April; it was adjusted on the 2nd.
    let adjusted = approved().and(
        "04-02 12:00",
        CHAIR,
        adjust(json!([item("p1", "2024-03-15", "2024-05-01")])),
    );
    assert_eq!(
        fell_away(&adjusted, "carry-out", "04-03 00:00"),
        late_by("PT12H")
    );
    // The report of crime was to be decided by the end of 1 April, and was prolonged on the 3rd.
    let prolonged = passed().and(
        "04-03 00:00",
        INVESTIGATOR,
        prolong("complex", "2024-05-12"),
    );
    assert_eq!(
        fell_away(&prolonged, "decide-crime-report", "04-04 00:00"),
        late_by("P1D")
    );
}

#[test]
fn what_was_in_time_when_it_fell_away_is_not_late() {
    let died = emergency().and("03-11 20:00", CHAIR, close("died"));
    assert_eq!(
        fell_away(&died, "emergency-measure", "03-12 00:00"),
        (false, None)
    );
    let prolonged = passed().and(
        "04-01 09:00",
        INVESTIGATOR,
        prolong("complex", "2024-05-12"),
    );
    assert_eq!(
        fell_away(&prolonged, "decide-crime-report", "05-30 00:00"),
        (false, None)
    );
    let adjusted = approved().and(
        "04-01 12:00",
        CHAIR,
        adjust(json!([item("p1", "2024-03-15", "2024-05-01")])),
    );
    assert_eq!(
        fell_away(&adjusted, "carry-out", "05-30 00:00"),
        (false, None)
    );
}

#[test]
fn a_late_prolongation_of_another_agency_is_recorded_and_the_new_time_counts() {
    let prolonged = passed().and(
        "04-05 09:00",
        INVESTIGATOR,
        prolong("complex", "2024-05-12"),
    );
    assert_eq!(
        prolonged.obligation("decide-crime-report", "04-06 00:00"),
        "open 05-14 00:00"
    );
    assert!(matches!(
        prolonged.history().last().unwrap().event,
        Event::CrimeReportProlonged(_)
    ));
}
