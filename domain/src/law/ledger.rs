//! From events to obligations: who owes what by when, derived by reading the procedure file
//! alongside the history of a case. Nothing is stored; the same events, procedure and calendar
//! always give the same obligations.

use chrono::TimeDelta;

use super::corrected::settle;
use super::counting::Counting;
use super::definition::{Opening, Procedure, Reopening, Step};
use super::governed::{Counts, DoneFor, Governed, Stands, Things};
use super::obligation::{Accountable, Obligation, ObligationState, PassedOn, WaitedFor};
use super::seat::{Passage, Seat};
use crate::calendar::Calendar;
use crate::identity::Role;
use crate::language::Sentence;
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
    let derive =
        |history: &[Recorded<S::Event>]| follow(history, procedure, calendar, now, |_, _| ());
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
                && other.accountable.role != owed.accountable.role
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

/// An obligation with the version of the step that it follows: the one in force when it opened.
struct Entry<'a, S: Governed> {
    step: &'a Step<S>,
    owed: Obligation,
    /// In which place of the subject the unit answers that owes it.
    seat: Option<Seat>,
    /// The limit counts from the beginning of the round.
    from_round: bool,
    /// Of a series: the instant before which an act belongs to the turn before.
    not_before: Option<Instant>,
    /// What was told while the round ran already: when. An act of before it is no answer to it.
    told_at: Option<Instant>,
    /// What would have opened it once more while it was open, oldest first.
    told_again: Vec<ToldAgain<'a, S>>,
    /// The type of the event by which it first arose.
    arose_by: &'static str,
    /// It fell away by the closing of its subject alone: nobody has answered it since.
    shelved: bool,
}

/// What would have opened an obligation that was open already.
struct ToldAgain<'a, S: Governed> {
    opening: &'a Opening<S>,
    recorded: &'a Recorded<S::Event>,
}

