//! Nothing that protects a child ends by another's word, by a correction or by a closing alone: it is
//! answered, or asked about; and who could not have been in time is not the one who was late.

use serde_json::{Value, json};
use uuid::Uuid;

use super::testing::*;
use crate::identity::Role;

/// A place of receipt saw danger at 9:00.
fn told() -> Given {
    given().and("03-11 09:00", OFFICER, danger(report("03-11 09:00")))
}

fn unknown() -> Value {
    let open = json!({"grave": "unknown", "carer_is_harmer": "unknown"});
    with(assess(false, false), open)
}

fn asked(case: &Given) -> bool {
    case.open().contains(&"answer-contradiction".to_owned())
}

#[test]
fn another_reason_of_closing_is_another_closing() {
    for reason in [
        "safe-and-stable",
        "unfounded",
        "transferred",
        "other",
        "recorded-twice",
    ] {
        let case = told().and("03-11 10:00", CHAIR, close("died"));
        let closing = case.event("CaseClosed");
        let refused = case.when(
            "03-11 10:05",
            CHAIR,
            correct(closing, "/reason", json!(reason)),
        );
        assert_eq!(refused.refusal().against, Some(closing), "{reason}");
    }
    // What would have been accepted then is the truth, and is taken.
    let case = reviewed().and("06-25 09:00", CHAIR, close("died"));
    let closing = case.event("CaseClosed");
    case.when(
        "06-25 10:00",
        CHAIR,
        correct(closing, "/reason", json!("safe-and-stable")),
    )
    .then(&["FactCorrected"]);
}

#[test]
fn the_reason_for_lifting_without_form_03_stays() {
    let reason = json!({"reason": "Gia đình an toàn"});
    let case = separated().and("03-20 09:00", CHAIR, with(lift(), reason));
    let lifting = case.event("SeparationLifted");
    let taken = case.when(
        "03-20 10:00",
        CHAIR,
        correct(lifting, "/reason", Value::Null),
    );
    assert_eq!(taken.refusal().against, Some(lifting));
}

#[test]
fn a_no_of_the_next_round_is_asked_about_the_danger_of_the_last() {
    let seen = with(visit("03-11 11:00"), json!({"danger_now": true}));
    for (first, then) in [
        (told().and("03-11 10:00", OFFICER, unknown()), None),
        (
            reported().and("03-11 10:00", OFFICER, assess(true, true)),
            None,
        ),
        (
            reported().and("03-11 10:00", OFFICER, assess(false, false)),
            Some(seen),
        ),
    ] {
        let first = match then {
            Some(visit) => first.and("03-11 11:00", OFFICER, visit),
            None => first,
        };
        let again = first.and("03-11 12:00", OFFICER, report("03-11 12:00"));
        let denied = again.and("03-11 12:30", OFFICER, assess(false, false));
        assert!(asked(&denied));
        // Where a measure was taken since, there is nothing to ask.
        let protected = first
            .and("03-11 11:30", CHAIR, measure("03-11 11:30"))
            .and("03-11 12:00", OFFICER, report("03-11 12:00"))
            .and("03-11 12:30", OFFICER, assess(false, false));
        assert!(!asked(&protected));
    }
}

#[test]
fn unfounded_is_asked_about_where_danger_was_told_or_another_found_it_true() {
    let police = told().and("03-11 10:00", POLICE, verify("unfounded"));
    assert!(asked(&police));
    assert_eq!(police.owed_by("answer-contradiction"), Some(COMMUNE.into()));
    let other = reported()
        .and("03-11 10:00", OFFICER, verify("confirmed"))
        .and("03-11 11:00", POLICE, verify("unfounded"));
    assert!(asked(&other));
    let plain = reported().and("03-11 10:00", OFFICER, verify("unfounded"));
    assert!(!asked(&plain));
}

