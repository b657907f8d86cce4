//! What remains of a duty when others act, when a case is opened again, or when something is corrected: that it was
//! owed, by whom, with which time; and that nobody owes what they may not do.

use serde_json::{Value, json};

use super::testing::*;
use crate::identity::Role;
use crate::law::Obligation;

/// A report of which nobody knows whether it is about the child of the case, told in `OTHER`.
fn unseen(received: &str) -> Value {
    let there = json!({"place_of_receipt": {"unit": OTHER}, "incident": {"unit": OTHER}});
    with(report(received), there)
}

/// Danger that was found and not answered, and the child thought dead the next day.
fn thought_dead() -> Given {
    given()
        .and("03-11 09:00", OFFICER, danger(report("03-11 09:00")))
        .and("03-11 11:00", OFFICER, assess(true, true))
        .and("03-12 09:00", CHAIR, close("died"))
}

/// The last duty of a step.
fn last(case: &Given, step: &str, clock: &str) -> Obligation {
    let mut all = case.obligations(clock).into_iter().rev();
    all.find(|owed| owed.step == step).unwrap()
}

/// When the duties of 12 hours that are open are due, in the order in which they arose.
fn open_hours(case: &Given, clock: &str) -> Vec<String> {
    let open = case.obligations(clock).into_iter();
    let open = open.filter(|owed| owed.is_open() && owed.step == "emergency-measure");
    open.map(|owed| {
        owed.due_at
            .unwrap()
            .local()
            .format("%m-%d %H:%M")
            .to_string()
    })
    .collect()
}

fn asked(case: &Given) -> Vec<(&'static str, Role)> {
    let open = case.state().open_contradictions();
    open.map(|one| (one.against.code(), one.asks)).collect()
}

#[test]
fn a_late_duty_that_a_correction_had_opened_does_not_vanish_by_the_next_one() {
    // No danger was told; closed, and the hotline says weeks later that there was. The chair protects nobody.
    let told = given()
        .and("03-11 09:05", HOTLINE, call("03-11 09:00"))
        .and("03-11 09:10", HOTLINE, forward(COMMUNE))
        .and("03-11 10:00", OFFICER, verify("unclear"))
        .and("03-12 09:00", CHAIR, close_otherwise());
    let report = told.event("ReportReceived");
    let closing = told.event("CaseClosed");
    let told = told.and(
        "04-02 09:00",
        HOTLINE,
        correct(report, "/danger_now", json!(true)),
    );
    assert_eq!(open_hours(&told, "04-02 10:00"), ["04-02 21:00"]);
    // And says the next day that the child had died.
    let died = told.and(
        "04-03 09:00",
        CHAIR,
        correct(closing, "/reason", json!("died")),
    );
    assert_eq!(open_hours(&died, "04-03 10:00"), [""; 0]);
    let gone = |case: &Given| {
        let all = case.obligations("04-04 10:00");
        let due = crate::time::Instant::parse(&t("04-02 21:00")).unwrap();
        let found = all.into_iter().find(|owed| owed.due_at == Some(due));
        found.map(|owed| (owed.late, owed.waived_because.is_some()))
    };
    assert_eq!(gone(&died), Some((true, true)));
    // Nor where it is taken back and confirmed too late.
    let back = told.and(
        "04-03 09:00",
        HOTLINE,
        correct(report, "/danger_now", json!(false)),
    );
    let question = answer_contradiction(back.event("FactCorrected"), "danger-taken-back");
    let confirmed = back.and("04-03 10:00", CHAIR, question);
    assert_eq!(open_hours(&confirmed, "04-03 11:00"), [""; 0]);
    let question = last(&confirmed, "answer-contradiction", "04-03 11:00");
    assert_eq!(question.after_correction, None);
    assert_eq!(gone(&confirmed), Some((true, true)));
}

