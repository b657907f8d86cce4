//! Tests of what reaches over several commands: new reports beside what runs, rounds of the
//! procedure, reopening, misdirected reports, and what is owed meanwhile.

use super::testing::*;
use serde_json::json;

#[test]
fn a_new_report_after_the_assessment_has_its_own_twelve_hours() {
    let again = assessed().and("03-13 20:00", OFFICER, danger(report("03-13 20:00")));
    assert_eq!(again.state().cycle, 2);
    assert_eq!(
        again.obligation("emergency-measure", "03-13 21:00"),
        "open 03-14 08:00"
    );
    let assessed = again.and("03-13 22:00", OFFICER, assess(true, false));
    assert_eq!(assessed.state().cycle, 2);
    assert_eq!(
        assessed.obligation("emergency-measure", "03-13 22:00"),
        "open 03-14 08:00"
    );
}

#[test]
fn a_new_report_in_the_round_after_a_review_has_its_own_twelve_hours() {
    let second = carried_out().and("03-29 09:00", OFFICER, review(false, true));
    assert_eq!(second.state().cycle, 2);
    let again = second.and("04-10 20:00", OFFICER, danger(report("04-10 20:00")));
    assert_eq!(
        again.obligation("emergency-measure", "04-10 21:00"),
        "open 04-11 08:00"
    );
    again
        .when("04-10 22:00", OFFICER, assess(true, false))
        .then(&["InitialAssessmentRecorded"]);
}

#[test]
fn the_earliest_receipt_counts_also_when_it_is_recorded_later() {
    let told = given()
        .and("03-11 22:05", OFFICER, danger(report("03-11 22:00")))
        .and("03-11 23:00", HOTLINE, call("03-11 20:00"));
    assert_eq!(told.state().cycle, 1);
    assert_eq!(
        told.obligation("emergency-measure", "03-11 23:00"),
        "open 03-12 08:00"
    );
}

#[test]
fn a_report_after_an_unfounded_one_begins_its_own_hours_and_stops_the_closing() {
    let unfounded = reported().and("03-11 15:00", OFFICER, verify("unfounded"));
    assert_eq!(unfounded.open(), ["close-case"]);
    let again = unfounded.and("03-20 18:00", OFFICER, danger(report("03-20 18:00")));
    assert_eq!(
        again.open(),
        ["verify-report", "initial-assessment", "emergency-measure"]
    );
    assert_eq!(
        again.obligation("emergency-measure", "03-20 19:00"),
        "open 03-21 06:00"
    );
    again
        .when("03-20 19:00", CHAIR, close("unfounded"))
        .then_refused("not-found-unfounded");
}

#[test]
fn an_unfounded_second_report_ends_neither_the_case_nor_its_plan() {
    let again = approved()
        .and("03-20 09:00", OFFICER, danger(report("03-20 09:00")))
        .and("03-20 12:00", OFFICER, verify("unfounded"));
    assert_eq!(again.open(), ["carry-out", "answer-contradiction"]);
    again
        .when("03-20 13:00", CHAIR, close("unfounded"))
        .then_refused("not-found-unfounded");
    // The plan goes on to its review and its end.
    let done = again.and("03-28 09:00", OFFICER, complete("p1"));
    assert_eq!(done.open(), ["answer-contradiction", "review-plan"]);
    done.and("03-29 09:00", OFFICER, review(true, true))
        .when("03-29 10:00", CHAIR, close("safe-and-stable"))
        .then(&["CaseClosed"]);
}

#[test]
fn after_an_unfounded_second_report_a_finished_plan_waits_for_its_review_again() {
    let reported = carried_out().and("03-29 08:00", OFFICER, report("03-29 08:00"));
    let unfounded = reported.and("03-29 12:00", OFFICER, verify("unfounded"));
    assert_eq!(unfounded.open(), ["review-plan"]);
    let reviewed = reviewed()
        .and("03-30 09:00", OFFICER, report("03-30 09:00"))
        .and("03-30 12:00", OFFICER, verify("unfounded"));
    assert_eq!(reviewed.open(), ["close-case"]);
    reviewed
        .when("04-01 09:00", CHAIR, close("safe-and-stable"))
        .then(&["CaseClosed"]);
}

