//! Alternative care: families, facilities, follow-up and end.
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::{Code, DocumentNumber, Line, Prose};
use crate::time::Instant;

/// Who is to care for the child, in the order of preference of the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CarerKind {
    /// Relatives.
    Relatives,
    /// A family that is not related.
    NonRelatives,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposedFacts {
    pub placement_id: Code,
    pub carer_kind: CarerKind,
    pub carer_unit: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposedPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carer: Option<Line>,
    pub reason: Prose,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifiedFacts {
    pub placement_id: Code,
    pub eligible: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingsPersonal {
    pub findings: Prose,
}

/// Whether the parents consent (Law on Children, art. 63.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// In writing.
    Given,
    /// Not needed: measures of art. 50.2.b, 50.2.c or 52.3 apply, or parental rights are
    /// restricted, or there are no parents.
    NotNeeded,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidedFacts {
    pub placement_id: Code,
    pub carer_kind: CarerKind,
    pub carer_unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
    pub parental_consent: Consent,
    pub from_facility: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidedPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carer: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child_views: Option<Prose>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_note: Option<Prose>,
    /// The number of the decision in words, where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedOverFacts {
    pub placement_id: Code,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contacts: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowedUpFacts {
    pub placement_id: Code,
    pub visited_at: Instant,
    pub child_seen: bool,
    pub carer_harms: bool,
    /// The child was seen to be in danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger_now: Option<bool>,
}

/// Why a placement ends (Law on Children, art. 69).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EndGround {
    /// The carer no longer meets the conditions.
    CarerNotEligible,
    /// The carer harmed the child or did what the law forbids.
    CarerHarmed,
    /// The carer asks for it.
    CarerAsks,
    /// The child seriously harms the household.
    ChildHarmsHousehold,
    /// The child returns to a safe family.
    ReturnedToFamily,
    /// The child wishes it.
    ChildWishes,
    /// The child has reached 16.
    #[serde(rename = "reached-16")]
    Reached16,
    /// Another reason, in words.
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndedFacts {
    pub placement_id: Code,
    pub ground: EndGround,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
}

/// Who decides about care in a facility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FacilityLevel {
    /// A facility of the province.
    Provincial,
    /// Any other.
    Commune,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdmittedFacts {
    pub unit: String,
    pub level: FacilityLevel,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdmittedPersonal {
    pub facility: Line,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppraisedFacts {
    pub eligible: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement_id: Option<Code>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carer_kind: Option<CarerKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carer_unit: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacilityEndedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
}
