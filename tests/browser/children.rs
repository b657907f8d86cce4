//! The register of children on a phone and at a desk, in both languages: a child is registered with a mistake that is
//! named, completed, found to be like another one, joined; lists, issues and every form are tried by the checker.

use serde_json::json;
use tests::{COMMUNE, Noi, Place, Role, command_id};

use crate::chrome::{Browser, View};

/// Every form about a record that the officer of the commune is offered.
const FORMS: [&str; 10] = [
    "record-identity",
    "claim-number",
    "record-relatives",
    "record-residence",
    "record-schooling",
    "record-circumstance",
    "end-circumstance",
    "answer-same",
    "join-records",
    "end-record",
];

async fn name(browser: &Browser, name: &str, year: &str) {
    browser
        .fill_all(&[("name", name), ("sex", "female"), ("birth.year", year)])
        .await;
}

async fn a_child_is_registered_completed_and_joined(view: View) {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let account = noi.account("lan", Role::OFFICER, COMMUNE);
    let mut browser = Browser::open(&noi, view).await;
    browser.sign_in(&account).await;
    browser.goto("/children").await;
    browser.check("an empty register").await;
    browser.goto("/children/issues").await;
    browser.check("nothing to clean").await;

    browser.goto("/children/new").await;
    name(&browser, "Nguyễn Thị Thử", "2016").await;
    browser.fill("personal_id", "044 316 00999").await;
    browser.send().await;
    browser.find("#error-summary").await;
    browser.check("a number of 11 digits").await;
    assert!(browser.text("#error-summary").await.contains("12 chữ số"));
    browser.fill("personal_id", "044 316 009 999").await;
    browser.send().await;
    browser.find(".said").await;
    assert!(browser.title().await.contains("Nguyễn Thị Thử"));
    let first = browser.here().await;
    browser.check("a record with things to do").await;
    // What is next, and its button, stand on the first screen.
    let seen = "const at = document.querySelector('.duty-acts .button').getBoundingClientRect(); \
                return at.bottom <= window.innerHeight;";
    assert_eq!(browser.ask(seen).await, json!(true));

    let officer = noi.sign_in(&account).await;
    let id = first.rsplit('/').next().unwrap().to_owned();
    let group = json!({"type": "record-circumstance", "group": "disabled", "since": "2023-01-15"});
    let body = json!({ "command_id": command_id(), "command": group });
    let commands = format!("/api/v1/children/{id}/commands");
    officer.post(&commands, &body).await.of(200);

    browser.goto("/children/new").await;
    name(&browser, "Nguyen Thi Thu", "2016").await;
    browser.send().await;
    browser.find(".said").await;
    assert!(browser.text("main").await.contains("Có thể trùng"));
    browser.check("a record like another one").await;
    browser.goto(&first).await;
    for form in FORMS {
        browser.goto(&format!("{first}/{form}")).await;
        browser.find("main form").await;
        browser.check(form).await;
    }
    browser.goto(&format!("{first}/join-records")).await;
    let other = browser.find("main [name='other']").await;
    let other = other.attr("value").await.unwrap().unwrap();
    browser.fill("other", &other).await;
    browser.fill("reason", "Cùng giấy khai sinh").await;
    browser.send().await;
    browser.arrive(&first).await;
    assert!(browser.text("main").await.contains("đã được nhập"));
    browser.check("two records joined").await;
    for page in [
        "/children",
        "/children?text=thu&sex=female&year=2016&number=claimed",
        "/children?text=kh%C3%B4ng+c%C3%B3+ai",
        "/children?kept=joined",
        "/children/issues",
        "/children/issues?issue=ethnicity-missing",
        "/children/issues?issue=beyond-sixteen",
    ] {
        browser.goto(page).await;
        browser.check(page).await;
    }
    let rows = browser.all("table.data tbody tr").await.len();
    assert_eq!(rows, 0);
    browser.goto("/children").await;
    assert_eq!(browser.all("table.data tbody tr").await.len(), 1);
    assert!(!browser.text("main").await.contains("044316009999"));
    let violations = browser.take_violations();
    assert!(violations.is_empty(), "{}", violations.join("\n"));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_phone() {
    a_child_is_registered_completed_and_joined(View::PHONE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_a_desk() {
    a_child_is_registered_completed_and_joined(View::DESK).await;
}