#[test]
fn danger_is_not_moved_before_the_measure_that_would_answer_it() {
    let taken = told().and("03-11 10:00", CHAIR, measure("03-11 09:30"));
    let again = taken.and("03-11 12:00", OFFICER, danger(report("03-11 12:00")));
    let second = again.event("ReportReceived");
    let earlier = correct(second, "/received_at", json!(t("03-11 09:15")));
    let moved = again.and("03-11 13:00", CHAIR, earlier);
    assert_eq!(
        moved.obligation("emergency-measure", "03-11 14:00"),
        "open 03-12 00:00"
    );
    assert!(asked(&moved));
    // Earlier, but after the measure: it is as it was told, and due the sooner.
    let sooner = correct(second, "/received_at", json!(t("03-11 11:00")));
    let sooner = again.and("03-11 13:00", CHAIR, sooner);
    assert_eq!(
        sooner.obligation("emergency-measure", "03-11 14:00"),
        "open 03-11 23:00"
    );
    let seen = with(visit("03-15 09:00"), json!({"danger_now": true}));
    let visited = taken.and("03-15 09:00", OFFICER, seen);
    let visit = visited.event("VisitRecorded");
    let back = correct(visit, "/visited_at", json!(t("03-11 09:10")));
    let back = visited.and("03-15 10:00", OFFICER, back);
    assert!(
        back.obligation("emergency-measure", "03-15 11:00")
            .starts_with("open")
    );
}

#[test]
fn who_took_danger_back_does_not_confirm_it() {
    let own = json!({"place_of_receipt": {"kind": "health-agency", "unit": PROVINCIAL.1}});
    let case = given()
        .and(
            "03-11 09:00",
            PROVINCIAL,
            with(danger(call("03-11 09:00")), own),
        )
        .and("03-11 09:10", PROVINCIAL, forward(COMMUNE));
    let report = case.event("ReportReceived");
    let back = case.and(
        "03-11 10:00",
        PROVINCIAL,
        correct(report, "/danger_now", json!(false)),
    );
    let confirm = || answer_contradiction(back.event("FactCorrected"), "danger-taken-back");
    back.when("03-11 10:05", PROVINCIAL, confirm())
        .then_refused("same-person");
    back.when("03-11 10:05", CHAIR, confirm())
        .then(&["ContradictionAnswered"]);
}

#[test]
fn an_answer_is_not_corrected_to_another_question() {
    let case = told().and("03-11 10:00", OFFICER, assess(false, false));
    let form = case.event("InitialAssessmentRecorded");
    let answered = case.and(
        "03-11 11:00",
        CHAIR,
        answer_contradiction(form, "danger-reported"),
    );
    let answer = answered.event("ContradictionAnswered");
    for (path, value) in [
        ("/event_id", json!(Uuid::from_u128(7))),
        ("/against", json!("danger-taken-back")),
    ] {
        answered
            .when("03-11 12:00", CHAIR, correct(answer, path, value))
            .then_refused_at("answer-stands", "/path");
    }
    answered
        .when(
            "03-11 12:00",
            CHAIR,
            correct(answer, "/reason", json!("Đã gặp trẻ")),
        )
        .then(&["FactCorrected"]);
}

#[test]
fn closing_answers_only_for_who_closes() {
    let other = with(
        close_otherwise(),
        json!({"contradiction_reason": "Đã gặp trẻ, an toàn"}),
    );
    // The chair wrote form 02: the province is asked, and stays asked.
    let chair = told().and("03-11 10:00", CHAIR, assess(false, false));
    let closed = chair.and("03-11 11:00", CHAIR, other.clone());
    assert!(asked(&closed));
    let form = closed.event("InitialAssessmentRecorded");
    let answered = closed.and(
        "03-12 09:00",
        PROVINCIAL,
        answer_contradiction(form, "danger-reported"),
    );
    assert!(!asked(&answered));
    // The officer wrote it: the chair is asked and answers with the closing.
    let officer = told().and("03-11 10:00", OFFICER, assess(false, false));
    let closed = officer.and("03-11 11:00", CHAIR, other);
    assert!(!asked(&closed));
}

/// Who owed the last obligation of a step when its limit passed.
fn late_under(case: &Given, step: &str, clock: &str) -> Option<(Role, Option<String>)> {
    let all = case.obligations(clock);
    let owed = all.iter().rev().find(|owed| owed.step == step).unwrap();
    owed.late_under
        .as_ref()
        .map(|who| (who.role, who.unit.clone()))
}

