//! Closing, reopening, archiving.

use serde::{Deserialize, Serialize};

use crate::text::{Code, Line, Prose};

/// Why a case is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClosingReason {
    SafeAndStable,
    Unfounded,
    Died,
    #[serde(rename = "reached-16")]
    Reached16,
    Transferred,
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedFacts {
    pub reason: ClosingReason,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReopenedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Code>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReopenedPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive_number: Option<Line>,
    pub in_national_database: bool,
}
