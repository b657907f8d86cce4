//! Who looked at which case is recorded, and what is new since is shown: on both databases.

use std::time::Duration as Patience;

use chrono::Duration;
use domain::identity::Role;
use eventstore::{RecordedEvent, StreamId};
use projections::READING;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::ids::{Ids, RandomIds};
use uuid::Uuid;

use crate::support::{Browser, PASSWORD, TestServer};

const AT: &str = "2024-02-19T09:00:00+07:00";

pub async fn token(server: &TestServer, username: &str) -> String {
    let answer = server.sign_in_api(username, PASSWORD).await;
    let body: Value = answer.json().await.unwrap();
    body["token"].as_str().unwrap().to_owned()
}

/// A report that the commune received itself; returns the id of the case.
pub async fn begin(server: &TestServer, token: &str, place: &Value) -> Uuid {
    let command = json!({
        "type": "receive-report", "received_at": AT, "channel": "in-person",
        "place_of_receipt": place,
        "child": {"name": "Nguyễn Thị Bé", "sex": "female", "residence_unit": "19111",
            "birth": {"date": "2014-05-17"}},
        "incident": {"unit": "19111", "description": "Hàng xóm nghe tiếng trẻ bị đánh"},
        "suspected_harm": [{"form": "violence"}],
        "suspected_harmer": {"relation": "other"}, "condition": "Có vết bầm ở tay"
    });
    let answer = server
        .request(Method::POST, "/api/v1/cases")
        .bearer_auth(token)
        .json(&json!({"command_id": RandomIds.next(), "command": command}))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    let body: Value = answer.json().await.unwrap();
    body["case_id"].as_str().unwrap().parse().unwrap()
}

pub async fn command(server: &TestServer, token: &str, case: Uuid, version: i64, command: Value) {
    let answer = server
        .request(Method::POST, &format!("/api/v1/cases/{case}/commands"))
        .bearer_auth(token)
        .json(
            &json!({"command_id": RandomIds.next(), "expected_version": version,
            "command": command}),
        )
        .send()
        .await
        .unwrap();
    let status = answer.status();
    let body: Value = answer.json().await.unwrap();
    assert_eq!(status, StatusCode::OK, "{body}");
}

pub fn commune() -> Value {
    json!({"kind": "commune", "unit": "19111"})
}

/// What was recorded of readings of a case, after all of them have ended and are shown.
async fn readings(server: &TestServer, case: Uuid) -> Vec<RecordedEvent> {
    let application = &server.state.application;
    application.readings.finish().await;
    let head = application.store.head().await.unwrap();
    let shown = application
        .projections
        .wait_for(head, Patience::from_secs(60));
    assert!(shown.await);
    let stream = StreamId::new(READING, case);
    application.store.load_stream(stream).await.unwrap()
}

