//! What passes, to whom, and what stays as it was.

use crate::case::testing::*;
use serde_json::{Value, json};

/// Nam Trạch and Lý Trạch became Lý Nam on 1 December 2024; Lý Nam took over the code of Lý
/// Trạch.
const OLD: &str = "19195";
const NEW: &str = "19198";
const OLD_OFFICER: As = ("commune-officer", OLD);
const NEW_OFFICER: As = ("commune-officer", NEW);
const SYSTEM: As = ("system", PROVINCE);

fn in_old(command: Value) -> Value {
    with(
        command,
        json!({"incident": {"unit": OLD}, "child": {"residence_unit": OLD},
            "place_of_receipt": {"unit": OLD}}),
    )
}

fn pass(from: &str, to: &str) -> Value {
    pass_competence(from, to)
}

/// Received and assessed by the old commune in the last week of November.
fn before() -> Given {
    given()
        .and("11-28 09:00", OLD_OFFICER, in_old(report("11-28 09:00")))
        .and("11-28 11:00", OLD_OFFICER, assess(false, false))
}

fn owing(given: &Given, step: &str) -> (String, String) {
    let all = given.obligations("12-31 00:00");
    let found = all.iter().rev().find(|o| o.step == step).unwrap();
    let due = found
        .due_at
        .map_or("-".into(), |at| at.local().to_rfc3339());
    (found.accountable.unit.clone().unwrap_or_default(), due)
}

#[test]
fn the_successor_holds_the_case_and_owes_what_is_open_by_the_old_date() {
    let before = before();
    let (unit, due) = owing(&before, "submit-plan");
    assert_eq!(unit, OLD);
    let met = owing(&before, "initial-assessment");
    let after = before
        .when("12-02 08:00", PROVINCIAL, pass(OLD, NEW))
        .then(&["CompetencePassed"]);
    assert_eq!(after.state().holder_unit, NEW);
    assert_eq!(
        after.state().incident_unit,
        OLD,
        "it happened where it happened"
    );
    let since = after.history()[0].recorded_at.date();
    assert_eq!(after.state().competent(OLD, since).unit(), NEW);
    assert!(
        after
            .state()
            .concerns(crate::identity::Role::CommuneOfficer, NEW)
            && after
                .state()
                .concerns(crate::identity::Role::CommuneOfficer, OLD)
    );
    assert_eq!(owing(&after, "submit-plan"), (NEW.to_owned(), due));
    assert_eq!(
        owing(&after, "initial-assessment"),
        met,
        "what was done was done by the old"
    );
    let open = after.obligations("12-31 00:00");
    let plan = open.iter().find(|o| o.step == "submit-plan").unwrap();
    assert_eq!(
        plan.opened_at.local().to_rfc3339(),
        "2024-11-28T11:00:00+07:00"
    );
    assert_eq!(
        (&*plan.passed_on[0].from, &*plan.passed_on[0].to),
        (OLD, NEW)
    );
    // The successor goes on; what arises from now on is owed by it from the beginning.
    let chair = ("commune-chair", NEW);
    let planned = after
        .and("12-02 09:00", NEW_OFFICER, detail())
        .and("12-02 15:00", chair, meet())
        .and("12-03 09:00", NEW_OFFICER, submit())
        .and("12-04 09:00", chair, approve());
    assert_eq!(owing(&planned, "approve-plan").0, NEW);
    assert!(planned.obligations("12-31 00:00").iter().all(|o| {
        o.opened_by == "CompetencePassed" || o.step != "approve-plan" || o.passed_on.is_empty()
    }));
    assert_eq!(planned.state().holder_unit, NEW);
}

#[test]
fn the_health_station_of_the_successor_answers_what_that_of_the_old_unit_was_asked() {
    use crate::identity::Role;
    const HEALTH_OF_NEW: As = ("health-worker", NEW);
    let station = json!({"to_agency": {"kind": "health", "name": "Trạm Y tế", "unit": OLD}, "respond_by": "2024-12-09"});
    let asked = before().and("11-28 15:00", OLD_OFFICER, with(refer("r1"), station));
    let yes = || answer("accept-referral", "r1");
    asked
        .when("11-29 09:00", HEALTH_OF_NEW, yes())
        .then_refused("not-asked");
    assert!(!asked.state().concerns(Role::HealthWorker, NEW));
    let passed = asked.and("12-02 08:00", SYSTEM, pass(OLD, NEW));
    assert_eq!(owing(&passed, "referral-response").0, NEW);
    assert!(passed.state().concerns(Role::HealthWorker, NEW));
    assert!(!passed.state().concerns(Role::EducationWorker, NEW));
    passed
        .when("12-02 09:00", HEALTH_OF_NEW, yes())
        .then(&["ReferralAccepted"]);
}

