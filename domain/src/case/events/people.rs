//! Officers in charge.

use serde::{Deserialize, Serialize};

use crate::identity::Role;
use crate::text::Line;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignmentFacts {
    /// Id of the officer.
    pub officer: Line,
    pub role: Role,
}
