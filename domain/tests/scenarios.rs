//! The shipped scenarios, played through the real domain.

mod play;

use std::collections::BTreeSet;

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::scenario::Scenario;
use domain::unit::Units;
use play::{accepted, last, obligation, play, refused};
use serde_json::Value;

/// The steps that are open.
fn open(answer: &Value) -> Vec<&str> {
    let all = answer["obligations"].as_array().unwrap();
    let open = all.iter().filter(|o| o["ended_at"].is_null());
    open.map(|o| o["step"].as_str().unwrap()).collect()
}

#[test]
fn the_whole_path_from_report_to_closing() {
    let answer = play("whole-path");
    assert!(
        accepted(&answer).into_iter().all(|accepted| accepted),
        "{:#}",
        answer["steps"]
    );
    let submit = obligation(&answer, "submit-plan");
    assert_eq!(submit["due_at"], "2024-03-19T00:00:00+07:00");
    assert_eq!(submit["state"], "met");
    assert_eq!(submit["legal_basis"], "NĐ 56/2017/NĐ-CP Điều 28 khoản 1");
    let approve = obligation(&answer, "approve-plan");
    assert_eq!(approve["due_at"], "2024-03-20T00:00:00+07:00");
    assert_eq!(approve["state"], "met");
    assert_eq!(answer["case"]["status"], "closed");
    let open: Vec<_> = answer["obligations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|obligation| obligation["ended_at"].is_null())
        .map(|obligation| obligation["step"].as_str().unwrap())
        .collect();
    assert_eq!(open, ["archive"]);
}

#[test]
fn an_emergency_over_tet() {
    let answer = play("emergency-over-tet");
    assert_eq!(accepted(&answer), [true, true, true, true, false, true]);
    assert_eq!(answer["steps"][4]["code"], "plan-not-submitted");
    let measure = obligation(&answer, "emergency-measure");
    assert_eq!(measure["due_at"], "2024-02-10T10:40:00+07:00");
    assert_eq!(measure["ended_at"], "2024-02-10T11:30:00+07:00");
    assert_eq!(measure["state"], "met-late");
    assert_eq!(measure["opened_by"], "InitialAssessmentRecorded");
    let submit = obligation(&answer, "submit-plan");
    assert_eq!(submit["due_at"], Value::Null);
    assert_eq!(submit["state"], "open");
    assert!(
        submit["due_note"]["vi"]
            .as_str()
            .unwrap()
            .contains("khẩn cấp")
    );
}

#[test]
fn a_call_at_night_counts_every_hour_of_the_weekend() {
    let answer = play("night-call");
    assert_eq!(refused(&answer), []);
    assert_eq!(
        last(&answer, "emergency-measure"),
        "met 2024-03-10T11:50:00+07:00"
    );
    let first = obligation(&answer, "emergency-measure");
    assert_eq!(first["opened_by"], "ReportReceived");
    let hours = first["arithmetic"].as_array().unwrap();
    let minutes: Vec<_> = hours.iter().map(|day| day["minutes"].as_u64()).collect();
    assert_eq!(minutes, [Some(10), Some(710)]);
}

#[test]
fn a_make_up_saturday_is_a_working_day_for_the_chair() {
    let answer = play("make-up-saturday");
    assert_eq!(refused(&answer), []);
    assert_eq!(
        last(&answer, "approve-plan"),
        "met-late 2024-05-05T00:00:00+07:00"
    );
    let days = &obligation(&answer, "approve-plan")["arithmetic"];
    assert_eq!(days[1]["date"], "2024-05-04");
    assert_eq!(days[1]["n"], 2);
    assert!(days[1]["why"].is_string());
}

#[test]
fn a_returned_plan_is_submitted_again_without_a_limit() {
    let answer = play("returned-plan");
    assert_eq!(refused(&answer), []);
    let all = answer["obligations"].as_array().unwrap();
    let of = |step: &str| -> Vec<_> {
        let found = all.iter().filter(|o| o["step"] == step);
        found
            .map(|o| (o["state"].clone(), o["due_at"].clone()))
            .collect()
    };
    assert_eq!(
        of("submit-plan"),
        [
            ("met".into(), "2024-03-19T00:00:00+07:00".into()),
            ("met".into(), Value::Null)
        ]
    );
    assert_eq!(
        of("approve-plan"),
        [
            ("met".into(), "2024-03-20T00:00:00+07:00".into()),
            ("met".into(), "2024-03-28T00:00:00+07:00".into())
        ]
    );
}

#[test]
fn a_separation_is_extended_within_its_days_and_then_by_the_court() {
    let answer = play("separation-and-court");
    assert_eq!(refused(&answer), [(4, "separation-too-long")]);
    assert_eq!(
        last(&answer, "temporary-separation"),
        "met 2024-03-11T20:00:00+07:00"
    );
    let end = obligation(&answer, "separation-end");
    assert_eq!(end["due_at"], "2024-03-27T00:00:00+07:00");
    assert_eq!(end["state"], "waived");
    assert_eq!(
        last(&answer, "separation-end"),
        "met 2024-06-01T00:00:00+07:00"
    );
}

#[test]
fn a_review_that_is_not_enough_begins_a_second_round() {
    let answer = play("second-round");
    assert_eq!(refused(&answer), [(8, "not-safe-and-stable")]);
    assert_eq!(answer["case"]["cycle"], 2);
    // Five working days from the review: 18 April, Hùng Kings' day, is not one of them.
    assert_eq!(
        last(&answer, "submit-plan"),
        "met 2024-04-23T00:00:00+07:00"
    );
    assert_eq!(answer["case"]["status"], "closed");
    assert_eq!(open(&answer), Vec::<&str>::new());
}

#[test]
fn an_unfounded_report_is_closed_without_an_assessment() {
    let answer = play("unfounded");
    assert_eq!(refused(&answer), []);
    assert!(last(&answer, "emergency-measure").starts_with("waived"));
    assert!(last(&answer, "initial-assessment").starts_with("waived"));
    assert_eq!(open(&answer), ["archive"]);
}

#[test]
fn a_corrected_receipt_makes_a_measure_late() {
    let answer = play("corrected-receipt");
    assert_eq!(refused(&answer), []);
    assert_eq!(
        last(&answer, "emergency-measure"),
        "met-late 2024-03-12T06:00:00+07:00"
    );
    assert_eq!(
        answer["case"]["reports"][0]["received_at"],
        "2024-03-11T18:00:00+07:00"
    );
}

#[test]
fn a_reopened_case_counts_from_the_earlier_receipt() {
    let answer = play("reopened");
    assert_eq!(refused(&answer), [(4, "case-closed")]);
    assert_eq!(
        last(&answer, "emergency-measure"),
        "open 2024-04-10T19:30:00+07:00"
    );
    assert_eq!(answer["case"]["status"], "open");
}

#[test]
fn a_second_report_beside_a_running_plan_has_its_own_hours() {
    let answer = play("second-report");
    assert_eq!(refused(&answer), []);
    assert_eq!(
        last(&answer, "emergency-measure"),
        "met 2024-03-21T09:00:00+07:00"
    );
    // An emergency: the second plan has no limit. The first goes on meanwhile.
    assert_eq!(last(&answer, "submit-plan"), "open -");
    assert!(last(&answer, "carry-out").starts_with("open"));
}

#[test]
fn referrals_are_accepted_declined_completed_or_not_answered() {
    let answer = play("referrals");
    assert_eq!(
        refused(&answer),
        [(7, "not-asked"), (9, "referral-answered")]
    );
    let all = answer["obligations"].as_array().unwrap().iter();
    let referrals: Vec<_> = all
        .filter(|one| one["step"] == "referral-response")
        .map(|one| {
            let text = |key: &str| one[key].as_str().unwrap_or("-").to_owned();
            [
                text("item"),
                text("state"),
                text("due_at"),
                text("ended_by"),
            ]
            .join(" ")
        })
        .collect();
    assert_eq!(
        referrals,
        [
            "r1 met 2024-03-16T00:00:00+07:00 ReferralAccepted",
            "r2 met-late 2024-03-16T00:00:00+07:00 ReferralDeclined",
            "r3 overdue 2024-03-16T00:00:00+07:00 -",
            "r4 open - -",
        ]
    );
}

#[test]
fn who_hears_of_a_crime_at_night_tells_the_police_at_once() {
    let answer = play("told-police-at-night");
    assert_eq!(refused(&answer), [(3, "crime-report-passed")]);
    assert_eq!(last(&answer, "tell-police"), "met -");
    // Three calendar days from the night of a Saturday.
    let assigned = "met 2024-03-13T00:00:00+07:00";
    assert_eq!(last(&answer, "assign-investigator"), assigned);
}

#[test]
fn each_refusal_says_why() {
    let answer = play("refusals");
    assert_eq!(
        refused(&answer),
        [
            (0, "no-such-case"),
            (1, "in-the-future"),
            (3, "not-initially-assessed"),
            (4, "not-your-unit"),
            (6, "already-assessed"),
            (7, "carer-is-the-harmer"),
            (8, "separation-too-long"),
            (9, "plan-item-incomplete"),
            (11, "not-the-chair"),
            (12, "not-safe-and-stable"),
            (13, "not-safe-and-stable"),
        ]
    );
    assert_eq!(answer["steps"][9]["field"], "/items/0/responsible");
    assert_eq!(
        answer["steps"][9]["legal_basis"],
        "NĐ 56/2017/NĐ-CP Điều 28 khoản 3"
    );
}

/// Every obligation of a step, as `state due`.
fn all(answer: &Value, step: &str) -> Vec<String> {
    let all = answer["obligations"].as_array().unwrap().iter();
    all.filter(|one| one["step"] == step)
        .map(|one| {
            let due = one["due_at"].as_str().unwrap_or("-");
            format!("{} {due}", one["state"].as_str().unwrap())
        })
        .collect()
}

#[test]
fn a_child_that_was_thought_dead_is_owed_what_nobody_answered() {
    let answer = play("thought-dead");
    assert_eq!(refused(&answer), []);
    assert_eq!(
        all(&answer, "emergency-measure"),
        [
            "waived 2024-03-11T21:00:00+07:00",
            "overdue 2024-03-11T21:00:00+07:00"
        ]
    );
}

#[test]
fn being_told_again_starts_no_new_count_of_a_separation() {
    let answer = play("told-again-after-lifting");
    assert_eq!(
        refused(&answer),
        [(5, "separation-too-long"), (7, "separation-too-long")]
    );
}

#[test]
fn a_separation_of_an_unknown_child_is_bounded_owed_and_lifted() {
    let answer = play("unknown-child-separated");
    assert_eq!(
        refused(&answer),
        [
            (4, "not-separated"),
            (5, "already-separated"),
            (8, "separation-too-long")
        ]
    );
    let end = obligation(&answer, "separation-end");
    assert_eq!(end["due_at"], "2024-03-27T00:00:00+07:00");
    assert_eq!(end["state"], "met");
    assert_eq!(end["accountable"]["unit"], "19114");
}

#[test]
fn a_closed_case_is_opened_by_the_answer_and_not_by_a_report_of_perhaps_another_child() {
    let answer = play("told-of-a-closed-case");
    // Nothing of the closed case is done before the answer.
    assert_eq!(refused(&answer), [(4, "case-closed")]);
    assert_eq!(
        answer["steps"][3]["events"],
        serde_json::json!(["ReportReceived"])
    );
    assert_eq!(
        answer["steps"][6]["events"],
        serde_json::json!(["SameChildAnswered", "CaseReopened"])
    );
    let all = answer["obligations"].as_array().unwrap();
    let hours = all.iter().filter(|o| o["step"] == "emergency-measure");
    let hours: Vec<_> = hours
        .map(|o| (o["state"].as_str().unwrap(), o["due_at"].as_str().unwrap()))
        .collect();
    // One child: the measure of the 14th answers what was told before it, too. What was missed stays late.
    assert_eq!(
        hours,
        [
            ("waived", "2024-03-11T21:00:00+07:00"),
            ("met", "2024-03-14T21:30:00+07:00"),
        ]
    );
    assert_eq!(obligation(&answer, "emergency-measure")["late"], true);
    assert_eq!(
        last(&answer, "temporary-separation"),
        "overdue 2024-03-11T21:00:00+07:00"
    );
}

#[test]
fn the_days_of_one_child_count_together_from_the_answer_on() {
    let answer = play("days-of-one-child");
    assert_eq!(refused(&answer), [(7, "separation-too-long")]);
    assert_eq!(
        last(&answer, "separation-end"),
        "met 2024-04-05T00:00:00+07:00"
    );
    assert_eq!(open(&answer).last(), Some(&"answer-contradiction"));
}

#[test]
fn a_day_that_nobody_told_is_asked_for() {
    let answer = play("day-not-told");
    assert_eq!(refused(&answer), []);
    assert!(last(&answer, "say-when-it-happened").starts_with("waived"));
    assert_eq!(
        last(&answer, "emergency-measure"),
        "overdue 2024-03-25T21:00:00+07:00"
    );
}

#[test]
fn an_emergency_that_is_found_later_lifts_the_days_of_the_plan() {
    let answer = play("emergency-found-later");
    assert_eq!(
        all(&answer, "submit-plan"),
        ["waived 2024-03-19T00:00:00+07:00", "met -"]
    );
}

#[test]
fn every_shipped_scenario_is_played_by_a_test() {
    let here = [
        include_str!("scenarios.rs"),
        include_str!("agencies.rs"),
        include_str!("faults.rs"),
    ]
    .concat();
    let folder = format!("{}/scenarios", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let name = name.strip_suffix(".json").unwrap();
        assert!(here.contains(&format!("play(\"{name}\")")), "{name}");
    }
}

#[test]
fn every_step_of_every_procedure_is_owed_and_ended_in_a_scenario() {
    let folder = format!("{}/scenarios", env!("CARGO_MANIFEST_DIR"));
    let mut owed = BTreeSet::new();
    let mut ended = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let answer = play(name.strip_suffix(".json").unwrap());
        for obligation in answer["obligations"].as_array().unwrap() {
            let step = obligation["step"].as_str().unwrap().to_owned();
            if !obligation["ended_at"].is_null() {
                ended.insert(step.clone());
            }
            owed.insert(step);
        }
    }
    let procedure = Procedure::shipped();
    let steps: BTreeSet<String> = procedure.steps.iter().map(|step| step.id.clone()).collect();
    assert_eq!(steps.difference(&owed).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(steps.difference(&ended).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_changed_procedure_file_changes_what_is_owed() {
    let shipped = Procedure::SHIPPED[0].1;
    let five = "amount = 5\nunit = \"working-day\"\nfrom = \"opening-event\"";
    let three = shipped.replacen(five, &five.replace('5', "3"), 1);
    assert_ne!(three, shipped);
    let path = format!("{}/three-days.toml", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, three).unwrap();
    let changed =
        Procedure::parse(&std::fs::read_to_string(&path).unwrap(), Units::shipped()).unwrap();

    let path = format!("{}/scenarios/whole-path.json", env!("CARGO_MANIFEST_DIR"));
    let scenario = Scenario::from_json(&std::fs::read_to_string(path).unwrap()).unwrap();
    let answer = scenario
        .play(&changed.into(), &Calendar::shipped())
        .unwrap();
    let submit = obligation(&answer, "submit-plan");
    assert_eq!(submit["limit"]["amount"], 3);
    assert_eq!(submit["due_at"], "2024-03-15T00:00:00+07:00");
    assert_eq!(submit["state"], "met-late");
}
