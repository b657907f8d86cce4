//! The forms of a case through real HTTP: the whole path, refusals, conflicts, drafts, duplicates.

use chrono::Duration;
use domain::identity::Role;
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Browser, PASSWORD, Page, TestServer};

/// Somebody at work.
pub struct Worker<'a> {
    pub server: &'a TestServer,
    pub browser: Browser<'a>,
}

impl<'a> Worker<'a> {
    pub async fn new(server: &'a TestServer, name: &str, role: Role, unit: &str) -> Self {
        server.account_as(name, role, unit).await;
        let mut browser = Browser::new(server);
        browser.sign_in(name, PASSWORD).await;
        Self { server, browser }
    }

    pub async fn officer(server: &'a TestServer) -> Self {
        Self::new(server, "lan", Role::CommuneOfficer, "19111").await
    }

    pub async fn chair(server: &'a TestServer) -> Self {
        Self::new(server, "minh", Role::CommuneChair, "19111").await
    }

    /// Sends the form `form` that was shown at `address`.
    pub async fn send(
        &mut self,
        address: &str,
        form: &Page,
        action: &str,
        typed: &[(&str, &str)],
    ) -> Page {
        let (token, id) = (form.token(), form.hidden("command_id"));
        let version = form.hidden("expected_version");
        let mut fields = vec![
            ("_token", token.as_str()),
            ("command_id", id.as_str()),
            ("expected_version", version.as_str()),
            ("_action", action),
        ];
        fields.extend(typed);
        self.browser.post(address, &fields).await
    }

    /// Opens the form, fills it in and sends it.
    pub async fn fill(&mut self, address: &str, typed: &[(&str, &str)]) -> Page {
        let form = self.browser.get(address).await;
        assert_eq!(form.status, StatusCode::OK, "{address}: {}", form.text);
        assert!(form.text.contains("command_id"), "{address}: {}", form.text);
        self.send(address, &form, "submit", typed).await
    }

    /// The same, and it must be recorded.
    pub async fn record(&mut self, case: &Case, act: &str, typed: &[(&str, &str)]) {
        self.server.clock.advance(Duration::minutes(5));
        let address = format!("/cases/{}/acts/{act}", case.0);
        let answer = self.fill(&address, typed).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{act}: {}",
            answer.text
        );
        assert_eq!(answer.location(), format!("/cases/{}", case.0), "{act}");
    }
}

pub struct Case(pub Uuid);

impl Case {
    pub async fn received(worker: &mut Worker<'_>, name: &str) -> Self {
        let typed = report(name);
        let answer = worker.fill("/reports/new", &typed).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        Self::at(&answer)
    }

    pub fn at(answer: &Page) -> Self {
        let id = answer.location().strip_prefix("/cases/").unwrap();
        Self(id.parse().unwrap())
    }

    pub async fn events(&self, server: &TestServer) -> Vec<String> {
        let stream = eventstore::StreamId::new(projections::CASE, self.0);
        let events = server.state.application.store.load_stream(stream).await;
        let events = events.unwrap();
        events.iter().map(|e| e.event_type.to_string()).collect()
    }

    /// What the last event says, both parts in one.
    pub async fn last(&self, server: &TestServer) -> (Value, Value) {
        let case = projections::load_case(
            &server.state.application.store,
            self.0,
            domain::unit::Units::shipped(),
        )
        .await;
        let case = case.unwrap().unwrap();
        let (facts, personal) = domain::case::payload(&case.history().last().unwrap().event);
        (facts, personal.unwrap_or_default())
    }
}

pub fn report(name: &str) -> Vec<(&str, &str)> {
    vec![
        ("channel", "in-person"),
        ("received_at.choice", "now"),
        ("received_at.now", "2024-02-21T16:40:00+07:00"),
        ("incident.unit", "19111"),
        ("incident.description", "Hàng xóm nghe tiếng trẻ bị đánh"),
        ("suspected_harm", "violence"),
        ("suspected_harmer.relation", "unknown"),
        ("child.name", name),
        ("child.sex", "female"),
        ("child.birth.date.day", "17"),
        ("child.birth.date.month", "5"),
        ("child.birth.date.year", "2014"),
    ]
}

