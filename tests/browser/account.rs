//! One's own password and sessions, on the pages.

use tests::{COMMUNE, Noi, Place, Role};

use crate::chrome::{Browser, View};

async fn password_and_sessions(view: View) {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let account = noi.account("lan", Role::OFFICER, COMMUNE);
    let program = noi.sign_in(&account).await;
    let mut browser = Browser::open(&noi, view).await;
    browser.sign_in(&account).await;
    browser.open_menu().await;
    browser.click("#account a[href='/account']").await;
    browser.arrive("/account").await;
    browser.check("password and sessions").await;
    assert!(
        browser
            .text("main .posts")
            .await
            .contains("Chương trình (API)")
    );
    // All that is wrong at once, above and at the fields.
    let change = "form[action='/account/password'] .acts button";
    browser
        .fill_all(&[("old", "sai"), ("new", "ngắn"), ("again", "khác")])
        .await;
    browser.click(change).await;
    browser.find("#error-summary a[href='#new']").await;
    browser.find("#error-summary a[href='#again']").await;
    browser.check("a password that is not taken").await;
    assert!(browser.title().await.starts_with("Lỗi:"));
    let new = "con trâu đi trước cái cày";
    browser
        .fill_all(&[("old", &account.password), ("new", new), ("again", new)])
        .await;
    browser.click(change).await;
    browser.find(".said").await;
    browser.check("the password was changed").await;
    program.get("/api/v1/worklist").await.of(401);
    assert_eq!(browser.all("main .posts > li").await.len(), 1);
    browser.open_menu().await;
    browser.click("button[value=everywhere]").await;
    browser.find("main [name=username]").await;
    browser
        .fill_all(&[("username", "lan"), ("password", new)])
        .await;
    browser.click("main form button").await;
    browser.arrive("/worklist").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn password_and_sessions_at_a_desk() {
    password_and_sessions(View::DESK).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn password_and_sessions_on_a_phone_without_script() {
    password_and_sessions(View::PHONE_WITHOUT_SCRIPT).await;
}
