//! Officers in charge.

use serde::{Deserialize, Serialize};

use crate::case::events::apart::either;
use crate::identity::Role;
use crate::log::Split;
use crate::text::{Code, Line};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignmentFacts {
    /// Id of the officer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Code>,
    pub role: Role,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignmentPersonal {
    /// The officer by name, where that is no id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Line>,
}

impl Split<AssignmentFacts, AssignmentPersonal> {
    /// The id of the officer, or what was written in its place.
    #[must_use]
    pub fn officer(&self) -> Option<&str> {
        let words = self.personal.as_ref().and_then(|own| own.officer.as_ref());
        either(self.facts.officer.as_ref(), words)
    }
}