pub fn table<'a>(name: &'a str, rows: usize, level: &'a str) -> Vec<(String, &'a str)> {
    (0..rows)
        .map(|row| (format!("{name}[{row}].level"), level))
        .collect()
}

pub fn borrowed<'a>(
    owned: &'a [(String, &'a str)],
    more: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut all: Vec<_> = owned.iter().map(|(n, v)| (n.as_str(), *v)).collect();
    all.extend(more);
    all
}

pub async fn assess(worker: &mut Worker<'_>, case: &Case, more: &[(&str, &str)]) {
    let mut rows = table("harm", 2, "medium");
    rows.extend(table("protection", 2, "low"));
    let mut all = borrowed(
        &rows,
        &[("conclusion", "Cần theo dõi"), ("harm[0].note", "Bầm tím")],
    );
    for question in ["grave", "carer_is_harmer", "separation_needed"] {
        if !more.iter().any(|(name, _)| *name == question) {
            all.push((question, "no"));
        }
    }
    all.extend(more);
    worker.record(case, "record-initial-assessment", &all).await;
}

/// Form 03 and the minutes, without which no plan is submitted.
pub async fn dossier(officer: &mut Worker<'_>, chair: &mut Worker<'_>, case: &Case) {
    let mut rows = table("harm", 5, "medium");
    rows.extend(table("protection", 5, "low"));
    let detail = [
        ("content.g", "Muốn ở với bà"),
        ("conclusion", "Cần kế hoạch"),
        ("danger_now", "no"),
    ];
    let detail = borrowed(&rows, &detail);
    officer
        .record(case, "record-detailed-assessment", &detail)
        .await;
    let met = [
        ("participants", "Chủ tịch\nTrưởng thôn"),
        ("measures", "49.b"),
        ("minutes", "Biên bản"),
    ];
    chair.record(case, "hold-case-meeting", &met).await;
}

const PLAN: [(&str, &str); 12] = [
    ("goals", "An toàn"),
    ("items.count", "1"),
    ("items[0].id", "0190163d-8694-739b-aea5-966c26f8ad91"),
    ("items[0].service", "Khám sức khỏe"),
    ("items[0].measure", "50.a"),
    ("items[0].responsible", "Trạm y tế"),
    ("items[0].start.day", "22"),
    ("items[0].start.month", "2"),
    ("items[0].start.year", "2024"),
    ("items[0].end.day", "1"),
    ("items[0].end.month", "3"),
    ("items[0].cost", "1.500.000"),
];

pub fn plan(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut plan = PLAN.to_vec();
    plan.push(("items[0].end.year", "2024"));
    plan.extend(more);
    plan
}

pub const ITEM: &str = "0190163d-8694-739b-aea5-966c26f8ad91";

