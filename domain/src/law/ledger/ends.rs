//! What an event ends, lets fall away, or brings back.

use super::Ledger;
use super::entry::{Again, Entry, close, fall_away};
use crate::law::definition::Reopening;
use crate::law::governed::Governed;
use crate::law::obligation::Obligation;
use crate::log::Recorded;

impl<'a, S: Governed> Ledger<'a, S> {
    pub(super) fn end(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
        let name = S::event_type(&recorded.event);
        let done_for = S::done_for(recorded, state);
        let mut again = Vec::new();
        for entry in self.waiting_entries() {
            let too_early = entry.too_early(recorded, state);
            let Entry {
                step,
                owed,
                not_before,
                shelved,
                ..
            } = entry;
            let of_the_turn_before = not_before.is_some_and(|from| recorded.occurred_at <= from);
            let ends = step.ends.iter().any(|end| end == name)
                && (!step.apart || S::ends(recorded, owed.opened_by_event, state));
            let same = done_for.covers(owed.item.as_deref());
            if !ends || too_early || of_the_turn_before || !same || std::mem::take(shelved) {
                continue;
            }
            close::<S>(owed, recorded);
            again.extend(entry.left_open(recorded));
        }
        self.open_again(again, state);
    }

    /// What was told again while an obligation was open, and is not answered by what ended that, opens one
    /// of its own.
    fn open_again(&mut self, again: Vec<Again<'a, S>>, state: &S::State) {
        for Again { step, item, told } in again {
            let known = self.entries.len();
            self.open_one(step, Some(told.opening), told.recorded, state, item);
            let answered = |entry: &Entry<'_, S>| !entry.owed.is_open();
            if self.entries.get(known).is_some_and(answered) {
                self.entries.truncate(known);
            }
        }
    }

    /// What the event lets fall away of what is owed for the subject, or for what is kept apart under a key.
    pub(super) fn waive(
        &mut self,
        recorded: &Recorded<S::Event>,
        state: &S::State,
        apart: Option<&str>,
    ) {
        let event = &recorded.event;
        let key = S::key_of(event);
        let key = key.as_deref();
        let mut again = Vec::new();
        for entry in self.waiting_entries() {
            let own = entry.owed.item.as_deref().filter(|_| entry.is_apart());
            if own != apart {
                continue;
            }
            let Entry {
                step,
                owed,
                arose_by,
                shelved,
                ..
            } = entry;
            let waiving = step.waived.iter().find(|waiving| {
                waiving.on == S::event_type(event)
                    && waiving.when.iter().all(|w| S::holds(*w, event, state))
            });
            let Some(waiving) = waiving else { continue };
            if waiving.same_round && owed.cycle != S::round(state) {
                continue;
            }
            let named = &waiving.opened_by;
            if !named.is_empty() && !named.iter().any(|name| name == arose_by) {
                continue;
            }
            // What was found earlier says nothing of what was seen since.
            if recorded.occurred_at < owed.opened_at {
                continue;
            }
            let meant = owed.item.is_none() || key.is_none() || owed.item.as_deref() == key;
            if meant && !std::mem::take(shelved) {
                fall_away::<S>(owed, recorded, &waiving.why);
                again.extend(entry.left_open(recorded));
            }
        }
        self.open_again(again, state);
    }

