//! Temporary separation (form 07).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::case::events::contradiction::Against;
use crate::text::{Code, DocumentNumber, Line, Prose};
use crate::time::Moment;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<Code>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
    pub from: Moment,
    pub until: Moment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<Code>,
    /// The report of whose child it is, where nobody knew whether that is the child of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Uuid>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderedPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<Line>,
    /// Where the child is: hidden from suspected harmers, services and print.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// The number of the decision in words, where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<Line>,
}

/// That a competent authority requires the separation to go on (art. 32.3), and the number of its
/// document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentNumber>,
}

/// Which authority requires it, and by what, where that is no number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtendedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
    pub until: Moment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_by: Option<RequirementFacts>,
    /// The report of whose child it is, where nobody knew whether that is the child of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Uuid>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtendedPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
    /// The number of the decision in words, where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<Line>,
    /// Who requires that it goes on, and by what, where that is no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_by: Option<RequirementPersonal>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiftedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
    /// With whom the child is from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<Code>,
    /// What spoke against it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<Against>,
    /// The report of whose child it is, where nobody knew whether that is the child of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Uuid>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiftedPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose>,
    /// The number of the decision in words, where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<Line>,
}
