//! The reading pages over a case that is driven through commands: worklist, case list, case page.

use domain::identity::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::access::{Account, account};
use server::clock::Clock;
use server::ids::{Ids, RandomIds};
use server::language::Language;

use crate::support::{Browser, PASSWORD, Page, TestServer};

/// A server with an account for each role that reads.
struct World {
    server: TestServer,
}

/// Who acts in a test: name to sign in with, role and unit.
const PEOPLE: [(&str, Role, &str); 5] = [
    ("lan", Role::CommuneOfficer, "19111"),
    ("duc", Role::CommuneChair, "19111"),
    ("xa", Role::CommuneOfficer, "19114"),
    ("thanhtra", Role::Inspector, "44"),
    ("quantri", Role::Administrator, "44"),
];

impl World {
    /// On Monday, 19 February 2024, 9 o'clock.
    async fn start() -> Self {
        let server = TestServer::start().await;
        server
            .clock
            .set("2024-02-19T09:00:00+07:00".parse().unwrap());
        let hash = server.state.passwords.hash(PASSWORD.to_owned()).await;
        let hash = hash.unwrap();
        for (username, role, unit) in PEOPLE {
            let account = Account {
                id: RandomIds.next(),
                username: username.to_owned(),
                password_hash: hash.clone(),
                display_name: format!("Cán bộ {username}"),
                role,
                unit: unit.to_owned(),
                agency: None,
                language: Language::Vi,
                disabled_at: None,
                created_at: server.clock.now(),
            };
            account::create(&server.state.database, &account)
                .await
                .unwrap();
        }
        Self { server }
    }

    fn at(&self, instant: &str) {
        self.server.clock.set(instant.parse().unwrap());
    }

    async fn token(&self, username: &str) -> String {
        let answer = self.server.sign_in_api(username, PASSWORD).await;
        let body: Value = answer.json().await.unwrap();
        body["token"].as_str().unwrap().to_owned()
    }

    /// A report that the commune received itself; returns the id of the case.
    async fn report(&self, name: &str, received_at: &str) -> String {
        let command = json!({
            "type": "receive-report", "received_at": received_at, "channel": "in-person",
            "place_of_receipt": {"kind": "commune", "unit": "19111"},
            "child": {"name": name, "sex": "female", "residence_unit": "19111",
                "birth": {"date": "2014-05-17"}},
            "incident": {"unit": "19111", "description": "Hàng xóm nghe tiếng trẻ bị đánh"},
            "suspected_harm": [{"form": "violence"}],
            "suspected_harmer": {"relation": "other"}, "condition": "Có vết bầm ở tay"
        });
        let answer = self
            .server
            .request(Method::POST, "/api/v1/cases")
            .bearer_auth(self.token("lan").await)
            .json(&json!({"command_id": RandomIds.next(), "command": command}))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        let body: Value = answer.json().await.unwrap();
        body["case_id"].as_str().unwrap().to_owned()
    }

    /// The command of somebody on a case; returns the version that the case has then.
    async fn command(&self, who: &str, case: &str, expected: i64, command: Value) -> i64 {
        let answer = self
            .server
            .request(Method::POST, &format!("/api/v1/cases/{case}/commands"))
            .bearer_auth(self.token(who).await)
            .json(
                &json!({"command_id": RandomIds.next(), "expected_version": expected,
                "command": command}),
            )
            .send()
            .await
            .unwrap();
        let status = answer.status();
        let body: Value = answer.json().await.unwrap();
        assert_eq!(status, StatusCode::OK, "{body}");
        body["version"].as_i64().unwrap()
    }

    async fn browser(&self, username: &str) -> Browser<'_> {
        let mut browser = Browser::new(&self.server);
        browser.sign_in(username, PASSWORD).await;
        browser
    }

    async fn page(&self, username: &str, path: &str) -> Page {
        self.browser(username).await.get(path).await
    }
}

fn assess() -> Value {
    json!({
        "type": "record-initial-assessment",
        "harm": [{"level": "medium", "note": "vết bầm"}, {"level": "low", "note": ""}],
        "protection": [{"level": "medium", "note": ""}, {"level": "high", "note": ""}],
        "grave": false, "carer_is_harmer": false, "conclusion": "Cần hỗ trợ gia đình"
    })
}

