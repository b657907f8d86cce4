//! From the report to the archive through the API, and the case as it was at every moment.

use serde_json::{Value, json};
use tests::{COMMUNE, Noi, Person, Place, Role, add_note, on_both_databases, report, whole_path};

fn steps_of(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["step"].as_str().unwrap())
        .collect()
}

fn open_steps(obligations: &Value) -> Vec<&str> {
    let items = obligations["items"].as_array().unwrap().iter();
    items
        .filter(|item| item["ended_at"].is_null())
        .map(|item| item["step"].as_str().unwrap())
        .collect()
}

/// An instant as part of a query.
fn query(instant: &Value) -> String {
    instant.as_str().unwrap().replace('+', "%2B")
}

async fn from_the_report_to_the_archive(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let chair = noi.person("chinh", Role::CHAIR, COMMUNE).await;
    let mut case = String::new();
    let mut states = Vec::new();
    for (step, version) in whole_path().into_iter().zip(1..) {
        let person = if step.by_chair { &chair } else { &officer };
        if case.is_empty() {
            case = person.begin(&step.command).await;
        } else {
            let sent = person.command_at(&case, version - 1, &step.command).await;
            let sent = sent.of(200);
            assert_eq!(sent["version"], version, "{:#}", step.command);
            // Readings have their places in the log, too.
            assert!(sent["position"].as_i64() >= Some(version));
        }
        let state = person.case(&case, "").await.of(200);
        // Who wrote reads at once what they wrote, also in the lists.
        let listed = person.get("/api/v1/cases").await.of(200);
        assert_eq!(listed["total"], 1);
        let row = &listed["items"][0];
        for field in ["case_id", "number", "version", "status", "stage", "cycle"] {
            assert_eq!(
                row[field], state[field],
                "{field} after {}",
                step.command["type"]
            );
        }
        // The worklist is what is open among the obligations.
        let obligations = person.case(&case, "/obligations").await.of(200);
        let mut work = Vec::new();
        for person in [&officer, &chair] {
            let own = person.get("/api/v1/worklist").await.of(200);
            work.extend(steps_of(&own).into_iter().map(str::to_owned));
        }
        let mut open = open_steps(&obligations);
        open.sort_unstable();
        work.sort_unstable();
        assert!(
            work.iter().all(|step| open.contains(&step.as_str())),
            "{work:?} of {open:?}"
        );
        states.push(state);
    }
    let closed = states.last().unwrap();
    assert_eq!(
        (&closed["status"], &closed["stage"]),
        (&json!("closed"), &json!("closed"))
    );
    let obligations = officer.case(&case, "/obligations").await.of(200);
    assert_eq!(open_steps(&obligations), ["archive"]);
    let archive = json!({
        "type": "archive-case", "archive_number": "2026/01", "in_national_database": true,
    });
    officer.command(&case, &archive).await.of(200);
    let obligations = officer.case(&case, "/obligations").await.of(200);
    assert_eq!(open_steps(&obligations), [] as [&str; 0]);
    let work = officer.get("/api/v1/worklist").await.of(200);
    assert_eq!(steps_of(&work), [] as [&str; 0]);

    every_moment_can_be_read_again(&officer, &case, &states).await;
    the_trail_names_who_acted(&officer, &case).await;
}

async fn every_moment_can_be_read_again(officer: &Person, case: &str, states: &[Value]) {
    let events = officer.case(case, "/events").await.of(200);
    assert_eq!(events["total"], states.len() + 1);
    for (state, event) in states.iter().zip(events["items"].as_array().unwrap()) {
        let position = &event["position"];
        let then = officer
            .case(case, &format!("?at_position={position}"))
            .await;
        assert_eq!(then.of(200), *state);
        let recorded_at = query(&event["recorded_at"]);
        let then = officer.case(case, &format!("?as_of={recorded_at}")).await;
        assert_eq!(then.of(200), *state);
        let then = officer
            .case(case, &format!("/obligations?at_position={position}"))
            .await;
        let opened = then.of(200);
        for obligation in opened["items"].as_array().unwrap() {
            assert_eq!(obligation["procedure"], "decree-56-2017");
            assert!(obligation["arithmetic"].is_array());
        }
    }
}

async fn the_trail_names_who_acted(officer: &Person, case: &str) {
    let events = officer.case(case, "/events").await.of(200);
    for event in events["items"].as_array().unwrap() {
        let actor = &event["actor"];
        assert_eq!(actor["unit"], COMMUNE);
        let by_chair = ["CaseMeetingHeld", "PlanApproved", "CaseClosed"]
            .contains(&event["type"].as_str().unwrap());
        let (role, name) = if by_chair {
            ("commune-chair", "Nguyễn Thị chinh")
        } else {
            ("commune-officer", "Nguyễn Thị lan")
        };
        assert_eq!(
            (&actor["role"], &actor["name"]),
            (&json!(role), &json!(name))
        );
    }
}

