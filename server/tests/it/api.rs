//! Sessions of programs, and the hygiene that every route has.

use chrono::Duration;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::access::account;
use server::clock::Clock;

use crate::support::{PASSWORD, TestServer};

#[tokio::test]
async fn a_program_signs_in_and_out() {
    let server = TestServer::start().await;
    let account = server.account("lan.nguyen").await;

    let response = server.sign_in_api("Lan.Nguyễn", PASSWORD).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    let session: Value = response.json().await.unwrap();
    assert_eq!(
        session["officer"],
        json!({
            "id": account.id, "name": "Nguyễn Thị Lan", "role": "commune-officer",
            "unit": "19111", "capacity": account.id, "on_behalf_of": null,
            "capacities": [{
                "id": account.id, "role": "commune-officer", "unit": "19111", "agency": null,
                "agency_kind": "peoples-committee", "from": "2024-01-01T08:00:00+07:00",
                "until": null, "on_behalf_of": null,
            }],
        })
    );
    let token = session["token"].as_str().unwrap();

    let end = || server.request(Method::DELETE, "/api/v1/sessions/current");
    assert_eq!(
        end().send().await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        end().bearer_auth(token).send().await.unwrap().status(),
        StatusCode::NO_CONTENT
    );
    let again = end().bearer_auth(token).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(again.headers()["content-type"], "application/problem+json");
    assert_eq!(
        again.json::<Value>().await.unwrap()["code"],
        "not-signed-in"
    );
}

#[tokio::test]
async fn a_session_ends_by_itself_and_with_its_account() {
    let server = TestServer::start().await;
    server.account("lan").await;
    let begin = async || {
        let session: Value = server
            .sign_in_api("lan", PASSWORD)
            .await
            .json()
            .await
            .unwrap();
        session["token"].as_str().unwrap().to_owned()
    };
    let end = async |token: String| {
        let request = server.request(Method::DELETE, "/api/v1/sessions/current");
        request.bearer_auth(token).send().await.unwrap().status()
    };

    let expired = begin().await;
    server.clock.advance(Duration::hours(12));
    assert_eq!(end(expired).await, StatusCode::UNAUTHORIZED);

    let closed = begin().await;
    account::disable(&server.state.database, "lan", server.clock.now())
        .await
        .unwrap();
    assert_eq!(end(closed).await, StatusCode::UNAUTHORIZED);
    let refused = server.sign_in_api("lan", PASSWORD).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert_eq!(
        refused.json::<Value>().await.unwrap()["code"],
        "account-disabled"
    );
    // Whoever does not know the password is not told that the account was closed.
    assert_eq!(
        server.sign_in_api("lan", "sai").await.status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn every_way_to_be_wrong_has_its_answer() {
    let server = TestServer::start().await;
    let post = |body: Vec<u8>| {
        let request = server.request(Method::POST, "/api/v1/sessions");
        request
            .header("content-type", "application/json")
            .body(body)
            .send()
    };
    let large = format!("{{\"username\":\"{}\"}}", "a".repeat(1024 * 1024));
    for (body, status, code) in [
        (b"{".to_vec(), 400, "not-json"),
        (b"\xff\xfe".to_vec(), 400, "not-json"),
        (
            b"{\"username\":1,\"password\":\"\"}".to_vec(),
            400,
            "bad-field",
        ),
        (
            b"{\"username\":\"a\",\"password\":\"\",\"role\":\"administrator\"}".to_vec(),
            400,
            "bad-field",
        ),
        (
            b"{\"username\":\"a\\u0000\",\"password\":\"\"}".to_vec(),
            400,
            "bad-field",
        ),
        (large.into_bytes(), 413, "too-large"),
    ] {
        let response = post(body).await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{code}");
        assert_eq!(
            response.headers()["content-type"],
            "application/problem+json"
        );
        assert_eq!(response.json::<Value>().await.unwrap()["code"], code);
    }
    let no_json = server
        .request(Method::POST, "/api/v1/sessions")
        .body("{}")
        .send()
        .await
        .unwrap();
    assert_eq!(no_json.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);

    let unknown = server.get("/api/v1/no-such-thing").send().await.unwrap();
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert_eq!(unknown.json::<Value>().await.unwrap()["code"], "not-found");

    let wrong_method = server.get("/api/v1/sessions").send().await.unwrap();
    assert_eq!(wrong_method.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(wrong_method.headers()["allow"], "POST");
    assert_eq!(
        wrong_method.json::<Value>().await.unwrap()["code"],
        "method-not-allowed"
    );
}

#[tokio::test]
async fn sentences_come_in_the_language_asked_for() {
    let server = TestServer::start().await;
    let title = async |language: &str| {
        let request = server
            .get("/api/v1/nothing")
            .header("accept-language", language);
        let body: Value = request.send().await.unwrap().json().await.unwrap();
        body["title"].as_str().unwrap().to_owned()
    };
    assert_eq!(title("en-GB,en;q=0.8").await, "Not found");
    assert_eq!(title("fr").await, "Không tìm thấy");
}

#[tokio::test]
async fn health_and_metrics_answer_this_machine_only() {
    let server = TestServer::start().await;
    for path in ["/health/live", "/health/ready", "/metrics"] {
        assert_eq!(
            server.get(path).send().await.unwrap().status(),
            StatusCode::OK,
            "{path}"
        );
        let passed_on = server.get(path).header("x-forwarded-for", "203.0.113.9");
        assert_eq!(
            passed_on.send().await.unwrap().status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let text = server
        .get("/metrics")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(
        text.contains("noi_http_requests_total{status=\"2xx\"}"),
        "{text}"
    );
}
