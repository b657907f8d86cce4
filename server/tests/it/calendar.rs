//! Another calendar is adopted: due dates move, and the case says so.

use std::sync::Arc;

use domain::calendar::Calendar;
use domain::identity::Role;
use reqwest::Method;
use serde_json::{Value, json};
use server::application::{Adopted, Application};
use server::clock::Clock;
use server::ids::RandomIds;
use server::rules::Rules;

use crate::support::{PASSWORD, TestServer};

/// The calendar of spring 2024 before the swap of 29 April with 4 May was announced.
fn before_the_notice() -> Rules {
    let text = Calendar::SHIPPED.replacen("id = \"vietnam-", "id = \"before-", 1);
    let days: Vec<_> = text
        .split("[[day]]")
        .filter(|day| !day.contains("date = 2024-04-29") && !day.contains("date = 2024-05-04"))
        .collect();
    let text = days.join("[[day]]");
    Rules {
        calendar: Arc::new(Calendar::parse(&text).unwrap()),
        calendar_text: text.into(),
        ..Rules::shipped()
    }
}

async fn token(server: &TestServer, username: &str) -> String {
    let answer = server.sign_in_api(username, PASSWORD).await;
    let body: Value = answer.json().await.unwrap();
    body["token"].as_str().unwrap().to_owned()
}

async fn send(server: &TestServer, token: &str, path: &str, command: Value) -> Value {
    let id = server.state.ids.next();
    let answer = server
        .request(Method::POST, path)
        .bearer_auth(token)
        .json(&json!({"command_id": id, "expected_version": null, "command": command}))
        .send()
        .await
        .unwrap();
    assert!(answer.status().is_success(), "{:?}", answer.text().await);
    answer.json().await.unwrap()
}

/// A case whose initial assessment gives 5 working days from Monday, 22 April 2024.
async fn case_before_the_holidays(server: &TestServer) -> (String, String) {
    server
        .clock
        .set("2024-04-24T09:00:00+07:00".parse().unwrap());
    server
        .account_as("lan", Role::CommuneOfficer, "19111")
        .await;
    let token = token(server, "lan").await;
    let report = json!({
        "type": "receive-report", "received_at": "2024-04-24T08:00:00+07:00",
        "channel": "in-person", "place_of_receipt": {"kind": "commune", "unit": "19111"},
        "child": {"name": "Nguyễn Thị Thử", "sex": "female", "birth": {"date": "2014-05-17"}},
        "incident": {"unit": "19111", "description": "Hàng xóm nghe tiếng trẻ bị đánh"},
        "suspected_harm": [{"form": "violence"}], "suspected_harmer": {"relation": "other"},
        "condition": "Có vết bầm ở tay"
    });
    let opened = server
        .request(Method::POST, "/api/v1/cases")
        .bearer_auth(&token)
        .json(&json!({"command_id": server.state.ids.next(), "command": report}))
        .send()
        .await
        .unwrap();
    let body: Value = opened.json().await.unwrap();
    let id = body["case_id"].as_str().unwrap().to_owned();
    let row = |level: &str| json!({"level": level, "note": ""});
    let assessment = json!({
        "type": "record-initial-assessment", "harm": [row("medium"), row("low")],
        "protection": [row("medium"), row("high")], "grave": false, "carer_is_harmer": false,
        "conclusion": "Kết luận của cán bộ"
    });
    send(
        server,
        &token,
        &format!("/api/v1/cases/{id}/commands"),
        assessment,
    )
    .await;
    (id, token)
}

async fn adopts(server: &TestServer) {
    let (id, token) = case_before_the_holidays(server).await;
    let database = server.state.database.clone();
    let start = |rules: Rules| {
        let clock: Arc<dyn Clock> = server.clock.clone();
        Application::start(database.clone(), rules, clock, Arc::new(RandomIds))
    };
    let old = start(before_the_notice());
    assert_eq!(old.adopt_calendar().await.unwrap(), Adopted::First);
    assert_eq!(old.adopt_calendar().await.unwrap(), Adopted::Already);
    old.close().await;

    // 5 working days after 24 April: 25, 26, 29 April, 2, 3 May before; 25, 26 April, 2, 3, 4 May now.
    let now = start(Rules::shipped());
    let twin = start(Rules::shipped());
    let (one, two) = tokio::join!(now.adopt_calendar(), twin.adopt_calendar());
    let changed = Adopted::Changed { cases: 1 };
    assert!([one.unwrap(), two.unwrap()].contains(&changed));
    assert_eq!(now.adopt_calendar().await.unwrap(), Adopted::Already);
    now.close().await;
    twin.close().await;

    let path = format!("/api/v1/cases/{id}/events");
    let answer = server.get(&path).bearer_auth(&token).send().await.unwrap();
    let events: Value = answer.json().await.unwrap();
    let events = events["items"].as_array().or(events.as_array()).unwrap();
    let moved: Vec<_> = events
        .iter()
        .filter(|e| e["type"] == "DueDatesMoved")
        .collect();
    assert_eq!(moved.len(), 1, "once, however many servers: {events:#?}");
    assert_eq!(moved[0]["actor"]["role"], "system");
    let text = moved[0].to_string();
    assert!(
        text.contains("submit-plan") && text.contains("2024-05-04T00:00:00+07:00"),
        "{text}"
    );
    assert!(text.contains("2024-05-05T00:00:00+07:00"), "{text}");
}

#[tokio::test]
async fn another_calendar_moves_due_dates_and_the_case_says_so() {
    adopts(&TestServer::start().await).await;
}

#[tokio::test]
async fn another_calendar_moves_due_dates_on_postgres() {
    adopts(&TestServer::start_on_postgres().await).await;
}
