//! Assessments (forms 02, 03).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::case::events::{Answer, Level};
use crate::text::{Note, Prose};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InitialFacts {
    pub harm: [Level; 2],
    pub protection: [Level; 2],
    pub grave: Answer,
    pub carer_is_harmer: Answer,
    /// A ground for temporary separation is seen (art. 32.1).
    #[serde(default, skip_serializing_if = "Answer::is_unknown")]
    pub separation_needed: Answer,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InitialPersonal {
    pub harm_notes: [Note; 2],
    pub protection_notes: [Note; 2],
    pub conclusion: Prose,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safe_place: Option<Prose>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medical_care: Option<Prose>,
    /// Why it is so although something in the case speaks against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contradiction_reason: Option<Prose>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetailedFacts {
    pub harm: [Level; 5],
    pub protection: [Level; 5],
    /// The parents or carers were asked (not where they are the harmers, art. 27.1.h).
    pub carer_asked: bool,
    /// The child was seen to be in danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger_now: Option<bool>,
}

/// The eight heads of content of form 03 (art. 27.1, letters a to h).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// a) physical, psychological, emotional state.
    pub a: Note,
    /// b) family, relations, protective capacity of the family.
    pub b: Note,
    /// c) factors for abuse or renewed abuse.
    pub c: Note,
    /// d) schooling and ability of self-protection.
    pub d: Note,
    /// đ) safety and support in the community.
    pub e: Note,
    /// e) needs: treatment, social assistance, education, legal aid, counselling, others.
    pub f: Note,
    /// g) views and wishes of the child.
    pub g: Note,
    /// h) views of parents or carers, unless they are the harmers.
    pub h: Note,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetailedPersonal {
    pub harm_notes: [Note; 5],
    pub protection_notes: [Note; 5],
    pub content: Content,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child_views: Option<Prose>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carer_views: Option<Prose>,
    pub conclusion: Prose,
}
