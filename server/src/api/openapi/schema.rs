//! Small pieces of JSON schema.

use serde_json::{Map, Value, json};

/// A field of an object: name, schema, whether it must be there.
pub(super) type Field = (&'static str, Value, bool);

/// An object with exactly these fields.
pub(super) fn object(fields: &[Field]) -> Value {
    let mut properties = Map::new();
    for (name, schema, _) in fields {
        properties.insert((*name).to_owned(), schema.clone());
    }
    let required: Vec<_> = fields
        .iter()
        .filter(|field| field.2)
        .map(|field| field.0)
        .collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// Where the schemas of this document stand.
pub(super) const SCHEMAS: &str = "/components/schemas";

/// A reference to a schema of this document.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#{SCHEMAS}/{name}") })
}

/// A value that may be null.
pub(super) fn nullable(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

pub(super) fn uuid() -> Value {
    json!({ "type": "string", "format": "uuid" })
}

pub(super) fn instant() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

pub(super) fn date() -> Value {
    json!({ "type": "string", "format": "date" })
}

/// A word of a list.
pub(super) fn code() -> Value {
    json!({ "type": "string", "pattern": "^[a-z0-9._-]{1,64}$" })
}

/// Code of an administrative unit.
pub(super) fn unit() -> Value {
    json!({ "type": "string", "pattern": "^([0-9]{2}|[0-9]{3}|[0-9]{5}|[0-9-]*[A-Za-z][A-Za-z0-9-]{0,40})$" })
}

pub(super) fn boolean() -> Value {
    json!({ "type": "boolean" })
}

pub(super) fn integer() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

pub(super) fn one_of(values: &[&str]) -> Value {
    json!({ "type": "string", "enum": values })
}
