//! Assessments (forms 02, 03).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::case::events::{Answer, Level};
use crate::case::sentence::On;
use crate::language::Sentence;
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

impl InitialFacts {
    /// What form 02 answered to its two questions; what is not known yet is said.
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let (grave_vi, grave_en) = match self.grave {
            Answer::Yes => (
                "có hoặc có nguy cơ tổn hại nghiêm trọng",
                "serious harm is present or threatens",
            ),
            Answer::No => ("không thấy tổn hại nghiêm trọng", "no serious harm is seen"),
            Answer::Unknown => (
                "chưa biết có tổn hại nghiêm trọng hay không",
                "it is not known yet whether there is serious harm",
            ),
        };
        let (carer_vi, carer_en) = match self.carer_is_harmer {
            Answer::Yes => (
                "người chăm sóc là người gây tổn hại",
                "the carer is the one who harms",
            ),
            Answer::No => (
                "người chăm sóc không phải là người gây tổn hại",
                "the carer is not the one who harms",
            ),
            Answer::Unknown => (
                "chưa biết người chăm sóc có phải là người gây tổn hại hay không",
                "it is not known yet whether the carer is the one who harms",
            ),
        };
        Sentence::new(
            format!("Đã đánh giá nguy cơ ban đầu: {grave_vi}, {carer_vi}"),
            format!("Recorded the initial assessment: {grave_en}, and {carer_en}"),
        )
    }
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

impl DetailedFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let (vi, en) = if self.carer_asked {
            ("có", "were asked")
        } else {
            ("không", "were not asked")
        };
        Sentence::new(
            format!(
                "Đã thu thập thông tin, đánh giá nguy cơ cụ thể, {vi} hỏi ý kiến cha, mẹ hoặc người \
                 chăm sóc"
            ),
            format!("Recorded the detailed assessment; the parents or carers {en}"),
        )
    }
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

#[cfg(test)]
crate::case::sentence::samples! {
    InitialAssessmentRecorded {"harm": ["low", "low"], "protection": ["low", "low"], "grave": true,
        "carer_is_harmer": true}, {"harm_notes": ["SECRET", "SECRET"], "protection_notes": ["SECRET", "SECRET"],
        "conclusion": "SECRET"} =>
        "Đã đánh giá nguy cơ ban đầu: có hoặc có nguy cơ tổn hại nghiêm trọng, người chăm sóc là người gây tổn \
         hại",
        "Recorded the initial assessment: serious harm is present or threatens, and the carer is the one who \
         harms";
    InitialAssessmentRecorded {"harm": ["low", "low"], "protection": ["low", "low"], "grave": true,
        "carer_is_harmer": false} =>
        "Đã đánh giá nguy cơ ban đầu: có hoặc có nguy cơ tổn hại nghiêm trọng, người chăm sóc không phải là \
         người gây tổn hại",
        "Recorded the initial assessment: serious harm is present or threatens, and the carer is not the one \
         who harms";
    InitialAssessmentRecorded {"harm": ["low", "low"], "protection": ["low", "low"], "grave": false,
        "carer_is_harmer": true} =>
        "Đã đánh giá nguy cơ ban đầu: không thấy tổn hại nghiêm trọng, người chăm sóc là người gây tổn hại",
        "Recorded the initial assessment: no serious harm is seen, and the carer is the one who harms";
    InitialAssessmentRecorded {"harm": ["low", "low"], "protection": ["low", "low"], "grave": false,
        "carer_is_harmer": false} =>
        "Đã đánh giá nguy cơ ban đầu: không thấy tổn hại nghiêm trọng, người chăm sóc không phải là người gây \
         tổn hại",
        "Recorded the initial assessment: no serious harm is seen, and the carer is not the one who harms";
    InitialAssessmentRecorded {"harm": ["low", "low"], "protection": ["low", "low"], "grave": "unknown",
        "carer_is_harmer": "unknown"} =>
        "Đã đánh giá nguy cơ ban đầu: chưa biết có tổn hại nghiêm trọng hay không, chưa biết người chăm sóc có \
         phải là người gây tổn hại hay không",
        "Recorded the initial assessment: it is not known yet whether there is serious harm, and it is not \
         known yet whether the carer is the one who harms";
    DetailedAssessmentRecorded {"harm": ["low", "low", "low", "low", "low"], "protection": ["low", "low", "low",
        "low", "low"], "carer_asked": true} =>
        "Đã thu thập thông tin, đánh giá nguy cơ cụ thể, có hỏi ý kiến cha, mẹ hoặc người chăm sóc",
        "Recorded the detailed assessment; the parents or carers were asked";
    DetailedAssessmentRecorded {"harm": ["low", "low", "low", "low", "low"], "protection": ["low", "low", "low",
        "low", "low"], "carer_asked": false} =>
        "Đã thu thập thông tin, đánh giá nguy cơ cụ thể, không hỏi ý kiến cha, mẹ hoặc người chăm sóc",
        "Recorded the detailed assessment; the parents or carers were not asked";
}
