//! One's own password and sessions, and what ends with them; on both databases.

use chrono::Duration;
use reqwest::{Method, StatusCode};
use server::access::account;

use crate::support::{Browser, PASSWORD, Page, TestServer};

const NEW: &str = "con trâu đi trước cái cày";
const PHONE: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) \
                     Chrome/139.0.0.0 Mobile Safari/537.36";

async fn change(browser: &mut Browser<'_>, old: &str, new: &str, again: &str) -> Page {
    let token = browser.get("/account").await.token();
    let fields = [
        ("_token", token.as_str()),
        ("old", old),
        ("new", new),
        ("again", again),
    ];
    browser.post("/account/password", &fields).await
}

async fn is_in(browser: &mut Browser<'_>) -> bool {
    browser.get("/").await.location() != "/sign-in"
}

async fn a_password_is_changed(server: TestServer) {
    server.account("lan").await;
    let (mut here, mut there) = (Browser::new(&server), Browser::new(&server));
    here.sign_in("lan", PASSWORD).await;
    there.sign_in("lan", PASSWORD).await;
    let bearer = server.sign_in_api("lan", PASSWORD).await;
    let bearer: serde_json::Value = bearer.json().await.unwrap();
    let bearer = bearer["token"].as_str().unwrap().to_owned();

    // All that is wrong, at once; nothing is changed.
    let page = change(&mut here, "", "ngắn", "khác").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["old", "new", "again"] {
        assert!(
            page.text.contains(&format!("<a href=\"#{field}\">")),
            "{field}: {}",
            page.text
        );
    }
    assert!(page.text.contains("<title>Lỗi: "));
    assert!(
        !page.text.contains("value=\"ngắn\""),
        "a password is never shown"
    );
    let page = change(&mut here, "sai", NEW, NEW).await;
    assert!(page.text.contains("Mật khẩu hiện nay không đúng"));
    let page = change(&mut here, PASSWORD, PASSWORD, PASSWORD).await;
    assert!(page.text.contains("giống mật khẩu hiện nay"));
    assert!(is_in(&mut there).await);

    let page = change(&mut here, PASSWORD, NEW, NEW).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    assert_eq!(page.location(), "/account");
    assert!(here.get("/account").await.text.contains("Đã đổi mật khẩu"));
    assert!(!is_in(&mut there).await, "other sessions end");
    let with_bearer = server.get("/api/v1/worklist").bearer_auth(&bearer);
    assert_eq!(
        with_bearer.send().await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        there.sign_in("lan", PASSWORD).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        there.sign_in("lan", NEW).await.status,
        StatusCode::SEE_OTHER
    );
}

async fn guessing_the_old_password_is_slow(server: TestServer) {
    server.account("lan").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("lan", PASSWORD).await;
    for _ in 0..6 {
        let page = change(&mut browser, "sai", NEW, NEW).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = change(&mut browser, PASSWORD, NEW, NEW).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.headers["retry-after"], "2");
    assert!(page.text.contains("Hãy chờ 2 giây"), "{}", page.text);
    // Whoever guesses here locks nobody out of signing in.
    assert_eq!(
        server.sign_in_api("lan", PASSWORD).await.status(),
        StatusCode::CREATED
    );
    server.clock.advance(Duration::seconds(2));
    let page = change(&mut browser, PASSWORD, NEW, NEW).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}