impl World {
    /// Form 03 and the minutes; the version that the case has then.
    async fn dossier(&self, case: &str, expected: i64) -> i64 {
        let row = json!({"level": "medium", "note": ""});
        let table = vec![row; 5];
        let content =
            json!({"a": "", "b": "", "c": "", "d": "", "e": "", "f": "", "g": "", "h": ""});
        let form = json!({
            "type": "record-detailed-assessment", "harm": table, "protection": table,
            "content": content, "conclusion": "Cần kế hoạch"
        });
        let version = self.command("lan", case, expected, form).await;
        let meeting = json!({
            "type": "hold-case-meeting", "participants": ["Chủ tịch"], "measures": ["49.b"],
            "minutes": "Biên bản"
        });
        self.command("duc", case, version, meeting).await
    }
}

fn plan() -> Value {
    json!({
        "type": "submit-plan", "goals": "Trẻ an toàn", "items": [{
            "id": "i1", "measure": "50.a", "service": "Khám sức khỏe",
            "responsible": "Trạm y tế", "start": "2024-02-22", "end": "2024-03-01", "cost": 1_500_000
        }]
    })
}

/// Whether `parts` stand on the page in this order.
#[track_caller]
fn in_order(page: &Page, parts: &[&str]) {
    let mut rest = page.text.as_str();
    for part in parts {
        let Some(at) = rest.find(part) else {
            panic!("not there, or not in its place: {part}\n{}", page.text);
        };
        rest = &rest[at + part.len()..];
    }
}

#[tokio::test]
async fn the_worklist_says_child_step_why_and_until_when() {
    let world = World::start().await;
    let old = world
        .report("Trần Văn Bình", "2024-02-07T08:00:00+07:00")
        .await;
    let mut late = assess();
    late["occurred_at"] = json!("2024-02-07T16:40:00+07:00");
    world.command("lan", &old, 1, late).await;
    world
        .report("Nguyễn Thị Thử", "2024-02-19T08:30:00+07:00")
        .await;

    let page = world.page("lan", "/worklist").await;
    assert_eq!(page.status, StatusCode::OK);
    in_order(
        &page,
        &[
            "Việc cần làm",
            "Hôm nay",
            "Đánh giá nguy cơ ban đầu",
            "Nguyễn T. T. · nữ · 9 tuổi · Hoàn Lão",
            "2024-000",
            "Mốc nên hoàn thành: hôm nay, trước 20:30",
            "acts/record-initial-assessment",
            "Tuần này",
            "Xây dựng và trình kế hoạch",
            "Còn 2 ngày làm việc · trước 24:00 thứ Tư 21/02",
        ],
    );
    assert!(
        !page.text.contains("Nguyễn Thị Thử"),
        "the whole name is in a list"
    );

    world.at("2024-02-22T03:20:00+07:00");
    let page = world.page("lan", "/worklist").await;
    in_order(
        &page,
        &[
            "Quá hạn",
            "Trần V. B.",
            "Quá hạn 3 giờ 20 phút",
            "acts/submit-plan",
        ],
    );
}

