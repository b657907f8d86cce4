//! Vietnamese first, English by a switch, on the same page.

use tests::{COMMUNE, Noi, Place, Role, report};

use crate::chrome::{Browser, View};

async fn switch(browser: &Browser) {
    if browser.all("#menu").await.len() == 1 {
        browser.open_menu().await;
    }
    browser
        .click("form[action='/language'] button, button[value^='leave:language:']")
        .await;
}

async fn there_and_back(view: View) {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let account = noi.account("lan", Role::OFFICER, COMMUNE);
    let officer = noi.sign_in(&account).await;
    let case = officer.begin(&report("Trần Thị Mai")).await;
    let mut browser = Browser::open(&noi, view).await;

    browser.goto("/sign-in").await;
    assert_eq!(browser.text("h1").await, "Đăng nhập");
    switch(&browser).await;
    browser.find("html[lang=en]").await;
    assert_eq!(browser.text("h1").await, "Sign in");
    browser.check("signing in, in English").await;
    switch(&browser).await;
    browser.find("html[lang=vi]").await;

    browser.sign_in(&account).await;
    let path = format!("/cases/{case}?tab=timeline");
    browser.goto(&path).await;
    let next = browser.text("#next").await;
    switch(&browser).await;
    browser.find("html[lang=en]").await;
    assert_eq!(browser.here().await, path, "the same page");
    assert_ne!(browser.text("#next").await, next);
    browser.check("the case, in English").await;
    for page in ["/worklist", "/cases", "/reports/new"] {
        browser.goto(page).await;
        browser.find("html[lang=en]").await;
        browser.check(&format!("{page}, in English")).await;
    }
    switch(&browser).await;
    browser.find("html[lang=vi]").await;
    browser.goto(&path).await;
    assert_eq!(browser.text("#next").await, next);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_language_is_switched_on_the_same_page() {
    there_and_back(View::DESK).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_language_is_switched_without_script() {
    there_and_back(View::PHONE_WITHOUT_SCRIPT).await;
}
