//! From where a limit counts and when it ends: law, warning and standard of an obligation.

use super::arithmetic::{Limit, LimitUnit, due};
use super::definition::{DueFrom, From, Procedure, Series, Step, StepBound, StepLimit};
use super::obligation::{Bound, Climb, Obligation, StandardDue};
use crate::calendar::Calendar;
use crate::case::{CaseState, Recorded};
use crate::identity::Role;
use crate::language::Sentence;
use crate::time::{Instant, Moment};
use crate::unit::Units;

/// What a limit is counted with.
#[derive(Clone, Copy)]
pub(super) struct Counting<'a> {
    pub procedure: &'a Procedure,
    pub calendar: &'a Calendar,
}

impl Counting<'_> {
    /// Counts the limit of the law, or says why there is none. Tells from where it counts.
    pub fn limit(
        &self,
        step: &Step,
        recorded: &Recorded,
        state: &CaseState,
        into: &mut Obligation,
    ) -> Option<From> {
        if let (Some(series), Some(turn)) = (&step.series, into.turn) {
            self.turn(series, turn, recorded, state, into);
            return Some(From::HandOver);
        }
        let applies = |limit: &&StepLimit| {
            let mut when = limit.when.iter();
            when.all(|condition| condition.holds(&recorded.event, state))
        };
        let limit = step.limits.iter().find(applies)?;
        if limit
            .unless
            .is_some_and(|unless| unless.holds(&recorded.event, state))
        {
            into.due_note.clone_from(&limit.lifted);
            return None;
        }
        let from = counted_from(limit.from, recorded, state, into.item.as_deref());
        let unit = into.accountable.unit.as_deref();
        let remote = limit
            .remote
            .filter(|_| self.procedure.standards.is_remote(unit));
        let law = Limit {
            amount: remote.unwrap_or(limit.amount),
            unit: limit.unit,
        };
        into.limit = Some(law);
        into.counted_from = Some(from);
        if remote.is_some() {
            into.due_note = Some(Sentence::new(
                "địa bàn xa xôi, hải đảo: luật cho thời hạn dài hơn",
                "a remote commune or island: the law gives more time",
            ));
        }
        // The days of earlier separations are used up: the limit holds for all of them together.
        let used = match limit.from {
            From::SeparationDecision => state.separation_days_used(),
            _ => 0,
        };
        let left = Limit {
            amount: law
                .amount
                .saturating_sub(u32::try_from(used).unwrap_or(u32::MAX)),
            unit: law.unit,
        };
        if used > 0 {
            into.due_note = Some(Sentence::new(
                format!(
                    "đã dùng {used} ngày ở lần cách ly trước, còn {} ngày",
                    left.amount
                ),
                format!(
                    "{used} days were used by earlier separations, {} are left",
                    left.amount
                ),
            ));
        }
        self.due(left, from, limit.prolonged, into);
        Some(limit.from)
    }

    fn turn(
        &self,
        series: &Series,
        turn: u32,
        recorded: &Recorded,
        state: &CaseState,
        into: &mut Obligation,
    ) {
        let from = counted_from(From::HandOver, recorded, state, into.item.as_deref());
        let law = Limit {
            amount: series.months(turn),
            unit: LimitUnit::Month,
        };
        into.limit = Some(law);
        into.counted_from = Some(from);
        self.due(law, from, true, into);
    }

    fn due(&self, limit: Limit, from: Instant, prolonged: bool, into: &mut Obligation) {
        match due(limit, from, prolonged, self.calendar) {
            Ok(found) => {
                into.due_at = Some(found.due_at);
                into.arithmetic = found.days;
            }
            Err(unknown) => into.due_note = Some(unknown.sentence()),
        }
    }

    /// A time to mind, if the step has one and it holds.
    pub fn bound(
        &self,
        bound: &StepBound,
        recorded: &Recorded,
        state: &CaseState,
        key: Option<&str>,
    ) -> Option<Bound> {
        if bound
            .unless
            .is_some_and(|unless| unless.holds(&recorded.event, state))
        {
            return None;
        }
        let at = match (bound.amount, bound.unit) {
            (Some(amount), Some(unit)) => {
                let from = counted_from(bound.from, recorded, state, key);
                due(Limit { amount, unit }, from, true, self.calendar)
                    .ok()?
                    .due_at
            }
            _ => {
                let separation = state.separation()?;
                if separation.open_ended {
                    return None;
                }
                separation.until.latest()
            }
        };
        Some(Bound {
            at,
            why: bound.why.clone(),
        })
    }

    /// The standard that a unit set, if it asks for more than the law, and to whom an unanswered
    /// offer climbs after it.
    pub fn standard(&self, step: &Step, into: &mut Obligation) {
        into.standard = None;
        into.climbs = None;
        let unit = into.accountable.unit.as_deref();
        let standards = &self.procedure.standards;
        let Some(standard) = standards.find(&step.id, unit, into.opened_at) else {
            return;
        };
        let from = into.counted_from.unwrap_or(into.opened_at);
        let Ok(found) = due(standard.limit, from, true, self.calendar) else {
            return;
        };
        if into.due_at.is_some_and(|law| law <= found.due_at) {
            return;
        }
        into.standard = Some(StandardDue {
            at: found.due_at,
            limit: standard.limit,
            unit: standard.unit.clone(),
            title: standard.title.clone(),
        });
        if step.climbs
            && let Some(unit) = unit
            && let Some(province) = Units::in_use().province_of(unit, into.opened_at.date())
        {
            into.climbs = Some(Climb {
                at: found.due_at,
                role: Role::ProvincialOfficer,
                unit: province.reference().to_owned(),
            });
        }
    }
}

