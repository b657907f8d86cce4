//! The forms between agencies through real HTTP: a transfer and its answers, police and forensic steps,
//! alternative care; and what each agency does not see.

use chrono::Duration;
use domain::identity::Role;
use reqwest::StatusCode;
use serde_json::{Value, json};
use server::ids::{Ids as _, RandomIds};

use crate::acts::{Case, Worker, assess, dossier};
use crate::support::{PASSWORD, TestServer};

const HOME: &str = "19111";
const OTHER: &str = "19138";
const PROVINCE: &str = "44";

async fn page(worker: &mut Worker<'_>, case: &Case, rest: &str) -> String {
    let shown = worker
        .browser
        .get(&format!("/cases/{}{rest}", case.0))
        .await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    shown.text
}

#[tokio::test]
async fn a_case_is_offered_declined_withdrawn_and_taken() {
    let server = TestServer::start_with_units().await;
    let mut giver = Worker::officer(&server).await;
    let mut asked = Worker::new(&server, "binh", Role::CommuneOfficer, OTHER).await;
    let case = Case::received(&mut giver, "Nguyễn Thị Thử").await;
    assess(&mut giver, &case, &[]).await;

    let offer = [
        ("to_unit", OTHER),
        ("reason", "Trẻ cư trú ở xã bên"),
        ("respond_by.day", "28"),
        ("respond_by.month", "2"),
        ("respond_by.year", "2024"),
    ];
    giver.record(&case, "transfer-case", &offer).await;
    let shown = page(&mut giver, &case, "").await;
    assert!(shown.contains("vẫn chịu trách nhiệm"), "{shown}");
    assert!(shown.contains("acts/withdraw-transfer") && !shown.contains("acts/accept-transfer"));
    let shown = page(&mut asked, &case, "").await;
    assert!(shown.contains("acts/accept-transfer") && shown.contains("acts/decline-transfer"));
    assert!(!shown.contains("acts/withdraw-transfer"));
    assert!(!shown.contains("acts/hold-case-meeting"), "not theirs yet");
    let form = page(&mut asked, &case, "/acts/accept-transfer").await;
    let beside = form
        .find("<details open>")
        .expect("what one decides on is open");
    assert!(beside < form.find("Trẻ cư trú ở xã bên").unwrap());

    let why = [("reason", "Trẻ không ở đây")];
    server.clock.advance(Duration::minutes(5));
    let address = format!("/cases/{}/acts/decline-transfer", case.0);
    let declined = asked.fill(&address, &why).await;
    assert_eq!(declined.status, StatusCode::SEE_OTHER, "{}", declined.text);
    // The case is not theirs: number, day and own answer are left, and the way to tell of danger.
    let kept = asked.browser.get(declined.location()).await;
    assert!(
        kept.text.contains("role=\"status\""),
        "it says what was done"
    );
    for left in [
        "Vụ việc 2024-000001",
        "Trẻ không ở đây",
        &format!("/reports/new?case={}", case.0),
    ] {
        assert!(kept.text.contains(left), "{left}: {}", kept.text);
    }
    assert!(!kept.text.contains("Thử"), "{}", kept.text);
    let again = [("to_unit", OTHER), ("reason", "Đã hỏi lại gia đình")];
    giver.record(&case, "transfer-case", &again).await;
    let mistake = [("reason", "Ghi nhầm")];
    giver.record(&case, "withdraw-transfer", &mistake).await;
    giver.record(&case, "transfer-case", &again).await;
    asked.record(&case, "accept-transfer", &[]).await;
    let shown = page(&mut asked, &case, "").await;
    assert!(!shown.contains("vẫn chịu trách nhiệm"));
    assert!(shown.contains("acts/record-detailed-assessment"));
    let (facts, _) = case.last(&server).await;
    assert_eq!(facts, json!({"from_unit": HOME, "to_unit": OTHER}));
}

