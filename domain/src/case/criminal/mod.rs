//! What runs beside the protection of the child when a crime may have been done.

pub mod events;
pub(in crate::case) mod law;
pub(in crate::case) mod state;

pub use state::*;

use crate::case::chapters::chapter;

pub(in crate::case) mod commands {
    //! One file each.

    pub mod assign_investigator;
    pub mod decide_crime_report;
    pub mod inform_informant;
    pub mod order_forensic_exam;
    pub mod pass_crime_report;
    pub mod prolong_crime_report;
    pub mod propose_prosecution;
    pub mod record_forensic_conclusion;
    pub mod record_forensic_grounds;
    pub mod record_interview;

    use super::law;
    use crate::case::example::Example;
    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}

chapter! {
    /// The report of crime.
    criminal of Criminal "criminal" {
        commands {
            "pass-crime-report" => pass_crime_report::PassCrimeReport,
            "assign-investigator" => assign_investigator::AssignInvestigator,
            "record-forensic-grounds" => record_forensic_grounds::RecordForensicGrounds,
            "order-forensic-exam" => order_forensic_exam::OrderForensicExam,
            "record-forensic-conclusion" => record_forensic_conclusion::RecordForensicConclusion,
            "prolong-crime-report" => prolong_crime_report::ProlongCrimeReport,
            "decide-crime-report" => decide_crime_report::DecideCrimeReport,
            "inform-informant" => inform_informant::InformInformant,
            "propose-prosecution" => propose_prosecution::ProposeProsecution,
            "record-interview" => record_interview::RecordInterview,
        }
        events {
            /// What may be a crime was passed to the investigating body (Circular 43/2021, art. 5.1).
            CrimeReportPassed(criminal::PassedFacts, written::NotePersonal) { 1 } {
                title: "chuyển tin báo về tội phạm", "passing of the report of crime",
                by: "pass-crime-report",
                after: [FirstReceipt],
            }
            /// An investigator was assigned (Circular 43/2021, art. 8).
            InvestigatorAssigned(criminal::InvestigatorFacts, criminal::InvestigatorPersonal) { 1 } {
                title: "phân công điều tra viên", "assignment of an investigator",
                by: "assign-investigator",
                after: [CrimeReport],
            }
            /// There are grounds for a forensic examination (Circular 43/2021, art. 21).
            ForensicGroundsRecorded(criminal::GroundsFacts, written::NotePersonal) { 1 } {
                title: "căn cứ trưng cầu giám định", "grounds for an examination",
                by: "record-forensic-grounds",
                after: [CrimeReport],
                about: exam_id,
            }
            /// A forensic examination was ordered (Circular 43/2021, art. 21).
            ForensicExamOrdered(criminal::ExamFacts, written::DecisionPersonal) { 1 => By(apart::decision_number), 2 } {
                title: "trưng cầu giám định", "order of the examination",
                by: "order-forensic-exam",
                after: [CrimeReport, Grounds],
                about: exam_id,
            }
            /// The forensic body concluded (Criminal Procedure Code, art. 208).
            ForensicConclusionRecorded(criminal::ConclusionFacts, criminal::ConclusionPersonal) { 1 } {
                title: "kết luận giám định", "forensic conclusion",
                by: "record-forensic-conclusion",
                after: [ExamOrder],
                about: exam_id,
            }
            /// The handling of the report of crime takes longer (Criminal Procedure Code, art. 147).
            CrimeReportProlonged(criminal::ProlongedFacts, written::DecisionPersonal) { 1 => Same, 2 => By(apart::decision_number), 3 => Same, 4 } {
                title: "kéo dài thời hạn giải quyết tin báo", "prolongation of the report of crime",
                by: "prolong-crime-report",
                after: [CrimeReport],
            }
            /// The report of crime was decided (Criminal Procedure Code, art. 147).
            CrimeReportDecided(criminal::CrimeDecidedFacts, written::DecisionPersonal) { 1 => By(apart::decision_number), 2 } {
                title: "quyết định giải quyết tin báo", "decision on the report of crime",
                by: "decide-crime-report",
                after: [CrimeReport],
            }
            /// The informant was told the result (Circular 43/2021, art. 12.2).
            InformantInformed(NoFacts, written::NotePersonal) { 1 } {
                title: "thông báo kết quả cho người báo tin", "notice to the informant",
                by: "inform-informant",
                after: [CrimeDecision],
            }
            /// The child-protection agency proposed prosecution (Joint Circular 01/2022, art. 8.2).
            ProsecutionProposed(criminal::ProposedFacts, criminal::ProposedPersonal) { 1 => By(apart::document_number), 2 } {
                title: "kiến nghị khởi tố", "proposal to prosecute",
                by: "propose-prosecution",
                after: [FirstReceipt],
            }
            /// The child was interviewed (Law on Justice for Minors, art. 156).
            InterviewRecorded(criminal::InterviewFacts, criminal::InterviewPersonal) { 1 } {
                title: "lấy lời khai", "interview",
                by: "record-interview",
                after: [FirstReceipt],
                at: from,
            }
        }
        causes {
            /// The passing of the report of crime.
            CrimeReport: "khi chuyển tin báo về tội phạm", "passing of the report of crime" => crime_report,
            /// The grounds for the examination.
            Grounds: "khi có căn cứ trưng cầu", "grounds for the examination" => grounds,
            /// The order of the examination.
            ExamOrder: "khi trưng cầu giám định", "order of the examination" => exam_order,
            /// The decision on the report of crime.
            CrimeDecision: "quyết định giải quyết tin báo", "decision on the report of crime" => crime_decision,
        }
    }
}
