//! Units that end, and units that have no code yet.

use std::sync::Arc;

use domain::identity::Role;
use domain::time::Instant;
use domain::unit::Units;
use projections::Seen;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::application::Sender;

use crate::support::{Browser, PASSWORD, TestServer};

/// Nam Trạch became Lý Nam on 1 December 2024.
const OLD: &str = "19195";
const NEW: &str = "19198";

struct Program<'a> {
    server: &'a TestServer,
    token: String,
}

impl<'a> Program<'a> {
    async fn of(server: &'a TestServer, username: &str, role: Role, unit: &str) -> Self {
        server.account_as(username, role, unit).await;
        Self::signed_in(server, username).await
    }

    async fn signed_in(server: &'a TestServer, username: &str) -> Self {
        let session = server.sign_in_api(username, PASSWORD).await;
        let session: Value = session.json().await.unwrap();
        let token = session["token"].as_str().unwrap().to_owned();
        Self { server, token }
    }

    async fn get(&self, path: &str) -> Value {
        let request = self.server.get(&format!("/api/v1{path}"));
        let response = request.bearer_auth(&self.token).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.unwrap()
    }

    async fn send(&self, path: &str, command: Value) -> Value {
        let body =
            json!({ "command_id": self.server.state.application.ids.next(), "command": command });
        let request = self
            .server
            .request(Method::POST, &format!("/api/v1/cases{path}"));
        let request = request.bearer_auth(&self.token).json(&body);
        let response = request.send().await.unwrap();
        let status = response.status();
        let answer: Value = response.json().await.unwrap();
        assert!(status.is_success(), "{answer:#}");
        answer
    }
}

fn report(kind: &str, receipt: &str, commune: &str, at: &str) -> Value {
    json!({
        "type": "receive-report", "received_at": at, "channel": "phone",
        "place_of_receipt": {"kind": kind, "unit": receipt},
        "child": {"name": "Nguyễn Thị Thử", "sex": "female", "residence_unit": commune},
        "incident": {"unit": commune, "description": "Nghe tiếng trẻ bị đánh"},
        "suspected_harm": [{"form": "violence"}], "suspected_harmer": {"relation": "other"}
    })
}

fn assessment() -> Value {
    let level = json!({"level": "low", "note": ""});
    json!({
        "type": "record-initial-assessment", "harm": [level, level], "protection": [level, level],
        "grave": false, "carer_is_harmer": false, "conclusion": "Kết luận"
    })
}

fn at(text: &str) -> chrono::DateTime<chrono::Utc> {
    Instant::parse(text).unwrap().utc()
}

#[tokio::test]
async fn the_province_passes_the_cases_of_a_unit_that_ended_on() {
    let server = TestServer::start().await;
    server.clock.set(at("2024-11-28T09:30:00+07:00"));
    let old = Program::of(&server, "old", Role::CommuneOfficer, OLD).await;
    let mut cases = Vec::new();
    for _ in 0..3 {
        let told = report("commune", OLD, OLD, "2024-11-28T09:00:00+07:00");
        let made = old.send("", told).await;
        cases.push(made["case_id"].as_str().unwrap().to_owned());
    }
    server.clock.set(at("2024-12-02T09:30:00+07:00"));
    let new = Program::of(&server, "new", Role::CommuneOfficer, NEW).await;
    assert_eq!(new.get("/worklist").await["total"], 0);

    server
        .account_as("province", Role::ProvincialOfficer, "44")
        .await;
    let mut province = Browser::new(&server);
    province.sign_in("province", PASSWORD).await;
    let page = province.get("/succession").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("3 lượt chuyển") && page.text.contains("Xã Lý Nam"));
    // Old names still find.
    let by_new = province.get(&format!("/cases?unit={NEW}")).await;
    let by_old = province.get(&format!("/cases?unit={OLD}")).await;
    for page in [by_new, by_old] {
        assert!(page.text.contains(&format!("/cases/{}", cases[0])));
        assert!(page.text.contains("(nay: "), "{}", page.text);
    }

    // The worklist offers the communes that have ended where cases happened, then and now.
    let work = province.get("/worklist?whose=unit").await;
    let ended: Vec<&str> = work
        .text
        .split("<option")
        .skip(1)
        .filter_map(|one| one.split("</option>").next())
        .filter(|one| one.contains("(nay: "))
        .collect();
    assert_eq!(ended.len(), 1, "nothing happened elsewhere: {ended:?}");
    let id = ended[0].split('"').nth(1).unwrap();
    let narrowed = province
        .get(&format!("/worklist?whose=unit&commune={id}"))
        .await;
    assert!(narrowed.text.contains(&cases[0]), "{}", narrowed.text);

    // The system and the officer at the same time: each passes once.
    let application = &server.state.application;
    let today = application.now().date();
    let plan = application.succession_plan(Seen::All, today).await.unwrap();
    assert_eq!((plan.looked_at, plan.clear().count()), (3, 3));
    let row = &plan.rows[0];
    let to = row.due.clear().unwrap();
    assert!(application.pass_on(&Sender::System, row, to).await.unwrap());
    assert!(!application.pass_on(&Sender::System, row, to).await.unwrap());

    let confirm = province.get("/succession/confirm").await;
    assert!(
        confirm.text.contains("Chuyển 2 trường hợp"),
        "{}",
        confirm.text
    );
    let sent = province
        .post("/succession", &[("_token", &confirm.token())])
        .await;
    assert_eq!(
        (sent.status, sent.location()),
        (StatusCode::SEE_OTHER, "/succession")
    );
    let after = province.get("/succession").await;
    assert!(
        after.text.contains("Đã chuyển 2 trường hợp"),
        "{}",
        after.text
    );
    let again = application.carry_out(&Sender::System, &plan).await.unwrap();
    assert_eq!((again.done, again.before, again.refused.len()), (0, 3, 0));

    let work = new.get("/worklist").await;
    assert!(work["total"].as_i64().unwrap() >= 3, "{work:#}");
    // The session of November has ended long ago.
    let old = Program::signed_in(&server, "old").await;
    assert_eq!(old.get("/worklist").await["total"], 0);
    new.send(&format!("/{}/commands", cases[0]), assessment())
        .await;
    let events = new.get(&format!("/cases/{}/events", cases[0])).await;
    let passed = events["items"].as_array().unwrap().iter();
    let passed: Vec<_> = passed.filter(|e| e["type"] == "CompetencePassed").collect();
    assert_eq!(passed.len(), 1);

    // Nobody else has this page.
    let mut officer = Browser::new(&server);
    officer.sign_in("new", PASSWORD).await;
    assert_eq!(
        officer.get("/succession").await.status,
        StatusCode::FORBIDDEN
    );
    assert!(!officer.get("/worklist").await.text.contains("/succession"));
}