#[tokio::test]
async fn a_case_goes_from_report_to_archive_through_the_forms() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;

    let found = [("outcome", "confirmed"), ("findings", "Đã gặp gia đình")];
    officer.record(&case, "record-verification", &found).await;
    assess(&mut officer, &case, &[("grave", "yes")]).await;
    let (facts, personal) = case.last(&server).await;
    assert_eq!(facts["grave"], true);
    assert_eq!(facts["carer_is_harmer"], false);
    assert_eq!(personal["harm_notes"][0], "Bầm tím");

    let done = [
        ("applied_at.choice", "now"),
        ("applied_at.now", "2024-02-21T16:50:00+07:00"),
        ("measures", "safe-place"),
        ("measures", "medical-care"),
        ("other_measures", "Đưa đến nhà bà ngoại"),
        ("agencies", "police"),
    ];
    officer
        .record(&case, "apply-emergency-measure", &done)
        .await;
    let (facts, personal) = case.last(&server).await;
    assert_eq!(facts["measures"], json!(["safe-place", "medical-care"]));
    assert_eq!(personal["measures"], json!(["Đưa đến nhà bà ngoại"]));

    let mut rows = table("harm", 5, "medium");
    rows.extend(table("protection", 5, "low"));
    let detail = [
        ("content.a", "Khỏe"),
        ("content.g", "Muốn ở với bà"),
        ("content.h", "Sẵn sàng hợp tác"),
        ("conclusion", "Cần kế hoạch"),
        ("danger_now", "no"),
    ];
    let detail = borrowed(&rows, &detail);
    officer
        .record(&case, "record-detailed-assessment", &detail)
        .await;
    let (facts, personal) = case.last(&server).await;
    assert_eq!(facts["carer_asked"], true);
    assert_eq!(personal["content"]["g"], "Muốn ở với bà");

    let met = [
        ("participants", "Chủ tịch\nTrưởng thôn"),
        ("measures", "49.b"),
        ("minutes", "Biên bản"),
    ];
    chair.record(&case, "hold-case-meeting", &met).await;
    officer.record(&case, "submit-plan", &plan(&[])).await;
    let back = [("reason", "Thiếu việc tư vấn")];
    chair.record(&case, "return-plan", &back).await;
    let address = format!("/cases/{}/acts/submit-plan", case.0);
    let again = officer.browser.get(&address).await;
    assert!(again.text.contains("Khám sức khỏe") && again.text.contains("Thiếu việc tư vấn"));
    officer.record(&case, "submit-plan", &plan(&[])).await;
    let address = format!("/cases/{}/acts/approve-plan", case.0);
    let shown = chair.browser.get(&address).await;
    assert!(shown.text.contains("Khám sức khỏe") && shown.text.contains("1.500.000 đồng"));
    let decided = [("decision_number", "12/QĐ-UBND")];
    chair.record(&case, "approve-plan", &decided).await;

    let item = format!("record-service-progress?item={ITEM}");
    let going = [("item_id", ITEM), ("note", "Đã khám lần một")];
    officer.record(&case, &item, &going).await;
    let start = [("item_id", ITEM), ("note", "")];
    officer.record(&case, "complete-service", &start).await;
    let visit = [
        ("visited_at.choice", "now"),
        ("visited_at.now", "2024-02-21T17:20:00+07:00"),
        ("place", "Nhà bà ngoại"),
        ("child_seen", "yes"),
        ("danger_now", "no"),
    ];
    officer.record(&case, "record-visit", &visit).await;
    let mut rows = table("harm", 3, "low");
    rows.extend(table("protection", 3, "high"));
    let review = [
        ("no_longer_at_risk", "yes"),
        ("stable", "yes"),
        ("conclusion", "Đề nghị kết thúc"),
    ];
    officer
        .record(&case, "review-plan", &borrowed(&rows, &review))
        .await;
    chair
        .record(&case, "close-case", &[("reason", "safe-and-stable")])
        .await;
    let kept = [("archive_number", "HS-01"), ("in_national_database", "1")];
    officer.record(&case, "archive-case", &kept).await;
    assert_eq!(
        case.events(&server).await,
        [
            "ReportReceived",
            "ReportVerified",
            "InitialAssessmentRecorded",
            "EmergencyMeasureApplied",
            "DetailedAssessmentRecorded",
            "CaseMeetingHeld",
            "PlanSubmitted",
            "PlanReturned",
            "PlanSubmitted",
            "PlanApproved",
            "ServiceProgressed",
            "ServiceCompleted",
            "VisitRecorded",
            "PlanReviewed",
            "CaseClosed",
            "CaseArchived",
        ]
    );
    officer
        .record(&case, "reopen-case", &[("reason", "Có dấu hiệu mới")])
        .await;
}

