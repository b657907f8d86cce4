//! Requests to the court and its decisions (Law on Children, art. 52.3).

use serde::{Deserialize, Serialize};

use crate::text::{Code, DocumentNumber, Line, Prose};
use crate::time::Moment;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Code>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_unit: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestedPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Code>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
}

impl DecidedFacts {
    /// Whether the court requires a separation to go on: it says so, or it did not refuse and
    /// names its end.
    #[must_use]
    pub fn continues_separation(&self) -> bool {
        match self.decision.as_ref().map(Code::as_str) {
            Some("continue-separation") => true,
            // To restrict the rights of parents is not to isolate the child.
            Some("refused" | "restrict-parental-rights") => false,
            _ => self.until.is_some(),
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidedPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// The number of the decision in words, where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<Line>,
}
