//! What arithmetic shows, and who is competent when, shown by the procedures that are shipped.

use serde_json::json;

use crate::calendar::Calendar;
use crate::case::Procedure;
use crate::case::testing::*;
use crate::identity::Role;
use crate::law::{Arithmetic, Limit, LimitUnit, due};
use crate::time::Instant;
use crate::unit::Units;

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn counted(amount: u32, unit: LimitUnit, from: &str) -> Arithmetic {
    due(Limit { amount, unit }, at(from), true, &Calendar::shipped()).unwrap()
}

/// Date, minutes and reason of each day.
fn days(arithmetic: &Arithmetic) -> Vec<(String, Option<u32>, Option<&str>)> {
    let shown = arithmetic.days.iter();
    shown
        .map(|day| (day.date.to_string(), day.minutes, day.why_en.as_deref()))
        .collect()
}

#[test]
fn hours_are_shown_day_by_day_and_add_up() {
    let twelve = counted(12, LimitUnit::Hour, "2024-02-09T22:40:00+07:00");
    let shown = [
        ("2024-02-09".to_owned(), Some(80), None),
        ("2024-02-10".to_owned(), Some(640), None),
    ];
    assert_eq!(days(&twelve), shown);
    assert!(twelve.days.iter().all(|day| day.counted));
    // What ends with the day has no empty day behind it.
    let to_midnight = counted(24, LimitUnit::Hour, "2024-03-11T00:00:00+07:00");
    assert_eq!(
        days(&to_midnight),
        [("2024-03-11".to_owned(), Some(1440), None)]
    );
    for hours in [1, 12, 24, 36] {
        let all = counted(hours, LimitUnit::Hour, "2024-03-11T21:15:00+07:00").days;
        let minutes: u32 = all.iter().filter_map(|day| day.minutes).sum();
        assert_eq!(minutes, hours * 60);
    }
}

#[test]
fn a_last_day_off_is_shown_with_the_day_to_which_it_moves() {
    // Saturday, 16 March 2024.
    let moved = counted(5, LimitUnit::CalendarDay, "2024-03-11T09:00:00+07:00");
    let dates: Vec<_> = days(&moved);
    let last: Vec<_> = dates.iter().skip(4).map(|day| day.0.as_str()).collect();
    assert_eq!(last, ["2024-03-16", "2024-03-17", "2024-03-18"]);
    assert_eq!(dates[6].2, Some("the next working day"));
    assert_eq!(moved.due_at.to_string(), "2024-03-19T00:00:00+07:00");
    // Friday is a working day: nothing is added.
    let kept = counted(4, LimitUnit::CalendarDay, "2024-03-11T09:00:00+07:00");
    assert_eq!(days(&kept).len(), 4);
    assert!(days(&kept).iter().all(|day| day.2.is_none()));
}

#[test]
fn a_row_of_competence_ends_with_its_last_day_and_the_next_begins() {
    let procedure = Procedure::shipped();
    let asks = |instant: &str| {
        let row = procedure.competence("request-court-order", at(instant));
        row.unwrap().includes(Role::ProvincialOfficer)
    };
    assert!(asks("2025-06-30T23:59:59+07:00"));
    assert!(!asks("2025-07-01T00:00:00+07:00"));
}

#[test]
fn one_command_has_one_row_for_each_day() {
    let row = |from: &str, to: &str| {
        format!(
            "\n[[competence]]\ncommand = \"add-note\"\nlegal_basis = \"x\"\n{from}\n{to}\n\
             may = [{{ seat = \"any\", roles = [\"commune-officer\"] }}]\n"
        )
    };
    let (text, _) = Procedure::SHIPPED[0]
        .1
        .split_once("\n[[competence]]\n")
        .unwrap();
    let (_, steps) = Procedure::SHIPPED[0].1.split_once("\n[[step]]\n").unwrap();
    let read = |rows: &[String]| {
        let file = format!("{text}{}\n[[step]]\n{steps}", rows.concat());
        Procedure::parse(&file, Units::shipped()).map(drop)
    };
    let until = row("", "to = 2024-06-30");
    let after = row("from = 2024-07-01", "");
    let between = row("from = 2024-06-30", "to = 2024-12-31");
    assert!(read(&[until.clone(), after.clone()]).is_ok());
    assert!(read(&[after.clone(), until.clone()]).is_ok());
    for twice in [
        [until.clone(), between.clone()],
        [between.clone(), until.clone()],
        [after.clone(), between],
        [row("", ""), until],
        [after, row("", "")],
    ] {
        let error = read(&twice).unwrap_err().to_string();
        assert!(error.contains("twice for the same time"), "{error}");
    }
}

#[test]
fn who_may_ever_give_a_command_and_who_begins_a_case() {
    let procedure = Procedure::shipped();
    // Until 30 June 2025 the province asked the court, too: that it may no more is for the day.
    assert!(procedure.role_may("request-court-order", Role::ProvincialOfficer));
    assert!(procedure.role_may("request-court-order", Role::CommuneChair));
    assert!(!procedure.role_may("request-court-order", Role::HealthWorker));
    for role in Role::PEOPLE {
        let begins = matches!(
            role,
            Role::HotlineOperator
                | Role::CommuneOfficer
                | Role::CommuneChair
                | Role::PoliceOfficer
                | Role::ProvincialOfficer
        );
        assert_eq!(
            procedure.anyone_may("receive-report", role),
            begins,
            "{role:?}"
        );
        // Notes ask for a seat of everybody.
        assert!(!procedure.anyone_may("add-note", role), "{role:?}");
    }
    let row = procedure.competence("receive-report", at("2024-03-11T09:00:00+07:00"));
    let roles = row.unwrap().roles();
    assert_eq!(roles.len(), 11, "each once: {roles:?}");
    assert!(roles.is_sorted() && !roles.contains(&Role::Inspector));
}

#[test]
fn obligations_stand_in_the_order_in_which_they_arose_also_where_a_correction_took_one_away() {
    let case = emergency().and("03-11 12:00", OFFICER, pass_crime()).and(
        "03-12 09:00",
        OFFICER,
        refer("r1"),
    );
    let form = case.event("InitialAssessmentRecorded");
    let corrected = case.and(
        "03-12 10:00",
        OFFICER,
        correct(form, "/grave", json!(false)),
    );
    let corrected = corrected.and(
        "03-12 10:00",
        OFFICER,
        correct(form, "/carer_is_harmer", json!(false)),
    );
    let all = corrected.obligations("03-13 09:00");
    let gone = all.iter().position(|owed| owed.step == "emergency-measure");
    let gone = gone.unwrap();
    assert!(all[gone].waived_because.is_some(), "{:#?}", all[gone]);
    let arose: Vec<_> = all.iter().map(|owed| owed.opened_at).collect();
    assert!(arose.is_sorted(), "{arose:?}");
}
