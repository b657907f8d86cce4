//! Commands that are about several streams: all of it is written or nothing; what was only looked at may
//! change meanwhile; and nobody is told of a stream that is none of theirs.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use domain::identity::Role;
use eventstore::{CommandId, ExpectedVersion, NewEvent, RecordedEvent, StreamId};
use futures::future::{BoxFuture, join_all};
use projections::CASE;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use server::ids::{Ids, RandomIds};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::support::{PASSWORD, TestServer};

/// Somebody who calls the API.
#[derive(Clone)]
struct Caller {
    base: String,
    token: String,
}

impl Caller {
    async fn new(server: &TestServer, name: &str, role: Role, unit: &str) -> Self {
        server.account_as(name, role, unit).await;
        let signed_in: Value = server
            .sign_in_api(name, PASSWORD)
            .await
            .json()
            .await
            .unwrap();
        Self {
            base: server.base.clone(),
            token: signed_in["token"].as_str().unwrap().to_owned(),
        }
    }

    async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        let answer = Client::new()
            .request(Method::POST, format!("{}{path}", self.base))
            .bearer_auth(&self.token)
            .json(body)
            .send()
            .await
            .unwrap();
        (answer.status(), answer.json().await.unwrap())
    }

    async fn send(&self, case: Uuid, id: Uuid, command: &Value) -> (StatusCode, Value) {
        let path = format!("/api/v1/cases/{case}/commands");
        let body = json!({ "command_id": id, "command": command });
        self.post(&path, &body).await
    }

    /// Sends a command that must be carried out.
    async fn done(&self, case: Uuid, command: &Value) -> Value {
        let (status, body) = self.send(case, RandomIds.next(), command).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        body
    }

    async fn begin(&self, report: &Value) -> Uuid {
        let body = json!({ "command_id": RandomIds.next(), "command": report });
        let (status, body) = self.post("/api/v1/cases", &body).await;
        assert_eq!(status, StatusCode::CREATED, "{body}");
        let case = body["case_id"].as_str().unwrap().parse().unwrap();
        assert_eq!(body["streams"], json!([stream(case, 1)]));
        case
    }
}

fn stream(case: Uuid, version: i64) -> Value {
    json!({ "kind": "case", "id": case, "version": version })
}

fn report(server: &TestServer, place: (&str, &str), incident: &str, child: &str) -> Value {
    json!({
        "type": "receive-report", "received_at": server.state.application.now(),
        "channel": "phone", "place_of_receipt": { "kind": place.0, "unit": place.1 },
        "child": { "name": child, "birth": { "date": "2014-05-17" }, "sex": "female" },
        "incident": { "unit": incident, "description": "Trẻ gọi từ bến xe" },
        "suspected_harm": [{ "form": "violence" }], "suspected_harmer": { "relation": "unknown" },
    })
}

async fn events(server: &TestServer, case: Uuid) -> Vec<RecordedEvent> {
    let stream = StreamId::new(CASE, case);
    let events = server.state.application.store.load_stream(stream).await;
    events.unwrap()
}

async fn types(server: &TestServer, case: Uuid) -> Vec<String> {
    let events = events(server, case).await;
    events.iter().map(|e| e.event_type.to_string()).collect()
}

/// Every stream of a case that there is.
async fn cases(server: &TestServer) -> Vec<Uuid> {
    let all = server.state.application.store.read_all(0, usize::MAX).await;
    let mut cases: Vec<_> = all
        .unwrap()
        .iter()
        .filter(|event| event.stream.kind == CASE)
        .map(|event| event.stream.id)
        .collect();
    cases.sort_unstable();
    cases.dedup();
    cases
}

/// A case of Hoàn Lão, and a report to which the hotline added it unseen; it happened in `incident`.
async fn told_unseen(server: &TestServer, incident: &str) -> (Caller, Uuid, Uuid) {
    let lan = Caller::new(server, "lan", Role::CommuneOfficer, "19111").await;
    let child = "Nguyễn Thị Thử";
    let first = report(server, ("commune", "19111"), "19111", child);
    let case = lan.begin(&first).await;
    let hotline = Caller::new(server, "tong", Role::HotlineOperator, "01").await;
    let told = report(server, ("hotline", "01"), incident, child);
    let body = hotline.done(case, &told).await;
    assert_eq!(body["streams"], json!([stream(case, 2)]));
    server.state.application.readings.finish().await;
    let report = events(server, case).await[1].event_id;
    (lan, case, report)
}

