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
                let (id, role) = (relieved.officer()?, relieved.facts.role);
                let mut officers = state.officers.iter();
                let officer = officers.find(|o| o.officer == id && o.role == role)?;
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::TimeDelta;
    use serde_json::{Value, json};

    use super::{Before, table};
    use crate::case::Command;
    use crate::case::testing::*;
    use crate::time::Instant;

    /// An act, and when its causes happened, each by its minute of 2024.
    struct Row(Given, As, Value, &'static [(Before, &'static str)]);

    const RECEIVED: &str = "03-11 09:00";

    fn rows() -> Vec<Row> {
        use Before as B;
        const ACCEPTED: &str = "03-20 10:00";
        const FIRST: &[(Before, &str)] = &[(B::FirstReceipt, RECEIVED)];
        let taken_over = |case: Given| {
            case.and("03-20 09:00", OFFICER, transfer(OTHER)).and(
                ACCEPTED,
                OTHER_OFFICER,
                accept_transfer(),
            )
        };
        let called = given().and("03-11 09:05", HOTLINE, call(RECEIVED));
        let forwarded = called.and("03-11 09:10", HOTLINE, forward(COMMUNE));
        let urgent = taken_over(emergency());
        let started = approved().and("03-16 09:00", OFFICER, service("start-service", "p1"));
        let referred = assessed().and("03-12 09:00", OFFICER, refer("r1"));
        let taken = referred.and("03-13 09:00", HEALTH, answer("accept-referral", "r1"));
        let offered = assessed().and("03-13 09:00", OFFICER, transfer(OTHER));
        let proposed = assessed().and("03-13 09:00", OFFICER, propose_placement(OTHER));
        let followed = placed().and("04-20 09:00", OTHER_OFFICER, follow_up("04-20 08:00"));
        let admitted = assessed().and("03-12 09:00", CHAIR, admit());
        let listed = admitted.and("03-13 09:00", PROVIDER, list_child());
        let contradicted = given()
            .and("03-11 09:00", OFFICER, danger(report(RECEIVED)))
            .and("03-11 10:00", OFFICER, assess(false, false));
        let form = contradicted.event("InitialAssessmentRecorded");
        let elsewhere = with(
            call("03-20 21:00"),
            json!({"place_of_receipt": {"unit": "01"}, "incident": {"unit": OTHER}}),
        );
        let unseen = assessed().and("03-20 21:10", ("hotline-operator", "01"), elsewhere);
        let told = unseen.event("ReportReceived");
        let items = json!([item("p1", "2024-03-15", "2024-05-01")]);
        let mut rows = vec![
            Row(called, HOTLINE, forward(COMMUNE), &[(B::Receipt, RECEIVED)]),
            Row(
                forwarded,
                OFFICER,
                acknowledge(),
                &[(B::Forwarding, "03-11 09:10")],
            ),
            Row(
                reported(),
                OFFICER,
                verify("confirmed"),
                &[(B::RoundReceipt, RECEIVED)],
            ),
            Row(
                reported(),
                OFFICER,
                assess(false, false),
                &[(B::RoundReceipt, RECEIVED)],
            ),
            Row(
                separated().and("03-15 08:00", CHAIR, lift()),
                CHAIR,
                separate("2024-03-15", "2024-03-17"),
                &[(B::FirstReceipt, RECEIVED), (B::LastLifting, "03-15 08:00")],
            ),
            Row(
                separated(),
                CHAIR,
                extend("2024-03-24"),
                &[(B::Separation, "03-12 08:00")],
            ),
            Row(
                separated().and("03-19 08:00", CHAIR, extend("2024-03-24")),
                CHAIR,
                lift(),
                &[
                    (B::Separation, "03-12 08:00"),
                    (B::Extension, "03-19 08:00"),
                ],
            ),
            Row(
                separated().and("03-18 08:00", CHAIR, ask_court()),
                CLERK,
                court("refused", None),
                &[(B::CourtRequest, "03-18 08:00")],
            ),
            Row(
                emergency()
                    .and("03-12 09:00", OFFICER, detail())
                    .and("03-13 09:00", CHAIR, meet()),
                OFFICER,
                submit(),
                &[
                    (B::InitialAssessment, "03-11 11:00"),
                    (B::DetailedAssessment, "03-12 09:00"),
                    (B::Meeting, "03-13 09:00"),
                ],
            ),
            Row(
                carried_out().and("03-29 09:00", OFFICER, review(true, false)),
                OFFICER,
                submit(),
                &[(B::Review, "03-29 09:00")],
            ),
            Row(
                urgent.clone(),
                OTHER_OFFICER,
                submit(),
                &[(B::TakeOver, ACCEPTED)],
            ),
            Row(
                approved(),
                CHAIR,
                adjust(items.clone()),
                &[(B::Approval, "03-15 09:00")],
            ),
            Row(
                taken_over(approved()),
                OTHER_CHAIR,
                adjust(items),
                &[(B::TakeOver, ACCEPTED)],
            ),
            Row(
                approved(),
                OFFICER,
                service("start-service", "p1"),
                &[(B::Approval, "03-15 09:00")],
            ),
            Row(
                carried_out(),
                OFFICER,
                review(true, true),
                &[(B::Approval, "03-15 09:00"), (B::LastItem, "03-28 09:00")],
            ),
            Row(
                taken_over(approved()),
                OTHER_OFFICER,
                review(true, true),
                &[(B::TakeOver, ACCEPTED)],
            ),
            Row(
                reported().and("03-11 10:00", OFFICER, verify("unfounded")),
                CHAIR,
                close("died"),
                &[
                    (B::FirstReceipt, RECEIVED),
                    (B::Verification, "03-11 10:00"),
                ],
            ),
            Row(
                reviewed(),
                CHAIR,
                close("died"),
                &[(B::Review, "03-29 09:00")],
            ),
            Row(
                closed().and("04-02 09:00", CHAIR, reopen()),
                CHAIR,
                close("died"),
                &[(B::Reopening, "04-02 09:00")],
            ),
            Row(
                urgent.clone(),
                OTHER_CHAIR,
                close("died"),
                &[(B::TakeOver, ACCEPTED)],
            ),
            Row(closed(), CHAIR, reopen(), &[(B::Closing, "04-01 09:00")]),
            Row(closed(), OFFICER, archive(), &[(B::Closing, "04-01 09:00")]),
            Row(reported(), OFFICER, transfer(OTHER), FIRST),
            Row(
                urgent.clone(),
                OTHER_OFFICER,
                transfer(COMMUNE),
                &[(B::TakeOver, ACCEPTED)],
            ),
            Row(
                offered.clone(),
                OFFICER,
                withdraw_transfer(),
                &[(B::Offer, "03-13 09:00")],
            ),
            Row(
                passed().and("03-14 09:00", INVESTIGATOR, grounds("found")),
                INVESTIGATOR,
                exam_ordered(),
                &[(B::CrimeReport, "03-12 09:00"), (B::Grounds, "03-14 09:00")],
            ),
            Row(
                passed().and("03-14 09:00", INVESTIGATOR, exam_ordered()),
                FORENSIC,
                conclude(),
                &[(B::ExamOrder, "03-14 09:00")],
            ),
            Row(
                passed().and("03-14 09:00", INVESTIGATOR, decide_crime("prosecute")),
                INVESTIGATOR,
                inform(),
                &[(B::CrimeDecision, "03-14 09:00")],
            ),
            Row(
                proposed,
                OTHER_OFFICER,
                verify_carer(true),
                &[
                    (B::FirstReceipt, RECEIVED),
                    (B::PlacementStep, "03-13 09:00"),
                ],
            ),
            Row(
                carer_verified(),
                OTHER_CHAIR,
                decide_placement(OTHER),
                &[
                    (B::FirstReceipt, RECEIVED),
                    (B::PlacementStep, "03-14 09:00"),
                ],
            ),
            Row(
                placement_decided(),
                OTHER_OFFICER,
                hand_over(),
                &[
                    (B::FirstReceipt, RECEIVED),
                    (B::PlacementStep, "03-15 09:00"),
                ],
            ),
            Row(
                placed(),
                OTHER_OFFICER,
                follow_up(RECEIVED),
                &[
                    (B::FirstReceipt, RECEIVED),
                    (B::PlacementStep, "03-29 09:00"),
                ],
            ),
            Row(
                followed,
                OTHER_CHAIR,
                end_placement("carer-asks"),
                &[
                    (B::PlacementStep, "03-29 09:00"),
                    (B::FollowUp, "04-20 08:00"),
                ],
            ),
            Row(
                listed,
                PROVINCIAL,
                appraise(OTHER),
                &[(B::Admission, "03-12 09:00"), (B::Listing, "03-13 09:00")],
            ),
            Row(
                assessed().and("03-12 09:00", CHAIR, put_in_charge("a")),
                CHAIR,
                relieve("a"),
                &[(B::Assignment, "03-12 09:00")],
            ),
            Row(
                contradicted,
                CHAIR,
                answer_contradiction(form, "danger-reported"),
                &[(B::Contradicted, "03-11 10:00")],
            ),
            Row(
                unseen,
                OFFICER,
                answer_same_child(told, true),
                &[(B::UnseenReport, "03-20 21:00")],
            ),
            Row(
                passed(),
                INVESTIGATOR,
                interview(RECEIVED, "03-11 10:00"),
                FIRST,
            ),
        ];
        for (who, command) in [(OFFICER, detail()), (CHAIR, meet())] {
            let new = if who == OFFICER {
                OTHER_OFFICER
            } else {
                OTHER_CHAIR
            };
            let form = &[(B::InitialAssessment, "03-11 11:00")];
            rows.push(Row(emergency(), who, command.clone(), form));
            let row = Row(urgent.clone(), new, command, &[(B::TakeOver, ACCEPTED)]);
            rows.push(row);
        }
        for command in [approve(), send_back()] {
            let submission = &[(B::Submission, "03-14 09:00")];
            rows.push(Row(submitted(), CHAIR, command.clone(), submission));
            let case = taken_over(submitted());
            rows.push(Row(case, OTHER_CHAIR, command, &[(B::TakeOver, ACCEPTED)]));
        }
        for kind in [
            "record-service-progress",
            "complete-service",
            "fail-service",
        ] {
            rows.push(Row(
                started.clone(),
                OFFICER,
                service(kind, "p1"),
                &[(B::Approval, "03-15 09:00"), (B::ItemStart, "03-16 09:00")],
            ));
        }
        for kind in ["accept-referral", "decline-referral"] {
            rows.push(Row(
                referred.clone(),
                HEALTH,
                answer(kind, "r1"),
                &[(B::Referral, "03-12 09:00")],
            ));
        }
        for (who, command) in [
            (HEALTH, answer("complete-referral", "r1")),
            (OFFICER, withdraw_referral("r1")),
        ] {
            rows.push(Row(
                taken.clone(),
                who,
                command,
                &[
                    (B::Referral, "03-12 09:00"),
                    (B::ReferralAcceptance, "03-13 09:00"),
                ],
            ));
        }
        for command in [accept_transfer(), decline_transfer()] {
            rows.push(Row(
                offered.clone(),
                OTHER_OFFICER,
                command,
                &[(B::Offer, "03-13 09:00")],
            ));
        }
        for command in [
            assign_investigator(),
            grounds("found"),
            prolong("complex", "2024-05-12"),
            decide_crime("prosecute"),
        ] {
            rows.push(Row(
                passed(),
                INVESTIGATOR,
                command,
                &[(B::CrimeReport, "03-12 09:00")],
            ));
        }
        for (who, command) in [
            (PROVIDER, papers()),
            (PROVIDER, list_child()),
            (PROVIDER, end_care()),
        ] {
            rows.push(Row(
                admitted.clone(),
                who,
                command,
                &[(B::Admission, "03-12 09:00")],
            ));
        }
        for (who, command) in [
            (CHAIR, ask_court()),
            (OFFICER, refer("r1")),
            (OFFICER, visit(RECEIVED)),
            (OFFICER, pass_crime()),
            (PROVINCIAL, propose_prosecution()),
            (OFFICER, propose_placement(OTHER)),
            (CHAIR, admit()),
            (CHAIR, put_in_charge("a")),
            (OFFICER, note()),
            (OFFICER, document()),
        ] {
            rows.push(Row(reported(), who, command, FIRST));
        }
        rows
    }

    /// The act, said to have happened at that minute.
    fn dated(command: &Value, at: Instant) -> Value {
        let own = match command["type"].as_str().unwrap() {
            "record-visit" | "record-placement-follow-up" => "visited_at",
            "record-interview" => "from",
            _ => "occurred_at",
        };
        let mut command = command.clone();
        command[own] = json!(at);
        command
    }

    const NOW: &str = "06-01 09:00";

    /// The commands that may be dated before anything else.
    const FREE: [&str; 5] = [
        "receive-report",
        "apply-emergency-measure",
        "pass-competence",
        "correct",
        "confirm-correction",
    ];

    #[test]
    fn no_act_is_dated_before_what_made_it_possible() {
        let minute = |at: &str| Instant::parse(&t(at)).unwrap();
        let mut tried = BTreeSet::new();
        let mut commands = BTreeSet::new();
        let mut tables = Vec::new();
        for Row(case, who, command, causes) in rows() {
            let name = command["type"].as_str().unwrap().to_owned();
            let last = causes.iter().map(|(_, at)| minute(at)).max().unwrap();
            let done = case.and(NOW, who, dated(&command, last));
            let event = &done.history()[case.history().len()].event;
            let kind = event.event_type();
            tables.push((kind, table(event)));
            for (before, at) in causes {
                assert!(table(event).contains(before), "{kind} {before:?}");
                let at = Instant::from(minute(at).utc() - TimeDelta::minutes(1));
                let refused = case.when(NOW, who, dated(&command, at)).refusal();
                let expected = table(event).iter().find(|one| {
                    let mut causes = causes.iter();
                    causes.any(|(cause, when)| cause == *one && minute(when) > at)
                });
                let expected = *expected.unwrap();
                let code = match expected {
                    Before::FirstReceipt => "before-the-report",
                    _ => "before-its-cause",
                };
                assert_eq!(refused.code, code, "{name} {before:?} {refused:#?}");
                let name = expected.name().en;
                assert!(refused.message.en.contains(&name), "{}", refused.message.en);
                tried.insert((kind, format!("{expected:?}")));
            }
            commands.insert(name);
        }
        for (kind, table) in tables {
            for before in table {
                let row = (kind, format!("{before:?}"));
                assert!(tried.contains(&row), "not tried: {row:?}");
            }
        }
        for name in Command::NAMES {
            assert!(
                commands.contains(*name) || FREE.contains(name),
                "{name} is not tried"
            );
        }
    }
}
