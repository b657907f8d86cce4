//! What must have happened before what: one table, asked of every act. An act is not dated before what
//! made it possible. A measure that protects is the exception: it may have been taken before the first
//! receipt was written down, and refusing it would teach false times.

use super::event::Event;
use super::rejection::Rejection;
use super::state::{CaseState, PlanState};
use crate::language::Sentence;
use crate::time::Instant;

/// Something that must lie before an act. Where the case does not have it, nothing is asked: whether
/// an act is possible without it is decided with the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The first receipt of the case.
    FirstReceipt,
    /// The earliest receipt of this round, or the reopening.
    RoundReceipt,
    /// The receipt of the report that is forwarded.
    Receipt,
    /// The forwarding of the report that is acknowledged.
    Forwarding,
    /// The last verification.
    Verification,
    /// The initial assessment in force.
    InitialAssessment,
    /// The detailed assessment.
    DetailedAssessment,
    /// The case meeting.
    Meeting,
    /// The acceptance of the case by the commune that holds it.
    TakeOver,
    /// The lifting of the last separation.
    LastLifting,
    /// The decision on the separation that runs.
    Separation,
    /// The last extension of the separation that runs.
    Extension,
    /// The request to the court.
    CourtRequest,
    /// The submission of the plan.
    Submission,
    /// The approval of the plan in force.
    Approval,
    /// The start of the item of the plan.
    ItemStart,
    /// The end of the last item of the plan.
    LastItem,
    /// The last review.
    Review,
    /// The closing of the case.
    Closing,
    /// The reopening of the case.
    Reopening,
    /// The referral.
    Referral,
    /// The acceptance of the referral.
    ReferralAcceptance,
    /// The offer to take the case.
    Offer,
    /// The passing of the report of crime.
    CrimeReport,
    /// The grounds for the examination.
    Grounds,
    /// The order of the examination.
    ExamOrder,
    /// The decision on the report of crime.
    CrimeDecision,
    /// The last step of the placement.
    PlacementStep,
    /// The last follow-up of the placement.
    FollowUp,
    /// The admission to the facility.
    Admission,
    /// The listing by the facility.
    Listing,
    /// The assignment of the officer.
    Assignment,
    /// What is spoken against.
    Contradicted,
    /// The report that was added unseen.
    UnseenReport,
}

/// What must lie before an event of each kind.
const fn table(event: &Event) -> &'static [Before] {
    use Before as B;
    match event {
        Event::ReportReceived(_)
        | Event::EmergencyMeasureApplied(_)
        | Event::CompetencePassed(_)
        | Event::DueDatesMoved(_)
        | Event::CorrectionConfirmed(_)
        | Event::FactCorrected(_) => &[],
        Event::ContradictionAnswered(_) => &[B::Contradicted],
        Event::SameChildAnswered(_) => &[B::UnseenReport],
        Event::ReportForwarded(_) => &[B::Receipt],
        Event::ReportAcknowledged(_) => &[B::Forwarding],
        Event::ReportVerified(_) | Event::InitialAssessmentRecorded(_) => &[B::RoundReceipt],
        Event::SeparationOrdered(_) => &[B::FirstReceipt, B::LastLifting],
        Event::SeparationExtended(_) => &[B::Separation],
        Event::SeparationLifted(_) => &[B::Separation, B::Extension],
        Event::CourtDecided(_) => &[B::CourtRequest],
        Event::DetailedAssessmentRecorded(_) | Event::CaseMeetingHeld(_) => {
            &[B::InitialAssessment, B::TakeOver]
        }
        Event::PlanSubmitted(_) => &[
            B::InitialAssessment,
            B::DetailedAssessment,
            B::Meeting,
            B::Review,
            B::TakeOver,
        ],
        Event::PlanReturned(_) | Event::PlanApproved(_) => &[B::Submission, B::TakeOver],
        Event::PlanAdjusted(_) => &[B::Approval, B::TakeOver],
        Event::ServiceStarted(_) => &[B::Approval],
        Event::ServiceProgressed(_) | Event::ServiceCompleted(_) | Event::ServiceFailed(_) => {
            &[B::Approval, B::ItemStart]
        }
        Event::ReferralAccepted(_) | Event::ReferralDeclined(_) => &[B::Referral],
        Event::ReferralCompleted(_) | Event::ReferralWithdrawn(_) => {
            &[B::Referral, B::ReferralAcceptance]
        }
        Event::PlanReviewed(_) => &[B::Approval, B::LastItem, B::TakeOver],
        Event::CaseClosed(_) => &[
            B::FirstReceipt,
            B::Verification,
            B::Review,
            B::Reopening,
            B::TakeOver,
        ],
        Event::CaseReopened(_) | Event::CaseArchived(_) => &[B::Closing],
        Event::CaseTransferred(_) => &[B::FirstReceipt, B::TakeOver],
        Event::TransferAccepted(_) | Event::TransferDeclined(_) | Event::TransferWithdrawn(_) => {
            &[B::Offer]
        }
        Event::InvestigatorAssigned(_)
        | Event::ForensicGroundsRecorded(_)
        | Event::CrimeReportProlonged(_)
        | Event::CrimeReportDecided(_) => &[B::CrimeReport],
        Event::ForensicExamOrdered(_) => &[B::CrimeReport, B::Grounds],
        Event::ForensicConclusionRecorded(_) => &[B::ExamOrder],
        Event::InformantInformed(_) => &[B::CrimeDecision],
        Event::CarerVerified(_)
        | Event::PlacementDecided(_)
        | Event::ChildHandedOver(_)
        | Event::PlacementFollowedUp(_) => &[B::FirstReceipt, B::PlacementStep],
        Event::PlacementEnded(_) => &[B::PlacementStep, B::FollowUp],
        Event::AdmissionPapersCompleted(_)
        | Event::ListedForPlacement(_)
        | Event::FacilityCareEnded(_) => &[B::Admission],
        Event::ListingAppraised(_) => &[B::Admission, B::Listing],
        Event::OfficerRelieved(_) => &[B::Assignment],
        Event::CourtOrderRequested(_)
        | Event::ReferralMade(_)
        | Event::VisitRecorded(_)
        | Event::CrimeReportPassed(_)
        | Event::ProsecutionProposed(_)
        | Event::InterviewRecorded(_)
        | Event::PlacementProposed(_)
        | Event::AdmittedToFacility(_)
        | Event::OfficerAssigned(_)
        | Event::NoteAdded(_)
        | Event::DocumentAttached(_) => &[B::FirstReceipt],
    }
}

