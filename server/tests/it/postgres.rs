//! Accounts, sessions, throttling and drafts on PostgreSQL: the same statements, the same answers.

use chrono::Duration;
use reqwest::{Method, StatusCode};
use serde_json::Value;
use server::access::account;
use server::clock::Clock;

use crate::support::{PASSWORD, TestServer};

#[tokio::test]
async fn sessions_begin_and_end_on_postgres() {
    let server = TestServer::start_on_postgres().await;
    server.account("lan").await;
    let session: Value = server
        .sign_in_api("LAN", PASSWORD)
        .await
        .json()
        .await
        .unwrap();
    let token = session["token"].as_str().unwrap().to_owned();
    let end = || {
        server
            .request(Method::DELETE, "/api/v1/sessions/current")
            .bearer_auth(&token)
    };
    server.clock.advance(Duration::hours(2));
    assert_eq!(end().send().await.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(
        end().send().await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        server.get("/health/ready").send().await.unwrap().status(),
        StatusCode::OK
    );

    let database = &server.state.database;
    account::disable(database, "lan", server.clock.now())
        .await
        .unwrap();
    let refused = server.sign_in_api("lan", PASSWORD).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let hash = server.state.passwords.hash("mới".to_owned()).await.unwrap();
    account::reset(database, "lan", &hash).await.unwrap();
    assert_eq!(
        server.sign_in_api("lan", "mới").await.status(),
        StatusCode::CREATED
    );
    assert_eq!(account::list(database).await.unwrap().len(), 1);
}

#[tokio::test]
async fn guesses_sent_at_once_are_all_counted_on_postgres() {
    let server = TestServer::start_on_postgres().await;
    server.account("lan").await;
    let guesses = (0..24).map(|_| server.sign_in_api("lan", "sai"));
    let answers = futures::future::join_all(guesses).await;
    let looked_at = answers
        .iter()
        .filter(|answer| answer.status() == StatusCode::UNAUTHORIZED)
        .count();
    assert_eq!(looked_at, 6);
}

#[tokio::test]
async fn drafts_are_kept_and_cleared_on_postgres() {
    let server = TestServer::start_on_postgres().await;
    crate::drafts::are_kept_and_cleared(&server).await;
}

#[tokio::test]
async fn savings_of_a_draft_keep_their_order_on_postgres() {
    let server = TestServer::start_on_postgres().await;
    crate::drafts::keep_their_order(&server).await;
}
