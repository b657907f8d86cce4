//! Who owes a step: the role and unit that the procedure names, looked up in the case.

use super::words::{OwedBy, OwingUnit};
use crate::case::state::{Examination, FacilityStay, Placement};
use crate::case::{CaseState, Contradiction, ReferralState, ReportState};
use crate::identity::Role;
use crate::law::Seat;
use crate::time::Instant;
use crate::unit::Units;

/// What the case knows about an item, referral, examination or placement: that with the key, or the
/// last.
struct About<'a> {
    report: Option<&'a ReportState>,
    /// The report with that key, which waits for its answer.
    named: Option<&'a ReportState>,
    referral: Option<&'a ReferralState>,
    exam: Option<&'a Examination>,
    placement: Option<&'a Placement>,
    stay: Option<&'a FacilityStay>,
    contradiction: Option<&'a Contradiction>,
    units: &'a Units,
}

impl<'a> About<'a> {
    fn of(state: &'a CaseState, key: Option<&str>) -> Self {
        let is = |id: &str| key.is_none_or(|key| key == id);
        let mut referrals = state.referrals.iter().rev();
        let mut exams = state.criminal.examinations.iter().rev();
        let mut placements = state.care.placements.iter().rev();
        let named = key.and_then(|key| {
            let mut waiting = state.waiting();
            waiting.find(|report| report.event_id.to_string() == key)
        });
        Self {
            report: named.or(state.reports.last()),
            named,
            referral: referrals.find(|referral| is(referral.id.as_str())),
            exam: exams.find(|exam| is(exam.id.as_str())),
            placement: placements.find(|placement| is(placement.id.as_str())),
            stay: state.care.stays.last(),
            contradiction: key.and_then(|key| {
                let mut all = state.contradictions.iter();
                all.find(|one| one.key() == key)
            }),
            units: &state.units,
        }
    }

    fn role(&self, owed: OwedBy) -> Role {
        match owed {
            OwedBy::PlaceOfReceipt => {
                let place = self.report.map(|report| &report.place_of_receipt);
                match place.map_or("", |place| place.kind.as_str()) {
                    "hotline" => Role::HotlineOperator,
                    "police" => Role::PoliceOfficer,
                    "commune" => Role::CommuneOfficer,
                    _ => Role::ProvincialOfficer,
                }
            }
            OwedBy::ReferredTo => self
                .referral
                .and_then(ReferralState::role)
                .unwrap_or(Role::ProviderWorker),
            OwedBy::ForensicBody => self
                .exam
                .and_then(Examination::role)
                .unwrap_or(Role::PoliceOfficer),
            OwedBy::Contradiction => self
                .contradiction
                .map_or(Role::CommuneChair, |one| one.asks),
            OwedBy::FacilityAuthority => self
                .stay
                .and_then(|stay| stay.authority(self.units))
                .map_or(Role::CommuneChair, |(role, _)| role),
        }
    }
}

/// The role that owes; `key` is the item, referral, examination or placement that the step is about.
pub(super) fn role(owed: OwedBy, key: Option<&str>, state: &CaseState) -> Role {
    About::of(state, key).role(owed)
}

/// In which place of the case the unit answers that owes, in a role.
pub(super) fn seat(
    owing: OwingUnit,
    role: Role,
    key: Option<&str>,
    state: &CaseState,
) -> Option<Seat> {
    let about = About::of(state, key);
    let units = &state.units;
    let province = |unit: &str, at: Instant| {
        let province = units.province_of(unit, at.date())?;
        Some(Seat::new(province.reference(), at.date()))
    };
    match owing {
        OwingUnit::Receipt => about.report.map(|report| report.receipt.clone()),
        // What a report opens, or its being passed on, is owed where that happened, whose child it may be; anything
        // else where it happened to the child of the case.
        OwingUnit::Incident => {
            let mut all = state.reports.iter();
            let told = all.find(|report| Some(report.event_id) == state.told_last);
            let told = told.map(|report| &report.incident);
            Some(told.unwrap_or(state.incident()).clone())
        }
        OwingUnit::IncidentOfChild => {
            let named = about.named.map(|report| &report.incident);
            Some(named.unwrap_or(state.incident()).clone())
        }
        OwingUnit::Residence => Some(state.residence().unwrap_or(state.holder()).clone()),
        OwingUnit::HolderOfChild if about.named.is_some() => {
            about.named.map(|report| report.incident.clone())
        }
        OwingUnit::Holder | OwingUnit::HolderOfChild if role.is_of_commune() => {
            Some(state.responsible_seat().clone())
        }
        OwingUnit::Holder | OwingUnit::HolderOfChild => Some(state.holder().clone()),
        OwingUnit::ReferredTo => about.referral?.asked.clone(),
        OwingUnit::TransferTo => state.transfer.as_ref().map(|offer| offer.asked.clone()),
        OwingUnit::Province => province(state.incident().unit(), about.report?.received_at),
        OwingUnit::InvestigatingBody => {
            let report = state.criminal.report();
            report.map(|report| report.body.clone())
        }
        OwingUnit::ForensicBody => about.exam?.asked.clone(),
        OwingUnit::Court => state.court.asked.clone(),
        OwingUnit::Carer => about.placement.map(|placement| placement.carer.clone()),
        OwingUnit::Facility => about.stay.map(|stay| stay.facility.clone()),
        OwingUnit::FacilityAuthority => about.stay?.authority(units).map(|(_, seat)| seat),
        OwingUnit::Contradiction if role == Role::ProvincialOfficer => {
            province(state.incident().unit(), about.report?.received_at)
        }
        OwingUnit::Contradiction => Some(state.responsible_seat().clone()),
        OwingUnit::None => None,
    }
}
