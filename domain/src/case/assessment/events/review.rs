//! Review after the plan was carried out (form 06).

use serde::{Deserialize, Serialize};

use crate::case::events::Level;
use crate::text::{Note, Prose};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewFacts {
    pub harm: [Level; 3],
    pub protection: [Level; 3],
    pub no_longer_at_risk: bool,
    pub stable: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewPersonal {
    pub harm_notes: [Note; 3],
    pub protection_notes: [Note; 3],
    pub conclusion: Prose,
    /// Why it is so although something in the case speaks against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contradiction_reason: Option<Prose>,
}
