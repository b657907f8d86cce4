//! Carrying out the items of a plan.

use serde::{Deserialize, Serialize};

use crate::text::{Code, Note};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceFacts {
    pub item_id: Code,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServicePersonal {
    pub note: Note,
}
