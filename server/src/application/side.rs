//! What an agency beside the communes sees of a case: the child, what was reported, and its own side –
//! police and prosecution the criminal one, health its examinations and referrals, the court what it
//! was asked, a service what was referred to it. Not what others assessed, planned or noted. Pages and
//! API read cases through this one place.

use domain::case::criminal::CriminalState;
use domain::case::placement::{CareState, FacilityStay};
use domain::case::{By, CaseState, CourtState, Event, Recorded, ReferralState, Seat, Split};
use domain::identity::Role;
use domain::procedure::Obligation;
use domain::unit::Units;

use super::CaseFile;
use crate::access::Officer;

/// Which part of a case concerns an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Reports of crime, examinations, interviews, decisions.
    Criminal,
    /// Examinations by the health sector.
    Health,
    /// Requests to the court and separations.
    Court,
    /// What was referred to a service, and stays in a facility.
    Service,
}

/// The side of a role; none for those who see the whole case.
const fn side(role: Role) -> Option<Side> {
    match role {
        Role::PoliceOfficer | Role::Prosecutor => Some(Side::Criminal),
        Role::HealthWorker => Some(Side::Health),
        Role::CourtClerk => Some(Side::Court),
        Role::ProviderWorker | Role::EducationWorker | Role::LegalAidWorker => Some(Side::Service),
        _ => None,
    }
}

/// Whether a role sees only its own side of a case.
#[must_use]
pub const fn sees_a_side(role: Role) -> bool {
    side(role).is_some()
}

/// Whether this is the unit of the officer, whatever it was called meanwhile.
fn same(unit: &str, officer: &Officer) -> bool {
    Units::in_use().same(unit, &officer.unit)
}

/// Whether this is the unit of the officer: the one that was recorded, or its successor.
fn answers(recorded: &str, now: &Seat, officer: &Officer) -> bool {
    same(recorded, officer) || same(now.unit(), officer)
}

/// Whether the child stays or stayed in a facility of the officer.
fn houses(officer: &Officer, stays: &[FacilityStay]) -> bool {
    let mut stays = stays.iter();
    officer.role == Role::ProviderWorker
        && stays.any(|stay| answers(&stay.unit, &stay.facility, officer))
}

/// Leaves of a case what `officer` may see. `state` and `history` are those of the whole case.
pub(super) fn narrow(officer: &Officer, mut file: CaseFile) -> CaseFile {
    let Some(side) = side(officer.role) else {
        return file;
    };
    let whole = file.state.clone();
    let mut history = Vec::new();
    for event in &file.history {
        history.extend(event_of(officer, &whole, event, &file.history));
    }
    file.obligations
        .retain(|owed| concerns(officer, side, &whole, owed));
    file.state = state_of(officer, side, whole, &file.history);
    file.history = history;
    file.partial = true;
    file
}

/// The event as `officer` may see it, or none. `history` is that of the whole case.
#[must_use]
pub fn event_of(
    officer: &Officer,
    state: &CaseState,
    event: &Recorded,
    history: &[Recorded],
) -> Option<Recorded> {
    let Some(side) = side(officer.role) else {
        return Some(event.clone());
    };
    let own = |event: &Recorded| {
        event.actor.role == officer.role
            && event
                .actor
                .unit
                .as_deref()
                .is_some_and(|unit| same(unit, officer))
    };
    let whole = |event: &Recorded| own(event) || belongs(officer, side, state, &event.event);
    if whole(event) {
        return Some(event.clone());
    }
    match &event.event {
        Event::ReportReceived(report) => {
            let personal = report.personal.as_ref().filter(|_| side == Side::Criminal);
            let told = Event::ReportReceived(Split {
                facts: report.facts.clone(),
                personal: personal.map(|personal| {
                    let mut personal = personal.clone();
                    personal.family = None;
                    personal.support_given = None;
                    personal
                }),
            });
            Some(Recorded {
                event: told,
                ..event.clone()
            })
        }
        Event::FactCorrected(correction) => {
            let corrected = correction.facts.event_id;
            let target = history.iter().find(|one| one.event_id == corrected)?;
            whole(target).then(|| event.clone())
        }
        _ => None,
    }
}

