//! The conditions that a procedure file can name: small questions to an event and the state of
//! the case after it. New procedures combine them; they are no language of their own.

use serde::{Deserialize, Serialize};

use crate::case::apart::named;
use crate::case::codes;
use crate::case::events::Answer;
use crate::case::events::closing::ClosingReason;
use crate::case::events::criminal::{
    CrimeDecision, ExamFacts, ForensicBody, ForensicExam, ForensicGround,
};
use crate::case::events::report::VerificationOutcome;
use crate::case::{CaseState, Event, Item, PlanState, ReferralState, ReportState, Status};

/// A condition by its name in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// The report came in elsewhere than at the commune People's Committee of the incident.
    ReceivedElsewhere,
    /// The commune People's Committee of the incident received the report itself.
    ReceivedHere,
    /// The place of receipt sees danger now.
    DangerReported,
    /// It is a report itself.
    Told,
    /// It is a report that was added unseen, and nobody knows yet whether it is about the same child.
    UnconfirmedChild,
    /// This round is an emergency (Decree 56/2017, art. 31.1).
    Emergency,
    /// This round is assessed, and both questions of an emergency were answered with an explicit no.
    NoEmergency,
    /// No initial assessment of this round found an emergency: a report that proves unfounded ends no
    /// duty that form 02 stands for.
    NotFoundEmergency,
    /// This round has no initial assessment yet.
    NotAssessed,
    /// The initial assessment sees a ground for separation.
    SeparationNeeded,
    /// A competent authority requires the separation to go on.
    SeparationRequired,
    /// The verification found the report unfounded.
    Unfounded,
    /// The verification did not find it unfounded.
    Founded,
    /// No plan of this round is in force.
    PlanNotInForce,
    /// Every item of the plan of this round has ended.
    AllItemsEnded,
    /// The plan has items that did not end.
    ItemsLeft,
    /// This round was found safe and stable.
    Reviewed,
    /// This round was not found safe and stable yet.
    NotReviewed,
    /// No earlier round since the case was opened was assessed.
    NotAssessedBefore,
    /// The review found both: no longer at risk, and stable.
    Enough,
    /// The review did not find both.
    NotEnough,
    /// The police received the report.
    ReceivedByPolice,
    /// Somebody else than the police received the report.
    ReceivedByOthers,
    /// The place of receipt sees signs of a crime.
    CrimeSuspected,
    /// Sexual abuse is suspected.
    SexualHarm,
    /// The verification found the report confirmed.
    Confirmed,
    /// The victim or their representative asked for the examination.
    RequestedByVictim,
    /// The investigating body found grounds for the examination.
    GroundsFound,
    /// A forensic unit of the police examines, or signs of sexual abuse are examined.
    ExamOfPoliceOrSexualAbuse,
    /// Injury or age is examined.
    ExamOfInjuryOrAge,
    /// The cause of death is examined.
    ExamOfCauseOfDeath,
    /// The mental state is examined.
    ExamOfMentalState,
    /// The carer meets the conditions.
    CarerEligible,
    /// The placement is from a facility.
    FromFacility,
    /// The carer harms the child.
    CarerHarms,
    /// The decision was to suspend.
    Suspended,
    /// The child has died.
    ChildDied,
    /// The case had been closed because the child was thought dead.
    ThoughtDead,
    /// The case had been closed for another reason than that a review found the child safe and stable.
    NotFoundSafe,
    /// Somebody saw the child in danger after the first look.
    DangerSeen,
    /// The case is closed, and a correction says of danger that nobody had been told of and nobody answered.
    DangerToldSinceClosing,
    /// A correction said of danger while the child was thought dead, and nobody answered it.
    DangerToldOfTheDead,
    /// A correction while the case was closed made form 02 see a ground for separation, and nobody separated the child.
    GroundToldSinceClosing,
    /// The initial assessment itself found an emergency.
    AssessedEmergency,
    /// It is the first initial assessment of this round.
    AssessedFirst,
    /// A place is still sought for the separated child.
    PlacementSought,
    /// The child is referred to a social assistance facility.
    ReferredToFacility,
    /// The child was handed over in an emergency, to a carer who was not verified.
    TemporaryCare,
    /// No case meeting was held since the case was opened.
    NoMeetingYet,
    /// The case is not closed.
    CaseOpen,
    /// What was added to the case while it was closed is about its child: with the reopening it counts like any report.
    ToldWhileClosed,
    /// The person was 16 or older by date of birth when it happened.
    OutsideDecree,
    /// The person was a child, or may have been.
    InsideDecree,
    /// The person was 16 or older by date of birth at the receipt, and nobody has told when it happened.
    DayDecides,
}

