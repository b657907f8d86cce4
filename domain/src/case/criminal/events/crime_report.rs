//! The report of crime: passed, investigated, prolonged, decided; and what the child-protection agency proposes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::case::sentence::{On, by_decision, day};
use crate::language::Sentence;
use crate::text::{DocumentNumber, Line, Prose};
use crate::time::{Date, Moment};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassedFacts {
    pub to_unit: String,
}

impl PassedFacts {
    pub(in crate::case) fn says(&self, on: On<'_>) -> Sentence {
        let to = on.unit(&self.to_unit);
        Sentence::new(
            format!("Đã chuyển tin báo về tội phạm cho cơ quan điều tra, {to}"),
            format!("Passed the report of crime to the investigating body of {to}"),
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvestigatorFacts {
    pub procuracy_informed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trained: Option<bool>,
}

impl InvestigatorFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        if self.procuracy_informed {
            Sentence::new(
                "Đã phân công điều tra viên và thông báo cho Viện kiểm sát",
                "Assigned an investigator and told the procuracy",
            )
        } else {
            Sentence::new(
                "Đã phân công điều tra viên, chưa thông báo cho Viện kiểm sát",
                "Assigned an investigator; the procuracy was not told yet",
            )
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvestigatorPersonal {
    pub investigator: Line,
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

impl ProlongedFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let until = day(self.until);
        match self.ground {
            ProlongGround::Complex => Sentence::new(
                format!("Đã kéo dài thời hạn giải quyết tin báo đến {until} vì vụ việc phức tạp"),
                format!("Prolonged the handling of the report of crime to {until}: it is complex"),
            ),
            ProlongGround::ProcuracyExtension => Sentence::new(
                format!("Viện kiểm sát đã gia hạn giải quyết tin báo đến {until}"),
                format!("The procuracy extended the handling of the report of crime to {until}"),
            ),
        }
    }
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

impl CrimeDecidedFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let (vi, en) = match self.decision {
            CrimeDecision::Prosecute => ("khởi tố vụ án", "to prosecute"),
            CrimeDecision::NotProsecute => ("không khởi tố vụ án", "not to prosecute"),
            CrimeDecision::Suspend => (
                "tạm đình chỉ giải quyết tin báo",
                "to suspend the handling of the report",
            ),
        };
        by_decision(
            &format!("Cơ quan điều tra quyết định {vi}"),
            &format!("The investigating body decided {en}"),
            self.decision_number.as_ref(),
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposedFacts {
    pub procuracy_informed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<DocumentNumber>,
}

impl ProposedFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let number = self.document_number.as_ref();
        let (vi, en) = number.map_or_else(Default::default, |number| {
            (
                format!(" bằng văn bản số {number}"),
                format!(" by document {number}"),
            )
        });
        let (told_vi, told_en) = if self.procuracy_informed {
            (" và thông báo cho Viện kiểm sát", " and told the procuracy")
        } else {
            ("", "")
        };
        Sentence::new(
            format!("Đã kiến nghị khởi tố{vi}{told_vi}"),
            format!("Proposed prosecution{en}{told_en}"),
        )
    }
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

#[cfg(test)]
crate::case::sentence::samples! {
    CrimeReportPassed {"to_unit": "44"}, {"note": "SECRET"} =>
        "Đã chuyển tin báo về tội phạm cho cơ quan điều tra, Tỉnh Quảng Bình",
        "Passed the report of crime to the investigating body of Tỉnh Quảng Bình";
    InvestigatorAssigned {"procuracy_informed": true, "trained": true}, {"investigator": "SECRET"} =>
        "Đã phân công điều tra viên và thông báo cho Viện kiểm sát",
        "Assigned an investigator and told the procuracy";
    InvestigatorAssigned {"procuracy_informed": false} =>
        "Đã phân công điều tra viên, chưa thông báo cho Viện kiểm sát",
        "Assigned an investigator; the procuracy was not told yet";
    CrimeReportProlonged {"ground": "complex", "until": "2024-05-10"}, {"note": "SECRET"} =>
        "Đã kéo dài thời hạn giải quyết tin báo đến 10/05/2024 vì vụ việc phức tạp",
        "Prolonged the handling of the report of crime to 10/05/2024: it is complex";
    CrimeReportProlonged {"ground": "procuracy-extension", "until": "2024-07-10"} =>
        "Viện kiểm sát đã gia hạn giải quyết tin báo đến 10/07/2024",
        "The procuracy extended the handling of the report of crime to 10/07/2024";
    CrimeReportDecided {"decision": "prosecute", "decision_number": "07/QĐ"}, {"note": "SECRET"} =>
        "Cơ quan điều tra quyết định khởi tố vụ án, quyết định số 07/QĐ",
        "The investigating body decided to prosecute, decision 07/QĐ";
    CrimeReportDecided {"decision": "not-prosecute"} =>
        "Cơ quan điều tra quyết định không khởi tố vụ án",
        "The investigating body decided not to prosecute";
    CrimeReportDecided {"decision": "suspend"} =>
        "Cơ quan điều tra quyết định tạm đình chỉ giải quyết tin báo",
        "The investigating body decided to suspend the handling of the report";
    InformantInformed {}, {"note": "SECRET"} =>
        "Đã thông báo kết quả giải quyết cho người báo tin",
        "Told the informant the result";
    ProsecutionProposed {"procuracy_informed": true, "document_number": "12/CV"}, {"note": "SECRET"} =>
        "Đã kiến nghị khởi tố bằng văn bản số 12/CV và thông báo cho Viện kiểm sát",
        "Proposed prosecution by document 12/CV and told the procuracy";
    ProsecutionProposed {"procuracy_informed": true} =>
        "Đã kiến nghị khởi tố và thông báo cho Viện kiểm sát",
        "Proposed prosecution and told the procuracy";
}
