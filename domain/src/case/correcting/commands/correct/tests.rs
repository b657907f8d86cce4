//! What may be corrected, by whom, and what follows.

use crate::case::testing::*;
use crate::case::{Event, effective, payload};
use serde_json::{Value, json};

/// Corrects the last event of a type on 30 March.
fn corrected(case: &Given, event: &str, path: &str, value: Value) -> Outcome {
    let id = case.event(event);
    let decided = matches!(event, "SeparationOrdered" | "SeparationExtended");
    let who = if decided { CHAIR } else { OFFICER };
    case.when("03-30 09:00", who, correct(id, path, value))
}

#[test]
fn a_corrected_receipt_moves_the_twelve_hours() {
    let case = corrected(
        &emergency(),
        "ReportReceived",
        "/received_at",
        json!(t("03-11 07:00")),
    )
    .then(&["FactCorrected"]);
    assert_eq!(
        case.obligation("emergency-measure", "03-11 12:00"),
        "open 03-11 19:00"
    );
}

#[test]
fn who_took_the_call_does_not_correct_a_case_into_their_own_hands() {
    // The first commune took the call and passed it on; the other assessed.
    let told = with(
        report("03-11 09:00"),
        json!({"incident": {"unit": OTHER}, "child": {"residence_unit": OTHER}}),
    );
    let case = reported_with(told)
        .and("03-11 09:30", OFFICER, forward(OTHER))
        .and("03-11 11:00", OTHER_OFFICER, assess(true, true));
    let call = case.event("ReportReceived");
    for path in ["/incident/unit", "/child/residence_unit"] {
        case.when("03-11 12:00", OFFICER, correct(call, path, json!(COMMUNE)))
            .then_refused("holder-corrects-the-place");
    }
    case.when(
        "03-11 12:00",
        OTHER_OFFICER,
        correct(call, "/child/residence_unit", json!(COMMUNE)),
    )
    .then(&["FactCorrected"]);
}

/// The first commune took the call and passed it on to the other, where it happened.
fn passed_on() -> Given {
    let told = with(
        report("03-11 09:00"),
        json!({"incident": {"unit": OTHER}, "child": {"residence_unit": OTHER}}),
    );
    reported_with(told).and("03-11 09:30", OFFICER, forward(OTHER))
}

#[test]
fn nobody_takes_a_case_over_by_correcting_the_whole_of_a_thing() {
    let case = passed_on().and("03-11 11:00", OTHER_OFFICER, assess(true, true));
    let call = case.event("ReportReceived");
    let child = json!({"sex": "female", "residence_unit": COMMUNE});
    for (event, path, value) in [
        (call, "/incident", json!({"unit": COMMUNE})),
        (call, "/facts/incident", json!({"unit": COMMUNE})),
        (call, "/facts/child", child),
        (
            call,
            "/place_of_receipt",
            json!({"kind": "commune", "unit": OTHER}),
        ),
        (case.event("ReportForwarded"), "/to_unit", json!(COMMUNE)),
    ] {
        case.when("03-11 12:00", OFFICER, correct(event, path, value.clone()))
            .then_refused("holder-corrects-the-place");
    }
    let moved = correct(call, "/incident", json!({"unit": COMMUNE}));
    let case = case
        .when("03-11 12:00", OTHER_OFFICER, moved)
        .then(&["FactCorrected"]);
    // And it counts from then on.
    let board = crate::responsibility::Board::of(
        case.history(),
        &crate::case::Procedure::shipped(),
        &crate::calendar::Calendar::shipped(),
        crate::time::Instant::parse(&t("03-12 09:00")).unwrap(),
    )
    .unwrap();
    let held = |clock: &str| {
        let at = crate::time::Instant::parse(&t(clock)).unwrap();
        board.holder_at(at).map(|held| held.answers.clone())
    };
    assert_eq!(held("03-11 11:30").as_deref(), Some(OTHER));
    assert_eq!(held("03-11 12:30").as_deref(), Some(COMMUNE));
}