#[test]
fn who_takes_over_what_is_late_already_was_not_late() {
    let assessed = assessed()
        .and("03-12 09:00", OFFICER, detail())
        .and("03-13 09:00", CHAIR, meet())
        .and("03-15 09:00", OFFICER, transfer(OTHER));
    let late = assessed
        .and("03-20 09:00", OTHER_OFFICER, accept_transfer())
        .and("03-21 09:00", OTHER_OFFICER, submit());
    let before = Some((Role::CommuneOfficer, Some(COMMUNE.to_owned())));
    assert!(
        late.obligation("submit-plan", "03-22 00:00")
            .starts_with("met-late")
    );
    assert_eq!(late_under(&late, "submit-plan", "03-22 00:00"), before);
    // What passed to them before its limit is theirs.
    let own = assessed
        .and("03-18 09:00", OTHER_OFFICER, accept_transfer())
        .and("03-21 09:00", OTHER_OFFICER, submit());
    assert!(
        own.obligation("submit-plan", "03-22 00:00")
            .starts_with("met-late")
    );
    assert_eq!(late_under(&own, "submit-plan", "03-22 00:00"), None);
    let open = assessed.and("03-20 09:00", OTHER_OFFICER, accept_transfer());
    assert_eq!(late_under(&open, "submit-plan", "03-20 10:00"), before);
}

#[test]
fn who_was_told_of_danger_by_a_correction_was_not_late_before() {
    let case = given()
        .and("03-11 09:05", HOTLINE, call("03-11 09:00"))
        .and("03-11 09:10", HOTLINE, forward(COMMUNE));
    let report = case.event("ReportReceived");
    let ticked = correct(report, "/danger_now", json!(true));
    let late = case.and("03-12 10:00", HOTLINE, ticked.clone()).and(
        "03-12 11:00",
        CHAIR,
        measure("03-12 10:30"),
    );
    assert!(
        late.obligation("emergency-measure", "03-12 12:00")
            .starts_with("met-late")
    );
    let hotline = Some((Role::HotlineOperator, Some(HOTLINE.1.to_owned())));
    assert_eq!(
        late_under(&late, "emergency-measure", "03-12 12:00"),
        hotline
    );
    let in_time =
        case.and("03-11 10:00", HOTLINE, ticked)
            .and("03-11 23:00", CHAIR, measure("03-11 22:30"));
    assert_eq!(
        late_under(&in_time, "emergency-measure", "03-12 12:00"),
        None
    );
}

#[test]
fn a_corrected_commune_does_not_make_the_next_one_late() {
    let case = given().and("03-11 09:00", OFFICER, danger(report("03-11 09:00")));
    let report = case.event("ReportReceived");
    let moved = correct(report, "/incident/unit", json!(OTHER));
    let moved = case.and("03-12 09:00", CHAIR, moved);
    assert_eq!(moved.owed_by("emergency-measure"), Some(OTHER.into()));
    let before = Some((Role::CommuneChair, Some(COMMUNE.to_owned())));
    assert_eq!(
        late_under(&moved, "emergency-measure", "03-12 10:00"),
        before
    );
}

#[test]
fn nobody_moves_their_lateness_to_who_gave_the_case_away() {
    let late = assessed()
        .and("03-12 09:00", OFFICER, detail())
        .and("03-13 09:00", CHAIR, meet())
        .and("03-15 09:00", OFFICER, transfer(OTHER))
        .and("03-18 10:00", OTHER_OFFICER, accept_transfer())
        .and("03-22 09:00", OTHER_OFFICER, submit());
    let accepted = late.event("TransferAccepted");
    let moved = correct(accepted, "/occurred_at", json!(t("03-20 10:00")));
    let moved = late.and("03-22 10:00", OTHER_OFFICER, moved);
    assert!(
        moved
            .obligation("submit-plan", "03-23 00:00")
            .starts_with("met-late")
    );
    assert_eq!(late_under(&moved, "submit-plan", "03-23 00:00"), None);
}