#[test]
fn an_unfounded_second_report_leaves_the_emergency_of_the_first() {
    let again = emergency()
        .and("03-11 12:00", OFFICER, report("03-11 12:00"))
        .and("03-11 13:00", OFFICER, verify("unfounded"));
    assert_eq!(
        again.obligation("emergency-measure", "03-11 14:00"),
        "open 03-11 21:00"
    );
}

#[test]
fn a_review_before_a_new_report_does_not_close_the_case() {
    // In a round that a review began nothing was assessed; a later finding must not outlive a
    // new report there.
    let second = carried_out()
        .and("03-29 09:00", OFFICER, review(false, true))
        .and("03-29 10:00", OFFICER, submit())
        .and("03-29 11:00", CHAIR, approve())
        .and("04-02 09:00", OFFICER, complete("p1"))
        .and("04-03 09:00", OFFICER, review(true, true))
        .and("04-03 12:00", OFFICER, danger(report("04-03 12:00")));
    second
        .when("04-03 13:00", CHAIR, close("safe-and-stable"))
        .then_refused("not-safe-and-stable");
    assert_eq!(
        second.obligation("emergency-measure", "04-03 13:00"),
        "open 04-04 00:00"
    );
}

#[test]
fn another_reason_does_not_go_round_an_emergency_of_an_earlier_round() {
    let again = emergency()
        .and("03-11 15:00", CHAIR, measure("03-11 14:00"))
        .and("03-13 09:00", OFFICER, report("03-13 09:00"));
    let other = close_otherwise();
    again
        .when("03-13 10:00", CHAIR, other.clone())
        .then_refused("not-safe-and-stable");
    // Nor a danger that nobody looked at.
    given()
        .and("03-11 09:00", OFFICER, danger(report("03-11 09:00")))
        .when("03-11 10:00", CHAIR, other)
        .then_refused("not-safe-and-stable");
}

#[test]
fn a_measure_of_an_earlier_round_does_not_meet_a_new_emergency() {
    let again = assessed()
        .and("03-20 09:00", OFFICER, danger(report("03-20 09:00")))
        .and("03-20 10:00", CHAIR, measure("03-12 08:00"));
    assert_eq!(
        again.obligation("emergency-measure", "03-20 11:00"),
        "open 03-20 21:00"
    );
    let found = again.and("03-20 11:00", OFFICER, assess(true, false));
    assert_eq!(
        found.obligation("emergency-measure", "03-20 11:00"),
        "open 03-20 21:00"
    );
    let protected = found.and("03-20 12:00", CHAIR, measure("03-20 09:30"));
    assert_eq!(
        protected.obligation("emergency-measure", "03-20 12:00"),
        "met 03-20 21:00"
    );
}

#[test]
fn a_measure_before_the_assessment_meets_what_the_assessment_finds() {
    let protected = reported()
        .and("03-11 10:00", CHAIR, measure("03-11 09:30"))
        .and("03-11 11:00", OFFICER, assess(true, false));
    assert_eq!(
        protected.obligation("emergency-measure", "03-11 12:00"),
        "met 03-11 21:00"
    );
}

#[test]
fn a_second_emergency_lifts_the_plan_limit_that_ran() {
    let again = assessed()
        .and("03-12 09:00", OFFICER, report("03-12 09:00"))
        .and("03-12 10:00", OFFICER, assess(true, false));
    assert_eq!(again.obligation("submit-plan", "03-30 00:00"), "open -");
    let open = again.open();
    assert_eq!(open.iter().filter(|step| *step == "submit-plan").count(), 1);
}

/// Every duty of a step, as `opened state due, whether late`.
fn shown(case: &Given, step: &str, clock: &str) -> Vec<String> {
    let minute = |at: crate::time::Instant| at.local().format("%m-%d %H:%M").to_string();
    let all = case.obligations(clock).into_iter();
    all.filter(|owed| owed.step == step)
        .map(|owed| {
            let state = serde_json::to_value(owed.state).unwrap();
            let due = owed.due_at.map_or("-".into(), minute);
            let late = if owed.late { " late" } else { "" };
            format!(
                "{} {} {due}{late}",
                minute(owed.opened_at),
                state.as_str().unwrap()
            )
        })
        .collect()
}