#[test]
fn only_agencies_of_the_successor_answer_once_competence_has_passed() {
    let health_of = |unit: &'static str| ("health-worker", unit);
    let station = json!({"to_agency": {"kind": "health", "name": "Trạm Y tế", "unit": OLD}, "respond_by": "2024-12-20"});
    let asked = before().and(
        "11-28 15:00",
        OLD_OFFICER,
        with(refer("r1"), station.clone()),
    );
    let passed = asked.and("12-02 08:00", SYSTEM, pass(OLD, NEW));
    passed
        .when(
            "12-02 09:00",
            health_of(OLD),
            answer("accept-referral", "r1"),
        )
        .then_refused("not-asked");
    // Nobody is asked in the old name after that; the successor is named.
    let after = before().and("12-02 08:00", SYSTEM, pass(OLD, NEW));
    after
        .when("12-03 15:00", NEW_OFFICER, with(refer("r1"), station))
        .then_refused_at("unit-ended", "/to_agency/unit");
    let station = json!({"to_agency": {"unit": NEW}, "respond_by": "2024-12-20"});
    let asked = after.and("12-03 15:00", NEW_OFFICER, with(refer("r1"), station));
    assert_eq!(owing(&asked, "referral-response").0, NEW);
    asked
        .when(
            "12-04 09:00",
            health_of(NEW),
            answer("accept-referral", "r1"),
        )
        .then(&["ReferralAccepted"]);
}

#[test]
fn who_was_asked_under_a_code_that_went_on_is_not_the_successor_of_the_unit_that_had_it() {
    use crate::identity::Role;
    // Hàng Trống in Hà Nội was divided between Hoàn Kiếm, which has its code, and Cửa Nam.
    const CODE: &str = "00070";
    const CHOSEN: &str = "00082";
    let told = json!({"incident": {"unit": CODE}, "child": {"residence_unit": CODE},
        "place_of_receipt": {"unit": CODE}});
    let chosen = json!({"type": "pass-competence", "from_unit": CODE, "to_unit": CHOSEN,
        "legal_act": "1656/NQ-UBTVQH15", "effective": "2025-07-01"});
    let station = json!({"to_agency": {"kind": "health", "name": "Trạm Y tế", "unit": CODE},
        "respond_by": "2025-07-20"});
    let case = given()
        .and(
            "2025-06-27 09:00",
            ("commune-officer", CODE),
            with(report("2025-06-27 09:00"), told),
        )
        .and("2025-07-02 08:00", ("provincial-officer", "01"), chosen)
        .and(
            "2025-07-03 09:00",
            ("commune-officer", CHOSEN),
            with(refer("r1"), station),
        );
    let obligations = case.obligations("2025-07-04 00:00");
    let mut owed = obligations.iter();
    let owed = owed.find(|owed| owed.step == "referral-response").unwrap();
    assert_eq!(owed.accountable.unit.as_deref(), Some(CODE));
    assert!(case.state().concerns(Role::HealthWorker, CODE));
    assert!(!case.state().concerns(Role::HealthWorker, CHOSEN));
    let yes = || answer("accept-referral", "r1");
    case.when("2025-07-04 09:00", ("health-worker", CHOSEN), yes())
        .then_refused("not-asked");
    case.when("2025-07-04 09:00", ("health-worker", CODE), yes())
        .then(&["ReferralAccepted"]);
}