#[test]
fn whoever_acted_keeps_the_case_and_the_province_can_help() {
    let acts = [
        (OTHER_CHAIR, measure("03-11 10:00")),
        (OTHER_OFFICER, verify("confirmed")),
    ];
    for (who, act) in acts {
        let case = passed_on().and("03-11 11:00", who, act);
        let call = case.event("ReportReceived");
        for path in ["/incident/unit", "/child/residence_unit"] {
            let mine = || correct(call, path, json!(COMMUNE));
            case.when("03-11 12:00", OFFICER, mine())
                .then_refused("holder-corrects-the-place");
            case.when("03-11 12:00", PROVINCIAL, mine())
                .then(&["FactCorrected"]);
        }
        // The province did not take the report: of the rest of it, nothing.
        case.when(
            "03-11 12:00",
            PROVINCIAL,
            correct(call, "/child/name", json!("A")),
        )
        .then_refused("not-yours-to-correct");
    }
    // In a later round, too.
    let again = passed_on()
        .and("03-11 11:00", OTHER_OFFICER, verify("unfounded"))
        .and("03-11 12:00", OTHER_CHAIR, close("unfounded"))
        .and("03-20 08:00", OTHER_OFFICER, reopen());
    let call = again.event("ReportReceived");
    again
        .when(
            "03-20 09:00",
            OFFICER,
            correct(call, "/incident/unit", json!(COMMUNE)),
        )
        .then_refused("holder-corrects-the-place");
    // Nobody has acted yet: the place of receipt mends its own mistake.
    let call = passed_on().event("ReportReceived");
    passed_on()
        .when(
            "03-11 10:00",
            OFFICER,
            correct(call, "/incident/unit", json!(COMMUNE)),
        )
        .then(&["FactCorrected"]);
}

#[test]
fn a_corrected_time_of_an_act_moves_what_counts_from_it() {
    let case = corrected(
        &assessed(),
        "InitialAssessmentRecorded",
        "/occurred_at",
        json!(t("03-12 08:00")),
    )
    .then(&["FactCorrected"]);
    assert_eq!(
        case.obligation("submit-plan", "03-12 12:00"),
        "open 03-20 00:00"
    );
    let measured = emergency().and("03-11 22:30", CHAIR, measure("03-11 22:00"));
    let case = corrected(
        &measured,
        "EmergencyMeasureApplied",
        "/applied_at",
        json!(t("03-11 20:00")),
    )
    .then(&["FactCorrected"]);
    assert_eq!(
        case.obligation("emergency-measure", "03-12 00:00"),
        "met 03-11 21:00"
    );
}

#[test]
fn a_corrected_finding_opens_or_lifts_what_follows_from_it() {
    let case = corrected(
        &assessed(),
        "InitialAssessmentRecorded",
        "/grave",
        json!(true),
    )
    .then(&["FactCorrected"]);
    assert_eq!(
        case.obligation("emergency-measure", "03-11 12:00"),
        "open 03-11 21:00"
    );
    // That an emergency lifts the limit of a plan which is overdue counts once the chair confirms.
    assert_eq!(case.obligation("submit-plan", "03-30 10:00"), "overdue -");
}

#[test]
fn personal_values_and_values_that_were_left_out() {
    let case = corrected(
        &assessed(),
        "ReportReceived",
        "/child/name",
        json!("Nguyễn Thị Mẫu"),
    )
    .then(&["FactCorrected"]);
    assert_eq!(case.state().child.name.as_deref(), Some("Nguyễn Thị Mẫu"));
    let case = corrected(
        &case,
        "ReportReceived",
        "/personal/child/address",
        json!("Thôn 3"),
    )
    .then(&["FactCorrected"]);
    assert_eq!(case.state().child.address.as_deref(), Some("Thôn 3"));
    assert_eq!(case.state().child.name.as_deref(), Some("Nguyễn Thị Mẫu"));
    let case =
        corrected(&case, "ReportReceived", "/child/name", Value::Null).then(&["FactCorrected"]);
    assert_eq!(case.state().child.name, None);
    let case = corrected(
        &case,
        "ReportReceived",
        "/child/birth",
        json!({"date": "2012-01-02"}),
    )
    .then(&["FactCorrected"]);
    assert_eq!(case.state().child.birth_year, Some(2012));
    let case = corrected(
        &case,
        "ReportReceived",
        "/facts/incident/happened_at",
        json!("2024-03-10"),
    )
    .then(&["FactCorrected"]);
    assert!(case.state().reports[0].happened_at.is_some());
}