/// What had happened by an instant is another question than what had been written down by then.
async fn the_two_clocks_are_two(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let case = officer.begin(&report("Trần Thị Mai")).await;
    let verified = json!({
        "type": "record-verification", "outcome": "confirmed", "findings": "Đã gặp gia đình",
    });
    officer.command(&case, &verified).await.of(200);
    let mut late = add_note("Gọi cho trường lúc đó");
    late["occurred_at"] = tests::instant_ago(chrono::Duration::hours(1)).into();
    officer.command(&case, &late).await.of(200);
    let correction = |event_id: &Value| {
        json!({
            "type": "correct", "event_id": event_id, "path": "/child/name",
            "value": "Trần Thị Mây", "reason": "Nghe nhầm tên",
        })
    };
    let events = officer.case(&case, "/events").await.of(200);
    officer
        .command(&case, &correction(&events["items"][0]["event_id"]))
        .await
        .of(200);

    let name = |state: &Value| state["child"]["name"].as_str().unwrap().to_owned();
    let version = |state: &Value| state["version"].as_i64().unwrap();
    let now = officer.case(&case, "").await.of(200);
    assert_eq!((version(&now), name(&now).as_str()), (4, "Trần Thị Mây"));
    // What stood in the log before the correction stays readable.
    let before = officer.case(&case, "?at_position=3").await.of(200);
    assert_eq!(
        (version(&before), name(&before).as_str()),
        (3, "Trần Thị Mai")
    );

    // An hour ago: nothing had been recorded, but the report had come, as it is known now, and the
    // school had been called; the verification had not happened.
    let then = query(&events["items"][2]["occurred_at"]);
    officer
        .case(&case, &format!("?as_of={then}"))
        .await
        .refused(404, "not-found");
    let happened = officer
        .case(&case, &format!("?happened_by={then}"))
        .await
        .of(200);
    assert_eq!(name(&happened), "Trần Thị Mây");
    assert!(happened["verification"].is_null(), "{happened:#}");
    let obligations = officer
        .case(&case, &format!("/obligations?happened_by={then}"))
        .await;
    assert!(open_steps(&obligations.of(200)).contains(&"verify-report"));
}

/// Filters, pages and the search without marks.
async fn lists_filter_and_say_how_many_there_are(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    for name in [
        "Trần Thị Đào",
        "Trần Văn Bình",
        "Lê Thị Đạo",
        "Võ Văn Cường",
        "Lý Thị Ánh",
    ] {
        officer.begin(&report(name)).await;
    }
    let closed = officer.begin(&report("Hoàng Văn Đức")).await;
    let unfounded = json!({
        "type": "record-verification", "outcome": "unfounded", "findings": "Không có việc này",
    });
    officer.command(&closed, &unfounded).await.of(200);
    let count = async |query: &str| {
        let page = officer.get(&format!("/api/v1/cases{query}")).await.of(200);
        let items = page["items"].as_array().unwrap().len();
        assert_eq!(page["total"], items, "{query}");
        items
    };
    assert_eq!(count("").await, 6);
    assert_eq!(count("?text=dao").await, 2);
    assert_eq!(count("?text=%C4%90%C3%A0o").await, 2);
    assert_eq!(count("?text=tran").await, 2);
    assert_eq!(count("?text=nobody").await, 0);
    assert_eq!(count("?unit=19111").await, 6);
    assert_eq!(count("?unit=19249").await, 0);
    assert_eq!(count("?stage=received&status=open").await, 6);
    assert_eq!(count("?form=violence").await, 6);
    assert_eq!(count("?form=neglect").await, 0);
    assert_eq!(count("?overdue=true").await, 0);
    assert_eq!(count("?risk=emergency").await, 0);
    // In pages of two: each once, the newest first.
    let paged = officer.all("/api/v1/cases", 2).await;
    let whole = officer.get("/api/v1/cases").await.of(200);
    assert_eq!(json!(paged), whole["items"]);
    assert_eq!(paged[0]["case_id"], closed);
    let work = officer.all("/api/v1/worklist", 3).await;
    let whole = officer.get("/api/v1/worklist").await.of(200);
    assert_eq!(json!(work), whole["items"]);
}

on_both_databases!(
    from_the_report_to_the_archive,
    the_two_clocks_are_two,
    lists_filter_and_say_how_many_there_are,
);
