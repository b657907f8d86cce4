//! Bodies of requests and answers, as schemas. Answers may grow: they allow further members.

use serde_json::{Value, json};

use super::schema::{instant, integer, nullable, object, reference, uuid};

/// An object with at least these fields.
fn answer(fields: &[(&'static str, Value)]) -> Value {
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, schema)| (*name, schema.clone(), true))
        .collect();
    let mut schema = object(&fields);
    if let Some(members) = schema.as_object_mut() {
        members.remove("additionalProperties");
    }
    schema
}

/// How far a case has come is told only to those who see all of it.
fn case() -> Value {
    let position = || json!({ "type": "integer", "minimum": 1 });
    let mut schema = answer(&[
        ("case_id", uuid()),
        ("number", string()),
        ("version", position()),
        ("status", super::schema::one_of(&["open", "closed"])),
        ("cycle", position()),
        ("holder_unit", string()),
        ("incident_unit", string()),
        ("child", json!({ "type": "object" })),
        ("reports", items(json!({ "type": "object" }))),
        ("received_at", instant()),
    ]);
    schema["properties"]["stage"] = string();
    schema
}

fn items(schema: Value) -> Value {
    json!({ "type": "array", "items": schema })
}

fn string() -> Value {
    json!({ "type": "string" })
}

/// An obligation. What is only there where it says something is left out else.
fn obligation(sentence: &Value) -> Value {
    let position = || json!({ "type": "integer", "minimum": 1 });
    let accountable = answer(&[
        ("role", string()),
        ("unit", nullable(string())),
        ("officer", nullable(string())),
    ]);
    let states = ["open", "met", "met-late", "overdue", "waived"];
    let mut schema = answer(&[
        ("step", string()),
        ("name", sentence.clone()),
        ("cycle", position()),
        ("accountable", accountable.clone()),
        ("opened_at", instant()),
        ("opened_by", string()),
        ("due_at", nullable(instant())),
        (
            "limit",
            nullable(answer(&[("amount", position()), ("unit", string())])),
        ),
        ("ended_at", nullable(instant())),
        ("ended_by", nullable(string())),
        ("state", super::schema::one_of(&states)),
        ("late", json!({ "type": "boolean" })),
        ("late_by", nullable(string())),
        ("waived_because", nullable(sentence.clone())),
        ("procedure", string()),
        ("legal_basis", string()),
        ("form", nullable(string())),
        ("arithmetic", items(json!({ "type": "object" }))),
    ]);
    let members = &mut schema["properties"];
    members["also"] = items(accountable.clone());
    members["late_under"] = accountable;
    members["after_correction"] = super::schema::one_of(&states);
    members["unconfirmed"] = items(uuid());
    members["confirms"] = string();
    members["waited_for"] = items(json!({ "type": "object" }));
    schema
}

