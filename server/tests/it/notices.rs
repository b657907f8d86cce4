//! Reminders: each is sent once, however many processes run the job; on both databases.

use chrono::Duration;
use domain::identity::Role;
use eventstore::{RecordedEvent, StreamId};
use icalendar::{Calendar, Component};
use projections::NOTICE;
use reqwest::StatusCode;
use serde_json::{Value, json};
use server::access::Account;
use server::notices::send_notices;

use crate::readings::{begin, command, commune, token};
use crate::support::{Browser, PASSWORD, TestServer};

const MONDAY: &str = "2024-02-19T09:00:00+07:00";

async fn told(server: &TestServer, account: &Account) -> Vec<RecordedEvent> {
    let stream = StreamId::new(NOTICE, account.id);
    let store = &server.state.application.store;
    store.load_stream(stream).await.unwrap()
}

fn kinds(events: &[RecordedEvent]) -> Vec<(String, String)> {
    let mut kinds: Vec<_> = events
        .iter()
        .map(|event| serde_json::from_str::<Value>(&event.facts).unwrap())
        .map(|facts| {
            let text = |name: &str| facts[name].as_str().unwrap().to_owned();
            (text("kind"), text("step"))
        })
        .collect();
    kinds.sort();
    kinds
}

/// An emergency: the chair has 12 hours from the receipt to protect the child.
fn emergency() -> Value {
    json!({
        "type": "record-initial-assessment",
        "harm": [{"level": "high", "note": ""}, {"level": "high", "note": ""}],
        "protection": [{"level": "low", "note": ""}, {"level": "low", "note": ""}],
        "grave": true, "carer_is_harmer": false, "conclusion": "Phải bảo vệ ngay"
    })
}

/// The hotline has told the commune of a child: the commune has to answer.
async fn forwarded(server: &TestServer) -> (Account, Account, uuid::Uuid) {
    server.clock.set(MONDAY.parse().unwrap());
    let lan = server.account("lan").await;
    let hotline = server
        .account_as("tongdai", Role::HotlineOperator, "44")
        .await;
    let bearer = token(server, "tongdai").await;
    let place = json!({"kind": "hotline", "unit": "44"});
    let case = begin(server, &bearer, &place).await;
    let forward = json!({"type": "forward-report", "to_unit": "19111"});
    command(server, &bearer, case, 1, forward).await;
    (lan, hotline, case)
}

