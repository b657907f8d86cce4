//! What others did comes to those whom it concerns: what is new since they last looked, and
//! what waits for them.

use serde_json::json;
use tests::{COMMUNE, Noi, Place, Role, add_note, report, until};

use crate::chrome::{Browser, View};

async fn what_is_new_stands_on_top(view: View) {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let chair = noi.account("chinh", Role::CHAIR, COMMUNE);
    let case = officer.begin(&report("Trần Thị Mai")).await;
    let mut browser = Browser::open(&noi, view).await;
    browser.sign_in(&chair).await;
    browser.goto(&format!("/cases/{case}")).await;
    browser.find(".case-next").await;
    assert!(browser.all(".news").await.is_empty(), "the first time");
    officer
        .command(&case, &add_note("Đã gọi cho nhà trường"))
        .await
        .of(200);
    browser.goto("/cases").await;
    browser.find("main .tag-news").await;
    browser.check("a list with news").await;
    browser.click("main .cases th a").await;
    let news = browser.text(".news").await;
    assert!(news.contains("Nguyễn Thị lan"), "{news}");
    browser.check("what is new in a case").await;
    browser.click(".news li a").await;
    browser.find("#e2:target").await;
    assert!(browser.all(".news").await.is_empty(), "seen now");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_new_stands_on_top_at_a_desk() {
    what_is_new_stands_on_top(View::DESK).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_new_stands_on_top_without_script() {
    what_is_new_stands_on_top(View::PHONE_WITHOUT_SCRIPT).await;
}

/// The bell of an open page counts what comes; the page of notices works without script, too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bell_counts_without_reload() {
    let place = Place::sqlite();
    let noi = Noi::start_with(&place.url(), &[("NOI_NOTICES_EVERY", "1")]).await;
    let hotline = noi.person("tongdai", Role::HOTLINE, "44").await;
    let officer = noi.account("lan", Role::OFFICER, COMMUNE);
    let mut browser = Browser::open(&noi, View::PHONE).await;
    browser.sign_in(&officer).await;
    browser.goto("/notices").await;
    browser.check("no notices").await;
    browser.goto("/worklist").await;
    let counted = ".bell-count:not([hidden])";
    assert!(browser.all(counted).await.is_empty());

    let mut told = report("Trần Thị Mai");
    told["place_of_receipt"] = json!({ "kind": "hotline", "unit": "44" });
    let case = hotline.begin(&told).await;
    let forward = json!({ "type": "forward-report", "to_unit": COMMUNE });
    hotline.command(&case, &forward).await.of(200);
    browser.find(counted).await;
    browser.check("a bell that counts").await;

    browser.click(".bell").await;
    browser.find(".notice-new").await;
    browser.check("notices").await;
    browser.click("main form button[value=all]").await;
    until("all are read", async || {
        browser.all(".notice-new").await.is_empty().then_some(())
    })
    .await;
    browser.check("notices that were read").await;
    browser.goto("/reminders").await;
    browser.check("reminders").await;
    browser.click("main button[value=make]").await;
    browser.find(".address").await;
    browser.check("the address of a calendar").await;
    browser.fill("mail", "lan@").await;
    browser.click("main .field + .acts button").await;
    browser.find("#mail-error").await;
    browser.check("a wrong mail address").await;
    browser.close().await;
}
