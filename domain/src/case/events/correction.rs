//! Corrections of facts.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

pub use crate::log::Part;
use crate::log::{Correction, Corrects, Split};
use crate::text::Prose;

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
}

impl CorrectedFacts {
    /// Whether another unit answers by this correction: that counts from the correction on, since
    /// nobody answers for a time in which they were not known to.
    #[must_use]
    pub fn moves_competence(&self) -> bool {
        self.part == Part::Facts && self.path.ends_with("unit")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectedPersonal {
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub value: Value,
    pub reason: Prose,
}

impl Split<CorrectedFacts, CorrectedPersonal> {
    /// The new value; none where it was erased.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        match self.facts.part {
            Part::Personal => self.personal.as_ref().map(|personal| &personal.value),
            Part::Facts | Part::Envelope => Some(&self.facts.value),
        }
    }

    /// What is corrected. Where the value was erased, what it corrected was erased with it.
    #[must_use]
    pub fn corrects(&self) -> Option<Corrects<'_>> {
        Some(Corrects {
            event_id: self.facts.event_id,
            change: Correction {
                part: self.facts.part,
                path: &self.facts.path,
                value: self.value()?,
                revision: None,
            },
        })
    }
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
