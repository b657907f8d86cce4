//! The shipped scenarios, played through the real domain.

use domain::calendar::Calendar;
use domain::procedure::Procedure;
use domain::scenario::Scenario;
use serde_json::Value;

fn play(name: &str) -> Value {
    let path = format!("{}/scenarios/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let scenario = Scenario::from_json(&text).unwrap();
    scenario
        .play(&Procedure::shipped(), &Calendar::shipped())
        .unwrap()
}

fn obligation<'a>(answer: &'a Value, step: &str) -> &'a Value {
    answer["obligations"]
        .as_array()
        .unwrap()
        .iter()
        .find(|obligation| obligation["step"] == step)
        .unwrap_or_else(|| panic!("no {step}"))
}

fn accepted(answer: &Value) -> Vec<bool> {
    let steps = answer["steps"].as_array().unwrap();
    steps
        .iter()
        .map(|step| step["accepted"].as_bool().unwrap())
        .collect()
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
