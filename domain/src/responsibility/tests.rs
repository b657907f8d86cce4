//! The board of histories told as commands.

use serde_json::json;

use super::*;
use crate::case::testing::*;
use crate::law::ObligationState;

fn at_minute(clock: &str) -> Instant {
    Instant::parse(&t(clock)).unwrap()
}

fn board(given: &Given, clock: &str) -> Board {
    let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
    Board::of(given.history(), &procedure, &calendar, at_minute(clock)).unwrap()
}

fn told(given: &Given, clock: &str, basis: Basis) -> Moment {
    let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
    let at = at_minute(clock);
    moment(given.history(), &procedure, &calendar, at, basis)
}

/// A call at 9:00, forwarded at 9:10, acknowledged at 9:40.
fn forwarded() -> Given {
    given()
        .and("03-11 09:05", HOTLINE, call("03-11 09:00"))
        .and("03-11 09:10", HOTLINE, forward(COMMUNE))
        .and("03-11 09:40", OFFICER, acknowledge())
}

#[test]
fn the_holder_changes_with_the_event_that_hands_the_case_on() {
    let board = board(&forwarded(), "03-11 10:00");
    let holders: Vec<_> = board
        .holders
        .iter()
        .map(|one| (one.unit.as_str(), one.began_with.event_type))
        .collect();
    assert_eq!(
        holders,
        [(PROVINCE, "ReportReceived"), (COMMUNE, "ReportForwarded")]
    );
    assert_eq!(
        board.holders[0].answers, COMMUNE,
        "it answers from the start"
    );
    assert_eq!(board.holders[0].to, Some(at_minute("03-11 09:10")));
    assert_eq!(board.holder_at(at_minute("03-11 08:59")), None);
    let then = board.holder_at(at_minute("03-11 09:10")).unwrap();
    assert_eq!(then.unit, COMMUNE);
}

#[test]
fn what_is_handed_over_and_not_answered_is_a_gap() {
    let board = board(&forwarded(), "03-11 10:00");
    let gaps: Vec<_> = board
        .hand_overs()
        .map(|bar| (bar.obligation.step.as_str(), bar.from, bar.to))
        .collect();
    assert_eq!(
        gaps,
        [
            (
                "forward-report",
                at_minute("03-11 09:00"),
                Some(at_minute("03-11 09:10"))
            ),
            (
                "acknowledge-report",
                at_minute("03-11 09:10"),
                Some(at_minute("03-11 09:40"))
            ),
        ]
    );
}

#[test]
fn a_lane_stands_for_an_agency_whatever_the_role() {
    let board = board(&submitted(), "03-20 09:00");
    let lanes: Vec<_> = board
        .lanes
        .iter()
        .map(|lane| (lane.agency, lane.unit.as_deref()))
        .collect();
    assert_eq!(lanes, [(AgencyKind::Commune, Some(COMMUNE))]);
    assert!(board.recordings.iter().all(|one| one.lane == 0));
}

#[test]
fn the_part_after_the_limit_begins_at_the_limit() {
    let board = board(&submitted(), "03-25 09:00");
    let approve = board
        .obligations
        .iter()
        .find(|bar| bar.obligation.step == "approve-plan")
        .unwrap();
    let due = approve.obligation.due_at.unwrap();
    assert_eq!(
        approve.overdue,
        Some(Span {
            from: due,
            to: None
        })
    );
    assert_eq!(approve.state(), ObligationState::Overdue);
    assert!(!approve.overdue_at(due), "exactly at the limit is in time");
}

#[test]
fn whoever_is_put_in_charge_owes_from_then_on() {
    let given = submitted()
        .and("03-14 10:00", CHAIR, put_in_charge("o-1"))
        .and("03-14 16:00", CHAIR, put_in_charge("o-2"));
    let board = board(&given, "03-15 09:00");
    let bar = board
        .obligations
        .iter()
        .find(|bar| bar.obligation.step == "verify-report")
        .unwrap();
    let officers: Vec<_> = bar
        .owners
        .iter()
        .map(|owner| owner.accountable.officer.as_deref())
        .collect();
    assert_eq!(officers, [None, Some("o-1"), Some("o-2")]);
    let owner = bar.owner_at(at_minute("03-14 12:00")).unwrap();
    assert_eq!(owner.accountable.officer.as_deref(), Some("o-1"));
}

#[test]
fn a_closed_case_is_kept_by_who_closed_it() {
    let board = board(&closed(), "05-01 09:00");
    let last = board.holders.last().unwrap();
    assert!(last.closed);
    assert_eq!(board.closed_at, Some(at_minute("04-01 09:00")));
    assert_eq!((last.unit.as_str(), last.to), (COMMUNE, None));
}

#[test]
fn an_instant_is_told_as_things_stood_then() {
    let case = submitted();
    let before = told(&case, "03-11 08:59", Basis::Happened);
    assert_eq!((before.holder, before.owed.len()), (None, 0));

    let then = told(&case, "03-12 09:00", Basis::Happened);
    let plan = then
        .owed
        .iter()
        .find(|owed| owed.obligation.step == "submit-plan")
        .unwrap();
    assert_eq!(plan.obligation.state, ObligationState::Open);
    assert_eq!(plan.open_seconds, 22 * 3600);
    assert_eq!(plan.obligation.ended_at, None, "it ended only later");
    assert_eq!(
        then.last.unwrap().event.event_type,
        "DetailedAssessmentRecorded"
    );

    let late = told(&case, "03-25 09:00", Basis::Happened);
    let approve = late
        .owed
        .iter()
        .find(|owed| owed.obligation.step == "approve-plan")
        .unwrap();
    assert_eq!(approve.obligation.state, ObligationState::Overdue);
    assert!(approve.overdue_seconds.is_some_and(|late| late > 0));
}

