//! Posts of officers through real HTTP: deputies act for others for a time, moves change what one
//! sees and nothing that was recorded.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::identity::Role;
use domain::time::Instant;
use eventstore::StreamId;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::access::{Account, account};
use server::application::{NewDeputy, PostBook, SendError, Sender};
use server::clock::Clock;
use server::ids::{Ids, RandomIds};
use uuid::Uuid;

use crate::support::{Browser, PASSWORD, Page, TestServer};

/// A commune officer, a deputy and a chair, and a case whose plan waits for approval.
struct Scene {
    server: TestServer,
    deputy: Account,
    chair: Account,
    substitution: Uuid,
    case: String,
    version: i64,
}

async fn token(server: &TestServer, name: &str, capacity: Option<Uuid>) -> Value {
    let body = json!({ "username": name, "password": PASSWORD, "capacity": capacity });
    let answer = server
        .request(Method::POST, "/api/v1/sessions")
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    answer.json().await.unwrap()
}

async fn send(server: &TestServer, token: &Value, path: &str, body: &Value) -> (StatusCode, Value) {
    let token = token["token"].as_str().unwrap();
    let request = server.request(Method::POST, path).bearer_auth(token);
    let answer = request.json(body).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

impl Scene {
    async fn set(server: TestServer) -> Self {
        server.account("lan").await;
        let deputy = server.account("hoai").await;
        let chair = server
            .account_as("thanh", Role::CommuneChair, "19111")
            .await;
        let now = server.clock.now();
        let new = NewDeputy {
            from: None,
            until: Some(Instant::new(now + Duration::days(2))),
            act: "12/QĐ-UBND".to_owned(),
        };
        let book = server.state.application.posts();
        let substitution = book.substitute(&deputy, &chair, new, Sender::System).await;
        let substitution = substitution.unwrap();
        let mut scene = Self {
            server,
            deputy,
            chair,
            substitution,
            case: String::new(),
            version: 0,
        };
        let lan = token(&scene.server, "lan", None).await;
        for command in until_submitted() {
            scene.give(&lan, command).await;
        }
        scene
    }

    /// Gives a command and moves the clock on.
    async fn give(&mut self, by: &Value, command: Value) {
        let path = if self.case.is_empty() {
            "/api/v1/cases".to_owned()
        } else {
            format!("/api/v1/cases/{}/commands", self.case)
        };
        let mut body = json!({ "command_id": RandomIds.next(), "command": command });
        if self.version > 0 {
            body["expected_version"] = self.version.into();
        }
        let (status, answer) = send(&self.server, by, &path, &body).await;
        assert!(status.is_success(), "{command}: {answer:#}");
        self.version = answer["version"].as_i64().unwrap();
        if let Some(case) = answer["case_id"].as_str() {
            self.case = case.to_owned();
        }
        self.server.clock.advance(Duration::minutes(5));
    }

    async fn approve(&self, by: &Value) -> (StatusCode, Value) {
        let body = json!({
            "command_id": RandomIds.next(), "expected_version": self.version,
            "command": { "type": "approve-plan", "decision_number": "7/QĐ-UBND" },
        });
        let path = format!("/api/v1/cases/{}/commands", self.case);
        send(&self.server, by, &path, &body).await
    }
}

/// The commands that lead to a plan which waits for approval, as in the shipped scenario.
fn until_submitted() -> Vec<Value> {
    let text = include_str!("../../../domain/scenarios/whole-path.json");
    let scenario: Value = serde_json::from_str(text).unwrap();
    let mut commands = Vec::new();
    for step in scenario["steps"].as_array().unwrap() {
        let mut command = step["command"].clone();
        if command["type"] == "approve-plan" {
            break;
        }
        if command.get("received_at").is_some() {
            command["received_at"] = "2024-02-21T16:00:00+07:00".into();
        }
        commands.push(command);
    }
    commands
}

#[tokio::test]
async fn a_deputy_approves_for_the_chair_until_the_end() {
    deputy_acts(TestServer::start().await).await;
}

#[tokio::test]
async fn a_deputy_approves_for_the_chair_until_the_end_on_postgres() {
    deputy_acts(TestServer::start_on_postgres().await).await;
}

async fn deputy_acts(server: TestServer) {
    let mut scene = Scene::set(server).await;
    let own = token(&scene.server, "hoai", None).await;
    let capacities = own["officer"]["capacities"].as_array().unwrap();
    assert_eq!(capacities.len(), 2);
    assert_eq!(capacities[0]["on_behalf_of"], Value::Null);
    assert_eq!(capacities[1]["role"], "commune-chair");
    assert_eq!(own["officer"]["role"], "commune-officer");
    assert_eq!(scene.approve(&own).await.0, StatusCode::FORBIDDEN);

    let acting = token(&scene.server, "hoai", Some(scene.substitution)).await;
    assert_eq!(acting["officer"]["role"], "commune-chair");
    assert_eq!(acting["officer"]["on_behalf_of"], "Nguyễn Thị Lan");
    let approval = json!({ "type": "approve-plan", "decision_number": "7/QĐ-UBND" });
    scene.give(&acting, approval).await;
    let path = format!("/api/v1/cases/{}/events", scene.case);
    let bearer = acting["token"].as_str().unwrap();
    let events = scene.server.get(&path).bearer_auth(bearer);
    let events: Value = events.send().await.unwrap().json().await.unwrap();
    let last = &events["items"].as_array().unwrap().last().unwrap()["actor"];
    assert_eq!(
        events["items"].as_array().unwrap().last().unwrap()["type"],
        "PlanApproved"
    );
    assert_eq!(last["officer"], scene.deputy.id.to_string());
    assert_eq!(last["role"], "commune-chair");
    assert_eq!(last["on_behalf_of"], "Nguyễn Thị Lan");

    // The same on the pages.
    let mut browser = Browser::new(&scene.server);
    browser.sign_in("hoai", PASSWORD).await;
    let choice = browser.get("/capacity").await;
    assert!(
        choice.text.contains("thay mặt Nguyễn Thị Lan"),
        "{}",
        choice.text
    );
    let substitution = scene.substitution.to_string();
    let fields = [("_token", &*choice.token()), ("capacity", &*substitution)];
    let chosen = browser.post("/capacity", &fields).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER);
    let address = format!("/cases/{}/acts/assign-officer", scene.case);
    let form = browser.get(&address).await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.text.contains("class=\"acting\""), "{}", form.text);
    let case = browser
        .get(&format!("/cases/{}?tab=timeline", scene.case))
        .await;
    assert!(
        case.text.contains(", thay mặt Nguyễn Thị Lan"),
        "{}",
        case.text
    );

    // After the end the same is refused, and the page says why.
    scene.server.clock.advance(Duration::days(2));
    let mut browser_at_the_end = browser;
    browser_at_the_end.sign_in("hoai", PASSWORD).await;
    let gone = browser_at_the_end.get("/capacity").await;
    assert!(!gone.text.contains("class=\"acting\""));
    let bad = json!({ "username": "hoai", "password": PASSWORD, "capacity": scene.substitution });
    let request = scene.server.request(Method::POST, "/api/v1/sessions");
    let refused = request.json(&bad).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let refused: Value = refused.json().await.unwrap();
    assert_eq!(refused["code"], "capacity-not-held");
}

