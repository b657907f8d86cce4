//! Everything that is wrong with a form is told in one round; "optional" is never said of what is then
//! demanded; what is asked first.

use domain::identity::Role;
use reqwest::StatusCode;

use crate::acts::{Case, Worker, assess, dossier, plan, report};
use crate::support::{Page, TestServer};

/// Where the links of the error summary lead, in their order; empty for what belongs to no field.
fn summary(page: &Page) -> Vec<String> {
    let rest = page.text.split("id=\"error-summary\"").nth(1);
    let list = rest.unwrap_or_default().split("</ul>").next().unwrap();
    list.split("<li>")
        .skip(1)
        .map(|line| {
            let href = line.split("href=\"#").nth(1);
            let href = href.map(|href| href.split('"').next().unwrap().to_owned());
            href.unwrap_or_default()
        })
        .collect()
}

#[tokio::test]
async fn field_checks_and_procedure_are_told_together() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    assess(&mut officer, &case, &[]).await;
    let mut chair = Worker::chair(&server).await;
    dossier(&mut officer, &mut chair, &case).await;
    let address = format!("/cases/{}/acts/submit-plan", case.0);
    // A goal is missing, a cost is no number, and each of two items ends before it begins.
    let mut typed = plan(&[
        ("items.count", "2"),
        ("items[1].id", "0190163d-8694-739b-aea5-966c26f8ad92"),
        ("items[1].service", "Tư vấn tâm lý"),
        ("items[1].responsible", "Trạm y tế"),
        ("items[1].start.day", "5"),
        ("items[1].start.month", "3"),
        ("items[1].start.year", "2024"),
        ("items[1].end.day", "4"),
        ("items[1].end.month", "3"),
        ("items[1].end.year", "2024"),
        ("items[1].cost", "nhiều"),
    ]);
    for (name, value) in [
        ("goals", ""),
        ("items.count", "2"),
        ("items[0].end.month", "1"),
    ] {
        typed.retain(|(known, _)| *known != name);
        typed.push((name, value));
    }
    let page = officer.fill(&address, &typed).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let found = summary(&page);
    assert_eq!(
        found,
        [
            "f-goals",
            "f-items-0-end",
            "f-items-1-end",
            "f-items-1-cost"
        ],
        "{}",
        page.text
    );
    assert!(page.text.contains("value=\"nhiều\""), "nothing is lost");
    assert_eq!(case.events(&server).await.len(), 4, "nothing is recorded");
}

#[tokio::test]
async fn what_the_procedure_refuses_stands_beside_what_is_missing() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    assess(
        &mut officer,
        &case,
        &[("grave", "yes"), ("carer_is_harmer", "yes")],
    )
    .await;
    let address = format!("/cases/{}/acts/order-separation", case.0);
    // No ground; and much longer than 15 days.
    let typed = [
        ("from.day", "21"),
        ("from.month", "2"),
        ("from.year", "2024"),
        ("until.day", "21"),
        ("until.month", "5"),
        ("until.year", "2024"),
    ];
    let page = chair.fill(&address, &typed).await;
    assert_eq!(
        summary(&page),
        ["f-ground", "f-until", "f-placement"],
        "{}",
        page.text
    );
    assert!(page.text.contains("15 ngày"));
    // Two fields that belong together, and a report that does not fit.
    let mut typed = report("Lê Văn Hai");
    for (name, value) in [
        ("incident.description", ""),
        ("child.birth.date.year", "2025"),
        ("incident.happened_at.day", "25"),
        ("incident.happened_at.month", "2"),
        ("incident.happened_at.year", "2024"),
        ("informant.name", "Bà Sáu"),
    ] {
        typed.retain(|(known, _)| *known != name);
        typed.push((name, value));
    }
    let page = officer.fill("/reports/new", &typed).await;
    let found = summary(&page);
    assert_eq!(
        found,
        [
            "f-incident-description",
            "f-child-birth-date",
            "f-incident-happened-at",
            "f-informant-consent",
        ],
        "{}",
        page.text
    );
}

