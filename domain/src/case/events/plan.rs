//! Case meeting and plan (forms 04, 05).

use serde::{Deserialize, Serialize};

use crate::text::{Code, Line, Prose};
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
    pub decision_number: Line,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdjustedFacts {
    pub decision_number: Line,
    pub items: Vec<ItemFacts>,
}
