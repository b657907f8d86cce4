//! From events to obligations: who owes what by when, derived by reading the procedure file
//! alongside the history of a case. Nothing is stored; the same events, procedure and calendar
//! always give the same obligations.

mod ends;
mod entry;
mod moves;
mod opens;

use self::entry::Entry;
use self::opens::opening;
use super::corrected::{heard, settle};
use super::counting::Counting;
use super::definition::Procedure;
use super::governed::{Counts, DoneFor, Governed};
use super::obligation::{Obligation, WaitedFor};
use crate::calendar::Calendar;
use crate::log::Recorded;
use crate::time::Instant;

/// Every obligation of a subject, in the order in which they arose, as they stand at `now`.
/// Corrections are applied first: a corrected instant moves the deadlines that count from it. What was
/// late as first recorded stays visible, see `corrected`.
#[must_use]
pub fn derive_obligations<S: Governed>(
    history: &[Recorded<S::Event>],
    procedure: &Procedure<S>,
    calendar: &Calendar,
    now: Instant,
) -> Vec<Obligation> {
    follow_obligations(history, procedure, calendar, now, |_, _| ())
}

/// The same, and after each event `after` sees how every obligation stands.
pub(crate) fn follow_obligations<S: Governed>(
    history: &[Recorded<S::Event>],
    procedure: &Procedure<S>,
    calendar: &Calendar,
    now: Instant,
    after: impl FnMut(&Recorded<S::Event>, &mut dyn Iterator<Item = &Obligation>),
) -> Vec<Obligation> {
    let found = follow(history, procedure, calendar, now, after);
    let found = heard::<S>(history, found);
    let derive = |history: &[Recorded<S::Event>]| {
        let found = follow(history, procedure, calendar, now, |_, _| ());
        heard::<S>(history, found)
    };
    settle::<S>(history, found, now, &derive)
}

/// Reads the procedure alongside the history with its corrections applied.
fn follow<S: Governed>(
    history: &[Recorded<S::Event>],
    procedure: &Procedure<S>,
    calendar: &Calendar,
    now: Instant,
    mut after: impl FnMut(&Recorded<S::Event>, &mut dyn Iterator<Item = &Obligation>),
) -> Vec<Obligation> {
    let events = S::effective(history);
    let mut ledger = Ledger {
        procedure,
        counting: Counting {
            procedure,
            calendar,
        },
        entries: Vec::new(),
        done: Vec::new(),
    };
    let mut state: Option<S::State> = None;
    for recorded in &events {
        state = S::after(state, recorded, &procedure.units);
        if let Some(state) = &state {
            ledger.note(recorded, state);
            after(
                recorded,
                &mut ledger.entries.iter().map(|entry| &entry.owed),
            );
        }
    }
    let entries = ledger.entries.into_iter();
    let mut obligations: Vec<_> = entries.map(|entry| entry.owed).collect();
    wait_for(&mut obligations, procedure);
    for obligation in &mut obligations {
        obligation.stand(now);
    }
    obligations
}

/// What each obligation had to wait for that somebody else owed in the same round.
fn wait_for<S: Governed>(obligations: &mut [Obligation], procedure: &Procedure<S>) {
    let waits = |step: &str| {
        procedure
            .step(step)
            .is_some_and(|s| !s.waits_for.is_empty())
    };
    if !obligations.iter().any(|owed| waits(&owed.step)) {
        return;
    }
    let all = obligations.to_vec();
    for owed in obligations.iter_mut().filter(|owed| waits(&owed.step)) {
        let Some(step) = procedure.step(&owed.step) else {
            continue;
        };
        let others = all.iter().filter(|other| {
            step.waits_for.contains(&other.step)
                && other.cycle == owed.cycle
                && !other.accountable.is_same(&owed.accountable)
                && (other.item.is_none() || other.opened_at <= owed.opened_at)
                && owed.ended_at.is_none_or(|ended| other.opened_at < ended)
                && other.ended_at.is_none_or(|ended| owed.opened_at < ended)
        });
        owed.waited_for = others
            .map(|other| WaitedFor {
                step: other.step.clone(),
                name: other.name.clone(),
                accountable: other.accountable.clone(),
                since: other.opened_at.max(owed.opened_at),
                until: other.ended_at,
            })
            .collect();
    }
}

/// An act of this round that can end an obligation which opens only later: a child is often
/// protected before the assessment is written down.
struct Done<'a, S: Governed> {
    recorded: &'a Recorded<S::Event>,
    done_for: DoneFor,
    cycle: u32,
}

struct Ledger<'a, S: Governed> {
    procedure: &'a Procedure<S>,
    counting: Counting<'a, S>,
    entries: Vec<Entry<'a, S>>,
    done: Vec<Done<'a, S>>,
}

impl<'a, S: Governed> Ledger<'a, S> {
    fn note(&mut self, recorded: &'a Recorded<S::Event>, state: &S::State) {
        let counts = S::counts(recorded, state);
        let only = match counts {
            Counts::Nothing => return,
            Counts::Opens(each) => Some(each),
            Counts::Apart | Counts::Whole => None,
        };
        self.done.push(Done {
            recorded,
            done_for: S::done_for(recorded, state),
            cycle: S::round(state),
        });
        if counts == Counts::Apart {
            return self.note_apart(recorded, state);
        }
        if only.is_none() {
            self.reach(recorded, state);
        }
        self.open_steps(recorded, state, only);
        self.follow(recorded, state);
    }

    /// What the event does for what is kept apart.
    fn note_apart(&mut self, recorded: &'a Recorded<S::Event>, state: &S::State) {
        self.end(recorded, state);
        let Some(key) = S::apart(recorded, state) else {
            return;
        };
        self.waive(recorded, state, Some(&key));
        let procedure = self.procedure;
        for step in procedure.steps.iter().filter(|step| step.apart) {
            if let Some(opening) = opening(step, recorded, state) {
                self.open(step, opening, recorded, state);
            }
        }
        self.move_dates(recorded, state);
    }

    /// What the event ends, or takes away.
    fn reach(&mut self, recorded: &'a Recorded<S::Event>, state: &S::State) {
        self.recount(recorded, state);
        self.told_late(recorded, state);
        self.end(recorded, state);
        self.waive(recorded, state, None);
        self.close(recorded, state);
        self.bring_back(recorded, state);
        self.lift(recorded, state);
    }

    /// To whom what is open goes with the event.
    fn follow(&mut self, recorded: &'a Recorded<S::Event>, state: &S::State) {
        if let Some(passage) = S::passes(&recorded.event) {
            self.pass(recorded, passage);
        }
        self.shorten(recorded, state);
        self.settle_things(recorded, state);
        self.hand_over(recorded, state);
        self.reassign(recorded, state);
    }

    fn open_entries(&mut self) -> impl Iterator<Item = &mut Entry<'a, S>> {
        self.entries.iter_mut().filter(|entry| entry.owed.is_open())
    }

    /// What is open, or was until the subject was closed.
    fn waiting_entries(&mut self) -> impl Iterator<Item = &mut Entry<'a, S>> {
        self.entries.iter_mut().filter(|entry| entry.waits())
    }
}
