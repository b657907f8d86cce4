//! The commands of a case, one file each: the fields, who may give it, and when the procedure
//! allows it.

mod accept_referral;
mod accept_transfer;
mod acknowledge_report;
mod add_note;
mod adjust_plan;
mod admit_to_facility;
mod answer_contradiction;
mod answer_same_child;
mod apply_emergency_measure;
mod appraise_listing;
mod approve_plan;
mod archive_case;
mod assign_investigator;
mod assign_officer;
mod attach_document;
mod close_case;
mod complete_admission_papers;
mod complete_referral;
mod complete_service;
mod confirm_correction;
mod correct;
mod criminal;
mod decide_crime_report;
mod decide_placement;
mod decline_referral;
mod decline_transfer;
mod end_facility_care;
mod end_placement;
mod extend_separation;
mod fail_service;
mod forward_report;
mod hand_over_child;
mod hold_case_meeting;
mod inform_informant;
mod lift_separation;
mod list_for_placement;
mod order_forensic_exam;
mod order_separation;
mod pass_competence;
mod pass_crime_report;
mod placement;
mod plan_items;
mod prolong_crime_report;
mod propose_placement;
mod propose_prosecution;
mod receive_report;
mod record_court_decision;
mod record_detailed_assessment;
mod record_forensic_conclusion;
mod record_forensic_grounds;
mod record_initial_assessment;
mod record_interview;
mod record_placement_follow_up;
mod record_service_progress;
mod record_verification;
mod record_visit;
mod refer;
mod referral;
mod relieve_officer;
mod reopen_case;
mod request_court_order;
mod return_plan;
mod review_plan;
mod service;
mod start_service;
mod submit_plan;
mod transfer;
mod transfer_case;
mod verify_carer;
mod withdraw_referral;
mod withdraw_transfer;

pub use accept_referral::AcceptReferral;
pub use accept_transfer::AcceptTransfer;
pub use acknowledge_report::AcknowledgeReport;
pub use add_note::AddNote;
pub use adjust_plan::AdjustPlan;
pub use admit_to_facility::AdmitToFacility;
pub use answer_contradiction::AnswerContradiction;
pub use answer_same_child::AnswerSameChild;
pub use apply_emergency_measure::ApplyEmergencyMeasure;
pub use appraise_listing::AppraiseListing;
pub use approve_plan::ApprovePlan;
pub use archive_case::ArchiveCase;
pub use assign_investigator::AssignInvestigator;
pub use assign_officer::AssignOfficer;
pub use attach_document::AttachDocument;
pub use close_case::CloseCase;
pub use complete_admission_papers::CompleteAdmissionPapers;
pub use complete_referral::CompleteReferral;
pub use complete_service::CompleteService;
pub use confirm_correction::ConfirmCorrection;
pub use correct::Correct;
pub use decide_crime_report::DecideCrimeReport;
pub use decide_placement::DecidePlacement;
pub use decline_referral::DeclineReferral;
pub use decline_transfer::DeclineTransfer;
pub use end_facility_care::EndFacilityCare;
pub use end_placement::EndPlacement;
pub use extend_separation::ExtendSeparation;
pub use fail_service::FailService;
pub use forward_report::ForwardReport;
pub use hand_over_child::HandOverChild;
pub use hold_case_meeting::HoldCaseMeeting;
pub use inform_informant::InformInformant;
pub use lift_separation::LiftSeparation;
pub use list_for_placement::ListForPlacement;
pub use order_forensic_exam::OrderForensicExam;
pub use order_separation::OrderSeparation;
pub use pass_competence::PassCompetence;
pub use pass_crime_report::PassCrimeReport;
pub use prolong_crime_report::ProlongCrimeReport;
pub use propose_placement::ProposePlacement;
pub use propose_prosecution::ProposeProsecution;
pub use receive_report::ReceiveReport;
pub use record_court_decision::RecordCourtDecision;
pub use record_detailed_assessment::RecordDetailedAssessment;
pub use record_forensic_conclusion::RecordForensicConclusion;
pub use record_forensic_grounds::RecordForensicGrounds;
pub use record_initial_assessment::RecordInitialAssessment;
pub use record_interview::RecordInterview;
pub use record_placement_follow_up::RecordPlacementFollowUp;
pub use record_service_progress::RecordServiceProgress;
pub use record_verification::RecordVerification;
pub use record_visit::RecordVisit;
pub use refer::Refer;
pub use relieve_officer::RelieveOfficer;
pub use reopen_case::ReopenCase;
pub use request_court_order::RequestCourtOrder;
pub use return_plan::ReturnPlan;
pub use review_plan::ReviewPlan;
pub use start_service::StartService;
pub use submit_plan::SubmitPlan;
pub use transfer_case::TransferCase;
pub use verify_carer::VerifyCarer;
pub use withdraw_referral::WithdrawReferral;
pub use withdraw_transfer::WithdrawTransfer;

use super::decide::Case;
use super::gate::{Bar, Gate, OnClosed};
use super::{About, CaseState, Context, Event, Rejection};
use crate::time::Instant;

/// What a command is to the decision: the half of its rule that knows its values. The other half is its
/// [`Gate`].
pub(super) trait Rule {
    /// What in the case it is about.
    fn about<'a>(&'a self, _state: &'a CaseState) -> About<'a> {
        About::default()
    }

    /// Whether what it says excepts it from the closing, where that depends on its values.
    fn despite_closing(&self, _state: &CaseState) -> bool {
        false
    }

    /// When it happened, where the command itself says so.
    fn own_instant(&self) -> Option<Instant> {
        None
    }

    /// JSON pointer of that instant.
    fn instant_field(&self) -> &'static str {
        "/occurred_at"
    }

    /// The events, or what is wrong with its values. It is asked only behind its gate. `case` is none
    /// only for a command that begins a case.
    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection>;
}
