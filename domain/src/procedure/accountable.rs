//! Who owes a step: the role and unit that the procedure names, looked up in the case.

use super::definition::{OwedBy, OwingUnit, Procedure, Step};
use super::obligation::Accountable;
use crate::case::criminal::Examination;
use crate::case::events::criminal::ForensicBody;
use crate::case::events::placement::FacilityLevel;
use crate::case::placement::{FacilityStay, Placement};
use crate::case::{CaseState, ReferralState, ReportState, Seat};
use crate::identity::Role;
use crate::time::Instant;
use crate::unit::Units;

/// What the case knows about an item, referral, examination or placement: that with the key, or the
/// last.
struct About<'a> {
    report: Option<&'a ReportState>,
    referral: Option<&'a ReferralState>,
    exam: Option<&'a Examination>,
    placement: Option<&'a Placement>,
    stay: Option<&'a FacilityStay>,
}

impl<'a> About<'a> {
    fn of(state: &'a CaseState, key: Option<&str>) -> Self {
        let is = |id: &str| key.is_none_or(|key| key == id);
        let mut referrals = state.referrals.iter().rev();
        let mut exams = state.criminal.examinations.iter().rev();
        let mut placements = state.care.placements.iter().rev();
        Self {
            report: state.reports.last(),
            referral: referrals.find(|referral| is(referral.id.as_str())),
            exam: exams.find(|exam| is(exam.id.as_str())),
            placement: placements.find(|placement| is(placement.id.as_str())),
            stay: state.care.stays.last(),
        }
    }

    fn provincial_facility(&self) -> bool {
        self.stay
            .is_some_and(|stay| stay.level == FacilityLevel::Provincial)
    }

    fn role(&self, step: &Step) -> Role {
        match step.role {
            OwedBy::Role(role) => role,
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
            OwedBy::ForensicBody => match self.exam.and_then(|exam| exam.body) {
                Some(ForensicBody::Health) => Role::HealthWorker,
                _ => Role::PoliceOfficer,
            },
            OwedBy::FacilityAuthority if self.provincial_facility() => Role::ProvincialOfficer,
            OwedBy::FacilityAuthority => Role::CommuneChair,
        }
    }
}

/// In which place of the case the unit answers that owes a step; `key` is the item, referral,
/// examination or placement that the step is about.
pub(super) fn owing_seat(step: &Step, state: &CaseState, key: Option<&str>) -> Option<Seat> {
    let about = About::of(state, key);
    let role = about.role(step);
    let units = Units::in_use();
    let province = |unit: &str, at: Instant| {
        let province = units.province_of(unit, at.date())?;
        Some(Seat::new(province.reference(), at.date()))
    };
    match step.unit {
        OwingUnit::Receipt => about.report.map(|report| report.receipt.clone()),
        OwingUnit::Incident => Some(state.incident().clone()),
        OwingUnit::Residence => Some(state.residence().unwrap_or(state.holder()).clone()),
        OwingUnit::Holder if matches!(role, Role::CommuneOfficer | Role::CommuneChair) => {
            Some(state.responsible_seat().clone())
        }
        OwingUnit::Holder => Some(state.holder().clone()),
        OwingUnit::ReferredTo => {
            let referral = about.referral?;
            let unit = referral.to_unit.as_deref()?;
            Some(Seat::new(unit, referral.by.at.date()))
        }
        OwingUnit::TransferTo => {
            let offer = state.transfer.as_ref()?;
            Some(Seat::new(&offer.to_unit, offer.by.at.date()))
        }
        OwingUnit::Province => province(state.incident().unit(), about.report?.received_at),
        OwingUnit::InvestigatingBody => {
            let report = state.criminal.report()?;
            Some(Seat::new(&report.unit, report.by.at.date()))
        }
        OwingUnit::ForensicBody => {
            let exam = about.exam?;
            Some(Seat::new(exam.unit.as_deref()?, exam.by.at.date()))
        }
        OwingUnit::Court => {
            let at = state.court.requested_at?;
            Some(Seat::new(state.court.unit.as_deref()?, at.date()))
        }
        OwingUnit::Carer => about.placement.map(|placement| placement.carer.clone()),
        OwingUnit::Facility => {
            let stay = about.stay?;
            Some(Seat::new(&stay.unit, stay.by.at.date()))
        }
        OwingUnit::FacilityAuthority => {
            let stay = about.stay?;
            if about.provincial_facility() {
                province(&stay.unit, stay.by.at)
            } else {
                Some(Seat::new(&stay.unit, stay.by.at.date()))
            }
        }
        OwingUnit::None => None,
    }
}

/// Who owes `step` at `at`; `key` is the item, referral, examination or placement it is about.
pub(super) fn accountable(
    procedure: &Procedure,
    step: &Step,
    state: &CaseState,
    key: Option<&str>,
    at: Instant,
) -> Accountable {
    let role = About::of(state, key).role(step);
    let agency = step.agency.as_ref();
    Accountable {
        role,
        unit: owing_seat(step, state, key).map(|seat| seat.unit().to_owned()),
        officer: state.officer_for(role).map(ToString::to_string),
        agency: agency
            .and_then(|name| procedure.agency(name, at))
            .and_then(|competence| competence.name.clone()),
    }
}