/// Form 02 that does not know yet.
fn not_known() -> serde_json::Value {
    with(
        assess(false, false),
        json!({"grave": "unknown", "carer_is_harmer": "unknown"}),
    )
}

#[test]
fn an_emergency_that_is_found_later_lifts_the_limit_of_the_plan_from_then_on() {
    let seen = with(visit("03-12 10:00"), json!({"danger_now": true}));
    for (case, opened) in [
        (
            reported().and("03-11 11:00", OFFICER, not_known()).and(
                "03-12 10:00",
                OFFICER,
                assess(true, true),
            ),
            "03-12 10:00",
        ),
        (
            assessed().and("03-12 11:00", OFFICER, seen.clone()),
            "03-12 10:00",
        ),
    ] {
        assert_eq!(
            shown(&case, "submit-plan", "03-30 09:00"),
            [
                "03-11 11:00 waived 03-19 00:00".to_owned(),
                format!("{opened} open -")
            ]
        );
        // The warnings that rest on it go along.
        let open = case.obligations("03-12 12:00").into_iter();
        assert!(open.filter(|owed| owed.is_open()).all(|owed| {
            !["detailed-assessment", "case-meeting"].contains(&owed.step.as_str())
                || owed.bound.is_none()
        }));
    }
    // What had passed before stays late.
    let late = with(visit("03-21 10:00"), json!({"danger_now": true}));
    let late = assessed().and("03-21 11:00", OFFICER, late);
    assert_eq!(
        shown(&late, "submit-plan", "03-30 09:00"),
        ["03-11 11:00 waived 03-19 00:00 late", "03-21 10:00 open -"]
    );
    // The two working days of the chair likewise.
    let seen = with(visit("03-14 10:00"), json!({"danger_now": true}));
    let waits = submitted().and("03-14 11:00", OFFICER, seen);
    assert_eq!(
        shown(&waits, "approve-plan", "03-30 09:00"),
        ["03-14 09:00 waived 03-19 00:00", "03-14 10:00 open -"]
    );
    // Danger of before the assessment, written down after it: the limit never ran.
    let before = with(visit("03-11 10:00"), json!({"danger_now": true}));
    let before = assessed().and("03-11 12:00", OFFICER, before);
    assert_eq!(
        shown(&before, "submit-plan", "03-30 09:00"),
        ["03-11 11:00 waived 03-19 00:00", "03-11 11:00 open -"]
    );
}

#[test]
fn a_plan_that_was_returned_has_no_limit_to_lift() {
    let seen = with(visit("03-16 10:00"), json!({"danger_now": true}));
    let case = submitted()
        .and("03-15 09:00", CHAIR, send_back())
        .and("03-16 11:00", OFFICER, seen);
    assert_eq!(shown(&case, "submit-plan", "03-30 09:00").len(), 2);
    assert_eq!(
        shown(&case, "submit-plan", "03-30 09:00")[1],
        "03-15 09:00 open -"
    );
}

#[test]
fn a_plan_adjusted_when_its_items_have_ended_waits_for_review() {
    let items = json!([item("p1", "2024-03-15", "2024-04-01")]);
    let adjusted = carried_out().and("03-28 10:00", CHAIR, adjust(items));
    assert_eq!(adjusted.open(), ["verify-report", "review-plan"]);
    // Taking the last running item out has the same effect.
    let two = json!([
        item("p1", "2024-03-15", "2024-04-01"),
        item("p2", "2024-03-15", "2024-04-01")
    ]);
    let half = approved()
        .and("03-16 09:00", CHAIR, adjust(two))
        .and("03-20 09:00", OFFICER, complete("p1"))
        .and(
            "03-21 09:00",
            CHAIR,
            adjust(json!([item("p1", "2024-03-15", "2024-04-01")])),
        );
    assert_eq!(half.open(), ["verify-report", "review-plan"]);
}