/// Refuses an act that is dated before what made it possible. `state` is that before the act, `field`
/// the JSON pointer of its time in the command.
///
/// # Errors
/// `before-the-report` or `before-its-cause`, naming the cause and its time.
pub(super) fn check(
    state: &CaseState,
    event: &Event,
    at: Instant,
    field: &str,
) -> Result<(), Rejection> {
    for before in table(event) {
        let cause = before.instant(state, event);
        if let Some(cause) = cause.filter(|cause| at < *cause) {
            return Err(refusal(*before, event, cause, field));
        }
    }
    Ok(())
}

fn refusal(before: Before, event: &Event, cause: Instant, field: &str) -> Rejection {
    let (title, name) = (event.title(), before.name());
    let day = cause.local().format("%d/%m/%Y %H:%M");
    let code = if before == Before::FirstReceipt {
        "before-the-report"
    } else {
        "before-its-cause"
    };
    Rejection::field(
        field,
        code,
        format!(
            "Thời điểm này trước {} ({day}), nên việc “{}” chưa thể xảy ra. Hãy kiểm tra lại ngày \
             giờ.",
            name.vi, title.vi
        ),
        format!(
            "This lies before the {} ({day}), so the {} cannot have happened yet. Check date and \
             time.",
            name.en, title.en
        ),
    )
}

impl Before {
    fn instant(self, state: &CaseState, event: &Event) -> Option<Instant> {
        let report = state.criminal.report();
        let plan = state.plan.as_ref();
        match self {
            Self::FirstReceipt => state.first_receipt(),
            Self::RoundReceipt => Some(state.received_at),
            Self::Receipt => {
                let Event::ReportForwarded(forwarded) = event else {
                    return None;
                };
                let row = state.report_to_forward(&forwarded.facts.to_unit)?;
                Some(state.reports.get(row)?.received_at)
            }
            Self::Forwarding => {
                let mut waiting = state.reports.iter().rev();
                let report =
                    waiting.find(|r| r.forwarded_at.is_some() && r.acknowledged_at.is_none())?;
                report.forwarded_at
            }
            Self::Verification => state.verified_at,
            Self::InitialAssessment => Some(state.initial_assessment.as_ref()?.by.at),
            Self::DetailedAssessment => Some(state.detailed_assessment.as_ref()?.at),
            Self::Meeting => Some(state.case_meeting.as_ref()?.at),
            Self::TakeOver => state.taken_over_at,
            Self::LastLifting => state.separations.last()?.lifted_at,
            Self::Separation => Some(state.separation()?.by.at),
            Self::Extension => state.separation()?.extended_at,
            Self::CourtRequest => state.court.requested_at,
            Self::Submission => plan
                .filter(|plan| plan.state == PlanState::Submitted)
                .map(|plan| plan.submitted.at),
            Self::Approval => Some(state.plan_in_force()?.approved.as_ref()?.at),
            Self::ItemStart => {
                let plan = state.plan_in_force()?;
                let mut items = plan.items.iter();
                items
                    .find(|item| Some(&item.facts.id) == event.key())?
                    .started_at
            }
            Self::LastItem => {
                let items = state.plan_in_force().into_iter().flat_map(|p| &p.items);
                items
                    .filter(|item| item.ended())
                    .map(|item| item.since)
                    .max()
            }
            Self::Review => Some(state.review.as_ref()?.by.at),
            Self::Closing => Some(state.closure.as_ref()?.by.at),
            Self::Reopening => state.reopened_at,
            Self::Referral | Self::ReferralAcceptance => {
                let mut referrals = state.referrals.iter();
                let referral = referrals.find(|r| Some(&r.id) == event.key())?;
                match self {
                    Self::Referral => Some(referral.by.at),
                    _ => referral.accepted_at,
                }
            }
            Self::Offer => Some(state.transfer.as_ref()?.by.at),
            Self::CrimeReport => Some(report?.by.at),
            Self::Grounds | Self::ExamOrder => {
                let exam = state.criminal.examination(event.key()?)?;
                match self {
                    Self::Grounds => exam.grounds_at,
                    _ => exam.ordered_at,
                }
            }
            Self::CrimeDecision => report?.decided_at,
            Self::PlacementStep | Self::FollowUp => {
                let placement = state.care.placement(event.key()?)?;
                match self {
                    Self::PlacementStep => Some(placement.by.at),
                    _ => placement.followed_up_at,
                }
            }
            Self::Admission => Some(state.care.stay()?.by.at),
            Self::Listing => state.care.stay()?.listed_at,
            Self::Assignment => {
                let Event::OfficerRelieved(relieved) = event else {
                    return None;
                };
                let facts = &relieved.facts;
                let mut officers = state.officers.iter();
                let officer =
                    officers.find(|o| o.officer == facts.officer && o.role == facts.role)?;
                Some(officer.since)
            }
            Self::Contradicted => {
                let Event::ContradictionAnswered(answer) = event else {
                    return None;
                };
                let mut all = state.contradictions.iter();
                let facts = &answer.facts;
                Some(all.find(|one| one.event_id == facts.event_id)?.by.at)
            }
            Self::UnseenReport => {
                let Event::SameChildAnswered(answer) = event else {
                    return None;
                };
                let mut all = state.reports.iter();
                let report = all.find(|one| one.event_id == answer.facts.event_id)?;
                Some(report.received_at)
            }
        }
    }