#[tokio::test]
async fn optional_is_said_of_nothing_that_may_be_demanded() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    assess(
        &mut officer,
        &case,
        &[("grave", "yes"), ("carer_is_harmer", "yes")],
    )
    .await;
    let label = |page: &Page, id: &str| {
        let rest = page.text.split(&format!("<label for=\"{id}\">")).nth(1);
        let rest = rest.unwrap_or_else(|| panic!("no {id}: {}", page.text));
        rest.split("</label>").next().unwrap().to_owned()
    };
    for (by_chair, act, id) in [
        (true, "close-case", "f-note"),
        (true, "close-case", "f-other-case"),
        (false, "refer", "f-to-agency-name"),
        (false, "apply-emergency-measure", "f-other-measures"),
    ] {
        let who = if by_chair { &mut chair } else { &mut officer };
        let page = who
            .browser
            .get(&format!("/cases/{}/acts/{act}", case.0))
            .await;
        let label = label(&page, id);
        assert!(!label.contains("không bắt buộc"), "{act}: {label}");
        assert!(
            label.contains("bắt buộc khi") || label.contains("ít nhất một"),
            "{act}: {label}"
        );
    }
    // And what it is said of may stay empty.
    let page = officer
        .browser
        .get(&format!("/cases/{}/acts/refer", case.0))
        .await;
    assert!(label(&page, "f-to-agency-unit").contains("không bắt buộc"));
    let typed = [("to_agency.kind", "other"), ("reason", "Trẻ cần nơi ở")];
    let page = officer
        .fill(&format!("/cases/{}/acts/refer", case.0), &typed)
        .await;
    assert_eq!(summary(&page), ["f-to-agency-name"]);
}

#[tokio::test]
async fn the_hotline_asks_first_where_to_call_back() {
    let server = TestServer::start_with_units().await;
    let mut hotline = Worker::new(&server, "tong", Role::HotlineOperator, "44").await;
    let form = hotline.browser.get("/reports/new").await;
    let place = |name: &str| {
        let found = form.text.find(&format!("name=\"{name}\""));
        found.unwrap_or_else(|| panic!("{name} is not asked"))
    };
    let asked = [
        "informant.phone",
        "informant.phone.unknown",
        "informant.consent",
        "informant.name",
        "channel",
        "incident.description",
    ];
    let places: Vec<usize> = asked.iter().map(|name| place(name)).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(form.text.contains(">Không cho biết"), "one tap");

    // Neither number nor "does not say"; a name without consent; then one tap is enough.
    let mut typed = report("Trần Văn Bình");
    let page = hotline.fill("/reports/new", &typed).await;
    assert_eq!(summary(&page), ["f-informant-phone"]);
    typed.push(("informant.phone", "0912 345 678"));
    let page = hotline.fill("/reports/new", &typed).await;
    assert_eq!(summary(&page), ["f-informant-consent"]);
    typed.pop();
    typed.push(("informant.phone.unknown", "1"));
    let made = hotline.fill("/reports/new", &typed).await;
    let (_, personal) = Case::at(&made).last(&server).await;
    assert!(personal.get("informant").is_none(), "{personal}");
}

#[tokio::test]
async fn who_is_responsible_is_chosen_or_typed() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    assess(&mut officer, &case, &[]).await;
    dossier(&mut officer, &mut chair, &case).await;
    let address = format!("/cases/{}/acts/submit-plan", case.0);
    let page = officer.browser.get(&address).await;
    assert!(page.text.contains("list=\"list-responsible\""));
    let list = page
        .text
        .split("<datalist id=\"list-responsible\">")
        .nth(1)
        .unwrap();
    let list = list.split("</datalist>").next().unwrap();
    assert!(
        list.contains("value=\"Nguyễn Thị Lan, "),
        "an officer: {list}"
    );
    assert!(list.contains("value=\"Trạm y tế "), "a body: {list}");
    officer.record(&case, "submit-plan", &plan(&[])).await;
}