#[test]
fn a_new_plan_takes_the_place_of_a_review_that_was_owed() {
    let again = carried_out()
        .and("03-29 09:00", OFFICER, report("03-29 09:00"))
        .and("03-29 10:00", OFFICER, assess(false, false))
        .and("03-29 11:00", OFFICER, submit());
    assert!(!again.open().contains(&"review-plan".to_owned()));
    let done =
        again
            .and("03-29 12:00", CHAIR, approve())
            .and("03-30 09:00", OFFICER, complete("p1"));
    assert!(done.open().contains(&"review-plan".to_owned()));
}

#[test]
fn items_that_end_while_a_new_plan_is_owed_ask_for_no_review() {
    let again = approved()
        .and("03-20 09:00", OFFICER, report("03-20 09:00"))
        .and("03-20 10:00", OFFICER, assess(false, false))
        .and("03-21 09:00", OFFICER, complete("p1"));
    assert!(!again.open().contains(&"review-plan".to_owned()));
    assert!(again.open().contains(&"submit-plan".to_owned()));
}

#[test]
fn what_the_chair_owes_before_the_commune_was_told_is_owed_by_the_commune_of_the_incident() {
    let unfounded = given()
        .and("03-11 09:00", HOTLINE, call("03-11 09:00"))
        .and("03-11 10:00", POLICE, verify("unfounded"));
    let owed = unfounded.obligations("03-11 11:00");
    let closing = owed.iter().find(|o| o.step == "close-case").unwrap();
    assert_eq!(closing.accountable.unit.as_deref(), Some(COMMUNE));
    let closed = unfounded.and("03-12 09:00", CHAIR, close("unfounded"));
    let owed = closed.obligations("03-12 10:00");
    let archive = owed.iter().find(|o| o.step == "archive").unwrap();
    assert_eq!(archive.accountable.unit.as_deref(), Some(COMMUNE));
}

#[test]
fn a_report_that_went_to_the_wrong_commune_is_forwarded_again() {
    let wrong = with(call("03-11 09:00"), json!({"incident": {"unit": OTHER}}));
    let sent = given()
        .and("03-11 09:00", HOTLINE, wrong)
        .and("03-11 09:05", HOTLINE, forward(OTHER))
        .and("03-11 09:30", OTHER_OFFICER, acknowledge());
    let id = sent.event("ReportReceived");
    let corrected = sent.and(
        "03-11 10:00",
        HOTLINE,
        correct(id, "/incident/unit", json!(COMMUNE)),
    );
    assert_eq!(corrected.open(), ["forward-report", "verify-report"]);
    let again = corrected.and("03-11 10:05", HOTLINE, forward(COMMUNE));
    assert_eq!(again.state().holder_unit, COMMUNE);
    assert_eq!(
        again.open(),
        ["verify-report", "acknowledge-report", "initial-assessment"]
    );
    again
        .when("03-11 10:10", OFFICER, acknowledge())
        .then(&["ReportAcknowledged"]);
}

#[test]
fn each_of_two_reports_is_forwarded_and_acknowledged() {
    let two = given()
        .and("03-11 09:00", HOTLINE, call("03-11 09:00"))
        .and("03-11 09:10", HOTLINE, forward(COMMUNE))
        .and("03-11 09:20", OFFICER, report("03-11 09:20"));
    assert!(two.open().contains(&"acknowledge-report".to_owned()));
    two.when("03-11 09:30", OFFICER, acknowledge())
        .then(&["ReportAcknowledged"]);
    given()
        .and("03-11 09:00", HOTLINE, call("03-11 09:00"))
        .and("03-11 09:20", OFFICER, report("03-11 09:20"))
        .when("03-11 09:30", HOTLINE, forward(COMMUNE))
        .then(&["ReportForwarded"]);
}

#[test]
fn a_reopened_case_counts_from_its_reopening_or_an_earlier_receipt() {
    let reopened = closed().and("04-10 08:00", CHAIR, reopen());
    assert_eq!(reopened.open(), ["initial-assessment"]);
    let found = reopened.and("04-10 09:00", OFFICER, assess(true, false));
    assert_eq!(
        found.obligation("emergency-measure", "04-10 09:00"),
        "open 04-10 20:00"
    );
    let told = reopened.and("04-10 08:10", OFFICER, danger(report("04-10 07:00")));
    assert_eq!(told.state().cycle, 2);
    assert_eq!(
        told.obligation("emergency-measure", "04-10 09:00"),
        "open 04-10 19:00"
    );
    // What was verified, reviewed or planned before does not close it again.
    for (reason, code) in [
        ("unfounded", "not-found-unfounded"),
        ("safe-and-stable", "not-safe-and-stable"),
    ] {
        told.when("04-10 09:00", CHAIR, close(reason))
            .then_refused(code);
    }
    // A reopening that proves unfounded can be closed as such.
    told.and("04-10 12:00", OFFICER, verify("unfounded"))
        .when("04-10 13:00", CHAIR, close("unfounded"))
        .then(&["CaseClosed"]);
}

