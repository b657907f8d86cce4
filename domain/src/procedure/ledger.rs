//! From events to obligations: who owes what by when, derived by reading the procedure file
//! alongside the history of a case. Nothing is stored; the same events, procedure and calendar
//! always give the same obligations.

use super::accountable::{accountable, owing_seat};
use super::corrected::settle;
use super::counting::{Counting, fixed_due};
use super::definition::{DueFrom, Each, From, Opening, OwingUnit, Procedure, Step};
use super::obligation::{Accountable, Obligation, ObligationState, PassedOn, WaitedFor};
use crate::calendar::Calendar;
use crate::case::events::competence::PassedFacts;
use crate::case::{CaseState, Contradiction, Event, Recorded, Seat, contradiction_key, effective};
use crate::language::Sentence;
use crate::time::Instant;
use crate::unit::Units;

/// Every obligation of a case, in the order in which they arose, as they stand at `now`.
/// Corrections are applied first: a corrected instant moves the deadlines that count from it. What was
/// late as first recorded stays visible, see `corrected`.
#[must_use]
pub fn derive_obligations(
    history: &[Recorded],
    procedure: &Procedure,
    calendar: &Calendar,
    now: Instant,
) -> Vec<Obligation> {
    follow_obligations(history, procedure, calendar, now, |_, _| ())
}

/// The same, and after each event `after` sees how every obligation stands.
pub(crate) fn follow_obligations(
    history: &[Recorded],
    procedure: &Procedure,
    calendar: &Calendar,
    now: Instant,
    after: impl FnMut(&Recorded, &mut dyn Iterator<Item = &Obligation>),
) -> Vec<Obligation> {
    let found = follow(history, procedure, calendar, now, after);
    let derive = |history: &[Recorded]| follow(history, procedure, calendar, now, |_, _| ());
    settle(history, found, now, &derive)
}

/// Reads the procedure alongside the history with its corrections applied.
fn follow(
    history: &[Recorded],
    procedure: &Procedure,
    calendar: &Calendar,
    now: Instant,
    mut after: impl FnMut(&Recorded, &mut dyn Iterator<Item = &Obligation>),
) -> Vec<Obligation> {
    let events = effective(history);
    let mut ledger = Ledger {
        procedure,
        counting: Counting {
            procedure,
            calendar,
        },
        entries: Vec::new(),
        done: Vec::new(),
    };
    let mut state: Option<CaseState> = None;
    for recorded in &events {
        match &mut state {
            None => state = CaseState::begin(recorded),
            Some(state) => state.apply(recorded),
        }
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
fn wait_for(obligations: &mut [Obligation], procedure: &Procedure) {
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
struct Done<'a> {
    recorded: &'a Recorded,
    cycle: u32,
}

/// An obligation with the version of the step that it follows: the one in force when it opened.
struct Entry<'a> {
    step: &'a Step,
    owed: Obligation,
    /// In which place of the case the unit answers that owes it.
    seat: Option<Seat>,
    /// The limit counts from the receipt of the round.
    from_receipt: bool,
    /// Of a series: the instant before which an act belongs to the turn before.
    not_before: Option<Instant>,
}

impl Entry<'_> {
    /// Whether an act came too early to end the obligation: before the receipt of its round, or before
    /// the danger that was seen. What protected the child before the first receipt of the case was
    /// written down counts.
    fn too_early(&self, recorded: &Recorded, state: &CaseState) -> bool {
        let Some(from) = self.owed.counted_from else {
            return false;
        };
        if !(self.from_receipt || self.step.already_ended_in_round) || recorded.occurred_at >= from
        {
            return false;
        }
        let first = state.first_receipt();
        let before_all = first.is_some_and(|first| recorded.occurred_at < first);
        !(before_all && self.from_receipt && first == Some(from))
    }
}

struct Ledger<'a> {
    procedure: &'a Procedure,
    counting: Counting<'a>,
    entries: Vec<Entry<'a>>,
    done: Vec<Done<'a>>,
}

