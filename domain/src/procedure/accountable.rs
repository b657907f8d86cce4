//! Who owes a step: the role and unit that the procedure names, looked up in the case.

use super::definition::{OwedBy, OwingUnit, Procedure, Step};
use super::obligation::Accountable;
use crate::case::events::criminal::ForensicBody;
use crate::case::events::placement::FacilityLevel;
use crate::case::{CaseState, ReferralState};
use crate::identity::Role;
use crate::time::Instant;
use crate::unit::Units;

/// Who owes `step` at `at`; `key` is the item, referral, examination or placement it is about.
pub(super) fn accountable(
    procedure: &Procedure,
    step: &Step,
    state: &CaseState,
    key: Option<&str>,
    at: Instant,
) -> Accountable {
    let report = state.reports.last();
    let is = |id: &str| key.is_none_or(|key| key == id);
    let mut referrals = state.referrals.iter().rev();
    let referral = referrals.find(|referral| is(referral.id.as_str()));
    let mut exams = state.criminal.examinations.iter().rev();
    let exam = exams.find(|exam| is(exam.id.as_str()));
    let mut placements = state.care.placements.iter().rev();
    let placement = placements.find(|placement| is(placement.id.as_str()));
    let stay = state.care.stays.last();
    let province = |unit: &str| {
        let province = Units::shipped().province_of(unit, at.date());
        province.map(|province| province.code.clone())
    };
    let provincial = stay.is_some_and(|stay| stay.level == FacilityLevel::Provincial);
    let role = match step.role {
        OwedBy::Role(role) => role,
        OwedBy::PlaceOfReceipt => {
            match report.map_or("", |report| report.place_of_receipt.kind.as_str()) {
                "hotline" => Role::HotlineOperator,
                "police" => Role::PoliceOfficer,
                "commune" => Role::CommuneOfficer,
                _ => Role::ProvincialOfficer,
            }
        }
        OwedBy::ReferredTo => referral
            .and_then(ReferralState::role)
            .unwrap_or(Role::ProviderWorker),
        OwedBy::ForensicBody => match exam.and_then(|exam| exam.body) {
            Some(ForensicBody::Health) => Role::HealthWorker,
            _ => Role::PoliceOfficer,
        },
        OwedBy::FacilityAuthority if provincial => Role::ProvincialOfficer,
        OwedBy::FacilityAuthority => Role::CommuneChair,
    };
    let unit = match step.unit {
        OwingUnit::Receipt => report.map(|report| report.place_of_receipt.unit.clone()),
        OwingUnit::Incident => Some(state.incident_unit.clone()),
        OwingUnit::Residence => state
            .child
            .residence_unit
            .clone()
            .or_else(|| Some(state.holder_unit.clone())),
        OwingUnit::Holder if matches!(role, Role::CommuneOfficer | Role::CommuneChair) => {
            Some(state.responsible_commune().to_owned())
        }
        OwingUnit::Holder => Some(state.holder_unit.clone()),
        OwingUnit::ReferredTo => referral.and_then(|referral| referral.to_unit.clone()),
        OwingUnit::TransferTo => state.transfer.as_ref().map(|offer| offer.to_unit.clone()),
        OwingUnit::Province => province(&state.incident_unit),
        OwingUnit::InvestigatingBody => state.criminal.report().map(|body| body.unit.clone()),
        OwingUnit::ForensicBody => exam.and_then(|exam| exam.unit.clone()),
        OwingUnit::Carer => placement.map(|placement| placement.carer_unit.clone()),
        OwingUnit::Facility => stay.map(|stay| stay.unit.clone()),
        OwingUnit::FacilityAuthority => stay.and_then(|stay| {
            if provincial {
                province(&stay.unit)
            } else {
                Some(stay.unit.clone())
            }
        }),
        OwingUnit::None => None,
    };
    let officer = state.officer_for(role).map(ToString::to_string);
    let agency = step.agency.as_ref();
    Accountable {
        role,
        unit,
        officer,
        agency: agency
            .and_then(|name| procedure.agency(name, at))
            .and_then(|competence| competence.name.clone()),
    }
}
