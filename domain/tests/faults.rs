//! Histories that once went wrong, and what is right: who may not act is refused, a correction that
//! makes the history impossible is refused, nothing that protects is turned away.

mod play;

use play::{accepted, last, obligation, play, refused};

#[test]
fn after_a_transfer_only_the_new_holder_acts() {
    let answer = play("former-holder-acts-and-closes");
    assert_eq!(
        refused(&answer),
        [
            (4, "not-your-unit"),
            (5, "not-your-unit"),
            (6, "not-your-unit"),
            (7, "not-your-unit"),
            (8, "not-your-unit"),
        ]
    );
    assert_eq!(answer["case"]["status"], "open");
    assert_eq!(answer["case"]["holder_unit"], "19009");
}

#[test]
fn a_service_corrects_nothing_that_it_could_not_have_recorded() {
    let answer = play("service-corrects-receipt-assessment-and-commune");
    // It sees the report, but not the assessment: that is not even there for it.
    assert_eq!(
        refused(&answer),
        [
            (3, "not-yours-to-correct"),
            (4, "unknown-event"),
            (5, "not-yours-to-correct"),
        ]
    );
    assert_eq!(
        last(&answer, "emergency-measure"),
        "overdue 2026-03-10T20:00:00+07:00"
    );
}

#[test]
fn who_declined_has_no_part_any_more() {
    let answer = play("declined-service-corrects-name");
    assert_eq!(refused(&answer), [(4, "not-your-unit")]);
    assert_eq!(answer["case"]["child"]["name"], "Trẻ Giả Định");
}

#[test]
fn a_unit_that_has_ended_is_asked_nothing() {
    let answer = play("crime-report-to-ended-unit");
    assert_eq!(refused(&answer), [(2, "unit-ended"), (3, "unit-ended")]);
    for (step, field) in [(2, "/to_unit"), (3, "/to_agency/unit")] {
        let step = &answer["steps"][step];
        assert_eq!(step["field"], field);
        assert!(
            step["message"].as_str().unwrap().contains("Nay là"),
            "{step}"
        );
    }
}

#[test]
fn a_correction_passes_what_the_command_has_to_pass() {
    let answer = play("transfer-corrected-to-no-unit");
    assert_eq!(refused(&answer), [(4, "unknown-path")]);
    assert_eq!(answer["case"]["holder_unit"], "19009");
}

#[test]
fn what_the_chair_decided_the_chair_corrects() {
    let answer = play("officer-corrects-approved-plan-and-closing");
    assert_eq!(refused(&answer), [(6, "not-yours-to-correct")]);
    assert_eq!(answer["case"]["plan"]["items"].as_array().unwrap().len(), 1);
}

#[test]
fn a_guess_of_age_turns_no_report_away() {
    let answer = play("estimated-age-16-refused");
    assert_eq!(accepted(&answer), [true]);
    assert_eq!(
        last(&answer, "emergency-measure"),
        "overdue 2026-03-10T20:00:00+07:00"
    );
}

#[test]
fn a_receipt_is_not_corrected_to_after_what_followed_it() {
    let answer = play("receipt-corrected-to-after-the-assessment");
    assert_eq!(refused(&answer), [(2, "before-its-cause")]);
    let step = &answer["steps"][2];
    assert_eq!(step["against"], "00000000-0000-0000-0000-000000000002");
    let message = step["message_en"].as_str().unwrap();
    assert!(
        message.contains("initial assessment of 10/03/2026 07:00"),
        "{message}"
    );
    assert_eq!(
        last(&answer, "emergency-measure"),
        "overdue 2026-03-10T18:00:00+07:00"
    );
}

#[test]
fn a_measure_before_the_first_receipt_counts_and_is_marked() {
    let answer = play("act-corrected-to-before-the-report");
    assert_eq!(refused(&answer), []);
    let owed = obligation(&answer, "emergency-measure");
    assert_eq!(owed["state"], "met");
    assert_eq!(owed["after_correction"], "met-late");
    assert_eq!(
        answer["case"]["emergency_measures"][0]["before_receipt"],
        true
    );
}

#[test]
fn a_case_is_not_closed_before_it_was_reopened() {
    let answer = play("closed-before-it-was-reopened");
    assert_eq!(refused(&answer).len(), 1);
    assert_eq!(answer["case"]["status"], "open");
}
