//! From the report to the archive, as officer and chair do it on the pages.

use tests::{COMMUNE, Noi, Person, Place, Role};

use crate::chrome::{Browser, View};

type Answers<'a> = &'a [(&'a str, &'a str)];

/// Three levels each of harm and protection.
fn levels(rows: usize) -> Vec<(String, String)> {
    let table = |name: &'static str, level: &'static str| {
        (0..rows).map(move |row| (format!("{name}[{row}].level"), level.to_owned()))
    };
    table("harm", "low")
        .chain(table("protection", "high"))
        .collect()
}

/// Opens the form of an act from the case page, by the button or link that leads to it.
async fn open_act(browser: &mut Browser, case: &str, act: &str) {
    let path = format!("/cases/{case}/acts/{act}");
    browser.goto(&format!("/cases/{case}")).await;
    let next = browser
        .all(&format!(".case-next a.button[href^='{path}']"))
        .await;
    if let Some(next) = next.first() {
        next.click().await.unwrap();
    } else {
        if browser.all("details.others:not([open])").await.len() == 1 {
            browser.click("details.others > summary").await;
        }
        browser.click(&format!("main a[href^='{path}']")).await;
    }
    browser.find("form.form").await;
    assert!(browser.here().await.starts_with(&path));
    browser.check(&format!("{act}, the form")).await;
}

/// Carries out an act and comes back to the case.
async fn act(browser: &mut Browser, case: &str, act: &str, answers: Answers<'_>) {
    open_act(browser, case, act).await;
    browser.fill_all(answers).await;
    browser.send().await;
    browser.find(".said").await;
    assert_eq!(
        browser.here().await.split('?').next(),
        Some(format!("/cases/{case}").as_str())
    );
    browser.check(&format!("{act}, done")).await;
}

async fn assess(browser: &mut Browser, case: &str, name: &str, rows: usize, more: Answers<'_>) {
    let levels = levels(rows);
    let levels = levels
        .iter()
        .map(|(name, level)| (name.as_str(), level.as_str()));
    let answers: Vec<_> = levels.chain(more.iter().copied()).collect();
    act(browser, case, name, &answers).await;
}

async fn report(browser: &mut Browser) -> String {
    browser.goto("/worklist").await;
    browser.check("the empty worklist").await;
    // On a phone it lies behind the menu.
    if browser.view().width < 768 {
        browser.open_menu().await;
    }
    browser.click("nav a[href='/reports/new']").await;
    browser.arrive("/reports/new").await;
    browser.check("the new report").await;
    // Sent empty: what is missing is said on top, linked to the fields, and nothing is recorded.
    browser.send().await;
    browser.find("#error-summary a[href^='#']").await;
    browser.check("the new report with errors").await;
    assert!(browser.title().await.starts_with("Lỗi:"));
    browser
        .fill_all(&[
            ("channel", "in-person"),
            ("received_at.choice", "now"),
            (
                "incident.description",
                "Hàng xóm nghe tiếng trẻ bị đánh nhiều lần",
            ),
            ("suspected_harm", "violence"),
            ("suspected_harmer.relation", "neighbour"),
            ("child.name", "Nguyễn Thị Thử"),
            ("child.sex", "female"),
            ("child.birth.estimated_age", "9"),
            ("condition", "Có vết bầm ở tay"),
        ])
        .await;
    browser.send().await;
    browser.find(".said").await;
    let here = browser.here().await;
    let case = here
        .strip_prefix("/cases/")
        .unwrap_or_else(|| panic!("{here}"));
    browser.check("the new case").await;
    case.split('?').next().unwrap().to_owned()
}

async fn up_to_the_plan(browser: &mut Browser, case: &str) {
    let verified = [
        ("outcome", "confirmed"),
        ("findings", "Đã gặp gia đình và hàng xóm"),
    ];
    act(browser, case, "record-verification", &verified).await;
    let initial = [
        ("conclusion", "Chưa đến mức khẩn cấp"),
        ("grave", "no"),
        ("carer_is_harmer", "no"),
        ("separation_needed", "no"),
    ];
    assess(browser, case, "record-initial-assessment", 2, &initial).await;
    let detailed = [
        ("content.a", "Sức khỏe bình thường"),
        ("content.g", "Muốn ở với bà"),
        ("content.h", "Đồng ý"),
        ("conclusion", "Cần có kế hoạch"),
        ("danger_now", "no"),
    ];
    assess(browser, case, "record-detailed-assessment", 5, &detailed).await;
}

