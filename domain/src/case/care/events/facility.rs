//! A stay in a facility.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::placement::CarerKind;
use crate::case::sentence::{On, by_decision};
use crate::language::Sentence;
use crate::text::{Code, DocumentNumber, Line, Prose};

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

impl AdmittedFacts {
    pub(in crate::case) fn says(&self, on: On<'_>) -> Sentence {
        let unit = on.unit(&self.unit);
        let (vi, en) = match self.level {
            FacilityLevel::Provincial => ("cấp tỉnh", "provincial facility"),
            FacilityLevel::Commune => ("không thuộc cấp tỉnh", "facility that is not provincial"),
        };
        Sentence::new(
            format!("Cơ sở trợ giúp xã hội {vi} tại {unit} đã tiếp nhận trẻ"),
            format!("A {en} in {unit} took the child in"),
        )
    }
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

impl AppraisedFacts {
    pub(in crate::case) fn says(&self, on: On<'_>) -> Sentence {
        if !self.eligible {
            return Sentence::new(
                "Đã thẩm định danh sách: chưa đủ điều kiện giao trẻ cho gia đình",
                "Appraised the list: the child cannot be placed with a family yet",
            );
        }
        match &self.carer_unit {
            Some(carer) => {
                let unit = on.unit(carer);
                Sentence::new(
                    format!("Đã thẩm định danh sách: đủ điều kiện, hồ sơ gửi đến {unit}"),
                    format!("Appraised the list: the child can be placed; the file goes to {unit}"),
                )
            }
            None => Sentence::new(
                "Đã thẩm định danh sách: đủ điều kiện giao trẻ cho gia đình",
                "Appraised the list: the child can be placed with a family",
            ),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacilityEndedFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
}

impl FacilityEndedFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        by_decision(
            "Đã chấm dứt việc chăm sóc trẻ tại cơ sở",
            "Ended the care in the facility",
            self.decision_number.as_ref(),
        )
    }
}

#[cfg(test)]
crate::case::sentence::samples! {
    AdmittedToFacility {"unit": "44", "level": "provincial"}, {"facility": "SECRET", "reason": "SECRET"} =>
        "Cơ sở trợ giúp xã hội cấp tỉnh tại Tỉnh Quảng Bình đã tiếp nhận trẻ",
        "A provincial facility in Tỉnh Quảng Bình took the child in";
    AdmittedToFacility {"unit": "19111", "level": "commune"} =>
        "Cơ sở trợ giúp xã hội không thuộc cấp tỉnh tại Thị trấn Hoàn Lão đã tiếp nhận trẻ",
        "A facility that is not provincial in Thị trấn Hoàn Lão took the child in";
    AdmissionPapersCompleted {}, {"note": "SECRET"} =>
        "Đã hoàn thiện hồ sơ tiếp nhận trẻ vào cơ sở",
        "The papers of the admission are complete";
    ListedForPlacement {}, {"note": "SECRET"} =>
        "Cơ sở đã đưa trẻ vào danh sách đề nghị chăm sóc thay thế tại gia đình",
        "The facility listed the child for placement with a family";
    ListingAppraised {"eligible": true, "placement_id": "c1", "carer_kind": "relatives", "carer_unit": "19114"},
        {"findings": "SECRET"} =>
        "Đã thẩm định danh sách: đủ điều kiện, hồ sơ gửi đến Thị trấn Nông trường Việt Trung",
        "Appraised the list: the child can be placed; the file goes to Thị trấn Nông trường Việt Trung";
    ListingAppraised {"eligible": true} =>
        "Đã thẩm định danh sách: đủ điều kiện giao trẻ cho gia đình",
        "Appraised the list: the child can be placed with a family";
    ListingAppraised {"eligible": false} =>
        "Đã thẩm định danh sách: chưa đủ điều kiện giao trẻ cho gia đình",
        "Appraised the list: the child cannot be placed with a family yet";
    FacilityCareEnded {"decision_number": "40/QĐ"}, {"note": "SECRET"} =>
        "Đã chấm dứt việc chăm sóc trẻ tại cơ sở, quyết định số 40/QĐ",
        "Ended the care in the facility, decision 40/QĐ";
    FacilityCareEnded {} =>
        "Đã chấm dứt việc chăm sóc trẻ tại cơ sở",
        "Ended the care in the facility";
}
