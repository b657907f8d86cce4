//! The commands of `POST /api/v1/cases/{id}/commands`, as the domain describes them: one schema each, by name,
//! and those of what several have.

use domain::case::Command;
use serde_json::{Value, json};

use super::schema::{SCHEMAS, reference};

/// Any command, told apart by `type`.
pub(super) fn any() -> Value {
    let references: Vec<_> = Command::NAMES.iter().copied().map(reference).collect();
    json!({ "oneOf": references, "discriminator": { "propertyName": "type" } })
}

/// Each command by its name, then their parts by theirs.
pub(super) fn all() -> Vec<(String, Value)> {
    Command::schemas_under(SCHEMAS)
}
