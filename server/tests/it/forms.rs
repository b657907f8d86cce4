//! The form engine through real HTTP, on the form of the gallery: without a script nothing that was
//! typed is lost.
#![cfg(debug_assertions)]

use chrono::Duration;
use reqwest::StatusCode;

use crate::support::{Browser, PASSWORD, Page, TestServer};

const FORM: &str = "/gallery/form";

/// What an officer types.
const TYPED: [(&str, &str); 20] = [
    ("received_at.choice", "now"),
    ("received_at.now", "2024-02-21T16:40:00+07:00"),
    ("incident.unit", "19111"),
    ("child.name", "Nguyễn Thị \"Ánh\" <b>"),
    ("child.birth.date.day", "1"),
    ("child.birth.date.month", "3"),
    ("child.birth.date.year", "2015"),
    ("child.sex", "_unknown"),
    ("suspected_harm", "violence"),
    ("note", "Dòng một\nDòng hai"),
    ("harm[0].level", "high"),
    ("harm[0].note", "Bầm tím"),
    ("harm[1].level", "low"),
    ("items.count", "1"),
    ("items[0].id", "0190163d-8694-739b-aea5-966c26f8ad91"),
    ("items[0].measure", "Khám sức khỏe"),
    ("items[0].start.day", "22"),
    ("items[0].start.month", "2"),
    ("items[0].start.year", "2024"),
    ("items[0].cost", "1.500.000"),
];

struct Typist<'a> {
    browser: Browser<'a>,
    form: Page,
}

impl<'a> Typist<'a> {
    async fn at(server: &'a TestServer) -> Self {
        server.account("lan").await;
        let mut browser = Browser::new(server);
        browser.sign_in("lan", PASSWORD).await;
        let form = browser.get(FORM).await;
        assert_eq!(form.status, StatusCode::OK, "{}", form.text);
        Self { browser, form }
    }

    /// Sends what was typed by the button `action`, with some fields changed.
    async fn press(&mut self, action: &str, changes: &[(&str, &str)]) -> Page {
        self.send(FORM, action, changes).await
    }

    async fn send(&mut self, path: &str, action: &str, changes: &[(&str, &str)]) -> Page {
        let (token, id) = (self.form.token(), self.form.hidden("command_id"));
        let mut fields = vec![
            ("_token", token.as_str()),
            ("command_id", id.as_str()),
            ("expected_version", ""),
            ("_action", action),
        ];
        let kept = TYPED
            .iter()
            .filter(|(name, _)| changes.iter().all(|(n, _)| n != name));
        fields.extend(kept.copied());
        fields.extend(changes.iter().copied());
        self.browser.post(path, &fields).await
    }
}

