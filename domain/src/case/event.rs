//! What has happened in a case: every stored type with its two parts and its revisions. A form that
//! came later reads the earlier ones by a step: see `log`.

use super::events::{
    apart, assessment, closing, competence, contradiction, correction, court, criminal, emergency,
    people, placement, plan, record, recount, referral, report, review, same_child, separation,
    service, transfer, visit, written,
};
use crate::log::Step::{By, Same};
use crate::log::{Corrects, events};
pub use crate::log::{DecodeError, Encoded, NoFacts, Nothing, Split};
use crate::text::Code;
use crate::time::Instant;

events! {
    /// An event of a case.
    pub enum Event {
        /// A place of receipt was told (form 01; Decree 56/2017, art. 25).
        ReportReceived(report::ReportFacts, report::ReportPersonal) { 1 => Same, 2 };
        /// The report was passed to the commune where it happened (art. 26.1).
        ReportForwarded(report::ForwardedFacts, Nothing) { 1 };
        /// That commune confirmed that it has the report.
        ReportAcknowledged(NoFacts, Nothing) { 1 };
        /// The report was checked (art. 25.2).
        ReportVerified(report::VerifiedFacts, report::VerifiedPersonal) { 1 };
        /// Initial assessment (form 02; art. 26.2).
        InitialAssessmentRecorded(assessment::InitialFacts, assessment::InitialPersonal) { 1 => Same, 2 };
        /// Emergency intervention (arts 26.3, 31).
        EmergencyMeasureApplied(emergency::EmergencyFacts, emergency::EmergencyPersonal) { 1 => Same, 2 => Same, 3 };
        /// Temporary separation (form 07; art. 32).
        SeparationOrdered(separation::OrderedFacts, separation::OrderedPersonal) { 1 => Same, 2 => By(apart::decision_number), 3 };
        /// The separation was extended (art. 32.3).
        SeparationExtended(separation::ExtendedFacts, separation::ExtendedPersonal) { 1 => By(apart::decision_and_requirement), 2 };
        /// The separation was lifted (art. 32.3).
        SeparationLifted(separation::LiftedFacts, separation::LiftedPersonal) { 1 => Same, 2 => Same, 3 => By(apart::decision_number), 4 };
        /// The court was asked (Law on Children, art. 52.3).
        CourtOrderRequested(court::RequestedFacts, court::RequestedPersonal) { 1 };
        /// The court decided.
        CourtDecided(court::DecidedFacts, court::DecidedPersonal) { 1 => By(apart::decision_number), 2 };
        /// Detailed assessment (form 03; art. 27.1).
        DetailedAssessmentRecorded(assessment::DetailedFacts, assessment::DetailedPersonal) { 1 => Same, 2 };
        /// Case meeting (art. 27.2).
        CaseMeetingHeld(plan::MeetingFacts, plan::MeetingPersonal) { 1 };
        /// The plan was submitted (form 04; art. 28.1).
        PlanSubmitted(plan::PlanFacts, plan::PlanPersonal) { 1 };
        /// The chair returned the plan.
        PlanReturned(NoFacts, plan::ReturnedPersonal) { 1 };
        /// The chair approved the plan (form 05; art. 28.4).
        PlanApproved(plan::ApprovedFacts, plan::ApprovedPersonal) { 1 => By(apart::decision_number), 2 };
        /// The chair adjusted the plan (art. 29.1.a).
        PlanAdjusted(plan::AdjustedFacts, plan::AdjustedPersonal) { 1 => By(apart::decision_number_of_plan), 2 };
        /// A service or task of the plan began (art. 29).
        ServiceStarted(service::ServiceFacts, service::ServicePersonal) { 1 => Same, 2 };
        /// Its progress was noted.
        ServiceProgressed(service::ServiceFacts, service::ServicePersonal) { 1 => Same, 2 };
        /// It was completed.
        ServiceCompleted(service::ServiceFacts, service::ServicePersonal) { 1 => Same, 2 };
        /// It could not be carried out.
        ServiceFailed(service::ServiceFacts, service::ServicePersonal) { 1 => Same, 2 };
        /// The child was referred to a service (art. 29.1.b).
        ReferralMade(referral::MadeFacts, referral::MadePersonal) { 1 => Same, 2 };
        /// The service accepted.
        ReferralAccepted(referral::AnswerFacts, referral::AnswerPersonal) { 1 => Same, 2 };
        /// The service declined.
        ReferralDeclined(referral::AnswerFacts, referral::AnswerPersonal) { 1 => Same, 2 };
        /// The service was given.
        ReferralCompleted(referral::AnswerFacts, referral::AnswerPersonal) { 1 => Same, 2 };
        /// Who referred took the referral back.
        ReferralWithdrawn(referral::AnswerFacts, written::ReasonPersonal) { 1 };
        /// Somebody visited.
        VisitRecorded(visit::VisitFacts, visit::VisitPersonal) { 1 => Same, 2 };
        /// The plan was reviewed (form 06; art. 30).
        PlanReviewed(review::ReviewFacts, review::ReviewPersonal) { 1 => Same, 2 };
        /// The case was closed (art. 30.1.b, or another reason).
        CaseClosed(closing::ClosedFacts, closing::ClosedPersonal) { 1 => Same, 2 };
        /// The case was opened again.
        CaseReopened(closing::ReopenedFacts, closing::ReopenedPersonal) { 1 };
        /// The file was archived and entered in the national database (art. 30.3).
        CaseArchived(closing::ArchivedFacts, closing::ArchivedPersonal) { 1 => By(apart::archive_number), 2 };
        /// The case was offered to another commune (Law on Children, art. 52.2).
        CaseTransferred(transfer::TransferredFacts, written::ReasonPersonal) { 1 };
        /// That commune took it and holds it from now on.
        TransferAccepted(transfer::AnsweredFacts, Nothing) { 1 };
        /// That commune did not take it.
        TransferDeclined(transfer::AnsweredFacts, written::ReasonPersonal) { 1 };
        /// The offer was taken back.
        TransferWithdrawn(transfer::AnsweredFacts, written::ReasonPersonal) { 1 };
        /// What may be a crime was passed to the investigating body (Circular 43/2021, art. 5.1).
        CrimeReportPassed(criminal::PassedFacts, written::NotePersonal) { 1 };
        /// An investigator was assigned (Circular 43/2021, art. 8).
        InvestigatorAssigned(criminal::InvestigatorFacts, criminal::InvestigatorPersonal) { 1 };
        /// There are grounds for a forensic examination (Circular 43/2021, art. 21).
        ForensicGroundsRecorded(criminal::GroundsFacts, written::NotePersonal) { 1 };
        /// A forensic examination was ordered (Circular 43/2021, art. 21).
        ForensicExamOrdered(criminal::ExamFacts, written::DecisionPersonal) { 1 => By(apart::decision_number), 2 };
        /// The forensic body concluded (Criminal Procedure Code, art. 208).
        ForensicConclusionRecorded(criminal::ConclusionFacts, criminal::ConclusionPersonal) { 1 };
        /// The handling of the report of crime takes longer (Criminal Procedure Code, art. 147).
        CrimeReportProlonged(criminal::ProlongedFacts, written::DecisionPersonal) { 1 => Same, 2 => By(apart::decision_number), 3 };
        /// The report of crime was decided (Criminal Procedure Code, art. 147).
        CrimeReportDecided(criminal::CrimeDecidedFacts, written::DecisionPersonal) { 1 => By(apart::decision_number), 2 };
        /// The informant was told the result (Circular 43/2021, art. 12.2).
        InformantInformed(NoFacts, written::NotePersonal) { 1 };
        /// The child-protection agency proposed prosecution (Joint Circular 01/2022, art. 8.2).
        ProsecutionProposed(criminal::ProposedFacts, criminal::ProposedPersonal) { 1 => By(apart::document_number), 2 };
        /// The child was interviewed (Law on Justice for Minors, art. 156).
        InterviewRecorded(criminal::InterviewFacts, criminal::InterviewPersonal) { 1 };
        /// A family was found that may care for the child (Decree 56/2017, art. 42).
        PlacementProposed(placement::ProposedFacts, placement::ProposedPersonal) { 1 };
        /// Their commune verified them (form 11; art. 42.1).
        CarerVerified(placement::VerifiedFacts, placement::FindingsPersonal) { 1 };
        /// The commune of the carer decided on the placement (form 12; art. 42.7).
        PlacementDecided(placement::DecidedFacts, placement::DecidedPersonal) { 1 => By(apart::decision_number), 2 };
        /// The child was handed over to the carer (art. 42.7).
        ChildHandedOver(placement::HandedOverFacts, written::NotePersonal) { 1 };
        /// The placement was followed up (form 13; art. 43.2).
        PlacementFollowedUp(placement::FollowedUpFacts, placement::FindingsPersonal) { 1 => Same, 2 };
        /// The placement ended (form 16; Law on Children, art. 69).
        PlacementEnded(placement::EndedFacts, written::DecisionPersonal) { 1 => By(apart::decision_number), 2 };
        /// A facility took the child in (Decree 20/2021, arts 24, 28).
        AdmittedToFacility(placement::AdmittedFacts, placement::AdmittedPersonal) { 1 };
        /// The papers of the admission were complete (Decree 20/2021, art. 28.2).
        AdmissionPapersCompleted(NoFacts, written::NotePersonal) { 1 };
        /// The facility listed the child for placement with a family (form 14; Decree 56/2017, art. 45.1).
        ListedForPlacement(NoFacts, written::NotePersonal) { 1 };
        /// The list was appraised (art. 45.2).
        ListingAppraised(placement::AppraisedFacts, placement::FindingsPersonal) { 1 };
        /// The care in the facility ended (art. 48.3).
        FacilityCareEnded(placement::FacilityEndedFacts, written::DecisionPersonal) { 1 => By(apart::decision_number), 2 };
        /// An officer was put in charge.
        OfficerAssigned(people::AssignmentFacts, people::AssignmentPersonal) { 1 => By(apart::officer), 2 };
        /// An officer was relieved.
        OfficerRelieved(people::AssignmentFacts, people::AssignmentPersonal) { 1 => By(apart::officer), 2 };
        /// Competence passed by law from a unit to its successor.
        CompetencePassed(competence::PassedFacts, competence::PassedPersonal) { 1 => By(apart::legal_act), 2 };
        /// Why something stands although something else in the case speaks against it.
        ContradictionAnswered(contradiction::AnsweredFacts, contradiction::AnsweredPersonal) { 1 };
        /// A second person confirmed a correction.
        CorrectionConfirmed(correction::ConfirmedFacts, correction::ConfirmedPersonal) { 1 };
        /// Whether a report that was added unseen is about the same child.
        SameChildAnswered(same_child::AnsweredFacts, same_child::AnsweredPersonal) { 1 };
        /// A note.
        NoteAdded(NoFacts, record::NotePersonal) { 1 };
        /// A document, by name, type, size and hash.
        DocumentAttached(record::DocumentFacts, record::DocumentPersonal) { 1 => By(apart::media_type), 2 };
        /// Another calendar of working days was adopted, and due dates moved.
        DueDatesMoved(recount::RecountedFacts, Nothing) { 1 };
        /// A fact of an earlier event was corrected; both stay visible.
        FactCorrected(correction::CorrectedFacts, correction::CorrectedPersonal) { 1 => By(correction::value_apart), 2 };
    }
}