#[test]
fn the_days_of_a_separation_count_anew_only_for_something_new_that_form_02_found() {
    let lifted = separated().and("03-20 09:00", CHAIR, lift());
    let long = || separate("2024-06-01", "2024-06-16");
    lifted
        .when("06-01 09:00", CHAIR, long())
        .then_refused_at("separation-too-long", "/until");
    let reopened =
        lifted
            .and("03-20 10:00", CHAIR, close("died"))
            .and("06-01 08:00", CHAIR, reopen());
    reopened
        .when("06-01 09:00", CHAIR, long())
        .then_refused_at("separation-too-long", "/until");
    // The same matter, told again.
    let again = with(
        report("06-01 08:10"),
        json!({"incident": {"happened_at": "2024-03-10"}}),
    );
    reopened
        .and("06-01 08:10", OFFICER, again)
        .and("06-01 08:30", OFFICER, assess(true, true))
        .when("06-01 09:00", CHAIR, long())
        .then_refused_at("separation-too-long", "/until");
    // Something new, but nobody has found it yet.
    let new = with(
        report("06-01 08:10"),
        json!({"incident": {"happened_at": "2024-05-31"}}),
    );
    let told = reopened.and("06-01 08:10", OFFICER, new);
    told.when("06-01 09:00", CHAIR, long())
        .then_refused_at("separation-too-long", "/until");
    told.and("06-01 08:30", OFFICER, assess(true, true))
        .when("06-01 09:00", CHAIR, long())
        .then(&["SeparationOrdered"]);
}

/// Closed by mistake as dead, and opened again.
fn thought_dead(case: &Given, closed: &str, reopened: &str) -> Given {
    case.and(closed, CHAIR, close("died"))
        .and(reopened, OFFICER, reopen())
}

#[test]
fn what_a_mistaken_ending_let_fall_away_is_owed_again_with_the_time_that_it_had() {
    let told = given().and("03-11 09:00", OFFICER, danger(report("03-11 09:00")));
    let again = thought_dead(&told, "03-11 10:00", "03-11 11:00");
    assert_eq!(
        shown(&again, "emergency-measure", "03-11 12:00"),
        [
            "03-11 09:00 waived 03-11 21:00",
            "03-11 11:00 open 03-11 21:00"
        ]
    );
    for step in ["verify-report", "initial-assessment"] {
        assert!(again.open().contains(&step.to_owned()), "{step}");
    }
    // What the chair did while the case was closed by mistake counts; "not known" ends nothing, "no" does.
    let met = again.and("03-11 12:00", CHAIR, measure("03-11 10:30"));
    assert_eq!(
        met.obligation("emergency-measure", "03-11 12:30"),
        "met 03-11 21:00"
    );
    let unknown = again.and("03-11 12:00", OFFICER, not_known());
    assert_eq!(
        unknown.obligation("emergency-measure", "03-11 21:01"),
        "overdue 03-11 21:00"
    );
    let no = again.and("03-11 12:00", OFFICER, assess(false, false));
    assert_eq!(
        no.obligation("emergency-measure", "03-11 12:30"),
        "waived 03-11 21:00"
    );
    // And is asked about, as it would have been before.
    assert!(no.open().contains(&"answer-contradiction".to_owned()));
    let unfounded = again.and("03-11 12:00", OFFICER, verify("unfounded"));
    assert_eq!(
        unfounded.obligation("emergency-measure", "03-11 12:30"),
        "waived 03-11 21:00"
    );
}

