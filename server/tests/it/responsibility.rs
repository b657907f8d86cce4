//! The responsibility board: page, words about the line, API; who may see it, and what cannot be read.

use domain::identity::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::ids::{Ids, RandomIds};

use crate::support::{Browser, PASSWORD, Page, TestServer};

/// A report that the hotline received on 19 February 2024 at 9:00, forwarded at 9:30 and recorded so
/// at once, acknowledged at 10:00, assessed at 11:00.
struct World {
    server: TestServer,
    case: String,
}

impl World {
    async fn start() -> Self {
        let server = TestServer::start().await;
        for (name, role, unit) in [
            ("tongdai", Role::HotlineOperator, "44"),
            ("lan", Role::CommuneOfficer, "19111"),
            ("xa", Role::CommuneOfficer, "19114"),
            ("thanhtra", Role::Inspector, "44"),
            ("quantri", Role::Administrator, "44"),
        ] {
            server.account_as(name, role, unit).await;
        }
        let mut world = Self {
            server,
            case: String::new(),
        };
        world.at("2024-02-19T09:10:00+07:00");
        let report = json!({
            "type": "receive-report", "received_at": "2024-02-19T09:00:00+07:00",
            "channel": "phone", "place_of_receipt": {"kind": "hotline", "unit": "44"},
            "child": {"name": "Nguyễn Thị Thử", "sex": "female"},
            "incident": {"unit": "19111", "description": "Hàng xóm nghe tiếng trẻ bị đánh"},
            "suspected_harm": [{"form": "violence"}],
            "suspected_harmer": {"relation": "other"}, "condition": "Có vết bầm ở tay"
        });
        let body = json!({"command_id": RandomIds.next(), "command": report});
        let begun = world.send("tongdai", "/api/v1/cases", body).await;
        world.case = begun["case_id"].as_str().unwrap().to_owned();
        world.at("2024-02-19T09:30:00+07:00");
        let forward = json!({"type": "forward-report", "to_unit": "19111"});
        world.command("tongdai", forward).await;
        world.at("2024-02-19T10:00:00+07:00");
        let acknowledge = json!({"type": "acknowledge-report"});
        world.command("lan", acknowledge).await;
        world.at("2024-02-19T11:00:00+07:00");
        let rows = json!([{"level": "medium", "note": ""}, {"level": "low", "note": ""}]);
        let assess = json!({
            "type": "record-initial-assessment", "harm": rows, "protection": rows, "grave": false,
            "carer_is_harmer": false, "conclusion": "Cần kế hoạch",
        });
        world.command("lan", assess).await;
        // The plan was due at the end of 26 February.
        world.at("2024-02-28T09:00:00+07:00");
        world
    }

    fn at(&self, instant: &str) {
        self.server.clock.set(instant.parse().unwrap());
    }

    async fn token(&self, who: &str) -> String {
        let answer = self.server.sign_in_api(who, PASSWORD).await;
        let body: Value = answer.json().await.unwrap();
        body["token"].as_str().unwrap().to_owned()
    }

    async fn send(&self, who: &str, path: &str, body: Value) -> Value {
        let request = self.server.request(Method::POST, path);
        let request = request.bearer_auth(self.token(who).await).json(&body);
        let answer = request.send().await.unwrap();
        let (good, body) = (answer.status().is_success(), answer.json().await.unwrap());
        assert!(good, "{body}");
        body
    }

    async fn command(&self, who: &str, command: Value) {
        let path = format!("/api/v1/cases/{}/commands", self.case);
        let body = json!({"command_id": RandomIds.next(), "command": command});
        self.send(who, &path, body).await;
    }

    async fn page(&self, who: &str, query: &str) -> Page {
        let mut browser = Browser::new(&self.server);
        browser.sign_in(who, PASSWORD).await;
        let path = format!("/cases/{}/responsibility{query}", self.case);
        browser.get(&path).await
    }

    async fn api(&self, who: &str, query: &str) -> (StatusCode, Value) {
        let path = format!("/api/v1/cases/{}/responsibility{query}", self.case);
        let request = self.server.get(&path).bearer_auth(self.token(who).await);
        let answer = request.send().await.unwrap();
        (answer.status(), answer.json().await.unwrap())
    }
}

#[tokio::test]
async fn the_board_tells_who_was_responsible() {
    let world = World::start().await;
    let page = world.page("thanhtra", "").await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "aria-current=\"page\">Trách nhiệm",
        "Thị trấn Hoàn Lão giữ hồ sơ và chịu trách nhiệm về vụ việc, từ 19/02/2024 09:30",
        "1 việc quá hạn",
        "Tổng đài 111 · Quảng Bình",
        "Ủy ban nhân dân cấp xã · Hoàn Lão",
        "Tỉnh Quảng Bình (xã chịu trách nhiệm về vụ việc: Thị trấn Hoàn Lão)",
        "Quá hạn 1 ngày 9 giờ",
        "url(#late)",
        "url(#hand-over)",
    ] {
        assert!(page.text.contains(words), "{words}\n{}", page.text);
    }
    let link = format!("/cases/{}?tab=timeline&#38;all=yes#e2", world.case);
    assert!(page.text.contains(&link), "{link}");
    assert!(!page.text.contains("style=\""));
    assert!(page.text.len() < 100_000);
}

