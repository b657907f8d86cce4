//! What an event opens: one obligation, one for each of several things, the next turn of a series.

use super::Ledger;
use super::entry::{Entry, ToldAgain, accountable, close, fall_away};
use crate::law::definition::{Opening, Step};
use crate::law::governed::{Governed, Things};
use crate::law::obligation::{Obligation, ObligationState};
use crate::log::Recorded;
use crate::time::Instant;

impl<'a, S: Governed> Ledger<'a, S> {
    /// What the event opens; of some only what repeats over `only`.
    pub(super) fn open_steps(
        &mut self,
        recorded: &'a Recorded<S::Event>,
        state: &S::State,
        only: Option<S::Each>,
    ) {
        let procedure = self.procedure;
        for step in &procedure.steps {
            if only.is_some() && step.each != only {
                continue;
            }
            if S::outside(state) && !step.outside {
                continue;
            }
            if let Some(opening) = opening(step, recorded, state) {
                self.open(step, opening, recorded, state);
            }
        }
    }

    pub(super) fn open(
        &mut self,
        step: &'a Step<S>,
        opening: &'a Opening<S>,
        recorded: &'a Recorded<S::Event>,
        state: &S::State,
    ) {
        let Some(each) = step.each else {
            let apart = S::apart(recorded, state).filter(|_| step.apart);
            return self.open_one(step, Some(opening), recorded, state, apart);
        };
        if step.series.is_some() {
            return self.open_turns(step, opening, recorded, state);
        }
        match S::things(each, recorded, state) {
            Things::Of(keys) => {
                for key in keys {
                    self.open_one(step, Some(opening), recorded, state, key);
                }
            }
            Things::Instead { of, kept, why } => {
                for Entry { owed, .. } in self.open_entries().filter(|e| e.step.id == step.id) {
                    let same = |(key, due): &(String, Instant)| {
                        owed.item.as_ref() == Some(key) && owed.due_at == Some(*due)
                    };
                    if !kept.iter().any(same) {
                        fall_away::<S>(owed, recorded, &why);
                    }
                }
                for key in of {
                    self.open_one(step, Some(opening), recorded, state, Some(key));
                }
            }
        }
    }

    /// Opens the next turn of a series. An act after the time of several turns ends all of them,
    /// late.
    fn open_turns(
        &mut self,
        step: &'a Step<S>,
        opening: &'a Opening<S>,
        recorded: &'a Recorded<S::Event>,
        state: &S::State,
    ) {
        loop {
            let id = S::key_of(&recorded.event);
            let known = self.entries.len();
            self.open_one(step, Some(opening), recorded, state, id);
            let Some(Entry { owed, .. }) = self.entries.get_mut(known) else {
                return;
            };
            let acted = step
                .ends
                .iter()
                .any(|e| e == S::event_type(&recorded.event));
            let passed = owed.due_at.is_some_and(|due| due < recorded.occurred_at);
            if !(acted && passed) {
                return;
            }
            close::<S>(owed, recorded);
        }
    }

    /// Opens one obligation; `opening` is none where it goes on in another form.
    pub(super) fn open_one(
        &mut self,
        step: &'a Step<S>,
        opening: Option<&'a Opening<S>>,
        recorded: &'a Recorded<S::Event>,
        state: &S::State,
        item: Option<String>,
    ) {
        let same = |e: &&Entry<'_, S>| e.owed.step == step.id && e.owed.item == item;
        let mut all = self.entries.iter();
        let open = all.position(|entry| entry.owed.is_open() && same(&entry));
        // What was kept apart then stood beside it.
        let beside = step.apart && !step.already_ended_in_round;
        let beside = beside && S::apart_until(recorded, state).is_some();
        let open = open.filter(|_| !beside);
        if open.is_some() && !step.already_ended_in_round {
            return;
        }
        let mut entry = self.arising(step, opening, recorded, state, item);
        if let Some(open) = open {
            let told = opening.map(|opening| ToldAgain {
                opening,
                recorded,
                alone: Box::new(entry),
            });
            self.entries[open].told_again.extend(told);
            return;
        }
        if step.already_ended_in_round && !step.ends_when_recorded {
            let earlier = self.done.iter().find(|done| {
                let ends = |end: &String| end == S::event_type(&done.recorded.event);
                done.cycle == S::round(state)
                    && step.ends.iter().any(ends)
                    && done.done_for.covers(entry.owed.item.as_deref())
                    && !entry.too_early(done.recorded, state)
            });
            if let Some(earlier) = earlier {
                close::<S>(&mut entry.owed, earlier.recorded);
            }
        }
        self.entries.push(entry);
    }

