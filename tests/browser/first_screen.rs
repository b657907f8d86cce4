//! What stands on the first screen of a phone: the head in one row, the counts in one line, and the first
//! thing to be done with its time and its button.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{COMMUNE, Noi, Person, Place, Role, instant_ago, report};

use crate::chrome::{Browser, View};

/// The height of the window of [`View::PHONE`].
const SCREEN: f64 = 740.0;

/// A late emergency, one that is not assessed yet, and others for every group.
async fn cases(officer: &Person) {
    let mut late = report("Nguyễn Hoàng Bảo Ngọc Khánh Linh");
    late["received_at"] = instant_ago(Duration::days(40)).into();
    late["danger_now"] = json!(true);
    let case = officer.begin(&late).await;
    let assessed = json!({
        "type": "record-initial-assessment",
        "harm": [{ "level": "high", "note": "" }, { "level": "high", "note": "" }],
        "protection": [{ "level": "low", "note": "" }, { "level": "low", "note": "" }],
        "grave": true, "carer_is_harmer": true, "conclusion": "Phải tách ngay",
    });
    officer.command(&case, &assessed).await.of(200);
    let mut danger = report("Trần Thị Mai");
    danger["danger_now"] = json!(true);
    officer.begin(&danger).await;
    for number in 0..12 {
        officer.begin(&report(&format!("Trần Văn {number}"))).await;
    }
}

async fn stands_on_the_first_screen(role: Role) {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    cases(&officer).await;
    let account = noi.account("doc", role, COMMUNE);
    let mut browser = Browser::open(&noi, View::PHONE).await;
    browser.sign_in(&account).await;
    for language in ["vi", "en"] {
        browser.goto("/worklist").await;
        browser.find(&format!("html[lang={language}]")).await;
        let place = async |css: &str| -> (f64, f64) {
            let script = format!(
                "const box = document.querySelector(\"{css}\").getBoundingClientRect(); \
                 return [box.top, box.bottom];"
            );
            let place: Vec<Value> = browser.ask(&script).await.as_array().unwrap().clone();
            (place[0].as_f64().unwrap(), place[1].as_f64().unwrap())
        };
        let tall = async |css: &str| {
            let (top, bottom) = place(css).await;
            bottom - top
        };
        let said = format!("{role:?} {language}");
        assert!(tall(".top").await <= 56.0, "{said}: the head is one row");
        assert!(
            tall(".figures").await <= 46.0,
            "{said}: the counts are one line"
        );
        assert!(
            tall(".figures + .tabs").await <= 52.0,
            "{said}: the views are one line"
        );
        for part in [
            ".task h3",
            ".task .task-child",
            ".task .due",
            ".task .button",
        ] {
            let (top, bottom) = place(part).await;
            assert!(
                top > 0.0 && bottom <= SCREEN,
                "{said}: {part} ends at {bottom}"
            );
        }
        // Nothing of the first row is only half there.
        let (_, due) = place(".task .task-due").await;
        let (button, _) = place(".task .button").await;
        assert!(
            due <= button + 1.0,
            "{said}: by when stands before the button"
        );
        browser.check(&format!("the first screen, {said}")).await;
        browser.open_menu().await;
        browser.check(&format!("the menu, {said}")).await;
        browser.click("form[action='/language'] button").await;
        browser.find(&format!("html:not([lang={language}])")).await;
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_step_of_an_officer_is_seen_at_once() {
    stands_on_the_first_screen(Role::OFFICER).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_step_of_a_chair_is_seen_at_once() {
    stands_on_the_first_screen(Role::CHAIR).await;
}

/// Without script the menu opens, too, and by keyboard it closes again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_menu_needs_no_script() {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let account = noi.account("lan", Role::OFFICER, COMMUNE);
    let browser = Browser::open(&noi, View::PHONE_WITHOUT_SCRIPT).await;
    browser.sign_in(&account).await;
    let open = "#menu:popover-open";
    assert!(browser.all(open).await.is_empty());
    browser.open_menu().await;
    browser.find(open).await;
    browser.keys("\u{E00C}").await;
    tests::until("the menu is closed", async || {
        browser.all(open).await.is_empty().then_some(())
    })
    .await;
    browser.open_menu().await;
    browser.click("#menu a[href='/cases']").await;
    browser.arrive("/cases").await;
    browser.close().await;
}
