//! The register of children by the API: registered, completed, verified by the police, found to be alike, joined and
//! parted; who sees what of it.

use serde_json::{Value, json};
use tests::{
    Answer, COMMUNE, Noi, OTHER_COMMUNE, Person, Place, Role, command_id, on_both_databases,
};

fn register(patch: &Value) -> Value {
    let mut command = json!({
        "type": "register-child", "source": "household", "name": "Nguyễn Thị Thử", "sex": "female",
        "birth": {"date": "2016-05-17"}, "ethnicity": "Kinh",
        "relatives": [{"relation": "mother", "name": "Trần Thị Mẫu", "birth_year": 1985}],
        "residence": {"unit": COMMUNE, "address": "Thôn 2"},
    });
    for (key, value) in patch.as_object().into_iter().flatten() {
        command[key] = value.clone();
    }
    command
}

async fn begin(person: &Person, patch: Value) -> String {
    let body = json!({ "command_id": command_id(), "command": register(&patch) });
    let begun = person.post("/api/v1/children", &body).await.of(201);
    begun["child_id"].as_str().unwrap().to_owned()
}

async fn give(person: &Person, child: &str, command: Value) -> Answer {
    let body = json!({ "command_id": command_id(), "command": command });
    person
        .post(&format!("/api/v1/children/{child}/commands"), &body)
        .await
}

async fn record(person: &Person, child: &str) -> Value {
    person
        .get(&format!("/api/v1/children/{child}"))
        .await
        .of(200)
}

fn issues(record: &Value) -> Vec<&str> {
    let all = record["issues"].as_array().unwrap();
    all.iter()
        .map(|one| one["issue"].as_str().unwrap())
        .collect()
}