#[tokio::test]
async fn who_answers_too_late_reads_what_happened_and_nobody_else_does() {
    let server = TestServer::start_with_units().await;
    let mut giver = Worker::officer(&server).await;
    let mut asked = Worker::new(&server, "binh", Role::CommuneOfficer, OTHER).await;
    let mut chair = Worker::new(&server, "cuc", Role::CommuneChair, OTHER).await;
    let case = Case::received(&mut giver, "Nguyễn Thị Thử").await;
    assess(&mut giver, &case, &[]).await;
    let offer = [("to_unit", OTHER), ("reason", "Trẻ cư trú ở xã bên")];
    giver.record(&case, "transfer-case", &offer).await;

    let accept = format!("/cases/{}/acts/accept-transfer", case.0);
    let decline = format!("/cases/{}/acts/decline-transfer", case.0);
    let form = asked.browser.get(&accept).await;
    let theirs = chair.browser.get(&decline).await;
    let why = [("reason", "Trẻ không ở đây")];
    let declined = chair.send(&decline, &theirs, "submit", &why).await;
    assert_eq!(declined.status, StatusCode::SEE_OTHER, "{}", declined.text);
    giver
        .record(&case, "add-note", &[("text", "Chỉ xã giữ hồ sơ biết")])
        .await;

    let late = asked.send(&accept, &form, "submit", &[]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text);
    for part in [
        "đã bị từ chối",
        "Chủ tịch Ủy ban nhân dân cấp xã, Xã Phúc Trạch",
        "không được giữ lại",
        "href=\"/worklist\"",
    ] {
        assert!(late.text.contains(part), "{part}:\n{}", late.text);
    }
    for hidden in ["Trẻ không ở đây", "Nguyễn Thị Thử", "Chỉ xã giữ hồ sơ biết"]
    {
        assert!(!late.text.contains(hidden), "{hidden}:\n{}", late.text);
    }
    // Sent twice it says that it was oneself.
    let twice = chair.send(&decline, &theirs, "submit", &why).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    assert!(twice.text.contains("Chính anh/chị"), "{}", twice.text);
    // Of other acts, and to a colleague who never saw it, there is no such case.
    let note = format!("/cases/{}/acts/add-note", case.0);
    let noted = asked.send(&note, &form, "submit", &[("text", "x")]).await;
    assert_eq!(noted.status, StatusCode::NOT_FOUND);
    let mut new = Worker::new(&server, "dung", Role::CommuneOfficer, OTHER).await;
    let page = new.browser.get("/worklist").await;
    let (token, id) = (page.token(), RandomIds.next().to_string());
    let version = form.hidden("expected_version");
    let fields = [
        ("_token", token.as_str()),
        ("command_id", id.as_str()),
        ("expected_version", version.as_str()),
        ("_action", "submit"),
    ];
    let unknown = new.browser.post(&accept, &fields).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND, "{}", unknown.text);
}

#[tokio::test]
async fn police_and_forensic_steps_have_forms_that_record() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut police = Worker::new(&server, "kien", Role::PoliceOfficer, PROVINCE).await;
    let mut forensic = Worker::new(&server, "oanh", Role::HealthWorker, PROVINCE).await;
    let mut province = Worker::new(&server, "trung", Role::ProvincialOfficer, PROVINCE).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    assess(&mut officer, &case, &[]).await;

    let passed = [("to_unit", PROVINCE), ("note", "Đã gọi trực ban")];
    officer.record(&case, "pass-crime-report", &passed).await;
    let told = [("document_number", "12/CV"), ("procuracy_informed", "1")];
    province.record(&case, "propose-prosecution", &told).await;
    let who = [
        ("investigator", "Trần Thị Mẫu"),
        ("trained", "_unknown"),
        ("procuracy_informed", "yes"),
    ];
    police.record(&case, "assign-investigator", &who).await;
    let (facts, _) = case.last(&server).await;
    assert_eq!(facts, json!({"procuracy_informed": true}));

    let grounds = [("exam_id", "g1"), ("ground", "found")];
    police
        .record(&case, "record-forensic-grounds", &grounds)
        .await;
    let shown = page(&mut police, &case, "/acts/record-forensic-grounds").await;
    assert!(shown.contains("value=\"g2\""), "the next free id");
    let order = [
        ("exam_id", "g1"),
        ("exam", "injury"),
        ("body", "health"),
        ("unit", PROVINCE),
        ("decision_number", "05/QĐ"),
    ];
    police
        .record(&case, "order-forensic-exam?item=g1", &order)
        .await;
    let shown = page(&mut forensic, &case, "").await;
    assert!(
        shown.contains("acts/record-forensic-conclusion?item=g1"),
        "{shown}"
    );
    let found = [("exam_id", "g1"), ("conclusion", "Có thương tích")];
    forensic
        .record(&case, "record-forensic-conclusion?item=g1", &found)
        .await;

    server.clock.advance(Duration::hours(3));
    let interview = [
        ("from.choice", "other"),
        ("from.day", "21"),
        ("from.month", "2"),
        ("from.year", "2024"),
        ("from.time", "18:00"),
        ("until.choice", "other"),
        ("until.now", "2024-02-21T20:25:00+07:00"),
        ("until.day", "21"),
        ("until.month", "2"),
        ("until.year", "2024"),
        ("until.time", "19:15"),
        ("present", "Người giám hộ\nCán bộ bảo vệ trẻ em"),
    ];
    police.record(&case, "record-interview", &interview).await;
    let (_, personal) = case.last(&server).await;
    assert_eq!(
        personal["present"],
        json!(["Người giám hộ", "Cán bộ bảo vệ trẻ em"])
    );

    let prolong = [
        ("ground", "complex"),
        ("until.day", "10"),
        ("until.month", "4"),
        ("until.year", "2024"),
    ];
    police.record(&case, "prolong-crime-report", &prolong).await;
    let decided = [("decision", "prosecute"), ("decision_number", "07/QĐ")];
    police.record(&case, "decide-crime-report", &decided).await;
    police.record(&case, "inform-informant", &[]).await;
    let shown = page(&mut police, &case, "?tab=criminal").await;
    for said in ["Khởi tố vụ án", "Có thương tích", "Thương tích", "18:00"] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
}