impl Condition {
    /// Whether it holds for `event`, after which the case is in `state`.
    pub(super) fn holds(self, event: &Event, state: &CaseState) -> bool {
        let assessed = || {
            state
                .initial_assessment
                .as_ref()
                .is_some_and(|a| a.cycle == state.cycle)
        };
        let enough = || match event {
            Event::PlanReviewed(review) => {
                Some(review.facts.no_longer_at_risk && review.facts.stable)
            }
            _ => None,
        };
        let outcome = || match event {
            Event::ReportVerified(verified) => Some(verified.facts.outcome),
            _ => None,
        };
        let reviewed = || {
            state
                .review
                .as_ref()
                .is_some_and(|review| review.cycle == state.cycle && review.enough())
        };
        match self {
            Self::ReceivedElsewhere => state
                .reports
                .last()
                .is_some_and(|report| !report.received_here()),
            Self::ReceivedHere => state.reports.last().is_some_and(ReportState::received_here),
            Self::DangerReported => state.reports.last().is_some_and(|report| report.danger_now),
            Self::Told => matches!(event, Event::ReportReceived(_)),
            Self::UnconfirmedChild => matches!(
                event,
                Event::ReportReceived(report)
                    if report.facts.unseen && report.facts.same.is_none()
            ),
            Self::Emergency => state.emergency(),
            Self::NoEmergency => state.initial_assessment.as_ref().is_some_and(|a| {
                let no = a.grave == Answer::No && a.carer_is_harmer == Answer::No;
                a.cycle == state.cycle && no
            }),
            Self::DangerSeen => event.danger_seen(),
            Self::DangerToldSinceClosing => state.danger_told_since_closing(event),
            Self::GroundToldSinceClosing => state.ground_told_since_closing(),
            Self::DangerToldOfTheDead => state.danger_told_of_the_dead(),
            Self::AssessedEmergency => {
                let initial = state.initial_assessment.as_ref();
                initial.is_some_and(|a| a.cycle == state.cycle && a.emergency())
            }
            Self::NotFoundEmergency => {
                let initial = state.initial_assessment.as_ref();
                !initial.is_some_and(|a| a.cycle == state.cycle && a.emergency())
            }
            Self::AssessedFirst => state.initial_assessment.as_ref().is_some_and(|a| !a.again),
            Self::PlacementSought => match event {
                Event::SeparationOrdered(ordered) => {
                    let nowhere = state.care.placed().is_none() && state.care.stay().is_none();
                    nowhere && codes::is_sought(ordered.facts.placement.as_ref())
                }
                _ => false,
            },
            Self::ReferredToFacility => {
                let mut referrals = state.referrals.iter();
                let referral = referrals.find(|referral| Some(&referral.id) == event.key());
                referral.is_some_and(ReferralState::is_to_facility)
            }
            Self::TemporaryCare => {
                let id = event.key().and_then(|id| state.care.placement(id));
                id.is_some_and(|placement| !placement.verified)
            }
            Self::CaseOpen => state.status == Status::Open,
            Self::ToldWhileClosed => state.told_while_closed().next().is_some(),
            Self::NoMeetingYet => state.case_meeting.is_none(),
            Self::NotAssessed => !assessed(),
            Self::SeparationNeeded => matches!(
                event,
                Event::InitialAssessmentRecorded(assessment)
                    if assessment.facts.separation_needed == Answer::Yes
            ),
            Self::SeparationRequired => {
                let required = match event {
                    Event::CourtDecided(decision) => decision.facts.continues_separation(),
                    Event::SeparationExtended(extension) => extension.facts.required_by.is_some(),
                    _ => true,
                };
                required
                    && state
                        .separation_of(named(event))
                        .is_some_and(|separation| separation.required)
            }
            Self::Unfounded => outcome() == Some(VerificationOutcome::Unfounded),
            Self::Founded => outcome().is_some_and(|o| o != VerificationOutcome::Unfounded),
            Self::PlanNotInForce => !state
                .plan
                .as_ref()
                .is_some_and(|plan| plan.cycle == state.cycle && plan.state == PlanState::Approved),
            Self::AllItemsEnded => state.plan.as_ref().is_some_and(|plan| {
                plan.cycle == state.cycle
                    && plan.state == PlanState::Approved
                    && plan.items.iter().all(Item::ended)
            }),
            Self::ItemsLeft => state
                .plan
                .as_ref()
                .is_some_and(|plan| !plan.items.iter().all(Item::ended)),
            Self::Reviewed => reviewed(),
            Self::NotReviewed => !reviewed(),
            Self::NotAssessedBefore => !state.assessed_before(),
            Self::Enough => enough() == Some(true),
            Self::NotEnough => enough() == Some(false),
            Self::ReceivedByPolice => last_receipt(state) == Some("police"),
            Self::ReceivedByOthers => last_receipt(state).is_some_and(|kind| kind != "police"),
            Self::CrimeSuspected => state.reports.last().is_some_and(|r| r.crime_suspected),
            Self::SexualHarm => state.sexual_harm(),
            Self::Confirmed => outcome() == Some(VerificationOutcome::Confirmed),
            Self::RequestedByVictim => ground(event) == Some(ForensicGround::RequestedByVictim),
            Self::GroundsFound => ground(event) == Some(ForensicGround::Found),
            Self::ExamOfPoliceOrSexualAbuse => exam(event).is_some_and(|exam| {
                exam.body == ForensicBody::Police || exam.exam == ForensicExam::SexualAbuse
            }),
            Self::ExamOfInjuryOrAge => exam(event)
                .is_some_and(|e| matches!(e.exam, ForensicExam::Injury | ForensicExam::Age)),
            Self::ExamOfCauseOfDeath => {
                exam(event).is_some_and(|exam| exam.exam == ForensicExam::CauseOfDeath)
            }
            Self::ExamOfMentalState => {
                exam(event).is_some_and(|exam| exam.exam == ForensicExam::MentalState)
            }
            Self::CarerEligible => match event {
                Event::CarerVerified(verified) => verified.facts.eligible,
                Event::ListingAppraised(appraised) => appraised.facts.eligible,
                _ => false,
            },
            Self::FromFacility => match event {
                Event::PlacementDecided(decided) => decided.facts.from_facility,
                Event::ListingAppraised(_) => true,
                _ => false,
            },
            Self::CarerHarms => matches!(
                event,
                Event::PlacementFollowedUp(follow_up) if follow_up.facts.carer_harms
            ),
            Self::Suspended => matches!(
                event,
                Event::CrimeReportDecided(decided)
                    if decided.facts.decision == CrimeDecision::Suspend
            ),
            Self::OutsideDecree => state.outside_decree(),
            Self::InsideDecree => !state.outside_decree(),
            Self::DayDecides => state.day_decides(),
            Self::ThoughtDead => state.ended_as == Some(ClosingReason::Died),
            Self::NotFoundSafe => state.ended_as != Some(ClosingReason::SafeAndStable),
            Self::ChildDied => matches!(
                event,
                Event::CaseClosed(closed) if closed.facts.reason == ClosingReason::Died
            ),
        }
    }
}

fn last_receipt(state: &CaseState) -> Option<&str> {
    let report = state.reports.last()?;
    Some(report.place_of_receipt.kind.as_str())
}

fn ground(event: &Event) -> Option<ForensicGround> {
    match event {
        Event::ForensicGroundsRecorded(grounds) => Some(grounds.facts.ground),
        _ => None,
    }
}

fn exam(event: &Event) -> Option<&ExamFacts> {
    match event {
        Event::ForensicExamOrdered(ordered) => Some(&ordered.facts),
        _ => None,
    }
}
