//! Whether a report that was added to a case unseen is about the child of that case.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::text::Prose;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AnsweredFacts {
    /// The report.
    pub event_id: Uuid,
    pub same: bool,
    /// The case of its own into which it went, where it is another child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_case: Option<Uuid>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AnsweredPersonal {
    pub reason: Prose,
}
