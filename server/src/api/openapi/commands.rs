//! The commands of `POST /api/v1/cases/{id}/commands` and `POST /api/v1/children/{id}/commands`, as the domain
//! describes them: one schema each, by name, and those of what several have.

use domain::case::Command;
use domain::child::Command as ChildCommand;
use serde_json::{Map, Value, json};

use super::schema::{SCHEMAS, reference};

/// Any command of a case, told apart by `type`.
pub(super) fn any() -> Value {
    one_of(Command::NAMES)
}

/// Any command about the record of a child.
pub(super) fn any_of_child() -> Value {
    one_of(ChildCommand::NAMES)
}

fn one_of(names: &[&'static str]) -> Value {
    let references: Vec<_> = names.iter().copied().map(reference).collect();
    json!({ "oneOf": references, "discriminator": { "propertyName": "type" } })
}

/// A body with each of these commands, by its name.
pub(super) fn examples(names: &[&str]) -> Value {
    let bodies = names.iter().map(|name| {
        let command = Command::example(name).or_else(|| ChildCommand::example(name));
        let body =
            json!({ "command_id": "018e4f00-0000-7000-8000-000000000001", "command": command });
        ((*name).to_owned(), json!({ "value": body }))
    });
    Value::Object(bodies.collect::<Map<_, _>>())
}

/// Each command by its name, then their parts by theirs. What commands of both have stands there once.
pub(super) fn all() -> Vec<(String, Value)> {
    let mut all = Command::schemas_under(SCHEMAS);
    for (name, schema) in ChildCommand::schemas_under(SCHEMAS) {
        let known = |one: &(String, Value)| *one == (name.clone(), schema.clone());
        if !all.iter().any(known) {
            all.push((name, schema));
        }
    }
    all
}