#[test]
fn who_is_told_of_a_child_thought_dead_is_not_late_with_what_was_due_before() {
    let case = thought_dead().and("03-14 10:00", OTHER_OFFICER, danger(unseen("03-14 09:30")));
    let report = case.event("ReportReceived");
    let same = case.and("03-14 11:00", OFFICER, answer_same_child(report, true));
    assert_eq!(
        open_hours(&same, "03-14 12:00"),
        ["03-14 21:30", "03-11 21:00"]
    );
    let back = last(&same, "emergency-measure", "03-14 12:00");
    assert_eq!(back.accountable.unit.as_deref(), Some(OTHER));
    assert_eq!(back.answers_for_lateness().unit.as_deref(), Some(COMMUNE));
}

#[test]
fn what_was_seen_since_a_safe_review_comes_back_with_its_own_time() {
    let reviewed = found_safe_without_a_measure();
    let seen = with(visit("03-31 09:00"), json!({"danger_now": true}));
    let back = reviewed
        .and("03-31 09:30", OFFICER, seen)
        .and("04-01 09:00", CHAIR, close("died"))
        .and("04-10 09:00", CHAIR, reopen());
    assert_eq!(open_hours(&back, "04-10 10:00"), ["03-31 21:00"]);
    // It arises with the reopening, and is met by what protects after what was seen.
    let owed = last(&back, "emergency-measure", "04-10 10:00");
    assert_eq!(owed.opened_by, "CaseReopened");
    let met = back.and("04-10 11:00", CHAIR, measure("04-10 10:30"));
    assert_eq!(open_hours(&met, "04-10 12:00"), [""; 0]);
}

#[test]
fn a_review_that_is_corrected_to_safe_is_asked_about() {
    let not_safe = carried_out().and("03-29 09:00", OFFICER, review(false, true));
    let form = not_safe.event("PlanReviewed");
    let safe = correct(form, "/no_longer_at_risk", json!(true));
    let own = not_safe.and("03-29 10:00", OFFICER, safe.clone());
    assert_eq!(asked(&own), [("finding-lowered", Role::CommuneChair)]);
    // Also where another commune took the case over meanwhile.
    let theirs = not_safe
        .and("03-29 10:00", OFFICER, transfer(OTHER))
        .and("03-29 11:00", OTHER_OFFICER, accept_transfer())
        .and("03-29 12:00", OTHER_OFFICER, safe);
    assert_eq!(asked(&theirs), [("finding-lowered", Role::CommuneChair)]);
    // To say that it was not safe, or the words of it, raises no question.
    let safe = reviewed();
    let form = safe.event("PlanReviewed");
    let raised = safe.and(
        "03-29 10:00",
        OFFICER,
        correct(form, "/stable", json!(false)),
    );
    assert_eq!(asked(&raised), []);
}

#[test]
fn an_unknown_child_does_not_take_over_what_is_owed_for_the_child_of_the_case() {
    // A call is passed on after somebody else was told of perhaps another child.
    let passed = given()
        .and("03-11 09:05", HOTLINE, call("03-11 09:00"))
        .and("03-11 09:30", OTHER_OFFICER, unseen("03-11 09:20"))
        .and("03-11 09:40", HOTLINE, forward(COMMUNE));
    assert_eq!(passed.owed_by("acknowledge-report"), Some(COMMUNE.into()));
    // A closed case is opened again while the question waits.
    let back = thought_dead()
        .and("03-14 10:00", OTHER_OFFICER, unseen("03-14 09:30"))
        .and("03-14 11:00", PROVINCIAL, reopen());
    for step in ["verify-report", "initial-assessment"] {
        assert_eq!(back.owed_by(step), Some(COMMUNE.into()), "{step}");
    }
    // What is passed on for the unknown child is acknowledged where it went.
    let call = with(call("03-14 09:30"), json!({"incident": {"unit": OTHER}}));
    let told = thought_dead()
        .and("03-14 10:00", ("hotline-operator", "01"), {
            with(call, json!({"place_of_receipt": {"unit": "01"}}))
        })
        .and("03-14 10:10", ("hotline-operator", "01"), forward(OTHER));
    assert_eq!(told.owed_by("acknowledge-report"), Some(OTHER.into()));
}