#[test]
fn nor_does_danger_move_past_a_separation_or_a_measure_past_danger() {
    let separated = told()
        .and("03-11 09:30", CHAIR, separate("2024-03-11", "2024-03-20"))
        .and(
            "03-12 09:00",
            CHAIR,
            with(lift(), json!({"reason": "Gia đình an toàn"})),
        )
        .and("03-15 12:00", OFFICER, danger(report("03-15 12:00")));
    let second = separated.event("ReportReceived");
    let earlier = correct(second, "/received_at", json!(t("03-11 09:15")));
    let moved = separated.and("03-15 13:00", OFFICER, earlier);
    assert!(
        moved
            .obligation("emergency-measure", "03-15 14:00")
            .starts_with("open")
    );
    assert!(asked(&moved));
    let taken = told()
        .and("03-11 10:00", CHAIR, measure("03-11 09:30"))
        .and("03-11 12:00", OFFICER, danger(report("03-11 12:00")));
    let done = taken.event("EmergencyMeasureApplied");
    let later = correct(done, "/applied_at", json!(t("03-11 12:30")));
    let moved = taken.and("03-11 13:00", CHAIR, later);
    assert_eq!(
        moved.obligation("emergency-measure", "03-11 14:00"),
        "open 03-12 00:00"
    );
    assert!(asked(&moved));
}

#[test]
fn what_was_asked_comes_back_with_the_case() {
    let closed = told()
        .and("03-11 10:00", OFFICER, assess(false, false))
        .and("03-11 11:00", CHAIR, close("died"));
    assert!(!asked(&closed));
    let again = closed.and("03-12 09:00", CHAIR, reopen());
    assert!(asked(&again));
}

#[test]
fn who_wrote_it_does_not_answer_by_closing_as_a_deputy() {
    let reason = json!({"contradiction_reason": "Đã gặp trẻ, an toàn"});
    let closed = told()
        .and("03-11 10:00", OFFICER, assess(false, false))
        .and("03-11 11:00", CHAIR, with(close_otherwise(), reason));
    assert!(!asked(&closed));
    let by = |closer: u128| {
        let mut history = closed.history().to_vec();
        history[1].actor.officer = Some(Uuid::from_u128(1));
        history[2].actor.officer = Some(Uuid::from_u128(closer));
        Given::told(history)
    };
    assert!(asked(&by(1)));
    assert!(!asked(&by(2)));
}

#[test]
fn danger_after_a_review_is_answered_before_the_closing_also_beside_an_older_duty() {
    let reviewed = found_safe_without_a_measure();
    reviewed
        .when("04-01 09:00", CHAIR, close("safe-and-stable"))
        .then(&["CaseClosed"]);
    let seen = with(visit("03-30 09:00"), json!({"danger_now": true}));
    reviewed
        .and("03-30 10:00", OFFICER, seen)
        .when("04-01 09:00", CHAIR, close("safe-and-stable"))
        .then_refused("still-in-danger");
}

#[test]
fn what_arose_while_the_case_was_closed_hides_nothing_that_was_due_before() {
    let seen = json!({"danger_now": true});
    let back = placed()
        .and(
            "04-01 09:00",
            OFFICER,
            with(visit("04-01 09:00"), seen.clone()),
        )
        .and("04-01 10:00", CHAIR, close("died"))
        .and(
            "04-05 09:30",
            OTHER_OFFICER,
            with(follow_up("04-05 09:00"), seen),
        )
        .and("04-05 10:00", CHAIR, reopen())
        .and("04-05 12:00", CHAIR, measure("04-05 11:00"));
    let all = back.obligations("04-06 09:00");
    let mut hours = all.iter().filter(|owed| owed.step == "emergency-measure");
    let due = crate::time::Instant::parse(&t("04-01 21:00")).unwrap();
    assert!(hours.any(|owed| owed.late && owed.due_at == Some(due)));
}

/// Every emergency duty that is open, by its due time.
fn open_hours(case: &Given, clock: &str) -> Vec<String> {
    let all = case.obligations(clock).into_iter();
    all.filter(|owed| owed.step == "emergency-measure" && owed.is_open())
        .map(|owed| {
            let due = owed.due_at.unwrap().local();
            due.format("%m-%d %H:%M").to_string()
        })
        .collect()
}