fn not_the_same(report: Uuid) -> Value {
    json!({
        "type": "answer-same-child", "event_id": report, "same": false,
        "reason": "Đã gọi lại, trẻ khác",
    })
}

/// The case that the last event of `case` names as the new one.
async fn new_case(server: &TestServer, case: Uuid) -> Uuid {
    let events = events(server, case).await;
    let last = events.last().unwrap();
    assert_eq!(&*last.event_type, "SameChildAnswered");
    let facts: Value = serde_json::from_str(&last.facts).unwrap();
    facts["new_case"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn the_answer_and_the_case_that_it_begins_are_one_command() {
    let server = TestServer::start_with_units().await;
    let (lan, case, report) = told_unseen(&server, "19138").await;
    let (id, answer) = (RandomIds.next(), not_the_same(report));
    let (status, body) = lan.send(case, id, &answer).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(body["version"], 3);
    assert_eq!(body["events"], json!(["SameChildAnswered"]));
    // What happened in the other commune is theirs: that there is a case is not told here.
    assert_eq!(body["streams"], json!([stream(case, 3)]));

    let new = new_case(&server, case).await;
    let begun = &events(&server, new).await[0];
    let answered = &events(&server, case).await[2];
    assert_eq!((begun.command_id, answered.command_id), (id, id));
    assert_eq!(begun.position + 1, answered.position);
    assert_eq!(body["position"], answered.position);
    let record = server.state.application.store.find_command(id).await;
    let parts = record.unwrap().unwrap().parts;
    let places: Vec<_> = parts.iter().map(|p| (p.stream.id, p.version)).collect();
    assert_eq!(places, [(new, 1), (case, 3)]);

    let again = lan.send(case, id, &answer).await;
    assert_eq!(again, (StatusCode::OK, body));
    assert_eq!(cases(&server).await.len(), 2);
}

#[tokio::test]
async fn who_sees_the_new_case_is_told_of_it() {
    let server = TestServer::start_with_units().await;
    let (lan, case, report) = told_unseen(&server, "19111").await;
    let (id, answer) = (RandomIds.next(), not_the_same(report));
    let (status, body) = lan.send(case, id, &answer).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let new = new_case(&server, case).await;
    assert_eq!(body["streams"], json!([stream(new, 1), stream(case, 3)]));
    // What was done then, although both have moved on.
    let note = json!({ "type": "add-note", "text": "Ghi chú" });
    for case in [case, new] {
        lan.done(case, &note).await;
    }
    assert_eq!(lan.send(case, id, &answer).await, (StatusCode::OK, body));
}

/// An earlier program began the case by a command of its own, and stopped before the answer.
#[tokio::test]
async fn what_an_earlier_program_had_begun_is_taken_up() {
    let server = TestServer::start_with_units().await;
    let (lan, case, report) = told_unseen(&server, "19138").await;
    let told = &events(&server, case).await[1];
    let half = RandomIds.next();
    let command = split_by_an_earlier_program(report);
    let begun = NewEvent {
        event_id: RandomIds.next(),
        event_type: told.event_type.to_string().into(),
        revision: told.revision,
        occurred_at: told.occurred_at,
        recorded_at: told.recorded_at,
        actor: (*told.actor).clone(),
        correlation_id: half,
        causation_id: None,
        facts: told.facts.replace(r#","unseen":true"#, ""),
        personal: told.personal.clone(),
    };
    let store = &server.state.application.store;
    let stream_of_half = StreamId::new(CASE, half);
    let begun = store
        .append(
            stream_of_half,
            ExpectedVersion::NoStream,
            vec![begun],
            command,
        )
        .await
        .unwrap();

    let (id, answer) = (RandomIds.next(), not_the_same(report));
    let (status, body) = lan.send(case, id, &answer).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(new_case(&server, case).await, half);
    assert_eq!(body["position"], begun.position + 1);
    assert_eq!(body["streams"], json!([stream(case, 3)]));
    // In the log it is what that program would have written: one part. Sent again it is the same.
    let record = store.find_command(id).await.unwrap().unwrap();
    assert_eq!(record.parts.len(), 1);
    assert_eq!(lan.send(case, id, &answer).await, (StatusCode::OK, body));
    assert_eq!(cases(&server).await.len(), 2);
}

/// The id by which the earlier program knew its own first half again: SHA-256 over what it was for.
fn split_by_an_earlier_program(report: Uuid) -> CommandId {
    let mut hash = Sha256::new();
    for part in [b"split".as_slice(), report.as_bytes()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let fingerprint: [u8; 32] = hash.finalize().into();
    let mut id = [0; 16];
    id.copy_from_slice(&fingerprint[..16]);
    CommandId {
        id: uuid::Builder::from_custom_bytes(id).into_uuid(),
        fingerprint,
    }
}

#[tokio::test]
async fn the_new_case_is_not_named_by_the_sender() {
    let server = TestServer::start_with_units().await;
    let (lan, case, told) = told_unseen(&server, "19138").await;
    let other = report(&server, ("commune", "19111"), "19111", "Lê Văn Khác");
    let other = lan.begin(&other).await;
    // Then the report would stand nowhere.
    let mut answer = not_the_same(told);
    answer["new_case"] = json!(other);
    let (status, body) = lan.send(case, RandomIds.next(), &answer).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
    assert_eq!(body["errors"][0]["pointer"], "/command/new_case");
    assert_eq!(types(&server, case).await.len(), 2);
    assert_eq!(cases(&server).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answered_many_times_at_once_there_is_one_new_case() {
    for server in [
        TestServer::start_with_units().await,
        TestServer::start_on_postgres().await,
    ] {
        let (lan, case, report) = told_unseen(&server, "19138").await;
        let answer = not_the_same(report);
        // The same command by many, and others that say the same.
        let id = RandomIds.next();
        let same = join_all((0..8).map(|_| lan.send(case, id, &answer)));
        let others = join_all((0..4).map(|_| lan.send(case, RandomIds.next(), &answer)));
        let (same, others) = futures::future::join(same, others).await;
        let done = |(status, _): &&(StatusCode, Value)| status.is_success();
        let others_won = others.iter().filter(done).count();
        let same_won = same.iter().filter(done).count();
        match others_won {
            0 => assert!(same.iter().all(|answer| *answer == same[0]), "{same:#?}"),
            _ => assert_eq!((others_won, same_won), (1, 0), "{same:#?} {others:#?}"),
        }
        assert_eq!(types(&server, case).await.len(), 3);
        let mut both = [case, new_case(&server, case).await];
        both.sort_unstable();
        assert_eq!(cases(&server).await, both);
    }
}

type Act = Box<dyn Fn() -> BoxFuture<'static, ()> + Send + Sync>;

/// Ids that let something else happen when one is drawn: that is after a case was read and before what
/// follows is written.
#[derive(Default)]
struct Between {
    left: AtomicUsize,
    busy: AtomicBool,
    act: Mutex<Option<Act>>,
}

impl std::fmt::Debug for Between {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Between")
    }
}

impl Between {
    /// `act` happens the next `times`.
    fn arm<F>(&self, times: usize, act: impl Fn() -> F + Send + Sync + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        *self.act.lock().unwrap() = Some(Box::new(move || Box::pin(act())));
        self.left.store(times, Ordering::SeqCst);
    }
}

impl Ids for Between {
    fn next(&self) -> Uuid {
        // What happens meanwhile draws ids itself.
        if !self.busy.swap(true, Ordering::SeqCst) {
            let left = self.left.load(Ordering::SeqCst);
            if left > 0 {
                self.left.store(left - 1, Ordering::SeqCst);
                let act = self.act.lock().unwrap().as_ref().map(|act| act());
                tokio::task::block_in_place(|| {
                    tokio::runtime::Handle::current().block_on(act.unwrap());
                });
            }
            self.busy.store(false, Ordering::SeqCst);
        }
        RandomIds.next()
    }
}

async fn start_with_between() -> (TestServer, Arc<Between>) {
    let between = Arc::new(Between::default());
    let ids = Arc::clone(&between);
    let server = TestServer::start_furnished(move |shared| shared.application.ids = ids).await;
    (server, between)
}

/// A case of `unit` that its chair may close as recorded twice; the chair.
async fn closable(server: &TestServer, unit: &str, name: &str) -> (Caller, Uuid) {
    let officer = Caller::new(server, &format!("{name}1"), Role::CommuneOfficer, unit).await;
    let chair = Caller::new(server, &format!("{name}2"), Role::CommuneChair, unit).await;
    let child = format!("Trần Thị {name}");
    let case = officer
        .begin(&report(server, ("commune", unit), unit, &child))
        .await;
    let level = json!({ "level": "low", "note": "" });
    let assessed = json!({
        "type": "record-initial-assessment", "harm": [level, level], "protection": [level, level],
        "grave": false, "carer_is_harmer": false, "conclusion": "Kết luận",
    });
    officer.done(case, &assessed).await;
    (chair, case)
}

fn recorded_twice(other: Uuid) -> Value {
    json!({ "type": "close-case", "reason": "recorded-twice", "other_case": other })
}

#[tokio::test]
async fn two_cases_of_one_child_do_not_close_each_other() {
    let server = TestServer::start_with_units().await;
    let (chair, first) = closable(&server, "19111", "Mai").await;
    let (_, second) = closable(&server, "19111", "Hoa").await;
    let mut twice = recorded_twice(second);
    twice["note"] = json!("Ghi trùng");
    chair.done(first, &twice).await;
    let (status, body) = chair
        .send(second, RandomIds.next(), &recorded_twice(first))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
    assert_eq!(body["errors"][0]["code"], "other-case-closed");
    assert_eq!(types(&server, second).await.len(), 2);

    // What a correction makes of the closing is looked at in the same way.
    let store = &server.state.application.store;
    let state = projections::load_case(store, first, domain::unit::Units::shipped())
        .await
        .unwrap()
        .unwrap();
    let closing = state.history().last().unwrap().event_id;
    let correct = |other: Uuid| {
        json!({
            "type": "correct", "event_id": closing, "path": "/other_case", "value": other,
            "reason": "Ghi nhầm số",
        })
    };
    for other in [RandomIds.next(), first] {
        let (status, body) = chair.send(first, RandomIds.next(), &correct(other)).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(body["errors"][0]["code"], "unknown-case");
    }
    let (_, third) = closable(&server, "19111", "Lan").await;
    chair.done(first, &correct(third)).await;
    // What is corrected beside it asks nothing of the other case again.
    let note = json!({
        "type": "correct", "event_id": closing, "path": "/note", "value": "Đã đối chiếu hai hồ sơ",
        "reason": "Ghi thiếu",
    });
    chair
        .done(third, &json!({ "type": "add-note", "text": "Ghi chú" }))
        .await;
    chair.done(first, &note).await;
}

#[tokio::test]
async fn a_case_that_nothing_is_like_is_closed_as_recorded_twice_and_asked_about() {
    let server = TestServer::start_with_units().await;
    let (_, other) = closable(&server, "19111", "Hoa").await;
    for (name, asked) in [("Mai", 1), ("Hoa", 0)] {
        let lan = format!("Lan{name}");
        let officer = Caller::new(&server, &lan, Role::CommuneOfficer, "19111").await;
        let chair = Caller::new(&server, &format!("{lan}2"), Role::CommuneChair, "19111").await;
        let child = format!("Trần Thị {name}");
        let case = officer
            .begin(&report(&server, ("commune", "19111"), "19111", &child))
            .await;
        let verified = json!({
            "type": "record-verification", "outcome": "confirmed", "findings": "Có thật",
        });
        officer.done(case, &verified).await;
        chair.done(case, &recorded_twice(other)).await;
        let store = &server.state.application.store;
        let closed = projections::load_case(store, case, domain::unit::Units::shipped()).await;
        let closed = closed.unwrap().unwrap();
        let open = closed.state().unwrap().open_contradictions();
        let open: Vec<_> = open.map(|one| one.against.code()).collect();
        assert_eq!(open, vec!["nothing-alike"; asked], "{name}");
    }
}

/// Somebody adds a note to `case`.
fn noting(by: &Caller, case: Uuid) -> impl Fn() -> BoxFuture<'static, ()> + Send + Sync + use<> {
    let by = by.clone();
    move || {
        let by = by.clone();
        Box::pin(async move {
            let note = json!({ "type": "add-note", "text": "Ghi chú" });
            by.done(case, &note).await;
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_only_looked_at_may_change_three_times() {
    let (server, between) = start_with_between().await;
    let lan = Caller::new(&server, "lan", Role::CommuneOfficer, "19111").await;
    let other = report(&server, ("commune", "19111"), "19111", "Nguyễn Thị Thử");
    let other = lan.begin(&other).await;
    let (chair, case) = closable(&server, "19111", "Mai").await;

    between.arm(4, noting(&lan, other));
    let id = RandomIds.next();
    let (status, body) = chair.send(case, id, &recorded_twice(other)).await;
    assert_eq!(status, StatusCode::CONFLICT, "{body}");
    assert_eq!(body["code"], "version-conflict");
    // Nothing was recorded in the case itself; what changed is named.
    assert_eq!((&body["version"], &body["events"]), (&json!(2), &json!([])));
    assert_eq!(body["streams"], json!([stream(other, 5)]));
    assert_eq!(types(&server, case).await.len(), 2);

    between.arm(3, noting(&lan, other));
    let (status, body) = chair.send(case, id, &recorded_twice(other)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(types(&server, other).await.len(), 8);
    assert_eq!(types(&server, case).await[2..], ["CaseClosed"]);
    // That it was looked at is a condition, and no result.
    assert_eq!(body["streams"], json!([stream(case, 3)]));
    let again = chair.send(case, id, &recorded_twice(other)).await;
    assert_eq!(again, (StatusCode::OK, body));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conflict_tells_nothing_of_a_case_that_goes_on_without_the_sender() {
    let (server, between) = start_with_between().await;
    // The chair of where it happened is told of that report, and of nothing else in the case.
    let (lan, other, _) = told_unseen(&server, "19138").await;
    let (chair, case) = closable(&server, "19138", "Mai").await;
    between.arm(4, noting(&lan, other));
    let (status, body) = chair
        .send(case, RandomIds.next(), &recorded_twice(other))
        .await;
    assert_eq!(status, StatusCode::CONFLICT, "{body}");
    assert_eq!(body["streams"], json!([]));
    assert!(!body.to_string().contains(&other.to_string()), "{body}");
    assert_eq!(types(&server, other).await.len(), 6);
    assert_eq!(types(&server, case).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn decided_anew_is_decided_on_what_stands_now() {
    let (server, between) = start_with_between().await;
    let lan = Caller::new(&server, "lan", Role::CommuneOfficer, "19111").await;
    let (_, other) = closable(&server, "19111", "Mai").await;
    let offer = json!({
        "type": "transfer-case", "to_unit": "19138", "reason": "Trẻ cư trú tại đó",
    });
    lan.done(other, &offer).await;
    // Who is asked to take a case sees it; not any more when the offer is withdrawn.
    let (chair, case) = closable(&server, "19138", "Hoa").await;
    between.arm(1, move || {
        let lan = lan.clone();
        async move {
            let withdraw = json!({ "type": "withdraw-transfer", "reason": "Ghi nhầm" });
            lan.done(other, &withdraw).await;
        }
    });
    let (status, body) = chair
        .send(case, RandomIds.next(), &recorded_twice(other))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
    assert_eq!(body["errors"][0]["code"], "unknown-case");
    assert_eq!(types(&server, case).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conflict_in_the_case_itself_names_it() {
    let (server, between) = start_with_between().await;
    let lan = Caller::new(&server, "lan", Role::CommuneOfficer, "19111").await;
    let first = report(&server, ("commune", "19111"), "19111", "Nguyễn Thị Thử");
    let case = lan.begin(&first).await;
    between.arm(1, noting(&lan, case));
    let note = json!({ "type": "add-note", "text": "Một ghi chú khác" });
    let (status, body) = lan.send(case, RandomIds.next(), &note).await;
    assert_eq!(status, StatusCode::CONFLICT, "{body}");
    assert_eq!(body["streams"], json!([stream(case, 2)]));
    assert_eq!(body["events"].as_array().unwrap().len(), 1);
}