    fn name(self) -> Sentence {
        let (vi, en) = match self {
            Self::FirstReceipt | Self::RoundReceipt | Self::Receipt => {
                ("khi tiếp nhận thông tin", "receipt of the report")
            }
            Self::Forwarding => ("khi thông tin được chuyển đến", "forwarding of the report"),
            Self::Verification => ("lần kiểm tra tính xác thực", "verification"),
            Self::InitialAssessment => ("đánh giá nguy cơ ban đầu", "initial assessment"),
            Self::DetailedAssessment => ("đánh giá nguy cơ cụ thể", "detailed assessment"),
            Self::Meeting => ("cuộc họp xác định biện pháp", "case meeting"),
            Self::TakeOver => (
                "khi đơn vị của anh/chị nhận hồ sơ",
                "acceptance of the case by your commune",
            ),
            Self::LastLifting => (
                "khi hủy bỏ quyết định cách ly trước",
                "lifting of the separation before",
            ),
            Self::Separation => ("quyết định cách ly", "decision on the separation"),
            Self::Extension => ("lần gia hạn cách ly", "extension of the separation"),
            Self::CourtRequest => ("khi đề nghị Tòa án", "request to the court"),
            Self::Submission => ("khi kế hoạch được trình", "submission of the plan"),
            Self::Approval => ("khi kế hoạch được phê duyệt", "approval of the plan"),
            Self::ItemStart => ("khi việc này bắt đầu", "start of this item"),
            Self::LastItem => (
                "khi việc cuối cùng của kế hoạch kết thúc",
                "end of the last item of the plan",
            ),
            Self::Review => ("lần rà soát", "review"),
            Self::Closing => ("khi kết thúc vụ việc", "closing of the case"),
            Self::Reopening => ("khi mở lại vụ việc", "reopening of the case"),
            Self::Referral => ("khi chuyển gửi", "referral"),
            Self::ReferralAcceptance => ("khi nơi nhận đồng ý", "acceptance of the referral"),
            Self::Offer => ("khi đề nghị chuyển hồ sơ", "offer of the transfer"),
            Self::CrimeReport => (
                "khi chuyển tin báo về tội phạm",
                "passing of the report of crime",
            ),
            Self::Grounds => ("khi có căn cứ trưng cầu", "grounds for the examination"),
            Self::ExamOrder => ("khi trưng cầu giám định", "order of the examination"),
            Self::CrimeDecision => (
                "quyết định giải quyết tin báo",
                "decision on the report of crime",
            ),
            Self::PlacementStep => (
                "bước trước của việc chăm sóc thay thế này",
                "step before this one of the placement",
            ),
            Self::FollowUp => ("lần theo dõi gần nhất", "last follow-up"),
            Self::Admission => ("khi cơ sở tiếp nhận trẻ", "admission to the facility"),
            Self::Listing => ("khi cơ sở đưa trẻ vào danh sách", "listing by the facility"),
            Self::Assignment => ("khi phân công", "assignment"),
            Self::Contradicted => ("khi ghi nội dung đó", "recording of what is spoken against"),
            Self::UnseenReport => ("khi tiếp nhận thông tin", "receipt of the report"),
        };
        Sentence::new(vi, en)
    }
}
