//! The same child: a likely case anywhere is told of while a report is recorded, no more of it than who
//! holds it; the report can be added unseen; the holder answers, and another child gets its own case.

use domain::identity::Role;
use eventstore::StreamId;
use projections::READING;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::acts::{Case, Worker, report};
use crate::support::{PASSWORD, Page, TestServer};

const HOTLINE: (&str, Role, &str) = ("tong", Role::HotlineOperator, "01");

/// What the hotline of another province is told: the same child, in another commune.
fn told(name: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut typed = report(name);
    let other = ["incident.unit", "incident.description", "channel"];
    typed.retain(|(field, _)| !other.contains(field));
    typed.extend([
        ("incident.description", "Trẻ gọi từ bến xe"),
        ("incident.unit", "19138"),
        ("channel", "phone"),
        ("informant.phone.unknown", "1"),
        ("danger_now", "1"),
    ]);
    typed
}

async fn ask(worker: &mut Worker<'_>, typed: &[(&str, &str)], action: &str) -> Page {
    let form = worker.browser.get("/reports/new").await;
    worker.send("/reports/new", &form, action, typed).await
}

async fn hints(server: &TestServer, case: &Case) -> Vec<String> {
    let application = &server.state.application;
    application.readings.finish().await;
    let stream = StreamId::new(READING, case.0);
    let events = application.store.load_stream(stream).await.unwrap();
    events
        .iter()
        .filter(|event| &*event.event_type == "CaseHinted")
        .map(|event| {
            let unit = event.actor.unit.as_deref().unwrap();
            format!("{unit} {}", event.facts)
        })
        .collect()
}

