//! Forensic examinations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::case::sentence::On;
use crate::language::Sentence;
use crate::text::{Code, DocumentNumber, Prose};

/// Why a forensic examination has to be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ForensicGround {
    /// The investigating body found grounds.
    Found,
    /// The victim or their representative asks for it.
    RequestedByVictim,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroundsFacts {
    pub exam_id: Code,
    pub ground: ForensicGround,
}

impl GroundsFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let id = &self.exam_id;
        match self.ground {
            ForensicGround::Found => Sentence::new(
                format!("Đã ghi nhận có căn cứ để trưng cầu giám định ({id})"),
                format!("Found grounds for a forensic examination ({id})"),
            ),
            ForensicGround::RequestedByVictim => Sentence::new(
                format!("Đã ghi nhận bị hại hoặc người đại diện đề nghị giám định ({id})"),
                format!(
                    "Recorded that the victim or their representative asks for a forensic \
                     examination ({id})"
                ),
            ),
        }
    }
}

/// What is examined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ForensicExam {
    /// Signs of sexual abuse.
    SexualAbuse,
    /// Injury.
    Injury,
    /// Age.
    Age,
    /// Cause of death.
    CauseOfDeath,
    /// Mental state.
    MentalState,
    /// Anything else, for example traces or recordings.
    Other,
}

/// Who examines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ForensicBody {
    /// A forensic unit of the police.
    Police,
    /// A forensic body of the health sector.
    Health,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamFacts {
    pub exam_id: Code,
    pub exam: ForensicExam,
    pub body: ForensicBody,
    pub unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
}

impl ExamFacts {
    pub(in crate::case) fn says(&self, on: On<'_>) -> Sentence {
        let (vi, en) = match self.exam {
            ForensicExam::SexualAbuse => ("dấu hiệu xâm hại tình dục", "signs of sexual abuse"),
            ForensicExam::Injury => ("thương tích", "injury"),
            ForensicExam::Age => ("độ tuổi", "age"),
            ForensicExam::CauseOfDeath => ("nguyên nhân chết", "cause of death"),
            ForensicExam::MentalState => ("tâm thần", "mental state"),
            ForensicExam::Other => ("nội dung khác", "other matters"),
        };
        let (body_vi, body_en) = match self.body {
            ForensicBody::Police => ("giám định của công an", "a forensic unit of the police"),
            ForensicBody::Health => (
                "giám định của ngành y tế",
                "a forensic body of the health sector",
            ),
        };
        let (id, unit) = (&self.exam_id, on.unit(&self.unit));
        Sentence::new(
            format!("Đã trưng cầu giám định về {vi} ({id}), nơi thực hiện: {body_vi}, {unit}"),
            format!("Ordered a forensic examination of {en} ({id}) by {body_en}, {unit}"),
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConclusionFacts {
    pub exam_id: Code,
}

impl ConclusionFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let id = &self.exam_id;
        Sentence::new(
            format!("Đã có kết luận giám định ({id})"),
            format!("Recorded the forensic conclusion ({id})"),
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConclusionPersonal {
    pub conclusion: Prose,
}

#[cfg(test)]
crate::case::sentence::samples! {
    ForensicGroundsRecorded {"exam_id": "g1", "ground": "found"}, {"note": "SECRET"} =>
        "Đã ghi nhận có căn cứ để trưng cầu giám định (g1)",
        "Found grounds for a forensic examination (g1)";
    ForensicGroundsRecorded {"exam_id": "g1", "ground": "requested-by-victim"} =>
        "Đã ghi nhận bị hại hoặc người đại diện đề nghị giám định (g1)",
        "Recorded that the victim or their representative asks for a forensic examination (g1)";
    ForensicExamOrdered {"exam_id": "g1", "exam": "sexual-abuse", "body": "health", "unit": "44",
        "decision_number": "05/QĐ"}, {"note": "SECRET"} =>
        "Đã trưng cầu giám định về dấu hiệu xâm hại tình dục (g1), nơi thực hiện: giám định của ngành y tế, \
         Tỉnh Quảng Bình",
        "Ordered a forensic examination of signs of sexual abuse (g1) by a forensic body of the health sector, \
         Tỉnh Quảng Bình";
    ForensicExamOrdered {"exam_id": "g2", "exam": "injury", "body": "police", "unit": "44"} =>
        "Đã trưng cầu giám định về thương tích (g2), nơi thực hiện: giám định của công an, Tỉnh Quảng Bình",
        "Ordered a forensic examination of injury (g2) by a forensic unit of the police, Tỉnh Quảng Bình";
    ForensicExamOrdered {"exam_id": "g2", "exam": "age", "body": "police", "unit": "44"} =>
        "Đã trưng cầu giám định về độ tuổi (g2), nơi thực hiện: giám định của công an, Tỉnh Quảng Bình",
        "Ordered a forensic examination of age (g2) by a forensic unit of the police, Tỉnh Quảng Bình";
    ForensicExamOrdered {"exam_id": "g2", "exam": "cause-of-death", "body": "police", "unit": "44"} =>
        "Đã trưng cầu giám định về nguyên nhân chết (g2), nơi thực hiện: giám định của công an, Tỉnh Quảng \
         Bình",
        "Ordered a forensic examination of cause of death (g2) by a forensic unit of the police, Tỉnh Quảng \
         Bình";
    ForensicExamOrdered {"exam_id": "g2", "exam": "mental-state", "body": "police", "unit": "44"} =>
        "Đã trưng cầu giám định về tâm thần (g2), nơi thực hiện: giám định của công an, Tỉnh Quảng Bình",
        "Ordered a forensic examination of mental state (g2) by a forensic unit of the police, Tỉnh Quảng Bình";
    ForensicExamOrdered {"exam_id": "g2", "exam": "other", "body": "police", "unit": "44"} =>
        "Đã trưng cầu giám định về nội dung khác (g2), nơi thực hiện: giám định của công an, Tỉnh Quảng Bình",
        "Ordered a forensic examination of other matters (g2) by a forensic unit of the police, Tỉnh Quảng \
         Bình";
    ForensicConclusionRecorded {"exam_id": "g1"}, {"conclusion": "SECRET"} =>
        "Đã có kết luận giám định (g1)",
        "Recorded the forensic conclusion (g1)";
}