#[test]
fn what_a_correction_of_a_closing_was_asked_goes_with_that_closing() {
    let twice = |id: u128| json!({"other_case": uuid::Uuid::from_u128(id)});
    let case = reviewed().and(
        "04-01 09:00",
        CHAIR,
        with(close("recorded-twice"), twice(7)),
    );
    let closing = case.event("CaseClosed");
    let other = correct(closing, "/other_case", json!(uuid::Uuid::from_u128(8)));
    let case = case.and("04-01 10:00", CHAIR, other);
    assert_eq!(asked(&case), [("finding-lowered", Role::ProvincialOfficer)]);
    let back = case.and("04-02 09:00", OFFICER, reopen());
    assert_eq!(asked(&back), []);
}

#[test]
fn a_question_that_is_gone_stays_that_of_whom_it_asked() {
    // A death closed without form 03 and minutes: the province is asked, and the case opened again.
    let died =
        emergency()
            .and("03-14 09:00", OFFICER, submit())
            .and("03-15 09:00", CHAIR, close("died"));
    let back = died.and("03-16 09:00", OFFICER, reopen());
    let all = back.obligations("03-17 09:00").into_iter();
    let asked: Vec<_> = all
        .filter(|owed| owed.step == "answer-contradiction")
        .map(|owed| (owed.accountable.role, owed.waived_because.is_some()))
        .collect();
    let gone = (Role::ProvincialOfficer, true);
    assert_eq!(asked, [gone, gone]);
}

#[test]
fn danger_told_of_a_child_thought_dead_is_owed_with_the_reopening() {
    let died = assessed().and("03-12 09:00", CHAIR, close("died"));
    let report = died.event("ReportReceived");
    let told = died.and(
        "03-12 10:00",
        OFFICER,
        correct(report, "/danger_now", json!(true)),
    );
    assert_eq!(open_hours(&told, "03-12 11:00"), [""; 0]);
    let back = told.and("03-12 12:00", OFFICER, reopen());
    assert_eq!(open_hours(&back, "03-12 13:00"), ["03-13 00:00"]);
    // Form 02 that was told of it answers it, as ever.
    let denied = back.and("03-12 14:00", OFFICER, assess(false, false));
    assert_eq!(open_hours(&denied, "03-12 15:00"), [""; 0]);
    // A measure since the danger answers it.
    let protected = died
        .and("03-12 09:30", CHAIR, measure("03-11 20:00"))
        .and(
            "03-12 10:00",
            OFFICER,
            correct(report, "/danger_now", json!(true)),
        )
        .and("03-12 12:00", OFFICER, reopen());
    assert_eq!(open_hours(&protected, "03-12 13:00"), [""; 0]);
}

#[test]
fn a_measure_for_a_child_that_has_a_case_of_its_own_is_recorded_there() {
    let told = reported().and("03-11 10:00", OTHER_OFFICER, danger(unseen("03-11 09:30")));
    let report = told.event("ReportReceived");
    let named = |applied: &str| with(measure(applied), json!({"report": report}));
    told.when("03-11 11:00", OTHER_CHAIR, named("03-11 10:30"))
        .then(&["EmergencyMeasureApplied"]);
    let other = told.and("03-11 11:00", OFFICER, answer_same_child(report, false));
    other
        .when("03-11 12:00", OTHER_CHAIR, named("03-11 11:30"))
        .then_refused_at("became-another-case", "/report");
}