#[test]
fn a_mistaken_closing_brings_nothing_back_that_the_review_before_it_had_answered() {
    let back = found_safe_without_a_measure()
        .and("04-01 09:00", CHAIR, close("died"))
        .and("04-10 09:00", CHAIR, reopen());
    assert!(open_hours(&back, "04-10 10:00").is_empty());
    assert!(!back.state().emergency());
    // What was missed stays late.
    let all = back.obligations("04-10 10:00");
    assert!(all.iter().any(|o| o.step == "emergency-measure" && o.late));
    // What was seen or told after the review had only been ended by the closing.
    let seen = with(visit("03-31 09:00"), json!({"danger_now": true}));
    let told = danger(report("03-31 09:00"));
    for since in [seen, told] {
        let case = found_safe_without_a_measure().and("03-31 09:00", OFFICER, since);
        let back =
            case.and("04-01 09:00", CHAIR, close("died"))
                .and("04-10 09:00", CHAIR, reopen());
        assert_eq!(open_hours(&back, "04-10 10:00").len(), 1);
    }
    // A review that did not find both answered nothing.
    let again = found_safe_without_a_measure()
        .and("03-30 09:00", OFFICER, review(false, true))
        .and("04-01 09:00", CHAIR, close("died"))
        .and("04-10 09:00", CHAIR, reopen());
    assert_eq!(open_hours(&again, "04-10 10:00"), ["03-11 21:00"]);
}

/// Danger of 9:00 that nobody ticked: verified and closed, and told by a correction weeks later.
fn told_after_closing(told: Value, by: As, closing: Value) -> Given {
    let case = given().and("03-11 09:05", HOTLINE, told);
    let case = case
        .and("03-11 09:10", HOTLINE, forward(COMMUNE))
        .and("03-11 10:00", OFFICER, verify("unclear"))
        .and("03-12 09:00", CHAIR, closing);
    let ticked = correct(case.event("ReportReceived"), "/danger_now", json!(true));
    case.and("04-02 09:00", by, ticked)
}

#[test]
fn danger_that_a_correction_adds_to_a_closed_case_is_owed_from_when_it_is_told() {
    for closing in [close_otherwise(), close_transferred()] {
        let case = told_after_closing(call("03-11 09:00"), OFFICER, closing);
        assert_eq!(open_hours(&case, "04-02 10:00"), ["04-02 21:00"]);
        assert_eq!(case.owed_by("emergency-measure"), Some(COMMUNE.into()));
        // Nobody was late with what nobody knew.
        let all = case.obligations("04-02 10:00");
        assert!(all.iter().all(|owed| !owed.late));
        // It is ended by what protects, also while the case is closed, and is owed once.
        let met = case.and("04-02 12:00", CHAIR, measure("04-02 11:00"));
        assert!(open_hours(&met, "04-02 13:00").is_empty());
        let back = case.and("04-02 10:00", CHAIR, reopen());
        assert_eq!(open_hours(&back, "04-02 11:00"), ["04-02 21:00"]);
        let late = case.obligation("emergency-measure", "04-03 00:00");
        assert_eq!(late, "overdue 04-02 21:00");
    }
}

#[test]
fn who_had_recorded_it_otherwise_was_late_and_nobody_else() {
    let case = told_after_closing(call("03-11 09:00"), HOTLINE, close_otherwise());
    assert_eq!(open_hours(&case, "04-02 10:00"), ["04-02 21:00"]);
    let all = case.obligations("04-02 10:00");
    let late: Vec<_> = all.iter().filter(|owed| owed.late).collect();
    let [late] = late.as_slice() else {
        panic!("{late:#?}");
    };
    let hotline = late.late_under.as_ref().map(|who| who.role);
    assert_eq!(hotline, Some(Role::HotlineOperator));
}