async fn each_notice_is_sent_once(server: TestServer) {
    let (lan, hotline, case) = forwarded(&server).await;
    // Many runs at the same moment.
    let runs = (0..6).map(|_| send_notices(&server.state));
    let sent: usize = futures::future::join_all(runs)
        .await
        .into_iter()
        .map(Result::unwrap)
        .sum();
    let of_lan = told(&server, &lan).await;
    let offered = ("offered-to-you".to_owned(), "acknowledge-report".to_owned());
    assert!(kinds(&of_lan).contains(&offered), "{:?}", kinds(&of_lan));
    let before = of_lan.len();
    let all = before + told(&server, &hotline).await.len();
    assert_eq!(sent, all, "each was sent by one of the runs");
    assert_eq!(&*of_lan[0].event_type, "NoticeSent");
    assert_eq!(of_lan[0].actor.role, "system");
    assert!(of_lan.iter().all(|event| event.personal.is_none()));
    assert!(of_lan.iter().all(|event| !event.facts.contains("Nguyễn")));

    // The bell counts them; taken note of, they are no longer counted.
    let mut browser = Browser::new(&server);
    browser.sign_in("lan", PASSWORD).await;
    let page = browser.get("/notices").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Chờ anh/chị trả lời"), "{}", page.text);
    assert!(page.text.contains(&format!("/cases/{case}")));
    let count = browser.get("/notices/count").await;
    let count: Value = serde_json::from_str(&count.text).unwrap();
    assert_eq!(count["unread"], before);
    let fields = [("_token", page.token()), ("notice", "all".to_owned())];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let answer = browser.post("/notices/read", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let count = browser.get("/notices/count").await;
    let count: Value = serde_json::from_str(&count.text).unwrap();
    assert_eq!(count["unread"], 0);
    let noted = told(&server, &lan).await;
    assert_eq!(noted.len(), 2 * before);
    assert_eq!(&*noted[before].event_type, "NoticeRead");
    assert_eq!(noted[before].actor.officer, Some(lan.id));

    // The answer is told to whoever offered.
    let bearer = token(&server, "lan").await;
    let acknowledge = json!({"type": "acknowledge-report"});
    command(&server, &bearer, case, 2, acknowledge).await;
    send_notices(&server.state).await.unwrap();
    let answered = ("answered".to_owned(), "acknowledge-report".to_owned());
    let of_hotline = told(&server, &hotline).await;
    assert!(
        kinds(&of_hotline).contains(&answered),
        "{:?}",
        kinds(&of_hotline)
    );

    let duc = server.account_as("duc", Role::CommuneChair, "19111").await;
    command(&server, &bearer, case, 3, emergency()).await;
    // 12 hours from 9 o'clock: a quarter is left at 18:00, nothing after 21:00.
    let of_step = |events: &[RecordedEvent]| -> Vec<String> {
        let first = events
            .iter()
            .filter(|event| &*event.event_type == "NoticeSent");
        let first: Vec<RecordedEvent> = first.cloned().collect();
        let of_step = kinds(&first).into_iter();
        of_step
            .filter(|(_, step)| step == "emergency-measure")
            .map(|(kind, _)| kind)
            .collect()
    };
    for (at, expected) in [
        ("2024-02-19T17:59:00+07:00", &[][..]),
        ("2024-02-19T18:00:00+07:00", &["due-soon"]),
        ("2024-02-19T21:00:00+07:00", &["due-soon"]),
        ("2024-02-19T21:00:01+07:00", &["due-soon", "overdue"]),
        ("2024-02-25T21:00:01+07:00", &["due-soon", "overdue"]),
    ] {
        server.clock.set(at.parse().unwrap());
        send_notices(&server.state).await.unwrap();
        assert_eq!(of_step(&told(&server, &duc).await), expected, "{at}");
    }
}

/// The law sets no time for the initial assessment; 12 hours from the receipt an emergency measure
/// would be due.
async fn a_time_to_mind_is_told_as_such(server: TestServer) {
    server.clock.set(MONDAY.parse().unwrap());
    let lan = server.account("lan").await;
    let bearer = token(&server, "lan").await;
    let case = begin(&server, &bearer, &commune()).await;
    let of_step = async || -> Vec<String> {
        let all = kinds(&told(&server, &lan).await).into_iter();
        all.filter(|(_, step)| step == "initial-assessment")
            .map(|(kind, _)| kind)
            .collect()
    };
    for (at, expected) in [
        ("2024-02-19T17:59:00+07:00", &[][..]),
        ("2024-02-19T18:00:00+07:00", &["bound-soon"]),
        ("2024-02-19T21:00:01+07:00", &["bound-passed", "bound-soon"]),
        ("2024-02-26T09:00:00+07:00", &["bound-passed", "bound-soon"]),
    ] {
        server.clock.set(at.parse().unwrap());
        send_notices(&server.state).await.unwrap();
        assert_eq!(of_step().await, expected, "{at}");
    }
    server
        .clock
        .set("2024-02-19T22:00:00+07:00".parse().unwrap());
    let mut browser = Browser::new(&server);
    browser.sign_in("lan", PASSWORD).await;
    let page = browser.get("/notices").await;
    for said in [
        "Sắp đến mốc nên hoàn thành: Đánh giá nguy cơ ban đầu",
        "Chưa làm, đã qua mốc nên hoàn thành: Đánh giá nguy cơ ban đầu",
        "Đã qua mốc nên hoàn thành 1 giờ",
    ] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert!(!page.text.contains("Quá hạn"), "{}", page.text);
    let bearer = token(&server, "lan").await;
    command(&server, &bearer, case, 1, emergency()).await;
    assert_eq!(send_notices(&server.state).await.unwrap(), 0);
}

/// A server that begins to remind tells of what became overdue lately.
async fn what_is_long_overdue_is_not_told_at_once(server: TestServer) {
    server.clock.set(MONDAY.parse().unwrap());
    server.account("lan").await;
    let duc = server.account_as("duc", Role::CommuneChair, "19111").await;
    let bearer = token(&server, "lan").await;
    let long_ago = begin(&server, &bearer, &commune()).await;
    command(&server, &bearer, long_ago, 1, emergency()).await;
    server.clock.advance(Duration::days(10));
    let bearer = token(&server, "lan").await;
    let lately = begin(&server, &bearer, &commune()).await;
    command(&server, &bearer, lately, 1, emergency()).await;
    // Both measures were due 12 hours after the same receipt.
    server.clock.advance(Duration::days(4));
    send_notices(&server.state).await.unwrap();
    let overdue = ("overdue".to_owned(), "emergency-measure".to_owned());
    let of_duc = kinds(&told(&server, &duc).await);
    let told_of = of_duc.iter().filter(|kind| **kind == overdue).count();
    assert_eq!(told_of, 2, "{of_duc:?}");

    // A chair who comes a day later hears of neither.
    server.clock.advance(Duration::days(1));
    let mai = server.account_as("mai", Role::CommuneChair, "19111").await;
    send_notices(&server.state).await.unwrap();
    let of_mai = kinds(&told(&server, &mai).await);
    assert!(!of_mai.contains(&overdue), "{of_mai:?}");
}

/// The measure was due at 21:00 and was recorded the next morning as late; a correction makes it punctual
/// and another late again. The province hears of what was the chair's, once of each.
async fn a_correction_that_turns_late_and_punctual_is_told(server: TestServer) {
    server.clock.set(MONDAY.parse().unwrap());
    server.account("lan").await;
    let duc = server.account_as("duc", Role::CommuneChair, "19111").await;
    let province = server
        .account_as("tinh", Role::ProvincialOfficer, "44")
        .await;
    let elsewhere = server
        .account_as("khac", Role::ProvincialOfficer, "01")
        .await;
    let officer = token(&server, "lan").await;
    let case = begin(&server, &officer, &commune()).await;
    command(&server, &officer, case, 1, emergency()).await;
    server.clock.advance(Duration::hours(24));
    let (officer, chair) = (token(&server, "lan").await, token(&server, "duc").await);
    let measure = json!({
        "type": "apply-emergency-measure", "measures": ["safe-place"], "agencies": ["police"],
        "applied_at": "2024-02-20T08:30:00+07:00"
    });
    command(&server, &chair, case, 2, measure).await;
    let store = &server.state.application.store;
    let folded = projections::load_case(store, case, domain::unit::Units::shipped())
        .await
        .unwrap()
        .unwrap();
    let measure = folded.history()[2].event_id;
    let corrected = |at: &str| {
        json!({"type": "correct", "event_id": measure, "path": "/applied_at", "value": at,
               "reason": "Ghi nhầm giờ"})
    };
    let of = async |account: &Account| -> usize {
        let all = kinds(&told(&server, account).await).into_iter();
        all.filter(|(kind, step)| kind == "corrected" && step == "emergency-measure")
            .count()
    };
    for (version, at, times) in [
        (3, "2024-02-19T12:00:00+07:00", 1),
        (4, "2024-02-20T08:45:00+07:00", 1),
    ] {
        command(&server, &officer, case, version, corrected(at)).await;
        for _ in 0..2 {
            send_notices(&server.state).await.unwrap();
            assert_eq!(of(&province).await, times, "{at}");
            assert_eq!((of(&duc).await, of(&elsewhere).await), (0, 0));
        }
    }
    let mut browser = Browser::new(&server);
    browser.sign_in("tinh", PASSWORD).await;
    let page = browser.get("/notices").await;
    assert!(
        page.text
            .contains("Đính chính làm thay đổi việc đúng hạn hay quá hạn"),
        "{}",
        page.text
    );
}

/// A transfer that is offered, declined, and offered again and accepted.
async fn both_sides_of_a_transfer_are_told(server: TestServer) {
    const OTHER: &str = "19138";
    server.clock.set(MONDAY.parse().unwrap());
    let lan = server.account("lan").await;
    let colleague = server.account("mai").await;
    let binh = server.account_as("binh", Role::CommuneOfficer, OTHER).await;
    let cuc = server.account_as("cuc", Role::CommuneOfficer, OTHER).await;
    let elsewhere = server
        .account_as("dung", Role::CommuneOfficer, "19117")
        .await;
    let (giver, asked) = (token(&server, "lan").await, token(&server, "binh").await);
    let case = begin(&server, &giver, &commune()).await;
    let level = json!({"level": "low", "note": ""});
    let assessed = json!({
        "type": "record-initial-assessment", "harm": [level, level], "protection": [level, level],
        "grave": false, "carer_is_harmer": false, "conclusion": "Kết luận"
    });
    command(&server, &giver, case, 1, assessed).await;
    let offer = json!({"type": "transfer-case", "to_unit": OTHER, "reason": "Trẻ cư trú ở đó"});
    let of_transfer = async |account: &Account| -> Vec<String> {
        let all = kinds(&told(&server, account).await).into_iter();
        all.filter(|(_, step)| step == "transfer-response")
            .map(|(kind, _)| kind)
            .collect()
    };
    let expect = async |giver: &[&str], asked: &[&str]| {
        // Looking again changes nothing.
        for _ in 0..2 {
            send_notices(&server.state).await.unwrap();
            assert_eq!(of_transfer(&lan).await, giver);
            assert_eq!(of_transfer(&binh).await, asked);
            assert_eq!(of_transfer(&cuc).await, asked);
            assert!(of_transfer(&colleague).await.is_empty());
            assert!(of_transfer(&elsewhere).await.is_empty());
        }
    };
    let offered = "offered-to-you";
    expect(&[], &[]).await;
    command(&server, &giver, case, 2, offer.clone()).await;
    expect(&[], &[offered]).await;
    let no = json!({"type": "decline-transfer", "reason": "Trẻ không ở đây"});
    command(&server, &asked, case, 3, no).await;
    expect(&["answered"], &[offered]).await;
    // Offered, and taken back before anybody was told: nobody is.
    command(&server, &giver, case, 4, offer.clone()).await;
    let withdraw = json!({"type": "withdraw-transfer", "reason": "Ghi nhầm"});
    command(&server, &giver, case, 5, withdraw).await;
    expect(&["answered"], &[offered]).await;
    command(&server, &giver, case, 6, offer).await;
    let yes = json!({"type": "accept-transfer"});
    expect(&["answered"], &[offered, offered]).await;
    command(&server, &asked, case, 7, yes).await;
    expect(&["answered", "answered"], &[offered, offered]).await;

    // Each sees on the page what they were told: how it was answered, by whom, about which child.
    for (name, said) in [
        ("lan", "Đã có trả lời: Xã Phúc Trạch nhận hồ sơ</h3>"),
        ("lan", "Đã có trả lời: Xã Phúc Trạch không nhận hồ sơ</h3>"),
        ("lan", "Người ghi: Nguyễn Thị Lan · "),
        ("lan", "Nguyễn T. B. · 2024-000001</a>"),
        ("cuc", "Chờ anh/chị trả lời: Trả lời đề nghị nhận hồ sơ"),
    ] {
        let mut browser = Browser::new(&server);
        browser.sign_in(name, PASSWORD).await;
        let page = browser.get("/notices").await;
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
}

async fn a_calendar_holds_what_one_owes(server: TestServer) {
    server.clock.set(MONDAY.parse().unwrap());
    server.account("lan").await;
    let bearer = token(&server, "lan").await;
    let case = begin(&server, &bearer, &commune()).await;
    command(&server, &bearer, case, 1, emergency()).await;
    server.account_as("duc", Role::CommuneChair, "19111").await;
    let mut browser = Browser::new(&server);
    browser.sign_in("duc", PASSWORD).await;
    let page = browser.get("/reminders").await;
    assert_eq!(page.status, StatusCode::OK);
    let form_token = page.token();
    let make = [("_token", form_token.as_str()), ("do", "make")];
    let page = browser.post("/reminders/calendar", &make).await;
    let path_in = |page: &str| {
        let rest = page.split("/calendar/").nth(1).unwrap();
        let secret = rest.split(".ics").next().unwrap();
        assert_eq!(secret.len(), 64);
        format!("/calendar/{secret}.ics")
    };
    let path = path_in(&page.text);
    // Said once.
    assert!(!browser.get("/reminders").await.text.contains(".ics"));

    let answer = server.get(&path).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(
        answer.headers()["content-type"],
        "text/calendar; charset=utf-8"
    );
    let text = answer.text().await.unwrap();
    let calendar: Calendar = text.parse().unwrap();
    let events: Vec<_> = calendar.events().collect();
    let measure = events
        .iter()
        .find(|event| event.get_summary().unwrap().contains("Can thiệp khẩn cấp"))
        .unwrap();
    assert_eq!(measure.property_value("DTEND"), Some("20240219T140000Z"));
    assert!(measure.property_value("LAST-MODIFIED").is_some());
    for secret in ["Nguyễn", "Bé", "Hoàn Lão", "bầm"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let again = server
        .get(&path)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert_eq!(again, text);

    // Another address drops the first one; revoked, there is none.
    let page = browser.post("/reminders/calendar", &make).await;
    let second = path_in(&page.text);
    let status = async |path: &str| server.get(path).send().await.unwrap().status();
    assert_eq!(status(&path).await, StatusCode::NOT_FOUND);
    assert_eq!(status(&second).await, StatusCode::OK);
    let revoke = [("_token", form_token.as_str()), ("do", "revoke")];
    browser.post("/reminders/calendar", &revoke).await;
    assert_eq!(status(&second).await, StatusCode::NOT_FOUND);
    let database = &server.state.database;
    let now = server.state.now() + Duration::seconds(1);
    let page = browser.post("/reminders/calendar", &make).await;
    let third = path_in(&page.text);
    server::access::account::disable(database, "duc", now)
        .await
        .unwrap();
    assert_eq!(status(&third).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn notices_on_sqlite() {
    each_notice_is_sent_once(TestServer::start().await).await;
}

#[tokio::test]
async fn notices_on_postgres() {
    each_notice_is_sent_once(TestServer::start_on_postgres().await).await;
}

#[tokio::test]
async fn transfers_on_sqlite() {
    both_sides_of_a_transfer_are_told(TestServer::start().await).await;
}

#[tokio::test]
async fn transfers_on_postgres() {
    both_sides_of_a_transfer_are_told(TestServer::start_on_postgres().await).await;
}

#[tokio::test]
async fn calendars_on_sqlite() {
    a_calendar_holds_what_one_owes(TestServer::start().await).await;
}

#[tokio::test]
async fn calendars_on_postgres() {
    a_calendar_holds_what_one_owes(TestServer::start_on_postgres().await).await;
}

#[tokio::test]
async fn times_to_mind_on_sqlite() {
    a_time_to_mind_is_told_as_such(TestServer::start().await).await;
}

#[tokio::test]
async fn times_to_mind_on_postgres() {
    a_time_to_mind_is_told_as_such(TestServer::start_on_postgres().await).await;
}

#[tokio::test]
async fn long_overdue_on_sqlite() {
    what_is_long_overdue_is_not_told_at_once(TestServer::start().await).await;
}

#[tokio::test]
async fn long_overdue_on_postgres() {
    what_is_long_overdue_is_not_told_at_once(TestServer::start_on_postgres().await).await;
}

#[tokio::test]
async fn corrections_on_sqlite() {
    a_correction_that_turns_late_and_punctual_is_told(TestServer::start().await).await;
}

#[tokio::test]
async fn corrections_on_postgres() {
    a_correction_that_turns_late_and_punctual_is_told(TestServer::start_on_postgres().await).await;
}
