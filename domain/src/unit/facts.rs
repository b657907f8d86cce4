//! How an event names a unit.

use serde::{Deserialize, Serialize};

use super::Unit;

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
