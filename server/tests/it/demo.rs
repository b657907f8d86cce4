//! `noi demo` as a process: what it prints, what it serves, and that it leaves nothing behind.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

fn noi(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noi"));
    command
        .current_dir(folder)
        .env("TMPDIR", folder)
        .env_remove("NOI_DATABASE_URL")
        .args([
            "--listen",
            "127.0.0.1:0",
            "--log",
            "off",
            "demo",
            "--cases",
            "25",
        ])
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The process, the lines of its accounts, and its address.
fn start(folder: &Path, arguments: &[&str]) -> (Child, Vec<String>, String) {
    let mut child = noi(folder, arguments).spawn().unwrap();
    let mut lines = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        if let Some(address) = line.strip_prefix("ready ") {
            return (child, lines, address.to_owned());
        }
        lines.push(line);
    }
    panic!("it never was ready: {}", stop(child).status);
}

fn stop(child: Child) -> Output {
    let killed = Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    assert!(killed.unwrap().success());
    child.wait_with_output().unwrap()
}

#[tokio::test]
async fn a_demonstration_is_served_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (child, lines, address) = start(folder.path(), &[]);
    assert_eq!(lines.len(), server::demonstration::ACCOUNTS.len());
    let officer = lines
        .iter()
        .find(|line| line.ends_with(" commune-officer 19111"))
        .unwrap();
    let words: Vec<_> = officer.split(' ').collect();
    assert_eq!((words.len(), words[0]), (5, "account"));

    let client = reqwest::Client::new();
    let sign_in = client
        .post(format!("{address}/api/v1/sessions"))
        .json(&json!({ "username": words[1], "password": words[2] }));
    let session: Value = sign_in.send().await.unwrap().json().await.unwrap();
    let worklist = client
        .get(format!("{address}/api/v1/worklist"))
        .bearer_auth(session["token"].as_str().unwrap());
    let worklist: Value = worklist.send().await.unwrap().json().await.unwrap();
    assert!(
        worklist["items"].as_array().unwrap().len() > 5,
        "{worklist}"
    );

    let output = stop(child);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_named_database_is_filled_once() {
    let folder = tempfile::tempdir().unwrap();
    let named = [
        "--database-url",
        "sqlite://here.db",
        "--until",
        "2026-03-02T08:00:00+07:00",
    ];
    let (child, _, _) = start(folder.path(), &named);
    assert!(stop(child).status.success());
    assert!(folder.path().join("here.db").exists());

    let again = noi(folder.path(), &named).output().unwrap();
    assert_eq!(again.status.code(), Some(1));
    let line = String::from_utf8(again.stderr).unwrap();
    assert!(
        line.contains("not empty") && line.trim_end().lines().count() == 1,
        "{line}"
    );
    assert!(again.stdout.is_empty());
}

#[test]
fn what_has_not_happened_is_not_told() {
    let folder = tempfile::tempdir().unwrap();
    let output = noi(folder.path(), &["--until", "2199-01-01T00:00:00Z"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let output = noi(folder.path(), &["--until", "tomorrow"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}