impl<'a> Ledger<'a> {
    fn note(&mut self, recorded: &'a Recorded, state: &CaseState) {
        if misdirected(recorded, state) {
            return;
        }
        let elsewhere = is_of_another_child(&recorded.event);
        if !elsewhere {
            self.reach(recorded, state);
        }
        self.open_steps(recorded, state, elsewhere);
        self.follow(recorded, state);
    }

    /// What the event ends, or takes away.
    fn reach(&mut self, recorded: &'a Recorded, state: &CaseState) {
        self.recount(recorded, state);
        self.end(recorded, state);
        self.waive(recorded, state);
        self.close(recorded, state);
    }

    /// What the event opens: nothing but the question itself, where it was about another child.
    fn open_steps(&mut self, recorded: &'a Recorded, state: &CaseState, elsewhere: bool) {
        let procedure = self.procedure;
        for step in &procedure.steps {
            if elsewhere && step.each != Some(Each::UnseenReport) {
                continue;
            }
            if !step.in_force(recorded.occurred_at) || (state.outside_decree() && !step.outside) {
                continue;
            }
            let opening = step.opens.iter().find(|opening| {
                opening.on == recorded.event.event_type()
                    && opening
                        .when
                        .iter()
                        .all(|when| when.holds(&recorded.event, state))
            });
            if let Some(opening) = opening {
                self.open(step, opening, recorded, state);
            }
        }
    }

    /// To whom what is open goes with the event.
    fn follow(&mut self, recorded: &'a Recorded, state: &CaseState) {
        if let Event::CompetencePassed(passed) = &recorded.event {
            self.pass(recorded, &passed.facts);
        }
        self.hand_over(recorded, state);
        self.settle_contradictions(recorded, state);
        self.reassign(recorded, state);
        self.done.push(Done {
            recorded,
            cycle: state.cycle,
        });
    }