async fn own_sessions_are_seen_and_ended(server: TestServer) {
    server.account("lan").await;
    server.account("mai").await;
    let mut here = Browser::new(&server);
    here.sign_in("lan", PASSWORD).await;
    // Another device, by its kind; and a program.
    let mut phone = Browser::new(&server);
    let token = phone.get("/sign-in").await.token();
    let body = format!(
        "_token={token}&username=lan&password={}",
        form_urlencoded(PASSWORD)
    );
    let request = server
        .request(Method::POST, "/sign-in")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", &server.base)
        .header("user-agent", PHONE)
        .header("x-forwarded-for", "203.0.113.77")
        .body(body);
    assert_eq!(phone.send(request).await.status, StatusCode::SEE_OTHER);
    server.sign_in_api("lan", PASSWORD).await;
    let mut other = Browser::new(&server);
    other.sign_in("mai", PASSWORD).await;

    server.clock.advance(Duration::minutes(5));
    let page = here.get("/account").await;
    assert!(page.text.contains("Chrome trên Android"), "{}", page.text);
    assert!(page.text.contains("Chương trình (API)"));
    assert!(page.text.contains("Đăng nhập 21/02/2024 16:40"));
    assert_eq!(page.text.matches("đang dùng</h3>").count(), 1);
    assert_eq!(
        page.text.matches("name=\"session\"").count(),
        2,
        "one's own is not ended here"
    );
    for kept_out in ["203.0.113", "127.0.0.1", "Mozilla"] {
        assert!(!page.text.contains(kept_out), "{kept_out}");
    }

    let id_of = |page: &Page| {
        let item = page.text.split("Chrome trên Android").nth(1).unwrap();
        let id = item.split("name=\"session\" value=\"").nth(1).unwrap();
        id.split('"').next().unwrap().to_owned()
    };
    let id = id_of(&page);
    assert_eq!(id.len(), 32);
    // Nobody else can end it.
    let token = other.get("/account").await.token();
    let fields = [("_token", token.as_str()), ("session", id.as_str())];
    other.post("/account/sessions/end", &fields).await;
    assert!(is_in(&mut phone).await);
    let token = page.token();
    let fields = [("_token", token.as_str()), ("session", id.as_str())];
    let ended = here.post("/account/sessions/end", &fields).await;
    assert_eq!(ended.location(), "/account");
    assert!(!is_in(&mut phone).await);
    assert!(is_in(&mut here).await);

    // All others; then all.
    phone.sign_in("lan", PASSWORD).await;
    let fields = [("_token", token.as_str())];
    here.post("/account/sessions/end-others", &fields).await;
    assert!(!is_in(&mut phone).await);
    let page = here.get("/account").await;
    assert!(page.text.contains("không đăng nhập ở thiết bị nào khác"));
    phone.sign_in("lan", PASSWORD).await;
    let fields = [("_token", token.as_str()), ("where", "everywhere")];
    let out = here.post("/sign-out", &fields).await;
    assert_eq!(out.location(), "/sign-in");
    assert!(!is_in(&mut here).await && !is_in(&mut phone).await);
    assert!(is_in(&mut other).await, "of nobody else");
}

fn form_urlencoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn the_calendar_is_renewed_and_ends_with_a_reset(server: TestServer) {
    server.account("lan").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("lan", PASSWORD).await;
    let page = browser.get("/account").await;
    assert!(
        page.text.contains("href=\"/reminders\""),
        "it is found in the menu"
    );
    let make = async |browser: &mut Browser<'_>| {
        let token = browser.get("/reminders").await.token();
        let fields = [("_token", token.as_str()), ("do", "make")];
        let page = browser.post("/reminders/calendar", &fields).await;
        let secret = page.text.split("/calendar/").nth(1).unwrap();
        format!("/calendar/{}", secret.split('"').next().unwrap())
    };
    let holds =
        async |address: &str| server.get(address).send().await.unwrap().status() == StatusCode::OK;
    let first = make(&mut browser).await;
    assert!(holds(&first).await);
    let second = make(&mut browser).await;
    assert!(!holds(&first).await && holds(&second).await, "renewed");

    // One's own new password leaves it, and says so; a reset ends it.
    assert!(
        browser
            .get("/account")
            .await
            .text
            .contains("Tạo địa chỉ lịch mới")
    );
    change(&mut browser, PASSWORD, NEW, NEW).await;
    assert!(holds(&second).await);
    account::reset(&server.state.database, "lan", "-")
        .await
        .unwrap();
    assert!(!holds(&second).await);
    assert!(!is_in(&mut browser).await);
}

macro_rules! on_both {
    ($($test:ident)*) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $test() {
                super::$test(super::TestServer::start().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $test() {
                super::$test(super::TestServer::start_on_postgres().await).await;
            })*
        }
    };
}

on_both! {
    a_password_is_changed
    guessing_the_old_password_is_slow
    own_sessions_are_seen_and_ended
    the_calendar_is_renewed_and_ends_with_a_reset
}