#[tokio::test]
async fn a_worklist_is_of_a_role_of_a_unit_and_filters_are_shown_and_removable() {
    let world = World::start().await;
    let case = world
        .report("Nguyễn Thị Thử", "2024-02-19T08:30:00+07:00")
        .await;
    world.command("lan", &case, 1, assess()).await;
    let version = world.dossier(&case, 2).await;
    world.command("lan", &case, version, plan()).await;

    let page = world.page("duc", "/worklist").await;
    in_order(&page, &["Phê duyệt kế hoạch", "acts/approve-plan"]);
    let page = world.page("lan", "/worklist").await;
    assert!(!page.text.contains("acts/approve-plan"));
    let page = world.page("lan", "/worklist?whose=others").await;
    in_order(
        &page,
        &[
            "Phê duyệt kế hoạch",
            "Người phải làm: Chủ tịch UBND cấp xã · Hoàn Lão",
        ],
    );
    assert!(!page.text.contains("acts/approve-plan"));

    let page = world
        .page("lan", "/worklist?text=thu&step=verify-report")
        .await;
    in_order(
        &page,
        &["Có “thu”", "Kiểm tra tính xác thực", "Nguyễn T. T."],
    );
    assert!(page.text.contains(r#"href="/worklist?step=verify-report""#));
    let page = world.page("lan", "/worklist?text=khong-co").await;
    in_order(&page, &["Không có việc nào khớp", "Bỏ hết điều kiện lọc"]);
    let page = world.page("xa", "/worklist").await;
    in_order(&page, &["Không có việc nào đang chờ", "/reports/new"]);
    let page = world.page("lan", "/worklist?after=zz").await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    in_order(&page, &["Trang danh sách này không còn"]);
}

#[tokio::test]
async fn the_case_page_names_the_next_act_for_each() {
    let world = World::start().await;
    let case = world
        .report("Nguyễn Thị Thử", "2024-02-19T08:30:00+07:00")
        .await;
    world.command("lan", &case, 1, assess()).await;
    let version = world.dossier(&case, 2).await;
    world.command("lan", &case, version, plan()).await;
    let address = format!("/cases/{case}");

    let page = world.page("duc", &address).await;
    in_order(
        &page,
        &[
            "Nguyễn Thị Thử",
            "nữ · 9 tuổi · Hoàn Lão",
            "Việc tiếp theo",
            "Phê duyệt kế hoạch",
            "Còn 2 ngày làm việc · trước 24:00 thứ Tư 21/02",
            "Cách tính thời hạn",
            "2 ngày làm việc, tính từ 19/02/2024 09:00",
            "thứ Ba 20/02/2024",
            "ngày thứ 1",
            "02 ngày làm việc phê duyệt tính từ khi trình kế hoạch.",
            "Mẫu số 05",
            "acts/approve-plan",
            "Tiến trình",
            "Ghi chép thông tin tiếp nhận",
            "Chưa tới",
        ],
    );
    let page = world.page("lan", &address).await;
    in_order(
        &page,
        &[
            "Việc tiếp theo",
            "Phê duyệt kế hoạch",
            "Người phải làm: Chủ tịch UBND cấp xã · Hoàn Lão",
        ],
    );
    assert!(!page.text.contains("acts/approve-plan"));

    let page = world.page("thanhtra", &address).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("/acts/"), "an inspector has no acts");
    assert_eq!(
        world.page("xa", &address).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        world.page("quantri", &address).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        world.page("lan", "/cases/nothing").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_timeline_shows_both_clocks_corrections_and_who() {
    let world = World::start().await;
    let case = world
        .report("Nguyễn Thị Thử", "2024-02-18T22:40:00+07:00")
        .await;
    world.command("lan", &case, 1, assess()).await;
    let address = format!("/cases/{case}?tab=timeline");
    let page = world.page("lan", &address).await;
    let event = page.text.split("acts/correct?event=").last().unwrap();
    let event = event.split('"').next().unwrap().to_owned();
    let correction = json!({"type": "correct", "event_id": event, "path": "/child/name",
        "value": "Nguyễn Thị Thứ", "reason": "Đối chiếu giấy khai sinh"});
    world.command("lan", &case, 2, correction).await;

    let page = world.page("lan", &address).await;
    in_order(
        &page,
        &[
            "3 sự kiện, hiện tất cả",
            "Đính chính",
            "Cán bộ lan · Cán bộ bảo vệ trẻ em cấp xã · Thị trấn Hoàn Lão",
            "Lý do: Đối chiếu giấy khai sinh",
            "Họ và tên (Tiếp nhận thông tin (ủy ban nhân dân cấp xã))",
            "<del>Nguyễn Thị Thử</del>",
            "<ins>Nguyễn Thị Thứ</ins>",
            "Đánh giá nguy cơ ban đầu",
            "Xem nội dung đã ghi",
            "“Cao” là xấu cho trẻ",
            "“Cao” là tốt cho trẻ",
            "Tiếp nhận thông tin",
            "Đã đính chính",
            "xảy ra 18/02 22:40 · ghi 19/02/2024 09:00 (sau 10 giờ 20 phút)",
        ],
    );
    let page = world
        .page("lan", &format!("{address}&kind=correction"))
        .await;
    in_order(&page, &["Hiện 1 trong 3 sự kiện"]);
    assert!(!page.text.contains("id=\"e1\""));
}

#[tokio::test]
async fn the_parts_of_a_case_are_links_and_speak_both_languages() {
    let world = World::start().await;
    let case = world
        .report("Nguyễn Thị Thử", "2024-02-19T08:30:00+07:00")
        .await;
    world.command("lan", &case, 1, assess()).await;
    let version = world.dossier(&case, 2).await;
    let version = world.command("lan", &case, version, plan()).await;
    let approve = json!({"type": "approve-plan", "decision_number": "35/QĐ-UBND"});
    world.command("duc", &case, version, approve).await;

    let mut browser = world.browser("lan").await;
    let page = browser.get(&format!("/cases/{case}")).await;
    in_order(
        &page,
        &[
            "Trẻ em",
            "17/05/2014",
            "Đánh giá nguy cơ ban đầu (Mẫu số 02)",
            "vết bầm",
        ],
    );
    let page = browser.get(&format!("/cases/{case}?tab=plan")).await;
    in_order(
        &page,
        &[
            "Đã phê duyệt, đang thực hiện",
            "35/QĐ-UBND",
            "1.500.000 đồng",
            "Khám sức khỏe",
            "acts/start-service?item=i1",
        ],
    );
    let page = browser.get(&format!("/cases/{case}?tab=people")).await;
    in_order(
        &page,
        &["Cán bộ phụ trách", "Không ghi danh tính người báo tin"],
    );
    let page = browser.get(&format!("/cases/{case}?tab=documents")).await;
    in_order(&page, &["Chưa có tài liệu", "acts/attach-document"]);

    let fields = [
        ("_token", page.token()),
        ("language", "en".into()),
        ("next", "/".into()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    browser.post("/language", &fields).await;
    for tab in ["summary", "plan", "people", "documents", "timeline"] {
        let page = browser.get(&format!("/cases/{case}?tab={tab}")).await;
        in_order(&page, &["lang=\"en\"", "What comes next", "Progress"]);
    }
    let page = browser.get("/worklist").await;
    in_order(&page, &["Mine", "Carry out an item of the plan"]);
}

#[tokio::test]
async fn cases_are_found_with_and_without_marks_and_paged() {
    let world = World::start().await;
    for n in 0..31 {
        world
            .report(&format!("Đào Văn Thử {n}"), "2024-02-19T08:30:00+07:00")
            .await;
    }
    let page = world.page("lan", "/cases?text=dao").await;
    in_order(
        &page,
        &[
            "Có “dao”",
            "Đang hiện 30 trong 31 hồ sơ",
            "Đào V. T. 3.",
            "Trang sau",
        ],
    );
    let next = page.text.split("rel=\"next\" href=\"").nth(1).unwrap();
    let next = next.split('"').next().unwrap().replace("&#38;", "&");
    let page = world.page("lan", &next).await;
    in_order(
        &page,
        &["Đang hiện 1 trong 31 hồ sơ", "Đào V. T. 0.", "Về trang đầu"],
    );
    let page = world.page("lan", "/cases?after=%00").await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    let page = world.page("xa", "/cases").await;
    in_order(&page, &["Chưa có hồ sơ nào"]);
    let page = world.page("quantri", "/cases").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);

    assert_eq!(world.page("thanhtra", "/").await.location(), "/cases");
    let page = world.page("quantri", "/").await;
    in_order(&page, &["Trang của anh/chị", "noi user"]);
    let page = world.page("lan", "/worklist").await;
    in_order(&page, &["Đang hiện 25 trong 62 việc", "Trang sau"]);
    assert!(page.text.len() < 100_000, "{} bytes", page.text.len());
}
