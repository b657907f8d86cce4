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