#[tokio::test]
async fn when_a_substitution_ends_the_next_request_is_refused_and_says_why() {
    let scene = Scene::set(TestServer::start().await).await;
    let acting = token(&scene.server, "hoai", Some(scene.substitution)).await;
    let mut browser = Browser::new(&scene.server);
    browser.sign_in("hoai", PASSWORD).await;
    let choice = browser.get("/capacity").await;
    let substitution = scene.substitution.to_string();
    let fields = [("_token", &*choice.token()), ("capacity", &*substitution)];
    browser.post("/capacity", &fields).await;
    let address = format!("/cases/{}/acts/assign-officer", scene.case);
    let form = browser.get(&address).await;
    assert_eq!(form.status, StatusCode::OK);

    // The chair is back early and ends it.
    let mut chair = Browser::new(&scene.server);
    chair.sign_in("thanh", PASSWORD).await;
    let page = chair.get("/capacity").await;
    let deputy = scene.deputy.id.to_string();
    let fields = [
        ("_token", &*page.token()),
        ("deputy", &*deputy),
        ("post", &*substitution),
    ];
    let ended = chair.post("/capacity/deputy/end", &fields).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text);

    let officer = scene.deputy.id.to_string();
    let typed = [
        ("_token", &*form.token()),
        ("command_id", &*form.hidden("command_id")),
        ("expected_version", &*form.hidden("expected_version")),
        ("_action", "submit"),
        ("officer", &*officer),
        ("occurred_at.choice", "now"),
    ];
    let refused = browser.post(&address, &typed).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
    let why = "Việc thay mặt Nguyễn Thị Lan đã kết thúc";
    assert!(refused.text.contains(why), "{}", refused.text);
    let (status, answer) = scene.approve(&acting).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "{answer}");
    // Said until it was understood.
    let next = browser.get("/worklist").await;
    assert!(next.text.contains(why));
    browser
        .post("/capacity", &[("_token", &next.token())])
        .await;
    assert!(!browser.get("/worklist").await.text.contains(why));
}