#[test]
fn what_was_left_out_is_added_as_the_command_would_have_taken_it() {
    // Ordered without a word of where the child is.
    let order = with(
        separate("2024-03-12", "2024-03-20"),
        json!({"address": null, "note": null}),
    );
    let case = emergency().and("03-12 08:00", CHAIR, order);
    for path in ["/address", "/personal/address"] {
        let case = corrected(
            &case,
            "SeparationOrdered",
            path,
            json!("Nhà bà ngoại, thôn 3"),
        )
        .then(&["FactCorrected"]);
        let known = effective(case.history());
        let address = known.iter().find_map(|event| match &event.event {
            Event::SeparationOrdered(e) => e.personal.as_ref()?.address.clone(),
            _ => None,
        });
        assert_eq!(
            address.map(|line| line.to_string()).as_deref(),
            Some("Nhà bà ngoại, thôn 3")
        );
        corrected(&case, "SeparationOrdered", path, json!("Nhà dì")).then(&["FactCorrected"]);
        corrected(&case, "SeparationOrdered", path, Value::Null).then(&["FactCorrected"]);
    }
    for (path, code) in [
        ("/mood", "unknown-path"),
        ("/personal/mood", "unknown-path"),
        ("/address/street", "unknown-path"),
    ] {
        corrected(&case, "SeparationOrdered", path, json!("x")).then_refused(code);
    }
    corrected(&case, "SeparationOrdered", "/address", Value::Null)
        .then_refused_at("nothing-changes", "/value");
    // Who is suspected had no name, and of the family nothing was told.
    for (path, value) in [
        ("/suspected_harmer/name", json!("Lê Văn Mẫu")),
        ("/personal/suspected_harmer/name", json!("Lê Văn Mẫu")),
        ("/suspected_harmer/note", json!("Ở cùng thôn")),
        ("/informant/phone", json!("0912000000")),
        ("/family/father", json!("Trần Văn Mẫu")),
    ] {
        corrected(&reported(), "ReportReceived", path, value).then(&["FactCorrected"]);
    }
    corrected(
        &reported(),
        "ReportReceived",
        "/suspected_harmer/mood",
        json!("x"),
    )
    .then_refused("unknown-path");
}

#[test]
fn what_was_erased_is_not_added_again() {
    let order = with(
        separate("2024-03-12", "2024-03-20"),
        json!({"address": null, "note": null}),
    );
    let case = emergency().and("03-12 08:00", CHAIR, order);
    let erased = case.history().iter().cloned().map(|mut event| {
        if let Event::ReportReceived(report) = &mut event.event {
            report.personal = None;
        }
        event
    });
    let erased = Given::told(erased);
    for path in ["/address", "/personal/address"] {
        corrected(&erased, "SeparationOrdered", path, json!("Nhà dì")).then_refused("unknown-path");
    }
    // Nor do words come in by the door of a number.
    let number = |case: &Given, value: &str| {
        corrected(case, "SeparationOrdered", "/decision_number", json!(value))
    };
    number(&erased, "Quyết định số 12").then_refused("unknown-path");
    number(&erased, "12/QĐ-UBND").then(&["FactCorrected"]);
    number(&case, "Quyết định số 12").then(&["FactCorrected", "FactCorrected"]);
}

