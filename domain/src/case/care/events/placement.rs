//! Care in a family.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::case::sentence::{On, by_decision, many};
use crate::language::Sentence;
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

impl CarerKind {
    const fn says(self) -> (&'static str, &'static str) {
        match self {
            Self::Relatives => ("người thân thích", "relatives"),
            Self::NonRelatives => (
                "gia đình không phải người thân thích",
                "a family that is not related",
            ),
        }
    }
}

impl ProposedFacts {
    pub(in crate::case) fn says(&self, on: On<'_>) -> Sentence {
        let (vi, en) = self.carer_kind.says();
        let (id, unit) = (&self.placement_id, on.unit(&self.carer_unit));
        Sentence::new(
            format!("Đã đề nghị giao trẻ cho {vi} tại {unit} chăm sóc thay thế ({id})"),
            format!("Proposed that {en} in {unit} care for the child ({id})"),
        )
    }
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

impl VerifiedFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let id = &self.placement_id;
        let (vi, en) = if self.eligible {
            ("đủ", "meets")
        } else {
            ("không đủ", "does not meet")
        };
        Sentence::new(
            format!("Đã xác minh: người nhận chăm sóc {vi} điều kiện ({id})"),
            format!("Verified: the carer {en} the conditions ({id})"),
        )
    }
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

impl DecidedFacts {
    pub(in crate::case) fn says(&self, on: On<'_>) -> Sentence {
        let (vi, en) = self.carer_kind.says();
        let (id, unit) = (&self.placement_id, on.unit(&self.carer_unit));
        let number = self.decision_number.as_ref();
        let (what, by) = number.map_or_else(Default::default, |number| {
            (
                format!(", quyết định số {number}"),
                format!(" by decision {number}"),
            )
        });
        Sentence::new(
            format!("Đã quyết định giao trẻ cho {vi} tại {unit} chăm sóc thay thế ({id}){what}"),
            format!("Decided{by} that {en} in {unit} care for the child ({id})"),
        )
    }
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

impl HandedOverFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let id = &self.placement_id;
        let (vi, en) = self.contacts.map_or_else(Default::default, |times| {
            (
                format!(", trước đó đã gặp gỡ, làm quen {times} lần"),
                format!(", after {}", many(times as usize, "contact")),
            )
        });
        Sentence::new(
            format!("Đã giao trẻ cho người nhận chăm sóc ({id}){vi}"),
            format!("Handed the child over to the carer ({id}){en}"),
        )
    }
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

impl FollowedUpFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let id = &self.placement_id;
        let (seen_vi, seen_en) = if self.child_seen {
            ("có gặp trẻ", "saw the child")
        } else {
            ("không gặp được trẻ", "the child was not seen")
        };
        let (harm_vi, harm_en) = if self.carer_harms {
            (
                ", phát hiện người nhận chăm sóc xâm hại trẻ",
                "; the carer harms the child",
            )
        } else {
            ("", "")
        };
        Sentence::new(
            format!("Đã theo dõi việc chăm sóc thay thế ({id}), {seen_vi}{harm_vi}"),
            format!("Followed up the placement ({id}): {seen_en}{harm_en}"),
        )
    }
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

impl EndedFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let (vi, en) = match self.ground {
            EndGround::CarerNotEligible => (
                "người nhận chăm sóc không còn đủ điều kiện",
                "the carer no longer meets the conditions",
            ),
            EndGround::CarerHarmed => (
                "người nhận chăm sóc xâm hại trẻ",
                "the carer harmed the child",
            ),
            EndGround::CarerAsks => ("người nhận chăm sóc đề nghị", "the carer asks for it"),
            EndGround::ChildHarmsHousehold => (
                "trẻ xâm hại nghiêm trọng người trong gia đình",
                "the child seriously harms the household",
            ),
            EndGround::ReturnedToFamily => (
                "trẻ trở về với gia đình an toàn",
                "the child returns to a safe family",
            ),
            EndGround::ChildWishes => ("trẻ có nguyện vọng", "the child wishes it"),
            EndGround::Reached16 => ("trẻ đã đủ 16 tuổi", "the child has reached 16"),
            EndGround::Other => ("lý do khác", "another reason"),
        };
        let id = &self.placement_id;
        by_decision(
            &format!("Đã chấm dứt việc chăm sóc thay thế ({id}): {vi}"),
            &format!("Ended the placement ({id}): {en}"),
            self.decision_number.as_ref(),
        )
    }
}