/// Each schema by its name, but for the commands.
pub(super) fn schemas() -> Value {
    let sentence = answer(&[("vi", string()), ("en", string())]);
    let behind = answer(&[
        ("event_id", uuid()),
        ("version", json!({ "type": "integer", "minimum": 1 })),
        ("event_type", string()),
    ]);
    let holding = answer(&[
        ("unit", string()),
        ("answers", string()),
        ("closed", json!({ "type": "boolean" })),
        ("from", instant()),
        ("to", nullable(instant())),
        ("began_with", behind.clone()),
    ]);
    let recording = answer(&[
        ("event_id", uuid()),
        ("version", json!({ "type": "integer", "minimum": 1 })),
        ("event_type", string()),
        ("occurred_at", instant()),
        ("recorded_at", instant()),
        ("lag_seconds", json!({ "type": "integer" })),
        ("role", string()),
        ("unit", nullable(string())),
        ("lane", integer()),
    ]);
    let position = || json!({ "type": "integer", "minimum": 1 });
    let page = |schema: Value| {
        answer(&[
            ("items", items(schema)),
            ("total", integer()),
            ("next", nullable(string())),
        ])
    };
    // Of a frequent word in a long list only so many were counted.
    let some = |schema: Value| {
        let mut some = page(schema);
        some["properties"]["total_at_least"] = json!({ "type": "boolean" });
        some
    };
    json!({
        "Credentials": object(&[
            ("username", string(), true), ("password", string(), true),
            ("capacity", nullable(uuid()), false),
        ]),
        "Session": answer(&[
            ("token", string()),
            ("expires_at", instant()),
            ("officer", answer(&[
                ("id", uuid()), ("name", string()), ("role", string()), ("unit", string()),
                ("capacity", uuid()), ("on_behalf_of", nullable(string())),
                ("capacities", items(answer(&[
                    ("id", uuid()), ("role", string()), ("unit", string()),
                    ("agency", nullable(string())), ("agency_kind", string()),
                    ("from", instant()), ("until", nullable(instant())),
                    ("on_behalf_of", nullable(string())),
                ]))),
            ])),
        ]),
        "NewCase": object(&[
            ("command_id", uuid(), true),
            ("command", reference("receive-report"), true),
        ]),
        "SendCommand": object(&[
            ("command_id", uuid(), true),
            ("expected_version", nullable(json!({ "type": "integer" })), false),
            ("command", reference("Command"), true),
        ]),
        "Begun": answer(&[
            ("case_id", uuid()), ("version", position()), ("position", position()),
            ("events", items(string())), ("streams", items(reference("Stream"))),
        ]),
        "Sent": answer(&[
            ("version", position()), ("position", position()), ("events", items(string())),
            ("streams", items(reference("Stream"))),
        ]),
        "Stream": answer(&[("kind", string()), ("id", uuid()), ("version", position())]),
        "Case": case(),
        "Event": answer(&[
            ("position", position()), ("version", position()), ("event_id", uuid()),
            ("type", string()), ("occurred_at", instant()), ("recorded_at", instant()),
            ("actor", json!({ "type": "object" })), ("facts", json!({ "type": "object" })),
            ("personal", nullable(json!({ "type": "object" }))),
        ]),
        "Events": answer(&[("items", items(reference("Event"))), ("total", integer())]),
        "Obligation": obligation(&sentence),
        "Obligations": answer(&[("items", items(reference("Obligation"))), ("total", integer())]),
        "Responsibility": answer(&[
            ("case_id", uuid()), ("number", string()), ("from", instant()),
            ("closed_at", nullable(instant())), ("observed_at", instant()),
            ("holders", items(holding.clone())),
            ("lanes", items(answer(&[("agency", string()), ("unit", nullable(string()))]))),
            ("obligations", items(json!({ "allOf": [reference("Obligation"), answer(&[
                ("from", instant()), ("to", nullable(instant())),
                ("overdue", nullable(answer(&[("from", instant()), ("to", nullable(instant()))]))),
                ("hand_over", json!({ "type": "boolean" })),
                ("owners", items(answer(&[
                    ("role", string()), ("unit", nullable(string())), ("lane", integer()),
                    ("from", instant()), ("to", nullable(instant())), ("since", behind.clone()),
                ]))),
                ("opened_with", behind.clone()), ("ended_with", nullable(behind)),
            ])] }))),
            ("recordings", items(recording.clone())),
            ("moment", answer(&[
                ("at", instant()), ("basis", super::schema::one_of(&["happened", "recorded"])),
                ("holder", nullable(holding)), ("last", nullable(recording)),
                ("owed", items(json!({ "allOf": [reference("Obligation"), answer(&[
                    ("open_seconds", integer()), ("overdue_seconds", nullable(integer())),
                    ("hand_over", json!({ "type": "boolean" })),
                ])] }))),
            ])),
        ]),
        "NewChild": object(&[
            ("command_id", uuid(), true),
            ("command", reference("register-child"), true),
        ]),
        "SendChildCommand": object(&[
            ("command_id", uuid(), true),
            ("expected_version", nullable(json!({ "type": "integer" })), false),
            ("command", reference("ChildCommand"), true),
        ]),
        "BegunChild": answer(&[
            ("child_id", uuid()), ("version", position()), ("position", position()),
            ("events", items(string())), ("streams", items(reference("Stream"))),
        ]),
        "ChildRecord": answer(&[
            ("child_id", uuid()), ("version", position()), ("registered_at", instant()),
            ("identity", json!({ "type": "object" })), ("number", json!({ "type": "object" })),
            ("residences", items(json!({ "type": "object" }))),
            ("issues", items(answer(&[
                ("issue", string()), ("since", super::schema::date()), ("owner", string()),
                ("name", sentence.clone()), ("to_do", sentence.clone()), ("command", nullable(string())),
            ]))),
            ("possible", items(string())),
            ("alike", items(answer(&[
                ("child_id", uuid()), ("same_number", json!({ "type": "boolean" })),
                ("unit", string()), ("name", nullable(string())), ("seen", json!({ "type": "boolean" })),
            ]))),
        ]),
        "ChildPage": some(json!({ "type": "object" })),
        "ChildIssues": some(json!({ "type": "object" })),
        "CasePage": some(json!({ "type": "object" })),
        "SameChild": answer(&[
            ("items", items(json!({ "type": "object" }))), ("looked_over", string()),
        ]),
        "Worklist": some(json!({ "type": "object" })),
        "Feed": answer(&[
            ("items", items(reference("Event"))), ("next", integer()), ("head", integer()),
        ]),
        "Description": answer(&[("openapi", string()), ("paths", json!({ "type": "object" }))]),
        "Problem": answer(&[
            ("type", string()), ("title", string()), ("status", integer()), ("code", string()),
        ]),
    })
}