#[tokio::test]
async fn a_hidden_case_is_hinted_at_and_takes_the_report_unseen() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let (name, role, unit) = HOTLINE;
    let mut hotline = Worker::new(&server, name, role, unit).await;
    let typed = told("nguyen thi thu");

    let stop = ask(&mut hotline, &typed, "submit").await;
    assert_eq!(stop.status, StatusCode::OK, "{}", stop.text);
    let join = format!("join:{}", case.0);
    assert!(stop.text.contains(&join), "{}", stop.text);
    let main = stop.text.split("class=\"interruption\"").nth(1).unwrap();
    // Who holds it and how it is reached; nothing of the child, no number, no way in.
    assert!(
        main.contains("(19111)") || main.contains("Hoàn Lão"),
        "{main}"
    );
    assert!(
        main.contains("Tổng đài 111") && main.contains("tất cả các xã"),
        "{main}"
    );
    let number = projections::case_number(
        projections::load_case(
            &server.state.application.store,
            case.0,
            domain::unit::Units::shipped(),
        )
        .await
        .unwrap()
        .unwrap()
        .history()
        .first()
        .unwrap(),
    );
    for hidden in ["Nguyễn T. T.", &number, &format!("/cases/{}", case.0)] {
        assert!(!main.contains(hidden), "{hidden}: {main}");
    }
    assert_eq!(
        hints(&server, &case).await,
        [r#"01 {"version":1,"purpose":"new-report"}"#]
    );

    let joined = hotline.send("/reports/new", &stop, &join, &typed).await;
    assert_eq!(
        joined.location(),
        format!("/cases/{}", case.0),
        "{}",
        joined.text
    );
    assert_eq!(
        case.events(&server).await,
        ["ReportReceived", "ReportReceived"]
    );
    // Its own report only; what the commune was told stays with the commune.
    let page = hotline.browser.get(&format!("/cases/{}", case.0)).await;
    assert_eq!(page.status, StatusCode::OK);
    let page = hotline
        .browser
        .get(&format!("/cases/{}?tab=timeline", case.0))
        .await;
    assert!(!page.text.contains("Hoàn Lão"), "{}", page.text);

    // What the holder learns of the name stays with the holder.
    let state = projections::load_case(
        &server.state.application.store,
        case.0,
        domain::unit::Units::shipped(),
    )
    .await;
    let first = state.unwrap().unwrap().history()[0].event_id.to_string();
    let act = format!("correct?event={first}&path=/child/name");
    let right = [
        ("event_id", first.as_str()),
        ("path", "/child/name"),
        ("value", "Trần Thị Hiền"),
        ("reason", "Đã xem giấy khai sinh"),
    ];
    officer.record(&case, &act, &right).await;
    // The twelve hours run, and the holder is asked.
    let worklist = officer.browser.get("/worklist").await;
    assert!(
        worklist.text.contains("answer-same-child"),
        "{}",
        worklist.text
    );
    // Where it happened they see to the child, without seeing more than what was told of it.
    let mut there = Worker::new(&server, "xa", Role::CommuneOfficer, "19138").await;
    let page = there.browser.get(&format!("/cases/{}", case.0)).await;
    assert!(
        page.text.contains("acts/apply-emergency-measure"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("Hàng xóm nghe"), "{}", page.text);
    let mut chair = Worker::new(&server, "xact", Role::CommuneChair, "19138").await;
    on_their_worklist(&server, &mut chair, &case, &number).await;
    let unit = there.browser.get("/worklist?whose=unit").await;
    assert!(
        unit.text.contains("acts/apply-emergency-measure"),
        "{}",
        unit.text
    );
}

/// Who was only told of the case finds what they owe in it on their list, and nothing else of it there.
async fn on_their_worklist(server: &TestServer, there: &mut Worker<'_>, case: &Case, number: &str) {
    let (_, told) = work(server, "xact", "").await;
    let items = told["items"].as_array().unwrap();
    let one = |step: &str| items.iter().find(|item| item["step"] == step);
    let measure = one("emergency-measure").unwrap_or_else(|| panic!("{told}"));
    assert_eq!(measure["case_id"], json!(case.0));
    assert_eq!(measure["incident_unit"], "19138");
    assert_eq!(measure["group"], "danger");
    assert_ne!(measure["case_number"], number);
    let counted = told["groups"].as_array().unwrap().iter();
    let counted: i64 = counted.map(|group| group["count"].as_i64().unwrap()).sum();
    assert_eq!(counted, told["total"].as_i64().unwrap());
    for whose in ["mine", "unit"] {
        let page = there.browser.get(&format!("/worklist?whose={whose}")).await;
        let list = page.text.split("class=\"tasks\"").nth(1);
        let list = list.and_then(|list| list.split("</section>").next());
        let list = list.unwrap_or_else(|| panic!("{whose}: {}", page.text));
        assert!(list.contains("acts/apply-emergency-measure"), "{list}");
        assert!(list.contains("nguyen T. T."), "as it was told: {list}");
        assert!(!list.contains(number) && !list.contains("Nguyễn"), "{list}");
    }
    // What only the holder knows finds nothing, what they were told does.
    let own = measure["case_number"].as_str().unwrap();
    for (text, found) in [
        ("hien", 0),
        (number, 0),
        ("thu", items.len()),
        (own, items.len()),
    ] {
        let (_, answer) = work(server, "xact", &format!("?text={text}")).await;
        assert_eq!(
            answer["items"].as_array().unwrap().len(),
            found,
            "{text}: {answer}"
        );
        let page = there.browser.get(&format!("/worklist?text={text}")).await;
        let shown = page.text.contains("acts/apply-emergency-measure");
        assert_eq!(shown, found > 0, "{text}");
    }
    // Nor can it be found by where else it happened.
    let (_, answer) = work(server, "xact", "?unit=19111").await;
    assert_eq!(answer["total"], 0, "{answer}");
    let page = there.browser.get("/worklist?commune=19111").await;
    assert!(!page.text.contains("acts/apply-emergency-measure"));
    let others = there.browser.get("/worklist?whose=others").await;
    assert!(!others.text.contains("class=\"tasks\""), "{}", others.text);
}

async fn work(server: &TestServer, who: &str, query: &str) -> (StatusCode, Value) {
    let signed_in: Value = server
        .sign_in_api(who, PASSWORD)
        .await
        .json()
        .await
        .unwrap();
    let token = signed_in["token"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/worklist{query}");
    let answer = server.get(&path).bearer_auth(token).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

#[tokio::test]
async fn another_child_gets_a_case_of_its_own_once() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let (name, role, unit) = HOTLINE;
    let mut hotline = Worker::new(&server, name, role, unit).await;
    let typed = told("Nguyễn Thị Thử");
    let stop = ask(&mut hotline, &typed, "submit").await;
    let join = format!("join:{}", case.0);
    let joined = hotline.send("/reports/new", &stop, &join, &typed).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.text);

    // The commune where it happened protects the child before it is known which one it is.
    let mut chair = Worker::new(&server, "xact", Role::CommuneChair, "19138").await;
    let done = [
        ("applied_at.choice", "now"),
        ("measures", "safe-place"),
        ("agencies", "police"),
    ];
    chair.record(&case, "apply-emergency-measure", &done).await;

    let state = projections::load_case(
        &server.state.application.store,
        case.0,
        domain::unit::Units::shipped(),
    )
    .await;
    let report = state.unwrap().unwrap().history()[1].event_id.to_string();
    let address = format!("/cases/{}/acts/answer-same-child?item={report}", case.0);
    let form = officer.browser.get(&address).await;
    // Both children stand beside each other.
    assert!(
        form.text.contains("Trẻ theo thông tin mới"),
        "{}",
        form.text
    );
    // In words, and no code.
    let sexes = [" · nữ", " · nam", " · chưa rõ giới tính"];
    assert!(sexes.iter().any(|sex| form.text.contains(sex)));
    assert!(!form.text.contains(" · female") && !form.text.contains(" · unknown"));
    let answer = [
        ("event_id", report.as_str()),
        ("same", "no"),
        ("reason", "Đã gọi lại, trẻ khác"),
    ];
    let sent = officer.send(&address, &form, "submit", &answer).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let (facts, _) = case.last(&server).await;
    let other: Case = Case(facts["new_case"].as_str().unwrap().parse().unwrap());
    // What was done for its child goes along.
    assert_eq!(
        other.events(&server).await,
        ["ReportReceived", "EmergencyMeasureApplied"]
    );
    let (_, owed) = work(&server, "xact", "").await;
    let owed = owed["items"].as_array().unwrap();
    assert!(owed.iter().all(|item| item["step"] != "emergency-measure"));
    let state = projections::load_case(
        &server.state.application.store,
        other.0,
        domain::unit::Units::shipped(),
    )
    .await;
    let (told, _) = domain::case::payload(&state.unwrap().unwrap().history()[0].event);
    assert_eq!(told["place_of_receipt"]["unit"], "01", "as it was told");
    assert_eq!(told["incident"]["unit"], "19138");
    assert_eq!(told["danger_now"], true);
    // The commune where it happened has it on its list, its hours counted from the call.
    let mut there = Worker::new(&server, "xa", Role::CommuneOfficer, "19138").await;
    let page = there.browser.get(&format!("/cases/{}", other.0)).await;
    assert_eq!(page.status, StatusCode::OK);
    // Of the first they keep what was told of their commune, and no more.
    let page = there
        .browser
        .get(&format!("/cases/{}?tab=timeline", case.0))
        .await;
    assert!(!page.text.contains("Hàng xóm nghe"), "{}", page.text);

    // Sent once more it is the same answer, and no third case.
    let again = officer.send(&address, &form, "submit", &answer).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text);
    let projections = &server.state.application.projections;
    let every = projections::CaseFilter::default();
    let all = projections.search_cases(&every, None, 10).await;
    assert_eq!(all.unwrap().total, 2);
}