    fn open_entries(&mut self) -> impl Iterator<Item = &mut Entry<'a>> {
        self.entries.iter_mut().filter(|entry| entry.owed.is_open())
    }

    /// A report that is recorded later but was received earlier moves what counts from the
    /// earliest receipt of its round.
    fn recount(&mut self, recorded: &Recorded, state: &CaseState) {
        if !matches!(recorded.event, Event::ReportReceived(_)) {
            return;
        }
        let counting = self.counting;
        for Entry {
            step,
            owed,
            from_receipt,
            ..
        } in self.open_entries().filter(|e| e.owed.cycle == state.cycle)
        {
            let earlier = |from: Instant| state.received_at < from;
            if *from_receipt && owed.counted_from.is_some_and(earlier) {
                counting.limit(step, recorded, state, owed);
                counting.standard(step, owed);
            }
            if let Some(bound) = &step.bound
                && bound.from == From::EarliestReceipt
            {
                owed.bound = counting.bound(bound, recorded, state, None);
            }
        }
    }

    fn end(&mut self, recorded: &Recorded, state: &CaseState) {
        let name = recorded.event.event_type();
        let key = key_of(&recorded.event);
        let key = key.as_deref();
        for entry in self.open_entries() {
            let too_early = entry.too_early(recorded, state);
            let Entry {
                step,
                owed,
                not_before,
                ..
            } = entry;
            let of_the_turn_before = not_before.is_some_and(|from| recorded.occurred_at <= from);
            let ends = step.ends.iter().any(|end| end == name);
            let same = owed.item.is_none() || owed.item.as_deref() == key;
            if ends && !too_early && !of_the_turn_before && same {
                close(owed, recorded);
            }
        }
    }

    fn waive(&mut self, recorded: &Recorded, state: &CaseState) {
        let event = &recorded.event;
        let key = key_of(event);
        let key = key.as_deref();
        for Entry { step, owed, .. } in self.open_entries() {
            let waiving = step.waived.iter().find(|waiving| {
                waiving.on == event.event_type()
                    && waiving.when.iter().all(|w| w.holds(event, state))
            });
            let Some(waiving) = waiving else { continue };
            if waiving.same_round && owed.cycle != state.cycle {
                continue;
            }
            let named = &waiving.opened_by;
            if !named.is_empty() && !named.iter().any(|name| name == owed.opened_by) {
                continue;
            }
            // What was found earlier says nothing of what was seen since.
            if recorded.occurred_at < owed.opened_at {
                continue;
            }
            if owed.item.is_none() || key.is_none() || owed.item.as_deref() == key {
                fall_away(owed, recorded, &waiving.why);
            }
        }
    }

    /// The end of the case ends its procedure; what runs beside it goes on unless its own file says
    /// otherwise.
    fn close(&mut self, recorded: &Recorded, state: &CaseState) {
        let procedure = self.procedure;
        for closing in &procedure.closings {
            let mut when = closing.when.iter();
            if closing.on != recorded.event.event_type()
                || !when.all(|condition| condition.holds(&recorded.event, state))
            {
                continue;
            }
            for Entry { step, owed, .. } in self.open_entries() {
                if step.procedure == closing.procedure && !closing.keeps.contains(&step.id) {
                    fall_away(owed, recorded, &closing.why);
                }
            }
        }
    }

    fn open(&mut self, step: &'a Step, opening: &Opening, recorded: &Recorded, state: &CaseState) {
        match step.each {
            None => self.open_one(step, opening, recorded, state, None),
            Some(Each::Placement) if step.series.is_some() => {
                self.open_turns(step, opening, recorded, state);
            }
            Some(Each::Referral | Each::Examination | Each::Placement) => {
                let id = key_of(&recorded.event);
                self.open_one(step, opening, recorded, state, id);
            }
            Some(Each::Contradiction) => {
                let open: Vec<_> = state
                    .open_contradictions()
                    .map(Contradiction::key)
                    .collect();
                for key in open {
                    self.open_one(step, opening, recorded, state, Some(key));
                }
            }
            Some(Each::UnseenReport) => {
                if let Event::ReportReceived(report) = &recorded.event
                    && report.facts.unseen
                {
                    let id = Some(recorded.event_id.to_string());
                    self.open_one(step, opening, recorded, state, id);
                }
            }
            Some(Each::PlanItem) => {
                let items = state.plan.as_ref().map(|plan| plan.items.as_slice());
                let items = items.unwrap_or_default();
                for Entry { owed, .. } in self.open_entries().filter(|e| e.step.id == step.id) {
                    let kept = items.iter().any(|item| {
                        owed.item.as_deref() == Some(item.facts.id.as_str())
                            && owed.due_at == Some(Instant::end_of(item.facts.end.0))
                    });
                    if !kept {
                        let why =
                            Sentence::new("kế hoạch được điều chỉnh", "the plan was adjusted");
                        fall_away(owed, recorded, &why);
                    }
                }
                for item in items.iter().filter(|item| !item.ended()) {
                    let id = Some(item.facts.id.as_str().to_owned());
                    self.open_one(step, opening, recorded, state, id);
                }
            }
        }
    }

    /// Opens the next turn of a series. An act after the time of several turns ends all of them,
    /// late.
    fn open_turns(
        &mut self,
        step: &'a Step,
        opening: &Opening,
        recorded: &Recorded,
        state: &CaseState,
    ) {
        loop {
            let id = key_of(&recorded.event);
            let known = self.entries.len();
            self.open_one(step, opening, recorded, state, id);
            let Some(Entry { owed, .. }) = self.entries.get_mut(known) else {
                return;
            };
            let acted = step.ends.iter().any(|e| e == recorded.event.event_type());
            let passed = owed.due_at.is_some_and(|due| due < recorded.occurred_at);
            if !(acted && passed) {
                return;
            }
            close(owed, recorded);
        }
    }

    fn open_one(
        &mut self,
        step: &'a Step,
        opening: &Opening,
        recorded: &Recorded,
        state: &CaseState,
        item: Option<String>,
    ) {
        let same = |e: &&Entry<'_>| e.owed.step == step.id && e.owed.item == item;
        let last = self.entries.iter().rev().find(same);
        if last.is_some_and(|entry| entry.owed.is_open()) {
            return;
        }
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
            cycle: state.cycle,
            accountable: accountable(procedure, step, state, item.as_deref(), at),
            also: Vec::new(),
            passed_on: Vec::new(),
            item,
            command: step.command.clone(),
            opened_at: at,
            opened_by: recorded.event.event_type(),
            opened_by_event: recorded.event_id,
            due_at: None,
            limit: None,
            immediately: step.immediately,
            counted_from: None,
            due_note: opening.why.clone(),
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
        let mut from_receipt = false;
        match opening.due {
            Some(from) => {
                obligation.due_at = fixed_due(from, &obligation, state, self.counting.calendar);
                if from == DueFrom::SeparationUntil && obligation.due_at.is_none() {
                    obligation.due_note = Some(Sentence::new(
                        "cơ quan có thẩm quyền yêu cầu tiếp tục cách ly và không định ngày kết thúc",
                        "a competent authority requires the separation to go on and names no end",
                    ));
                }
            }
            None => {
                let from = self.counting.limit(step, recorded, state, &mut obligation);
                from_receipt = from == Some(From::EarliestReceipt);
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
            close(&mut obligation, recorded);
            obligation.ended_at = Some(recorded.recorded_at);
        }
        let seat = owing_seat(step, state, obligation.item.as_deref());
        let mut entry = Entry {
            step,
            seat,
            owed: obligation,
            from_receipt,
            not_before,
        };
        if step.already_ended_in_round && !step.ends_when_recorded {
            let earlier = self.done.iter().find(|done| {
                let ends = |end: &String| end == done.recorded.event.event_type();
                done.cycle == state.cycle
                    && step.ends.iter().any(ends)
                    && !entry.too_early(done.recorded, state)
            });
            if let Some(earlier) = earlier {
                close(&mut entry.owed, earlier.recorded);
            }
        }
        self.entries.push(entry);
    }

    /// What the holder owes passes to the next holder with the case, deadlines unchanged; an offer
    /// falls away with the holder that made it.
    fn hand_over(&mut self, recorded: &Recorded, state: &CaseState) {
        let (procedure, counting) = (self.procedure, self.counting);
        for Entry {
            step, owed, seat, ..
        } in self.open_entries()
        {
            let holder = state.responsible_commune();
            owed.also.clear();
            if step.holder_may_finish
                && state.taken_over
                && owed.accountable.unit.as_deref() != Some(holder)
            {
                owed.also.push(Accountable {
                    role: owed.accountable.role,
                    unit: Some(holder.to_owned()),
                    officer: state
                        .officer_for(owed.accountable.role)
                        .map(ToString::to_string),
                    agency: None,
                });
            }
            match step.unit {
                OwingUnit::Holder | OwingUnit::Contradiction => {
                    let key = owed.item.as_deref();
                    let now = accountable(procedure, step, state, key, recorded.occurred_at);
                    if owed.accountable.unit != now.unit {
                        *seat = owing_seat(step, state, key);
                        owed.accountable = now;
                        counting.standard(step, owed);
                    }
                }
                OwingUnit::TransferTo if state.transfer.is_none() => {
                    let why = Sentence::new(
                        "hồ sơ đã thuộc cấp xã khác nên đề nghị không còn hiệu lực",
                        "the case went to another commune, so the offer no longer stands",
                    );
                    fall_away(owed, recorded, &why);
                }
                _ => {}
            }
        }
    }

    /// A contradiction that was answered on a form, or does not stand any more, is not asked about.
    fn settle_contradictions(&mut self, recorded: &Recorded, state: &CaseState) {
        for Entry { step, owed, .. } in self.open_entries() {
            if step.each != Some(Each::Contradiction) {
                continue;
            }
            let key = owed.item.as_deref().unwrap_or_default();
            let mut all = state.contradictions.iter();
            match all.find(|one| one.key() == key) {
                Some(one) if one.answered.is_none() => {}
                Some(_) => close(owed, recorded),
                None => {
                    let why = Sentence::new(
                        "đã trả lời lại, không còn mâu thuẫn",
                        "answered again: nothing is contradicted any more",
                    );
                    fall_away(owed, recorded, &why);
                }
            }
        }
    }

    /// What is open and owed by a unit that has ended is owed by its successor from now on. When it
    /// arose and by when it is due stays as it was.
    fn pass(&mut self, recorded: &Recorded, facts: &PassedFacts) {
        let units = Units::in_use();
        for Entry { owed, seat, .. } in self.open_entries() {
            let Some(seat) = seat else { continue };
            let from = seat.unit().to_owned();
            if seat.pass(facts, units) {
                owed.accountable.unit = Some(seat.unit().to_owned());
                owed.passed_on.push(PassedOn {
                    at: recorded.occurred_at,
                    effective: facts.effective,
                    from,
                    to: seat.unit().to_owned(),
                    by_event: recorded.event_id,
                });
            }
        }
    }

    /// Whoever is put in charge takes over what is open for that role; an extension moves the end
    /// of a separation that is minded.
    fn reassign(&mut self, recorded: &Recorded, state: &CaseState) {
        let changed = match &recorded.event {
            Event::OfficerAssigned(e) => Some(e.facts.role),
            Event::OfficerRelieved(e) => Some(e.facts.role),
            _ => None,
        };
        if let Some(role) = changed {
            let officer = state.officer_for(role).map(ToString::to_string);
            for Entry { owed, .. } in self.open_entries() {
                if owed.accountable.role == role {
                    owed.accountable.officer.clone_from(&officer);
                }
            }
        }
        if let (Event::SeparationExtended(_), Some(separation)) =
            (&recorded.event, state.separation())
        {
            let until = separation.until.latest();
            for Entry { step, owed, .. } in self.open_entries() {
                let follows = step.bound.as_ref();
                if follows.is_some_and(|bound| bound.from == From::SeparationUntil)
                    && let Some(bound) = &mut owed.bound
                {
                    bound.at = until;
                }
            }
        }
    }
}

