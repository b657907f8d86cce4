//! What runs beside the protection of the child when a crime may have been done.

pub mod events;
mod law;
pub(in crate::case) mod state;

pub use state::*;

pub(in crate::case) mod commands {
    //! One file each.

    mod assign_investigator;
    mod decide_crime_report;
    mod inform_informant;
    mod order_forensic_exam;
    mod pass_crime_report;
    mod prolong_crime_report;
    mod propose_prosecution;
    mod record_forensic_conclusion;
    mod record_forensic_grounds;
    mod record_interview;

    pub use assign_investigator::AssignInvestigator;
    pub use decide_crime_report::DecideCrimeReport;
    pub use inform_informant::InformInformant;
    pub use order_forensic_exam::OrderForensicExam;
    pub use pass_crime_report::PassCrimeReport;
    pub use prolong_crime_report::ProlongCrimeReport;
    pub use propose_prosecution::ProposeProsecution;
    pub use record_forensic_conclusion::RecordForensicConclusion;
    pub use record_forensic_grounds::RecordForensicGrounds;
    pub use record_interview::RecordInterview;

    use super::law;
    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}
