//! Report: receipt, forwarding, verification (form 01).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::case::codes;
use crate::identity::{Birth, PersonalId, Sex};
use crate::log::Person;
use crate::text::{Code, Line, Note, Prose};
use crate::time::{Instant, Moment};
use crate::unit::UnitReference;

/// A place of receipt (Decree 56/2017, art. 25.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceOfReceipt {
    #[schemars(with = "codes::KindOfReceipt")]
    pub kind: Code,
    #[schemars(with = "UnitReference")]
    pub unit: String,
}

/// A form of harm that is suspected (Law on Children, arts 4.5 to 4.9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuspectedHarm {
    pub form: Code,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtype: Option<Code>,
    /// Whether the child was harmed or is at risk, where the report says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<HarmCategory>,
}

/// The axes of the law that are kept apart (Law on Children, art. 52.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HarmCategory {
    Abused,
    AtRisk,
    SpecialCircumstances,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportFacts {
    pub received_at: Instant,
    pub channel: Code,
    pub place_of_receipt: PlaceOfReceipt,
    pub child: ChildFacts,
    pub incident: IncidentFacts,
    pub suspected_harm: Vec<SuspectedHarm>,
    pub suspected_harmer: HarmerFacts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub online_related: Option<bool>,
    /// The place of receipt sees danger to life, health or dignity now.
    #[serde(default)]
    pub danger_now: bool,
    /// The place of receipt sees signs of a crime (Decree 56/2017, art. 25.3).
    #[serde(default, skip_serializing_if = "is_false")]
    pub crime_suspected: bool,
    /// The person was 16 or older by date of birth when it happened (Law on Children, art. 1).
    #[serde(default, skip_serializing_if = "is_false")]
    pub aged_16: bool,
    /// It was added to a case by somebody who did not see that case: whether it is the same child is to
    /// be answered by who holds it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unseen: bool,
    /// What was answered, as it is known now; no part of what was recorded.
    #[serde(skip)]
    pub same: Option<bool>,
    /// The version of the event that answered it; no part of what was recorded.
    #[serde(skip)]
    pub answered: Option<i64>,
    /// It was recorded when it was settled who holds the case, wherever in time it happened: it moves nobody; no part
    /// of what was recorded.
    #[serde(skip)]
    pub settled: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChildFacts {
    pub sex: Sex,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_year: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub residence_unit: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentFacts {
    pub unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_at: Option<Moment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HarmerFacts {
    pub relation: Code,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportPersonal {
    pub child: ChildPersonal,
    pub incident: IncidentPersonal,
    pub condition: Note,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub informant: Option<Informant>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspected_harmer: Option<HarmerPersonal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<Family>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consequences: Option<Prose>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support_given: Option<Prose>,
    /// The forms of harm in the informant's own words, in the order of the forms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub harm_words: Vec<Option<Line>>,
}

impl ReportPersonal {
    /// The same without the section of a person. That of the child stands in every report: who does not read
    /// it reads nothing of this.
    #[must_use]
    pub(in crate::case) fn without(mut self, person: Person) -> Self {
        match person {
            Person::Child => {}
            Person::Informant => self.informant = None,
            Person::SuspectedHarmer => self.suspected_harmer = None,
            Person::Family => self.family = None,
        }
        self
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChildPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth: Option<Birth>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal_id: Option<PersonalId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentPersonal {
    pub description: Prose,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Line>,
}

/// Who told, if they agree to be named (form 01, part A.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Informant {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// The informant agreed that this is written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HarmerPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
}

/// The family as form 01 asks for it, or in one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Family {
    Text(Prose),
    Form(FamilyForm),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FamilyForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub father: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mother: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carer: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation: Option<Prose>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForwardedFacts {
    pub to_unit: String,
}

/// What the check of a report found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VerificationOutcome {
    Confirmed,
    Unfounded,
    Unclear,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifiedFacts {
    pub outcome: VerificationOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifiedPersonal {
    pub findings: Prose,
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// What is left out by a person is what stands under their name.
    #[test]
    fn a_section_is_the_member_that_has_the_name_of_its_person() {
        let golden = include_str!("../../../../tests/golden/ReportReceived.2.json");
        let golden: Value = serde_json::from_str(golden).unwrap();
        let whole = &golden[0]["personal"];
        for person in Person::ALL {
            assert!(whole.pointer(person.section()).is_some(), "{person:?}");
            let report: ReportPersonal = serde_json::from_value(whole.clone()).unwrap();
            let mut expected = whole.clone();
            if person != Person::Child {
                let name = person.section().trim_start_matches('/');
                expected.as_object_mut().unwrap().remove(name);
            }
            let left = serde_json::to_value(report.without(person)).unwrap();
            assert_eq!(left, expected, "{person:?}");
        }
    }
}
