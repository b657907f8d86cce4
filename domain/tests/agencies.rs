//! Scenarios between agencies: each line of the tables of transfers, police and prosecution, and
//! alternative care, over holidays, month ends and the change of 1/7/2025.

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::scenario::Scenario;
use serde_json::Value;

fn play_with(name: &str, procedure: &Procedure) -> Value {
    let path = format!("{}/scenarios/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let scenario = Scenario::from_json(&text).unwrap();
    let procedure = std::sync::Arc::new(procedure.clone());
    scenario.play(&procedure, &Calendar::shipped()).unwrap()
}

fn play(name: &str) -> Value {
    play_with(name, &Procedure::shipped())
}

fn all<'a>(answer: &'a Value, step: &str) -> Vec<&'a Value> {
    let obligations = answer["obligations"].as_array().unwrap();
    obligations.iter().filter(|o| o["step"] == step).collect()
}

/// Every obligation of a step as `state due` with the day and minute it is due (`-`: none).
fn told(answer: &Value, step: &str) -> Vec<String> {
    let one = |o: &Value| {
        let due = o["due_at"].as_str().map_or("-", |due| &due[..16]);
        format!("{} {due}", o["state"].as_str().unwrap())
    };
    all(answer, step).into_iter().map(one).collect()
}

fn owed_by<'a>(answer: &'a Value, step: &str) -> &'a str {
    let last = *all(answer, step).last().unwrap();
    last["accountable"]["unit"].as_str().unwrap()
}

/// The code of each refused step, by its place.
fn refused(answer: &Value) -> Vec<(usize, &str)> {
    let steps = answer["steps"].as_array().unwrap().iter().enumerate();
    steps
        .filter(|(_, step)| step["accepted"] == false)
        .map(|(place, step)| (place, step["code"].as_str().unwrap()))
        .collect()
}

#[test]
fn a_case_goes_to_the_commune_of_residence_with_its_deadlines() {
    let answer = play("transfer-to-residence");
    assert_eq!(
        refused(&answer),
        [
            (4, "to-itself"),
            (6, "transfer-pending"),
            (7, "not-asked"),
            (9, "no-transfer-offered"),
        ]
    );
    assert_eq!(answer["case"]["holder_unit"], "19114");
    // Asked for until Friday, answered on Monday.
    assert_eq!(
        told(&answer, "transfer-response"),
        ["met-late 2024-04-20T00:00"]
    );
    // 5 working days after 17 April; the 18th is the Hùng Kings' day. The taker owes it.
    assert_eq!(told(&answer, "submit-plan"), ["open 2024-04-26T00:00"]);
    assert_eq!(owed_by(&answer, "submit-plan"), "19114");
    assert_eq!(owed_by(&answer, "verify-report"), "19111");
}

#[test]
fn a_declined_case_stays_with_the_giver() {
    let answer = play("declined-transfer");
    assert_eq!(refused(&answer), [(6, "not-your-unit")]);
    assert_eq!(answer["case"]["holder_unit"], "19111");
    assert_eq!(answer["case"]["transfer"], Value::Null);
    assert_eq!(told(&answer, "transfer-response"), ["met -", "waived -"]);
    assert_eq!(owed_by(&answer, "submit-plan"), "19111");
}