/// Whether an event belongs to the side of the officer, whoever recorded it.
fn belongs(officer: &Officer, side: Side, state: &CaseState, event: &Event) -> bool {
    let referral = |id: &domain::text::Code| {
        let mut referrals = state.referrals.iter();
        referrals.any(|one| one.id == *id && is_referred(officer, one))
    };
    match event {
        Event::ReferralMade(e) => referral(&e.facts.referral_id),
        Event::ReferralAccepted(e) | Event::ReferralDeclined(e) | Event::ReferralCompleted(e) => {
            referral(&e.facts.referral_id)
        }
        Event::CrimeReportPassed(_)
        | Event::InvestigatorAssigned(_)
        | Event::CrimeReportProlonged(_)
        | Event::CrimeReportDecided(_)
        | Event::InformantInformed(_)
        | Event::ProsecutionProposed(_)
        | Event::InterviewRecorded(_)
        | Event::ReportForwarded(_)
        | Event::ReportAcknowledged(_) => side == Side::Criminal,
        Event::ForensicGroundsRecorded(_)
        | Event::ForensicExamOrdered(_)
        | Event::ForensicConclusionRecorded(_) => matches!(side, Side::Criminal | Side::Health),
        Event::CourtOrderRequested(_)
        | Event::CourtDecided(_)
        | Event::SeparationOrdered(_)
        | Event::SeparationExtended(_)
        | Event::SeparationLifted(_) => side == Side::Court,
        Event::AdmittedToFacility(_)
        | Event::AdmissionPapersCompleted(_)
        | Event::ListedForPlacement(_)
        | Event::ListingAppraised(_)
        | Event::FacilityCareEnded(_) => houses(officer, &state.care.stays),
        _ => false,
    }
}

/// Whether a referral went to the agency of the officer.
fn is_referred(officer: &Officer, referral: &ReferralState) -> bool {
    let role = referral.role().unwrap_or(Role::ProviderWorker);
    let asked = referral.to_unit.as_deref().zip(referral.asked.as_ref());
    role == officer.role && asked.is_none_or(|(unit, asked)| answers(unit, asked, officer))
}

/// Whether an obligation concerns the officer.
fn concerns(officer: &Officer, side: Side, state: &CaseState, owed: &Obligation) -> bool {
    let owner = &owed.accountable;
    let unit = owner.unit.as_deref();
    if owner.role == officer.role && unit.is_none_or(|unit| same(unit, officer)) {
        return true;
    }
    match side {
        Side::Criminal => owed.procedure == "crime-report",
        Side::Court => owed.step == "court-order",
        Side::Service => {
            matches!(
                owed.step.as_str(),
                "end-facility-stay" | "appraise-listing" | "end-facility-care"
            ) && houses(officer, &state.care.stays)
        }
        Side::Health => false,
    }
}

/// The state without what does not concern the officer.
fn state_of(officer: &Officer, side: Side, whole: CaseState, history: &[Recorded]) -> CaseState {
    let own = |by: &By| {
        by.role == officer.role && by.unit.as_deref().is_some_and(|unit| same(unit, officer))
    };
    let mut state = whole;
    if !matches!(side, Side::Criminal | Side::Court) {
        state.child.personal_id = None;
        state.child.address = None;
    }
    state.verification = None;
    state.initial_assessment = None;
    state.detailed_assessment = None;
    state.case_meeting = None;
    state.review = None;
    state.transfer = None;
    state.notes = 0;
    state.last_visit = state.last_visit.filter(&own);
    state.emergency_measures.retain(|measure| own(&measure.by));
    state.documents.retain(|document| own(&document.by));
    state.referrals.retain(|one| is_referred(officer, one));
    if side != Side::Court {
        state.court = CourtState::default();
        state.separations.clear();
    }
    match side {
        Side::Criminal => {}
        Side::Health => {
            state.criminal = CriminalState {
                examinations: std::mem::take(&mut state.criminal.examinations),
                ..CriminalState::default()
            };
        }
        Side::Court | Side::Service => state.criminal = CriminalState::default(),
    }
    if !houses(officer, &state.care.stays) {
        state.care = CareState::default();
    }
    // Of the plan only the items for which the child was referred to this agency.
    let referred: Vec<_> = history
        .iter()
        .filter_map(|event| match &event.event {
            Event::ReferralMade(e) => {
                let mine = state.referrals.iter().any(|r| r.id == e.facts.referral_id);
                e.facts.item_id.clone().filter(|_| mine)
            }
            _ => None,
        })
        .collect();
    for plan in [&mut state.plan, &mut state.plan_until_approval] {
        if let Some(kept) = plan {
            kept.items.retain(|item| referred.contains(&item.facts.id));
            kept.goals = None;
            kept.returned_because = None;
            if kept.items.is_empty() {
                *plan = None;
            }
        }
    }
    state
}
