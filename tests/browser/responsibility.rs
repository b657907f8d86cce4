//! The responsibility board: the line is moved by keyboard, and the words follow.

use tests::{COMMUNE, Noi, Place, Role, report};

use crate::chrome::{Browser, View};
use crate::print::BROKEN_WORDS;

const HOME: &str = "\u{E011}";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_words_follow_the_line() {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let account = noi.account("lan", Role::OFFICER, COMMUNE);
    let officer = noi.sign_in(&account).await;
    let case = officer.begin(&report("Trần Thị Mai")).await;
    for view in [View::DESK, View::PHONE] {
        let mut browser = Browser::open(&noi, view).await;
        browser.goto("/sign-in").await;
        browser.fill("username", &account.username).await;
        browser.fill("password", &account.password).await;
        browser.click("main form button").await;
        browser.find("#menu").await;
        browser.goto(&format!("/cases/{case}/responsibility")).await;
        browser.check("the board").await;
        let broken = browser.ask(BROKEN_WORDS).await;
        assert_eq!(broken, serde_json::json!([]), "{} px", view.width);
        let before = browser.find("#moment").await.text().await.unwrap();
        let slide = browser.find("#slide").await;
        slide.send_keys(HOME).await.unwrap();
        browser.find("#line-said:not(:empty)").await;
        let after = browser.find("#moment").await.text().await.unwrap();
        assert_ne!(before, after);
        assert!(
            browser.here().await.contains("at="),
            "it can be come back to"
        );
        browser.check("the board, the line moved").await;
        browser.close().await;
    }
}

/// No count of the figures is hidden on a phone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_count_of_the_figures_is_seen() {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    officer.begin(&report("Trần Thị Mai")).await;
    let account = noi.account("doc", Role::CHAIR, COMMUNE);
    for view in [View::PHONE, View::DESK] {
        let mut browser = Browser::open(&noi, view).await;
        browser.sign_in(&account).await;
        browser.goto("/responsibility").await;
        browser.find(".figures").await;
        browser.check("the figures").await;
        let hidden = "return [...document.querySelectorAll('.figures')].flatMap((list) =>
            [...list.querySelectorAll('a')].filter((one) => {
                const [box, whole] = [one, list].map((e) => e.getBoundingClientRect());
                return box.bottom > whole.bottom + 1 || box.right > whole.right + 1
                    || one.scrollWidth > one.clientWidth + 1;
            }).map((one) => one.innerText))";
        let hidden = browser.ask(hidden).await;
        assert_eq!(hidden, serde_json::json!([]), "{} px", view.width);
        let broken = browser.ask(BROKEN_WORDS).await;
        assert_eq!(broken, serde_json::json!([]), "{} px", view.width);
        browser.close().await;
    }
}
