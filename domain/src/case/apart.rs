//! What is kept apart in a case: reports of whose child nobody knows yet whether it is the one of the
//! case, and what was done to protect that child. Nothing that is said of the one counts for the other;
//! where they turn out to be two, it goes along with the report.

use uuid::Uuid;

use super::Rejection;
use super::decide::Decided;
use super::event::{Event, Recorded};
use super::history::Case;
use super::state::{CaseState, ReportState, Separation};
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
        if let Some(named) = named(&recorded.event) {
            return match self.is_apart(named) {
                true => Protects {
                    case: false,
                    reports: vec![named],
                },
                false => of_case,
            };
        }
        let by_seat = matches!(
            recorded.event,
            Event::EmergencyMeasureApplied(_) | Event::SeparationOrdered(_)
        );
        if !by_seat {
            return of_case;
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

    /// The report that waits for its answer and whose child the order of a separation can only mean, which names
    /// none: by who has no other part in the case, or where the child of the case is separated already. Of
    /// several the one told last, and one whose child is free before others.
    pub(in crate::case) fn to_separate(&self, role: Role, unit: &str) -> Option<Uuid> {
        let part = self.takes_part(unit);
        if part && self.separation().is_none() {
            return None;
        }
        let own = || {
            let waiting = self.waiting().filter(|report| match part {
                true => self.units.same(report.incident.unit(), unit),
                false => sits_at(report, role, unit, &self.units),
            });
            waiting.map(|report| report.event_id)
        };
        let free = own().filter(|report| self.separation_of(Some(*report)).is_none());
        free.last().or_else(|| own().last().filter(|_| !part))
    }

    /// A report of the commune of which nobody knew, at this place of the history, that it is about the child of the case.
    pub(in crate::case) fn unknown_then_in(&self, unit: &str) -> Option<Uuid> {
        let mut all = self.reports.iter().rev();
        let one = all.find(|report| {
            let there = self.units.same(report.incident.unit(), unit);
            there && self.unknown_then(report.event_id)
        });
        one.map(|report| report.event_id)
    }

    /// The report whose child the end of a separation, or more of it, can only mean: by who has no other part
    /// in the case, or where the child of the case is not separated.
    pub(in crate::case) fn separated_for(&self, unit: &str) -> Option<Uuid> {
        if self.takes_part(unit) && self.separation().is_some() {
            return None;
        }
        let waiting = self.waiting().map(|report| report.event_id);
        let runs = |report: &Uuid| {
            self.separation_of(Some(*report)).is_some() && self.separated_by(*report, unit)
        };
        waiting.filter(runs).last()
    }

    /// Whether the report with this id waits for its answer.
    pub(in crate::case) fn waits(&self, report: Uuid) -> bool {
        self.waiting().any(|waiting| waiting.event_id == report)
    }

    /// Whether the report with this id is kept apart.
    pub(in crate::case) fn is_apart(&self, report: Uuid) -> bool {
        self.apart().any(|apart| apart.event_id == report)
    }

    /// The separation that is running of the child of the report with this id, where that is kept apart; or
    /// else of the child of the case.
    #[must_use]
    pub fn separation_of(&self, report: Option<Uuid>) -> Option<&Separation> {
        let Some(report) = report.filter(|report| self.is_apart(*report)) else {
            let then = report.filter(|report| self.unknown_then(*report));
            let mut own = self.separations.iter().rev();
            return own
                .find(|one| one.lifted_at.is_none() && (then.is_none() || one.report == then));
        };
        let mut own = self.separations_apart(report).rev();
        own.find(|separation| separation.lifted_at.is_none())
    }

    /// Every separation of the child of a report that is kept apart, oldest first.
    pub(in crate::case) fn separations_apart(
        &self,
        report: Uuid,
    ) -> impl DoubleEndedIterator<Item = &Separation> {
        let all = self.separations_apart.iter();
        all.filter(move |(whose, _)| *whose == report)
            .map(|(_, separation)| separation)
    }

    /// Whether the commune may change a separation of the child of the report: that where it happened, and
    /// who decided on it.
    pub(in crate::case) fn separated_by(&self, report: Uuid, unit: &str) -> bool {
        let same = |other: &str| self.units.same(other, unit);
        let told = self.waiting().find(|one| one.event_id == report);
        let decided = || {
            let running = self.separation_of(Some(report));
            running.and_then(|separation| separation.by.unit.as_deref())
        };
        told.is_some_and(|told| same(told.incident.unit()) || decided().is_some_and(same))
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

/// The report that a measure of protection names as that of its child.
pub(in crate::case) fn named(event: &Event) -> Option<Uuid> {
    match event {
        Event::EmergencyMeasureApplied(measure) => measure.facts.report,
        Event::SeparationOrdered(ordered) => ordered.facts.report,
        Event::SeparationExtended(extended) => extended.facts.report,
        Event::SeparationLifted(lifted) => lifted.facts.report,
        _ => None,
    }
}

/// The report of whose child a separation is that names one: none where that is the child of the case, as is
/// known by now.
///
/// # Errors
/// `unknown-report`.
pub(in crate::case) fn report_of(
    named: Uuid,
    state: &CaseState,
) -> Result<Option<Uuid>, Rejection> {
    if state.waits(named) {
        return Ok(Some(named));
    }
    if state.reports.iter().any(|report| report.event_id == named) {
        return Ok(None);
    }
    Err(Rejection::field(
        "/report",
        "unknown-report",
        "Không có thông tin này đang chờ trả lời trong vụ việc. Hãy bỏ trống nếu là trẻ của vụ việc; nếu \
         thông tin đã thành vụ việc riêng, hãy ghi ở vụ việc đó.",
        "No such report waits for its answer in the case. Leave it out where it is about the child of the \
         case; where the report became a case of its own, record it there.",
    ))
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
        match &mut event {
            Event::EmergencyMeasureApplied(measure) => measure.facts.report = None,
            Event::SeparationOrdered(ordered) => ordered.facts.report = None,
            Event::SeparationExtended(extended) => extended.facts.report = None,
            Event::SeparationLifted(lifted) => lifted.facts.report = None,
            _ => {}
        }
        Decided {
            occurred_at: recorded.occurred_at,
            event,
        }
    })
    .collect()
}