#[test]
fn a_correction_opens_nothing_that_was_answered_or_is_taken_back() {
    // A measure had been taken since.
    let closed = reported()
        .and("03-11 10:00", CHAIR, measure("03-11 09:30"))
        .and("03-11 11:00", OFFICER, verify("unclear"))
        .and("03-12 09:00", CHAIR, close_otherwise());
    let report = closed.event("ReportReceived");
    let ticked = |case: &Given, yes| {
        let danger = correct(report, "/danger_now", json!(yes));
        case.and("04-02 09:00", OFFICER, danger)
    };
    assert!(open_hours(&ticked(&closed, true), "04-02 10:00").is_empty());
    // A form 02 and a verification that had not been told of it do not answer it.
    for said in [assess(false, false), verify("unfounded")] {
        let case = reported().and("03-11 10:00", OFFICER, said);
        let closed = case.and("03-12 09:00", CHAIR, close_otherwise());
        assert_eq!(
            open_hours(&ticked(&closed, true), "04-02 10:00"),
            ["04-02 21:00"]
        );
    }
    // Of a child that died nothing is owed. Where that was a mistake, it comes back.
    let died = reported().and("03-12 09:00", CHAIR, close("died"));
    let told = ticked(&died, true);
    assert!(open_hours(&told, "04-02 10:00").is_empty());
    let back = told.and("04-02 10:00", CHAIR, reopen());
    assert_eq!(open_hours(&back, "04-02 11:00").len(), 1);
    // What form 02 is said to have found counts like what was told.
    let assessed = assessed().and("03-12 09:00", CHAIR, close_otherwise());
    let form = assessed.event("InitialAssessmentRecorded");
    let found = correct(form, "/grave", json!(true));
    let found = assessed.and("04-02 09:00", OFFICER, found);
    assert_eq!(open_hours(&found, "04-02 10:00"), ["04-02 21:00"]);
    // Taken back, it is owed until that is confirmed.
    let told = told_after_closing(call("03-11 09:00"), OFFICER, close_otherwise());
    let back = correct(told.event("ReportReceived"), "/danger_now", json!(false));
    let back = told.and("04-02 09:30", OFFICER, back);
    assert_eq!(open_hours(&back, "04-02 10:00"), ["04-02 21:00"]);
    let question = answer_contradiction(back.event("FactCorrected"), "danger-taken-back");
    let confirmed = back.and("04-02 10:00", CHAIR, question);
    assert!(open_hours(&confirmed, "04-02 11:00").is_empty());
}

/// Danger in `COMMUNE` and a separation that were not answered, and the child thought dead. Then `OTHER` is told of a
/// child of whom nobody knows whether it is this one.
fn told_of_the_dead(danger_now: bool) -> Given {
    let told = with(report("03-14 09:30"), json!({"danger_now": danger_now}));
    let elsewhere = json!({"place_of_receipt": {"unit": OTHER}, "incident": {"unit": OTHER}});
    told_thought_dead()
        .when("03-14 10:00", OTHER_OFFICER, with(told, elsewhere))
        .then(&["ReportReceived"])
}

fn told_thought_dead() -> Given {
    told()
        .and(
            "03-11 11:00",
            OFFICER,
            with(assess(true, true), json!({"separation_needed": true})),
        )
        .and("03-12 09:00", CHAIR, close("died"))
}

#[test]
fn a_report_of_perhaps_another_child_brings_nothing_of_a_closed_case_back() {
    let case = told_of_the_dead(true);
    let id = case.event("ReportReceived");
    assert_eq!(case.state().status, crate::case::Status::Closed);
    // Its own hours run at once, and the question whether it is the same child.
    assert_eq!(open_hours(&case, "03-14 12:00"), ["03-14 21:30"]);
    assert_eq!(case.owed_by("emergency-measure"), Some(OTHER.into()));
    assert_eq!(
        case.open(),
        ["archive", "emergency-measure", "answer-same-child"]
    );
    // Another child: it goes, and the case stays as it was.
    let other = case
        .when("03-15 09:00", OFFICER, answer_same_child(id, false))
        .then(&["SameChildAnswered"]);
    assert_eq!(other.open(), ["archive"]);
    // The same: it is opened again, and what nobody had answered comes back, with the hours of both.
    let same = case
        .when("03-15 09:00", OFFICER, answer_same_child(id, true))
        .then(&["SameChildAnswered", "CaseReopened"]);
    assert_eq!(
        open_hours(&same, "03-15 10:00"),
        ["03-14 21:30", "03-11 21:00"]
    );
    let state = same.state();
    assert_eq!(
        (state.cycle, state.received_at.to_string()),
        (2, t("03-14 09:30"))
    );
    let steps = [
        "temporary-separation",
        "verify-report",
        "initial-assessment",
    ];
    let open = same.open();
    assert!(
        steps.iter().all(|step| open.contains(&(*step).to_owned())),
        "{open:?}"
    );
    // What is owed for it is known by form 02 of the round to which it belongs.
    let denied = same.and("03-15 11:00", OFFICER, assess(false, false));
    assert!(asked(&denied));
    // By command, too, while nobody has answered.
    let back = case.and("03-14 11:00", CHAIR, reopen());
    assert_eq!(
        open_hours(&back, "03-14 12:00"),
        ["03-14 21:30", "03-11 21:00"]
    );
}

