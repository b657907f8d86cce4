//! A command as JSON schema. Its fields come from the struct as it is read: what must be there, what may be
//! null, that there are no others. The types of the fields describe themselves.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::time::Instant;

/// Describes commands, one after the other.
pub(crate) struct Describer(SchemaGenerator);

impl Describer {
    /// Each schema stands for itself, without references.
    pub fn apart() -> Self {
        Self::with(|settings| settings.inline_subschemas = true)
    }

    /// What several have is a schema of its own, and they refer to it under `place`, a JSON pointer.
    pub fn shared(place: &'static str) -> Self {
        Self::with(|settings| settings.definitions_path = place.into())
    }

    fn with(set: impl FnOnce(&mut SchemaSettings)) -> Self {
        Self(SchemaSettings::draft2020_12().with(set).into_generator())
    }

    /// The schema of the command `C`, called `name` in the API; `instant` is the field by which it says itself when
    /// it happened, where it does.
    pub fn of<C: JsonSchema>(&mut self, name: &str, instant: Option<&str>) -> Value {
        let mut schema: Value = C::json_schema(&mut self.0).into();
        plain(&mut schema);
        let Value::Object(members) = &mut schema else {
            return schema;
        };
        let properties = members.entry("properties").or_insert_with(|| json!({}));
        if let Value::Object(properties) = properties {
            self.add_envelope(name, instant, properties);
        }
        let required = members.entry("required").or_insert_with(|| json!([]));
        if let Value::Array(required) = required {
            required.insert(0, json!("type"));
        }
        schema
    }

    /// What every command has beside its own fields: its name and, unless it says so itself, when it
    /// happened.
    fn add_envelope(
        &mut self,
        name: &str,
        instant: Option<&str>,
        properties: &mut Map<String, Value>,
    ) {
        properties.insert("type".to_owned(), json!({ "const": name }));
        let occurred_at = match instant {
            None => <Option<Instant>>::json_schema(&mut self.0).into(),
            Some(_) => json!({ "type": "null" }),
        };
        properties.insert("occurred_at".to_owned(), occurred_at);
    }

    /// The schemas to which those that were described refer, by name.
    pub fn parts(mut self) -> Map<String, Value> {
        let mut parts = self.0.take_definitions(true);
        parts.values_mut().for_each(plain);
        parts
    }
}

/// Says simply what the generator says in more words: a list of words is one list, and the greatest number of
/// a type stands there also where it is large.
fn plain(schema: &mut Value) {
    match schema {
        Value::Array(parts) => parts.iter_mut().for_each(plain),
        Value::Object(members) => {
            members.values_mut().for_each(plain);
            if let Some(words) = members.get("oneOf").and_then(words) {
                members.remove("oneOf");
                members.insert("type".to_owned(), json!("string"));
                members.insert("enum".to_owned(), words.into());
            }
            let greatest = match members.get("format").and_then(Value::as_str) {
                Some("uint32") => Some(json!(u32::MAX)),
                Some("uint64") => Some(json!(u64::MAX)),
                _ => None,
            };
            if let Some(greatest) = greatest {
                members.entry("maximum").or_insert(greatest);
            }
        }
        _ => {}
    }
}

/// The words, where each of these schemas is of such.
fn words(one_of: &Value) -> Option<Vec<Value>> {
    let mut words = Vec::new();
    for schema in one_of.as_array()? {
        match (schema.get("const"), schema.get("enum")) {
            (Some(word), None) => words.push(word.clone()),
            (None, Some(Value::Array(more))) => words.extend(more.iter().cloned()),
            _ => return None,
        }
    }
    Some(words)
}
