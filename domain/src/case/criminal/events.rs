//! Police, forensic bodies and prosecution: what runs beside the protection of the child when a
//! crime may have been done.
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::{Code, DocumentNumber, Line, Prose};
use crate::time::{Date, Instant, Moment};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassedFacts {
    pub to_unit: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvestigatorFacts {
    pub procuracy_informed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trained: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvestigatorPersonal {
    pub investigator: Line,
}

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

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConclusionFacts {
    pub exam_id: Code,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConclusionPersonal {
    pub conclusion: Prose,
}

/// Why the handling of a report of crime takes longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProlongGround {
    /// The matter is complex: up to two months in all.
    Complex,
    /// The procuracy extends, once, by up to two months.
    ProcuracyExtension,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProlongedFacts {
    pub ground: ProlongGround,
    pub until: Moment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
    /// The day on which the procuracy was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_on: Option<Date>,
    /// Where the time that the procuracy extends ended on a day off: when it was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<MovedEnd>,
}

/// A time in months that ended on a day off was over on the next working day (Criminal Procedure Code, art. 134),
/// by the calendar of the day of the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovedEnd {
    pub from: Date,
    pub to: Date,
}

/// What the investigating body decides on a report of crime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CrimeDecision {
    /// To prosecute.
    Prosecute,
    /// Not to prosecute.
    NotProsecute,
    /// To suspend the handling of the report.
    Suspend,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrimeDecidedFacts {
    pub decision: CrimeDecision,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_number: Option<DocumentNumber>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposedFacts {
    pub procuracy_informed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<DocumentNumber>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposedPersonal {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// The number of the document in words, where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterviewFacts {
    pub from: Instant,
    pub until: Instant,
    pub complex: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterviewPersonal {
    pub present: Vec<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
}
