//! From events to obligations: who owes what by when, derived by reading the procedure file
//! alongside the history of a case. Nothing is stored; the same events, procedure and calendar
//! always give the same obligations.

use super::arithmetic::{Limit, due};
use super::definition::{
    DueFrom, Each, From, Opening, OwedBy, OwingUnit, Procedure, Step, StepBound,
};
use super::obligation::{Accountable, Bound, Obligation, ObligationState, PassedOn};
use crate::calendar::Calendar;
use crate::case::events::competence::PassedFacts;
use crate::case::{CaseState, Event, Recorded, Seat, effective};
use crate::identity::Role;
use crate::language::Sentence;
use crate::time::Instant;
use crate::unit::Units;

/// Every obligation of a case, in the order in which they arose, as they stand at `now`.
/// Corrections are applied first: a corrected instant moves the deadlines that count from it.
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
    mut after: impl FnMut(&Recorded, &[Obligation]),
) -> Vec<Obligation> {
    let events = effective(history);
    let mut ledger = Ledger {
        procedure,
        calendar,
        entries: Vec::new(),
        done: Vec::new(),
        owing: Vec::new(),
    };
    let mut state: Option<CaseState> = None;
    for recorded in &events {
        match &mut state {
            None => state = CaseState::begin(recorded),
            Some(state) => state.apply(recorded),
        }
        if let Some(state) = &state {
            ledger.note(recorded, state);
            after(recorded, &ledger.entries);
        }
    }
    let mut obligations = ledger.entries;
    for obligation in &mut obligations {
        obligation.state = obligation.state_at(now);
    }
    obligations
}

/// An act of this round that can end an obligation which opens only later: a child is often
/// protected before the assessment is written down.
struct Done<'a> {
    recorded: &'a Recorded,
    cycle: u32,
}

struct Ledger<'a> {
    procedure: &'a Procedure,
    calendar: &'a Calendar,
    entries: Vec<Obligation>,
    done: Vec<Done<'a>>,
    /// For each entry, in which place of the case the unit answers that owes it.
    owing: Vec<Option<Seat>>,
}