#[test]
fn a_number_may_become_words_and_words_a_number() {
    let parts = |case: &Given| {
        let known = effective(case.history());
        let last = known.iter().rev();
        let mut approved = last.filter_map(|event| match &event.event {
            Event::PlanApproved(e) => Some(e.clone()),
            _ => None,
        });
        let approved = approved.next().unwrap();
        let words = approved.personal.and_then(|own| own.decision_number);
        let number = approved.facts.decision_number;
        (number.map(|n| n.to_string()), words.map(|w| w.to_string()))
    };
    let by_chair = |case: &Given, value: Value| {
        let id = case.event("PlanApproved");
        case.when("03-30 09:00", CHAIR, correct(id, "/decision_number", value))
    };
    let text = |text: &str| Some(text.to_owned());
    let case = approved();
    assert!(parts(&case).0.is_some());
    let words = "Quyết định số 15 ngày 14/3";
    let case = by_chair(&case, json!(words)).then(&["FactCorrected", "FactCorrected"]);
    assert_eq!(parts(&case), (None, text(words)));
    let plan = |case: &Given| case.state().plan.as_ref().unwrap().decision_number.clone();
    assert_eq!(plan(&case), text(words));
    by_chair(&case, json!(words)).then_refused_at("nothing-changes", "/value");
    let other = "Quyết định số 16";
    let case = by_chair(&case, json!(other)).then(&["FactCorrected"]);
    assert_eq!(parts(&case), (None, text(other)));
    let case = by_chair(&case, json!("16/QĐ-UBND")).then(&["FactCorrected", "FactCorrected"]);
    assert_eq!(parts(&case), (text("16/QĐ-UBND"), None));
    by_chair(&case, json!("")).then_refused_at("does-not-fit", "/value");
    by_chair(&case, Value::Null).then_refused_at("missing-field", "/value");
    assert_eq!(crate::case::misfits(case.history()), []);
    // No words stand among the facts of the corrections either.
    for event in case.history() {
        let (facts, _) = payload(&event.event);
        assert!(!facts.to_string().contains("Quyết định"), "{facts}");
    }
}

#[test]
fn the_last_correction_of_a_value_stands() {
    let once = corrected(&assessed(), "ReportReceived", "/child/name", json!("A"))
        .then(&["FactCorrected"]);
    let twice =
        corrected(&once, "ReportReceived", "/child/name", json!("B")).then(&["FactCorrected"]);
    assert_eq!(twice.state().child.name.as_deref(), Some("B"));
    corrected(&twice, "ReportReceived", "/child/name", json!("B"))
        .then_refused_at("nothing-changes", "/value");
}

#[test]
fn a_correction_brings_in_nothing_that_a_command_could_not() {
    let case = separated().and("03-13 09:00", OFFICER, note());
    for (event, path, value, code) in [
        (
            "ReportReceived",
            "/received_at",
            json!(t("03-30 09:01")),
            "in-the-future",
        ),
        (
            "ReportReceived",
            "/incident/unit",
            json!("99999"),
            "unknown-unit",
        ),
        (
            "ReportReceived",
            "/incident/unit",
            json!("44"),
            "not-a-commune",
        ),
        (
            "ReportReceived",
            "/place_of_receipt/unit",
            json!("x"),
            "unknown-unit",
        ),
        (
            "ReportReceived",
            "/child/residence_unit",
            json!("x"),
            "unknown-unit",
        ),
        (
            "ReportReceived",
            "/child/birth",
            json!({"date": "2024-03-12"}),
            "in-the-future",
        ),
        (
            "ReportReceived",
            "/child/sex",
            json!("both"),
            "does-not-fit",
        ),
        (
            "ReportReceived",
            "/received_at",
            Value::Null,
            "does-not-fit",
        ),
        (
            "NoteAdded",
            "/occurred_at",
            json!(t("03-11 08:00")),
            "before-the-report",
        ),
        (
            "NoteAdded",
            "/occurred_at",
            json!(t("03-30 10:00")),
            "in-the-future",
        ),
        (
            "SeparationOrdered",
            "/until",
            json!("2024-03-28"),
            "separation-too-long",
        ),
        (
            "SeparationOrdered",
            "/until",
            json!("2024-03-11"),
            "end-before-start",
        ),
    ] {
        corrected(&case, event, path, value).then_refused_at(code, "/value");
    }
    corrected(&case, "SeparationOrdered", "/until", json!("2024-03-27")).then(&["FactCorrected"]);
}