fn close(obligation: &mut Obligation, recorded: &Recorded) {
    obligation.ended_at = Some(recorded.occurred_at);
    obligation.ended_recorded_at = Some(recorded.recorded_at);
    obligation.ended_by = Some(recorded.event.event_type());
    obligation.ended_by_event = Some(recorded.event_id);
}

fn fall_away(obligation: &mut Obligation, recorded: &Recorded, why: &Sentence) {
    close(obligation, recorded);
    obligation.waived_because = Some(why.clone());
}

/// A report that went to a commune where, as is known now, nothing happened: it is still to be
/// forwarded, and that commune owes nothing.
fn misdirected(recorded: &Recorded, state: &CaseState) -> bool {
    let Event::ReportForwarded(forwarded) = &recorded.event else {
        return false;
    };
    let to = &forwarded.facts.to_unit;
    let units = Units::in_use();
    let mut reports = state.reports.iter();
    !reports.any(|r| units.same(&r.incident_unit, to) || units.same(r.incident.unit(), to))
}

/// A report that was added unseen and, as is known now, is about another child.
const fn is_of_another_child(event: &Event) -> bool {
    match event {
        Event::ReportReceived(report) => {
            report.facts.unseen && matches!(report.facts.same, Some(false))
        }
        _ => false,
    }
}

/// What an event is about: the item, referral, examination, placement or contradiction.
fn key_of(event: &Event) -> Option<String> {
    match event {
        Event::ContradictionAnswered(e) => {
            Some(contradiction_key(e.facts.event_id, e.facts.against))
        }
        Event::SameChildAnswered(e) => Some(e.facts.event_id.to_string()),
        event => event.key().map(|key| key.as_str().to_owned()),
    }
}
