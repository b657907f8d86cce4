//! What corrections do to obligations. A correction moves what is owed from then on; what was done
//! stands. What was late as first recorded stays visible, and nobody makes their own late duty punctual
//! without a second person.

use uuid::Uuid;

use super::governed::Governed;
use super::obligation::{Accountable, Obligation, ObligationState, PassedOn};
use crate::identity::Actor;
use crate::log::Recorded;
use crate::time::{Date, Instant};

/// Derives the obligations of a history in which only the chosen corrections count.
type Derive<'a, E> = &'a dyn Fn(&[Recorded<E>]) -> Vec<Obligation>;

/// The obligations `found` with all corrections, as they count: each compared with how it stood as it was
/// first recorded, that is with those corrections only that had been made when it arose.
pub(super) fn settle<S: Governed>(
    history: &[Recorded<S::Event>],
    found: Vec<Obligation>,
    now: Instant,
    derive: Derive<'_, S::Event>,
) -> Vec<Obligation> {
    let corrections = steps::<S>(history);
    if corrections.is_empty() {
        return found;
    }
    let mut settling: Settling<'_, S> = Settling {
        history,
        corrections,
        known: Vec::new(),
        derive,
    };
    settling.known = (0..settling.corrections.len())
        .map(|steps| derive(&settling.after(steps)))
        .chain([found.clone()])
        .collect();
    let mut settled = found;
    for owed in &mut settled {
        let arose = settling.arose(owed);
        match settling.find(&settling.known[arose], owed).cloned() {
            Some(first) => settling.compare(&first, owed, arose, now),
            None => settling.learned(owed, arose, now),
        }
    }
    for gone in settling.gone(&settled, now) {
        let place = settled
            .iter()
            .position(|owed| owed.opened_at > gone.opened_at);
        settled.insert(place.unwrap_or(settled.len()), gone);
    }
    settled
}

/// Without what fell away before anybody had told of it: nobody was late with that before they knew, but the office
/// that says so only now of what it had recorded itself.
pub(super) fn heard<S: Governed>(
    history: &[Recorded<S::Event>],
    found: Vec<Obligation>,
) -> Vec<Obligation> {
    let by = |id: Uuid| {
        let mut all = history.iter();
        let told = all.find(|recorded| recorded.event_id == id)?;
        Some((told.actor.role, told.actor.unit.as_deref()))
    };
    let own = |owed: &Obligation| {
        let late = owed.told_late_by;
        late.is_none_or(|late| by(late) == by(owed.opened_by_event))
    };
    found.into_iter().filter(own).collect()
}

/// The corrections, those of one command together.
fn steps<S: Governed>(history: &[Recorded<S::Event>]) -> Vec<Vec<&Recorded<S::Event>>> {
    let mut steps: Vec<Vec<&Recorded<S::Event>>> = Vec::new();
    for recorded in history {
        if !S::looks_back(&recorded.event) {
            continue;
        }
        match steps.last_mut() {
            Some(step) if step[0].recorded_at == recorded.recorded_at => step.push(recorded),
            _ => steps.push(vec![recorded]),
        }
    }
    steps
}

/// The same obligation: known by what opened it, or else by what it is about.
fn find<'a>(all: &'a [Obligation], like: &Obligation) -> Option<&'a Obligation> {
    let alike = |owed: &&Obligation| {
        owed.step == like.step && owed.item == like.item && owed.turn == like.turn
    };
    // What was kept apart and is not any more is owed for the subject as a whole.
    let apart = |owed: &&Obligation| {
        let whole = owed.item.is_none() || like.item.is_none();
        owed.step == like.step && owed.turn == like.turn && whole
    };
    let opened = |owed: &&Obligation| owed.opened_by_event == like.opened_by_event;
    let mut exact = all.iter().filter(alike);
    exact
        .find(opened)
        .or_else(|| all.iter().filter(apart).find(opened))
        .or_else(|| {
            // Another event may open it now, where the one that did was corrected.
            let mut same_round = all.iter().filter(alike);
            same_round.find(|owed| owed.cycle == like.cycle)
        })
}

struct Settling<'a, S: Governed> {
    history: &'a [Recorded<S::Event>],
    /// The corrections step by step.
    corrections: Vec<Vec<&'a Recorded<S::Event>>>,
    /// The obligations after so many steps.
    known: Vec<Vec<Obligation>>,
    derive: Derive<'a, S::Event>,
}

