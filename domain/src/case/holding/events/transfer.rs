//! Handing a case over to another commune: offered, accepted, declined or taken back.

use serde::{Deserialize, Serialize};

use crate::time::Moment;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferredFacts {
    pub from_unit: String,
    pub to_unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respond_by: Option<Moment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnsweredFacts {
    pub from_unit: String,
    pub to_unit: String,
}
