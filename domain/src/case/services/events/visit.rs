//! Visits.

use serde::{Deserialize, Serialize};

use crate::text::{Line, Note};
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitFacts {
    pub visited_at: Instant,
    pub child_seen: bool,
    /// The child was seen to be in danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger_now: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitPersonal {
    pub place: Line,
    pub note: Note,
}