#[test]
fn what_had_happened_and_what_was_known_are_told_apart() {
    let case = emergency().and("03-12 08:00", CHAIR, measure("03-11 14:00"));
    let open = |clock: &str, basis| {
        let then = told(&case, clock, basis);
        let mut owed = then.owed.iter();
        owed.any(|owed| owed.obligation.step == "emergency-measure")
    };
    assert!(
        !open("03-11 15:00", Basis::Happened),
        "it was done at 14:00"
    );
    assert!(
        open("03-11 15:00", Basis::Recorded),
        "nobody had written so"
    );
    assert!(!open("03-12 08:00", Basis::Recorded));
}

#[test]
fn a_report_received_earlier_but_recorded_later_moves_the_beginning() {
    let first = given().and("03-11 09:05", HOTLINE, call("03-11 09:00"));
    let case = first.and("03-11 09:30", OFFICER, report("03-11 08:00"));
    let board = board(&case, "03-11 10:00");
    assert_eq!(board.from, at_minute("03-11 08:00"));
    assert_eq!(board.holders[0].unit, COMMUNE);
    let units: Vec<_> = board.holders.iter().map(|one| one.unit.as_str()).collect();
    assert_eq!(units, [COMMUNE]);
}

#[test]
fn a_corrected_event_counts_from_when_it_happened() {
    let case = forwarded();
    let id = case.event("ReportForwarded");
    let case = case.and(
        "03-11 11:00",
        HOTLINE,
        correct(id, "/occurred_at", json!(t("03-11 09:07"))),
    );
    let board = board(&case, "03-11 12:00");
    assert_eq!(board.holders[0].to, Some(at_minute("03-11 09:07")));
    let corrected: Vec<_> = board
        .recordings
        .iter()
        .map(|one| (one.corrected, one.corrects))
        .collect();
    assert_eq!(
        corrected,
        [(false, false), (true, false), (false, false), (false, true)]
    );
}

/// A report of the other commune about itself, received before form 02 and recorded after it.
fn of_other(received: &str) -> serde_json::Value {
    let own = json!({"incident": {"unit": OTHER}, "place_of_receipt": {"unit": OTHER}});
    with(report(received), own)
}

fn held_by(given: &Given, clock: &str) -> Vec<String> {
    let board = board(given, clock);
    let units = board.holders.iter();
    units
        .map(|one| format!("{} {}", one.unit, one.answers))
        .collect()
}

#[test]
fn a_report_recorded_after_form_02_names_no_holder_of_before() {
    let alone = format!("{COMMUNE} {COMMUNE}");
    let late = of_other("03-11 10:00");
    let told = assessed().and("03-12 09:00", OTHER_OFFICER, late.clone());
    let report = told.event("ReportReceived");
    let same = told.and("03-12 10:00", OFFICER, answer_same_child(report, true));
    assert_eq!(held_by(&same, "03-12 12:00"), [alone.as_str()]);
    // Nor where it was closed meanwhile.
    let closed = closed().and("04-02 09:00", OTHER_OFFICER, late);
    let report = closed.event("ReportReceived");
    let same = closed.and("04-02 10:00", OFFICER, answer_same_child(report, true));
    assert!(
        held_by(&same, "04-02 12:00")
            .iter()
            .all(|one| *one == alone)
    );
    // Nor where it was told with sight of the case, and a correction of it changes nothing of that.
    let seen = assessed().and("03-12 09:00", PROVINCIAL, of_other("03-11 10:00"));
    assert_eq!(held_by(&seen, "03-12 12:00"), [alone.as_str()]);
    let report = seen.event("ReportReceived");
    let danger = correct(report, "/danger_now", json!(true));
    let corrected = seen.and("03-12 10:00", OFFICER, danger);
    assert_eq!(held_by(&corrected, "03-12 12:00"), [alone.as_str()]);
    for clock in ["03-11 10:30", "03-11 12:00", "03-12 11:00"] {
        let then = told_holder(&corrected, clock);
        assert_eq!(then, COMMUNE, "{clock}");
    }
}

#[test]
fn who_comes_to_hold_a_case_by_an_answer_holds_it_from_then_on() {
    let told = reported().and("03-11 10:10", OTHER_OFFICER, of_other("03-11 10:00"));
    let report = told.event("ReportReceived");
    let same = told.and("03-11 12:00", OFFICER, answer_same_child(report, true));
    assert_eq!(same.state().holder_unit, OTHER);
    let board = board(&same, "03-12 09:00");
    assert_eq!(board.holders[0].to, Some(at_minute("03-11 12:00")));
    assert_eq!(board.holders[1].began_with.event_type, "SameChildAnswered");
    assert_eq!(told_holder(&same, "03-11 11:00"), COMMUNE);
    assert_eq!(told_holder(&same, "03-11 12:00"), OTHER);
}

fn told_holder(given: &Given, clock: &str) -> String {
    told(given, clock, Basis::Happened).holder.unwrap().unit
}
