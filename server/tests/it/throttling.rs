//! Guessing passwords is made slow.

use chrono::Duration;
use reqwest::StatusCode;

use crate::support::{Browser, PASSWORD, TestServer};

#[tokio::test]
async fn wrong_passwords_have_to_wait_longer_and_longer() {
    let server = TestServer::start().await;
    server.account("lan").await;
    for _ in 0..6 {
        assert_eq!(
            server.sign_in_api("lan", "sai").await.status(),
            StatusCode::UNAUTHORIZED
        );
    }
    // Now even the right password has to wait; the answer says how long.
    let refused = server.sign_in_api("lan", PASSWORD).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()["retry-after"], "2");

    server.clock.advance(Duration::seconds(2));
    assert_eq!(
        server.sign_in_api("lan", "sai").await.status(),
        StatusCode::UNAUTHORIZED
    );
    let refused = server.sign_in_api("lan", PASSWORD).await;
    assert_eq!(refused.headers()["retry-after"], "4");

    server.clock.advance(Duration::seconds(4));
    assert_eq!(
        server.sign_in_api("lan", PASSWORD).await.status(),
        StatusCode::CREATED
    );
    // The right password forgives what was before it.
    assert_eq!(
        server.sign_in_api("lan", "sai").await.status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn an_unknown_name_waits_like_a_known_one() {
    let server = TestServer::start().await;
    for _ in 0..6 {
        assert_eq!(
            server.sign_in_api("nobody", "sai").await.status(),
            StatusCode::UNAUTHORIZED
        );
    }
    let refused = server.sign_in_api("nobody", "sai").await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn guesses_sent_at_once_are_all_counted() {
    let server = TestServer::start().await;
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
async fn one_address_cannot_try_many_names() {
    let server = TestServer::start().await;
    for name in 0..31 {
        let answer = server.sign_in_api(&format!("name{name}"), "sai").await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    }
    let answer = server.sign_in_api("yet-another", "sai").await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn the_page_says_how_long_to_wait() {
    let server = TestServer::start().await;
    server.account("lan").await;
    let mut browser = Browser::new(&server);
    for _ in 0..6 {
        let page = browser.sign_in("lan", "sai").await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
        assert!(page.text.contains("<title>Lỗi: Đăng nhập"), "{}", page.text);
        assert!(page.text.contains("value=\"lan\""), "the name is kept");
    }
    let page = browser.sign_in("lan", PASSWORD).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(
        page.text.contains("Hãy chờ 2 giây rồi thử lại"),
        "{}",
        page.text
    );
}