#[tokio::test]
async fn the_rarer_acts_have_forms_that_record() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    assess(
        &mut officer,
        &case,
        &[("carer_is_harmer", "yes"), ("separation_needed", "yes")],
    )
    .await;

    let order = [
        ("ground", "harmed-by-carer"),
        ("address", "Nhà bà ngoại, thôn Đông"),
        ("decision_number", "21/QĐ-UBND"),
        ("from.day", "21"),
        ("from.month", "2"),
        ("from.year", "2024"),
        ("until.day", "28"),
        ("until.month", "2"),
        ("until.year", "2024"),
        ("placement", "relative"),
    ];
    chair.record(&case, "order-separation", &order).await;
    let (facts, personal) = case.last(&server).await;
    assert_eq!(personal["address"], "Nhà bà ngoại, thôn Đông");
    assert_eq!(facts["from"], "2024-02-21");
    let extend = [
        ("until.day", "3"),
        ("until.month", "3"),
        ("until.year", "2024"),
    ];
    chair.record(&case, "extend-separation", &extend).await;
    let ask = [("request", "continue-separation")];
    chair.record(&case, "request-court-order", &ask).await;
    let court = [("decision", "refused"), ("decision_number", "05/QĐ-TA")];
    officer.record(&case, "record-court-decision", &court).await;
    let lifted = [("placement", "parents"), ("reason", "Gia đình an toàn")];
    chair.record(&case, "lift-separation", &lifted).await;
    dossier(&mut officer, &mut chair, &case).await;

    officer.record(&case, "submit-plan", &plan(&[])).await;
    chair
        .record(&case, "approve-plan", &[("decision_number", "12/QĐ-UBND")])
        .await;
    let adjust = plan(&[("decision_number", "14/QĐ-UBND"), ("occurred_at.day", "")]);
    let address = format!("/cases/{}/acts/adjust-plan", case.0);
    let form = chair.browser.get(&address).await;
    assert!(
        form.text.contains("value=\"Khám sức khỏe\""),
        "items stand there"
    );
    assert!(form.text.contains("<option value=\"50.a\" selected>"));
    chair.record(&case, "adjust-plan", &adjust).await;
    let on_item = [("item_id", ITEM)];
    officer.record(&case, "start-service", &on_item).await;

    let address = format!("/cases/{}/acts/refer?item={ITEM}", case.0);
    let form = officer.browser.get(&address).await;
    let referral = form.hidden("referral_id");
    let refer = [
        ("referral_id", referral.as_str()),
        ("item_id", ITEM),
        ("to_agency.kind", "health"),
        ("to_agency.name", "Trạm y tế"),
        ("to_agency.unit", "19111"),
        ("reason", "Tư vấn tâm lý"),
        ("respond_by.day", "25"),
        ("respond_by.month", "3"),
        ("respond_by.year", "2024"),
    ];
    officer
        .record(&case, &format!("refer?item={ITEM}"), &refer)
        .await;
    let answer = [("referral_id", referral.as_str())];
    officer.record(&case, "accept-referral", &answer).await;
    officer
        .record(
            &case,
            &format!("complete-referral?item={referral}"),
            &answer,
        )
        .await;
    let fail = [("item_id", ITEM), ("note", "Gia đình chuyển đi")];
    officer.record(&case, "fail-service", &fail).await;
    let (_, personal) = case.last(&server).await;
    assert_eq!(personal["note"], "Gia đình chuyển đi");

    let lan = server
        .account_as("hoa", Role::CommuneOfficer, "19111")
        .await
        .id
        .to_string();
    chair
        .record(&case, "assign-officer", &[("officer", &lan)])
        .await;
    let relieve = format!("commune-officer {lan}");
    chair
        .record(&case, "relieve-officer", &[("officer", &relieve)])
        .await;
    officer
        .record(&case, "add-note", &[("text", "Đã gọi điện")])
        .await;
    let hash = "0".repeat(64);
    let document = [
        ("name", "anh.jpg"),
        ("media_type", "image/jpeg"),
        ("size", "1234"),
        ("sha256", hash.as_str()),
    ];
    officer.record(&case, "attach-document", &document).await;
    let shown = officer
        .browser
        .get(&format!("/cases/{}?tab=timeline", case.0))
        .await;
    assert!(shown.text.contains("Tên tài liệu"), "{}", shown.text);

    let stream = eventstore::StreamId::new(projections::CASE, case.0);
    let events = server
        .state
        .application
        .store
        .load_stream(stream)
        .await
        .unwrap();
    let first = events[0].event_id.to_string();
    let act = format!("correct?event={first}&path=/child/name");
    let shown = officer
        .browser
        .get(&format!("/cases/{}/acts/{act}", case.0))
        .await;
    assert!(
        shown.text.contains("value=\"Nguyễn Thị Thử\""),
        "{}",
        shown.text
    );
    let right = [
        ("event_id", first.as_str()),
        ("path", "/child/name"),
        ("value", "Nguyễn Thị Thư"),
        ("reason", "Nghe nhầm"),
    ];
    officer.record(&case, &act, &right).await;
    let unknown = format!(
        "/cases/{}/acts/correct?event={}&path=/x",
        case.0,
        Uuid::nil()
    );
    assert_eq!(
        officer.browser.get(&unknown).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_refusal_keeps_what_was_typed_and_leads_to_the_field() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let address = format!("/cases/{}/acts/order-separation", case.0);
    let order = [
        ("ground", "harmed-by-carer"),
        ("from.day", "21"),
        ("from.month", "2"),
        ("from.year", "2024"),
        ("until.day", "30"),
        ("until.month", "3"),
        ("until.year", "2024"),
        ("note", "Trẻ ở với bà"),
    ];
    let refused = chair.fill(&address, &order).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "<title>Lỗi: ",
        "<a href=\"#f-until\">",
        "Tổng thời gian tạm thời cách ly không quá 15 ngày",
        "Điều 32 khoản 3",
        "Trẻ ở với bà</textarea>",
        "value=\"30\"",
        "value=\"harmed-by-carer\" checked",
    ] {
        assert!(refused.text.contains(part), "{part}:\n{}", refused.text);
    }
    // What happened at another time lies behind its question, and is open where it is wrong.
    let early = [
        ("text", "Đã gọi"),
        ("occurred_at.day", "1"),
        ("occurred_at.month", "1"),
        ("occurred_at.year", "2024"),
        ("occurred_at.time", "8h"),
    ];
    let address = format!("/cases/{}/acts/add-note", case.0);
    let refused = officer.fill(&address, &early).await;
    assert!(refused.text.contains("<a href=\"#f-occurred-at\">"));
    assert!(refused.text.contains("form-more\" open"));
    let bad = [
        ("text", "x".repeat(5001)),
        ("occurred_at.day", "31".to_owned()),
    ];
    let bad: Vec<_> = bad.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let mut bad = bad;
    bad.extend([("occurred_at.month", "2"), ("occurred_at.year", "2024")]);
    let refused = officer.fill(&address, &bad).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("#f-text") && refused.text.contains("#f-occurred-at"));
    assert_eq!(case.events(&server).await.len(), 1);
    officer
        .record(&case, "add-note", &[("text", "Có\u{0} NUL")])
        .await;
    assert_eq!(case.last(&server).await.1["text"], "Có NUL");
}

