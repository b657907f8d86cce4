//! Signing in with a browser, and the protection of forms.

use chrono::Duration;
use reqwest::{Method, StatusCode};

use crate::support::{Browser, PASSWORD, TestServer};

#[tokio::test]
async fn an_officer_signs_in_and_comes_back_to_where_they_were() {
    let server = TestServer::start().await;
    server.account("lan").await;
    let mut browser = Browser::new(&server);

    let page = browser.get("/?from=mail").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.location(), "/sign-in?next=%2F%3Ffrom%3Dmail");
    let form = browser.get(page.location().to_owned().as_str()).await;
    assert!(form.text.contains("name=\"next\" value=\"/?from=mail\""));
    let token = form.token();
    let fields = [
        ("_token", token.as_str()),
        ("username", "LAN"),
        ("password", PASSWORD),
        ("next", "/?from=mail"),
    ];
    let page = browser.post("/sign-in", &fields).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.location(), "/?from=mail");
    let cookie = page.headers["set-cookie"].to_str().unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );

    assert_eq!(browser.get("/").await.location(), "/worklist");
    let token = browser.get("/no-such-page").await.token();
    assert_eq!(
        browser
            .post("/sign-out", &[("_token", &token)])
            .await
            .location(),
        "/sign-in"
    );
    assert_eq!(browser.get("/").await.location(), "/sign-in");
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_this_host() {
    let server = TestServer::start_with(|settings| settings.behind_proxy = true).await;
    let request = server.get("/sign-in").header("x-forwarded-proto", "https");
    let page = Browser::new(&server).send(request).await;
    let cookie = page.headers["set-cookie"].to_str().unwrap();
    assert!(
        cookie.starts_with("__Host-noi_visit=") && cookie.contains("Secure"),
        "{cookie}"
    );
    assert!(page.headers.contains_key("strict-transport-security"));
}

#[tokio::test]
async fn a_forged_form_changes_nothing() {
    let server = TestServer::start().await;
    server.account("lan").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("lan", PASSWORD).await;
    let token = browser.get("/no-such-page").await.token();

    let without_token = browser.post("/sign-out", &[]).await;
    assert_eq!(without_token.status, StatusCode::FORBIDDEN);
    let wrong_token = browser
        .post("/sign-out", &[("_token", &"0".repeat(64))])
        .await;
    assert_eq!(wrong_token.status, StatusCode::FORBIDDEN);
    let from_elsewhere = server
        .request(Method::POST, "/sign-out")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", "https://evil.example")
        .body(format!("_token={token}"));
    let refused = browser.send(from_elsewhere).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text.contains("Chưa có gì được ghi"));

    assert_eq!(
        browser.get("/").await.location(),
        "/worklist",
        "still signed in"
    );
}

#[tokio::test]
async fn a_session_ends_after_rest_and_after_a_day() {
    let server = TestServer::start().await;
    server.account("lan").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("lan", PASSWORD).await;
    for _ in 0..7 {
        server.clock.advance(Duration::hours(3));
        assert_eq!(browser.get("/").await.location(), "/worklist");
    }
    server.clock.advance(Duration::hours(3));
    assert_eq!(
        browser.get("/").await.location(),
        "/sign-in",
        "a day is the longest"
    );

    browser.sign_in("lan", PASSWORD).await;
    server.clock.advance(Duration::hours(4));
    assert_eq!(
        browser.get("/").await.location(),
        "/sign-in",
        "nobody used it"
    );
}

#[tokio::test]
async fn a_wrong_address_is_told_in_the_readers_language() {
    let server = TestServer::start().await;
    let mut browser = Browser::new(&server);
    let page = browser.get("/no-such-page").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("<html lang=\"vi\">") && page.text.contains("Không tìm thấy trang"));
    let token = page.token();
    let fields = [
        ("_token", token.as_str()),
        ("language", "en"),
        ("next", "/no-such-page"),
    ];
    let page = browser.post("/language", &fields).await;
    assert_eq!(page.location(), "/no-such-page");
    let page = browser.get("/no-such-page").await;
    assert!(page.text.contains("<html lang=\"en\">") && page.text.contains("Page not found"));
}

#[tokio::test]
async fn every_answer_is_guarded_and_pages_stay_small() {
    let server = TestServer::start().await;
    let page = Browser::new(&server).get("/sign-in").await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("script-src 'self'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert_eq!(page.headers["cache-control"], "no-store");
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
    assert!(page.headers.contains_key("x-request-id"));
    assert!(!page.text.contains("style=\"") && !page.text.contains("<style"));

    let mut bytes = page.text.len();
    for address in page
        .text
        .split('"')
        .filter(|part| part.starts_with("/static/"))
    {
        let file = server.get(address).send().await.unwrap();
        assert_eq!(file.status(), StatusCode::OK);
        assert!(
            file.headers()["cache-control"]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        bytes += file.bytes().await.unwrap().len();
    }
    assert!(
        bytes <= 100_000,
        "the first page has {bytes} bytes before compression"
    );
}
