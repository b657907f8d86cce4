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
fn what_was_done_long_before_the_first_receipt_ends_nothing_and_is_marked() {
    let told = given().and("03-11 08:00", OFFICER, danger("03-11 08:00"));
    for (applied, met) in [
        ("03-09 08:00", true),
        ("03-09 07:59", false),
        ("02-20 08:00", false),
        ("2019-03-11 08:00", false),
    ] {
        for found in [false, true] {
            let case = match found {
                true => told.and("03-11 08:30", OFFICER, assess(true, true)),
                false => told.clone(),
            };
            let case = case.and("03-11 09:00", CHAIR, measure(applied));
            assert!(case.state().emergency_measures[0].before_receipt);
            let state = case.obligation("emergency-measure", "03-11 21:00");
            let expected = if met { "met" } else { "overdue" };
            assert_eq!(state, format!("{expected} 03-11 20:00"), "{applied}");
            // What protects now is recorded, or the receipt is corrected.
            let now = case.and("03-11 10:00", CHAIR, measure("03-11 09:30"));
            assert_eq!(
                now.obligation("emergency-measure", "03-11 21:00"),
                "met 03-11 20:00"
            );
        }
    }
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

/// A report of danger in `OTHER` that its officer adds without seeing the case.
fn unseen(received: &str) -> Value {
    let elsewhere = json!({
        "place_of_receipt": { "unit": OTHER }, "incident": { "unit": OTHER }, "danger_now": true,
    });
    with(report(received), elsewhere)
}

/// Danger in `COMMUNE` at 8:00, and of a child of whom nobody knows whether it is the same at 9:00.
fn two_children() -> Given {
    given()
        .and("03-11 08:00", OFFICER, danger("03-11 08:00"))
        .and("03-11 09:00", OTHER_OFFICER, unseen("03-11 09:00"))
}

/// Who owes each emergency duty that is open.
fn owing(case: &Given) -> Vec<String> {
    let all = case.obligations("03-11 12:00").into_iter();
    all.filter(|owed| owed.step == "emergency-measure" && owed.is_open())
        .filter_map(|owed| owed.accountable.unit)
        .collect()
}

const OF_THE_CASE: &str = "03-11 08:00 open 03-11 20:00 -";
const OF_THE_REPORT: &str = "03-11 09:00 open 03-11 21:00 -";

#[test]
fn the_commune_of_an_unseen_report_owes_its_child_hours_of_their_own() {
    let case = two_children();
    assert_eq!(
        emergencies(&case, "03-11 12:00"),
        [OF_THE_CASE, OF_THE_REPORT]
    );
    assert_eq!(owing(&case), [COMMUNE, OTHER]);
}

fn at_clock(clock: &str) -> crate::time::Instant {
    crate::time::Instant::parse(&t(clock)).unwrap()
}

#[test]
fn a_measure_for_the_one_child_ends_nothing_that_is_owed_for_the_other() {
    let case = two_children();
    let there = case.and("03-11 10:30", OTHER_CHAIR, measure("03-11 10:00"));
    assert_eq!(
        emergencies(&there, "03-11 12:00"),
        [OF_THE_CASE, "03-11 09:00 met 03-11 21:00 03-11 10:00"]
    );
    let here = case.and("03-11 10:30", CHAIR, measure("03-11 10:00"));
    assert_eq!(
        emergencies(&here, "03-11 12:00"),
        ["03-11 08:00 met 03-11 20:00 03-11 10:00", OF_THE_REPORT]
    );
    // Who names the report means its child.
    let named = with(
        measure("03-11 10:00"),
        json!({ "report": case.event("ReportReceived") }),
    );
    let named = case.and("03-11 10:30", CHAIR, named);
    assert_eq!(
        emergencies(&named, "03-11 12:00"),
        [OF_THE_CASE, "03-11 09:00 met 03-11 21:00 03-11 10:00"]
    );
}

#[test]
fn an_unseen_report_is_not_born_met_by_a_measure_for_the_child_of_the_case() {
    let case = given()
        .and("03-11 08:00", OFFICER, danger("03-11 08:00"))
        .and("03-11 10:00", CHAIR, measure("03-11 09:30"))
        .and("03-11 11:00", OTHER_OFFICER, unseen("03-11 09:00"));
    assert_eq!(emergencies(&case, "03-11 12:00")[1], OF_THE_REPORT);
}

#[test]
fn nothing_that_is_said_of_the_case_takes_the_hours_of_an_unseen_report_away() {
    let no_danger = with(assess(false, false), json!({ "contradiction_reason": "-" }));
    let case = two_children();
    for said in [no_danger, verify("unfounded")] {
        let case = case.and("03-11 10:00", OFFICER, said);
        assert_eq!(owing(&case), [OTHER]);
    }
    let dead = case.and("03-11 10:00", CHAIR, close("died"));
    assert_eq!(owing(&dead), [OTHER]);
    let met = dead.and("03-11 11:30", OTHER_CHAIR, measure("03-11 11:00"));
    assert_eq!(owing(&met), [""; 0]);
}

#[test]
fn what_form_02_finds_in_the_case_is_owed_by_its_own_commune() {
    let case = reported()
        .and("03-11 09:30", OTHER_OFFICER, unseen("03-11 09:10"))
        .and("03-11 10:00", OFFICER, assess(true, true));
    assert_eq!(owing(&case), [OTHER, COMMUNE]);
}

#[test]
fn of_the_same_child_the_measure_counts_and_of_another_it_does_not() {
    let case = two_children().and("03-11 10:30", OTHER_CHAIR, measure("03-11 10:00"));
    let report = case.history()[1].event_id;
    let same = case.and("03-11 11:00", OFFICER, answer_same_child(report, true));
    assert_eq!(owing(&same), [""; 0]);
    let other = case.and("03-11 11:00", OFFICER, answer_same_child(report, false));
    assert_eq!(owing(&other), [COMMUNE]);
    assert!(other.state().emergency_measures.is_empty());
    // It goes along into the case of the other child.
    let whole = crate::case::Case::fold(case.history().to_vec(), crate::unit::Units::shipped());
    let along = crate::case::goes_along(&whole, report);
    assert_eq!(along.len(), 1);
    assert_eq!(along[0].occurred_at, at_clock("03-11 10:00"));
    let first = case.history()[0].event_id;
    assert!(crate::case::goes_along(&whole, first).is_empty());
}

#[test]
fn a_measure_names_a_report_of_the_case() {
    let nil = uuid::Uuid::nil();
    let named = with(measure("03-11 10:00"), json!({ "report": nil }));
    two_children()
        .when("03-11 10:30", CHAIR, named)
        .then_refused_at("unknown-report", "/report");
}
