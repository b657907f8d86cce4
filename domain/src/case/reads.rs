//! Who may know of a case, and how far somebody reads it whose part is small or has ended.

use serde_json::json;

use crate::case::testing::*;
use crate::case::{Event, Part};
use crate::identity::Role;
use crate::permit::{Limit, Until, Viewer};
use crate::unit::Units;

fn looking(role: Role, unit: &str) -> Viewer<'_> {
    Viewer {
        role,
        unit,
        units: Units::shipped(),
    }
}

fn part(case: &Given, role: Role, unit: &str) -> (bool, bool) {
    let viewer = looking(role, unit);
    let part = case.state().part_of(viewer);
    (part != Part::None, case.state().may_be_seen_by(viewer))
}

#[test]
fn a_province_and_its_inspectors_see_what_lies_in_it() {
    let case = assessed();
    for role in [Role::ProvincialOfficer, Role::Inspector] {
        assert_eq!(part(&case, role, PROVINCE), (true, true), "{role:?}");
        assert_eq!(part(&case, role, "01"), (false, false), "{role:?}");
        assert_eq!(part(&case, role, OTHER), (false, false), "{role:?}");
    }
    for role in [Role::Administrator, Role::Analyst, Role::System] {
        assert_eq!(part(&case, role, PROVINCE), (false, false), "{role:?}");
        assert_eq!(part(&case, role, COMMUNE), (false, false), "{role:?}");
    }
}

#[test]
fn who_only_answered_knows_of_the_case_and_reads_nothing() {
    let case = assessed().and("03-12 09:00", OFFICER, refer("r1"));
    assert_eq!(part(&case, Role::HealthWorker, COMMUNE), (true, true));
    assert_eq!(part(&case, Role::HealthWorker, OTHER), (false, false));
    let case = case.and("03-13 09:00", HEALTH, answer("decline-referral", "r1"));
    assert_eq!(part(&case, Role::HealthWorker, COMMUNE), (true, false));
    // Who completed what it was asked reads what stood there until then.
    let done = assessed()
        .and("03-12 09:00", OFFICER, refer("r1"))
        .and("03-13 09:00", HEALTH, answer("accept-referral", "r1"))
        .and("03-14 09:00", HEALTH, answer("complete-referral", "r1"));
    assert_eq!(part(&done, Role::HealthWorker, COMMUNE), (true, true));
    let health = looking(Role::HealthWorker, COMMUNE);
    let until = |version, seated| Some(Limit::Until(Until { version, seated }));
    assert_eq!(done.state().limit(health), until(5, false));
    assert_eq!(done.history()[4].event.event_type(), "ReferralCompleted");
}

#[test]
fn a_commune_that_gave_the_case_away_reads_until_then_and_as_the_commune_of_the_incident() {
    let until = |case: &Given, unit| {
        let role = Role::CommuneOfficer;
        case.state().limit(looking(role, unit))
    };
    let offered = assessed().and("03-13 09:00", OFFICER, transfer(OTHER));
    assert_eq!(until(&offered, COMMUNE), None);
    assert_eq!(until(&offered, OTHER), None, "whoever is asked reads on");
    let taken = offered.and("03-14 10:00", OTHER_OFFICER, accept_transfer());
    let seated = Until {
        version: 4,
        seated: true,
    };
    assert_eq!(until(&taken, COMMUNE), Some(Limit::Until(seated)));
    assert_eq!(until(&taken, OTHER), None);
    // Asked to take it back it reads on; having it again, too.
    let back = taken.and("03-15 09:00", OTHER_OFFICER, transfer(COMMUNE));
    assert_eq!(until(&back, COMMUNE), None);
    assert_eq!(until(&back, OTHER), None);
    let returned = back.and("03-15 10:00", OFFICER, accept_transfer());
    assert_eq!(until(&returned, COMMUNE), None);
    let left = Until {
        version: 6,
        seated: false,
    };
    assert_eq!(until(&returned, OTHER), Some(Limit::Until(left)));
}