#[tokio::test]
async fn alternative_care_has_forms_that_record() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    assess(&mut officer, &case, &[]).await;

    let family = [
        ("placement_id", "c1"),
        ("carer_kind", "relatives"),
        ("carer", "Bà ngoại"),
        ("carer_unit", HOME),
        ("reason", "Cha mẹ đi vắng"),
    ];
    officer.record(&case, "propose-placement", &family).await;
    let found = [
        ("placement_id", "c1"),
        ("findings", "Nhà ổn định"),
        ("eligible", "yes"),
    ];
    officer.record(&case, "verify-carer?item=c1", &found).await;
    let beside = page(&mut chair, &case, "/acts/decide-placement?item=c1").await;
    for known in ["Cha mẹ đi vắng", "Nhà ổn định"] {
        assert!(beside.contains(known), "{known}: {beside}");
    }
    let decided = [
        ("placement_id", "c1"),
        ("decision_number", "31/QĐ-UBND"),
        ("parental_consent", "given"),
        ("child_views", "Cháu muốn ở với bà"),
    ];
    chair
        .record(&case, "decide-placement?item=c1", &decided)
        .await;
    let (facts, _) = case.last(&server).await;
    assert_eq!(
        (&facts["carer_kind"], &facts["carer_unit"]),
        (&json!("relatives"), &json!(HOME))
    );
    let handed = [("placement_id", "c1"), ("contacts", "")];
    officer
        .record(&case, "hand-over-child?item=c1", &handed)
        .await;
    server.clock.advance(Duration::days(25));
    // A session lasts a working day.
    officer.browser.sign_in("lan", PASSWORD).await;
    chair.browser.sign_in("minh", PASSWORD).await;
    let visit = [
        ("placement_id", "c1"),
        ("visited_at.choice", "now"),
        ("visited_at.now", "2024-03-17T10:00:00+07:00"),
        ("child_seen", "yes"),
        ("carer_harms", "no"),
        ("danger_now", "no"),
        ("findings", "Trẻ đi học đều"),
    ];
    officer
        .record(&case, "record-placement-follow-up?item=c1", &visit)
        .await;
    let (facts, _) = case.last(&server).await;
    assert_eq!(
        (&facts["child_seen"], &facts["carer_harms"]),
        (&json!(true), &json!(false))
    );
    let shown = page(&mut officer, &case, "?tab=care").await;
    for said in ["Bà ngoại", "sau 1 tháng", "sau 3 tháng", "Trẻ đi học đều"] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    let ended = [("placement_id", "c1"), ("ground", "returned-to-family")];
    chair.record(&case, "end-placement?item=c1", &ended).await;
}

