//! What is kept apart in a case: reports of whose child nobody knows yet whether it is the one of the
//! case, and what was done to protect that child. Nothing that is said of the one counts for the other;
//! where they turn out to be two, it goes along with the report.

use uuid::Uuid;

use super::decide::Decided;
use super::event::{Event, Recorded};
use super::history::Case;
use super::state::{CaseState, ReportState};
use super::{effective, events::report::PlaceOfReceipt};
use crate::identity::Role;
use crate::unit::Units;

/// Whom a measure of protection is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::case) struct Protects {
    /// The child of the case.
    pub case: bool,
    /// The child of each of these reports, which were added unseen.
    pub reports: Vec<Uuid>,
}

impl CaseState {
    /// For whom the event is. A measure that names a report is for its child; one that names none and
    /// comes from a seat of such a report is for that child, and for the child of the case only where its
    /// unit takes part in that as well.
    pub(in crate::case) fn protects(&self, recorded: &Recorded) -> Protects {
        let of_case = Protects {
            case: true,
            reports: Vec::new(),
        };
        let named = match &recorded.event {
            Event::EmergencyMeasureApplied(measure) => measure.facts.report,
            Event::SeparationOrdered(_) => None,
            _ => return of_case,
        };
        if let Some(named) = named {
            let mut apart = self.apart();
            return match apart.find(|report| report.event_id == named) {
                Some(report) => Protects {
                    case: false,
                    reports: vec![report.event_id],
                },
                None => of_case,
            };
        }
        let unit = recorded.actor.unit.as_deref().unwrap_or_default();
        let reports: Vec<_> = self
            .apart()
            .filter(|report| {
                !report.answered && sits_at(report, recorded.actor.role, unit, &self.units)
            })
            .map(|report| report.event_id)
            .collect();
        if reports.is_empty() {
            return of_case;
        }
        let case = self.takes_part(unit);
        // One decision separates one child.
        if case && matches!(recorded.event, Event::SeparationOrdered(_)) {
            return of_case;
        }
        Protects { case, reports }
    }

    /// Whether the event is only about what turned out to be another child.
    pub(in crate::case) fn is_of_another(&self, recorded: &Recorded) -> bool {
        let Protects { case, reports } = self.protects(recorded);
        !case
            && reports
                .iter()
                .all(|id| self.split.iter().any(|report| report.event_id == *id))
    }

    /// Whether somebody can only mean the child of a report that waits for its answer: that is their only
    /// part in the case.
    pub(in crate::case) fn means_another(&self, role: Role, unit: &str) -> bool {
        !self.takes_part(unit)
            && self
                .waiting()
                .any(|report| sits_at(report, role, unit, &self.units))
    }

    /// The report that waits for its answer and that somebody without any other part in the case can
    /// only mean; none where there are several.
    pub(in crate::case) fn only_report_of(&self, role: Role, unit: &str) -> Option<Uuid> {
        let mut own = self
            .waiting()
            .filter(|report| sits_at(report, role, unit, &self.units))
            .map(|report| report.event_id);
        let only = own.next().filter(|_| own.next().is_none());
        only.filter(|_| !self.takes_part(unit))
    }

    /// The reports of which nobody knows yet whether it is the same child.
    pub fn waiting(&self) -> impl Iterator<Item = &ReportState> {
        self.reports
            .iter()
            .filter(|report| report.unconfirmed_child)
    }

    fn apart(&self) -> impl Iterator<Item = &ReportState> {
        self.waiting().chain(&self.split)
    }

    /// Whether the unit takes part in the case by more than a report that is kept apart.
    fn takes_part(&self, unit: &str) -> bool {
        let agencies = self.agencies().map(|(_, unit)| unit);
        let register = &self.units;
        self.communes()
            .chain(agencies)
            .any(|other| register.same(other, unit))
    }
}

/// Whether the unit is that of the report: where it happened, to which it was forwarded, or which
/// received it.
fn sits_at(report: &ReportState, role: Role, unit: &str, register: &Units) -> bool {
    let same = |other: &str| register.same(other, unit);
    let forwarded = report.forwarded.as_ref().map(super::Seat::unit);
    same(report.incident.unit())
        || same(&report.incident_unit)
        || forwarded.is_some_and(same)
        || (received_by(&report.place_of_receipt, role) && same(report.receipt.unit()))
}

fn received_by(place: &PlaceOfReceipt, role: Role) -> bool {
    match place.kind.as_str() {
        "hotline" => role == Role::HotlineOperator,
        "police" => role == Role::PoliceOfficer,
        _ => matches!(
            role,
            Role::CommuneOfficer | Role::CommuneChair | Role::ProvincialOfficer
        ),
    }
}

/// What was done for the child of a report that waits for its answer: where it is another child than that
/// of the case, it goes along with the report into the case that this becomes.
#[must_use]
pub fn goes_along(case: &Case, report: Uuid) -> Vec<Decided> {
    let Some(state) = case.state() else {
        return Vec::new();
    };
    let known = effective(case.history());
    let own = known
        .iter()
        .filter(|recorded| state.protects(recorded).reports.contains(&report));
    own.map(|recorded| {
        let mut event = recorded.event.clone();
        if let Event::EmergencyMeasureApplied(measure) = &mut event {
            measure.facts.report = None;
        }
        Decided {
            occurred_at: recorded.occurred_at,
            event,
        }
    })
    .collect()
}
