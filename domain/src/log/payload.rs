//! The two parts of an event. **Facts** are codes, dates, levels, units, ids; **personal** are names,
//! numbers, addresses, every free text, so that this part can be encrypted and erased by itself.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The two parts of a payload. `personal` is absent where an event has none, or after it was
/// erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split<F, P> {
    /// Codes, dates, levels, units, ids.
    pub facts: F,
    /// Names, numbers, addresses, every free text.
    pub personal: Option<P>,
}

impl<F, P> Split<F, P> {
    /// Facts without a personal part.
    #[must_use]
    pub const fn bare(facts: F) -> Self {
        Self {
            facts,
            personal: None,
        }
    }
}

/// The personal part of an event that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// The facts of an event whose type says it all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoFacts {}

/// Both parts as JSON, in the form of some revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Payload {
    /// The facts.
    pub facts: Value,
    /// The personal part; none where the event has none, or after it was erased.
    pub personal: Option<Value>,
}

impl Payload {
    /// Reads both parts as they are stored.
    ///
    /// # Errors
    /// What is no JSON.
    pub fn parse(facts: &str, personal: Option<&str>) -> Result<Self, serde_json::Error> {
        Ok(Self {
            facts: serde_json::from_str(facts)?,
            personal: personal.map(serde_json::from_str).transpose()?,
        })
    }
}
