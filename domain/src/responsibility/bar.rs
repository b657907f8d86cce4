//! Each obligation as a bar: from its opening to its end, with its limit, the part after the limit,
//! and who owed it in turn.

use std::collections::HashMap;

use serde::Serialize;
use uuid::Uuid;

use super::corrects;
use super::lane::{Lane, lane_of};
use super::recording::Behind;
use crate::calendar::Calendar;
use crate::case::Procedure;
use crate::case::Recorded;
use crate::law::{Accountable, Obligation, ObligationState, follow_obligations};
use crate::time::Instant;

/// Steps in which one agency waits for the answer of another: until then it is not certain that the
/// other has it in hand.
pub const HAND_OVERS: [&str; 4] = [
    "forward-report",
    "acknowledge-report",
    "referral-response",
    "transfer-response",
];

/// Whether a step is the answer to a hand-over.
#[must_use]
pub fn is_hand_over(step: &str) -> bool {
    HAND_OVERS.contains(&step)
}

/// From one instant to before another, or without an end yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First instant.
    pub from: Instant,
    /// The instant before which it ends; none while it lasts.
    pub to: Option<Instant>,
}

/// Who owed it for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Owner {
    /// Role, unit and officer.
    #[serde(flatten)]
    pub accountable: Accountable,
    /// Their lane.
    pub lane: usize,
    /// For how long.
    #[serde(flatten)]
    pub span: Span,
    /// The event with which it came to them.
    pub since: Behind,
}

/// An obligation over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bar {
    /// The obligation as it stands.
    #[serde(flatten)]
    pub obligation: Obligation,
    /// When it arose.
    pub from: Instant,
    /// When it ended, never before it arose; none while it is open.
    pub to: Option<Instant>,
    /// From its limit until it ended, where it outlasted its limit.
    pub overdue: Option<Span>,
    /// It is the answer to a hand-over.
    pub hand_over: bool,
    /// Who owed it, one after the other.
    pub owners: Vec<Owner>,
    /// The event that opened it.
    pub opened_with: Behind,
    /// The event that ended it.
    pub ended_with: Option<Behind>,
}

impl Bar {
    /// Whether it was open at an instant.
    #[must_use]
    pub fn covers(&self, at: Instant) -> bool {
        self.from <= at && self.to.is_none_or(|to| at < to)
    }

    /// Whether its time was over at an instant at which it was open. Exactly at the limit is in time.
    #[must_use]
    pub fn overdue_at(&self, at: Instant) -> bool {
        self.covers(at) && self.obligation.due_at.is_some_and(|due| due < at)
    }

    /// Where it stands. What fell away after its limit is told as fallen away.
    #[must_use]
    pub const fn state(&self) -> ObligationState {
        self.obligation.state
    }

    /// Who owed it at an instant at which it was open; before and after that who owed it first and
    /// last.
    #[must_use]
    pub fn owner_at(&self, at: Instant) -> Option<&Owner> {
        let mut owners = self.owners.iter().rev();
        owners
            .find(|owner| owner.span.from <= at)
            .or(self.owners.first())
    }
}

pub(super) fn bars(
    history: &[Recorded],
    procedure: &Procedure,
    calendar: &Calendar,
    now: Instant,
    lanes: &mut Vec<Lane>,
) -> Vec<Bar> {
    let behind: HashMap<Uuid, Behind> = history
        .iter()
        .map(|event| (event.event_id, Behind::of(event)))
        .collect();
    let mut owners: Vec<Vec<Owner>> = Vec::new();
    let mut keys: Vec<Key> = Vec::new();
    let obligations = follow_obligations(history, procedure, calendar, now, |event, entries| {
        for (index, entry) in entries.enumerate() {
            let Some(known) = owners.get_mut(index) else {
                keys.push(key(entry));
                owners.push(vec![owner(lanes, entry, entry.opened_at, event)]);
                continue;
            };
            let Some(last) = known.last_mut() else {
                continue;
            };
            if last.accountable != entry.accountable {
                let from = event.occurred_at.max(last.span.from);
                last.span.to = Some(from);
                known.push(owner(lanes, entry, from, event));
            }
        }
    });
    // What corrections took away, or moved, is not among what was followed.
    let mut followed: HashMap<_, _> = keys.into_iter().zip(owners).collect();
    obligations
        .into_iter()
        .map(|obligation| {
            let known = followed.remove(&key(&obligation));
            let last = |owners: &Vec<Owner>| {
                let owner = owners.last().map(|owner| &owner.accountable);
                owner.is_some_and(|owner| {
                    *owner == obligation.accountable && !moved(&obligation, history)
                })
            };
            let owners = known
                .filter(last)
                .unwrap_or_else(|| told(&obligation, lanes, &behind));
            bar(obligation, owners, &behind, now)
        })
        .collect()
}

