//! Closing, reopening, archiving.
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use uuid::Uuid;

use crate::case::events::contradiction::Against;
use crate::text::{Code, DocumentNumber, Line, Prose};
use crate::time::Date;

/// Why a case is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClosingReason {
    SafeAndStable,
    Unfounded,
    Died,
    #[serde(rename = "reached-16")]
    Reached16,
    Transferred,
    RecordedTwice,
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedFacts {
    pub reason: ClosingReason,
    /// The other case of the same child and matter, where it was recorded twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_case: Option<Uuid>,
    /// What speaks against it in another case, and so is asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<Against>,
    /// The day on which an authority outside the system received the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_on: Option<Date>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// The authority outside the system that has the case now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Line>,
    /// How it confirmed that it has the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Line>,
    /// On what the chair rests another reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Line>,
    /// Why it is closed although something in the case speaks against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contradiction_reason: Option<Prose>,
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
    pub archive_number: Option<DocumentNumber>,
    pub in_national_database: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedPersonal {
    /// Where the file is kept in words, where that is no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive_number: Option<Line>,
}