#[tokio::test]
async fn the_line_can_be_put_to_any_instant() {
    let world = World::start().await;
    let held = |page: &Page| {
        let words = page.text.split("moment-held\">").nth(1).unwrap();
        words.split('<').next().unwrap().to_owned()
    };
    let then = world.page("thanhtra", "?at=2024-02-19T09:15").await;
    assert_eq!(
        held(&then),
        "Tỉnh Quảng Bình đang giữ thông tin, từ 19/02/2024 09:00 (đã 15 phút). \
         Xã chịu trách nhiệm về vụ việc: Thị trấn Hoàn Lão."
    );
    assert!(
        then.text
            .contains("?at=2024-02-19T09%3A00#line\" rel=\"prev\"")
    );
    assert!(
        then.text
            .contains("?at=2024-02-19T09%3A30#line\" rel=\"next\"")
    );
    assert!(then.text.contains("value=\"2024-02-19T09:15\""));

    let before = world.page("thanhtra", "?at=2024-02-18T09:15").await;
    assert_eq!(
        held(&before),
        "Lúc này chưa nơi nào được báo tin. Thông tin đầu tiên được tiếp nhận 19/02/2024 09:00."
    );
    // At 9:05 the hotline had been told but had written nothing down.
    let unwritten = world
        .page("thanhtra", "?at=2024-02-19T09:05&basis=recorded")
        .await;
    assert!(held(&unwritten).starts_with("Lúc này chưa có gì được ghi."));

    let words = world.page("thanhtra", "/moment?at=2024-02-19T09:15").await;
    assert_eq!(held(&words), held(&then));
    assert!(!words.text.contains("<html"), "the words alone");
}

#[tokio::test]
async fn a_period_is_shown_alone_and_says_so() {
    let world = World::start().await;
    let query = "?from=2024-02-20&to=2024-02-28";
    let page = world.page("lan", query).await;
    let shown = "3 việc trong khoảng thời gian này, trên 7 việc của cả vụ việc.";
    assert!(page.text.contains(shown), "{}", page.text);
    assert!(page.text.contains("name=\"from\" value=\"2024-02-20\""));
}