#[tokio::test]
async fn a_stay_in_a_facility_has_forms_that_record() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let mut house = Worker::new(&server, "thao", Role::ProviderWorker, PROVINCE).await;
    let mut province = Worker::new(&server, "trung", Role::ProvincialOfficer, PROVINCE).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    assess(&mut officer, &case, &[]).await;

    let admitted = [
        ("facility", "Trung tâm thử"),
        ("level", "provincial"),
        ("unit", PROVINCE),
    ];
    chair.record(&case, "admit-to-facility", &admitted).await;
    let shown = page(&mut officer, &case, "?tab=care").await;
    assert!(shown.contains("<h3>Trung tâm thử"), "{shown}");
    house.record(&case, "complete-admission-papers", &[]).await;
    house.record(&case, "list-for-placement", &[]).await;
    let none = [
        ("placement_id", "c1"),
        ("findings", "Chưa có gia đình"),
        ("eligible", "no"),
        ("carer_unit", ""),
    ];
    province.record(&case, "appraise-listing", &none).await;
    let (facts, _) = case.last(&server).await;
    assert_eq!(facts, json!({"eligible": false}));
    house.record(&case, "list-for-placement", &[]).await;
    let family = [
        ("placement_id", "c1"),
        ("findings", "Dì ruột nhận"),
        ("eligible", "yes"),
        ("carer_kind", "relatives"),
        ("carer_unit", HOME),
    ];
    province.record(&case, "appraise-listing", &family).await;
    let decided = [
        ("placement_id", "c1"),
        ("decision_number", "31/QĐ-UBND"),
        ("parental_consent", "not-needed"),
        ("consent_note", "Không còn cha mẹ"),
        ("child_views", "Cháu muốn ở với dì"),
    ];
    chair.record(&case, "decide-placement", &decided).await;
    let left = [("decision_number", "40/QĐ")];
    house.record(&case, "end-facility-care", &left).await;
    let shown = page(&mut officer, &case, "?tab=care").await;
    assert!(shown.contains("Trẻ đã rời cơ sở") && shown.contains("Trung tâm thử"));
}

#[tokio::test]
async fn a_form_that_nothing_waits_for_says_so_before_anybody_types() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    for (act, said) in [
        ("verify-carer", "không có việc chăm sóc thay thế này"),
        ("accept-transfer", "Không có đề nghị chuyển hồ sơ"),
        ("complete-admission-papers", "không ở cơ sở"),
    ] {
        let shown = page(&mut officer, &case, &format!("/acts/{act}")).await;
        assert!(
            shown.contains(said) && !shown.contains("command_id"),
            "{act}: {shown}"
        );
    }
}

/// Secrets by where they are written.
const SECRETS: [&str; 6] = [
    "MẬT-ĐÁNH-GIÁ",
    "MẬT-GHI-CHÚ",
    "MẬT-KẾ-HOẠCH",
    "MẬT-GIÁM-ĐỊNH",
    "MẬT-CHUYỂN-GỬI",
    "MẬT-TÒA-ÁN",
];

/// Everything that this person can read of the case: pages and API.
async fn everything(
    server: &TestServer,
    worker: &mut Worker<'_>,
    name: &str,
    case: &Case,
) -> String {
    let mut all = String::new();
    for tab in [
        "",
        "?tab=plan",
        "?tab=criminal",
        "?tab=care",
        "?tab=people",
        "?tab=documents",
        "?tab=timeline&all=yes",
    ] {
        all.push_str(&page(worker, case, tab).await);
    }
    for address in [
        "/worklist",
        "/worklist?whose=unit",
        "/worklist?whose=others",
        "/cases",
    ] {
        all.push_str(&worker.browser.get(address).await.text);
    }
    let token = server
        .sign_in_api(name, PASSWORD)
        .await
        .json::<Value>()
        .await
        .unwrap();
    let token = token["token"].as_str().unwrap().to_owned();
    let id = case.0;
    for address in [
        format!("/api/v1/cases/{id}"),
        format!("/api/v1/cases/{id}?at_position=1000"),
        format!("/api/v1/cases/{id}/events"),
        format!("/api/v1/cases/{id}/obligations"),
        "/api/v1/cases".to_owned(),
        "/api/v1/worklist".to_owned(),
        "/api/v1/events?limit=1000".to_owned(),
    ] {
        let answer = server
            .get(&address)
            .bearer_auth(&token)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{address}");
        all.push_str(&answer.text().await.unwrap());
    }
    let behind = json!({
        "command_id": RandomIds.next(), "expected_version": 1,
        "command": { "type": "add-note", "text": "Ghi chú riêng" },
    });
    let address = format!("/api/v1/cases/{id}/commands");
    let request = server.request(reqwest::Method::POST, &address);
    let answer = request
        .bearer_auth(&token)
        .json(&behind)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    all.push_str(&answer.text().await.unwrap());
    all
}

