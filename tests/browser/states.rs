//! Pages in states that the whole path does not pass, on a phone.

use chrono::Duration;
use serde_json::json;
use tests::{
    COMMUNE, Noi, OTHER_COMMUNE, Person, Place, Role, add_note, instant_ago, report, whole_path,
};

use crate::chrome::{Browser, View};

/// The checker is there and sees what is wrong.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_page_is_found_out() {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let mut browser = Browser::open(&noi, View::DESK).await;
    browser
        .show(
            "<!doctype html><html lang=vi><title>A – B</title><main><img src=x>\
             <p style='color:gray;background:silver;width:1900px'>Quá hạn</p><input></main></html>",
        )
        .await;
    browser.check("a bad page").await;
    let found = browser.take_violations().join("\n");
    for rule in ["pixels too wide", "image-alt", "color-contrast", "label"] {
        assert!(found.contains(rule), "{rule}: {found}");
    }
    browser.close().await;
}

/// Opens everything that can be opened on the page.
async fn unfold(browser: &Browser) {
    for summary in browser.all("main details:not([open]) > summary").await {
        if summary.is_displayed().await.unwrap_or_default() {
            summary.click().await.unwrap();
        }
    }
}

async fn late_case(officer: &Person) -> String {
    let mut late = report("Nguyễn Hoàng Bảo Ngọc");
    late["received_at"] = instant_ago(Duration::days(40)).into();
    let case = officer.begin(&late).await;
    let assessed = json!({
        "type": "record-initial-assessment",
        "harm": [{ "level": "high", "note": "" }, { "level": "high", "note": "" }],
        "protection": [{ "level": "low", "note": "" }, { "level": "low", "note": "" }],
        "grave": true, "carer_is_harmer": true, "conclusion": "Phải tách ngay",
    });
    officer.command(&case, &assessed).await.of(200);
    officer
        .command(&case, &add_note("Đã báo công an xã. ".repeat(40).trim()))
        .await
        .of(200);
    let correct = json!({
        "type": "correct", "path": "/child/name", "value": "Nguyễn Hoàng Bảo Ngân",
        "reason": "Ghi nhầm tên",
        "event_id": officer.case(&case, "/events").await.of(200)["items"][0]["event_id"],
    });
    officer.command(&case, &correct).await.of(200);
    case
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn late_emergencies_errors_and_likely_siblings() {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let account = noi.account("lan", Role::OFFICER, COMMUNE);
    let officer = noi.sign_in(&account).await;
    let case = late_case(&officer).await;
    for number in 0..6 {
        officer.begin(&report(&format!("Trần Văn {number}"))).await;
    }
    let mut browser = Browser::open(&noi, View::PHONE).await;

    browser.goto("/sign-in").await;
    browser
        .fill_all(&[("username", "lan"), ("password", "đoán")])
        .await;
    browser.click("main form button").await;
    browser.find("#error-summary").await;
    browser.check("a wrong password").await;
    browser.sign_in(&account).await;
    browser.check("the worklist with what is late").await;
    assert!(browser.text(".figures").await.contains("quá hạn"));
    unfold(&browser).await;
    browser.check("the worklist, unfolded").await;
    for page in ["summary", "plan", "people", "documents", "timeline"] {
        browser.goto(&format!("/cases/{case}?tab={page}")).await;
        unfold(&browser).await;
        browser
            .check(&format!("a late emergency, {page}, unfolded"))
            .await;
    }
    for page in [
        "/cases?text=kh%C3%B4ng+c%C3%B3+ai",
        "/cases?text=tran",
        "/worklist?text=nobody",
        "/cases/0190a6d0-0000-7000-8000-000000000001",
        "/nothing",
        &format!("/cases/{case}/acts/approve-plan"),
        &format!("/cases/{case}/acts/close-case"),
        &format!("/cases/{case}/acts/order-separation"),
        &format!("/cases/{case}/acts/apply-emergency-measure"),
        &format!("/cases/{case}/acts/request-court-order"),
        &format!("/cases/{case}/acts/refer"),
        &format!("/cases/{case}/acts/attach-document"),
        &format!("/cases/{case}/acts/assign-officer"),
        &format!("/cases/{case}/acts/forward-report"),
    ] {
        browser.goto(page).await;
        unfold(&browser).await;
        browser.check(&page.replace(&case, "ID")).await;
    }

    // The same child again: the likely case is shown before another is made.
    browser.goto("/reports/new").await;
    unfold(&browser).await;
    browser.check("the new report, unfolded").await;
    browser
        .fill_all(&[
            ("channel", "phone"),
            ("received_at.choice", "now"),
            ("incident.description", "Nghe tiếng khóc"),
            ("suspected_harm", "neglect"),
            ("suspected_harmer.relation", "unknown"),
            ("child.name", "Nguyen Hoang Bao Ngan"),
            ("child.sex", "female"),
        ])
        .await;
    browser.send().await;
    browser.find("main button[value='anyway']").await;
    browser.check("likely cases of the same child").await;
    browser.click("main button[value^='join:']").await;
    browser.find(".said").await;
    assert!(browser.here().await.starts_with(&format!("/cases/{case}")));
    browser.close().await;
    let events = officer.case(&case, "/events").await.of(200);
    let last = events["items"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["type"], "ReportReceived", "{events:#}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_other_roles_see() {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let chair = noi.person("chinh", Role::CHAIR, COMMUNE).await;
    let mut steps = whole_path().into_iter();
    let case = officer.begin(&steps.next().unwrap().command).await;
    for step in steps {
        let person = if step.by_chair { &chair } else { &officer };
        person.command(&case, &step.command).await.of(200);
    }
    let inspector = noi.account("thanh", Role::INSPECTOR, "44");
    let administrator = noi.account("quan", Role::ADMINISTRATOR, "44");
    let hotline = noi.account("truc", Role::HOTLINE, "44");
    let mut browser = Browser::open(&noi, View::PHONE).await;
    for (account, pages) in [
        (
            &inspector,
            &[
                "/",
                "/cases",
                "/cases/ID",
                "/cases/ID?tab=timeline",
                "/cases/ID/responsibility",
                "/responsibility",
                "/responsibility/obligations",
                "/responsibility/recordings",
                "/worklist",
            ][..],
        ),
        (&administrator, &["/", "/cases", "/worklist"]),
        (&hotline, &["/", "/reports/new", "/worklist"]),
    ] {
        browser.goto("/sign-in").await;
        browser.fill("username", &account.username).await;
        browser.fill("password", &account.password).await;
        browser.click("main form button").await;
        browser.find("#menu").await;
        for page in pages {
            browser.goto(&page.replace("ID", &case)).await;
            browser
                .check(&format!("{page} as {}", account.username))
                .await;
        }
        browser.sign_out().await;
    }
    browser.close().await;
}

/// A case that was closed as recorded twice, though nothing is alike: the province, which is asked, sees which
/// case is meant and opens it from there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_asked_about_two_unlike_cases_opens_the_other() {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let chair = noi.person("chinh", Role::CHAIR, COMMUNE).await;
    let mut told = report("Trần Thị Mai");
    told["child"]["residence_unit"] = OTHER_COMMUNE.into();
    let case = officer.begin(&told).await;
    let mut other = report("Lê Văn Sáu");
    other["child"]["sex"] = "male".into();
    other["child"]["birth"]["date"] = "2012-01-09".into();
    let other = officer.begin(&other).await;
    let found = officer.get("/api/v1/cases?text=le+van+sau").await.of(200);
    let number = found["items"][0]["number"].as_str().unwrap();
    let assessed = json!({
        "type": "record-initial-assessment",
        "harm": [{ "level": "low", "note": "" }, { "level": "low", "note": "" }],
        "protection": [{ "level": "high", "note": "" }, { "level": "high", "note": "" }],
        "grave": false, "carer_is_harmer": false, "conclusion": "Ổn định",
    });
    officer.command(&case, &assessed).await.of(200);
    let close = json!({
        "type": "close-case", "reason": "recorded-twice", "other_case": other,
        "contradiction_reason": "Cùng một trẻ, ghi nhầm tên",
    });
    chair.command(&case, &close).await.of(200);
    let events = chair.case(&case, "/events").await.of(200);
    let closed = events["items"].as_array().unwrap().last().unwrap();
    let event = closed["event_id"].as_str().unwrap();

    let account = noi.account("tinh", Role::PROVINCE, "44");
    let mut browser = Browser::open(&noi, View::PHONE).await;
    browser.sign_in(&account).await;
    browser.goto(&format!("/cases/{case}")).await;
    assert!(browser.text("main").await.contains(number));
    browser
        .goto(&format!(
            "/cases/{case}/acts/answer-contradiction?item={event}%2Fnothing-alike"
        ))
        .await;
    assert!(browser.text("main").await.contains(number));
    browser.check("asked about an unlike case").await;
    browser
        .click(&format!("main a[href='/cases/{other}']"))
        .await;
    browser.arrive(&format!("/cases/{other}")).await;
    browser.sign_out().await;

    // Where the child lives they see the one case and never learn which the other is.
    let account = noi.account("ba", Role::OFFICER, OTHER_COMMUNE);
    browser.sign_in(&account).await;
    browser.goto(&format!("/cases/{case}")).await;
    let shown = browser.text("main").await;
    assert!(
        shown.contains("đã kết thúc") && !shown.contains(number),
        "{shown}"
    );
    let page = browser
        .ask("return document.documentElement.innerHTML")
        .await;
    assert!(!page.as_str().unwrap().contains(&other));
    browser.goto(&format!("/cases/{other}")).await;
    assert!(browser.text("main").await.contains("Không tìm thấy"));
    browser.close().await;
}
