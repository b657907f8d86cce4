//! Every refusal of the contract, with its status, its stable code and what it points at; and none
//! of them changes anything.

use serde_json::{Value, json};
use tests::{
    COMMUNE, Noi, OTHER_COMMUNE, Person, Place, Role, add_note, command_id, instant_ago,
    on_both_databases, report,
};

/// What has happened in cases; that somebody reads one is recorded, too, but elsewhere.
async fn happened(person: &Person) -> Value {
    person.get("/api/v1/events?limit=1000").await.of(200)["items"].clone()
}

async fn bad_bodies_are_pointed_at(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let case = officer.begin(&report("Trần Thị Mai")).await;
    let before = happened(&officer).await;

    for path in [
        "/api/v1/cases".to_owned(),
        format!("/api/v1/cases/{case}/commands"),
    ] {
        let raw = async |body: &[u8]| {
            let request = officer
                .request("POST", &path)
                .header("content-type", "application/json")
                .body(body.to_vec());
            officer.send(request).await
        };
        raw(b"").await.refused(400, "not-json");
        raw(b"{\"command_id\":").await.refused(400, "not-json");
        raw(b"<report/>").await.refused(400, "not-json");
        raw(b"{\"command\":\"\xff\xfe\"}")
            .await
            .refused(400, "not-json");
        let nested = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
        raw(&nested).await.refused(400, "not-json");
        let large = json!({ "command_id": command_id(), "command": "ă".repeat(600_000) });
        raw(large.to_string().as_bytes())
            .await
            .refused(413, "too-large");
        let not_said = officer.request("POST", &path).body("{}");
        officer
            .send(not_said)
            .await
            .refused(415, "not-sent-as-json");
        let form = officer
            .request("POST", &path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body("command_id=1");
        officer.send(form).await.refused(415, "not-sent-as-json");
        officer
            .post(&path, &json!({ "command": report("A B") }))
            .await
            .refused(400, "bad-field");
        let not_an_id = json!({ "command_id": "1", "command": report("A B") });
        officer
            .post(&path, &not_an_id)
            .await
            .bad_field("/command_id", "bad-value");
        let more = json!({
            "command_id": command_id(), "command": report("A B"), "actor": { "role": "inspector" },
        });
        officer
            .post(&path, &more)
            .await
            .bad_field("/actor", "bad-value");
        let no_command = json!({ "command_id": command_id(), "command": [] });
        officer
            .post(&path, &no_command)
            .await
            .bad_field("/command", "wrong-type");
    }

    let changed = |pointer: &str, value: Value| {
        let mut report = report("Trần Thị Mai");
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        report.pointer_mut(parent).unwrap()[name] = value;
        report
    };
    let tomorrow = instant_ago(chrono::Duration::days(-1));
    for (pointer, value, code) in [
        ("/type", json!("launch-rocket"), "unknown-value"),
        ("/type", json!(7), "wrong-type"),
        ("/mood", json!("good"), "unknown-field"),
        ("/child/name", json!("ă".repeat(201)), "too-long"),
        (
            "/incident/description",
            json!("ă".repeat(10_001)),
            "too-long",
        ),
        ("/incident/description", json!("a\u{0}b"), "nul"),
        (
            "/incident/description",
            json!("a\u{7}b"),
            "control-character",
        ),
        ("/incident/description", json!(" "), "empty"),
        (
            "/child/birth",
            json!({ "date": "2023-02-30" }),
            "impossible-date",
        ),
        ("/child/sex", json!("boy"), "unknown-value"),
        ("/suspected_harm", json!([]), "wrong-length"),
        ("/received_at", json!("yesterday"), "not-an-instant"),
        (
            "/received_at",
            json!("2024-02-20T10:00:00"),
            "not-an-instant",
        ),
        ("/received_at", json!(tomorrow), "in-the-future"),
        (
            "/incident/happened_at",
            json!("2023-02-29"),
            "impossible-date",
        ),
        ("/incident/unit", json!("abc"), "unknown-unit"),
    ] {
        let answer = officer
            .open(command_id(), &changed(pointer, value.clone()))
            .await;
        let errors = answer.clone().refused(400, "bad-field")["errors"].clone();
        let found: Vec<_> = errors
            .as_array()
            .unwrap()
            .iter()
            .map(|error| {
                (
                    error["pointer"].as_str().unwrap(),
                    error["code"].as_str().unwrap(),
                )
            })
            .collect();
        let expected = format!("/command{pointer}");
        let found = found[..] == [(expected.as_str(), code)]
            || found[..] == [(format!("{expected}/date").as_str(), code)];
        assert!(found, "{pointer} {value}: {errors}");
    }
    let begun = officer.open(command_id(), &add_note("Ghi chú")).await;
    begun.bad_field("/command/type", "unknown-value");

    assert_eq!(happened(&officer).await, before, "nothing was written");
}

async fn bad_queries_are_pointed_at(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let case = officer.begin(&report("Trần Thị Mai")).await;
    for (path, pointer, code) in [
        ("/api/v1/cases?cursor=abc", "/cursor", "malformed-cursor"),
        ("/api/v1/cases?cursor=%FF%FE", "/cursor", "malformed-cursor"),
        (
            "/api/v1/worklist?cursor=AAAA",
            "/cursor",
            "malformed-cursor",
        ),
        ("/api/v1/cases?limit=0", "/limit", "bad-value"),
        ("/api/v1/cases?limit=201", "/limit", "bad-value"),
        ("/api/v1/worklist?limit=x", "/limit", "bad-value"),
        ("/api/v1/cases?overdue=perhaps", "/overdue", "bad-value"),
        ("/api/v1/cases?text=a%00b", "/text", "nul"),
        ("/api/v1/events?after=-1", "/after", "bad-value"),
        ("/api/v1/events?after=one", "/after", "bad-value"),
        ("/api/v1/events?limit=1001", "/limit", "bad-value"),
    ] {
        officer.get(path).await.bad_field(pointer, code);
    }
    for query in [
        "?at_position=x",
        "?at_position=0",
        "?as_of=2024-02-30",
        "?as_of=now",
        "?at=1",
    ] {
        officer.case(&case, query).await.refused(400, "bad-field");
    }
    let two = officer
        .case(&case, "?at_position=1&as_of=2024-02-20T10:00:00Z")
        .await;
    two.refused(400, "bad-field");
}

async fn who_may_not_is_told_so_or_nothing(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let other = noi.person("hoa", Role::OFFICER, OTHER_COMMUNE).await;
    let inspector = noi.person("thanh", Role::INSPECTOR, "44").await;
    let administrator = noi.person("quan", Role::ADMINISTRATOR, "44").await;
    let case = officer.begin(&report("Trần Thị Mai")).await;
    let case_path = format!("/api/v1/cases/{case}");
    let commands = format!("{case_path}/commands");
    let note = json!({ "command_id": command_id(), "command": add_note("Ghi chú") });
    let before = happened(&officer).await;

    // Nobody: 401 on every route but those of signing in and of the description.
    let stranger = noi.stranger();
    for (method, path) in stranger.description().operations() {
        let path = path.replace("{id}", &case);
        if ["/api/v1/sessions", "/api/v1/openapi.json"].contains(&path.as_str()) {
            continue;
        }
        let request = stranger.request(&method, &path).json(&note);
        stranger.send(request).await.refused(401, "not-signed-in");
        for token in ["", "nonsense", "ă"] {
            let request = stranger.request(&method, &path).json(&note);
            let request = request.header("authorization", format!("Bearer {token}"));
            stranger.send(request).await.refused(401, "not-signed-in");
        }
    }

    // Another commune, and those whose work is not with cases, do not learn that it exists.
    let unknown = "0190a6d0-0000-7000-8000-000000000001";
    for (person, case) in [
        (&other, case.as_str()),
        (&administrator, &case),
        (&officer, unknown),
        (&officer, "1"),
        (&officer, "not-an-id"),
        (&officer, "%00"),
        (&officer, "%FF"),
    ] {
        for part in ["", "/events", "/obligations", "?at_position=1"] {
            person.case(case, part).await.refused(404, "not-found");
        }
        person
            .command(case, &add_note("Ghi chú"))
            .await
            .refused(404, "not-found");
    }
    // A case that is not there yet at the time that is looked at.
    let long_ago = officer
        .case(&case, "?as_of=2001-01-01T00:00:00%2B07:00")
        .await;
    long_ago.refused(404, "not-found");
    officer
        .get("/api/v1/nothing")
        .await
        .refused(404, "not-found");
    let wrong_method = officer.send(officer.request("PUT", &case_path)).await;
    wrong_method.refused(405, "method-not-allowed");

    // The inspector reads and may not write.
    assert_eq!(
        inspector.case(&case, "").await.of(200)["case_id"],
        json!(case)
    );
    let refused = inspector.post(&commands, &note).await;
    assert_eq!(refused.status, 403, "{:#}", refused.body);

    // The chair decides on plans, and nobody else.
    let approve = json!({ "type": "approve-plan", "decision_number": "12/QĐ-UBND" });
    let refused = officer
        .command(&case, &approve)
        .await
        .refused(403, "not-the-chair");
    assert_eq!(refused["legal_basis"], "NĐ 56/2017/NĐ-CP Điều 28 khoản 4");

    // Lists and the feed keep the same silence.
    for person in [&other, &administrator] {
        for path in ["/api/v1/cases", "/api/v1/worklist", "/api/v1/events"] {
            let list = person.get(path).await.of(200);
            assert_eq!(list["items"], json!([]), "{path}");
        }
    }
    assert_eq!(happened(&officer).await, before, "nothing was written");
}

async fn the_procedure_refuses_in_the_readers_language(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let chair = noi.person("chinh", Role::CHAIR, COMMUNE).await;
    let case = officer.begin(&report("Trần Thị Mai")).await;
    let approve = json!({ "type": "approve-plan", "decision_number": "12/QĐ-UBND" });
    for (language, title, start) in [
        ("vi", "Quy trình không cho phép", "Chưa có kế hoạch nào"),
        (
            "en-GB,en;q=0.8",
            "The procedure does not allow it",
            "No plan was submitted",
        ),
    ] {
        let chair = chair.reading(language);
        let answer = chair.command(&case, &approve).await;
        assert_eq!(answer.headers["content-language"], language[..2]);
        let refused = answer.refused(422, "plan-not-submitted");
        assert_eq!(refused["title"], title);
        assert!(
            refused["detail"].as_str().unwrap().starts_with(start),
            "{refused:#}"
        );
        assert_eq!(refused["legal_basis"], "NĐ 56/2017/NĐ-CP Điều 28 khoản 4");
    }
    let close = json!({ "type": "close-case", "reason": "safe-and-stable" });
    let refused = chair.command(&case, &close).await;
    assert_eq!(refused.status, 422, "{:#}", refused.body);
    assert!(refused.body["legal_basis"].is_string());
}

async fn writing_over_somebody_is_a_conflict(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let chair = noi.person("chinh", Role::CHAIR, COMMUNE).await;
    let case = officer.begin(&report("Trần Thị Mai")).await;
    officer.command_at(&case, 1, &add_note("Một")).await.of(200);
    chair.command_at(&case, 2, &add_note("Hai")).await.of(200);

    let late = officer.command_at(&case, 1, &add_note("Ba")).await;
    let conflict = late.refused(409, "version-conflict");
    assert_eq!(conflict["version"], 3);
    let own = json!({ "kind": "case", "id": case, "version": 3 });
    assert_eq!(conflict["streams"], json!([own]));
    let events = conflict["events"].as_array().unwrap();
    let seen: Vec<_> = events
        .iter()
        .map(|event| {
            (
                event["version"].as_i64(),
                event["personal"]["text"].as_str(),
            )
        })
        .collect();
    assert_eq!(seen, [(Some(2), Some("Một")), (Some(3), Some("Hai"))]);
    let all = officer.case(&case, "/events").await.of(200);
    assert_eq!(json!(events), json!(all["items"].as_array().unwrap()[1..]));

    // A version that the case never had is as far from it.
    let odd = officer.command_at(&case, 99, &add_note("Bốn")).await;
    assert_eq!(odd.refused(409, "version-conflict")["events"], json!([]));
    officer.command_at(&case, 3, &add_note("Ba")).await.of(200);
}

async fn one_id_is_for_one_command(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let chair = noi.person("chinh", Role::CHAIR, COMMUNE).await;
    let id = command_id();
    let mai = report("Trần Thị Mai");
    officer.open(id, &mai).await.of(201);
    officer
        .open(id, &report("Trần Thị Đào"))
        .await
        .refused(409, "command-reused");
    // The same words of somebody else, or for another case, are another command.
    chair.open(id, &mai).await.refused(409, "command-reused");
    let case = officer.begin(&report("Lê Văn Minh")).await;
    let path = format!("/api/v1/cases/{case}/commands");
    let body = json!({ "command_id": id, "command": add_note("Ghi chú") });
    officer
        .post(&path, &body)
        .await
        .refused(409, "command-reused");
    let other = officer.begin(&report("Lê Văn Tám")).await;
    let body = json!({ "command_id": command_id(), "command": add_note("Ghi chú") });
    officer.post(&path, &body).await.of(200);
    let path = format!("/api/v1/cases/{other}/commands");
    let elsewhere = officer.post(&path, &body).await;
    elsewhere.refused(409, "command-reused");
    assert_eq!(officer.case(&other, "").await.of(200)["version"], 1);
}

async fn guessing_a_password_is_made_slow(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let account = noi.account("lan", Role::OFFICER, COMMUNE);
    let stranger = noi.stranger();
    let mut answers = 0;
    let waiting = loop {
        let answer = stranger.sign_in("lan", "mật khẩu đoán").await;
        if answer.status == 429 {
            break answer;
        }
        answer.refused(401, "wrong-credentials");
        answers += 1;
        assert!(answers < 20, "nothing stops the guessing");
    };
    let seconds = waiting.headers["retry-after"].to_str().unwrap();
    assert!(seconds.parse::<u32>().unwrap() > 0);
    waiting.refused(429, "too-many-attempts");
    // Also with the right password, so that the answer tells nothing.
    let right = stranger.sign_in("lan", &account.password).await;
    right.refused(429, "too-many-attempts");
    // Others are not kept out.
    noi.person("hoa", Role::OFFICER, OTHER_COMMUNE).await;
}

async fn a_session_ends_when_it_is_ended(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let end = || officer.send(officer.request("DELETE", "/api/v1/sessions/current"));
    assert_eq!(end().await.of(204), Value::Null);
    end().await.refused(401, "not-signed-in");
    officer
        .get("/api/v1/worklist")
        .await
        .refused(401, "not-signed-in");
    let stranger = noi.stranger();
    let more = json!({ "username": "lan", "password": "x", "role": "administrator" });
    stranger
        .post("/api/v1/sessions", &more)
        .await
        .bad_field("/role", "bad-value");
}

on_both_databases!(
    bad_bodies_are_pointed_at,
    bad_queries_are_pointed_at,
    who_may_not_is_told_so_or_nothing,
    the_procedure_refuses_in_the_readers_language,
    writing_over_somebody_is_a_conflict,
    one_id_is_for_one_command,
    guessing_a_password_is_made_slow,
    a_session_ends_when_it_is_ended,
);