#[test]
fn what_an_office_decided_that_office_corrects() {
    let case = separated()
        .and("03-12 09:00", OFFICER, detail())
        .and("03-12 10:00", CHAIR, meet())
        .and("03-12 11:00", OFFICER, submit());
    let plan = case.event("PlanSubmitted");
    let goals = || correct(plan, "/goals", json!("Đến trường"));
    case.when("03-12 12:00", OFFICER, goals())
        .then(&["FactCorrected"]);
    let case = case
        .and("03-12 12:00", CHAIR, approve())
        .and("03-19 09:00", CHAIR, lift())
        .and(
            "03-20 09:00",
            CHAIR,
            with(close("died"), json!({"note": "Đuối nước"})),
        );
    for (event, path, value) in [
        ("PlanSubmitted", "/goals", json!("Đến trường")),
        ("PlanApproved", "/decision_number", json!("13/QĐ-UBND")),
        ("SeparationOrdered", "/decision_number", json!("20/QĐ-UBND")),
        ("SeparationLifted", "/decision_number", json!("24/QĐ-UBND")),
        ("CaseClosed", "/note", json!("Tai nạn")),
    ] {
        let command = || correct(case.event(event), path, value.clone());
        for who in [OFFICER, PROVINCIAL, HEALTH] {
            let code = case.when("03-30 09:00", who, command()).refusal().code;
            let expected = match who {
                HEALTH => "not-your-unit",
                _ => "not-yours-to-correct",
            };
            assert_eq!(code, expected, "{event} {who:?}");
        }
        case.when("03-30 09:00", CHAIR, command())
            .then(&["FactCorrected"]);
    }
    // Nor does a plan that was sent back and submitted anew belong to the chair.
    let returned =
        submitted()
            .and("03-15 09:00", CHAIR, send_back())
            .and("03-16 09:00", OFFICER, submit());
    corrected(&returned, "PlanSubmitted", "/goals", json!("Đến trường")).then(&["FactCorrected"]);
}

#[test]
fn what_the_new_holder_found_and_decided_the_former_one_does_not_correct() {
    let unknown = json!({"grave": "unknown", "carer_is_harmer": "unknown"});
    let case = reported()
        .and("03-11 11:00", OFFICER, with(assess(false, false), unknown))
        .and("03-11 13:00", OFFICER, transfer(OTHER))
        .and("03-11 14:00", OTHER_OFFICER, accept_transfer())
        .and("03-11 15:00", OTHER_OFFICER, verify("confirmed"))
        .and("03-11 16:00", OTHER_OFFICER, assess(true, true))
        .and(
            "03-11 17:00",
            OTHER_CHAIR,
            separate("2024-03-11", "2024-03-20"),
        );
    for (event, path, value) in [
        ("ReportVerified", "/outcome", json!("unclear")),
        (
            "InitialAssessmentRecorded",
            "/carer_is_harmer",
            json!("unknown"),
        ),
        ("SeparationOrdered", "/decision_number", json!("20/QĐ-UBND")),
    ] {
        let command = || correct(case.event(event), path, value.clone());
        // The commune of the incident could record each of them, and still corrects its own.
        for who in [OFFICER, CHAIR] {
            case.when("03-12 09:00", who, command())
                .then_refused("not-yours-to-correct");
        }
        case.when("03-12 09:00", OTHER_CHAIR, command())
            .then(&["FactCorrected"]);
    }
}

/// The officer wrote down what the police of the commune were told.
fn told_to_the_police() -> Given {
    let told = json!({"place_of_receipt": {"kind": "police"},
        "support_given": "Đã đưa đến trạm y tế", "family": {"situation": "Bà nuôi"}});
    given()
        .and("03-11 09:00", OFFICER, with(report("03-11 09:00"), told))
        .and("03-11 11:00", OFFICER, assess(false, false))
}

#[test]
fn nobody_learns_or_changes_a_value_that_they_do_not_see() {
    let case = told_to_the_police();
    let id = case.event("ReportReceived");
    // They received it and correct it, but what was done for the child is not shown to them.
    case.when(
        "03-12 09:00",
        POLICE,
        correct(id, "/child/name", json!("Nguyễn Thị Mẫu")),
    )
    .then(&["FactCorrected"]);
    for guess in [
        json!("Đã đưa đến trạm y tế"),
        json!("Đã gọi điện"),
        Value::Null,
    ] {
        for path in ["/support_given", "/personal/support_given"] {
            case.when("03-12 09:00", POLICE, correct(id, path, guess.clone()))
                .then_refused_at("unknown-path", "/path");
        }
    }
    for guess in [json!({"situation": "Bà nuôi"}), Value::Null] {
        case.when("03-12 09:00", POLICE, correct(id, "/family", guess))
            .then_refused_at("unknown-path", "/path");
    }
    // Who sees the value is told that nothing changes.
    case.when(
        "03-12 09:00",
        OFFICER,
        correct(id, "/support_given", json!("Đã đưa đến trạm y tế")),
    )
    .then_refused_at("nothing-changes", "/value");
    // What is not shown at all is not there, whatever is guessed of it.
    let form = case.event("InitialAssessmentRecorded");
    for guess in [false, true] {
        case.when("03-12 09:00", POLICE, correct(form, "/grave", json!(guess)))
            .then_refused_at("unknown-event", "/event_id");
    }
}

