//! The forms between agencies, one of each kind, empty, refused and recorded: a transfer is answered, a
//! family proposed, a report of crime prolonged, a court asked.

use serde_json::json;
use tests::{Account, COMMUNE, Noi, OTHER_COMMUNE, Person, Place, Role, report};

use crate::chrome::{Browser, View};

const PROVINCE: &str = "44";

struct People {
    officer: (Account, Person),
    chair: Account,
    other: Account,
    police: Account,
    court: Account,
}

impl People {
    async fn of(noi: &Noi) -> Self {
        let officer = noi.account("lan", Role::OFFICER, COMMUNE);
        let person = noi.sign_in(&officer).await;
        Self {
            officer: (officer, person),
            chair: noi.account("chinh", Role::CHAIR, COMMUNE),
            other: noi.account("binh", Role::OFFICER, OTHER_COMMUNE),
            police: noi.account("kien", Role::POLICE, PROVINCE),
            court: noi.account("tam", Role::COURT, PROVINCE),
        }
    }
}

/// A case that was assessed, passed to the police and offered to another commune.
async fn offered(officer: &Person) -> String {
    let case = officer.begin(&report("Trần Thị Mai")).await;
    let row = json!({ "level": "medium", "note": "" });
    for command in [
        json!({
            "type": "record-initial-assessment", "harm": [row, row], "protection": [row, row],
            "grave": false, "carer_is_harmer": false, "conclusion": "Cần kế hoạch",
        }),
        json!({ "type": "pass-crime-report", "to_unit": PROVINCE }),
        json!({ "type": "transfer-case", "to_unit": OTHER_COMMUNE, "reason": "Trẻ cư trú ở đó" }),
    ] {
        officer.command(&case, &command).await.of(200);
    }
    case
}

/// Signs in and shows the form, as it comes and as it is refused.
async fn tried(browser: &mut Browser, who: &Account, case: &str, act: &str) {
    browser.sign_in(who).await;
    browser.goto(&format!("/cases/{case}/acts/{act}")).await;
    browser.check(act).await;
    browser.send().await;
    browser.find("#error-summary").await;
    browser.check(&format!("{act}, refused")).await;
}

async fn recorded(browser: &mut Browser, answers: &[(&str, &str)]) {
    browser.fill_all(answers).await;
    browser.send().await;
    browser.find(".said").await;
    browser.check("a case after an act").await;
    browser.sign_out().await;
}

async fn forms_between_agencies(view: View) {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let people = People::of(&noi).await;
    let (officer, person) = &people.officer;
    let case = offered(person).await;
    let mut browser = Browser::open(&noi, view).await;

    // A transfer: what one decides on stands open beside the answer.
    browser.sign_in(&people.other).await;
    browser
        .goto(&format!("/cases/{case}/acts/accept-transfer"))
        .await;
    browser.check("accept-transfer").await;
    assert!(browser.text(".act-about").await.contains("Trẻ cư trú ở đó"));
    browser.sign_out().await;
    tried(&mut browser, &people.other, &case, "decline-transfer").await;
    recorded(&mut browser, &[("reason", "Trẻ không ở đây")]).await;

    // A placement.
    browser.sign_in(officer).await;
    browser
        .goto(&format!("/cases/{case}/acts/record-placement-follow-up"))
        .await;
    browser.find(".interruption").await;
    browser
        .check("a follow-up before there is a placement")
        .await;
    browser.sign_out().await;
    tried(&mut browser, officer, &case, "propose-placement").await;
    let family = [
        ("carer_kind", "relatives"),
        ("carer", "Bà ngoại"),
        ("carer_unit", COMMUNE),
        ("reason", "Cha mẹ đi vắng"),
    ];
    recorded(&mut browser, &family).await;
    tried(&mut browser, officer, &case, "verify-carer?item=c1").await;
    recorded(
        &mut browser,
        &[("findings", "Nhà ổn định"), ("eligible", "yes")],
    )
    .await;
    browser.sign_in(&people.chair).await;
    browser.goto(&format!("/cases/{case}?tab=care")).await;
    browser.check("the care of a child").await;
    assert!(browser.text("main").await.contains("Bà ngoại"));
    browser.sign_out().await;

    // A report of crime, by who sees only this side of the case.
    tried(&mut browser, &people.police, &case, "prolong-crime-report").await;
    browser.goto("/cases").await;
    browser.check("the cases of the police").await;
    let shown = browser.text("main").await;
    assert!(
        shown.contains("Đang mở") && !shown.contains("Đã đánh giá"),
        "{shown}"
    );
    browser.goto(&format!("/cases/{case}?tab=criminal")).await;
    browser.check("the criminal side").await;
    browser.sign_out().await;

    // A court.
    tried(&mut browser, &people.chair, &case, "request-court-order").await;
    let asked = [
        ("request", "restrict-parental-rights"),
        ("to_unit", PROVINCE),
    ];
    recorded(&mut browser, &asked).await;
    tried(&mut browser, &people.court, &case, "record-court-decision").await;
    recorded(&mut browser, &[("decision", "refused")]).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_between_agencies_at_a_desk() {
    forms_between_agencies(View::DESK).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_between_agencies_on_a_phone() {
    forms_between_agencies(View::PHONE).await;
}
