//! Corrections of facts.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::contradiction::Against;
use crate::text::Prose;

/// Which part of an event is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    Facts,
    Personal,
    /// The time at which it happened, in the envelope.
    Envelope,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectedFacts {
    pub event_id: Uuid,
    pub part: Part,
    /// JSON pointer inside that part.
    pub path: String,
    /// The new value of a fact; a personal value stands in the personal part.
    /// Null: the value is not known, the field is left out.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub value: Value,
    /// What it lowers, as it is known now; no part of what was recorded.
    #[serde(skip)]
    pub lowers: Option<Against>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectedPersonal {
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub value: Value,
    pub reason: Prose,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmedFacts {
    /// The correction: the id of its event.
    pub event_id: Uuid,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmedPersonal {
    /// How the one who confirms knows.
    pub reason: Prose,
}
