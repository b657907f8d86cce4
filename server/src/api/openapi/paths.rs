//! The routes, as OpenAPI paths.

use domain::case::Command;
use domain::child::{Command as ChildCommand, Issue};
use domain::reading::Purpose;
use serde_json::{Map, Value, json};

use super::commands;
use super::schema::{boolean, instant, one_of, reference, unit, uuid};

/// Every route under `/api/v1`.
pub(super) fn all() -> Value {
    json!({
        "/api/v1/sessions": {
            "post": operation("Sign in", vec![], Some(reference("Credentials")),
                ("201", "Session"), &["400", "401", "403", "413", "415", "429", "503"], false),
        },
        "/api/v1/sessions/current": {
            "delete": operation("Sign out", vec![], None, ("204", ""), &["401", "503"], true),
        },
        "/api/v1/cases": {
            "get": operation("Cases that the person signed in may see", vec![
                query("unit", unit()),
                query("stage", one_of(&["received", "initially-assessed", "assessed",
                    "plan-submitted", "plan-approved", "reviewed", "closed"])),
                query("status", one_of(&["open", "closed"])),
                query("risk", one_of(&["emergency"])),
                query("form", super::schema::code()),
                query("overdue", boolean()),
                query("text", text()),
                query("cursor", json!({ "type": "string" })),
                query("limit", limit(200)),
            ], None, ("200", "CasePage"), &["400", "401", "503"], true),
            "post": showing(&["receive-report"],
                operation("A report begins a case", vec![], Some(reference("NewCase")),
                    ("201", "Begun"), &["400", "401", "403", "409", "413", "415", "422", "503"], true)),
        },
        "/api/v1/cases/{id}": {
            "parameters": [id()],
            "get": operation("The state of a case", moment(), None, ("200", "Case"),
                &["400", "401", "404", "503"], true),
        },
        "/api/v1/cases/{id}/commands": {
            "parameters": [id()],
            "post": showing(Command::NAMES,
                operation("Carry out a command", vec![], Some(reference("SendCommand")),
                    ("200", "Sent"),
                    &["400", "401", "403", "404", "409", "413", "415", "422", "503"], true)),
        },
        "/api/v1/cases/{id}/events": {
            "parameters": [id()],
            "get": operation("Every event with its envelope, oldest first", vec![], None,
                ("200", "Events"), &["401", "404", "503"], true),
        },
        "/api/v1/cases/{id}/obligations": {
            "parameters": [id()],
            "get": operation("Every obligation with its arithmetic", moment(), None,
                ("200", "Obligations"), &["400", "401", "404", "503"], true),
        },
        "/api/v1/cases/{id}/responsibility": {
            "parameters": [id()],
            "get": operation("Who was responsible when, and how things stood at an instant", vec![
                query("at", instant()),
                query("basis", one_of(&["happened", "recorded"])),
            ], None, ("200", "Responsibility"), &["400", "401", "404", "503"], true),
        },
        "/api/v1/children": {
            "get": operation("The register of children, as far as the person signed in sees it", vec![
                query("text", text()),
                query("sex", one_of(&["male", "female", "unknown"])),
                query("birth_year", json!({ "type": "integer" })),
                query("number", one_of(&["none", "claimed", "verified"])),
                query("kept", one_of(&["kept", "ended", "joined"])),
                query("cursor", json!({ "type": "string" })),
                query("limit", limit(200)),
            ], None, ("200", "ChildPage"), &["400", "401", "503"], true),
            "post": showing(&["register-child"],
                operation("Begin the record of a child", vec![], Some(reference("NewChild")),
                    ("201", "BegunChild"),
                    &["400", "401", "403", "409", "413", "415", "422", "503"], true)),
        },
        "/api/v1/children/{id}": {
            "parameters": [id()],
            "get": operation("The record of a child, what is wrong with it, and what is like it", vec![],
                None, ("200", "ChildRecord"), &["401", "404", "503"], true),
        },
        "/api/v1/children/{id}/commands": {
            "parameters": [id()],
            "post": showing(ChildCommand::NAMES,
                operation("Carry out a command about the record of a child", vec![],
                    Some(reference("SendChildCommand")), ("200", "Sent"),
                    &["400", "401", "403", "404", "409", "413", "415", "422", "503"], true)),
        },
        "/api/v1/children/{id}/events": {
            "parameters": [id()],
            "get": operation("Every event with its envelope, oldest first", vec![], None,
                ("200", "Events"), &["401", "404", "503"], true),
        },
        "/api/v1/child-issues": {
            "get": operation(
                "What is wrong with the records of the register: how many have which issue or, of one issue, \
                 whose it is, those with which it stands longest first",
                vec![
                    query("issue", one_of(&Issue::ALL.map(Issue::code))),
                    query("cursor", json!({ "type": "string" })),
                    query("limit", limit(200)),
                ], None, ("200", "ChildIssues"), &["400", "401", "503"], true),
        },
        "/api/v1/worklist": {
            "get": operation("Open obligations of the person signed in, soonest due first", vec![
                query("step", super::schema::code()),
                query("unit", unit()),
                query("emergency", boolean()),
                query("text", text()),
                query("cursor", json!({ "type": "string" })),
                query("limit", limit(200)),
            ], None, ("200", "Worklist"), &["400", "401", "503"], true),
        },
        "/api/v1/same-child": {
            "get": operation(
                "Cases that are likely about a child, also of communes whose cases the person may not see. \
                 Each answer is recorded as a look, with its purpose",
                vec![
                    required(query("purpose", one_of(&Purpose::ALL.map(Purpose::name)))),
                    query("name", text()),
                    query("birth_date", super::schema::date()),
                    query("estimated_age", json!({ "type": "integer", "minimum": 0, "maximum": 255 })),
                    query("birth_year", json!({ "type": "integer" })),
                    query("sex", one_of(&["male", "female", "unknown"])),
                    query("personal_id", text()),
                    query("residence_unit", unit()),
                    query("incident_unit", unit()),
                    query("parent", text()),
                    query("phone", text()),
                ],
                None, ("200", "SameChild"), &["400", "401", "403", "503"], true),
        },
        "/api/v1/events": {
            "get": operation(
                "The feed, by position, of what happened in cases that the person may see; who read \
                 them and who was reminded is not in it, so positions have gaps. With \
                 `Accept: text/event-stream` live, resuming from `Last-Event-ID`",
                vec![
                    query("after", json!({ "type": "integer", "minimum": 0, "maximum": i64::MAX })),
                    query("limit", limit(1000)),
                ],
                None, ("200", "Feed"), &["400", "401", "503"], true),
        },
        "/api/v1/openapi.json": {
            "get": operation("This description", vec![], None, ("200", "Description"), &[], false),
        },
    })
}

