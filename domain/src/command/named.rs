//! A command as it is sent: an object of JSON with its name, when it happened, and its fields.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::FieldError;
use crate::text::is_unseen;
use crate::time::Instant;

/// A command by its name; its fields are not read yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The name: `type`.
    pub name: String,
    /// When it happened, where that is said.
    pub occurred_at: Option<Instant>,
    /// All other fields.
    pub fields: Value,
}

impl Named {
    /// Reads what all commands have.
    ///
    /// # Errors
    /// The field that is wrong, by JSON pointer.
    pub fn of(command: Value) -> Result<Self, FieldError> {
        let Value::Object(mut fields) = command else {
            return Err(FieldError::new("", "wrong-type"));
        };
        let name = match fields.remove("type") {
            None => return Err(FieldError::new("/type", "missing-field")),
            Some(Value::String(name)) => name,
            Some(_) => return Err(FieldError::new("/type", "wrong-type")),
        };
        let occurred_at = match fields.remove("occurred_at") {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => {
                Some(Instant::parse(&text).map_err(|code| FieldError::new("/occurred_at", code))?)
            }
            Some(_) => return Err(FieldError::new("/occurred_at", "wrong-type")),
        };
        fields.values_mut().for_each(drop_unseen);
        Ok(Self {
            name,
            occurred_at,
            fields: Value::Object(fields),
        })
    }
}

/// Texts in which nothing can be seen are none.
fn drop_unseen(value: &mut Value) {
    match value {
        Value::String(text) if text.chars().all(is_unseen) => text.clear(),
        Value::Array(values) => values.iter_mut().for_each(drop_unseen),
        Value::Object(fields) => fields.values_mut().for_each(drop_unseen),
        _ => {}
    }
}

/// Reads the fields of a command.
///
/// # Errors
/// The field that is wrong, by JSON pointer.
pub(crate) fn read<T: DeserializeOwned>(fields: Value) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(fields).map_err(|error| {
        let mut pointer = String::new();
        for step in error.path() {
            use serde_path_to_error::Segment::{Enum, Map, Seq, Unknown};
            match step {
                Seq { index } => pointer.push_str(&format!("/{index}")),
                Map { key } => {
                    pointer.push('/');
                    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                }
                Enum { .. } | Unknown => {}
            }
        }
        FieldError::from_message(pointer, &error.inner().to_string())
    })
}