#[tokio::test]
async fn a_complete_form_becomes_a_command() {
    let server = TestServer::start_with_units().await;
    let page = Typist::at(&server).await.press("submit", &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("error-summary"), "{}", page.text);
    assert!(
        page.text.contains("1500000") && page.text.contains("2024-02-22"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn what_is_wrong_is_said_above_and_at_the_field_and_nothing_is_lost() {
    let server = TestServer::start_with_units().await;
    let changes = [
        ("child.birth.date.month", "13"),
        ("incident.unit", "Pa ri"),
        ("harm[1].level", ""),
    ];
    let page = Typist::at(&server).await.press("submit", &changes).await;
    assert!(page.text.contains("<title>Lỗi: "));
    for link in ["#f-child-birth-date", "#f-incident-unit", "#f-harm-1-level"] {
        assert!(
            page.text.contains(&format!("<a href=\"{link}\">")),
            "{link}"
        );
        assert!(
            page.text.contains(&format!("id=\"{}\"", &link[1..])),
            "{link}"
        );
    }
    for kept in [
        "value=\"Nguyễn Thị &#34;Ánh&#34; &#60;b&#62;\"",
        "value=\"13\"",
        "value=\"Pa ri\"",
        "Dòng một\nDòng hai</textarea>",
        "value=\"1.500.000\"",
        "value=\"high\" checked",
        "value=\"violence\" checked",
        "value=\"_unknown\" checked",
    ] {
        assert!(page.text.contains(kept), "{kept} is lost:\n{}", page.text);
    }
}

#[tokio::test]
async fn the_id_of_the_command_stays_the_same_through_corrections() {
    let server = TestServer::start_with_units().await;
    let mut typist = Typist::at(&server).await;
    let id = typist.form.hidden("command_id");
    let wrong = typist.press("submit", &[("child.name", "")]).await;
    assert_eq!(wrong.hidden("command_id"), id);
    let row = typist.press("add-row:items", &[]).await;
    assert_eq!(row.hidden("command_id"), id);
}

#[tokio::test]
async fn rows_come_and_go_without_script() {
    let server = TestServer::start_with_units().await;
    let mut typist = Typist::at(&server).await;
    let page = typist.press("add-row:items", &[]).await;
    assert!(page.text.contains("name=\"items[1].measure\"") && page.text.contains("Khám sức khỏe"));
    assert!(
        !page.text.contains("error-summary"),
        "an unfinished form is not called wrong"
    );
    let changes = [("items.count", "2"), ("items[1].measure", "Tư vấn")];
    let page = typist.press("remove-row:items:0", &changes).await;
    assert!(page.text.contains("Tư vấn") && !page.text.contains("Khám sức khỏe"));
    assert!(!page.text.contains("name=\"items[1].measure\""));
}

#[tokio::test]
async fn a_draft_waits_until_it_is_sent_or_dropped() {
    let server = TestServer::start_with_units().await;
    let mut typist = Typist::at(&server).await;
    let page = typist.press("save-draft", &[("child.name", "Ánh")]).await;
    assert!(
        page.text.contains("Đã lưu nháp lúc 21/02/2024 16:40"),
        "{}",
        page.text
    );

    server.clock.advance(Duration::minutes(30));
    let restored = typist.browser.get(FORM).await;
    assert!(restored.text.contains("bản nháp lưu lúc 21/02/2024 16:40"));
    assert!(restored.text.contains("value=\"Ánh\""));
    assert_ne!(restored.hidden("command_id"), page.hidden("command_id"));

    assert_eq!(typist.press("drop-draft", &[]).await.location(), FORM);
    assert!(
        !typist
            .browser
            .get(FORM)
            .await
            .text
            .contains("value=\"Ánh\"")
    );

    typist.press("save-draft", &[]).await;
    typist.press("submit", &[]).await;
    assert!(
        !typist
            .browser
            .get(FORM)
            .await
            .text
            .contains("Khám sức khỏe"),
        "sent is sent"
    );
}

#[tokio::test]
async fn a_script_saves_the_draft_by_itself() {
    let server = TestServer::start_with_units().await;
    let mut typist = Typist::at(&server).await;
    assert!(
        typist
            .form
            .text
            .contains("data-draft=\"/drafts/new/gallery\"")
    );
    let saved = typist
        .send("/drafts/new/gallery", "", &[("child.name", "Bình")])
        .await;
    assert_eq!(saved.text, "{\"saved_at\":\"16:40\"}");
    assert!(
        typist
            .browser
            .get(FORM)
            .await
            .text
            .contains("value=\"Bình\"")
    );
    for path in ["/drafts/other/gallery", "/drafts/new/Gallery%20!"] {
        assert_eq!(
            typist.send(path, "", &[]).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_was_typed_survives_the_end_of_the_session() {
    let server = TestServer::start_with_units().await;
    let mut typist = Typist::at(&server).await;
    server.clock.advance(Duration::hours(5));
    let refused = typist.press("submit", &[]).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(
        refused
            .text
            .contains("những gì vừa nhập vẫn được giữ nguyên")
    );

    let (token, carried) = (refused.token(), refused.hidden("carried"));
    let fields = [
        ("_token", token.as_str()),
        ("username", "lan"),
        ("password", PASSWORD),
        ("next", FORM),
        ("carried", carried.as_str()),
    ];
    let resume = typist.browser.post("/sign-in", &fields).await;
    assert_eq!(resume.status, StatusCode::OK, "{}", resume.text);
    assert!(resume.text.contains("Gửi lại nội dung đã nhập"));
    assert!(
        resume
            .text
            .contains("name=\"items[0].measure\" value=\"Khám sức khỏe\"")
    );

    typist.form = resume;
    let page = typist.press("submit", &[]).await;
    assert!(!page.text.contains("error-summary"), "{}", page.text);
}