#[tokio::test]
async fn who_may_not_is_told_before_typing_and_who_may_not_know_is_told_nothing() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let page = officer
        .browser
        .get(&format!("/cases/{}/acts/approve-plan", case.0))
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.text.contains("Hãy trình Chủ tịch") && !page.text.contains("command_id"));
    let page = officer
        .browser
        .get(&format!("/cases/{}/acts/submit-plan", case.0))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Hãy ghi Mẫu số 02 trước") && !page.text.contains("command_id"));
    let page = officer
        .browser
        .get(&format!("/cases/{}/acts/dance", case.0))
        .await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);

    let mut other = Worker::new(&server, "xa", Role::CommuneOfficer, "19138").await;
    for act in ["add-note", "approve-plan"] {
        let page = other
            .browser
            .get(&format!("/cases/{}/acts/{act}", case.0))
            .await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
    }
    let mut inspector = Worker::new(&server, "tra", Role::Inspector, "44").await;
    assert_eq!(
        inspector.browser.get("/reports/new").await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn closing_offers_only_what_the_case_allows() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let page = chair
        .browser
        .get(&format!("/cases/{}/acts/close-case", case.0))
        .await;
    assert!(
        page.text.contains("value=\"safe-and-stable\" disabled"),
        "{}",
        page.text
    );
    assert!(page.text.contains("trẻ chưa đủ 16 tuổi"));
    let died = page.text.split("value=\"died\"").nth(1).unwrap();
    assert!(!died.split('>').next().unwrap().contains("disabled"));
}

#[tokio::test]
async fn where_the_carer_harms_their_views_are_not_asked() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    assess(&mut officer, &case, &[("carer_is_harmer", "yes")]).await;
    let page = officer
        .browser
        .get(&format!(
            "/cases/{}/acts/record-detailed-assessment",
            case.0
        ))
        .await;
    assert!(page.text.contains("Không hỏi ý kiến cha, mẹ"));
    assert!(!page.text.contains("name=\"content.h\""));
}

