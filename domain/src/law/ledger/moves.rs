//! Where what is open goes: to whom it is owed from now on, and from when or until when it counts.

use super::Ledger;
use super::entry::{Entry, accountable, close, fall_away};
use crate::law::governed::{Governed, Stands};
use crate::law::obligation::{Accountable, PassedOn};
use crate::law::seat::Passage;
use crate::log::Recorded;
use crate::time::Instant;

impl<'a, S: Governed> Ledger<'a, S> {
    /// What is recorded later but began earlier moves what counts from the beginning of its round.
    pub(super) fn recount(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
        if !S::moves_round(&recorded.event) {
            return;
        }
        let counting = self.counting;
        for Entry {
            step,
            owed,
            from_round,
            ..
        } in self
            .open_entries()
            .filter(|e| e.owed.cycle == S::round(state))
        {
            let began = S::round_began(state);
            let earlier = |from: Instant| began < from;
            if *from_round && owed.counted_from.is_some_and(earlier) {
                counting.limit(step, recorded, state, false, owed);
                counting.standard(step, owed);
            }
            if let Some(bound) = &step.bound
                && bound.from == S::ROUND
            {
                owed.bound = counting.bound(bound, recorded, state, None);
            }
        }
    }

    /// What was kept apart until the event, and stood beside the same that is owed for the subject, is owed with it.
    fn join(&mut self, recorded: &Recorded<S::Event>) {
        let joins = |entry: &Entry<'a, S>| {
            entry.owed.is_open() && entry.apart_until == Some(recorded.version)
        };
        let other = |entry: &Entry<'a, S>, step: &str| {
            entry.owed.is_open() && entry.owed.item.is_none() && entry.owed.step == step
        };
        for place in 0..self.entries.len() {
            let step = self.entries[place].owed.step.clone();
            let mut all = self.entries.iter().enumerate();
            let beside = all.any(|(at, entry)| at != place && other(entry, &step));
            if beside && joins(&self.entries[place]) {
                let why = S::taken_away(&recorded.event);
                fall_away::<S>(&mut self.entries[place].owed, recorded, &why);
            }
        }
    }

    /// What the event makes known to be used up already leaves less time, where a limit is open.
    pub(super) fn shorten(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
        self.join(recorded);
        for Entry { step, owed, .. } in self.open_entries() {
            if !step.apart || owed.item.is_some() || owed.limit.is_none() {
                continue;
            }
            let Some((due, why)) = S::due_since(recorded, owed.opened_by_event, state) else {
                continue;
            };
            if owed.due_at.is_some_and(|known| due < known) {
                owed.due_at = Some(due);
                owed.due_note = Some(why);
            }
        }
    }

    /// What is owed by whom the subject was given passes on with it, deadlines unchanged; an offer falls
    /// away with who made it.
    pub(super) fn hand_over(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
        let (procedure, counting) = (self.procedure, self.counting);
        let finishes = S::finishes(state);
        for Entry {
            step, owed, seat, ..
        } in self.open_entries()
        {
            owed.also.clear();
            let other = finishes.filter(|unit| owed.accountable.unit.as_deref() != Some(unit));
            let apart = step.apart && owed.item.is_some();
            if let Some(unit) = other.filter(|_| step.holder_may_finish && !apart) {
                owed.also.push(Accountable {
                    role: owed.accountable.role,
                    unit: Some(unit.to_owned()),
                    officer: S::officer(owed.accountable.role, state),
                    agency: None,
                });
            }
            if S::goes_along(step.unit) {
                let key = owed.item.as_deref();
                let now = accountable(procedure, step, state, key, recorded.occurred_at);
                if owed.accountable.unit != now.unit {
                    *seat = step.seat(key, state);
                    let before = std::mem::replace(&mut owed.accountable, now);
                    owed.before.push((recorded.occurred_at, before));
                    counting.standard(step, owed);
                }
            } else if let Some(why) = S::over(step.unit, state) {
                fall_away::<S>(owed, recorded, &why);
            }
        }
    }

    /// A thing that was answered, or does not stand any more, is not asked about.
    pub(super) fn settle_things(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
        for Entry { step, owed, .. } in self.open_entries() {
            let Some((each, key)) = step.each.zip(owed.item.as_deref()) else {
                continue;
            };
            match S::stands(each, key, state) {
                Stands::Still => {}
                Stands::Answered => close::<S>(owed, recorded),
                Stands::Gone(why) => fall_away::<S>(owed, recorded, &why),
            }
        }
    }

    /// What is open and owed by a unit that has ended is owed by its successor from now on. When it
    /// arose and by when it is due stays as it was.
    pub(super) fn pass(&mut self, recorded: &Recorded<S::Event>, passage: Passage<'_>) {
        let units = &self.procedure.units;
        for Entry { owed, seat, .. } in self.open_entries() {
            let Some(seat) = seat else { continue };
            let from = seat.unit().to_owned();
            if seat.pass(passage, units) {
                let before = owed.accountable.clone();
                owed.before.push((recorded.occurred_at, before));
                owed.accountable.unit = Some(seat.unit().to_owned());
                owed.passed_on.push(PassedOn {
                    at: recorded.occurred_at,
                    effective: passage.effective,
                    from,
                    to: seat.unit().to_owned(),
                    by_event: recorded.event_id,
                });
            }
        }
    }

    /// Whoever is put in charge takes over what is open for that role.
    pub(super) fn reassign(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
        if let Some(role) = S::reassigns(&recorded.event) {
            let officer = S::officer(role, state);
            for Entry { owed, .. } in self.open_entries() {
                if owed.accountable.role == role {
                    owed.accountable.officer.clone_from(&officer);
                }
            }
        }
        self.move_dates(recorded, state);
    }

    /// A date that moves is minded as it is now.
    pub(super) fn move_dates(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
        if !S::moves_date(&recorded.event) {
            return;
        }
        for Entry { step, owed, .. } in self.open_entries() {
            let Some(date) = S::date(owed.item.as_deref(), state) else {
                continue;
            };
            let follows = step.bound.as_ref();
            if follows.is_some_and(|bound| bound.from == S::DATE)
                && let Some(bound) = &mut owed.bound
            {
                bound.at = date;
            }
        }
    }
}