#[test]
fn form_02_of_an_unknown_child_hides_none_of_the_child_of_the_case() {
    // The hotline was told of the child of the case; before it passes that on, another commune adds a report.
    let told = given()
        .and("03-11 09:05", HOTLINE, call("03-11 09:00"))
        .and("03-11 09:30", OTHER_OFFICER, unseen("03-11 09:20"))
        .and("03-11 09:40", HOTLINE, forward(COMMUNE));
    let forms = |case: &Given| {
        let all = case.obligations("03-11 10:00").into_iter();
        let forms = all.filter(|owed| owed.is_open() && owed.step == "initial-assessment");
        let mut units: Vec<_> = forms.map(|owed| owed.accountable.unit.unwrap()).collect();
        units.sort();
        units
    };
    assert_eq!(forms(&told), [COMMUNE, OTHER]);
    // Each form is of its own child.
    let assessed = told.and("03-11 10:00", OFFICER, assess(false, false));
    assert_eq!(forms(&assessed), [OTHER]);
    // Where they are one child, there is one form; where they are two, the other goes along with its report.
    let unseen = told.history()[1].event_id;
    let same = told.and("03-11 09:50", OFFICER, answer_same_child(unseen, true));
    assert_eq!(forms(&same), [OTHER]);
    let one = same.and("03-11 09:55", OFFICER, assess(false, false));
    assert_eq!(forms(&one), [""; 0]);
    let other = told.and("03-11 09:50", OFFICER, answer_same_child(unseen, false));
    assert_eq!(forms(&other), [COMMUNE]);
    let known = assessed.and("03-11 10:30", OFFICER, answer_same_child(unseen, true));
    assert_eq!(forms(&known), [""; 0]);
}

/// Form 02 saw no ground for separation.
fn no_ground() -> Given {
    let form = with(assess(false, false), json!({"separation_needed": false}));
    reported().and("03-11 11:00", OFFICER, form)
}

#[test]
fn a_ground_for_separation_that_is_told_after_the_closing_is_owed() {
    let safe = no_ground()
        .and("03-12 09:00", OFFICER, detail())
        .and("03-13 09:00", CHAIR, meet())
        .and("03-14 09:00", OFFICER, submit())
        .and("03-15 09:00", CHAIR, approve())
        .and("03-28 09:00", OFFICER, complete("p1"))
        .and("03-29 09:00", OFFICER, review(true, true))
        .and("04-01 09:00", CHAIR, close("safe-and-stable"));
    let form = safe.event("InitialAssessmentRecorded");
    let needed = || correct(form, "/separation_needed", json!(true));
    let told = safe.and("04-03 10:00", OFFICER, needed());
    // It is danger: a measure is owed while the case is closed.
    assert_eq!(open_hours(&told, "04-03 11:00"), ["04-03 22:00"]);
    let back = told.and("04-03 12:00", CHAIR, reopen());
    assert_eq!(
        back.obligation("temporary-separation", "04-03 13:00"),
        "open 04-04 00:00"
    );
    let ordered = back.and("04-03 14:00", CHAIR, separate("2024-04-03", "2024-04-10"));
    assert!(!ordered.open().contains(&"temporary-separation".to_owned()));
    // It does not come back once more with the next reopening.
    let again =
        ordered
            .and("04-05 09:00", CHAIR, close("died"))
            .and("04-06 09:00", CHAIR, reopen());
    assert!(!again.open().contains(&"temporary-separation".to_owned()));
    // Of a child thought dead it is owed with the reopening, also where a review had found it safe.
    let dead = safe_then_dead().and("04-03 10:00", OFFICER, needed());
    assert_eq!(open_hours(&dead, "04-03 11:00"), [""; 0]);
    let back = dead.and("04-03 12:00", CHAIR, reopen());
    assert_eq!(open_hours(&back, "04-03 13:00"), ["04-04 00:00"]);
    assert_eq!(
        back.obligation("temporary-separation", "04-03 13:00"),
        "open 04-04 00:00"
    );
}