pub(super) fn counted_from(
    from: From,
    recorded: &Recorded,
    state: &CaseState,
    key: Option<&str>,
) -> Instant {
    match from {
        From::OpeningEvent | From::SeparationUntil => recorded.occurred_at,
        From::EarliestReceipt => state.received_at,
        From::InitialAssessment => state
            .initial_assessment
            .as_ref()
            .map_or(recorded.occurred_at, |a| a.by.at),
        From::SeparationDecision => state
            .separation()
            .map_or(recorded.occurred_at, |s| Instant::start_of(s.counted_from)),
        From::HandOver => state
            .care
            .placements
            .iter()
            .find(|placement| Some(placement.id.as_str()) == key)
            .and_then(|placement| placement.handed_over_at)
            .unwrap_or(recorded.occurred_at),
    }
}

/// A due date that somebody set, instead of a limit.
pub(super) fn fixed_due(
    from: DueFrom,
    obligation: &Obligation,
    state: &CaseState,
    calendar: &Calendar,
) -> Option<Instant> {
    let key = obligation.item.as_deref();
    match from {
        DueFrom::None => None,
        DueFrom::ItemEnd => {
            let mut items = state.plan.iter().flat_map(|plan| &plan.items);
            let item = items.find(|item| Some(item.facts.id.as_str()) == key)?;
            Some(Instant::end_of(item.facts.end.0))
        }
        DueFrom::RespondBy => {
            let referral = state
                .referrals
                .iter()
                .find(|r| Some(r.id.as_str()) == key)?;
            referral.respond_by.map(Moment::latest)
        }
        DueFrom::TransferRespondBy => {
            let offer = state.transfer.as_ref()?;
            offer.respond_by.map(Moment::latest)
        }
        DueFrom::CrimeReportUntil => {
            let report = state.criminal.report()?;
            // A limit in months that ends on a day off ends on the next working day (Criminal
            // Procedure Code, art. 134).
            report.until.map(|until| match until {
                Moment::On(day) => Instant::end_of(calendar.working_day_from(day.0)),
                Moment::At(at) => at,
            })
        }
        DueFrom::SeparationUntil => state
            .separation()
            .filter(|separation| !separation.open_ended)
            .map(|separation| separation.until.latest()),
    }
}
