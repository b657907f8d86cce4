//! A form from beginning to end without a mouse.

use tests::{COMMUNE, Noi, Place, Role, report};

use crate::chrome::{Browser, View};

const TAB: &str = "\u{E004}";
const ENTER: &str = "\u{E007}";
const SPACE: &str = " ";
const DOWN: &str = "\u{E015}";

/// Tabs on until this has the focus.
async fn tab_to(browser: &Browser, goal: &str) {
    let mut passed = Vec::new();
    while passed.len() < 60 {
        browser.keys(TAB).await;
        let focus = browser.focus().await;
        if focus == goal {
            return;
        }
        passed.push(focus);
    }
    panic!("{goal} is not reached: {passed:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_is_filled_in_by_keyboard_alone() {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let account = noi.account("lan", Role::OFFICER, COMMUNE);
    let officer = noi.sign_in(&account).await;
    let case = officer.begin(&report("Trần Thị Mai")).await;
    let browser = Browser::open(&noi, View::DESK).await;

    browser.goto("/sign-in").await;
    tab_to(&browser, "username").await;
    browser.keys(&account.username).await;
    tab_to(&browser, "password").await;
    browser.keys(&account.password).await;
    browser.keys(ENTER).await;
    browser.arrive("/worklist").await;

    let path = format!("/cases/{case}/acts/record-verification");
    browser.goto(&path).await;
    // The first stop leads past the menu.
    browser.keys(TAB).await;
    let skip = browser.find("a.skip:focus").await;
    assert!(skip.is_displayed().await.unwrap());
    browser.keys(ENTER).await;
    tab_to(&browser, "outcome=confirmed").await;
    browser.keys(SPACE).await;
    browser.keys(DOWN).await;
    assert_eq!(browser.focus().await, "outcome=unclear");
    tab_to(&browser, "findings").await;
    // What is wrong comes back to the keyboard, too: the summary has the focus.
    tab_to(&browser, "_action=submit").await;
    browser.keys(ENTER).await;
    browser.find("#error-summary:focus").await;
    browser.keys(TAB).await;
    browser.keys(ENTER).await;
    browser.find("[name=findings]:focus").await;
    browser.keys("Chưa gặp được gia đình").await;
    tab_to(&browser, "_action=submit").await;
    browser.keys(ENTER).await;
    browser.find(".said").await;
    browser.close().await;

    let state = officer.case(&case, "/events").await.of(200);
    assert_eq!(state["items"][1]["type"], "ReportVerified");
    assert_eq!(
        state["items"][1]["personal"]["findings"],
        "Chưa gặp được gia đình"
    );
}