/// The same, and the child thought dead.
fn safe_then_dead() -> Given {
    no_ground()
        .and("03-12 09:00", OFFICER, detail())
        .and("03-13 09:00", CHAIR, meet())
        .and("03-14 09:00", OFFICER, submit())
        .and("03-15 09:00", CHAIR, approve())
        .and("03-28 09:00", OFFICER, complete("p1"))
        .and("03-29 09:00", OFFICER, review(true, true))
        .and("04-01 09:00", CHAIR, close("died"))
}

#[test]
fn two_separations_of_one_child_are_one_when_the_answer_opens_the_case_again() {
    // Separated here until the case was closed, the child thought dead; and there a child of whom nobody knew.
    let ends = |case: &Given, clock: &str| {
        let all = case.obligations(clock).into_iter();
        let open = all.filter(|owed| owed.is_open() && owed.step == "separation-end");
        let due = open.map(|owed| owed.due_at.unwrap().local().format("%m-%d").to_string());
        due.collect::<Vec<_>>()
    };
    for (there, until, over, due) in [
        ("2024-03-14", "2024-03-25", false, "03-27"),
        ("2024-03-24", "2024-04-05", true, "03-27"),
    ] {
        let told = format!("03-{} 09:00", &there[8..]);
        let closed = emergency()
            .and("03-11 12:00", CHAIR, separate("2024-03-11", "2024-03-20"))
            .and("03-13 09:00", CHAIR, close("died"))
            .and(&told, OTHER_OFFICER, unseen(&told))
            .and(&told, OTHER_CHAIR, separate(there, until));
        let report = closed.event("ReportReceived");
        let clock = format!("03-{} 15:00", &there[8..]);
        let same = closed.and(&clock, OFFICER, answer_same_child(report, true));
        assert_eq!(ends(&same, &clock), [due]);
        let questions: Vec<_> = asked(&same).iter().map(|one| one.0).collect();
        assert_eq!(questions.contains(&"more-than-15-days"), over);
        let lifted = same.and(
            &clock.replace("15:00", "16:00"),
            CHAIR,
            with(lift(), json!({"reason": "An toàn"})),
        );
        assert_eq!(ends(&lifted, "04-08 00:00"), [""; 0]);
    }
}

#[test]
fn what_was_left_open_is_raised_by_a_correction() {
    // Signs of a crime that nobody ticked.
    let told = reported();
    let report = told.event("ReportReceived");
    let ticked = told.and(
        "03-11 10:00",
        OFFICER,
        correct(report, "/crime_suspected", json!(true)),
    );
    assert!(ticked.state().reports[0].crime_suspected);
    assert!(ticked.open().contains(&"tell-police".to_owned()));
    // A ground for separation that nobody spoke of on form 02.
    let form = assessed().event("InitialAssessmentRecorded");
    let needed = correct(form, "/separation_needed", json!(true));
    let needed = assessed().and("03-11 12:00", OFFICER, needed);
    assert!(needed.open().contains(&"temporary-separation".to_owned()));
    // What follows from other values, or is said by nobody, is not set by hand.
    for path in ["/unseen", "/aged_16"] {
        told.when("03-11 10:00", OFFICER, correct(report, path, json!(true)))
            .then_refused_at("unknown-path", "/path");
    }
}

#[test]
fn what_the_court_says_of_the_child_of_the_case_prolongs_no_separation_of_an_unknown_child() {
    let told = emergency()
        .and("03-12 09:00", CHAIR, ask_court())
        .and("03-14 09:00", OTHER_OFFICER, unseen("03-14 08:00"))
        .and(
            "03-14 10:00",
            OTHER_CHAIR,
            separate("2024-03-14", "2024-03-20"),
        )
        .and(
            "03-15 09:00",
            CLERK,
            court("isolation-order", Some("2024-06-15")),
        );
    let report = told.event("ReportReceived");
    let same = told.and("03-16 09:00", OFFICER, answer_same_child(report, true));
    let separation = same.state().separation().unwrap();
    assert!(!separation.required);
    assert_eq!(
        same.obligation("separation-end", "03-16 10:00"),
        "open 03-30 00:00"
    );
}
