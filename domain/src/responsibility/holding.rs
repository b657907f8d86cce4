//! Who held the case: at every instant the holder that follows from what had happened by then.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use super::recording::Behind;
use super::since::{Basis, events_at};
use crate::case::{Case, CaseState, Recorded, Status, effective, mark_settled, moves_competence};
use crate::time::Instant;
use crate::unit::Units;

/// A time during which one unit held the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holding {
    /// The unit that holds the case.
    pub unit: String,
    /// The commune that answers for it: another one while a place of receipt has not passed it on.
    pub answers: String,
    /// The case is closed: the unit keeps the file.
    pub closed: bool,
    /// First instant.
    pub from: Instant,
    /// The instant from which another one held it; none for the last.
    pub to: Option<Instant>,
    /// The event with which it began.
    pub began_with: Behind,
}

impl Holding {
    /// Whether it covers an instant.
    #[must_use]
    pub fn covers(&self, at: Instant) -> bool {
        self.from <= at && self.to.is_none_or(|to| at < to)
    }

    fn of(state: &CaseState, with: &Recorded) -> Self {
        Self {
            unit: state.holder_unit.clone(),
            answers: state.responsible_commune().to_owned(),
            closed: state.status == Status::Closed,
            from: with.occurred_at,
            to: None,
            began_with: Behind::of(with),
        }
    }

    fn same(&self, other: &Self) -> bool {
        (&self.unit, &self.answers, self.closed) == (&other.unit, &other.answers, other.closed)
    }
}

/// The holders one after the other, without a gap and without an overlap.
///
/// What happened earlier but was recorded later counts from when it happened: the events are taken in
/// the order of time, and those that had happened are folded in the order in which they were recorded,
/// as the state of a case always is.
pub(super) fn holders(history: &[Recorded], units: &Arc<Units>) -> Vec<Holding> {
    let moved = |event: &&Recorded| moves_competence(history, event);
    if history.iter().any(|event| moved(&event)) {
        return holders_by_instant(history, moved, units);
    }
    let mut events = effective(history);
    mark_settled(&mut events);
    let mut in_time: Vec<usize> = (0..events.len()).collect();
    in_time.sort_by_key(|index| events[*index].occurred_at);

    let mut holders: Vec<Holding> = Vec::new();
    let mut happened: Vec<usize> = Vec::with_capacity(events.len());
    let mut state: Option<CaseState> = None;
    for index in in_time {
        let event = &events[index];
        if happened.last().is_none_or(|last| *last < index) {
            happened.push(index);
            match &mut state {
                Some(state) => state.apply(event),
                None => state = CaseState::begin(event, units),
            }
        } else {
            let place = happened.partition_point(|known| *known < index);
            happened.insert(place, index);
            state = fold(&events, &happened, units);
        }
        if let Some(state) = &state {
            put(&mut holders, Holding::of(state, event));
        }
    }
    holders
}

/// The same where a correction or an answer moved who answers: it counts from then on, so every instant at which
/// something changes is asked by itself.
fn holders_by_instant(
    history: &[Recorded],
    moved: impl Fn(&&Recorded) -> bool,
    units: &Arc<Units>,
) -> Vec<Holding> {
    let known = effective(history);
    let events = known
        .iter()
        .map(|event| (event.occurred_at, event.as_ref()));
    let corrections = history.iter().filter(moved);
    let mut changes: Vec<_> = events
        .chain(corrections.map(|event| (event.recorded_at, event)))
        .collect();
    changes.sort_by_key(|(at, _)| *at);
    let mut holders: Vec<Holding> = Vec::new();
    for (at, event) in changes {
        let case = Case::fold(events_at(history, at, Basis::Happened), units);
        if let Some(state) = case.state() {
            let mut next = Holding::of(state, event);
            next.from = at;
            put(&mut holders, next);
        }
    }
    holders
}

/// The state that follows from some of the events; what stands before their first report is left out.
fn fold(events: &[Cow<'_, Recorded>], which: &[usize], units: &Arc<Units>) -> Option<CaseState> {
    let mut state: Option<CaseState> = None;
    for index in which {
        match &mut state {
            Some(state) => state.apply(&events[*index]),
            None => state = CaseState::begin(&events[*index], units),
        }
    }
    state
}

fn put(holders: &mut Vec<Holding>, next: Holding) {
    while let Some(last) = holders.last_mut() {
        if last.same(&next) {
            return;
        }
        // Several events of one instant: the last of them says who held it then.
        if last.from == next.from {
            holders.pop();
            if let Some(before) = holders.last_mut() {
                before.to = None;
            }
            continue;
        }
        last.to = Some(next.from);
        break;
    }
    holders.push(next);
}
