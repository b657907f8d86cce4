//! Referrals to services and their answers.

use serde::{Deserialize, Serialize};

use crate::text::{Code, Line, Prose};
use crate::time::Moment;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MadeFacts {
    pub referral_id: Code,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_kind: Option<Code>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respond_by: Option<Moment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_id: Option<Code>,
    /// The child was seen to be in danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger_now: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MadePersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_name: Option<Line>,
    pub reason: Prose,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerFacts {
    pub referral_id: Code,
    /// The child was seen to be in danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger_now: Option<bool>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}