impl<S: Governed> Entry<'_, S> {
    /// Whether an act came too early to end the obligation: before the beginning of its round, before
    /// what opened it was seen, or before it was told in a round that ran already. What was done before
    /// anything had been written down counts, if not too long before (`hours_before_all`).
    fn too_early(&self, recorded: &Recorded<S::Event>, state: &S::State) -> bool {
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
    const fn waits(&self) -> bool {
        self.owed.is_open() || self.shelved
    }

    /// It is owed for what is kept apart: nothing that is said of the subject takes it away.
    fn is_apart(&self) -> bool {
        self.step.apart && self.owed.item.is_some()
    }

    /// The same, owed again with the time that it had.
    fn again(
        &mut self,
        procedure: &Procedure<S>,
        recorded: &Recorded<S::Event>,
        state: &S::State,
        why: &Sentence,
    ) -> Self {
        let (step, key) = (self.step, self.owed.item.as_deref());
        let at = recorded.occurred_at;
        Entry {
            step,
            seat: step.seat(key, state),
            owed: Obligation {
                cycle: S::round(state),
                accountable: accountable(procedure, step, state, key, at),
                also: Vec::new(),
                passed_on: Vec::new(),
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
            shelved: false,
        }
    }

    /// Of what was told again, what came after the act that ended the obligation, or let it fall away.
    fn left_open(&mut self, ended: &Recorded<S::Event>) -> Vec<Again<'a, S>> {
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
struct Again<'a, S: Governed> {
    step: &'a Step<S>,
    item: Option<String>,
    told: ToldAgain<'a, S>,
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
        self.end(recorded, state);
        self.waive(recorded, state, None);
        self.close(recorded, state);
        self.bring_back(recorded, state);
        self.lift(recorded, state);
    }

    /// What the event opens; of some only what repeats over `only`.
    fn open_steps(
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

    /// To whom what is open goes with the event.
    fn follow(&mut self, recorded: &'a Recorded<S::Event>, state: &S::State) {
        if let Some(passage) = S::passes(&recorded.event) {
            self.pass(recorded, passage);
        }
        self.hand_over(recorded, state);
        self.settle_things(recorded, state);
        self.reassign(recorded, state);
    }

    fn open_entries(&mut self) -> impl Iterator<Item = &mut Entry<'a, S>> {
        self.entries.iter_mut().filter(|entry| entry.owed.is_open())
    }

    /// What is open, or was until the subject was closed.
    fn waiting_entries(&mut self) -> impl Iterator<Item = &mut Entry<'a, S>> {
        self.entries.iter_mut().filter(|entry| entry.waits())
    }

    /// What is recorded later but began earlier moves what counts from the beginning of its round.
    fn recount(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
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

    fn end(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
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
            let ends = step.ends.iter().any(|end| end == name);
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
    fn waive(&mut self, recorded: &Recorded<S::Event>, state: &S::State, apart: Option<&str>) {
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
    fn close(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
        let procedure = self.procedure;
        for closing in &procedure.closings {
            let mut when = closing.when.iter();
            if closing.on != S::event_type(&recorded.event)
                || !when.all(|condition| S::holds(*condition, &recorded.event, state))
            {
                continue;
            }
            for entry in self.open_entries().filter(|e| !e.is_apart()) {
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
    fn bring_back(&mut self, recorded: &'a Recorded<S::Event>, state: &S::State) {
        let procedure = self.procedure;
        let on = |reopening: &&Reopening<S>| reopening.on == S::event_type(&recorded.event);
        let mut back = Vec::new();
        for reopening in procedure.reopenings.iter().filter(on) {
            let mut when = reopening.when.iter();
            let holds = when.all(|condition| S::holds(*condition, &recorded.event, state));
            for entry in self.entries.iter_mut().filter(|entry| entry.shelved) {
                let step = entry.step;
                let named = reopening.brings_back.contains(&step.id);
                if holds && named && step.procedure == reopening.procedure {
                    entry.shelved = false;
                    back.push(entry.again(procedure, recorded, state, &reopening.why));
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
            let same = |other: &Obligation| other.step == *step && other.item == *item;
            let mut open = self.entries.iter().filter(|other| other.owed.is_open());
            if !open.any(|other| same(&other.owed)) {
                self.entries.push(entry);
            }
        }
    }

    /// A limit that does not apply any more (`unless`) ends what is owed within it, late where its time had
    /// passed; the same is owed without a limit from then on. A warning that does not apply goes.
    fn lift(&mut self, recorded: &'a Recorded<S::Event>, state: &S::State) {
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

    fn open(
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
    fn open_one(
        &mut self,
        step: &'a Step<S>,
        opening: Option<&'a Opening<S>>,
        recorded: &'a Recorded<S::Event>,
        state: &S::State,
        item: Option<String>,
    ) {
        let same = |e: &&Entry<'_, S>| e.owed.step == step.id && e.owed.item == item;
        let open = self.open_entries().find(|entry| same(&&**entry));
        if let Some(entry) = open {
            if let Some(opening) = opening.filter(|_| step.already_ended_in_round) {
                entry.told_again.push(ToldAgain { opening, recorded });
            }
            return;
        }
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
        let mut entry = Entry {
            step,
            seat,
            owed: obligation,
            from_round,
            not_before,
            told_at: (S::moves_round(&recorded.event) && at > S::round_began(state)).then_some(at),
            told_again: Vec::new(),
            arose_by: S::event_type(&recorded.event),
            shelved: false,
        };
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

    /// What is owed by whom the subject was given passes on with it, deadlines unchanged; an offer falls
    /// away with who made it.
    fn hand_over(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
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
    fn settle_things(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
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
    fn pass(&mut self, recorded: &Recorded<S::Event>, passage: Passage<'_>) {
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
    fn reassign(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
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
    fn move_dates(&mut self, recorded: &Recorded<S::Event>, state: &S::State) {
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

/// By what the event opens the step, if it does.
fn opening<'a, S: Governed>(
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

/// Who owes `step` at `at`; `key` is the thing that it is about.
fn accountable<S: Governed>(
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

fn close<S: Governed>(obligation: &mut Obligation, recorded: &Recorded<S::Event>) {
    obligation.ended_at = Some(recorded.occurred_at);
    obligation.ended_recorded_at = Some(recorded.recorded_at);
    obligation.ended_by = Some(S::event_type(&recorded.event));
    obligation.ended_by_event = Some(recorded.event_id);
}

fn fall_away<S: Governed>(
    obligation: &mut Obligation,
    recorded: &Recorded<S::Event>,
    why: &Sentence,
) {
    close::<S>(obligation, recorded);
    obligation.waived_because = Some(why.clone());
}