#[tokio::test]
async fn nobody_adds_to_a_case_by_its_id_alone_nor_learns_by_a_given_name() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let (name, role, unit) = HOTLINE;
    let mut hotline = Worker::new(&server, name, role, unit).await;
    let typed = told("Lê Văn Khác");
    let form = hotline.browser.get("/reports/new").await;
    let join = format!("join:{}", case.0);
    let refused = hotline.send("/reports/new", &form, &join, &typed).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "{}", refused.text);
    assert_eq!(case.events(&server).await, ["ReportReceived"]);
    let mut given = told("Thử");
    given.retain(|(field, _)| *field != "incident.unit");
    given.push(("incident.unit", "19111"));
    let made = ask(&mut hotline, &given, "submit").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    assert_eq!(hints(&server, &case).await, [""; 0]);
}

async fn query(server: &TestServer, who: &str, query: &str) -> (StatusCode, Value) {
    let signed_in: Value = server
        .sign_in_api(who, PASSWORD)
        .await
        .json()
        .await
        .unwrap();
    let token = signed_in["token"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/same-child?{query}");
    let answer = server.get(&path).bearer_auth(token).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

#[tokio::test]
async fn a_program_asks_with_a_purpose_and_not_too_often() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let (name, role, unit) = HOTLINE;
    server.account_as(name, role, unit).await;
    server.account_as("quan", Role::Administrator, "44").await;
    let child = "name=Nguy%E1%BB%85n+Th%E1%BB%8B+Th%E1%BB%AD&estimated_age=7&sex=female";
    let (status, body) = query(&server, name, child).await;
    assert_eq!(
        status,
        StatusCode::BAD_REQUEST,
        "a purpose is asked: {body}"
    );
    let child = format!("{child}&purpose=check-report");
    let (status, body) = query(&server, name, &child).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(body["looked_over"], "all-communes");
    let hint = &body["items"][0];
    assert_eq!(hint["likeness"], "likely");
    assert_eq!(hint["case_id"], json!(case.0));
    assert_eq!(hint["holder"]["unit"], "19111");
    assert_eq!(hint["seen"], false);
    assert_eq!(hint.get("number"), None);
    let (status, _) = query(&server, "quan", &child).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    // Who sees the case is given its number; a misspelt field is refused.
    let (_, body) = query(&server, "lan", &child).await;
    assert!(body["items"][0]["number"].is_string(), "{body}");
    let (status, _) = query(&server, name, &format!("{child}&nam=x")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);

    for _ in 1..40 {
        query(&server, name, &child).await;
    }
    let (status, body) = query(&server, name, &child).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body["looked_over"], "own-cases");
    assert_eq!(body["items"], json!([]));
    let looks = hints(&server, &case).await;
    assert_eq!(
        looks,
        [
            r#"01 {"version":1,"purpose":"check-report"}"#,
            r#"19111 {"version":1,"purpose":"check-report"}"#
        ]
    );
}

