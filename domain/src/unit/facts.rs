//! How an event names a unit.

use serde::{Deserialize, Serialize};

use super::Unit;

/// How a command names a unit, for its description: by its code, or by its id while that is pending. Which
/// units there are is not said here: a command is held against the register of its day.
#[derive(Debug, Clone, Copy)]
pub enum UnitReference {}

described!(UnitReference, {
    "type": "string",
    "pattern": "^([0-9]{2}|[0-9]{3}|[0-9]{5}|[0-9-]*[A-Za-z][A-Za-z0-9-]{0,40})$",
});

/// A unit as it was on that day: its id and the code that it had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitFacts {
    /// Its id.
    pub id: String,
    /// The code that it had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl UnitFacts {
    /// What the unit is referred to by.
    #[must_use]
    pub fn reference(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.id)
    }
}

impl From<&Unit> for UnitFacts {
    fn from(unit: &Unit) -> Self {
        Self {
            id: unit.id.clone(),
            code: unit.code.clone(),
        }
    }
}