#[tokio::test]
async fn an_agency_sees_its_own_side_only() {
    let server = TestServer::start_with_units().await;
    let mut officer = Worker::officer(&server).await;
    let mut chair = Worker::chair(&server).await;
    let mut police = Worker::new(&server, "kien", Role::PoliceOfficer, HOME).await;
    let case = Case::received(&mut officer, "Nguyễn Thị Thử").await;
    assess(&mut officer, &case, &[("safe_place", SECRETS[0])]).await;
    officer
        .record(&case, "add-note", &[("text", SECRETS[1])])
        .await;
    let item = "0190163d-8694-739b-aea5-966c26f8ad91";
    let plan = [
        ("goals", SECRETS[2]),
        ("items.count", "1"),
        ("items[0].id", item),
        ("items[0].service", SECRETS[2]),
        ("items[0].measure", "50.a"),
        ("items[0].responsible", "Trạm y tế"),
        ("items[0].start.day", "22"),
        ("items[0].start.month", "2"),
        ("items[0].start.year", "2024"),
        ("items[0].end.day", "1"),
        ("items[0].end.month", "3"),
        ("items[0].end.year", "2024"),
        ("items[0].cost", "0"),
    ];
    dossier(&mut officer, &mut chair, &case).await;
    officer.record(&case, "submit-plan", &plan).await;
    officer
        .record(&case, "pass-crime-report", &[("to_unit", HOME)])
        .await;
    let order = [
        ("exam_id", "g1"),
        ("exam", "injury"),
        ("body", "health"),
        ("unit", HOME),
        ("note", SECRETS[3]),
    ];
    police.record(&case, "order-forensic-exam", &order).await;
    for (kind, reason) in [
        ("social-work-centre", SECRETS[4]),
        ("education", "Học bù"),
        ("legal-aid", "Tư vấn"),
    ] {
        let address = format!("/cases/{}/acts/refer", case.0);
        let referral = officer.browser.get(&address).await.hidden("referral_id");
        let referred = [
            ("referral_id", referral.as_str()),
            ("to_agency.kind", kind),
            ("to_agency.unit", HOME),
            ("reason", reason),
        ];
        officer.record(&case, "refer", &referred).await;
    }
    let asked = [
        ("request", "restrict-parental-rights"),
        ("to_unit", HOME),
        ("note", SECRETS[5]),
    ];
    chair.record(&case, "request-court-order", &asked).await;

    // Whoever works on the case in the commune sees all of it.
    let all = everything(&server, &mut officer, "lan", &case).await;
    for secret in SECRETS {
        assert!(all.contains(secret), "{secret}");
    }
    let sees: [(&str, Role, &[&str]); 7] = [
        ("kien", Role::PoliceOfficer, &[SECRETS[3]]),
        ("long", Role::Prosecutor, &[SECRETS[3]]),
        ("bich", Role::HealthWorker, &[SECRETS[3]]),
        ("tam", Role::CourtClerk, &[SECRETS[5]]),
        ("thao", Role::ProviderWorker, &[SECRETS[4]]),
        ("huong", Role::EducationWorker, &[]),
        ("huy", Role::LegalAidWorker, &[]),
    ];
    for (name, role, own) in sees {
        let mut worker = if name == "kien" {
            let mut browser = crate::support::Browser::new(&server);
            browser.sign_in(name, PASSWORD).await;
            Worker {
                server: &server,
                browser,
            }
        } else {
            Worker::new(&server, name, role, HOME).await
        };
        let all = everything(&server, &mut worker, name, &case).await;
        for secret in SECRETS {
            assert_eq!(
                all.contains(secret),
                own.contains(&secret),
                "{name}: {secret}"
            );
        }
        // What was assessed is not told in other words either, nor how far the case has come.
        for hidden in [
            "Bầm tím",
            "carer_is_harmer\":false",
            "Cần theo dõi",
            "plan-submitted",
            "Đã trình kế hoạch",
        ] {
            assert!(!all.contains(hidden), "{name}: {hidden}");
        }
        // It is said that there is more, and nothing that would not be true of the whole.
        let shown = page(&mut worker, &case, "?tab=plan").await;
        assert!(shown.contains("liên quan đến cơ quan anh/chị"), "{name}");
        for untrue in ["Chưa tới", "Chưa có kế hoạch"] {
            assert!(!shown.contains(untrue), "{name}: {untrue}");
        }
        // Nor can it be found out by looking for it.
        for question in ["stage=plan-submitted", "overdue=yes"] {
            let found = worker.browser.get(&format!("/cases?{question}")).await;
            assert!(
                found.text.contains(&case.0.to_string()),
                "{name}: {question}"
            );
        }
        let token = server.sign_in_api(name, PASSWORD).await;
        let token = token.json::<Value>().await.unwrap();
        for question in ["stage=plan-submitted", "overdue=true"] {
            let asked = server.get(&format!("/api/v1/cases?{question}"));
            let asked = asked.bearer_auth(token["token"].as_str().unwrap());
            let answer = asked.send().await.unwrap();
            assert_eq!(
                answer.status(),
                StatusCode::BAD_REQUEST,
                "{name}: {question}"
            );
        }
    }
}