fn operation(
    summary: &str,
    parameters: Vec<Value>,
    body: Option<Value>,
    (success, schema): (&str, &str),
    problems: &[&str],
    signed_in: bool,
) -> Value {
    let mut responses = Map::new();
    let good = if schema.is_empty() {
        json!({ "description": "Done" })
    } else {
        let content = json!({ "application/json": { "schema": reference(schema) } });
        json!({ "description": "Done", "content": content })
    };
    responses.insert(success.to_owned(), good);
    for status in problems {
        let content = json!({ "application/problem+json": { "schema": reference("Problem") } });
        let description = match *status {
            "400" => "Not JSON, unknown type, bad field",
            "401" => "Not signed in",
            "403" => "This role or unit may not",
            "404" => "Does not exist, or this person may not know that it does",
            "409" => "Someone else wrote meanwhile, or the command id was used for something else",
            "413" => "Too large",
            "415" => "Not sent as JSON",
            "422" => "The procedure refuses",
            "429" => "Too many attempts",
            _ => "Not ready; nothing was written",
        };
        responses.insert(
            (*status).to_owned(),
            json!({ "description": description, "content": content }),
        );
    }
    let mut operation = json!({ "summary": summary, "responses": responses });
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if let Some(schema) = body {
        let content = json!({ "application/json": { "schema": schema } });
        operation["requestBody"] = json!({ "required": true, "content": content });
    }
    if !signed_in {
        operation["security"] = json!([]);
    }
    operation
}

/// The operation, with an example of its body for each of these commands.
fn showing(commands: &[&str], mut operation: Value) -> Value {
    operation["requestBody"]["content"]["application/json"]["examples"] =
        commands::examples(commands);
    operation
}

fn query(name: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "required": false, "schema": schema })
}

fn id() -> Value {
    json!({ "name": "id", "in": "path", "required": true, "schema": uuid() })
}

fn required(mut parameter: Value) -> Value {
    parameter["required"] = json!(true);
    parameter
}

fn text() -> Value {
    json!({ "type": "string", "maxLength": 200 })
}

fn limit(most: u32) -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": most })
}

/// At most one of them may be given.
fn moment() -> Vec<Value> {
    vec![
        query(
            "at_position",
            json!({ "type": "integer", "minimum": 1, "maximum": i64::MAX }),
        ),
        query("as_of", instant()),
        query("happened_by", instant()),
    ]
}
