//! Units that have ended: the province passes on what is clear, and chooses where a unit was divided.

use serde_json::json;
use tests::{Noi, Place, Role, report};

use crate::chrome::{Browser, View};

/// A case of `commune` in the `province` of the day before it ended.
async fn of_the_past(noi: &Noi, hotline: &str, province: &str, commune: &str, at: &str) {
    let hotline = noi.person(hotline, Role::HOTLINE, province).await;
    let mut told = report("Trần Thị Mai");
    told["received_at"] = at.into();
    told["place_of_receipt"] = json!({ "kind": "hotline", "unit": province });
    told["child"] = json!({ "name": "Trần Thị Mai", "sex": "female" });
    told["incident"]["unit"] = commune.into();
    hotline.begin(&told).await;
}

async fn competence_passes(view: View) {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    // Nam Trạch became Lý Nam on 1 December 2024; Cống Vị was divided on 1 July 2025.
    of_the_past(&noi, "mot", "44", "19195", "2024-11-20T09:00:00+07:00").await;
    of_the_past(&noi, "hai", "01", "00007", "2025-06-20T09:00:00+07:00").await;
    let clear = noi.account("trung", Role::PROVINCE, "44");
    let divided = noi.account("hanh", Role::PROVINCE, "01");
    let mut browser = Browser::open(&noi, view).await;

    browser.sign_in(&clear).await;
    browser.goto("/worklist?whose=unit").await;
    browser.check("the worklist of a province").await;
    browser.goto("/succession").await;
    browser.check("clear successions").await;
    browser.click("main a[href='/succession/confirm']").await;
    browser.arrive("/succession/confirm").await;
    browser.check("clear successions, looked at again").await;
    browser.click("main .acts button").await;
    browser.arrive("/succession").await;
    browser.check("no successions").await;
    browser.sign_out().await;

    browser.sign_in(&divided).await;
    browser.goto("/succession").await;
    browser.check("a divided unit").await;
    browser.click("main .part .choice label").await;
    browser.click("main .part button").await;
    browser.find(".said").await;
    browser.check("a part was chosen").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn competence_passes_at_a_desk() {
    competence_passes(View::DESK).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn competence_passes_on_a_phone() {
    competence_passes(View::PHONE).await;
}