impl<S: Governed> Settling<'_, S> {
    /// The same obligation. What a correction opened is owed by that alone: no other event opens it.
    fn find<'a>(&self, all: &'a [Obligation], like: &Obligation) -> Option<&'a Obligation> {
        let found = find(all, like)?;
        let other = found.opened_by_event != like.opened_by_event;
        (!(other && self.corrects(like.opened_by_event))).then_some(found)
    }

    /// Whether the event is a correction, or confirms one.
    fn corrects(&self, event: Uuid) -> bool {
        let mut all = self.history.iter();
        all.any(|one| one.event_id == event && S::looks_back(&one.event))
    }

    /// The history with only some of its corrections.
    fn keeping(&self, keep: impl Fn(&Recorded<S::Event>) -> bool) -> Vec<Recorded<S::Event>> {
        let correction = |r: &Recorded<S::Event>| S::looks_back(&r.event);
        let events = self.history.iter();
        events
            .filter(|r| !correction(r) || keep(r))
            .cloned()
            .collect()
    }

    /// The history with the first so many steps of corrections.
    fn after(&self, steps: usize) -> Vec<Recorded<S::Event>> {
        let last = steps
            .checked_sub(1)
            .and_then(|step| self.corrections[step].last());
        let version = last.map_or(0, |last| last.version);
        self.keeping(|r| r.version <= version)
    }

    /// How many steps of corrections had been made when the obligation arose, with the one that opened it.
    fn arose(&self, owed: &Obligation) -> usize {
        let mut events = self.history.iter();
        let opened = events.find(|recorded| recorded.event_id == owed.opened_by_event);
        let version = opened.map_or(0, |opened| opened.version);
        let before = |step: &&Vec<&Recorded<S::Event>>| step[0].version <= version;
        self.corrections.iter().take_while(before).count()
    }

    /// The first correction since `arose` after which `changed` holds of the obligation.
    fn since(
        &self,
        like: &Obligation,
        arose: usize,
        changed: impl Fn(Option<&Obligation>) -> bool,
    ) -> Option<&Recorded<S::Event>> {
        let step = (arose..self.corrections.len())
            .find(|step| changed(self.find(&self.known[step + 1], like)))?;
        self.corrections[step].first().copied()
    }

    fn compare(&self, first: &Obligation, owed: &mut Obligation, arose: usize, now: Instant) {
        self.hand_over(first, owed, arose, now);
        self.keep_whose(first, owed, arose, now);
        // To confirm a correction ends the question that it had opened, and corrects nothing of that.
        let ended = owed.ended_by_event.filter(|by| self.corrects(*by));
        let confirmed = ended.is_some() && self.corrects(owed.opened_by_event);
        if confirmed || (first.state, first.late) == (owed.state, owed.late) {
            return;
        }
        owed.after_correction = Some(first.state);
        let turned = |known: Option<&Obligation>| known.is_some_and(|o| late(o) != late(first));
        let by = self.since(first, arose, turned);
        owed.corrected_by = by.map(|by| by.event_id);
        if !late(first) || late(owed) {
            return;
        }
        let own: Vec<Uuid> = self.corrections[arose..]
            .iter()
            .flatten()
            .filter(|correction| !self.vouched(correction, first))
            .map(|correction| correction.event_id)
            .collect();
        if own.is_empty() {
            return;
        }
        let vouched = (self.derive)(&self.keeping(|r| !own.contains(&r.event_id)));
        if self.find(&vouched, owed).is_some_and(|owed| !late(owed)) {
            return;
        }
        owed.unconfirmed = own;
        owed.confirms = Some(first.accountable.role.second_person());
        owed.counts_as = Some(Box::new(first.clone()));
        owed.stand(now);
    }

    /// Nobody makes their own lateness another's by a correction that nobody confirmed.
    fn keep_whose(&self, first: &Obligation, owed: &mut Obligation, arose: usize, now: Instant) {
        let whose = first.answers_for_lateness();
        if !late(first) || !late(owed) || whose.is_same(owed.answers_for_lateness()) {
            return;
        }
        let mut made = self.corrections[arose..].iter().flatten();
        if made.any(|by| !self.vouched(by, first)) {
            owed.before.clone_from(&first.before);
            owed.stand(now);
        }
    }

    /// Whether somebody stands behind a correction whose own duty this is not: who made it, or who
    /// confirmed it.
    fn vouched(&self, correction: &Recorded<S::Event>, owed: &Obligation) -> bool {
        let own = |actor: &Actor| self.own(actor, owed);
        if !own(&correction.actor) {
            return true;
        }
        self.history.iter().any(|recorded| {
            S::confirms(&recorded.event) == Some(correction.event_id) && !own(&recorded.actor)
        })
    }

    /// Whether it is the actor's own duty: owed by them, or done by them.
    fn own(&self, actor: &Actor, owed: &Obligation) -> bool {
        let owes = owed.accountable.role == actor.role
            && owed.accountable.unit.is_some()
            && owed.accountable.unit == actor.unit;
        let done = owed.ended_by_event.and_then(|id| {
            let mut events = self.history.iter();
            events.find(|recorded| recorded.event_id == id)
        });
        owes || done.is_some_and(|done| {
            let officer = done.actor.officer.is_some() && done.actor.officer == actor.officer;
            officer || (done.actor.role == actor.role && done.actor.unit == actor.unit)
        })
    }

    /// What is owed by a correction alone was not known before: until then nobody is late but the office that
    /// says so now of what it had recorded itself.
    fn learned(&self, owed: &mut Obligation, arose: usize, now: Instant) {
        let Some(by) = self.since(owed, arose, |owed| owed.is_some()) else {
            return;
        };
        let office = Accountable {
            role: by.actor.role,
            unit: by.actor.unit.clone(),
            officer: None,
            agency: None,
        };
        owed.before.insert(0, (by.recorded_at, office));
        owed.stand(now);
    }

    /// A corrected commune moves what is open from then on; until then, and for what was done before,
    /// it is owed as it was recorded first.
    fn hand_over(&self, first: &Obligation, owed: &mut Obligation, arose: usize, now: Instant) {
        let to = &owed.accountable;
        if first.accountable.unit == to.unit && first.accountable.role == to.role {
            return;
        }
        let unit = to.unit.clone();
        let moved = self.since(owed, arose, |owed| {
            owed.is_some_and(|owed| owed.accountable.unit == unit)
        });
        let Some(moved) = moved else { return };
        if done_before::<S>(owed, moved) {
            owed.accountable = first.accountable.clone();
            owed.passed_on.clone_from(&first.passed_on);
            owed.before.clone_from(&first.before);
            owed.stand(now);
            return;
        }
        let from = first.accountable.unit.clone().unwrap_or_default();
        let to = unit.unwrap_or_default();
        owed.passed_on.push(PassedOn {
            at: moved.recorded_at,
            effective: Date(moved.recorded_at.date()),
            from,
            to,
            by_event: moved.event_id,
        });
        owed.passed_on.sort_by_key(|passed| passed.at);
        owed.before
            .push((moved.recorded_at, first.accountable.clone()));
        owed.before.sort_by_key(|(until, _)| *until);
        owed.stand(now);
    }

    /// What corrections took away: done before, it stands as it was, marked; open, it falls away then,
    /// and stays late where its time had passed.
    fn gone(&self, settled: &[Obligation], now: Instant) -> Vec<Obligation> {
        let mut all: Vec<Obligation> = Vec::new();
        for (steps, known) in self.known.iter().enumerate() {
            for first in known.iter().filter(|first| self.arose(first) == steps) {
                if self.find(settled, first).is_some() || self.find(&all, first).is_some() {
                    continue;
                }
                let by = self.since(first, steps, |owed| owed.is_none());
                all.extend(by.map(|by| taken_away::<S>(first, by, now)));
            }
        }
        all
    }
}

fn late(owed: &Obligation) -> bool {
    owed.late || owed.state == ObligationState::Overdue
}

/// Whether it was done, or fell away, before a correction was recorded.
fn done_before<S: Governed>(owed: &Obligation, correction: &Recorded<S::Event>) -> bool {
    let ended = owed.ended_recorded_at;
    ended.is_some_and(|ended| ended <= correction.recorded_at)
}

fn taken_away<S: Governed>(
    first: &Obligation,
    by: &Recorded<S::Event>,
    now: Instant,
) -> Obligation {
    let mut gone = first.clone();
    gone.after_correction = Some(first.state);
    if done_before::<S>(first, by) {
        return gone;
    }
    gone.ended_at = Some(by.recorded_at.max(gone.opened_at));
    gone.ended_recorded_at = Some(by.recorded_at);
    gone.ended_by = Some(S::event_type(&by.event));
    gone.ended_by_event = Some(by.event_id);
    gone.waived_because = Some(S::taken_away(&by.event));
    gone.stand(now);
    gone
}