#[tokio::test]
async fn what_cannot_be_read_is_said() {
    let world = World::start().await;
    for (query, words) in [
        ("?at=gestern", "Không đọc được thời điểm này"),
        ("?at=2024-02-30T10:00", "Không đọc được thời điểm này"),
        (
            "?from=2024-03-01&to=2024-02-01",
            "Không đọc được khoảng thời gian này",
        ),
        ("?from=x", "Không đọc được khoảng thời gian này"),
    ] {
        let page = world.page("thanhtra", query).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(page.text.contains(words), "{query}");
        assert!(page.text.contains("aria-invalid=\"true\""), "{query}");
        assert!(
            page.text.contains("moment-held"),
            "the board is still there"
        );
    }
    let (status, problem) = world.api("thanhtra", "?at=gestern").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(problem["errors"][0]["pointer"], "/at");
    let (status, _) = world.api("thanhtra", "?basis=guessed").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn who_may_not_see_the_case_is_not_told_that_it_is_there() {
    let world = World::start().await;
    for who in ["xa", "quantri"] {
        for path in ["", "/moment"] {
            assert_eq!(world.page(who, path).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(world.api(who, "").await.0, StatusCode::NOT_FOUND);
    }
}

/// Police, prosecutors, health, courts and services see their own side of a case: who else owed what
/// in it is not theirs to see, and figures are of whole cases.
#[tokio::test]
async fn who_sees_one_side_of_a_case_sees_no_responsibility() {
    let world = World::start().await;
    for (name, role) in [
        ("kien", Role::PoliceOfficer),
        ("long", Role::Prosecutor),
        ("bich", Role::HealthWorker),
        ("tam", Role::CourtClerk),
        ("thao", Role::ProviderWorker),
        ("huong", Role::EducationWorker),
        ("huy", Role::LegalAidWorker),
    ] {
        world.server.account_as(name, role, "19111").await;
    }
    // Each of them has a part in the case.
    world
        .command(
            "lan",
            json!({"type": "pass-crime-report", "to_unit": "19111"}),
        )
        .await;
    let ids = ["health", "social-work-centre", "education", "legal-aid"];
    for (number, kind) in ids.iter().enumerate() {
        let refer = json!({
            "type": "refer", "referral_id": format!("r{number}"), "reason": "Cần hỗ trợ",
            "to_agency": {"kind": kind, "unit": "19111"},
        });
        world.command("lan", refer).await;
    }
    world
        .server
        .account_as("minh", Role::CommuneChair, "19111")
        .await;
    let ask = json!({"type": "request-court-order", "request": "restrict-parental-rights",
        "to_unit": "19111"});
    world.command("minh", ask).await;
    for who in ["kien", "long", "bich", "tam", "thao", "huong", "huy"] {
        let mut browser = Browser::new(&world.server);
        browser.sign_in(who, PASSWORD).await;
        let case = browser.get(&format!("/cases/{}", world.case)).await;
        assert_eq!(case.status, StatusCode::OK, "{who} has a part in it");
        assert!(!case.text.contains("/responsibility"), "{who}");
        for path in ["", "/moment"] {
            let page = browser
                .get(&format!("/cases/{}/responsibility{path}", world.case))
                .await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{who} {path}");
        }
        assert_eq!(world.api(who, "").await.0, StatusCode::NOT_FOUND, "{who}");
        for path in ["", "/obligations", "/recordings"] {
            let page = browser.get(&format!("/responsibility{path}")).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{who} {path}");
        }
    }
}

#[tokio::test]
async fn what_is_overdue_stands_first_and_limits_are_told_as_the_law_counts() {
    let world = World::start().await;
    world
        .server
        .account_as("minh", Role::CommuneChair, "19111")
        .await;
    let page = world.page("thanhtra", "").await;
    let open = page.text.find("tag-open").unwrap();
    assert!(
        page.text.find("task-overdue").unwrap() < open,
        "{}",
        page.text
    );

    let mut browser = Browser::new(&world.server);
    browser.sign_in("minh", PASSWORD).await;
    let list = browser.get("/responsibility/obligations").await;
    assert!(list.text.contains("24:00 "), "{}", list.text);
    assert!(!list.text.contains(" 00:00"), "{}", list.text);
    let late = browser
        .get("/responsibility/obligations?outcome=overdue")
        .await;
    assert_eq!(late.text.matches("Quá hạn").count(), 1, "{}", late.text);
}

#[tokio::test]
async fn the_api_has_the_same_model() {
    let world = World::start().await;
    let (status, board) = world.api("lan", "?at=2024-02-19T09:45:00%2B07:00").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(board["from"], "2024-02-19T09:00:00+07:00");
    assert_eq!(board["closed_at"], Value::Null);
    assert_eq!(board["holders"][0]["unit"], "44");
    assert_eq!(board["holders"][0]["to"], "2024-02-19T09:30:00+07:00");
    assert_eq!(
        board["holders"][1]["began_with"]["event_type"],
        "ReportForwarded"
    );
    assert_eq!(
        board["lanes"][0],
        json!({"agency": "hotline", "unit": "44"})
    );
    let plan = board["obligations"].as_array().unwrap().iter();
    let plan = plan
        .clone()
        .find(|one| one["step"] == "submit-plan")
        .unwrap();
    assert_eq!(plan["overdue"]["from"], plan["due_at"]);
    assert_eq!(plan["state"], "overdue");
    let then = &board["moment"];
    assert_eq!(then["holder"]["unit"], "19111");
    let owed: Vec<_> = then["owed"].as_array().unwrap().iter().collect();
    let gap = owed.iter().find(|one| one["hand_over"] == true).unwrap();
    assert_eq!(gap["step"], "acknowledge-report");
    assert_eq!(gap["open_seconds"], 15 * 60);
    assert_eq!(board["recordings"][0]["lag_seconds"], 600);

    let (_, before) = world.api("lan", "?at=2024-02-19T08:00:00%2B07:00").await;
    assert_eq!(before["moment"]["holder"], Value::Null);
    assert_eq!(before["moment"]["owed"], json!([]));
}

#[tokio::test]
async fn what_fell_away_late_is_told_and_counted_as_late() {
    let world = World::start().await;
    let chair = Role::CommuneChair;
    world.server.account_as("chutich", chair, "19111").await;
    // The plan was overdue for a day and nine hours.
    let close = json!({"type": "close-case", "reason": "died"});
    world.command("chutich", close).await;
    let page = world.page("thanhtra", "").await;
    for words in [
        "Thôi không phải làm, đã muộn",
        "Không còn phải làm, đã muộn 1 ngày 9 giờ",
        "1 đã muộn khi không còn phải làm",
    ] {
        assert!(page.text.contains(words), "{words}\n{}", page.text);
    }
    let mut browser = Browser::new(&world.server);
    browser.sign_in("thanhtra", PASSWORD).await;
    let figures = browser.get("/responsibility").await;
    for label in [
        "đúng hạn chỉ sau khi đính chính",
        "không còn phải làm, đã muộn",
    ] {
        let column = format!("<th scope=\"col\">{label}</th>");
        let card = format!("data-label=\"{label}\"");
        assert!(figures.text.contains(&column), "{}", figures.text);
        assert!(figures.text.contains(&card), "{}", figures.text);
    }
    let list = browser
        .get("/responsibility/obligations?outcome=waived-late")
        .await;
    assert!(list.text.contains("1 ngày 9 giờ"), "{}", list.text);
    assert!(
        list.text.contains("Xây dựng và trình kế hoạch"),
        "{}",
        list.text
    );
    let none = browser
        .get("/responsibility/obligations?outcome=corrected")
        .await;
    assert!(!none.text.contains("Xây dựng và trình kế hoạch"));
}