#[tokio::test]
async fn a_wrong_version_shows_nothing_of_a_hidden_case() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    officer
        .record(&case, "add-note", &[("text", "Chỉ xã này được đọc")])
        .await;
    let (name, role, unit) = HOTLINE;
    server.account_as(name, role, unit).await;
    let signed_in: Value = server
        .sign_in_api(name, PASSWORD)
        .await
        .json()
        .await
        .unwrap();
    let report = json!({
        "type": "receive-report", "received_at": server.state.application.now(),
        "channel": "phone", "place_of_receipt": {"kind": "hotline", "unit": "01"},
        "child": {"name": "Nguyễn Thị Thử", "birth": {"date": "2014-05-17"}, "sex": "female"},
        "incident": {"unit": "19138", "description": "Trẻ gọi từ bến xe"},
        "suspected_harm": [{"form": "violence"}], "suspected_harmer": {"relation": "unknown"}
    });
    let path = format!("/api/v1/cases/{}/commands", case.0);
    let answer = server
        .request(reqwest::Method::POST, &path)
        .bearer_auth(signed_in["token"].as_str().unwrap())
        .json(
            &json!({"command_id": uuid::Uuid::from_u128(77), "expected_version": 1,
            "command": report}),
        )
        .send()
        .await
        .unwrap();
    let status = answer.status();
    let body: Value = answer.json().await.unwrap();
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(body["events"], json!(["ReportReceived"]));
    assert!(!body.to_string().contains("Chỉ xã này"), "{body}");
    // That it was taken told them of the case: a look.
    assert_eq!(hints(&server, &case).await.len(), 1);

    // Who receives no reports is told of no child.
    server.account_as("toaan", Role::CourtClerk, "44").await;
    let child = "name=Nguy%E1%BB%85n+Th%E1%BB%8B+Th%E1%BB%AD&purpose=check-report";
    let (status, _) = query(&server, "toaan", child).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}