#[tokio::test]
async fn a_moved_officer_sees_the_new_unit_only_and_what_was_recorded_stays() {
    let scene = Scene::set(TestServer::start().await).await;
    let server = &scene.server;
    server
        .account_as("quantri", Role::Administrator, "44")
        .await;
    let lan = account::find(&server.state.database, "lan")
        .await
        .unwrap()
        .unwrap();
    let mut old = Browser::new(server);
    old.sign_in("lan", PASSWORD).await;

    let mut admin = Browser::new(server);
    admin.sign_in("quantri", PASSWORD).await;
    let list = admin.get("/officers?text=lan+hoan").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.text.contains(&lan.id.to_string()), "{}", list.text);
    let address = format!("/officers/{}/move", lan.id);
    let form = admin.get(&address).await;
    let moving = |unit: &'static str, form: &Page| {
        vec![
            ("_token", form.token()),
            ("command_id", form.hidden("command_id")),
            ("_action", "submit".to_owned()),
            ("role", "commune-chair".to_owned()),
            ("unit", unit.to_owned()),
        ]
    };
    let fields = moving("00004", &form);
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, &**value))
        .collect();
    let elsewhere = admin.post(&address, &fields).await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = moving("19009", &form);
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, &**value))
        .collect();
    let moved = admin.post(&address, &fields).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.text);
    let history = admin.get(&format!("/officers/{}", lan.id)).await;
    assert!(
        history
            .text
            .contains("Người làm công tác bảo vệ trẻ em cấp xã")
    );
    assert!(
        history.text.contains("Quản trị hệ thống"),
        "{}",
        history.text
    );

    // The old session has ended; the new one sees nothing of the old unit.
    assert_eq!(old.get("/worklist").await.status, StatusCode::SEE_OTHER);
    let now = token(server, "lan", None).await;
    assert_eq!(
        (&now["officer"]["role"], &now["officer"]["unit"]),
        (&json!("commune-chair"), &json!("19009"))
    );
    let bearer = now["token"].as_str().unwrap();
    let case = server.get(&format!("/api/v1/cases/{}", scene.case));
    let case = case.bearer_auth(bearer).send().await.unwrap();
    assert_eq!(case.status(), StatusCode::NOT_FOUND);
    let chair = token(server, "thanh", None).await;
    let events = server.get(&format!("/api/v1/cases/{}/events", scene.case));
    let events = events.bearer_auth(chair["token"].as_str().unwrap());
    let events: Value = events.send().await.unwrap().json().await.unwrap();
    let actor = &events["items"][0]["actor"];
    assert_eq!(
        (&actor["role"], &actor["unit"]),
        (&json!("commune-officer"), &json!("19111"))
    );
    let known = account::with_id(&server.state.database, lan.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((known.role, &*known.unit), (Role::CommuneChair, "19009"));
}

