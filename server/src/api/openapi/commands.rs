//! The commands of `POST /api/v1/cases/{id}/commands`, as the domain describes them: one schema each, by name.

use domain::case::Command;
use serde_json::{Value, json};

use super::schema::reference;

/// Any command, told apart by `type`.
pub(super) fn any() -> Value {
    let references: Vec<_> = Command::NAMES.iter().copied().map(reference).collect();
    json!({ "oneOf": references, "discriminator": { "propertyName": "type" } })
}

/// Each command by its name.
pub(super) fn all() -> Vec<(&'static str, Value)> {
    Command::schemas()
}