    /// One obligation as it arises by the event.
    fn arising(
        &self,
        step: &'a Step<S>,
        opening: Option<&'a Opening<S>>,
        recorded: &'a Recorded<S::Event>,
        state: &S::State,
        item: Option<String>,
    ) -> Entry<'a, S> {
        let same = |e: &&Entry<'_, S>| e.owed.step == step.id && e.owed.item == item;
        let last = self.entries.iter().rev().find(same);
        let round = S::round(state);
        let again = last.is_some_and(|entry| entry.owed.cycle == round);
        let (turn, not_before) = match &step.series {
            None => (None, None),
            Some(_) => {
                let turn = last.and_then(|entry| entry.owed.turn).unwrap_or(0) + 1;
                (Some(turn), last.and_then(|entry| entry.owed.due_at))
            }
        };
        let procedure = self.procedure;
        let at = recorded.occurred_at;
        let mut obligation = Obligation {
            step: step.id.clone(),
            name: step.name.clone(),
            why: step.why.clone(),
            turn,
            cycle: S::round(state),
            accountable: accountable(procedure, step, state, item.as_deref(), at),
            also: Vec::new(),
            passed_on: Vec::new(),
            before: Vec::new(),
            item,
            command: step.command.clone(),
            opened_at: at,
            opened_by: S::event_type(&recorded.event),
            opened_by_event: recorded.event_id,
            due_at: None,
            limit: None,
            immediately: step.immediately,
            counted_from: None,
            due_note: opening.and_then(|opening| opening.why.clone()),
            bound: None,
            standard: None,
            climbs: None,
            ended_at: None,
            ended_recorded_at: None,
            ended_by: None,
            ended_by_event: None,
            state: ObligationState::Open,
            late: false,
            late_by: None,
            late_under: None,
            after_correction: None,
            unconfirmed: Vec::new(),
            confirms: None,
            corrected_by: None,
            told_late_by: None,
            counts_as: None,
            waited_for: Vec::new(),
            waived_because: None,
            procedure: step.procedure.clone(),
            procedure_version: step.version,
            calendar: self.counting.calendar.id().to_owned(),
            legal_basis: step.legal_basis.clone(),
            form: step.form.clone(),
            interpretations: step.interpretations.clone(),
            arithmetic: Vec::new(),
        };
        let mut from_round = false;
        match opening.and_then(|opening| opening.due) {
            Some(fixed) => {
                let calendar = self.counting.calendar;
                obligation.due_at = S::fixed(fixed, &obligation, state, calendar);
                if obligation.due_at.is_none()
                    && let Some(note) = S::unset(fixed)
                {
                    obligation.due_note = Some(note);
                }
            }
            None => {
                let from = self
                    .counting
                    .limit(step, recorded, state, again, &mut obligation);
                from_round = from == Some(S::ROUND);
            }
        }
        if obligation.due_at.is_none() && step.climbs {
            // Nobody asked for an answer by a day: there is no such day to explain.
            obligation.due_note = None;
        }
        if let Some(bound) = &step.bound {
            let key = obligation.item.as_deref();
            obligation.bound = self.counting.bound(bound, recorded, state, key);
        }
        self.counting.standard(step, &mut obligation);
        if step.ends_when_recorded {
            close::<S>(&mut obligation, recorded);
            obligation.ended_at = Some(recorded.recorded_at);
        }
        let seat = step.seat(obligation.item.as_deref(), state);
        Entry {
            step,
            seat,
            owed: obligation,
            from_round,
            not_before,
            told_at: (S::moves_round(&recorded.event) && at > S::round_began(state)).then_some(at),
            told_again: Vec::new(),
            arose_by: S::event_type(&recorded.event),
            apart_until: S::apart_until(recorded, state).filter(|_| step.apart),
            shelved: false,
        }
    }
}

/// By what the event opens the step, if it does.
pub(super) fn opening<'a, S: Governed>(
    step: &'a Step<S>,
    recorded: &Recorded<S::Event>,
    state: &S::State,
) -> Option<&'a Opening<S>> {
    if !step.in_force(recorded.occurred_at) {
        return None;
    }
    let holds = |when: &S::Condition| S::holds(*when, &recorded.event, state);
    let mut opens = step.opens.iter();
    opens.find(|opening| {
        opening.on == S::event_type(&recorded.event) && opening.when.iter().all(holds)
    })
}
