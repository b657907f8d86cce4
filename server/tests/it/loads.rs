//! A post loads a stream at most twice, whatever becomes of it: what was folded to decide is what it is
//! answered by, and what a page shows again.

use std::sync::Arc;

use eventstore::StreamId;
use eventstore::testing::Loads;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::ids::{Ids, RandomIds};
use uuid::Uuid;

use crate::acts::{Case, Worker, report};
use crate::support::{PASSWORD, Page, TestServer};

async fn start() -> (TestServer, Arc<Loads>) {
    let mut loads = None;
    let server = TestServer::start_furnished(|shared| {
        let (store, counted) = shared.application.store.counting();
        shared.application.store = store;
        loads = Some(counted);
    });
    let server = server.await;
    (server, loads.unwrap())
}

/// How often the case was loaded since this was asked last; no stream more than twice.
#[track_caller]
fn loaded(loads: &Loads, case: Uuid) -> usize {
    let counted = loads.take();
    for (stream, times) in &counted {
        assert!(*times <= 2, "{stream:?} was loaded {times} times");
    }
    let stream = StreamId::new(projections::CASE, case);
    counted.get(&stream).copied().unwrap_or_default()
}

#[tokio::test]
async fn a_post_of_a_page_loads_a_stream_at_most_twice() {
    let (server, loads) = start().await;
    let mut officer = Worker::officer(&server).await;
    let form = officer.browser.get("/reports/new").await;
    loads.take();
    let typed = report("Nguyễn Thị Hoa");
    let sent = officer.send("/reports/new", &form, "submit", &typed).await;
    let case = Case::at(&sent);
    assert_eq!(loaded(&loads, case.0), 0, "a new case");

    let note = format!("/cases/{}/acts/add-note", case.0);
    let form = officer.browser.get(&note).await;
    loads.take();
    let typed = [("text", "Đã gọi điện")];
    let sent = officer.send(&note, &form, "submit", &typed).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    assert_eq!(loaded(&loads, case.0), 2, "recorded");
    let again = officer.send(&note, &form, "submit", &typed).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text);
    assert_eq!(loaded(&loads, case.0), 2, "sent twice");
    officer.browser.get(&format!("/cases/{}", case.0)).await;
    assert_eq!(loaded(&loads, case.0), 1, "where it leads");

    // With a form of before.
    let old = Page {
        text: form
            .text
            .replace(&form.hidden("command_id"), &RandomIds.next().to_string()),
        ..form
    };
    let conflict = officer.send(&note, &old, "submit", &typed).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT, "{}", conflict.text);
    assert_eq!(loaded(&loads, case.0), 2, "others were quicker");

    let plan = format!("/cases/{}/acts/record-verification", case.0);
    let form = officer.browser.get(&plan).await;
    loads.take();
    let wrong = officer.send(&plan, &form, "submit", &[]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(loaded(&loads, case.0) <= 2, "nothing was filled in");
}

/// A second command of the same post goes on from what the first one folded.
#[tokio::test]
async fn a_report_that_is_passed_on_does_not_load_its_case() {
    let (server, loads) = start().await;
    let mut officer = Worker::officer(&server).await;
    let form = officer.browser.get("/reports/new").await;
    loads.take();
    let mut typed = report("Nguyễn Thị Hoa");
    typed.retain(|(name, _)| *name != "incident.unit");
    typed.extend([("incident.unit", "19009"), ("pass_on", "1")]);
    let sent = officer.send("/reports/new", &form, "submit", &typed).await;
    let case = Case::at(&sent);
    assert_eq!(loaded(&loads, case.0), 0);
    let stream = StreamId::new(projections::CASE, case.0);
    let events = server.state.application.store.load_stream(stream).await;
    let events = events.unwrap().into_iter();
    let types: Vec<_> = events.map(|event| event.event_type.to_string()).collect();
    assert_eq!(types, ["ReportReceived", "ReportForwarded"]);
}

#[tokio::test]
async fn a_command_of_a_program_loads_its_case_once() {
    let (server, loads) = start().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Hoa").await;
    let session: Value = server
        .sign_in_api("lan", PASSWORD)
        .await
        .json()
        .await
        .unwrap();
    let token = session["token"].as_str().unwrap();
    let send = async |id: Uuid, expected: Option<i64>, command: Value| {
        loads.take();
        let path = format!("/api/v1/cases/{}/commands", case.0);
        let body = json!({ "command_id": id, "expected_version": expected, "command": command });
        let request = server.request(Method::POST, &path).bearer_auth(token);
        let answer = request.json(&body).send().await.unwrap();
        let status = answer.status();
        let answer: Value = answer.json().await.unwrap();
        (status, answer, loaded(&loads, case.0))
    };
    let note = json!({ "type": "add-note", "text": "Đã gọi điện" });
    let id = RandomIds.next();
    let (status, first, times) = send(id, Some(1), note.clone()).await;
    assert_eq!((status, times), (StatusCode::OK, 1), "{first}");
    assert_eq!(first["events"], json!(["NoteAdded"]));
    let (status, again, times) = send(id, Some(1), note.clone()).await;
    assert_eq!((status, times), (StatusCode::OK, 1), "sent twice");
    assert_eq!(again, first);
    let (status, _, times) = send(RandomIds.next(), Some(1), note).await;
    assert_eq!((status, times), (StatusCode::CONFLICT, 1));
    let reopen = json!({ "type": "reopen-case", "reason": "Có dấu hiệu mới" });
    let (status, _, times) = send(RandomIds.next(), None, reopen).await;
    assert_eq!((status, times), (StatusCode::UNPROCESSABLE_ENTITY, 1));
}