#[tokio::test]
async fn a_chair_names_a_deputy_and_bad_input_is_told() {
    let scene = Scene::set(TestServer::start().await).await;
    let mut chair = Browser::new(&scene.server);
    chair.sign_in("thanh", PASSWORD).await;
    let form = chair.get("/capacity/deputy").await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text);
    let lan = account::find(&scene.server.state.database, "lan")
        .await
        .unwrap()
        .unwrap();
    let (lan, me) = (lan.id.to_string(), scene.chair.id.to_string());
    let ask = |deputy: &str, from: &str, until: &str, act: &str| {
        let mut fields = vec![
            ("_token".to_owned(), form.token()),
            ("command_id".to_owned(), form.hidden("command_id")),
            ("_action".to_owned(), "submit".to_owned()),
            ("deputy".to_owned(), deputy.to_owned()),
            ("act".to_owned(), act.to_owned()),
        ];
        for (name, date) in [("from", from), ("until", until)] {
            let parts = ["year", "month", "day"].into_iter().zip(date.split('-'));
            fields.extend(parts.map(|(part, n)| (format!("{name}.{part}"), n.to_owned())));
        }
        fields
    };
    let (today, later) = ("2024-02-21", "2024-03-01");
    for (fields, wrong) in [
        (ask(&me, today, later, "12/QĐ"), "error-summary"),
        (ask(&lan, today, "2024-02-20", "12/QĐ"), "sau lúc bắt đầu"),
        (ask(&lan, "2024-02-01", later, "12/QĐ"), "trong quá khứ"),
        (ask(&lan, today, "", "12/QĐ"), "error-summary"),
        (ask(&lan, today, later, ""), "error-summary"),
    ] {
        let fields: Vec<_> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
        let told = chair.post("/capacity/deputy", &fields).await;
        assert_eq!(
            told.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            told.text
        );
        assert!(told.text.contains(wrong), "{wrong}: {}", told.text);
    }
    let fields = ask(&lan, today, later, "12/QĐ");
    let fields: Vec<_> = fields.iter().map(|(n, v)| (&**n, &**v)).collect();
    let named = chair.post("/capacity/deputy", &fields).await;
    assert_eq!(named.status, StatusCode::SEE_OTHER, "{}", named.text);
    let page = chair.get("/capacity").await;
    assert!(page.text.contains("hết ngày 01/03/2024"), "{}", page.text);

    // Others do not: an officer names nobody and looks after nobody.
    let mut officer = Browser::new(&scene.server);
    officer.sign_in("lan", PASSWORD).await;
    for path in ["/capacity/deputy", "/officers"] {
        assert_eq!(
            officer.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let mut admin = Browser::new(&scene.server);
    scene
        .server
        .account_as("quantri", Role::Administrator, "01")
        .await;
    admin.sign_in("quantri", PASSWORD).await;
    let other = admin.get(&format!("/officers/{lan}")).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

/// Whoever moves takes nobody along who stands for them: one command, in the streams of both.
#[tokio::test]
async fn a_move_ends_substitutions_for_them_by_the_same_command() {
    let scene = Scene::set(TestServer::start().await).await;
    move_together(&scene).await;
}

#[tokio::test]
async fn a_move_ends_substitutions_for_them_by_the_same_command_on_postgres() {
    let scene = Scene::set(TestServer::start_on_postgres().await).await;
    move_together(&scene).await;
}

async fn move_together(scene: &Scene) {
    let application = &scene.server.state.application;
    let book = application.posts();
    // Two substitutions for the same chair by the same deputy.
    let now = Instant::new(scene.server.clock.now());
    let later = NewDeputy {
        from: Some(Instant::new(now.utc() + Duration::days(3))),
        until: Some(Instant::new(now.utc() + Duration::days(4))),
        act: "13/QĐ-UBND".to_owned(),
    };
    let second = book.substitute(&scene.deputy, &scene.chair, later, Sender::System);
    let second = second.await.unwrap();
    let before = application.store.head().await.unwrap();
    book.move_to(
        &scene.chair,
        Role::CommuneChair,
        "19009",
        None,
        Sender::System,
    )
    .await
    .unwrap();
    let written = application.store.read_all(before, 10).await.unwrap();
    let told: Vec<_> = written
        .iter()
        .map(|event| (event.stream.id, &*event.event_type))
        .collect();
    let (deputy, chair) = (scene.deputy.id, scene.chair.id);
    let expected = [
        (deputy, "PostEnded"),
        (deputy, "PostEnded"),
        (chair, "PostGiven"),
        (chair, "PostEnded"),
        (chair, "PostGiven"),
    ];
    assert_eq!(told, expected);
    let commands: BTreeSet<_> = written.iter().map(|event| event.command_id).collect();
    assert_eq!(commands.len(), 1);
    // The log had not heard of the chair's first post: the system says it, not who moves them.
    assert_eq!(written[2].actor.role, "system");
    let posts = book.of(&scene.deputy).await.unwrap();
    let ended = |id| posts.find(id).unwrap().until.unwrap();
    assert!(ended(scene.substitution) <= now);
    assert!(ended(second) <= posts.find(second).unwrap().from);
    assert_eq!(book.differences().await.unwrap().1, 0);
}

/// What a substitution rests on is looked at in the same append, and nothing is written for it.
#[tokio::test]
async fn who_has_left_is_substituted_by_nobody() {
    let scene = Scene::set(TestServer::start().await).await;
    let book = scene.server.state.application.posts();
    book.leave(&scene.chair, Sender::System).await.unwrap();
    book.leave(&scene.chair, Sender::System).await.unwrap();
    let new = NewDeputy {
        from: None,
        until: Some(Instant::new(scene.server.clock.now() + Duration::days(2))),
        act: "14/QĐ-UBND".to_owned(),
    };
    let refused = book.substitute(&scene.deputy, &scene.chair, new, Sender::System);
    let Err(SendError::Rejected(refused)) = refused.await else {
        panic!("nobody holds the post");
    };
    assert_eq!(refused.code, "principal-without-role");
}

/// Whoever is quicker is recorded, the other one is told: no moment has two posts of one's own.
#[tokio::test]
async fn who_is_moved_by_two_at_once_holds_one_post() {
    let server = TestServer::start().await;
    let lan = server.account("lan").await;
    let application = &server.state.application;
    for round in 0..6 {
        server.clock.advance(Duration::minutes(1));
        let book = application.posts();
        let units = match round % 2 {
            0 => ["19009", "19111"],
            _ => ["19111", "19009"],
        };
        let [one, other] = units.map(|unit| {
            let role = if round < 3 {
                Role::CommuneChair
            } else {
                Role::CommuneOfficer
            };
            book.move_to(&lan, role, unit, None, Sender::System)
        });
        let (one, other) = tokio::join!(one, other);
        assert!(one.is_ok() || other.is_ok());
        for told in [one, other] {
            let known = match &told {
                Ok(()) => true,
                // What the quicker one did may be what the other asked for.
                Err(SendError::Rejected(refused)) => refused.code == "same-post",
                Err(error) => matches!(error, SendError::Conflict { .. }),
            };
            assert!(known, "{told:?}");
        }
    }
    let posts = application.posts().of(&lan).await.unwrap();
    let mut main: Vec<_> = posts.all.iter().filter(|post| post.is_main()).collect();
    main.sort_by_key(|post| post.from);
    for pair in main.windows(2) {
        assert!(pair[0].until.unwrap() <= pair[1].from, "{pair:?}");
    }
    assert_eq!(application.posts().differences().await.unwrap().1, 0);
}

/// A substitution holds only as long as what it rests on stands where it was looked at: it is never recorded
/// after the principal has left.
#[tokio::test]
async fn nobody_stands_for_who_left_a_moment_ago() {
    let server = TestServer::start().await;
    let deputy = server.account("hoai").await;
    for round in 0..8 {
        let name = format!("thanh{round}");
        let chair = server.account_as(&name, Role::CommuneChair, "19111").await;
        let application = &server.state.application;
        let book = application.posts();
        let new = NewDeputy {
            from: None,
            until: Some(Instant::new(server.clock.now() + Duration::days(2))),
            act: "12/QĐ-UBND".to_owned(),
        };
        let (given, left) = tokio::join!(
            book.substitute(&deputy, &chair, new, Sender::System),
            book.leave(&chair, Sender::System),
        );
        left.unwrap();
        let last = async |id: Uuid| {
            let stream = StreamId::new(projections::OFFICER, id);
            application.store.load_stream(stream).await.unwrap().pop()
        };
        let left = last(chair.id).await.unwrap();
        match given {
            Ok(_) => {
                let given = last(deputy.id).await.unwrap();
                let ended = &*given.event_type == "PostEnded";
                assert!(ended || given.position < left.position);
            }
            Err(SendError::Rejected(refused)) => {
                assert_eq!(refused.code, "principal-without-role");
            }
            Err(error) => panic!("{error:?}"),
        }
    }
}

#[tokio::test]
async fn who_left_is_told_and_the_table_follows_the_log() {
    let scene = Scene::set(TestServer::start().await).await;
    let server = &scene.server;
    let application = &server.state.application;
    let mut browser = Browser::new(server);
    browser.sign_in("hoai", PASSWORD).await;
    let book = application.posts();
    book.leave(&scene.deputy, Sender::System).await.unwrap();
    let gone = browser.get("/worklist").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    let why = browser.get(gone.location()).await;
    assert!(
        why.text.contains("không còn giữ vị trí nào"),
        "{}",
        why.text
    );
    let refused = server.sign_in_api("hoai", PASSWORD).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let refused: Value = refused.json().await.unwrap();
    assert_eq!(refused["code"], "no-post");

    // Nothing differs; and what differs is put right.
    assert_eq!(book.differences().await.unwrap().1, 0);
    assert_eq!(book.keep_together().await.unwrap(), 0);
    let mut wrong = book.of(&scene.deputy).await.unwrap();
    wrong.all.truncate(1);
    wrong.all[0].until = None;
    let now = application.now();
    let database = &server.state.database;
    server::access::posts::write(database, &wrong, now)
        .await
        .unwrap();
    assert_eq!(book.differences().await.unwrap().1, 1);
    assert_eq!(book.keep_together().await.unwrap(), 1);
    assert_eq!(book.differences().await.unwrap().1, 0);
    let later = PostBook::new(
        &application.store,
        &RandomIds,
        application.units(),
        server.clock.now(),
    );
    later.rejoin(&scene.deputy, Sender::System).await.unwrap();
    let back = server.sign_in_api("hoai", PASSWORD).await;
    assert_eq!(back.status(), StatusCode::CREATED);
}