impl Event {
    /// When it happened, where the event itself says so; else the envelope does.
    #[must_use]
    pub fn own_instant(&self) -> Option<Instant> {
        match self {
            Self::ReportReceived(report) => Some(report.facts.received_at),
            Self::EmergencyMeasureApplied(measure) => Some(measure.facts.applied_at),
            Self::VisitRecorded(visit) => Some(visit.facts.visited_at),
            Self::InterviewRecorded(interview) => Some(interview.facts.from),
            Self::PlacementFollowedUp(follow_up) => Some(follow_up.facts.visited_at),
            _ => None,
        }
    }
}

impl Event {
    /// What the event corrects, if it is a correction whose value was not erased.
    #[must_use]
    pub fn corrects(&self) -> Option<Corrects<'_>> {
        match self {
            Self::FactCorrected(correction) => correction.corrects(),
            _ => None,
        }
    }

    /// Whether somebody saw the child in danger after the first look.
    #[must_use]
    pub fn danger_seen(&self) -> bool {
        let seen = match self {
            Self::DetailedAssessmentRecorded(e) => e.facts.danger_now,
            Self::VisitRecorded(e) => e.facts.danger_now,
            Self::ServiceStarted(e)
            | Self::ServiceProgressed(e)
            | Self::ServiceCompleted(e)
            | Self::ServiceFailed(e) => e.facts.danger_now,
            Self::ReferralMade(e) => e.facts.danger_now,
            Self::ReferralAccepted(e) | Self::ReferralDeclined(e) | Self::ReferralCompleted(e) => {
                e.facts.danger_now
            }
            Self::PlacementFollowedUp(e) => e.facts.danger_now,
            _ => None,
        };
        seen == Some(true)
    }

    /// The item, referral, examination or placement that the event is about.
    #[must_use]
    pub fn key(&self) -> Option<&Code> {
        match self {
            Self::ServiceStarted(e)
            | Self::ServiceProgressed(e)
            | Self::ServiceCompleted(e)
            | Self::ServiceFailed(e) => Some(&e.facts.item_id),
            Self::ReferralMade(e) => Some(&e.facts.referral_id),
            Self::ReferralAccepted(e) | Self::ReferralDeclined(e) | Self::ReferralCompleted(e) => {
                Some(&e.facts.referral_id)
            }
            Self::ReferralWithdrawn(e) => Some(&e.facts.referral_id),
            Self::ForensicGroundsRecorded(e) => Some(&e.facts.exam_id),
            Self::ForensicExamOrdered(e) => Some(&e.facts.exam_id),
            Self::ForensicConclusionRecorded(e) => Some(&e.facts.exam_id),
            Self::PlacementProposed(e) => Some(&e.facts.placement_id),
            Self::CarerVerified(e) => Some(&e.facts.placement_id),
            Self::PlacementDecided(e) => Some(&e.facts.placement_id),
            Self::ChildHandedOver(e) => Some(&e.facts.placement_id),
            Self::PlacementFollowedUp(e) => Some(&e.facts.placement_id),
            Self::PlacementEnded(e) => Some(&e.facts.placement_id),
            Self::ListingAppraised(e) => e.facts.placement_id.as_ref(),
            _ => None,
        }
    }
}

/// An event of a case with its envelope.
pub type Recorded = crate::log::Recorded<Event>;