#[test]
fn a_refusal_names_only_what_one_sees() {
    let case = told_to_the_police();
    let id = case.event("ReportReceived");
    let later = || correct(id, "/received_at", json!(t("03-11 12:00")));
    let hidden = case.when("03-12 09:00", POLICE, later()).refusal();
    assert_eq!((hidden.code, hidden.against), ("before-its-cause", None));
    let told = format!("{} {}", hidden.message.vi, hidden.message.en);
    assert!(
        !told.contains("11/03") && !told.contains("assessment"),
        "{told}"
    );
    let seen = case.when("03-12 09:00", OFFICER, later()).refusal();
    assert_eq!(seen.against, Some(case.event("InitialAssessmentRecorded")));
}

/// A correction of several values.
fn several(changes: Value) -> Value {
    json!({"type": "correct", "changes": changes, "reason": "Ghi nhầm"})
}

#[test]
fn several_values_are_corrected_at_once_or_none() {
    let case = assessed();
    let (told, form) = (
        case.event("ReportReceived"),
        case.event("InitialAssessmentRecorded"),
    );
    let change = |event: uuid::Uuid, path: &str, value: Value| json!({"event_id": event, "path": path, "value": value});
    let received = || change(told, "/received_at", json!(t("03-11 12:00")));
    let assessed = || change(form, "/occurred_at", json!(t("03-11 13:00")));
    // Received at noon and assessed at one: each alone stands against the other.
    case.when("03-12 09:00", OFFICER, several(json!([received()])))
        .then_refused_at("before-its-cause", "/changes/0/value");
    let both = case
        .when(
            "03-12 09:00",
            OFFICER,
            several(json!([received(), assessed()])),
        )
        .then(&["FactCorrected", "FactCorrected"]);
    assert_eq!(both.state().received_at.to_string(), t("03-11 12:00"));
    let wrong = change(told, "/child/sex", json!("both"));
    case.when("03-12 09:00", OFFICER, several(json!([assessed(), wrong])))
        .then_refused_at("does-not-fit", "/changes/1/value");
    case.when(
        "03-12 09:00",
        OFFICER,
        with(several(json!([assessed()])), json!({"event_id": told})),
    )
    .then_refused_at("two-answers", "/changes");
    let many: Vec<_> = (0..51).map(|_| assessed()).collect();
    case.when("03-12 09:00", OFFICER, several(json!(many)))
        .then_refused_at("wrong-length", "/changes");
}

/// Refused, naming the event that stands against it.
#[track_caller]
fn stands_against(outcome: Outcome, code: &str, case: &Given, event: &str) {
    let refused = outcome.refusal();
    assert_eq!(
        (refused.code, refused.against),
        (code, Some(case.event(event))),
        "{refused:#?}"
    );
}