async fn a_record_is_begun_completed_and_verified(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let police = noi.person("hung", Role::POLICE, COMMUNE).await;
    let id = command_id();
    let body = json!({ "command_id": id, "command": register(&json!({"ethnicity": null})) });
    let first = officer.post("/api/v1/children", &body).await.of(201);
    let again = officer.post("/api/v1/children", &body).await.of(201);
    assert_eq!(first, again, "sent twice it is begun once");
    let child = first["child_id"].as_str().unwrap().to_owned();
    let known = record(&officer, &child).await;
    assert_eq!(issues(&known), ["ethnicity-missing", "number-missing"]);
    assert_eq!(known["identity"]["name"], "Nguyễn Thị Thử");

    let counted = officer.get("/api/v1/child-issues").await.of(200);
    let counted: Vec<_> = counted["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["issue"].clone(), one["records"].clone()))
        .collect();
    assert_eq!(
        counted,
        [
            (json!("ethnicity-missing"), json!(1)),
            (json!("number-missing"), json!(1))
        ]
    );

    let identity = json!({"type": "record-identity", "name": "Nguyễn Thị Thử", "sex": "female",
        "birth": {"date": "2016-05-17"}, "ethnicity": "Bru-Vân Kiều"});
    give(&officer, &child, identity).await.of(200);
    give(
        &officer,
        &child,
        json!({"type": "claim-number", "personal_id": "044316009999"}),
    )
    .await
    .of(200);
    let checked =
        json!({"type": "verify-number", "finding": "confirmed", "officer": "Đại úy Lê Văn Mẫu"});
    give(&officer, &child, checked.clone())
        .await
        .refused(403, "role-may-not");
    give(&police, &child, checked).await.of(200);
    let known = record(&officer, &child).await;
    assert_eq!(issues(&known), [""; 0]);
    assert_eq!(known["number"]["status"], "verified");
    let rows = officer.get("/api/v1/children?text=thu").await.of(200);
    assert_eq!(rows["total"], 1);
    assert_eq!(rows["items"][0]["list_name"], "Nguyễn T. T.");
    assert_eq!(rows["items"][0]["number"], "verified");
    let events = officer
        .get(&format!("/api/v1/children/{child}/events"))
        .await
        .of(200);
    assert_eq!(events["total"], 7, "{events:#}");
    // Who expects an older version is told what was recorded since.
    let body = json!({ "command_id": command_id(), "expected_version": 4,
        "command": {"type": "record-schooling", "schooling": "primary", "since": "2022-09-05"} });
    let late = officer
        .post(&format!("/api/v1/children/{child}/commands"), &body)
        .await;
    let since = late.refused(409, "version-conflict");
    assert_eq!(since["events"].as_array().unwrap().len(), 3);
}

async fn the_same_child_is_noticed_joined_and_parted_again(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let other = noi.person("hoa", Role::OFFICER, OTHER_COMMUNE).await;
    let province = noi.person("tinh", Role::PROVINCE, "44").await;
    let one = begin(&officer, json!({"personal_id": "044316009999"})).await;
    let elsewhere = json!({"unit": OTHER_COMMUNE, "address": "Nơi ở bí mật", "hidden": true});
    let two = begin(
        &other,
        json!({"name": "Nguyen Thi Thu", "residence": elsewhere}),
    )
    .await;
    // Both are asked; of the other commune's record no more is told than that it is there, and who keeps it.
    for (person, own, theirs, unit) in [
        (&officer, &one, &two, OTHER_COMMUNE),
        (&other, &two, &one, COMMUNE),
    ] {
        let known = record(person, own).await;
        assert!(issues(&known).contains(&"duplicate-candidate"), "{known:#}");
        let alike = &known["alike"][0];
        assert_eq!(alike["child_id"], json!(theirs));
        assert_eq!(
            (&alike["seen"], &alike["name"], &alike["unit"]),
            (&json!(false), &Value::Null, &json!(unit))
        );
    }
    let rows = officer
        .get("/api/v1/child-issues?issue=duplicate-candidate")
        .await
        .of(200);
    assert_eq!(rows["items"][0]["child_id"], json!(one));
    // Alone nobody joins across communes; both together do.
    let join = json!({"type": "join-records", "other": two, "reason": "Cùng giấy khai sinh"});
    give(&officer, &one, join.clone())
        .await
        .bad_field("/command/other", "other-commune-not-asked");
    let same = |other: &str| json!({"type": "answer-same", "other": other, "answer": "same", "reason": "Cùng giấy khai sinh"});
    give(&officer, &one, same(&two)).await.of(200);
    give(&other, &two, same(&one)).await.of(200);
    let joined = give(&officer, &one, join.clone()).await.of(200);
    assert_eq!(joined["events"], json!(["RecordsJoined"]));
    // Distinct children: one; an address that was hidden stays hidden.
    assert_eq!(province.get("/api/v1/children").await.of(200)["total"], 1);
    let gone = record(&other, &two).await;
    assert_eq!((&gone["joined_to"], issues(&gone).len()), (&json!(one), 0));
    let shown = record(&officer, &one).await.to_string();
    assert!(!shown.contains("bí mật"));
    assert!(!record(&province, &two).await.to_string().contains("bí mật"));
    give(&other, &two, json!({"type": "claim-number"}))
        .await
        .refused(422, "joined-to-another");
    // Parted, both are as they were.
    let part = json!({"type": "part-records", "other": two, "reason": "Hai trẻ khác nhau"});
    give(&officer, &one, part).await.of(200);
    assert_eq!(province.get("/api/v1/children").await.of(200)["total"], 2);
    let back = record(&other, &two).await;
    assert_eq!(back["joined_to"], Value::Null);
    // Two children: nobody is asked any more, on either side.
    let not =
        json!({"type": "answer-same", "other": one, "answer": "not-same", "reason": "Hai trẻ"});
    give(&other, &two, not).await.of(200);
    for (person, child) in [(&officer, &one), (&other, &two)] {
        assert!(!issues(&record(person, child).await).contains(&"duplicate-candidate"));
    }
    give(&officer, &one, join)
        .await
        .bad_field("/command/other", "answered-otherwise");
}

async fn who_may_not_see_a_record_learns_nothing_of_it(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let child = begin(&officer, json!({})).await;
    let group =
        json!({"type": "record-circumstance", "group": "trafficked", "since": "2023-01-15"});
    give(&officer, &child, group).await.of(200);
    let address = format!("/api/v1/children/{child}");
    let note = json!({"type": "claim-number"});
    for (name, role, unit) in [
        ("hoa", Role::OFFICER, OTHER_COMMUNE),
        ("quan", Role::ADMINISTRATOR, "44"),
        ("tong", Role::HOTLINE, "44"),
        ("hien", Role::HEALTH, COMMUNE),
        ("hung", Role::POLICE, OTHER_COMMUNE),
    ] {
        let person = noi.person(name, role, unit).await;
        person.get(&address).await.refused(404, "not-found");
        person
            .get(&format!("{address}/events"))
            .await
            .refused(404, "not-found");
        give(&person, &child, note.clone())
            .await
            .refused(404, "not-found");
        assert_eq!(person.get("/api/v1/children").await.of(200)["total"], 0);
        assert_eq!(person.get("/api/v1/child-issues").await.of(200)["total"], 0);
    }
    // The police of the commune read who the child is, and no circumstance; an inspector reads and writes nothing.
    let police = noi.person("son", Role::POLICE, COMMUNE).await;
    let known = record(&police, &child).await;
    assert_eq!(known["circumstances"], json!([]));
    assert!(
        !police
            .get(&format!("{address}/events"))
            .await
            .of(200)
            .to_string()
            .contains("trafficked")
    );
    let inspector = noi.person("thanh", Role::INSPECTOR, "44").await;
    record(&inspector, &child).await;
    give(&inspector, &child, note)
        .await
        .refused(403, "role-may-not");
    let body = json!({ "command_id": command_id(), "command": register(&json!({})) });
    inspector
        .post("/api/v1/children", &body)
        .await
        .refused(403, "role-may-not");
    // No list and no feed tells of the guarded group.
    assert!(
        !officer
            .get("/api/v1/children")
            .await
            .of(200)
            .to_string()
            .contains("trafficked")
    );
    assert!(
        !officer
            .get("/api/v1/events")
            .await
            .of(200)
            .to_string()
            .contains("trafficked")
    );
}

async fn what_cannot_be_is_named_by_its_field(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    for (patch, pointer, code) in [
        (
            json!({"personal_id": "04431600999"}),
            "/command/personal_id",
            "personal-id",
        ),
        (
            json!({"birth": {"date": "2199-01-01"}}),
            "/command/birth/date",
            "in-the-future",
        ),
        (
            json!({"birth": {"day": "2016-01-01"}}),
            "/command/birth",
            "unknown-value",
        ),
        (
            json!({"relatives": [{"relation": "mother", "name": "Lê Thị Mẫu", "birth_year": 2016}]}),
            "/command/relatives/0/birth_year",
            "parent-younger",
        ),
        (
            json!({"residence": {"unit": "99999"}}),
            "/command/residence/unit",
            "unknown-unit",
        ),
        (
            json!({"residence": {"unit": "44"}}),
            "/command/residence/unit",
            "not-a-commune",
        ),
        (
            json!({"residence": {"unit": OTHER_COMMUNE}}),
            "/command/residence/unit",
            "not-your-unit",
        ),
        (
            json!({"name": "a\u{7}b"}),
            "/command/name",
            "control-character",
        ),
        (json!({"colour": "red"}), "/command/colour", "unknown-field"),
        (json!({"type": "dance"}), "/command/type", "unknown-value"),
        (
            json!({"type": "claim-number"}),
            "/command/birth",
            "unknown-field",
        ),
    ] {
        let body = json!({ "command_id": command_id(), "command": register(&patch) });
        officer
            .post("/api/v1/children", &body)
            .await
            .bad_field(pointer, code);
    }
    assert_eq!(officer.get("/api/v1/children").await.of(200)["total"], 0);
    let child = begin(&officer, json!({})).await;
    let itself = json!({"type": "join-records", "other": child, "reason": "Nhầm"});
    give(&officer, &child, itself)
        .await
        .bad_field("/command/other", "same-record");
    for (address, pointer, code) in [
        ("/api/v1/children?cursor=abc", "/cursor", "malformed-cursor"),
        ("/api/v1/children?limit=0", "/limit", "bad-value"),
        ("/api/v1/child-issues?issue=poor", "/issue", "bad-value"),
        (
            "/api/v1/child-issues?issue=number-missing&cursor=00",
            "/cursor",
            "malformed-cursor",
        ),
    ] {
        officer.get(address).await.bad_field(pointer, code);
    }
}

on_both_databases!(
    a_record_is_begun_completed_and_verified,
    the_same_child_is_noticed_joined_and_parted_again,
    who_may_not_see_a_record_learns_nothing_of_it,
    what_cannot_be_is_named_by_its_field,
);
