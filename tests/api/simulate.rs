//! `noi simulate`: what it prints, and its exit codes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/scenarios")
}

fn simulate(file: &Path) -> Output {
    let folder = tempfile::tempdir().unwrap();
    Command::new(tests::program())
        .arg("simulate")
        .arg(file)
        .current_dir(folder.path())
        .env("NOI_DATABASE_URL", "sqlite:///nowhere/at/all.db")
        .output()
        .unwrap()
}

fn answer(file: &Path) -> Value {
    let output = simulate(file);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{errors}");
    assert_eq!(errors, "");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The answer to a scenario given as JSON.
fn played(scenario: &Value) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scenario.json");
    std::fs::write(&file, scenario.to_string()).unwrap();
    answer(&file)
}

/// What is said of a wrong file, in one line.
fn wrong(text: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scenario.json");
    std::fs::write(&file, text).unwrap();
    let output = simulate(&file);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(output.stdout, b"");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("scenario.json"), "{said}");
    said
}

fn shipped(name: &str) -> Value {
    let text = std::fs::read_to_string(scenarios().join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn obligation<'a>(answer: &'a Value, step: &str) -> &'a Value {
    let all = answer["obligations"].as_array().unwrap();
    all.iter()
        .find(|obligation| obligation["step"] == step)
        .unwrap()
}

#[test]
fn every_shipped_scenario_is_played() {
    let mut played = 0;
    for entry in std::fs::read_dir(scenarios()).unwrap() {
        let file = entry.unwrap().path();
        let answer = answer(&file);
        for step in answer["steps"].as_array().unwrap() {
            if step["accepted"] == true {
                assert!(step["events"][0].is_string(), "{step}");
            } else {
                for field in ["code", "message"] {
                    assert!(step[field].is_string(), "{step}");
                }
            }
        }
        for obligation in answer["obligations"].as_array().unwrap() {
            let state = obligation["state"].as_str().unwrap();
            assert!(["open", "met", "met-late", "overdue", "waived"].contains(&state));
            for field in ["step", "procedure", "opened_by", "opened_at", "legal_basis"] {
                assert!(obligation[field].is_string(), "{field} of {obligation}");
            }
        }
        assert!(answer["case"].is_object());
        played += 1;
    }
    assert!(played >= 2);
}

#[test]
fn the_whole_path_ends_closed_and_in_time() {
    let answer = answer(&scenarios().join("whole-path.json"));
    let steps = answer["steps"].as_array().unwrap();
    assert!(steps.iter().all(|step| step["accepted"] == true));
    assert_eq!(steps[0]["events"], json!(["ReportReceived"]));
    assert_eq!(answer["case"]["status"], "closed");
    let submit = obligation(&answer, "submit-plan");
    assert_eq!(submit["due_at"], "2024-03-19T00:00:00+07:00");
    assert_eq!(submit["state"], "met");
    assert_eq!(
        submit["limit"],
        json!({ "amount": 5, "unit": "working-day" })
    );
    assert_eq!(submit["accountable"]["role"], "commune-officer");
    let days: Vec<_> = submit["arithmetic"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| (day["date"].as_str().unwrap(), day["n"].as_u64()))
        .collect();
    let counted: Vec<_> = days.iter().filter_map(|day| day.1).collect();
    assert_eq!(counted, [1, 2, 3, 4, 5]);
    assert!(
        days.contains(&("2024-03-16", None)),
        "a Saturday is skipped: {days:?}"
    );
}

#[test]
fn an_emergency_over_tet_runs_on_the_clock() {
    let answer = answer(&scenarios().join("emergency-over-tet.json"));
    let refused: Vec<_> = answer["steps"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|step| step["accepted"] == false)
        .collect();
    assert_eq!(
        refused.len(),
        1,
        "refused steps end with exit code 0 as well"
    );
    assert_eq!(refused[0]["code"], "plan-not-submitted");
    assert!(refused[0]["legal_basis"].is_string());
    let measure = obligation(&answer, "emergency-measure");
    assert_eq!(measure["due_at"], "2024-02-10T10:40:00+07:00");
    assert_eq!(measure["state"], "met-late");
    assert_eq!(obligation(&answer, "submit-plan")["due_at"], Value::Null);
}

/// As in `noi simulate FILE | head -1`, where the reader has gone.
#[test]
fn nobody_has_to_hear_the_answer_out() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = Command::new(tests::program())
        .arg("simulate")
        .arg(scenarios().join("whole-path.json"))
        .stdout(writer)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), &*said), (Some(0), ""));
}