#[test]
fn what_breaks_order_existence_or_a_maximum_is_refused_and_names_the_event() {
    let case = approved().and("03-16 09:00", OFFICER, service("start-service", "p1"));
    let received = corrected(
        &case,
        "ReportReceived",
        "/received_at",
        json!(t("03-11 12:00")),
    );
    stands_against(
        received,
        "before-its-cause",
        &case,
        "InitialAssessmentRecorded",
    );
    // The item that was begun would not have existed.
    let plan = case.event("PlanSubmitted");
    let gone = case.when(
        "03-30 09:00",
        CHAIR,
        correct(plan, "/items/0/id", json!("p2")),
    );
    stands_against(gone, "unknown-item", &case, "ServiceStarted");
    // The days of the separation would be more than fifteen.
    let chain = separated().and("03-19 08:00", CHAIR, extend("2024-03-27"));
    let sooner = corrected(&chain, "SeparationOrdered", "/from", json!("2024-03-11"));
    stands_against(sooner, "separation-too-long", &chain, "SeparationExtended");
    // Three interviews on one day.
    let interviews = ["03-14", "03-15"].iter().fold(passed(), |case, day| {
        let on = |from: &str, until: &str| {
            interview(&format!("{day} {from}"), &format!("{day} {until}"))
        };
        case.and("03-16 09:00", INVESTIGATOR, on("08:00", "09:00"))
            .and("03-16 09:00", INVESTIGATOR, on("14:00", "15:00"))
    });
    let first = interviews.history()[3].event_id;
    let changes = json!([
        {"event_id": first, "path": "/from", "value": t("03-15 10:00")},
        {"event_id": first, "path": "/until", "value": t("03-15 11:00")},
    ]);
    let refused = interviews
        .when("03-17 09:00", INVESTIGATOR, several(changes))
        .refusal();
    assert_eq!(refused.code, "interview-limit");
    assert!(refused.against.is_some());
    // The referral that was answered would not have been made yet.
    let referred = assessed().and("03-12 09:00", OFFICER, refer("r1")).and(
        "03-13 09:00",
        HEALTH,
        answer("accept-referral", "r1"),
    );
    let later = corrected(
        &referred,
        "ReferralMade",
        "/occurred_at",
        json!(t("03-14 09:00")),
    );
    stands_against(later, "before-its-cause", &referred, "ReferralAccepted");
    // The case would have been reopened before it was closed.
    let reopened = closed().and("04-02 09:00", CHAIR, reopen());
    let id = reopened.event("CaseReopened");
    let sooner = correct(id, "/occurred_at", json!(t("03-31 09:00")));
    reopened
        .when("04-03 09:00", CHAIR, sooner)
        .then_refused_at("before-its-cause", "/value");
}

#[test]
fn competence_and_age_never_stand_against_the_truth() {
    let case = approved().and("03-16 09:00", OFFICER, service("start-service", "p1"));
    // It happened in the other commune: what this one did stands, and from now on the other owes.
    let moved =
        corrected(&case, "ReportReceived", "/incident/unit", json!(OTHER)).then(&["FactCorrected"]);
    assert_eq!(moved.state().incident_unit, OTHER);
    assert!(moved.state().plan_in_force().is_some());
    // The person was 17 on that day: the Decree did not apply, and what was done stands.
    let day = json!("2024-03-11");
    let dated =
        corrected(&case, "ReportReceived", "/incident/happened_at", day).then(&["FactCorrected"]);
    let aged = corrected(
        &dated,
        "ReportReceived",
        "/child/birth",
        json!({"date": "2007-02-01"}),
    )
    .then(&["FactCorrected"]);
    assert!(aged.state().outside_decree());
    assert!(aged.state().plan_in_force().is_some());
    let done = aged.obligations("04-01 09:00");
    let plan = done.iter().find(|owed| owed.step == "submit-plan").unwrap();
    assert!(plan.ended_by_event.is_some());
}

#[test]
fn refusals() {
    let case = assessed();
    for path in [
        "/mood",
        "child",
        "",
        "/child/0",
        "/facts/nothing",
        "/occurred_at",
    ] {
        let code = if matches!(path, "" | "/facts/nothing") {
            "does-not-fit"
        } else {
            "unknown-path"
        };
        let id = case.event("ReportReceived");
        case.when("03-30 09:00", OFFICER, correct(id, path, json!("x")))
            .then_refused(code);
    }
    case.when(
        "03-30 09:00",
        OFFICER,
        correct(uuid::Uuid::nil(), "/child/name", json!("x")),
    )
    .then_refused_at("unknown-event", "/event_id");
    let once =
        corrected(&case, "ReportReceived", "/child/name", json!("A")).then(&["FactCorrected"]);
    corrected(&once, "FactCorrected", "/value", json!("B"))
        .then_refused_at("a-correction", "/event_id");
    let id = case.event("ReportReceived");
    case.when(
        "03-30 09:00",
        INSPECTOR,
        correct(id, "/child/name", json!("x")),
    )
    .then_refused("role-may-not");
}