#[test]
fn what_form_02_had_found_is_owed_again_and_stays_late() {
    let needed = with(assess(true, true), json!({"separation_needed": true}));
    let found = reported().and("03-11 11:00", OFFICER, needed);
    let again = thought_dead(&found, "03-11 12:00", "03-12 11:00");
    for step in ["emergency-measure", "temporary-separation"] {
        assert_eq!(
            shown(&again, step, "03-12 12:00"),
            [
                "03-11 11:00 waived 03-11 21:00",
                "03-12 11:00 overdue 03-11 21:00"
            ]
        );
    }
    assert!(again.state().emergency());
    // Nothing that was found is taken back by not knowing, or by a report that proves unfounded.
    let unknown = again.and("03-12 12:00", OFFICER, not_known());
    assert!(unknown.state().emergency());
    for case in [
        unknown,
        again.and("03-12 12:00", OFFICER, verify("unfounded")),
    ] {
        assert_eq!(
            case.obligation("emergency-measure", "03-12 13:00"),
            "overdue 03-11 21:00"
        );
    }
    let lowered = again.and("03-12 12:00", OFFICER, assess(false, false));
    assert!(!lowered.state().emergency());
    let asked = answer_contradiction(
        lowered.event("InitialAssessmentRecorded"),
        "finding-lowered",
    );
    lowered
        .when("03-12 13:00", CHAIR, asked)
        .then(&["ContradictionAnswered"]);
    assert_eq!(
        shown(&lowered, "emergency-measure", "03-13 09:00")[1],
        "03-12 11:00 waived 03-11 21:00 late"
    );
}

#[test]
fn a_separation_that_nobody_lifted_goes_on_after_a_mistaken_ending() {
    let again = thought_dead(&separated(), "03-14 09:00", "03-15 09:00");
    assert!(again.state().separation().is_some());
    assert_eq!(
        shown(&again, "separation-end", "03-15 10:00"),
        [
            "03-12 08:00 waived 03-28 00:00",
            "03-15 09:00 open 03-28 00:00"
        ]
    );
    again
        .when("03-16 09:00", CHAIR, separate("2024-03-16", "2024-03-18"))
        .then_refused("already-separated");
    let lifted = again.and("03-16 09:00", CHAIR, lift());
    assert_eq!(
        lifted.obligation("separation-end", "03-17 09:00"),
        "met 03-28 00:00"
    );
}

#[test]
fn care_goes_on_after_a_mistaken_ending() {
    let again = thought_dead(&placed(), "04-02 09:00", "04-03 09:00");
    assert_eq!(
        shown(&again, "placement-follow-up", "04-04 09:00"),
        [
            "03-29 09:00 waived 05-03 00:00",
            "04-03 09:00 open 05-03 00:00"
        ]
    );
    let seen = again.and("04-26 09:00", OTHER_OFFICER, follow_up("04-26 08:00"));
    assert_eq!(
        shown(&seen, "placement-follow-up", "04-27 09:00")[1..],
        [
            "04-03 09:00 met 05-03 00:00",
            "04-26 08:00 open 07-02 00:00"
        ]
    );
    // What ended while the case was closed does not come back.
    let ended = placed()
        .and("04-02 09:00", CHAIR, close("died"))
        .and("04-02 10:00", OTHER_CHAIR, end_placement("carer-asks"))
        .and("04-03 09:00", OFFICER, reopen());
    assert_eq!(shown(&ended, "placement-follow-up", "04-04 09:00").len(), 1);
}

#[test]
fn a_review_that_found_the_child_safe_answered_what_was_missed_before() {
    let missed = found_safe_without_a_measure().and("04-01 09:00", CHAIR, close("safe-and-stable"));
    let again = missed.and("06-01 09:00", CHAIR, reopen());
    assert_eq!(
        shown(&again, "emergency-measure", "06-01 10:00"),
        ["03-11 11:00 waived 03-11 21:00 late"]
    );
    // A second mistake brings back no more than the first.
    let told = given().and("03-11 09:00", OFFICER, danger(report("03-11 09:00")));
    let twice = thought_dead(&told, "03-11 10:00", "03-11 11:00");
    let twice = thought_dead(&twice, "03-11 12:00", "03-11 13:00");
    let open = twice.open().into_iter();
    assert_eq!(open.filter(|step| step == "emergency-measure").count(), 1);
}