#[test]
fn every_agency_of_the_old_unit_has_its_successor() {
    use crate::identity::Role;
    let of_old = |command: Value, field: &str| with(command, json!({ field: OLD }));
    let asked = before()
        .and("11-28 12:00", OLD_OFFICER, of_old(pass_crime(), "to_unit"))
        .and("11-28 13:00", ("police-officer", OLD), exam_ordered())
        .and(
            "11-28 14:00",
            ("commune-chair", OLD),
            of_old(ask_court(), "to_unit"),
        )
        .and("11-28 15:00", OLD_OFFICER, of_old(admit(), "unit"));
    let roles = [
        Role::PoliceOfficer,
        Role::Prosecutor,
        Role::HealthWorker,
        Role::CourtClerk,
        Role::ProviderWorker,
    ];
    for role in roles {
        assert!(asked.state().concerns(role, OLD), "{role:?}");
        assert!(!asked.state().concerns(role, NEW), "{role:?}");
    }
    let passed = asked.and("12-02 08:00", SYSTEM, pass(OLD, NEW));
    for role in roles {
        assert!(passed.state().concerns(role, NEW), "{role:?}");
    }
    let mut seats = passed.state().agency_seats();
    assert!(seats.all(|seat| seat.unit() == NEW));
}

#[test]
fn the_successor_takes_a_case_that_was_offered_to_the_old_unit() {
    let told = json!({"child": {"residence_unit": OLD}});
    let offered = given()
        .and("11-28 09:00", OFFICER, with(report("11-28 09:00"), told))
        .and("11-28 11:00", OFFICER, assess(false, false))
        .and("11-28 13:00", OFFICER, transfer(OLD))
        .and("12-02 08:00", SYSTEM, pass(OLD, NEW));
    assert_eq!(owing(&offered, "transfer-response").0, NEW);
    offered
        .when("12-02 09:00", OLD_OFFICER, accept_transfer())
        .then_refused("not-asked");
    let taken = offered
        .when("12-02 09:00", NEW_OFFICER, accept_transfer())
        .then(&["TransferAccepted"]);
    assert_eq!(taken.state().holder_unit, NEW);
    assert_eq!(owing(&taken, "submit-plan").0, NEW);
}

#[test]
fn a_new_assessment_stays_with_the_successor() {
    let told = with(call("12-03 07:00"), json!({"incident": {"unit": NEW}}));
    let again = before()
        .and("12-02 08:00", SYSTEM, pass(OLD, NEW))
        .and("12-03 08:00", HOTLINE, told)
        .and("12-03 09:00", NEW_OFFICER, assess(true, false));
    assert_eq!(again.state().holder_unit, NEW);
    assert_eq!(owing(&again, "emergency-measure").0, NEW);
}

#[test]
fn a_unit_whose_code_went_on_is_named_by_its_id_and_passes_as_well() {
    let lower = |command| {
        with(
            command,
            json!({"incident": {"unit": NEW},
        "child": {"residence_unit": NEW}, "place_of_receipt": {"unit": NEW}}),
        )
    };
    let after = given()
        .and("11-28 09:00", NEW_OFFICER, lower(report("11-28 09:00")))
        .when("12-02 08:00", PROVINCIAL, pass(NEW, NEW))
        .then(&["CompetencePassed"]);
    let facts = &after.state().passings[0];
    assert_ne!(facts.from.id, facts.to.id);
    assert_eq!(after.state().holder_unit, NEW);
    after
        .when("12-02 08:01", PROVINCIAL, pass(NEW, NEW))
        .then_refused_at("already-passed", "/from_unit");
}

#[test]
fn only_from_a_unit_of_the_case_to_its_successor_once_and_not_too_early() {
    let refused = |command: Value, code: &str, pointer: &str| {
        before()
            .when("12-02 08:00", PROVINCIAL, command)
            .then_refused_at(code, pointer);
    };
    refused(pass("19120", "19123"), "not-of-this-case", "/from_unit");
    refused(pass(OLD, COMMUNE), "not-a-successor", "/to_unit");
    refused(pass("nobody", NEW), "unknown-unit", "/from_unit");
    refused(pass(OLD, "nobody"), "unknown-unit", "/to_unit");
    let on = |date: &str| with(pass(OLD, NEW), json!({"effective": date}));
    refused(on("2024-12-03"), "in-the-future", "/effective");
    refused(on("2024-11-30"), "before-the-succession", "/effective");
    before()
        .when(
            "11-30 08:00",
            PROVINCIAL,
            with(pass(OLD, NEW), json!({"effective": "2024-11-30"})),
        )
        .then_refused_at("unit-stands", "/from_unit");
    before()
        .and("12-02 08:00", PROVINCIAL, pass(OLD, NEW))
        .when("12-02 08:01", SYSTEM, pass(OLD, NEW))
        .then_refused_at("already-passed", "/from_unit");
    before()
        .when("12-02 08:00", OLD_OFFICER, pass(OLD, NEW))
        .then_refused("role-may-not");
}