impl<'a> Ledger<'a> {
    fn note(&mut self, recorded: &'a Recorded, state: &CaseState) {
        let procedure = self.procedure;
        if misdirected(recorded, state) {
            return;
        }
        self.recount(recorded, state);
        self.end(recorded);
        for step in &procedure.steps {
            self.waive(step, recorded, state);
        }
        if let Some(closing) = &procedure.closing
            && closing.on == recorded.event.event_type()
        {
            for open in self.entries.iter_mut().filter(|entry| entry.is_open()) {
                fall_away(open, recorded, &closing.why);
            }
        }
        for step in procedure
            .steps
            .iter()
            .filter(|step| in_force(step, recorded.occurred_at))
        {
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
        self.reassign(recorded, state);
        self.done.push(Done {
            recorded,
            cycle: state.cycle,
        });
    }

    /// A report that is recorded later but was received earlier moves what counts from the
    /// earliest receipt of its round.
    fn recount(&mut self, recorded: &Recorded, state: &CaseState) {
        if !matches!(recorded.event, Event::ReportReceived(_)) {
            return;
        }
        let mut entries = std::mem::take(&mut self.entries);
        for open in entries
            .iter_mut()
            .filter(|e| e.is_open() && e.cycle == state.cycle)
        {
            let Some(step) = self.procedure.step(&open.step) else {
                continue;
            };
            let earlier = |from: Instant| state.received_at < from;
            if counts_from_receipt(step) && open.counted_from.is_some_and(earlier) {
                self.count(step, recorded, state, open);
            }
            if let Some(bound) = &step.bound
                && bound.from == From::EarliestReceipt
            {
                open.bound = self.bound(bound, recorded, state);
            }
        }
        self.entries = entries;
    }

    fn end(&mut self, recorded: &Recorded) {
        let name = recorded.event.event_type();
        let key = key_of(&recorded.event);
        for open in self.entries.iter_mut().filter(|entry| entry.is_open()) {
            let step = self.procedure.step(&open.step);
            let ends = step.is_some_and(|step| {
                let too_early = counts_from_receipt(step)
                    && open
                        .counted_from
                        .is_some_and(|from| recorded.occurred_at < from);
                step.ends.iter().any(|end| end == name) && !too_early
            });
            if ends && (open.item.is_none() || open.item.as_deref() == key) {
                close(open, recorded);
            }
        }
    }

    fn waive(&mut self, step: &Step, recorded: &Recorded, state: &CaseState) {
        let event = &recorded.event;
        let key = key_of(event);
        let waiving = step.waived.iter().find(|waiving| {
            waiving.on == event.event_type() && waiving.when.iter().all(|w| w.holds(event, state))
        });
        let Some(waiving) = waiving else { return };
        for open in self
            .entries
            .iter_mut()
            .filter(|e| e.is_open() && e.step == step.id)
            .filter(|e| !waiving.same_round || e.cycle == state.cycle)
        {
            if open.item.is_none() || key.is_none() || open.item.as_deref() == key {
                fall_away(open, recorded, &waiving.why);
            }
        }
    }

    fn open(&mut self, step: &Step, opening: &Opening, recorded: &Recorded, state: &CaseState) {
        match step.each {
            None => self.open_one(step, opening, recorded, state, None),
            Some(Each::Referral) => {
                let id = key_of(&recorded.event).map(str::to_owned);
                self.open_one(step, opening, recorded, state, id);
            }
            Some(Each::PlanItem) => {
                let items = state.plan.as_ref().map(|plan| plan.items.as_slice());
                let items = items.unwrap_or_default();
                for open in self
                    .entries
                    .iter_mut()
                    .filter(|e| e.is_open() && e.step == step.id)
                {
                    let kept = items.iter().any(|item| {
                        open.item.as_deref() == Some(item.facts.id.as_str())
                            && open.due_at == Some(Instant::end_of(item.facts.end.0))
                    });
                    if !kept {
                        let why =
                            Sentence::new("kế hoạch được điều chỉnh", "the plan was adjusted");
                        fall_away(open, recorded, &why);
                    }
                }
                for item in items.iter().filter(|item| !item.ended()) {
                    let id = Some(item.facts.id.as_str().to_owned());
                    self.open_one(step, opening, recorded, state, id);
                }
            }
        }
    }

    fn open_one(
        &mut self,
        step: &Step,
        opening: &Opening,
        recorded: &Recorded,
        state: &CaseState,
        item: Option<String>,
    ) {
        let same =
            |entry: &Obligation| entry.is_open() && entry.step == step.id && entry.item == item;
        if self.entries.iter().any(same) {
            return;
        }
        let mut obligation = Obligation {
            step: step.id.clone(),
            name: step.name.clone(),
            why: step.why.clone(),
            item,
            cycle: state.cycle,
            accountable: accountable(step, state),
            passed_on: Vec::new(),
            command: step.command.clone(),
            opened_at: recorded.occurred_at,
            opened_by: recorded.event.event_type(),
            opened_by_event: recorded.event_id,
            due_at: None,
            limit: None,
            immediately: step.immediately,
            counted_from: None,
            due_note: opening.why.clone(),
            bound: None,
            ended_at: None,
            ended_recorded_at: None,
            ended_by: None,
            ended_by_event: None,
            state: ObligationState::Open,
            waived_because: None,
            procedure: self.procedure.id.clone(),
            procedure_version: self.procedure.version,
            calendar: self.calendar.id().to_owned(),
            legal_basis: step.legal_basis.clone(),
            form: step.form.clone(),
            interpretations: step.interpretations.clone(),
            arithmetic: Vec::new(),
        };
        match opening.due {
            Some(from) => {
                obligation.due_at = fixed_due(from, &obligation, state);
                if from == DueFrom::SeparationUntil && obligation.due_at.is_none() {
                    obligation.due_note = Some(Sentence::new(
                        "cơ quan có thẩm quyền yêu cầu tiếp tục cách ly và không định ngày kết thúc",
                        "a competent authority requires the separation to go on and names no end",
                    ));
                }
            }
            None => self.count(step, recorded, state, &mut obligation),
        }
        if let Some(bound) = &step.bound {
            obligation.bound = self.bound(bound, recorded, state);
        }
        if step.ends_when_recorded {
            close(&mut obligation, recorded);
            obligation.ended_at = Some(recorded.recorded_at);
        } else if step.already_ended_in_round {
            let earlier = self.done.iter().find(|done| {
                let too_early =
                    counts_from_receipt(step) && done.recorded.occurred_at < state.received_at;
                done.cycle == state.cycle
                    && !too_early
                    && step
                        .ends
                        .iter()
                        .any(|end| end == done.recorded.event.event_type())
            });
            if let Some(earlier) = earlier {
                close(&mut obligation, earlier.recorded);
            }
        }
        self.owing.push(owing_seat(step, state));
        self.entries.push(obligation);
    }

    fn count(&self, step: &Step, recorded: &Recorded, state: &CaseState, into: &mut Obligation) {
        let Some(limit) = &step.limit else { return };
        if limit
            .unless
            .is_some_and(|unless| unless.holds(&recorded.event, state))
        {
            into.due_note.clone_from(&limit.lifted);
            return;
        }
        let from = counted_from(limit.from, recorded, state);
        into.limit = Some(limit.limit());
        into.counted_from = Some(from);
        // The days of earlier separations are used up: the limit holds for all of them together.
        let used = match limit.from {
            From::SeparationDecision => state.separation_days_used(),
            _ => 0,
        };
        let left = Limit {
            amount: limit
                .amount
                .saturating_sub(u32::try_from(used).unwrap_or(u32::MAX)),
            unit: limit.unit,
        };
        if used > 0 {
            into.due_note = Some(Sentence::new(
                format!(
                    "đã dùng {used} ngày ở lần cách ly trước, còn {} ngày",
                    left.amount
                ),
                format!(
                    "{used} days were used by earlier separations, {} are left",
                    left.amount
                ),
            ));
        }
        match due(left, from, limit.prolonged, self.calendar) {
            Ok(found) => {
                into.due_at = Some(found.due_at);
                into.arithmetic = found.days;
            }
            Err(unknown) => into.due_note = Some(unknown.sentence()),
        }
    }

    fn bound(&self, bound: &StepBound, recorded: &Recorded, state: &CaseState) -> Option<Bound> {
        if bound
            .unless
            .is_some_and(|unless| unless.holds(&recorded.event, state))
        {
            return None;
        }
        let at = match (bound.amount, bound.unit) {
            (Some(amount), Some(unit)) => {
                let from = counted_from(bound.from, recorded, state);
                due(Limit { amount, unit }, from, true, self.calendar)
                    .ok()?
                    .due_at
            }
            _ => {
                let separation = state.separation()?;
                if separation.open_ended {
                    return None;
                }
                separation.until.latest()
            }
        };
        Some(Bound {
            at,
            why: bound.why.clone(),
        })
    }

    /// What is open and owed by a unit that has ended is owed by its successor from now on. When it
    /// arose and by when it is due stays as it was.
    fn pass(&mut self, recorded: &Recorded, facts: &PassedFacts) {
        let units = Units::in_use();
        let entries = self.entries.iter_mut().zip(&mut self.owing);
        for (open, seat) in entries.filter(|(entry, _)| entry.is_open()) {
            let Some(seat) = seat else { continue };
            let from = seat.unit().to_owned();
            if seat.pass(facts, units) {
                open.accountable.unit = Some(seat.unit().to_owned());
                open.passed_on.push(PassedOn {
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
        if let Event::CompetencePassed(passed) = &recorded.event {
            self.pass(recorded, &passed.facts);
        }
        let changed = match &recorded.event {
            Event::OfficerAssigned(e) => Some((e.facts.role, true)),
            Event::OfficerRelieved(e) => Some((e.facts.role, false)),
            _ => None,
        };
        if let Some((role, _)) = changed {
            let officer = state.officer_for(role).map(ToString::to_string);
            for open in self
                .entries
                .iter_mut()
                .filter(|e| e.is_open() && e.accountable.role == role)
            {
                open.accountable.officer.clone_from(&officer);
            }
        }
        if let (Event::SeparationExtended(_), Some(separation)) =
            (&recorded.event, state.separation())
        {
            let until = separation.until.latest();
            for open in self.entries.iter_mut().filter(|e| e.is_open()) {
                let follows = self
                    .procedure
                    .step(&open.step)
                    .and_then(|s| s.bound.as_ref());
                if follows.is_some_and(|bound| bound.from == From::SeparationUntil)
                    && let Some(bound) = &mut open.bound
                {
                    bound.at = until;
                }
            }
        }
    }
}

fn in_force(step: &Step, at: Instant) -> bool {
    step.effective_from.is_none_or(|from| from <= at) && step.effective_to.is_none_or(|to| at < to)
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

/// Whether a limit runs from the receipt of the round. What was done before that receipt answered
/// an earlier report, not this one.
fn counts_from_receipt(step: &Step) -> bool {
    step.limit
        .as_ref()
        .is_some_and(|limit| limit.from == From::EarliestReceipt)
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

/// The item or referral that an event is about.
fn key_of(event: &Event) -> Option<&str> {
    match event {
        Event::ServiceStarted(e)
        | Event::ServiceProgressed(e)
        | Event::ServiceCompleted(e)
        | Event::ServiceFailed(e) => Some(e.facts.item_id.as_str()),
        Event::ReferralMade(e) => Some(e.facts.referral_id.as_str()),
        Event::ReferralAccepted(e) | Event::ReferralDeclined(e) | Event::ReferralCompleted(e) => {
            Some(e.facts.referral_id.as_str())
        }
        _ => None,
    }
}

fn counted_from(from: From, recorded: &Recorded, state: &CaseState) -> Instant {
    match from {
        From::OpeningEvent | From::SeparationUntil => recorded.occurred_at,
        From::EarliestReceipt => state.received_at,
        From::InitialAssessment => state
            .initial_assessment
            .as_ref()
            .map_or(recorded.occurred_at, |a| a.by.at),
        From::SeparationDecision => state
            .separation()
            .map_or(recorded.occurred_at, |s| Instant::start_of(s.counted_from)),
    }
}

fn fixed_due(from: DueFrom, obligation: &Obligation, state: &CaseState) -> Option<Instant> {
    let key = obligation.item.as_deref();
    match from {
        DueFrom::None => None,
        DueFrom::ItemEnd => {
            let mut items = state.plan.iter().flat_map(|plan| &plan.items);
            let item = items.find(|item| Some(item.facts.id.as_str()) == key)?;
            Some(Instant::end_of(item.facts.end.0))
        }
        DueFrom::RespondBy => {
            let referral = state
                .referrals
                .iter()
                .find(|r| Some(r.id.as_str()) == key)?;
            referral.respond_by.map(crate::time::Moment::latest)
        }
        DueFrom::SeparationUntil => state
            .separation()
            .filter(|separation| !separation.open_ended)
            .map(|separation| separation.until.latest()),
    }
}

/// In which place of the case the unit answers that owes a step.
fn owing_seat(step: &Step, state: &CaseState) -> Option<Seat> {
    let role = owing_role(step, state);
    match step.unit {
        OwingUnit::Receipt => state.reports.last().map(|report| report.receipt.clone()),
        OwingUnit::Incident => Some(state.incident().clone()),
        OwingUnit::Residence => Some(state.residence().unwrap_or(state.holder()).clone()),
        OwingUnit::Holder if matches!(role, Role::CommuneOfficer | Role::CommuneChair) => {
            Some(state.responsible_seat().clone())
        }
        OwingUnit::Holder => Some(state.holder().clone()),
        OwingUnit::ReferredTo => {
            let referral = state.referrals.last()?;
            let unit = referral.to_unit.as_deref()?;
            Some(Seat::new(unit, referral.by.at.date()))
        }
        OwingUnit::None => None,
    }
}

fn owing_role(step: &Step, state: &CaseState) -> Role {
    let report = state.reports.last();
    let referral = state.referrals.last();
    match step.role {
        OwedBy::Role(role) => role,
        OwedBy::PlaceOfReceipt => {
            match report.map_or("", |report| report.place_of_receipt.kind.as_str()) {
                "hotline" => Role::HotlineOperator,
                "police" => Role::PoliceOfficer,
                "commune" => Role::CommuneOfficer,
                _ => Role::ProvincialOfficer,
            }
        }
        OwedBy::ReferredTo => {
            match referral
                .and_then(|r| r.to_kind.as_ref())
                .map_or("", |kind| kind.as_str())
            {
                "health" => Role::HealthWorker,
                "education" | "school" => Role::EducationWorker,
                "legal-aid" | "justice" => Role::LegalAidWorker,
                "police" => Role::PoliceOfficer,
                "hotline" => Role::HotlineOperator,
                _ => Role::ProviderWorker,
            }
        }
    }
}

fn accountable(step: &Step, state: &CaseState) -> Accountable {
    let role = owing_role(step, state);
    let officer = state.officer_for(role).map(ToString::to_string);
    Accountable {
        role,
        unit: owing_seat(step, state).map(|seat| seat.unit().to_owned()),
        officer,
    }
}