#[tokio::test]
async fn a_conflict_shows_both_and_loses_nothing() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let address = format!("/cases/{}/acts/add-note", case.0);
    let form = officer.browser.get(&address).await;
    chair
        .record(&case, "add-note", &[("text", "Chủ tịch đã gọi điện")])
        .await;

    let mine = [("text", "Tôi đã đến nhà <b>")];
    let conflict = officer.send(&address, &form, "submit", &mine).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    for part in [
        "Chủ tịch đã gọi điện",
        "Tôi đã đến nhà &#60;b&#62;",
        "Giữ phần của tôi và ghi",
        "Bỏ phần của tôi",
    ] {
        assert!(conflict.text.contains(part), "{part}:\n{}", conflict.text);
    }
    assert_eq!(conflict.hidden("command_id"), form.hidden("command_id"));
    assert_eq!(conflict.hidden("expected_version"), "2");

    let look = officer.send(&address, &conflict, "look-again", &mine).await;
    assert!(look.text.contains("Tôi đã đến nhà &#60;b&#62;</textarea>"));
    let kept = officer.send(&address, &conflict, "submit", &mine).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    assert_eq!(case.events(&server).await.len(), 3);

    // Another time they drop it.
    let form = officer.browser.get(&address).await;
    assert!(!form.text.contains("Tôi đã đến nhà"), "the draft is gone");
    chair
        .record(&case, "add-note", &[("text", "Lần nữa")])
        .await;
    let conflict = officer.send(&address, &form, "submit", &mine).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    assert!(
        officer
            .browser
            .get(&address)
            .await
            .text
            .contains("Tôi đã đến nhà"),
        "kept as a draft"
    );
    let dropped = officer.send(&address, &conflict, "give-up", &mine).await;
    assert_eq!(dropped.location(), format!("/cases/{}", case.0));
    assert!(
        !officer
            .browser
            .get(&address)
            .await
            .text
            .contains("Tôi đã đến nhà")
    );
    assert_eq!(case.events(&server).await.len(), 4);
}

#[tokio::test]
async fn sending_twice_is_harmless_and_what_was_recorded_is_said_once() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let address = format!("/cases/{}/acts/record-verification", case.0);
    let page = officer.browser.get(&format!("/cases/{}", case.0)).await;
    assert!(
        page.text.contains("Đã ghi nhận thông tin.")
            && page.text.contains("Việc tiếp theo của anh/chị")
    );
    let form = officer.browser.get(&address).await;
    assert!(!form.text.contains("Đã ghi nhận thông tin."));
    let typed = [("outcome", "unclear"), ("findings", "Chưa gặp được")];
    for _ in 0..2 {
        let sent = officer.send(&address, &form, "submit", &typed).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    }
    assert_eq!(case.events(&server).await.len(), 2);
    let other = [("outcome", "confirmed"), ("findings", "Đã gặp")];
    let reused = officer.send(&address, &form, "submit", &other).await;
    assert_eq!(reused.status, StatusCode::CONFLICT);
    assert!(
        reused.text.contains("đã được ghi một lần") && reused.text.contains("Đã gặp</textarea>")
    );
    assert_ne!(reused.hidden("command_id"), form.hidden("command_id"));
    let next = officer.browser.get(&address).await;
    assert!(next.text.contains("Đã ghi kết quả kiểm tra tính xác thực."));
    assert!(
        !officer
            .browser
            .get(&address)
            .await
            .text
            .contains("Đã ghi kết quả kiểm tra tính xác thực.")
    );
}

#[tokio::test]
async fn a_draft_belongs_to_one_act_on_one_thing() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let address = format!("/cases/{}/acts/add-note", case.0);
    let form = officer.browser.get(&address).await;
    let draft = format!("data-draft=\"/drafts/{}/add-note\"", case.0);
    assert!(form.text.contains(&draft));
    officer
        .send(&address, &form, "save-draft", &[("text", "Dở dang")])
        .await;
    assert!(
        officer
            .browser
            .get(&address)
            .await
            .text
            .contains("Dở dang</textarea>")
    );
    officer.record(&case, "add-note", &[("text", "Xong")]).await;
    assert!(!officer.browser.get(&address).await.text.contains("Dở dang"));
}