#[test]
fn police_and_prosecution_over_the_may_holidays() {
    let answer = play("crime-report");
    assert_eq!(refused(&answer), [(13, "extended-already")]);
    let is = |step: &str, expected: &[&str]| assert_eq!(told(&answer, step), expected, "{step}");
    // P01: hours run over the weekend.
    is("pass-crime-report", &["met 2024-04-27T22:00"]);
    // P02: calendar days, and the days off do not move them.
    is("assign-investigator", &["met-late 2024-05-01T00:00"]);
    // P03: 24 hours once there are grounds, 7 days when the victim asks.
    is(
        "order-forensic-exam",
        &["met 2024-04-30T08:00", "overdue 2024-05-08T00:00"],
    );
    // P04
    is("forensic-conclusion", &["met 2024-05-05T00:00"]);
    // P05: 20 days, 2 months, one extension.
    is(
        "decide-crime-report",
        &[
            "waived 2024-05-18T00:00",
            "waived 2024-06-28T00:00",
            "met 2024-08-28T00:00",
        ],
    );
    // P06
    is("inform-informant", &["met-late 2024-08-16T00:00"]);
    // P07
    is("propose-prosecution", &["met -"]);
    let agency = &all(&answer, "propose-prosecution")[0]["accountable"]["agency"]["vi"];
    assert!(agency.as_str().unwrap().contains("lao động"), "{agency}");
    // P08
    assert_eq!(
        answer["case"]["criminal"]["interviews"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn follow_ups_keep_to_the_corresponding_day() {
    let answer = play("placement-month-end");
    assert_eq!(
        refused(&answer),
        [(5, "not-familiar"), (7, "before-its-cause")]
    );
    // 15 working days after 12 August; 2 and 3 September are days off.
    assert_eq!(told(&answer, "hand-over-child"), ["met 2024-09-05T00:00"]);
    // 31 August + 1 month = 30 September; + 3 = 30 November, a Saturday, so Monday 2 December;
    // + 6 = 28 February.
    assert_eq!(
        told(&answer, "placement-follow-up"),
        [
            "met 2024-10-01T00:00",
            "met 2024-12-03T00:00",
            "open 2025-03-01T00:00",
        ]
    );
    let turns: Vec<_> = all(&answer, "placement-follow-up")
        .iter()
        .map(|o| {
            (
                o["turn"].as_u64().unwrap(),
                o["limit"]["amount"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(turns, [(1, 1), (2, 3), (3, 6)]);
}

#[test]
fn a_facility_over_tet_and_a_carer_who_harms() {
    let answer = play("facility");
    assert_eq!(refused(&answer), []);
    let is = |step: &str, expected: &[&str]| assert_eq!(told(&answer, step), expected, "{step}");
    // 10 working days after 7 February; Tết lasts until the 14th.
    is("complete-admission-papers", &["met 2024-02-29T00:00"]);
    is("appraise-listing", &["met 2024-03-16T00:00"]);
    // 15 working days after 14 March end with 4 April.
    is("decide-placement", &["met-late 2024-04-05T00:00"]);
    // 15 working days after 5 April: the 18th, the 29th, the 30th and 1 May are days off.
    is("hand-over-child", &["met 2024-05-03T00:00"]);
    is("end-facility-care", &["met 2024-04-13T00:00"]);
    is("end-facility-stay", &["met 2024-05-08T00:00"]);
    is("end-placement", &["met -"]);
    assert_eq!(
        told(&answer, "placement-follow-up")[0],
        "met 2024-05-11T00:00"
    );
    assert!(told(&answer, "placement-follow-up")[1].starts_with("waived"));
}

#[test]
fn competence_changes_on_the_first_of_july_2025() {
    let answer = play("across-the-reform");
    assert_eq!(refused(&answer), [(6, "not-competent-then")]);
    let courts: Vec<_> = all(&answer, "court-order")
        .iter()
        .map(|o| {
            o["accountable"]["agency"]["en"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(courts, ["district court", "regional court"]);
    let proposal = &all(&answer, "propose-prosecution")[0]["accountable"]["agency"]["en"];
    assert_eq!(proposal, "health agency");
}

#[test]
fn a_standard_is_shown_as_such_and_an_unanswered_offer_climbs() {
    let standards = r#"
        remote = ["19111"]
        [[standard]]
        step = "transfer-response"
        unit = "44"
        amount = 1
        of = "working-day"
        from = 2024-01-01
        title = { vi = "Quy chế phối hợp liên ngành", en = "Coordination rules" }
        [[standard]]
        step = "submit-plan"
        unit = "44"
        amount = 3
        of = "working-day"
        from = 2024-01-01
        title = { vi = "Quy chế phối hợp liên ngành", en = "Coordination rules" }
    "#;
    let procedure = (*Procedure::shipped())
        .clone()
        .with_standards(standards)
        .unwrap();
    let answer = play_with("declined-transfer", &procedure);
    let offer = all(&answer, "transfer-response")[0];
    assert_eq!(offer["due_at"], Value::Null);
    assert_eq!(offer["standard"]["at"], "2024-03-14T00:00:00+07:00");
    assert_eq!(offer["climbs"]["unit"], "44");
    assert_eq!(offer["climbs"]["role"], "provincial-officer");
    let plan = all(&answer, "submit-plan")[0];
    assert_eq!(plan["standard"]["at"], "2024-03-15T00:00:00+07:00");
    // The limit of the law stays what it is, and lateness is measured by it alone.
    assert_eq!(plan["due_at"], "2024-03-19T00:00:00+07:00");
    let crime = play_with("crime-report", &procedure);
    assert_eq!(told(&crime, "pass-crime-report"), ["met 2024-04-28T22:00"]);
}

#[test]
fn an_obligation_keeps_the_version_in_force_when_it_opened() {
    // A version of the decree that is said to give 3 working days for the plan from 15 March 2024.
    let text = Procedure::SHIPPED[0].1;
    let (before, after) = text.split_once("id = \"submit-plan\"").unwrap();
    let after = after.replacen("amount = 5", "amount = 3", 1);
    let next = format!("{before}id = \"submit-plan\"{after}")
        .replacen("version = 1", "version = 2", 1)
        .replacen(
            "effective_from = 2017-07-01",
            "effective_from = 2024-03-15",
            1,
        );
    let procedure = (*Procedure::shipped()).clone().with(&next).unwrap();
    let old = play_with("declined-transfer", &procedure);
    let plan = all(&old, "submit-plan")[0];
    assert_eq!(plan["procedure_version"], 1);
    assert_eq!(plan["due_at"], "2024-03-19T00:00:00+07:00");
    let new = play_with("transfer-to-residence", &procedure);
    let plan = all(&new, "submit-plan")[0];
    assert_eq!(plan["procedure_version"], 2);
    assert_eq!(plan["due_at"], "2024-04-24T00:00:00+07:00");
    let again = procedure.with(&next).unwrap_err().to_string();
    assert!(again.contains("version"), "{again}");
}

#[test]
fn a_child_without_a_place_is_minded_until_it_has_one_and_danger_seen_later_counts_anew() {
    let answer = play("temporary-care");
    assert_eq!(refused(&answer), []);
    // Taken in by the police: a place is sought at once, and the facility owes the admission.
    assert_eq!(all(&answer, "find-placement")[0]["state"], "met");
    let admission = all(&answer, "admit-to-facility")[0];
    assert_eq!(admission["accountable"]["role"], "provider-worker");
    assert_eq!(admission["state"], "met");
    // A carer who was not verified: three months at most.
    let temporary = all(&answer, "end-temporary-care")[0];
    assert_eq!(temporary["due_at"], "2024-06-15T00:00:00+07:00");
    assert_eq!(
        (&temporary["state"], &temporary["late_by"]),
        (&"met-late".into(), &"P2DT9H".into())
    );
    // Danger seen on a visit: 12 hours from what was seen.
    let all = answer["obligations"].as_array().unwrap();
    let seen = all
        .iter()
        .rfind(|o| o["step"] == "emergency-measure")
        .unwrap();
    assert_eq!(seen["opened_by"], "VisitRecorded");
    assert_eq!(seen["due_at"], "2024-03-20T20:00:00+07:00");
    assert_eq!(seen["ended_at"], "2024-03-20T09:30:00+07:00");
}

#[test]
fn a_report_added_unseen_is_answered_and_another_childs_becomes_a_case_of_its_own() {
    let answer = play("same-child");
    assert_eq!(refused(&answer), []);
    // Its twelve hours run from its receipt, and the measure of the commune where it happened ends them.
    let all = answer["obligations"].as_array().unwrap();
    let emergency: Vec<_> = all
        .iter()
        .filter(|o| o["step"] == "emergency-measure")
        .map(|o| (&o["due_at"], &o["state"], &o["accountable"]["unit"]))
        .collect();
    assert_eq!(
        emergency,
        [(
            &"2024-03-13T09:00:00+07:00".into(),
            &"met".into(),
            &"19114".into()
        )]
    );
    assert_eq!(told(&answer, "answer-same-child"), ["met -", "met -"]);
    // What the second call opened fell away with the answer; what was late then stays late.
    let gone: Vec<_> = all
        .iter()
        .filter(|o| o["ended_by"] == "SameChildAnswered" && o["step"] != "answer-same-child")
        .map(|o| (o["step"].as_str().unwrap(), &o["state"], &o["late"]))
        .collect();
    assert_eq!(
        gone,
        [("forward-report", &"waived".into(), &false.into())],
        "the call is forwarded in the case of its own child"
    );
    assert_eq!(answer["case"]["child"]["name"], "Nguyễn Thị Thử");
}
