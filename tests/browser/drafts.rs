//! Whatever one does within the first seconds of typing, nothing that was typed is lost.

use tests::{COMMUNE, Noi, Place, Role, report, until};

use crate::chrome::{Browser, View};

const TYPED: &str = "Đã gọi cho bà ngoại: cháu đang ở đó; 50% & \"an toàn\" + chưa ngủ";

struct Typist {
    noi: Noi,
    browser: Browser,
    address: String,
    case: String,
    _place: Place,
}

impl Typist {
    async fn at(view: View) -> Self {
        let place = Place::sqlite();
        let noi = Noi::start(&place.url()).await;
        let account = noi.account("lan", Role::OFFICER, COMMUNE);
        let officer = noi.sign_in(&account).await;
        let case = officer.begin(&report("Trần Thị Mai")).await;
        let browser = Browser::open(&noi, view).await;
        browser.sign_in(&account).await;
        let address = format!("/cases/{case}/acts/add-note");
        Self {
            noi,
            browser,
            address,
            case,
            _place: place,
        }
    }

    async fn types(&self) {
        self.browser.goto(&self.address).await;
        self.browser.fill("text", TYPED).await;
    }

    /// The form has it, soon.
    async fn kept(&self, what: &str) {
        until(what, async || {
            let field = self.browser.all("main textarea[name=text]").await;
            let text = field.first()?.prop("value").await.ok()??;
            (text == TYPED).then_some(())
        })
        .await;
    }

    async fn drop(&self) {
        self.browser.click("button[value=drop-draft]").await;
        until("the draft is dropped", async || {
            let drop = self.browser.all("button[value=drop-draft]").await;
            drop.is_empty().then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaving_at_once_loses_nothing() {
    let typist = Typist::at(View::PHONE).await;
    let browser = &typist.browser;

    // Another language.
    typist.types().await;
    browser.open_menu().await;
    browser.click("button[value^='leave:language:']").await;
    browser.find("html[lang=en]").await;
    typist.kept("it is kept in English").await;
    browser.open_menu().await;
    browser.click("button[value^='leave:language:']").await;
    browser.find("html[lang=vi]").await;
    typist.kept("it is kept in Vietnamese").await;
    typist.drop().await;

    // The same page again: it waits for what is still on its way.
    typist.types().await;
    browser.reload().await;
    typist.kept("it is kept through a reload").await;
    browser.find(".note").await;
    typist.drop().await;

    // Another page, by a link, and back by a link.
    typist.types().await;
    browser.click(".back a").await;
    browser.arrive(&format!("/cases/{}", typist.case)).await;
    browser.goto(&typist.address).await;
    typist.kept("it is kept through another page").await;
    typist.drop().await;

    // Back by the button of the browser.
    typist.types().await;
    browser.click(".back a").await;
    browser.arrive(&format!("/cases/{}", typist.case)).await;
    browser.back().await;
    typist.kept("it is kept by going back").await;
    browser.goto(&typist.address).await;
    typist.kept("and is a draft").await;
    typist.drop().await;

    // The page is closed.
    typist.types().await;
    browser.close_tab().await;
    browser.goto(&typist.address).await;
    until("it is kept though the page was closed", async || {
        browser.reload().await;
        let field = browser.find("main textarea[name=text]").await;
        (field.prop("value").await.ok()?? == TYPED).then_some(())
    })
    .await;
    // And what is sent leaves no draft behind.
    browser.send().await;
    browser.find(".said").await;
    browser.goto(&typist.address).await;
    assert!(browser.all("button[value=drop-draft]").await.is_empty());
    let field = browser.find("main textarea[name=text]").await;
    assert_eq!(field.prop("value").await.unwrap().unwrap(), "");
    typist.browser.close().await;
    drop(typist.noi);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_text_is_kept_when_the_page_is_closed() {
    let typist = Typist::at(View::DESK).await;
    let browser = &typist.browser;
    browser.goto(&typist.address).await;
    browser.find("main textarea[name=text]").await;
    // Nearly as long as the field takes; in per cent it would be more than a browser still sends.
    let fill = "const field = document.querySelector('main textarea[name=text]'); \
                field.value = 'Trẻ được đưa đến nhà bà ngoại. '.repeat(160); \
                field.dispatchEvent(new Event('input', { bubbles: true })); \
                return field.value.length;";
    let length = browser.ask(fill).await.as_i64().unwrap();
    browser.close_tab().await;
    until("it is kept", async || {
        browser.goto(&typist.address).await;
        let field = browser.find("main textarea[name=text]").await;
        let text = field.prop("value").await.ok()??;
        (text.chars().count() as i64 == length - 1 || text.chars().count() as i64 == length)
            .then_some(())
    })
    .await;
    typist.browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_script_another_language_keeps_it_too() {
    let typist = Typist::at(View::PHONE_WITHOUT_SCRIPT).await;
    let browser = &typist.browser;
    typist.types().await;
    browser.open_menu().await;
    browser.click("button[value^='leave:language:']").await;
    browser.find("html[lang=en]").await;
    typist.kept("it is kept in English").await;
    browser.open_menu().await;
    browser.click("button[value='leave:sign-out']").await;
    browser.find("main [name=username]").await;
    typist.browser.close().await;
}

/// The buttons of the menu belong to the form, but Enter still sends it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn enter_sends_the_form_and_does_not_leave_it() {
    for view in [View::DESK, View::PHONE_WITHOUT_SCRIPT] {
        let typist = Typist::at(view).await;
        let browser = &typist.browser;
        let address = format!("/cases/{}/acts/record-visit", typist.case);
        browser.goto(&address).await;
        browser.fill("place", "Nhà bà ngoại").await;
        browser.keys("\u{E007}").await;
        // Something is missing: it was sent, and the language is the same.
        browser.find("#error-summary").await;
        browser.find("html[lang=vi]").await;
        typist.browser.close().await;
    }
}