    /// The end of the subject ends its procedure; what runs beside it goes on unless its own file says
    /// otherwise.
    pub(super) fn close(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
        let procedure = self.procedure;
        for closing in &procedure.closings {
            let mut when = closing.when.iter();
            if closing.on != S::event_type(&recorded.event)
                || !when.all(|condition| S::holds(*condition, &recorded.event, state))
            {
                continue;
            }
            let version = recorded.version;
            let apart = |entry: &&mut Entry<'_, S>| {
                entry.is_apart() || entry.apart_until.is_some_and(|until| version < until)
            };
            for entry in self.open_entries().filter(|entry| !apart(entry)) {
                let step = entry.step;
                if step.procedure == closing.procedure && !closing.keeps.contains(&step.id) {
                    fall_away::<S>(&mut entry.owed, recorded, &closing.why);
                    entry.shelved = true;
                }
            }
        }
    }

    /// Opening the subject again brings back what its closing let fall away and nobody has answered since:
    /// by whoever would owe it now, with the time that it had. What is not brought back now never is.
    pub(super) fn bring_back(&mut self, recorded: &'a Recorded<S::Event>, state: &S::State) {
        let procedure = self.procedure;
        let on = |reopening: &&Reopening<S>| reopening.on == S::event_type(&recorded.event);
        let mut back = Vec::new();
        for reopening in procedure.reopenings.iter().filter(on) {
            let mut when = reopening.when.iter();
            let holds = when.all(|condition| S::holds(*condition, &recorded.event, state));
            let since = reopening.since;
            let since = since.map(|since| S::start(since, None, recorded, state));
            for entry in self.entries.iter_mut().filter(|entry| entry.shelved) {
                let step = entry.step;
                let named = reopening.brings_back.contains(&step.id);
                if holds && named && step.procedure == reopening.procedure {
                    entry.shelved = false;
                    let why = &reopening.why;
                    back.extend(entry.again_since(since, procedure, recorded, state, why));
                }
            }
        }
        if procedure.reopenings.iter().any(|reopening| on(&reopening)) {
            for entry in &mut self.entries {
                entry.shelved = false;
            }
        }
        for entry in back {
            let (step, item) = (&entry.owed.step, &entry.owed.item);
            // What was due before it is not hidden by what arose meanwhile.
            let sooner = |other: &Obligation| match (other.due_at, entry.owed.due_at) {
                (Some(other), Some(back)) => other <= back,
                (_, back) => back.is_none(),
            };
            let same =
                |other: &Obligation| other.step == *step && other.item == *item && sooner(other);
            let mut open = self.entries.iter().filter(|other| other.owed.is_open());
            if !open.any(|other| same(&other.owed)) {
                self.joined(&entry, recorded);
                self.entries.push(entry);
            }
        }
    }

    /// What was kept apart and proved to be owed for the subject is owed with what comes back, unless it is owed once
    /// more each time that it is told.
    fn joined(&mut self, back: &Entry<'a, S>, recorded: &Recorded<S::Event>) {
        if back.step.limits.iter().any(|limit| limit.again) {
            return;
        }
        let apart = |entry: &&mut Entry<'a, S>| {
            let known = entry
                .apart_until
                .is_some_and(|until| until <= recorded.version);
            known && entry.owed.step == back.owed.step && entry.owed.item == back.owed.item
        };
        let why = S::taken_away(&recorded.event);
        for entry in self.open_entries().filter(apart) {
            fall_away::<S>(&mut entry.owed, recorded, &why);
        }
    }

    /// What the event tells late is owed by the event: what fell away before anybody knew of it does not come back
    /// beside that, and nobody was late with it but an office that had recorded it otherwise itself.
    pub(super) fn told_late(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
        let Some(told) = S::tells_late(&recorded.event, state) else {
            return;
        };
        for entry in &mut self.entries {
            if entry.shelved && entry.owed.opened_by_event == told {
                entry.shelved = false;
                entry.owed.told_late_by = Some(recorded.event_id);
            }
        }
    }

    /// A limit that does not apply any more (`unless`) ends what is owed within it, late where its time had
    /// passed; the same is owed without a limit from then on. A warning that does not apply goes.
    pub(super) fn lift(&mut self, recorded: &'a Recorded<S::Event>, state: &S::State) {
        let mut lifted = Vec::new();
        let holds = |unless: Option<S::Condition>| {
            unless.is_some_and(|unless| S::holds(unless, &recorded.event, state))
        };
        for Entry { step, owed, .. } in self.open_entries() {
            if step.bound.as_ref().is_some_and(|bound| holds(bound.unless)) {
                owed.bound = None;
            }
            let mut limits = step.limits.iter();
            let limit = limits.find(|limit| owed.limit.is_some() && holds(limit.unless));
            let Some(why) = limit.and_then(|limit| limit.lifted.as_ref()) else {
                continue;
            };
            let at = recorded.occurred_at.max(owed.opened_at);
            fall_away::<S>(owed, recorded, why);
            owed.ended_at = Some(at);
            lifted.push((*step, owed.item.clone(), at));
        }
        for (step, item, at) in lifted {
            let known = self.entries.len();
            self.open_one(step, None, recorded, state, item);
            if let Some(entry) = self.entries.get_mut(known) {
                entry.owed.opened_at = at;
            }
        }
    }
}