#[test]
fn the_hours_of_a_report_are_its_own_once_it_is_known_to_be_about_the_child_of_a_closed_case() {
    // Nothing is left of a case that was found safe but what is told now.
    let there = json!({"place_of_receipt": {"unit": OTHER}, "incident": {"unit": OTHER}});
    let case = closed().and(
        "04-10 10:00",
        OTHER_OFFICER,
        with(danger(report("04-10 09:30")), there),
    );
    let id = case.event("ReportReceived");
    let same = case.and("04-10 12:00", OFFICER, answer_same_child(id, true));
    assert_eq!(open_hours(&same, "04-10 13:00"), ["04-10 21:30"]);
    // And met by what was done there before the answer.
    let met = case
        .and("04-10 11:30", OTHER_CHAIR, measure("04-10 11:00"))
        .and("04-10 12:00", OFFICER, answer_same_child(id, true));
    assert!(open_hours(&met, "04-10 13:00").is_empty());
    let late = met.obligations("04-11 13:00");
    assert!(
        late.iter()
            .all(|owed| owed.step != "emergency-measure" || !owed.late)
    );
}

#[test]
fn a_closing_ends_nothing_of_a_report_that_waited_and_is_answered_after_it() {
    let there = json!({"place_of_receipt": {"unit": OTHER}, "incident": {"unit": OTHER}});
    let waits = reviewed().and(
        "03-30 09:40",
        OTHER_OFFICER,
        with(danger(report("03-30 09:30")), there),
    );
    let id = waits.event("ReportReceived");
    for reason in ["died", "safe-and-stable"] {
        let closed = waits.when("03-30 10:00", CHAIR, close(reason));
        let Some(closed) = closed.accepted() else {
            continue;
        };
        let same = closed
            .when("03-30 12:00", OFFICER, answer_same_child(id, true))
            .then(&["SameChildAnswered", "CaseReopened"]);
        assert_eq!(
            open_hours(&same, "03-30 13:00"),
            ["03-30 21:30"],
            "{reason}"
        );
    }
}

#[test]
fn what_was_added_to_a_closed_case_is_passed_on_and_acknowledged() {
    let call = with(
        call("03-14 09:00"),
        json!({"place_of_receipt": {"unit": "01"}, "incident": {"unit": OTHER}}),
    );
    let told = told_thought_dead().and("03-14 09:10", ("hotline-operator", "01"), call);
    assert_eq!(
        told.open(),
        ["archive", "forward-report", "answer-same-child"]
    );
    let passed = told.and("03-14 09:20", ("hotline-operator", "01"), forward(OTHER));
    let known = passed.and("03-14 09:30", OTHER_OFFICER, acknowledge());
    assert_eq!(known.open(), ["archive", "answer-same-child"]);
    told_thought_dead()
        .when("03-14 09:20", OFFICER, forward(OTHER))
        .then_refused("case-closed");
}

#[test]
fn a_waiting_report_gives_nobody_a_second_count_by_silence() {
    let reason = json!({"reason": "Gia đình an toàn"});
    let elsewhere = json!({"place_of_receipt": {"kind": "commune", "unit": OTHER}});
    let used = reported()
        .and("03-11 09:30", OFFICER, assess(true, true))
        .and("03-11 10:00", CHAIR, separate("2024-03-11", "2024-03-26"))
        .and("03-26 09:00", CHAIR, with(lift(), reason))
        .and(
            "03-27 10:00",
            OTHER_OFFICER,
            with(danger(report("03-27 09:30")), elsewhere),
        );
    assert!(used.state().reports[1].unconfirmed_child);
    used.when("03-27 11:00", CHAIR, separate("2024-03-27", "2024-04-11"))
        .then_refused("separation-too-long");
}