#[test]
fn of_a_divided_unit_a_person_chooses_the_part() {
    // Cống Vị in Hà Nội was divided between Ngọc Hà and Giảng Võ on 1 July 2025.
    const OLD: &str = "00007";
    let ha_noi = ("provincial-officer", "01");
    let case = given().and(
        "03-11 09:00",
        ("commune-officer", OLD),
        with(
            report("03-11 09:00"),
            json!({"incident": {"unit": OLD}, "child": {"residence_unit": OLD},
                "place_of_receipt": {"unit": OLD}}),
        ),
    );
    let to = |unit: &str| {
        json!({"type": "pass-competence", "from_unit": OLD, "to_unit": unit,
        "legal_act": "202/2025/QH15", "effective": "2025-07-01"})
    };
    for part in ["00008", "00025"] {
        let after = case
            .when("2025-07-02 08:00", ha_noi, to(part))
            .then(&["CompetencePassed"]);
        assert_eq!(after.state().holder_unit, part);
    }
    case.when("2025-07-02 08:00", ha_noi, to("00004"))
        .then_refused_at("not-a-successor", "/to_unit");
}

#[test]
fn a_report_is_forwarded_only_to_a_commune_that_exists() {
    let told = given().and(
        "11-30 09:00",
        HOTLINE,
        with(call("11-30 09:00"), json!({"incident": {"unit": OLD}})),
    );
    told.when("12-01 09:00", HOTLINE, forward(OLD))
        .then_refused_at("unit-ended", "/to_unit");
    let sent = told
        .when("12-01 09:00", HOTLINE, forward(NEW))
        .then(&["CompetencePassed", "ReportForwarded"]);
    assert_eq!(sent.state().holder_unit, NEW);
    assert_eq!(sent.obligation("forward-report", "12-02 10:00"), "met -");
    assert_eq!(owing(&sent, "initial-assessment").0, NEW);
    let known = sent.and(
        "12-01 09:30",
        NEW_OFFICER,
        json!({"type": "acknowledge-report"}),
    );
    assert_eq!(known.state().holder_unit, NEW);
}

#[test]
fn what_is_told_of_a_unit_that_ended_goes_to_its_successor_at_once() {
    let told = with(
        call("12-05 09:00"),
        json!({"incident": {"unit": OLD},
        "child": {"residence_unit": OLD}}),
    );
    let case = given()
        .when("12-05 09:05", HOTLINE, told)
        .then(&["ReportReceived", "CompetencePassed"]);
    assert_eq!(case.state().incident_unit, OLD);
    assert!(
        case.state()
            .concerns(crate::identity::Role::CommuneOfficer, NEW)
    );
    // A second report of the same says the same again.
    let told = with(call("12-06 09:00"), json!({"incident": {"unit": OLD}}));
    let case = case
        .when("12-06 09:05", HOTLINE, told)
        .then(&["ReportReceived", "CompetencePassed"]);
    let sent = case.and("12-06 09:10", HOTLINE, forward(NEW));
    assert_eq!(sent.state().holder_unit, NEW);
    assert_eq!(owing(&sent, "initial-assessment").0, NEW);
}

#[test]
fn what_is_due_to_pass_is_found_with_its_command() {
    use crate::unit::Units;
    let date = |text: &str| text.parse().unwrap();
    let due = |given: &Given, on: &str| {
        let units = Units::shipped();
        let due = given.state().passings_due(units, date(on));
        due.iter()
            .map(|due| (due.clear().is_some(), due.command(due.to[0])))
            .collect::<Vec<_>>()
    };
    assert_eq!(due(&before(), "2024-11-30"), []);
    let found = due(&before(), "2024-12-01");
    let [(true, command)] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(command["effective"], "2024-12-01");
    let after = before().and("12-02 08:00", SYSTEM, command.clone());
    assert_eq!(due(&after, "2024-12-31"), []);
    // The next reform finds it again, also where the first was never recorded.
    assert_eq!(due(&after, "2025-07-01").len(), 1);
    let command = &due(&before(), "2025-07-01")[0].1;
    assert_eq!(command["effective"], "2025-07-01");
    let after = before().and("2025-07-02 08:00", SYSTEM, command.clone());
    assert_eq!(due(&after, "2025-07-02"), []);
}
