//! From where a limit counts and when it ends: law, warning and standard of an obligation.

use super::arithmetic::{Limit, LimitUnit, due};
use super::definition::{Procedure, Series, Step, StepBound, StepLimit};
use super::governed::Governed;
use super::obligation::{Bound, Climb, Obligation, StandardDue};
use crate::calendar::Calendar;
use crate::identity::Role;
use crate::language::Sentence;
use crate::log::Recorded;
use crate::time::Instant;

/// What a limit is counted with.
pub(super) struct Counting<'a, S: Governed> {
    pub procedure: &'a Procedure<S>,
    pub calendar: &'a Calendar,
}

impl<S: Governed> Clone for Counting<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Governed> Copy for Counting<'_, S> {}

impl<S: Governed> Counting<'_, S> {
    /// Counts the limit of the law, or says why there is none; `again` where the step was owed in this
    /// round before, and is no more. Tells from where it counts.
    pub fn limit(
        &self,
        step: &Step<S>,
        recorded: &Recorded<S::Event>,
        state: &S::State,
        again: bool,
        into: &mut Obligation,
    ) -> Option<S::Start> {
        if let (Some(series), Some(turn)) = (&step.series, into.turn) {
            self.turn(series, turn, recorded, state, into);
            return Some(S::SERIES);
        }
        let applies = |limit: &&StepLimit<S>| {
            let mut when = limit.when.iter();
            (again || !limit.again)
                && when.all(|condition| S::holds(*condition, &recorded.event, state))
        };
        let limit = step.limits.iter().find(applies)?;
        if limit
            .unless
            .is_some_and(|unless| S::holds(unless, &recorded.event, state))
        {
            into.due_note.clone_from(&limit.lifted);
            return None;
        }
        let from = S::start(limit.from, into.item.as_deref(), recorded, state);
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
        // What was used up before counts: the limit holds for all times together.
        let used = S::used(limit.from, into.item.as_deref(), state);
        let amount = used.map_or(0, |used| used.amount);
        let left = Limit {
            amount: law.amount.saturating_sub(amount),
            unit: law.unit,
        };
        if let Some(used) = used {
            into.due_note = Some((used.note)(used.amount, left.amount));
        }
        self.due(left, from, limit.prolonged, into);
        Some(limit.from)
    }

    fn turn(
        &self,
        series: &Series,
        turn: u32,
        recorded: &Recorded<S::Event>,
        state: &S::State,
        into: &mut Obligation,
    ) {
        let from = S::start(S::SERIES, into.item.as_deref(), recorded, state);
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
        bound: &StepBound<S>,
        recorded: &Recorded<S::Event>,
        state: &S::State,
        key: Option<&str>,
    ) -> Option<Bound> {
        if bound
            .unless
            .is_some_and(|unless| S::holds(unless, &recorded.event, state))
        {
            return None;
        }
        let at = match (bound.amount, bound.unit) {
            (Some(amount), Some(unit)) => {
                let from = S::start(bound.from, key, recorded, state);
                due(Limit { amount, unit }, from, true, self.calendar)
                    .ok()?
                    .due_at
            }
            _ => S::date(key, state)?,
        };
        Some(Bound {
            at,
            why: bound.why.clone(),
        })
    }

    /// The standard that a unit set, if it asks for more than the law, and to whom an unanswered
    /// offer climbs after it.
    pub fn standard(&self, step: &Step<S>, into: &mut Obligation) {
        into.standard = None;
        into.climbs = None;
        let unit = into.accountable.unit.as_deref();
        let standards = &self.procedure.standards;
        let Some(standard) = standards.find(&step.id, unit, into.opened_at, &self.procedure.units)
        else {
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
            && let Some(province) = self
                .procedure
                .units
                .province_of(unit, into.opened_at.date())
        {
            into.climbs = Some(Climb {
                at: found.due_at,
                role: Role::ProvincialOfficer,
                unit: province.reference().to_owned(),
            });
        }
    }
}
