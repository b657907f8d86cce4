//! One obligation as the ledger keeps it, and what is told about it while it is open.

use chrono::TimeDelta;

use crate::identity::Role;
use crate::language::Sentence;
use crate::law::definition::{Opening, Procedure, Step};
use crate::law::governed::Governed;
use crate::law::obligation::{Accountable, Obligation};
use crate::law::seat::Seat;
use crate::log::Recorded;
use crate::time::Instant;

/// An obligation with the version of the step that it follows: the one in force when it opened.
pub(super) struct Entry<'a, S: Governed> {
    pub(super) step: &'a Step<S>,
    pub(super) owed: Obligation,
    /// In which place of the subject the unit answers that owes it.
    pub(super) seat: Option<Seat>,
    /// The limit counts from the beginning of the round.
    pub(super) from_round: bool,
    /// Of a series: the instant before which an act belongs to the turn before.
    pub(super) not_before: Option<Instant>,
    /// What was told while the round ran already: when. An act of before it is no answer to it.
    pub(super) told_at: Option<Instant>,
    /// What would have opened it once more while it was open, oldest first.
    pub(super) told_again: Vec<ToldAgain<'a, S>>,
    /// The type of the event by which it first arose.
    pub(super) arose_by: &'static str,
    /// It was kept apart until the event of this version: no closing of before ends it.
    pub(super) apart_until: Option<i64>,
    /// It fell away by the closing of its subject alone: nobody has answered it since.
    pub(super) shelved: bool,
}

/// What would have opened an obligation that was open already.
pub(super) struct ToldAgain<'a, S: Governed> {
    pub(super) opening: &'a Opening<S>,
    pub(super) recorded: &'a Recorded<S::Event>,
    /// As it would have been owed by itself.
    pub(super) alone: Box<Entry<'a, S>>,
}

impl<S: Governed> Entry<'_, S> {
    /// Whether an act came too early to end the obligation: before the beginning of its round, before
    /// what opened it was seen, or before it was told in a round that ran already. What was done before
    /// anything had been written down counts, if not too long before (`hours_before_all`).
    pub(super) fn too_early(&self, recorded: &Recorded<S::Event>, state: &S::State) -> bool {
        let from = self.told_at.or(self.owed.counted_from);
        let Some(from) = from else {
            return false;
        };
        if !(self.from_round || self.step.already_ended_in_round) || recorded.occurred_at >= from {
            return false;
        }
        let first = S::began(state);
        let back = self.step.hours_before_all.map(i64::from);
        let too_long = |first: Instant| {
            let length = first.utc() - recorded.occurred_at.utc();
            back.is_some_and(|hours| length > TimeDelta::hours(hours))
        };
        let before_all =
            first.is_some_and(|first| recorded.occurred_at < first && !too_long(first));
        !(before_all && self.from_round && first == Some(from))
    }
}

impl<'a, S: Governed> Entry<'a, S> {
    /// Whether it can still be answered, or taken away.
    pub(super) const fn waits(&self) -> bool {
        self.owed.is_open() || self.shelved
    }

    /// It is owed for what is kept apart: nothing that is said of the subject takes it away.
    pub(super) fn is_apart(&self) -> bool {
        self.step.apart && self.owed.item.is_some()
    }

    /// The same, owed again with the time that it had.
    pub(super) fn again(
        &mut self,
        procedure: &Procedure<S>,
        recorded: &Recorded<S::Event>,
        state: &S::State,
        why: &Sentence,
    ) -> Self {
        let (step, key) = (self.step, self.owed.item.as_deref());
        let at = recorded.occurred_at;
        let now = accountable(procedure, step, state, key, at);
        let mut before = self.owed.before.clone();
        if !self.owed.accountable.is_same(&now) {
            before.push((at, self.owed.accountable.clone()));
        }
        Entry {
            step,
            seat: step.seat(key, state),
            owed: Obligation {
                cycle: S::round(state),
                accountable: now,
                also: Vec::new(),
                passed_on: Vec::new(),
                before,
                opened_at: at,
                opened_by: S::event_type(&recorded.event),
                opened_by_event: recorded.event_id,
                due_note: Some(why.clone()),
                ended_at: None,
                ended_recorded_at: None,
                ended_by: None,
                ended_by_event: None,
                waived_because: None,
                ..self.owed.clone()
            },
            from_round: self.from_round,
            not_before: self.not_before,
            told_at: self.told_at,
            told_again: std::mem::take(&mut self.told_again),
            arose_by: self.arose_by,
            apart_until: self.apart_until,
            shelved: false,
        }
    }

    /// The same, where all that came before `since` was answered: what was told again since, with the time that this
    /// would have had by itself.
    pub(super) fn again_since(
        &mut self,
        since: Option<Instant>,
        procedure: &Procedure<S>,
        recorded: &Recorded<S::Event>,
        state: &S::State,
        why: &Sentence,
    ) -> Option<Self> {
        let Some(since) = since.filter(|since| self.owed.opened_at < *since) else {
            return Some(self.again(procedure, recorded, state, why));
        };
        let again = std::mem::take(&mut self.told_again).into_iter();
        let mut again = again.filter(|told| since <= told.recorded.occurred_at);
        let mut first = again.next()?.alone;
        first.told_again = again.collect();
        Some(first.again(procedure, recorded, state, why))
    }

    /// Of what was told again, what came after the act that ended the obligation, or let it fall away.
    pub(super) fn left_open(&mut self, ended: &Recorded<S::Event>) -> Vec<Again<'a, S>> {
        let told = std::mem::take(&mut self.told_again).into_iter();
        told.filter(|told| ended.occurred_at < told.recorded.occurred_at)
            .map(|told| Again {
                step: self.step,
                item: self.owed.item.clone(),
                told,
            })
            .collect()
    }
}

/// What opens an obligation once more, since what ended the one before came before it.
pub(super) struct Again<'a, S: Governed> {
    pub(super) step: &'a Step<S>,
    pub(super) item: Option<String>,
    pub(super) told: ToldAgain<'a, S>,
}

/// Who owes `step` at `at`; `key` is the thing that it is about.
pub(super) fn accountable<S: Governed>(
    procedure: &Procedure<S>,
    step: &Step<S>,
    state: &S::State,
    key: Option<&str>,
    at: Instant,
) -> Accountable {
    let role: Role = step.role(key, state);
    let agency = step.agency.as_ref();
    Accountable {
        role,
        unit: step.seat(key, state).map(|seat| seat.unit().to_owned()),
        officer: S::officer(role, state),
        agency: agency
            .and_then(|name| procedure.agency(name, at))
            .and_then(|competence| competence.name.clone()),
    }
}

/// The event ends it.
pub(super) fn close<S: Governed>(obligation: &mut Obligation, recorded: &Recorded<S::Event>) {
    obligation.ended_at = Some(recorded.occurred_at);
    obligation.ended_recorded_at = Some(recorded.recorded_at);
    obligation.ended_by = Some(S::event_type(&recorded.event));
    obligation.ended_by_event = Some(recorded.event_id);
}

/// The event lets it fall away.
pub(super) fn fall_away<S: Governed>(
    obligation: &mut Obligation,
    recorded: &Recorded<S::Event>,
    why: &Sentence,
) {
    close::<S>(obligation, recorded);
    obligation.waived_because = Some(why.clone());
}