/// The types of the events that somebody reads.
fn read(case: &Given, (role, unit): (Role, &str)) -> Vec<&'static str> {
    let viewer = looking(role, unit);
    let (state, history) = (case.state(), case.history());
    let seen = history
        .iter()
        .filter_map(|event| viewer.event(state, event, history));
    seen.map(|event| event.event.event_type()).collect()
}

#[test]
fn an_agency_reads_on_when_its_commune_has_given_the_case_away() {
    let case = assessed()
        .and("03-12 09:00", OFFICER, refer("r1"))
        .and("03-12 10:00", HEALTH, answer("accept-referral", "r1"))
        .and("03-13 09:00", OFFICER, transfer(OTHER))
        .and("03-14 10:00", OTHER_OFFICER, accept_transfer());
    let limit = |role, unit| case.state().limit(looking(role, unit));
    assert_eq!(limit(Role::HealthWorker, COMMUNE), None);
    assert!(limit(Role::CommuneChair, COMMUNE).is_some());
}

#[test]
fn who_had_the_case_for_a_time_reads_to_the_event_that_took_it_away() {
    let case = accepted()
        .and("03-15 09:00", OTHER_OFFICER, transfer(COMMUNE))
        .and("03-15 10:00", OFFICER, accept_transfer())
        .and("03-15 11:00", OFFICER, note());
    let read = read(&case, (Role::CommuneOfficer, OTHER));
    assert_eq!(read.last(), Some(&"TransferAccepted"));
    assert_eq!(read.len(), 6);
}

#[test]
fn of_a_separation_only_the_place_of_the_child_is_left_out() {
    let told = with(
        report("03-11 09:00"),
        json!({"child": {"address": "Thôn 1"}}),
    );
    let order = with(
        separate("2024-03-11", "2024-03-20"),
        json!({"address": "Nhà bà ngoại", "note": "Cháu bình tĩnh"}),
    );
    let case = reported_with(told)
        .and("03-11 11:00", OFFICER, assess(true, true))
        .and("03-11 12:00", CHAIR, order);
    let (report, order) = (
        case.event("ReportReceived"),
        case.event("SeparationOrdered"),
    );
    let case = case
        .and(
            "03-11 13:00",
            OFFICER,
            correct(report, "/child/address", json!("Thôn 2")),
        )
        .and(
            "03-11 14:00",
            CHAIR,
            correct(order, "/note", json!("Cháu còn sợ")),
        )
        .and(
            "03-11 15:00",
            CHAIR,
            correct(order, "/address", json!("Nhà dì")),
        );
    let viewer = looking(Role::Inspector, PROVINCE);
    let history = case.history();
    let seen = history
        .iter()
        .filter_map(|event| viewer.event(case.state(), event, history));
    let values: Vec<_> = seen
        .filter_map(|event| match event.event {
            Event::FactCorrected(correction) => Some(correction.personal?.value),
            _ => None,
        })
        .collect();
    assert_eq!(values, [json!("Thôn 2"), json!("Cháu còn sợ"), json!(null)]);
}

#[test]
fn a_confirmation_is_read_by_who_reads_what_it_confirms() {
    let case = separated();
    let order = case.event("SeparationOrdered");
    let case = case.and(
        "03-12 10:00",
        CHAIR,
        correct(order, "/occurred_at", json!(t("03-11 12:00"))),
    );
    let correction = case.event("FactCorrected");
    let case = case
        .and("03-12 11:00", PROVINCIAL, confirm_correction(correction))
        .and("03-12 12:00", OFFICER, refer("r1"))
        .and("03-18 08:00", CHAIR, ask_court());
    assert_eq!(
        read(&case, (Role::CourtClerk, PROVINCE)),
        [
            "ReportReceived",
            "SeparationOrdered",
            "FactCorrected",
            "CorrectionConfirmed",
            "CourtOrderRequested",
        ]
    );
    assert_eq!(
        read(&case, (Role::HealthWorker, COMMUNE)),
        ["ReportReceived", "ReferralMade"]
    );
}