async fn plan(browser: &mut Browser, case: &str) {
    let today = tests::instant();
    let (year, month, day) = (&today[..4], &today[5..7], &today[8..10]);
    let plan = [
        ("goals", "Trẻ an toàn và đi học lại"),
        ("items[0].service", "Khám và điều trị"),
        ("items[0].measure", "50.a"),
        ("items[0].responsible", "Trạm y tế"),
        ("items[0].start.day", day),
        ("items[0].start.month", month),
        ("items[0].start.year", year),
        ("items[0].end.day", day),
        ("items[0].end.month", month),
        ("items[0].end.year", year),
        ("items[0].cost", "500.000"),
    ];
    act(browser, case, "submit-plan", &plan).await;
}

/// Everything that the case page shows.
async fn look_around(browser: &mut Browser, case: &str) {
    browser.goto(&format!("/cases/{case}")).await;
    let tabs = browser.all("#case nav a").await;
    let mut addresses = Vec::new();
    for tab in &tabs {
        addresses.push(tab.attr("href").await.unwrap().unwrap());
    }
    assert!(addresses.len() >= 4, "{addresses:?}");
    for address in addresses {
        let path = address.split('#').next().unwrap();
        browser.goto(path).await;
        browser
            .check(&format!("the case, {}", path.replace(case, "ID")))
            .await;
    }
    browser.goto("/worklist").await;
    browser.check("the worklist").await;
    browser.goto("/cases").await;
    browser.check("the list of cases").await;
}

async fn walk(view: View, place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.account("lan", Role::OFFICER, COMMUNE);
    let chair = noi.account("chinh", Role::CHAIR, COMMUNE);
    let mut browser = Browser::open(&noi, view).await;

    browser.goto("/").await;
    browser.find("main [name=password]").await;
    browser.check("signing in").await;
    browser.sign_in(&officer).await;
    let case = report(&mut browser).await;
    up_to_the_plan(&mut browser, &case).await;
    let meeting = [
        ("participants", "Chủ tịch\nCán bộ"),
        ("measures", "49.b"),
        ("minutes", "Đã họp"),
    ];
    browser.sign_out().await;
    browser.sign_in(&chair).await;
    act(&mut browser, &case, "hold-case-meeting", &meeting).await;
    browser.sign_out().await;
    browser.sign_in(&officer).await;
    plan(&mut browser, &case).await;
    browser.sign_out().await;
    browser.sign_in(&chair).await;
    act(
        &mut browser,
        &case,
        "approve-plan",
        &[("decision_number", "12/QĐ-UBND")],
    )
    .await;
    browser.sign_out().await;
    browser.sign_in(&officer).await;
    act(
        &mut browser,
        &case,
        "start-service",
        &[("note", "Đưa trẻ đi khám")],
    )
    .await;
    look_around(&mut browser, &case).await;
    act(
        &mut browser,
        &case,
        "complete-service",
        &[("note", "Đã khám xong")],
    )
    .await;
    let visit = [
        ("visited_at.choice", "now"),
        ("place", "Nhà trẻ"),
        ("child_seen", "yes"),
        ("danger_now", "no"),
        ("note", "Trẻ vui vẻ"),
    ];
    act(&mut browser, &case, "record-visit", &visit).await;
    let review = [
        ("no_longer_at_risk", "yes"),
        ("stable", "yes"),
        ("conclusion", "Trẻ an toàn"),
    ];
    assess(&mut browser, &case, "review-plan", 3, &review).await;
    browser.sign_out().await;
    browser.sign_in(&chair).await;
    act(
        &mut browser,
        &case,
        "close-case",
        &[("reason", "safe-and-stable")],
    )
    .await;
    browser.sign_out().await;
    browser.sign_in(&officer).await;
    let archive = [("archive_number", "2026/01"), ("in_national_database", "1")];
    act(&mut browser, &case, "archive-case", &archive).await;
    browser.goto(&format!("/cases/{case}")).await;
    browser.check("the closed case").await;
    browser.sign_out().await;
    let reader: Person = noi.sign_in(&officer).await;
    browser.close().await;

    // The pages and the API tell of the same case.
    let events = reader.case(&case, "/events").await.of(200);
    let types: Vec<_> = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        types,
        [
            "ReportReceived",
            "ReportVerified",
            "InitialAssessmentRecorded",
            "DetailedAssessmentRecorded",
            "CaseMeetingHeld",
            "PlanSubmitted",
            "PlanApproved",
            "ServiceStarted",
            "ServiceCompleted",
            "VisitRecorded",
            "PlanReviewed",
            "CaseClosed",
            "CaseArchived",
        ]
    );
    let state = reader.case(&case, "").await.of(200);
    assert_eq!(state["status"], "closed");
    assert_eq!(state["child"]["name"], "Nguyễn Thị Thử");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_script_at_a_desk() {
    walk(View::DESK, Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_script_on_a_phone() {
    walk(View::PHONE_WITHOUT_SCRIPT, Place::sqlite()).await;
}
