//! Plays a shipped scenario through the real domain, and asks the answer.

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::scenario::Scenario;
use serde_json::Value;

pub fn play(name: &str) -> Value {
    let path = format!("{}/scenarios/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let scenario = Scenario::from_json(&text).unwrap();
    scenario
        .play(&Procedure::shipped(), &Calendar::shipped())
        .unwrap()
}

pub fn obligation<'a>(answer: &'a Value, step: &str) -> &'a Value {
    answer["obligations"]
        .as_array()
        .unwrap()
        .iter()
        .find(|obligation| obligation["step"] == step)
        .unwrap_or_else(|| panic!("no {step}"))
}

pub fn accepted(answer: &Value) -> Vec<bool> {
    let steps = answer["steps"].as_array().unwrap();
    steps
        .iter()
        .map(|step| step["accepted"].as_bool().unwrap())
        .collect()
}

/// The last obligation of a step, as `state due` (`-` where nothing is due).
pub fn last(answer: &Value, step: &str) -> String {
    let all = answer["obligations"].as_array().unwrap();
    let found = all.iter().rev().find(|o| o["step"] == step);
    let found = found.unwrap_or_else(|| panic!("no {step}"));
    let due = found["due_at"].as_str().unwrap_or("-");
    format!("{} {due}", found["state"].as_str().unwrap())
}

/// The code of each refused step, by its place.
pub fn refused(answer: &Value) -> Vec<(usize, &str)> {
    let steps = answer["steps"].as_array().unwrap().iter().enumerate();
    steps
        .filter(|(_, step)| step["accepted"] == false)
        .map(|(place, step)| {
            assert!(!step["message"].as_str().unwrap().is_empty());
            (place, step["code"].as_str().unwrap())
        })
        .collect()
}