/// How many obligations a page of figures counts, and its text.
async fn opened(reader: &mut Browser<'_>, address: &str) -> (i64, String) {
    let page = reader.get(address).await;
    assert_eq!(page.status, StatusCode::OK);
    let (before, _) = page.text.split_once("<span>phát sinh</span>").unwrap();
    let (_, number) = before.rsplit_once("<strong>").unwrap();
    let number = number.split('<').next().unwrap().parse().unwrap();
    (number, page.text)
}

/// Where the link with these words leads.
fn link_of(page: &str, words: &str) -> String {
    let (before, _) = page.split_once(&format!("\">{words}</a>")).unwrap();
    let (_, address) = before.rsplit_once("href=\"").unwrap();
    address.replace("&#38;", "&")
}

#[tokio::test]
async fn the_successors_health_station_answers_on_its_pages_what_the_old_one_was_asked() {
    let server = TestServer::start().await;
    server.clock.set(at("2024-11-28T09:30:00+07:00"));
    let old = Program::of(&server, "old", Role::CommuneOfficer, OLD).await;
    let told = report("commune", OLD, OLD, "2024-11-28T09:00:00+07:00");
    let made = old.send("", told).await;
    let case = made["case_id"].as_str().unwrap();
    let refer = json!({
        "type": "refer", "referral_id": "r1", "reason": "Khám sức khỏe",
        "to_agency": {"kind": "health", "name": "Trạm Y tế", "unit": OLD}
    });
    old.send(&format!("/{case}/commands"), assessment()).await;
    old.send(&format!("/{case}/commands"), refer).await;

    server.clock.set(at("2024-12-02T09:30:00+07:00"));
    server.account_as("station", Role::HealthWorker, NEW).await;
    let mut station = Browser::new(&server);
    station.sign_in("station", PASSWORD).await;
    let address = format!("/cases/{case}/acts/accept-referral?item=r1");
    assert_eq!(station.get(&address).await.status, StatusCode::NOT_FOUND);
    let application = &server.state.application;
    let today = application.now().date();
    let plan = application.succession_plan(Seen::All, today).await.unwrap();
    let done = application.carry_out(&Sender::System, &plan).await.unwrap();
    assert_eq!(done.done, 1);

    let plan = station.get(&format!("/cases/{case}?tab=plan")).await;
    assert!(plan.text.contains("Khám sức khỏe"), "{}", plan.text);
    let form = station.get(&address).await;
    assert_eq!(form.hidden("referral_id"), "r1", "{}", form.text);
    let (token, id) = (form.token(), form.hidden("command_id"));
    let version = form.hidden("expected_version");
    let fields = [
        ("_token", token.as_str()),
        ("command_id", id.as_str()),
        ("expected_version", version.as_str()),
        ("referral_id", "r1"),
        ("_action", "submit"),
    ];
    let sent = station.post(&address, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let station = Program::signed_in(&server, "station").await;
    let events = station.get(&format!("/cases/{case}/events")).await;
    let events = events["items"].as_array().unwrap().iter();
    let types: Vec<_> = events
        .map(|event| event["type"].as_str().unwrap())
        .collect();
    assert!(types.contains(&"ReferralMade") && types.contains(&"ReferralAccepted"));
    // Those of other kinds of agency have no part in it.
    let school = Program::of(&server, "school", Role::EducationWorker, NEW).await;
    assert_eq!(school.get("/cases").await["items"], json!([]));
}

#[tokio::test]
async fn figures_of_a_unit_count_what_became_part_of_it_as_a_whole() {
    let server = TestServer::start().await;
    server.clock.set(at("2024-11-28T09:30:00+07:00"));
    let old = Program::of(&server, "old", Role::CommuneOfficer, OLD).await;
    old.send("", report("commune", OLD, OLD, "2024-11-28T09:00:00+07:00"))
        .await;
    server.clock.set(at("2025-07-02T09:30:00+07:00"));
    let province = Role::ProvincialOfficer;
    server.account_as("province", province, "44").await;
    let mut province = Browser::new(&server);
    province.sign_in("province", PASSWORD).await;
    let of = |unit: &str| format!("/responsibility?unit={unit}&from=2024-11-01&to=2025-07-02");
    let (old, page) = opened(&mut province, &of(OLD)).await;
    assert!(old > 0 && !page.contains("Tính cả các đơn vị cũ"));
    // Nam Trạch and Lý Trạch became Lý Nam, and that a part of Nam Trạch of today.
    let (new, page) = opened(&mut province, &of(NEW)).await;
    assert_eq!(new, old);
    assert!(page.contains("Tính cả các đơn vị cũ"), "{page}");
    let alone = link_of(&page, "Xã Nam Trạch (đến 30/11/2024)");
    assert_eq!(opened(&mut province, &alone).await.0, old);
}

#[tokio::test]
async fn figures_of_a_unit_leave_out_a_divided_one_that_had_its_code() {
    // Phú Thượng in Hà Nội was divided on 1 July 2025; a part is Phú Thượng of today, code 00091.
    let server = TestServer::start().await;
    server.clock.set(at("2025-06-27T09:30:00+07:00"));
    let old = Program::of(&server, "old", Role::CommuneOfficer, "00091").await;
    let told = report("commune", "00091", "00091", "2025-06-27T09:00:00+07:00");
    let made = old.send("", told).await;
    let path = format!("/{}/commands", made["case_id"].as_str().unwrap());
    old.send(&path, assessment()).await;
    server.clock.set(at("2025-07-02T09:30:00+07:00"));
    let province = Role::ProvincialOfficer;
    server.account_as("province", province, "01").await;
    let mut province = Browser::new(&server);
    province.sign_in("province", PASSWORD).await;
    let today = "/responsibility?unit=00091&from=2025-06-01&to=2025-07-02";
    let (new, page) = opened(&mut province, today).await;
    assert!(
        page.contains("Không tính các đơn vị cũ chỉ có một phần"),
        "{page}"
    );
    let alone = link_of(&page, "Phường Phú Thượng (đến 30/06/2025)");
    let (old, page) = opened(&mut province, &alone).await;
    assert!(
        !page.contains("Không tính các đơn vị cũ chỉ có một phần"),
        "{page}"
    );
    // What was done before is the divided unit's; what is open waits for a choice.
    assert!(old > 0, "{page}");
    let whole = "/responsibility?from=2025-06-01&to=2025-07-02";
    assert_eq!(opened(&mut province, whole).await.0, old + new);
}

#[tokio::test]
async fn of_a_divided_unit_the_province_chooses_the_part() {
    // Cống Vị in Hà Nội was divided on 1 July 2025.
    let server = TestServer::start().await;
    server.clock.set(at("2025-06-27T09:30:00+07:00"));
    let old = Program::of(&server, "old", Role::CommuneOfficer, "00007").await;
    let told = report("commune", "00007", "00007", "2025-06-27T09:00:00+07:00");
    let made = old.send("", told).await;
    let case = made["case_id"].as_str().unwrap();
    server.clock.set(at("2025-07-02T09:30:00+07:00"));
    server
        .account_as("province", Role::ProvincialOfficer, "01")
        .await;
    let mut province = Browser::new(&server);
    province.sign_in("province", PASSWORD).await;
    let page = province.get("/succession").await;
    assert!(page.text.contains("Phường Giảng Võ") && page.text.contains("Phường Ngọc Hà"));
    assert!(!page.text.contains("/succession/confirm"));
    let part = Units::shipped()
        .find("00025", "2025-07-02".parse().unwrap())
        .unwrap();
    let (token, from) = (page.token(), page.hidden("from"));
    let mut fields = vec![("_token", token.as_str()), ("case", case), ("from", &from)];
    province.post("/succession/choose", &fields).await;
    let page = province.get("/succession").await;
    assert!(page.text.contains("Chưa chọn đơn vị"), "{}", page.text);
    fields.push(("to", &part.id));
    province.post("/succession/choose", &fields).await;
    let page = province.get("/succession").await;
    assert!(page.text.contains("sang Phường Giảng Võ"), "{}", page.text);
    let shown = province.get(&format!("/cases/{case}")).await;
    assert!(shown.text.contains("nay chia về"), "{}", shown.text);
}

#[tokio::test]
async fn nothing_is_blocked_for_a_unit_without_a_code() {
    let additions = r#"
        [[unit]]
        id = "chua-co-ma-1"
        name = "Xã Chưa Có Mã"
        level = "commune"
        parent = "455"
        from = "2024-01-15"
    "#;
    let units = Units::shipped().with_additions(additions).unwrap();
    const UNIT: &str = "chua-co-ma-1";
    let server = TestServer::start_about(&Arc::new(units)).await;
    let hotline = Program::of(&server, "hotline", Role::HotlineOperator, "44").await;
    let officer = Program::of(&server, "officer", Role::CommuneOfficer, UNIT).await;

    let told = report("hotline", "44", UNIT, "2024-02-21T16:00:00+07:00");
    let made = hotline.send("", told).await;
    let case = format!("/{}", made["case_id"].as_str().unwrap());
    let commands = format!("{case}/commands");
    let forward = json!({"type": "forward-report", "to_unit": UNIT});
    hotline.send(&commands, forward).await;
    let work = officer.get("/worklist").await;
    assert!(work["total"].as_i64().unwrap() > 0, "{work:#}");
    officer
        .send(&commands, json!({"type": "acknowledge-report"}))
        .await;
    officer.send(&commands, assessment()).await;
    let state = officer.get(&format!("/cases{case}")).await;
    assert!(state.to_string().contains(UNIT), "{state:#}");

    // The pages show its name, and the form takes it by name.
    let mut browser = Browser::new(&server);
    browser.sign_in("officer", PASSWORD).await;
    let page = browser.get(&format!("/cases{case}")).await;
    assert!(page.text.contains("Chưa Có Mã"), "{}", page.text);
    let today = "2024-02-21".parse().unwrap();
    let found = server.state.units.on(today).find("xa chua co ma");
    assert!(matches!(found, server::units::Found::One(unit) if unit.code == UNIT));
    server
        .account_as("province", Role::ProvincialOfficer, "44")
        .await;
    let mut province = Browser::new(&server);
    province.sign_in("province", PASSWORD).await;
    let page = province.get(&format!("/cases?unit={UNIT}")).await;
    assert!(
        page.text.contains(&format!("/cases{case}")),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn two_servers_of_one_process_work_with_units_of_their_own() {
    const UNIT: &str = "moi-lap-1";
    let additions = r#"
        [[unit]]
        id = "moi-lap-1"
        name = "Xã Mới Lập"
        level = "commune"
        parent = "455"
        from = "2024-01-15"
    "#;
    let more = Arc::new(Units::shipped().with_additions(additions).unwrap());
    let (knows, plain) = tokio::join!(TestServer::start_about(&more), TestServer::start());
    let told = || report("hotline", "44", UNIT, "2024-02-21T16:00:00+07:00");

    let hotline = Program::of(&knows, "hotline", Role::HotlineOperator, "44").await;
    let made = hotline.send("", told()).await;
    let mut browser = Browser::new(&knows);
    browser.sign_in("hotline", PASSWORD).await;
    let case = format!("/cases/{}", made["case_id"].as_str().unwrap());
    let page = browser.get(&case).await;
    assert!(page.text.contains("Xã Mới Lập"), "{}", page.text);

    let hotline = Program::of(&plain, "hotline", Role::HotlineOperator, "44").await;
    let command = json!({ "command_id": plain.state.application.ids.next(), "command": told() });
    let request = plain.request(Method::POST, "/api/v1/cases").json(&command);
    let refused = request.bearer_auth(&hotline.token).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let refused: Value = refused.json().await.unwrap();
    assert!(refused.to_string().contains("unknown-unit"), "{refused:#}");

    // What people type is looked for among the units of each, too.
    let today = "2024-02-21".parse().unwrap();
    let found = knows.state.units.on(today).find("xa moi lap");
    assert!(matches!(found, server::units::Found::One(unit) if unit.code == UNIT));
    assert!(plain.state.units.on(today).with_code(UNIT).is_none());
}
