//! Leaving a form: in another language, or out. What was typed is a draft then, without a script too.

use reqwest::StatusCode;

use crate::acts::{Case, Worker};
use crate::support::{PASSWORD, Page, TestServer};

/// The fields of the page's own that a browser sends back.
fn own(form: &Page) -> Vec<(String, String)> {
    ["_page", "_shown"]
        .map(|name| (name.to_owned(), form.hidden(name)))
        .to_vec()
}

async fn leave(worker: &mut Worker<'_>, address: &str, how: &str, typed: &[(&str, &str)]) -> Page {
    let form = worker.browser.get(address).await;
    let own = own(&form);
    let mut all: Vec<(&str, &str)> = own
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    all.extend(typed);
    worker.send(address, &form, how, &all).await
}

#[tokio::test]
async fn another_language_keeps_what_was_typed() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let address = format!("/cases/{}/acts/add-note", case.0);
    let typed = [("text", "Đã gọi cho bà ngoại")];
    let left = leave(&mut officer, &address, "leave:language:en", &typed).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER);
    assert_eq!(left.location(), address);
    let form = officer.browser.get(&address).await;
    assert!(form.text.contains("<html lang=\"en\">"));
    assert!(
        form.text.contains("Đã gọi cho bà ngoại</textarea>"),
        "{}",
        form.text
    );
    assert_eq!(case.events(&server).await.len(), 1, "nothing is recorded");

    // Back again without a change: the draft is still there, and as it was.
    leave(&mut officer, &address, "leave:language:vi", &typed).await;
    let form = officer.browser.get(&address).await;
    assert!(form.text.contains("<html lang=\"vi\">"));
    assert!(form.text.contains("Đã gọi cho bà ngoại</textarea>"));
}

#[tokio::test]
async fn a_form_in_which_nothing_was_typed_leaves_no_draft() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    // What the form itself fills in is no answer: the unit by its name, "now", the rows of a plan.
    let form = officer.browser.get("/reports/new").await;
    let unit = form.hidden("_shown");
    assert!(!unit.is_empty());
    let untouched = [
        ("channel", "in-person"),
        ("received_at.choice", "now"),
        ("received_at.now", &*form.hidden("received_at.now")),
        ("incident.unit", "Thị trấn Hoàn Lão, Huyện Bố Trạch (19111)"),
        ("incident.description", ""),
        ("child.name", ""),
    ];
    let shown = form.text.split("id=\"f-incident-unit\"").nth(1).unwrap();
    let shown = shown
        .split("value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let mut untouched = untouched.to_vec();
    untouched[3].1 = shown;
    let (page, mark) = (form.hidden("_page"), form.hidden("_shown"));
    untouched.extend([("_page", page.as_str()), ("_shown", mark.as_str())]);
    let left = officer
        .send("/reports/new", &form, "leave:language:en", &untouched)
        .await;
    assert_eq!(left.location(), "/reports/new");
    let form = officer.browser.get("/reports/new").await;
    assert!(form.text.contains("<html lang=\"en\">"));
    assert!(!form.text.contains("drop-draft"), "{}", form.text);
}

#[tokio::test]
async fn signing_out_keeps_the_draft_for_the_next_time() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let address = format!("/cases/{}/acts/add-note", case.0);
    let mut other = crate::support::Browser::new(&server);
    other.sign_in("lan", PASSWORD).await;
    let out = leave(
        &mut officer,
        &address,
        "leave:sign-out",
        &[("text", "Dở dang")],
    )
    .await;
    assert_eq!(out.location(), "/sign-in");
    assert_eq!(officer.browser.get("/").await.location(), "/sign-in");
    // The other device is still in, and has the draft; until all are signed out.
    let there = other.get(&address).await;
    assert!(there.text.contains("Dở dang</textarea>"));
    officer.browser.sign_in("lan", PASSWORD).await;
    leave(
        &mut officer,
        &address,
        "leave:sign-out-everywhere",
        &[("text", "Dở dang")],
    )
    .await;
    assert_eq!(other.get("/").await.location(), "/sign-in");
}

#[tokio::test]
async fn a_page_can_ask_whether_its_saving_has_arrived() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let address = format!("/cases/{}/acts/add-note", case.0);
    let draft = format!("/drafts/{}/add-note", case.0);
    assert_eq!(officer.browser.get(&draft).await.text, "{\"mark\":null}");
    let form = officer.browser.get(&address).await;
    let page = form.hidden("_page");
    let typed = |saving, text| {
        [
            ("_page", page.as_str()),
            ("_saving", saving),
            ("text", text),
        ]
    };
    officer.send(&draft, &form, "", &typed("7", "sau")).await;
    officer.send(&draft, &form, "", &typed("3", "trước")).await;
    let arrived = officer.browser.get(&draft).await;
    assert_eq!(arrived.text, format!("{{\"mark\":\"{page}:7\"}}"));
    let form = officer.browser.get(&address).await;
    assert!(form.text.contains(&format!("data-mark=\"{page}:7\"")));
    assert!(form.text.contains("sau</textarea>"), "the later one");
}