#[test]
fn an_answer_that_cannot_be_written_is_an_error() {
    let full = std::fs::File::options().write(true).open("/dev/full");
    let output = Command::new(tests::program())
        .arg("simulate")
        .arg(scenarios().join("whole-path.json"))
        .stdout(full.unwrap())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with("noi: cannot write the answer"), "{said}");
}

#[test]
fn another_rule_is_only_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let own = scenarios().join("../procedures/decree-56-2017.toml");
    let text = std::fs::read_to_string(own).unwrap();
    let changed = text.replacen("decree-56-2017", "decree-56-2017-tried-out", 1);
    std::fs::write(folder.path().join("tried-out.toml"), changed).unwrap();
    let mut scenario = shipped("whole-path.json");
    scenario["procedure"] = "tried-out.toml".into();
    let file = folder.path().join("scenario.json");
    std::fs::write(&file, scenario.to_string()).unwrap();
    let answer = answer(&file);
    assert_eq!(
        obligation(&answer, "submit-plan")["procedure"],
        "decree-56-2017-tried-out"
    );

    std::fs::write(folder.path().join("tried-out.toml"), "id = 5").unwrap();
    let output = simulate(&file);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("tried-out.toml"), "{said}");
}

#[test]
fn a_scenario_without_steps_is_played_too() {
    let mut scenario = shipped("whole-path.json");
    scenario["steps"] = json!([]);
    let answer = played(&scenario);
    assert_eq!(
        (&answer["steps"], &answer["obligations"]),
        (&json!([]), &json!([]))
    );
    assert_eq!(answer["case"], Value::Null);
}

#[test]
fn a_wrong_file_is_told_with_the_place() {
    let changed = |pointer: &str, value: Value| {
        let mut scenario = shipped("whole-path.json");
        *scenario.pointer_mut(pointer).unwrap() = value;
        scenario.to_string()
    };
    assert!(wrong(b"{").contains("line 1"));
    wrong(b"");
    wrong(b"[]");
    wrong(b"\xff\xfe");
    for (pointer, value, place) in [
        ("/procedure", json!("decree-1-1900"), "/procedure"),
        ("/observe_at", json!("tomorrow"), "/observe_at"),
        (
            "/steps/1/at",
            json!("2024-02-30T10:00:00+07:00"),
            "/steps/1/at",
        ),
        (
            "/steps/1/at",
            json!("2024-01-01T10:00:00+07:00"),
            "/steps/1/at",
        ),
        ("/steps/1/as/role", json!("king"), "/steps/1/as/role"),
        ("/steps/1/as/unit", json!("99999"), "/steps/1/as/unit"),
    ] {
        let said = wrong(changed(pointer, value).as_bytes());
        assert!(said.contains(place), "{said}");
    }
    let missing = simulate(Path::new("no-such-file.json"));
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("no-such-file.json"));
}

#[test]
fn a_step_with_a_wrong_value_is_refused_and_the_rest_is_played() {
    for (pointer, value, code, field) in [
        (
            "/steps/1/command/outcome",
            json!("perhaps"),
            "unknown-value",
            "/outcome",
        ),
        (
            "/steps/1/command/type",
            json!("launch-rocket"),
            "unknown-value",
            "/type",
        ),
        (
            "/steps/1/command/findings",
            json!(" \u{200b} "),
            "empty",
            "/findings",
        ),
        (
            "/steps/0/command/suspected_harm/0/form",
            json!("bad-mood"),
            "unknown-value",
            "/suspected_harm/0/form",
        ),
    ] {
        let mut scenario = shipped("whole-path.json");
        *scenario.pointer_mut(pointer).unwrap() = value;
        let place: usize = pointer.split('/').nth(2).unwrap().parse().unwrap();
        let answer = played(&scenario);
        let step = &answer["steps"][place];
        assert_eq!(
            (&step["accepted"], &step["code"], &step["field"]),
            (&json!(false), &json!(code), &json!(field)),
            "{step}"
        );
    }
}

#[test]
fn wrong_use_is_exit_code_2() {
    for arguments in [
        &["simulate"][..],
        &["simulate", "a.json", "b.json"],
        &["no-such-command"],
        &["serve", "--listen", "here"],
        &["serve", "--database-url", "mysql://u:secret@h/d"],
        &[
            "user", "create", "lan", "--role", "king", "--unit", "19111", "--name", "Lan",
        ],
        &[],
    ] {
        let output = Command::new(tests::program())
            .args(arguments)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("secret"));
    }
    for arguments in [
        &["--help"][..],
        &["simulate", "--help"],
        &["user", "create", "--help"],
    ] {
        let output = Command::new(tests::program())
            .args(arguments)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(!output.stdout.is_empty());
    }
}