#[tokio::test]
async fn a_likely_case_of_the_same_child_is_shown_before_another_is_made() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let form = officer.browser.get("/reports/new").await;
    let typed = report("Nguyen Thi Thu");
    let stop = officer.send("/reports/new", &form, "submit", &typed).await;
    assert_eq!(stop.status, StatusCode::OK);
    let join = format!("join:{}", case.0);
    assert!(
        stop.text.contains(&join) && stop.text.contains("Nguyễn T. T."),
        "{}",
        stop.text
    );
    assert_eq!(stop.hidden("child.name"), "Nguyen Thi Thu");
    let back = officer
        .send("/reports/new", &stop, "look-again", &typed)
        .await;
    assert!(back.text.contains("value=\"Nguyen Thi Thu\""));

    let joined = officer.send("/reports/new", &stop, &join, &typed).await;
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

    let form = officer.browser.get("/reports/new").await;
    let other = officer.send("/reports/new", &form, "anyway", &typed).await;
    assert_ne!(Case::at(&other).0, case.0);
    let twice = officer.send("/reports/new", &form, "submit", &typed).await;
    assert_eq!(twice.location(), other.location(), "sent twice");
}

#[tokio::test]
async fn the_hotline_passes_danger_on_at_once() {
    let server = TestServer::start_with_units().await;
    let mut hotline = Worker::new(&server, "tong", Role::HotlineOperator, "44").await;
    let form = hotline.browser.get("/reports/new").await;
    assert!(form.text.contains("value=\"phone\" checked"));
    assert!(form.text.len() < 60_000, "{} bytes", form.text.len());
    let silent = |name| {
        let mut typed = report(name);
        typed.push(("informant.phone.unknown", "1"));
        typed
    };
    let sent = hotline
        .send("/reports/new", &form, "urgent", &silent("Trần Văn Bình"))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let case = Case::at(&sent);
    assert_eq!(
        case.events(&server).await,
        ["ReportReceived", "ReportForwarded"]
    );
    hotline
        .send("/reports/new", &form, "urgent", &silent("Trần Văn Bình"))
        .await;
    assert_eq!(case.events(&server).await.len(), 2);

    let mut officer = Worker::officer(&server).await;
    officer.record(&case, "acknowledge-report", &[]).await;

    let plain = hotline.fill("/reports/new", &silent("Lê Thị Chi")).await;
    let case = Case::at(&plain);
    hotline
        .record(&case, "forward-report", &[("to_unit", "19111")])
        .await;
    assert_eq!(
        case.events(&server).await,
        ["ReportReceived", "ReportForwarded"]
    );
}

#[tokio::test]
async fn who_told_stands_in_the_report_only_with_consent() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut typed = report("Nguyễn Thị Thử");
    typed.push(("informant.name", "Bà Sáu"));
    typed.push(("child.birth.estimated_age", "9"));
    let refused = officer.fill("/reports/new", &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("#f-informant-consent"));
    assert!(refused.text.contains("#f-child-birth-estimated-age"));
    typed.retain(|(name, _)| *name != "child.birth.estimated_age");
    typed.push(("informant.consent", "1"));
    let made = officer.fill("/reports/new", &typed).await;
    let (_, personal) = Case::at(&made).last(&server).await;
    assert_eq!(personal["informant"]["name"], "Bà Sáu");
}

#[tokio::test]
async fn a_database_that_is_gone_loses_nothing_that_was_typed() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    let address = format!("/cases/{}/acts/add-note", case.0);
    let form = officer.browser.get(&address).await;
    server.state.database.close().await;
    let kept = officer
        .send(&address, &form, "submit", &[("text", "Đã gặp \"cháu\"")])
        .await;
    assert_eq!(kept.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(kept.text.contains("Không có gì bị mất"), "{}", kept.text);
    assert!(
        kept.text
            .contains(&format!("<form method=\"post\" action=\"{address}\">"))
    );
    assert_eq!(kept.hidden("text"), "Đã gặp \"cháu\"");
    let token = format!("name=\"_token\" value=\"{}\"", form.token());
    assert!(kept.text.contains(&token), "the form keeps its own token");
    for same in ["command_id", "expected_version"] {
        assert_eq!(kept.hidden(same), form.hidden(same), "{same}");
    }
}