#[test]
fn closing_ends_a_separation_that_was_running() {
    let closed = separated().and("03-14 09:00", CHAIR, close("died"));
    assert!(closed.state().separation().is_none());
}

#[test]
fn another_verification_does_not_take_the_closing_back_after_a_review() {
    let again = reviewed().and("03-30 09:00", OFFICER, verify("confirmed"));
    assert!(again.open().contains(&"close-case".to_owned()));
}

#[test]
fn an_extension_beyond_what_was_required_needs_a_new_requirement() {
    let required = separated().and("03-20 09:00", CHAIR, extend_required("2024-04-20"));
    assert_eq!(
        required.obligation("separation-end", "03-20 10:00"),
        "open 04-21 00:00"
    );
    required
        .when("04-20 09:00", CHAIR, extend("2024-05-20"))
        .then_refused_at("separation-too-long", "/until");
    let longer = required.and("04-20 09:00", CHAIR, extend_required("2024-05-20"));
    assert_eq!(
        longer.obligation("separation-end", "04-20 10:00"),
        "open 05-21 00:00"
    );
}

#[test]
fn a_closed_case_takes_only_what_belongs_to_a_closed_case() {
    let closed = closed();
    for (who, command) in [
        (OFFICER, report("04-02 09:00")),
        (OFFICER, forward(COMMUNE)),
        (OFFICER, verify("confirmed")),
        (OFFICER, assess(true, true)),
        (CHAIR, measure("04-02 08:00")),
        (CHAIR, separate("2024-04-02", "2024-04-05")),
        (CHAIR, extend("2024-04-05")),
        (CHAIR, lift()),
        (CHAIR, ask_court()),
        (OFFICER, court("refused", None)),
        (OFFICER, detail()),
        (CHAIR, meet()),
        (OFFICER, submit()),
        (CHAIR, approve()),
        (CHAIR, send_back()),
        (
            CHAIR,
            adjust(json!([item("p1", "2024-04-02", "2024-04-05")])),
        ),
        (OFFICER, service("start-service", "p1")),
        (OFFICER, service("record-service-progress", "p1")),
        (OFFICER, complete("p1")),
        (OFFICER, service("fail-service", "p1")),
        (OFFICER, refer("r1")),
        (OFFICER, answer("accept-referral", "r1")),
        (OFFICER, answer("decline-referral", "r1")),
        (OFFICER, answer("complete-referral", "r1")),
        (OFFICER, visit("04-02 08:00")),
        (OFFICER, review(true, true)),
        (CHAIR, close("died")),
        (CHAIR, put_in_charge("a")),
        (CHAIR, relieve("a")),
        (OFFICER, document()),
    ] {
        closed
            .when("04-02 10:00", who, command)
            .then_refused("case-closed");
    }
    let id = closed.event("CaseClosed");
    for (who, command, event) in [
        (OFFICER, note(), "NoteAdded"),
        (OFFICER, archive(), "CaseArchived"),
        (CHAIR, reopen(), "CaseReopened"),
        (
            CHAIR,
            correct(id, "/reason", json!("died")),
            "FactCorrected",
        ),
    ] {
        closed.when("04-02 10:00", who, command).then(&[event]);
    }
}

#[test]
fn no_command_but_a_report_begins_a_case() {
    for (who, command) in [
        (OFFICER, assess(true, true)),
        (CHAIR, approve()),
        (CHAIR, close("died")),
        (OFFICER, note()),
        (CHAIR, reopen()),
    ] {
        given()
            .when("03-11 09:00", who, command)
            .then_refused("no-such-case");
    }
}

#[test]
fn an_officer_of_another_commune_may_not_act() {
    reported()
        .when("03-11 10:00", OTHER_OFFICER, assess(true, true))
        .then_refused("not-your-unit");
    let elsewhere = ("provincial-officer", "01");
    reported()
        .when("03-11 10:00", elsewhere, verify("confirmed"))
        .then_refused("not-your-unit");
    reported()
        .when("03-11 10:00", PROVINCIAL, verify("confirmed"))
        .then(&["ReportVerified"]);
}

