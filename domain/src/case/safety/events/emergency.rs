//! The emergency measure (Decree 56/2017, arts 26.3, 31).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::text::{Code, Line, Prose};
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyFacts {
    pub applied_at: Instant,
    pub measures: Vec<Code>,
    pub agencies: Vec<Code>,
    /// When there was information first, where the measure came before the first receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_information_at: Option<Instant>,
    /// The report of whose child it is, where nobody knew whether that is the child of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Uuid>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyPersonal {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Line>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agencies: Vec<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
}
