//! The commands of `POST /api/v1/cases/{id}/commands`, as the domain describes them: one schema each, by name,
//! and those of what several have.

use domain::case::Command;
use serde_json::{Map, Value, json};

use super::schema::{SCHEMAS, reference};

/// Any command, told apart by `type`.
pub(super) fn any() -> Value {
    let references: Vec<_> = Command::NAMES.iter().copied().map(reference).collect();
    json!({ "oneOf": references, "discriminator": { "propertyName": "type" } })
}

/// A body with each of these commands, by its name.
pub(super) fn examples(names: &[&str]) -> Value {
    let bodies = names.iter().map(|name| {
        let command = Command::example(name);
        let body =
            json!({ "command_id": "018e4f00-0000-7000-8000-000000000001", "command": command });
        ((*name).to_owned(), json!({ "value": body }))
    });
    Value::Object(bodies.collect::<Map<_, _>>())
}

/// Each command by its name, then their parts by theirs.
pub(super) fn all() -> Vec<(String, Value)> {
    Command::schemas_under(SCHEMAS)
}