#[test]
fn nothing_happens_in_the_future_or_before_the_report() {
    for (command, pointer) in [
        (at(assess(false, false), "03-11 12:00"), "/occurred_at"),
        (visit("03-11 12:00"), "/visited_at"),
        (report("03-11 12:00"), "/received_at"),
    ] {
        reported()
            .when("03-11 11:00", OFFICER, command)
            .then_refused_at("in-the-future", pointer);
    }
    for (who, command, pointer) in [
        (OFFICER, at(note(), "03-11 08:00"), "/occurred_at"),
        (OFFICER, visit("03-10 12:00"), "/visited_at"),
    ] {
        reported()
            .when("03-11 11:00", who, command)
            .then_refused_at("before-the-report", pointer);
    }
    // What protected the child earlier is recorded as it was.
    reported()
        .when("03-11 11:00", CHAIR, measure("03-11 08:00"))
        .then(&["EmergencyMeasureApplied"]);
}

#[test]
fn the_police_of_the_commune_pass_the_report_on_to_its_committee() {
    let police = with(
        report("03-11 09:00"),
        json!({"place_of_receipt": {"kind": "police", "unit": COMMUNE}}),
    );
    let told = given().and("03-11 09:00", POLICE, police);
    assert_eq!(told.open(), ["forward-report", "verify-report"]);
    let sent = told
        .when("03-11 09:05", POLICE, forward(COMMUNE))
        .then(&["ReportForwarded"]);
    assert_eq!(
        sent.open(),
        ["verify-report", "acknowledge-report", "initial-assessment"]
    );
}

#[test]
fn a_court_that_names_no_end_leaves_the_separation_without_a_due_date() {
    let decided = separated().and("03-18 08:00", CHAIR, ask_court()).and(
        "03-25 08:00",
        CLERK,
        court("continue-separation", None),
    );
    assert_eq!(
        decided.obligation("separation-end", "06-30 00:00"),
        "open -"
    );
    let bounded = decided.and("06-30 09:00", CHAIR, extend_required("2024-08-31"));
    assert_eq!(
        bounded.obligation("separation-end", "07-01 00:00"),
        "open 09-01 00:00"
    );
    // Another decision without an end does not prolong anything.
    let placed = separated().and("03-18 08:00", CHAIR, ask_court()).and(
        "03-25 08:00",
        CLERK,
        court("alternative-care", None),
    );
    assert_eq!(
        placed.obligation("separation-end", "03-26 00:00"),
        "open 03-28 00:00"
    );
}

#[test]
fn the_plan_in_force_goes_on_until_the_next_is_approved() {
    let waiting = approved()
        .and("03-20 09:00", OFFICER, report("03-20 09:00"))
        .and("03-20 10:00", OFFICER, assess(false, false))
        .and(
            "03-21 09:00",
            OFFICER,
            submit_items(json!([item("q1", "2024-03-22", "2024-04-22")])),
        );
    assert!(waiting.open().contains(&"carry-out".to_owned()));
    waiting
        .when("03-21 10:00", CHAIR, close_otherwise())
        .then(&["CaseClosed"]);
    let going = waiting.and("03-21 10:00", OFFICER, service("start-service", "p1"));
    going
        .when("03-21 11:00", CHAIR, close_otherwise())
        .then_refused("not-safe-and-stable");
    going
        .when("03-21 11:00", OFFICER, complete("q1"))
        .then_refused_at("unknown-item", "/item_id");
    let returned = going.and("03-21 11:00", CHAIR, send_back());
    returned
        .when("03-21 12:00", OFFICER, complete("p1"))
        .then(&["ServiceCompleted"]);
    let next = going.and("03-22 09:00", CHAIR, approve());
    let items = |case: &Given| -> Vec<_> {
        let all = case.obligations("03-22 10:00");
        let open = all.iter().filter(|o| o.step == "carry-out" && o.is_open());
        open.map(|o| o.item.clone().unwrap()).collect()
    };
    assert_eq!(items(&going), ["p1"]);
    assert_eq!(items(&next), ["q1"]);
    next.when("03-22 11:00", OFFICER, complete("p1"))
        .then_refused_at("unknown-item", "/item_id");
}