#[cfg(test)]
crate::case::sentence::samples! {
    PlacementDecided {"placement_id": "c1", "carer_kind": "relatives", "carer_unit": "19114",
        "parental_consent": "given", "from_facility": false}, {"decision_number": "SECRET"} =>
        "Đã quyết định giao trẻ cho người thân thích tại Thị trấn Nông trường Việt Trung chăm sóc thay thế \
         (c1)",
        "Decided that relatives in Thị trấn Nông trường Việt Trung care for the child (c1)";
    PlacementProposed {"placement_id": "c1", "carer_kind": "relatives", "carer_unit": "19114"},
        {"carer": "SECRET", "reason": "SECRET"} =>
        "Đã đề nghị giao trẻ cho người thân thích tại Thị trấn Nông trường Việt Trung chăm sóc thay thế (c1)",
        "Proposed that relatives in Thị trấn Nông trường Việt Trung care for the child (c1)";
    PlacementProposed {"placement_id": "c1", "carer_kind": "non-relatives", "carer_unit": "19114"} =>
        "Đã đề nghị giao trẻ cho gia đình không phải người thân thích tại Thị trấn Nông trường Việt Trung chăm \
         sóc thay thế (c1)",
        "Proposed that a family that is not related in Thị trấn Nông trường Việt Trung care for the child (c1)";
    CarerVerified {"placement_id": "c1", "eligible": true}, {"findings": "SECRET"} =>
        "Đã xác minh: người nhận chăm sóc đủ điều kiện (c1)",
        "Verified: the carer meets the conditions (c1)";
    CarerVerified {"placement_id": "c1", "eligible": false} =>
        "Đã xác minh: người nhận chăm sóc không đủ điều kiện (c1)",
        "Verified: the carer does not meet the conditions (c1)";
    PlacementDecided {"placement_id": "c1", "carer_kind": "relatives", "carer_unit": "19114",
        "decision_number": "31/QĐ-UBND", "parental_consent": "given", "from_facility": false},
        {"carer": "SECRET", "child_views": "SECRET", "consent_note": "SECRET"} =>
        "Đã quyết định giao trẻ cho người thân thích tại Thị trấn Nông trường Việt Trung chăm sóc thay thế \
         (c1), quyết định số 31/QĐ-UBND",
        "Decided by decision 31/QĐ-UBND that relatives in Thị trấn Nông trường Việt Trung care for the child \
         (c1)";
    ChildHandedOver {"placement_id": "c1", "contacts": 2}, {"note": "SECRET"} =>
        "Đã giao trẻ cho người nhận chăm sóc (c1), trước đó đã gặp gỡ, làm quen 2 lần",
        "Handed the child over to the carer (c1), after 2 contacts";
    ChildHandedOver {"placement_id": "c1"} =>
        "Đã giao trẻ cho người nhận chăm sóc (c1)",
        "Handed the child over to the carer (c1)";
    PlacementFollowedUp {"placement_id": "c1", "visited_at": "2024-03-11T09:20:00+07:00", "child_seen": true,
        "carer_harms": false}, {"findings": "SECRET"} =>
        "Đã theo dõi việc chăm sóc thay thế (c1), có gặp trẻ",
        "Followed up the placement (c1): saw the child";
    PlacementFollowedUp {"placement_id": "c1", "visited_at": "2024-03-11T09:20:00+07:00", "child_seen": false,
        "carer_harms": true} =>
        "Đã theo dõi việc chăm sóc thay thế (c1), không gặp được trẻ, phát hiện người nhận chăm sóc xâm hại \
         trẻ",
        "Followed up the placement (c1): the child was not seen; the carer harms the child";
    PlacementEnded {"placement_id": "c1", "ground": "other", "decision_number": "44/QĐ-UBND"},
        {"note": "SECRET"} =>
        "Đã chấm dứt việc chăm sóc thay thế (c1): lý do khác, quyết định số 44/QĐ-UBND",
        "Ended the placement (c1): another reason, decision 44/QĐ-UBND";
    PlacementEnded {"placement_id": "c1", "ground": "carer-not-eligible"} =>
        "Đã chấm dứt việc chăm sóc thay thế (c1): người nhận chăm sóc không còn đủ điều kiện",
        "Ended the placement (c1): the carer no longer meets the conditions";
    PlacementEnded {"placement_id": "c1", "ground": "carer-harmed"} =>
        "Đã chấm dứt việc chăm sóc thay thế (c1): người nhận chăm sóc xâm hại trẻ",
        "Ended the placement (c1): the carer harmed the child";
    PlacementEnded {"placement_id": "c1", "ground": "carer-asks"} =>
        "Đã chấm dứt việc chăm sóc thay thế (c1): người nhận chăm sóc đề nghị",
        "Ended the placement (c1): the carer asks for it";
    PlacementEnded {"placement_id": "c1", "ground": "child-harms-household"} =>
        "Đã chấm dứt việc chăm sóc thay thế (c1): trẻ xâm hại nghiêm trọng người trong gia đình",
        "Ended the placement (c1): the child seriously harms the household";
    PlacementEnded {"placement_id": "c1", "ground": "returned-to-family"} =>
        "Đã chấm dứt việc chăm sóc thay thế (c1): trẻ trở về với gia đình an toàn",
        "Ended the placement (c1): the child returns to a safe family";
    PlacementEnded {"placement_id": "c1", "ground": "child-wishes"} =>
        "Đã chấm dứt việc chăm sóc thay thế (c1): trẻ có nguyện vọng",
        "Ended the placement (c1): the child wishes it";
    PlacementEnded {"placement_id": "c1", "ground": "reached-16"} =>
        "Đã chấm dứt việc chăm sóc thay thế (c1): trẻ đã đủ 16 tuổi",
        "Ended the placement (c1): the child has reached 16";
}
