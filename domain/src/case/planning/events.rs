//! Case meeting and plan (forms 04, 05).
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

use serde::{Deserialize, Serialize};

use crate::case::events::apart::either;
use crate::log::Split;
use crate::text::{Code, DocumentNumber, Line, Prose};
use crate::time::Date;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingFacts {
    pub measures: Vec<Code>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingPersonal {
    pub participants: Vec<Line>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Line>,
    pub minutes: Prose,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFacts {
    pub items: Vec<ItemFacts>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemFacts {
    pub id: Code,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Code>,
    pub start: Date,
    pub end: Date,
    /// Estimated cost in Vietnamese đồng.
    pub cost: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanPersonal {
    pub goals: Prose,
    pub items: Vec<ItemPersonal>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemPersonal {
    pub service: Line,
    pub responsible: Line,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnedPersonal {
    pub reason: Prose,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovedPersonal {
    /// The number of the decision in words, where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<Line>,
}

impl Split<ApprovedFacts, ApprovedPersonal> {
    /// The number of the decision, or what was written in its place.
    #[must_use]
    pub fn decision_number(&self) -> Option<&str> {
        let words = self
            .personal
            .as_ref()
            .and_then(|own| own.decision_number.as_ref());
        either(self.facts.decision_number.as_ref(), words)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdjustedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
    pub items: Vec<ItemFacts>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdjustedPersonal {
    pub goals: Prose,
    pub items: Vec<ItemPersonal>,
    /// The number of the decision in words, where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<Line>,
}

impl Split<AdjustedFacts, AdjustedPersonal> {
    /// The number of the decision, or what was written in its place.
    #[must_use]
    pub fn decision_number(&self) -> Option<&str> {
        let words = self
            .personal
            .as_ref()
            .and_then(|own| own.decision_number.as_ref());
        either(self.facts.decision_number.as_ref(), words)
    }
}
