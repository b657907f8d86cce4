//! Who works as what: a chair names a deputy, the deputy chooses a capacity, an administrator keeps the
//! posts of officers.

use chrono::{Datelike, Duration, Utc};
use tests::{COMMUNE, Noi, Place, Role};

use crate::chrome::{Browser, View};

async fn capacities_and_posts(view: View) {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let officer = noi.account("lan", Role::OFFICER, COMMUNE);
    let chair = noi.account("chinh", Role::CHAIR, COMMUNE);
    let administrator = noi.account("quan", Role::ADMINISTRATOR, "44");
    let mut browser = Browser::open(&noi, view).await;

    browser.sign_in(&chair).await;
    browser.goto("/capacity").await;
    browser.check("one capacity, no deputies").await;
    browser.click("main a[href='/capacity/deputy']").await;
    browser.find("main [name=act]").await;
    browser.check("naming a deputy").await;
    browser.send().await;
    browser.find("#error-summary").await;
    browser.check("naming a deputy, refused").await;
    browser.click("main .choice label").await;
    let last = Utc::now() + Duration::days(7);
    let (day, month, year) = (
        last.day().to_string(),
        last.month().to_string(),
        last.year().to_string(),
    );
    let answers = [
        ("until.day", day.as_str()),
        ("until.month", &month),
        ("until.year", &year),
        ("act", "12/QĐ-UBND"),
    ];
    browser.fill_all(&answers).await;
    browser.send().await;
    browser.find(".post-now").await;
    browser.check("a deputy").await;
    browser.sign_out().await;

    browser.sign_in(&officer).await;
    browser.goto("/capacity").await;
    browser.check("two capacities").await;
    browser.click("label[for=capacity-2]").await;
    browser.click("main .acts button").await;
    browser.find(".acting").await;
    browser.check("the worklist on behalf of another").await;
    let said = browser.text(".acting").await;
    assert!(said.contains("thay mặt Nguyễn Thị chinh"), "{said}");
    browser.sign_out().await;

    browser.goto("/sign-in").await;
    browser.fill("username", &administrator.username).await;
    browser.fill("password", &administrator.password).await;
    browser.click("main form button").await;
    browser.find("#menu").await;
    for page in ["/officers?text=nobody", "/officers"] {
        browser.goto(page).await;
        browser.check(page).await;
    }
    browser.goto("/officers?text=lan").await;
    browser.click("main a[href^='/officers/']").await;
    browser.find(".post-now").await;
    browser.check("the posts of an officer").await;
    let officer = browser.here().await;
    for change in ["move", "substitute"] {
        browser.goto(&format!("{officer}/{change}")).await;
        browser.check(change).await;
        browser.send().await;
        browser.find("#error-summary").await;
        browser.check(&format!("{change}, refused")).await;
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn capacities_and_posts_at_a_desk() {
    capacities_and_posts(View::DESK).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn capacities_and_posts_on_a_phone() {
    capacities_and_posts(View::PHONE).await;
}