#[test]
fn who_told_follows_on_their_report_and_on_no_other() {
    let call = with(
        call("03-20 21:00"),
        json!({"place_of_receipt": {"unit": "01"}, "incident": {"unit": OTHER}}),
    );
    let case = assessed().and("03-20 21:10", ("hotline-operator", "01"), call);
    let told = case.event("ReportReceived");
    let first = case.history()[0].event_id;
    let case = case
        .and("03-21 08:00", OFFICER, answer_same_child(told, true))
        .and(
            "03-21 09:00",
            OFFICER,
            correct(first, "/condition", json!("Không rõ")),
        );
    let hotline = (Role::HotlineOperator, "01");
    assert_eq!(
        read(&case, hotline),
        ["ReportReceived", "SameChildAnswered"]
    );
    let case = case.and(
        "03-21 10:00",
        OFFICER,
        correct(told, "/condition", json!("Không rõ")),
    );
    assert_eq!(
        read(&case, hotline),
        ["ReportReceived", "SameChildAnswered", "FactCorrected"]
    );
}

#[test]
fn who_was_asked_reads_what_became_of_it_whoever_wrote_it_down() {
    let case = assessed()
        .and("03-12 09:00", OFFICER, refer("r1"))
        .and("03-12 10:00", OFFICER, answer("accept-referral", "r1"))
        .and("03-12 11:00", OFFICER, refer("r2"))
        .and("03-12 12:00", OFFICER, withdraw_referral("r2"));
    assert_eq!(
        read(&case, (Role::HealthWorker, COMMUNE)),
        [
            "ReportReceived",
            "ReferralMade",
            "ReferralAccepted",
            "ReferralMade",
            "ReferralWithdrawn",
        ]
    );
}

#[test]
fn who_gave_the_case_away_reads_corrections_of_what_it_goes_on_reading() {
    let case = accepted().and("03-15 09:00", OTHER_OFFICER, visit("03-15 08:00"));
    let (report, seen) = (case.event("ReportReceived"), case.event("VisitRecorded"));
    let before = read(&case, (Role::CommuneOfficer, COMMUNE)).len();
    let place = correct(seen, "/place", json!("Nhà bà ngoại"));
    let case = case.and("03-15 10:00", OTHER_OFFICER, place);
    assert_eq!(read(&case, (Role::CommuneOfficer, COMMUNE)).len(), before);
    let condition = correct(report, "/condition", json!("Không rõ"));
    let case = case.and("03-15 11:00", OTHER_OFFICER, condition);
    let read = read(&case, (Role::CommuneOfficer, COMMUNE));
    assert_eq!(read.len(), before + 1);
    assert_eq!(read.last(), Some(&"FactCorrected"));
}

#[test]
fn of_two_agencies_of_one_kind_each_reads_what_it_was_asked() {
    let elsewhere = json!({"to_agency": {"unit": OTHER}, "reason": "Khám mắt"});
    let case = assessed()
        .and("03-12 09:00", OFFICER, refer("r1"))
        .and("03-12 10:00", OFFICER, with(refer("r2"), elsewhere))
        .and("03-12 11:00", OFFICER, answer("accept-referral", "r1"));
    let asked = ["ReportReceived", "ReferralMade"];
    assert_eq!(read(&case, (Role::HealthWorker, OTHER)), asked);
    let own = read(&case, (Role::HealthWorker, COMMUNE));
    assert_eq!(own, ["ReportReceived", "ReferralMade", "ReferralAccepted"]);
}

#[test]
fn what_an_agency_was_asked_its_successor_reads_as_well() {
    const OLD: &str = "19195";
    const NEW: &str = "19198";
    let told = json!({"incident": {"unit": OLD}, "child": {"residence_unit": OLD},
        "place_of_receipt": {"unit": OLD}});
    let station = json!({"to_agency": {"unit": OLD}, "respond_by": null});
    let case = given()
        .and(
            "11-25 09:00",
            ("commune-officer", OLD),
            with(report("11-25 09:00"), told),
        )
        .and(
            "11-26 09:00",
            ("commune-officer", OLD),
            with(refer("r1"), station),
        )
        .and(
            "12-02 08:00",
            ("system", PROVINCE),
            pass_competence(OLD, NEW),
        );
    let asked = ["ReportReceived", "ReferralMade"];
    for unit in [OLD, NEW] {
        assert_eq!(read(&case, (Role::HealthWorker, unit)), asked, "{unit}");
    }
}
