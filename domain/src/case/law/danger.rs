//! When danger that was told again is met: never by what was done before it was told.

use serde_json::{Value, json};

use crate::case::testing::*;

/// A report of danger.
fn danger(received: &str) -> Value {
    with(report(received), json!({ "danger_now": true }))
}

/// Every emergency duty, as `opened state due ended`.
fn emergencies(case: &Given, clock: &str) -> Vec<String> {
    let all = case.obligations(clock).into_iter();
    let clock = |at: Option<crate::time::Instant>| {
        at.map_or("-".into(), |at| {
            at.local().format("%m-%d %H:%M").to_string()
        })
    };
    all.filter(|owed| owed.step == "emergency-measure")
        .map(|owed| {
            let state = serde_json::to_value(owed.state).unwrap();
            let (opened, due) = (clock(Some(owed.opened_at)), clock(owed.due_at));
            let ended = clock(owed.ended_at);
            format!("{opened} {} {due} {ended}", state.as_str().unwrap())
        })
        .collect()
}

/// Danger on 11 March, a measure half an hour later; confirmed, and no form 02.
fn met_in_march() -> Given {
    given()
        .and("03-11 08:00", OFFICER, danger("03-11 08:00"))
        .and("03-11 09:00", CHAIR, measure("03-11 08:30"))
        .and("03-11 10:00", OFFICER, verify("confirmed"))
}

#[test]
fn new_danger_is_not_met_by_a_measure_of_weeks_before() {
    let told = met_in_march().and("04-20 09:00", OFFICER, danger("04-20 09:00"));
    assert_eq!(
        emergencies(&told, "04-20 10:00"),
        [
            "03-11 08:00 met 03-11 20:00 03-11 08:30",
            "04-20 09:00 open 04-20 21:00 -"
        ]
    );
    let met = told.and("04-20 11:00", CHAIR, measure("04-20 10:30"));
    assert_eq!(
        emergencies(&met, "04-20 12:00")[1],
        "04-20 09:00 met 04-20 21:00 04-20 10:30"
    );
}

#[test]
fn what_was_done_before_the_first_receipt_answers_the_first_report_only() {
    let before = given()
        .and("03-11 08:00", OFFICER, danger("03-11 08:00"))
        .and("03-11 09:00", CHAIR, measure("03-11 07:30"));
    let told = before.and("03-11 12:00", OFFICER, danger("03-11 12:00"));
    assert_eq!(
        emergencies(&told, "03-11 13:00"),
        [
            "03-11 08:00 met 03-11 20:00 03-11 07:30",
            "03-11 12:00 open 03-12 00:00 -"
        ]
    );
}

#[test]
fn a_report_of_danger_after_one_without_is_not_met_by_what_was_done_between() {
    let told = reported()
        .and("03-12 09:00", CHAIR, measure("03-12 08:30"))
        .and("03-20 09:00", OFFICER, danger("03-20 09:00"));
    assert_eq!(emergencies(&told, "03-20 10:00").len(), 1);
    assert!(emergencies(&told, "03-20 10:00")[0].ends_with(" -"));
}

#[test]
fn what_was_told_while_the_duty_was_open_is_not_met_by_an_act_before_it() {
    let told = given()
        .and("03-11 08:00", OFFICER, danger("03-11 08:00"))
        .and("03-11 10:00", OFFICER, danger("03-11 10:00"));
    // One duty for what waits together.
    assert_eq!(
        emergencies(&told, "03-11 10:30"),
        ["03-11 08:00 open 03-11 20:00 -"]
    );
    let after = told.and("03-11 11:00", CHAIR, measure("03-11 10:30"));
    assert_eq!(
        emergencies(&after, "03-11 11:30"),
        ["03-11 08:00 met 03-11 20:00 03-11 10:30"]
    );
    let between = told.and("03-11 11:00", CHAIR, measure("03-11 09:00"));
    assert_eq!(
        emergencies(&between, "03-11 11:30"),
        [
            "03-11 08:00 met 03-11 20:00 03-11 09:00",
            "03-11 10:00 open 03-11 22:00 -"
        ]
    );
}

#[test]
fn what_form_02_finds_is_met_by_what_was_done_before_it() {
    let case = given()
        .and("03-11 08:00", OFFICER, danger("03-11 08:00"))
        .and("03-11 11:00", OFFICER, assess(true, true))
        .and("03-11 12:00", CHAIR, measure("03-11 09:30"));
    assert_eq!(
        emergencies(&case, "03-11 13:00"),
        ["03-11 08:00 met 03-11 20:00 03-11 09:30"]
    );
}