async fn each_reading_is_recorded_once_in_a_while(server: TestServer) {
    server.clock.set(AT.parse().unwrap());
    let lan = server.account("lan").await;
    server.account_as("duc", Role::CommuneChair, "19111").await;
    let (bearer, chair) = (token(&server, "lan").await, token(&server, "duc").await);
    let case = begin(&server, &bearer, &commune()).await;
    let mut browser = Browser::new(&server);
    browser.sign_in("lan", PASSWORD).await;
    for tab in ["", "?tab=timeline", "?tab=people"] {
        let page = browser.get(&format!("/cases/{case}{tab}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text.contains("id=\"news\""), "the first time");
    }
    // A form shows the case, too: it is a reading, and the same one as that of the page.
    browser.get(&format!("/cases/{case}/acts/add-note")).await;
    let recorded = readings(&server, case).await;
    assert_eq!(recorded.len(), 1);
    assert_eq!(&*recorded[0].event_type, "CaseRead");
    assert_eq!(recorded[0].facts, r#"{"version":1,"opened":"page"}"#);
    assert_eq!(recorded[0].actor.officer, Some(lan.id));
    assert_eq!(recorded[0].actor.unit.as_deref(), Some("19111"));
    assert_eq!(recorded[0].personal, None);

    // Many at once, of another person: one.
    let path = format!("/api/v1/cases/{case}");
    let reads = (0..8).map(|_| server.get(&path).bearer_auth(&chair).send());
    for answer in futures::future::join_all(reads).await {
        assert_eq!(answer.unwrap().status(), StatusCode::OK);
    }
    assert_eq!(readings(&server, case).await.len(), 2);

    // Who comes by the form alone has read it all the same, also where the act is refused.
    for (name, act) in [("nga", "add-note"), ("oanh", "approve-plan")] {
        server.account(name).await;
        let mut other = Browser::new(&server);
        other.sign_in(name, PASSWORD).await;
        other.get(&format!("/cases/{case}/acts/{act}")).await;
        let recorded = readings(&server, case).await;
        assert_eq!(
            recorded.last().unwrap().facts,
            r#"{"version":1,"opened":"page"}"#
        );
    }
    assert_eq!(readings(&server, case).await.len(), 4);

    server.clock.advance(Duration::minutes(14));
    browser.get(&format!("/cases/{case}")).await;
    assert_eq!(readings(&server, case).await.len(), 4);
    server.clock.advance(Duration::minutes(2));
    browser.get(&format!("/cases/{case}")).await;
    let recorded = readings(&server, case).await;
    assert_eq!(recorded.len(), 5);
    // The case itself has not moved.
    let shown: Value = server
        .get(&path)
        .bearer_auth(&chair)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(shown["version"], 1);
    // Whoever may not see the case has not read it.
    server.account_as("xa", Role::CommuneOfficer, "19249").await;
    let stranger = token(&server, "xa").await;
    let answer = server.get(&path).bearer_auth(stranger).send().await;
    assert_eq!(answer.unwrap().status(), StatusCode::NOT_FOUND);
    // By then the chair reads again, after 16 minutes.
    let recorded = readings(&server, case).await;
    assert_eq!(recorded.len(), 6);
    assert!(recorded[5].facts.contains("api"));
    let metrics = server.get("/metrics").send().await.unwrap();
    let metrics = metrics.text().await.unwrap();
    assert!(metrics.contains("noi_readings_lost_total 0\n"), "{metrics}");
}

async fn news_are_what_others_recorded_since(server: TestServer) {
    server.clock.set(AT.parse().unwrap());
    server.account("lan").await;
    server.account_as("duc", Role::CommuneChair, "19111").await;
    let lan = token(&server, "lan").await;
    let case = begin(&server, &lan, &commune()).await;
    let mut chair = Browser::new(&server);
    chair.sign_in("duc", PASSWORD).await;
    let path = format!("/cases/{case}");
    assert!(!chair.get(&path).await.text.contains("id=\"news\""));
    readings(&server, case).await;
    assert!(!chair.get("/cases").await.text.contains("tag-news"));

    server.clock.advance(Duration::days(3) + Duration::hours(4));
    chair.sign_in("duc", PASSWORD).await;
    let (lan, duc) = (token(&server, "lan").await, token(&server, "duc").await);
    // What the chair records is no news to the chair.
    let note = json!({"type": "add-note", "text": "Đã gọi điện"});
    command(&server, &duc, case, 1, note).await;
    assert!(!chair.get("/cases").await.text.contains("tag-news"));
    let late = json!({"type": "add-note", "text": "Đã đến thăm",
        "occurred_at": AT});
    command(&server, &lan, case, 2, late).await;
    for list in ["/cases", "/worklist?whose=others"] {
        let page = chair.get(list).await.text;
        assert!(page.contains("tag-news"), "{list}");
    }
    let page = chair.get(&path).await.text;
    assert!(
        page.contains("1 việc mới từ lần xem trước (19/02/2024 09:00)"),
        "{page}"
    );
    assert!(page.contains("Nguyễn Thị Lan"));
    assert!(
        page.contains(&format!("{path}?tab=timeline&#38;all=yes#e3")),
        "{page}"
    );
    assert!(page.contains("Ghi sau khi xảy ra 3 ngày 4 giờ"), "{page}");
    assert!(page.contains("xảy ra 19/02/2024 09:00 · ghi 22/02/2024 13:00"));
    // Read now, and so no longer new.
    readings(&server, case).await;
    assert!(!chair.get(&path).await.text.contains("id=\"news\""));
    assert!(!chair.get("/cases").await.text.contains("tag-news"));
}

#[tokio::test]
async fn readings_on_sqlite() {
    each_reading_is_recorded_once_in_a_while(TestServer::start().await).await;
}

#[tokio::test]
async fn readings_on_postgres() {
    each_reading_is_recorded_once_in_a_while(TestServer::start_on_postgres().await).await;
}

#[tokio::test]
async fn news_on_sqlite() {
    news_are_what_others_recorded_since(TestServer::start().await).await;
}

#[tokio::test]
async fn news_on_postgres() {
    news_are_what_others_recorded_since(TestServer::start_on_postgres().await).await;
}