/// By what an obligation is told apart.
type Key = (String, Option<String>, Option<u32>, Uuid);

fn key(of: &Obligation) -> Key {
    (
        of.step.clone(),
        of.item.clone(),
        of.turn,
        of.opened_by_event,
    )
}

/// Whether a correction moved who owes it.
fn moved(obligation: &Obligation, history: &[Recorded]) -> bool {
    obligation.passed_on.iter().any(|passed| {
        let mut events = history.iter();
        let by = events.find(|event| event.event_id == passed.by_event);
        by.is_some_and(|by| corrects(&by.event))
    })
}

/// Who owed it, as the obligation itself tells.
fn told(of: &Obligation, lanes: &mut Vec<Lane>, behind: &HashMap<Uuid, Behind>) -> Vec<Owner> {
    let since = |event: Uuid, event_type: &'static str| {
        behind.get(&event).cloned().unwrap_or(Behind {
            event_id: event,
            version: 0,
            event_type,
        })
    };
    let mut owner = |unit: Option<&str>, from: Instant, since: Behind| {
        let accountable = Accountable {
            unit: unit.map(str::to_owned),
            ..of.accountable.clone()
        };
        Owner {
            lane: lane_of(lanes, accountable.role, unit),
            accountable,
            span: Span { from, to: None },
            since,
        }
    };
    let first = of.passed_on.first().map(|passed| passed.from.as_str());
    let first = first.or(of.accountable.unit.as_deref());
    let opened = since(of.opened_by_event, of.opened_by);
    let mut owners = vec![owner(first, of.opened_at, opened)];
    for passed in &of.passed_on {
        let from = passed.at.max(of.opened_at);
        let by = since(passed.by_event, "FactCorrected");
        let next = owner(Some(&passed.to), from, by);
        if let Some(last) = owners.last_mut() {
            last.span.to = Some(from);
        }
        owners.push(next);
    }
    owners
}

fn owner(lanes: &mut Vec<Lane>, of: &Obligation, from: Instant, event: &Recorded) -> Owner {
    let Accountable { role, unit, .. } = &of.accountable;
    Owner {
        lane: lane_of(lanes, *role, unit.as_deref()),
        accountable: of.accountable.clone(),
        span: Span { from, to: None },
        since: Behind::of(event),
    }
}

fn bar(
    obligation: Obligation,
    mut owners: Vec<Owner>,
    behind: &HashMap<Uuid, Behind>,
    now: Instant,
) -> Bar {
    let from = obligation.opened_at;
    // What was done before it was known to be owed, or was told so afterwards.
    let to = obligation.ended_at.map(|ended| ended.max(from));
    let overdue = obligation
        .due_at
        .filter(|due| *due < to.unwrap_or(now))
        .map(|due| Span { from: due, to });
    if let Some(to) = to {
        owners.retain(|owner| owner.span.from < to || owner.span.from == from);
        if let Some(last) = owners.last_mut() {
            last.span.to = Some(to);
        }
    }
    let opened_with = behind.get(&obligation.opened_by_event).cloned();
    let ended_with = obligation
        .ended_by_event
        .and_then(|event| behind.get(&event).cloned());
    Bar {
        from,
        to,
        overdue,
        hand_over: is_hand_over(&obligation.step),
        owners,
        opened_with: opened_with.unwrap_or(Behind {
            event_id: obligation.opened_by_event,
            version: 0,
            event_type: obligation.opened_by,
        }),
        ended_with,
        obligation,
    }
}
