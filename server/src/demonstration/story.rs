//! A case while it is told: every command is played through the domain at its instant, up to the
//! last instant of the demonstration.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::case::{Case, CaseState, CaseView, Command, Context, Recorded, Status, decide};
use domain::identity::{Actor, Role};
use domain::time::Instant;
use domain::unit::Units;
use serde_json::{Value, json};
use uuid::Uuid;

use super::DemonstrationError;
use super::hours::{Hours, on, plus_minutes};
use super::officers::Officers;
use super::outline::{Mark, Milestone, Outline};
use super::places::{PROVINCE, Places};
use super::random::Random;

/// What all cases share.
#[derive(Debug)]
pub(super) struct World {
    pub seed: u64,
    /// The first instant told of.
    pub since: Instant,
    /// The last one.
    pub until: Instant,
    pub procedure: Arc<Procedure>,
    pub calendar: Arc<Calendar>,
    pub units: Arc<Units>,
    pub places: Places,
    pub officers: Officers,
    pub hours: Hours,
}

/// A command as it was given and carried out.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The clock when it was given: when its events were recorded.
    pub at: Instant,
    /// Who gave it.
    pub actor: Actor,
    /// Its id.
    pub command_id: Uuid,
    /// The command, as a program would send it.
    pub command: Value,
    /// What followed.
    pub events: Vec<Recorded>,
}

/// Why a story goes on no further.
#[derive(Debug)]
pub(super) enum Halt {
    /// The rest has not happened yet.
    End,
    /// The generator is wrong.
    Wrong(DemonstrationError),
}

/// Something that happens beside the way of the procedure.
#[derive(Debug)]
struct Aside {
    at: Instant,
    /// When it happened, if that is earlier and the command does not say so itself.
    occurred_at: Option<Instant>,
    actor: Actor,
    command: Value,
}

/// A case while it is told.
#[derive(Debug)]
pub(super) struct Story<'w> {
    pub world: &'w World,
    pub outline: &'w Outline,
    pub random: Random,
    pub id: Uuid,
    /// Round of the procedure, counted from 1.
    pub round: u8,
    /// When the last command was given.
    pub clock: Instant,
    /// When a separation ends.
    pub apart_until: Option<Instant>,
    case: Case,
    steps: Vec<Step>,
    asides: Vec<Aside>,
}

impl<'w> Story<'w> {
    pub(super) fn new(world: &'w World, outline: &'w Outline, mut random: Random) -> Self {
        Self {
            id: outline.id.unwrap_or_else(|| random.id(outline.received_at)),
            world,
            outline,
            random,
            round: 1,
            clock: outline.received_at,
            apart_until: None,
            case: Case::new(&world.units),
            steps: Vec::new(),
            asides: Vec::new(),
        }
    }

    /// Ends the story: what happens beside still happens until the last instant.
    pub(super) fn finish(mut self, halt: Halt) -> Result<(Uuid, Vec<Step>), DemonstrationError> {
        if let Halt::Wrong(error) = halt {
            return Err(error);
        }
        let until = self.world.until;
        match self.asides_until(until).and_then(|()| self.succeed(until)) {
            Err(Halt::Wrong(error)) => Err(error),
            Ok(()) | Err(Halt::End) => Ok((self.id, self.steps)),
        }
    }

    /// The state; there is one from the first report on.
    pub(super) fn state(&self) -> Result<&CaseState, Halt> {
        self.case.state().ok_or(Halt::End)
    }

    /// Every event so far.
    pub(super) fn history(&self) -> &[Recorded] {
        self.case.history()
    }

    /// Number `which` of those who act in a role for the commune of the case, or for its successor.
    pub(super) fn local(&self, role: Role, which: u64) -> Actor {
        let commune = self.competent(&self.outline.commune);
        self.world.officers.actor(role, &commune, which, self.clock)
    }

    /// The unit that answers in this case for the unit `code` by now.
    fn competent(&self, code: &str) -> String {
        let state = self.case.state();
        let first = state.and_then(|state| Some((state, state.reports.first()?)));
        first.map_or_else(
            || code.to_owned(),
            |(state, told)| {
                let seat = state.competent(code, told.received_at.date());
                seat.unit().to_owned()
            },
        )
    }

    pub(super) fn officer(&self) -> Actor {
        self.local(Role::CommuneOfficer, 0)
    }

    pub(super) fn chair(&self) -> Actor {
        self.local(Role::CommuneChair, 0)
    }

    /// A number of minutes from now.
    pub(super) fn soon(&mut self, least: i64, most: i64) -> Instant {
        let minutes = self.random.between(least * 60, most * 60);
        Instant::new(self.clock.utc() + chrono::TimeDelta::seconds(minutes))
    }

    /// As soon as the office is open after some minutes.
    pub(super) fn soon_in_office(&mut self, least: i64, most: i64) -> Instant {
        let at = self.soon(least, most);
        self.world.hours.opening(&mut self.random, at)
    }

    /// Some time in office hours, a number of working days after `date`.
    pub(super) fn working_days_after(&mut self, date: NaiveDate, least: i64, most: i64) -> Instant {
        let days = self.random.between(least, most);
        let day = self.world.hours.working_day(date, days);
        self.world.hours.office(&mut self.random, day)
    }

    /// When `milestone` is reached in this round, where the outline says so.
    pub(super) fn anchor(&self, milestone: Milestone) -> Option<Instant> {
        let here = (self.round, milestone);
        self.outline
            .anchors
            .iter()
            .find(|(mark, _)| *mark == here)
            .map(|(_, at)| *at)
    }

    /// When `milestone` is reached: at its anchor, else at `at`, but before the next anchor.
    pub(super) fn reach(&mut self, milestone: Milestone, at: Instant) -> Result<Instant, Halt> {
        let here: Mark = (self.round, milestone);
        if self.outline.stop.is_some_and(|stop| here >= stop) {
            return Err(Halt::End);
        }
        if let Some(at) = self.anchor(milestone) {
            return Ok(at);
        }
        let next = self
            .outline
            .anchors
            .iter()
            .filter(|(mark, _)| *mark > here)
            .map(|(_, at)| *at)
            .min();
        Ok(match next {
            Some(next) if at >= next => {
                let half = (next.utc() - self.clock.utc()) / 2;
                Instant::new(self.clock.utc() + half)
            }
            _ => at,
        })
    }

    /// Gives a command at an instant, or shortly after what was given before.
    pub(super) fn give(&mut self, at: Instant, actor: Actor, command: Value) -> Result<(), Halt> {
        self.give_late(at, None, actor, command)
    }

    /// Gives a command for something that happened earlier.
    pub(super) fn give_late(
        &mut self,
        at: Instant,
        occurred_at: Option<Instant>,
        actor: Actor,
        command: Value,
    ) -> Result<(), Halt> {
        self.asides_until(at.min(self.world.until))?;
        self.send(Aside {
            at,
            occurred_at,
            actor,
            command,
        })
    }

    /// What happens beside until `at` happens.
    pub(super) fn come_to(&mut self, at: Instant) -> Result<(), Halt> {
        self.asides_until(at.min(self.world.until))
    }

    /// Something that happens beside, when the story comes to that instant.
    pub(super) fn aside(&mut self, at: Instant, actor: Actor, command: Value) {
        self.asides.push(Aside {
            at,
            occurred_at: None,
            actor,
            command,
        });
    }

    /// What was still to come does not happen, but the police go on.
    pub(super) fn forget_asides(&mut self) {
        self.asides
            .retain(|aside| aside.actor.role == Role::PoliceOfficer);
    }

    fn asides_until(&mut self, until: Instant) -> Result<(), Halt> {
        loop {
            let due = self
                .asides
                .iter()
                .enumerate()
                .filter(|(_, aside)| aside.at <= until);
            let Some((first, _)) = due.min_by_key(|(index, aside)| (aside.at, *index)) else {
                return Ok(());
            };
            let aside = self.asides.remove(first);
            self.send(aside)?;
        }
    }

    fn send(&mut self, aside: Aside) -> Result<(), Halt> {
        let Aside {
            at,
            occurred_at,
            mut actor,
            mut command,
        } = aside;
        self.succeed(at)?;
        if let Some(occurred_at) = occurred_at {
            command["occurred_at"] = json!(occurred_at);
        }
        // What was laid down for a unit that has ended since, its successor does.
        if let Some(unit) = &actor.unit {
            let now = self.competent(unit);
            if now != *unit {
                actor = self.world.officers.actor(actor.role, &now, 0, at);
            }
        }
        if let Some(Value::String(unit)) = command.pointer_mut("/to_agency/unit") {
            *unit = self.competent(unit);
        }
        self.carry_out(at, actor, command)
    }

    /// On the first working morning after a unit has ended the province passes on what is open and
    /// clear: what is not stays for a person to choose.
    fn succeed(&mut self, before: Instant) -> Result<(), Halt> {
        let before = before.min(self.world.until);
        loop {
            let state = self.case.state();
            let Some(state) = state.filter(|state| state.status == Status::Open) else {
                return Ok(());
            };
            let due = state.passings_due(&self.world.units, before.date());
            let mut clear = due.iter().filter_map(|due| {
                let (last_day, to) = (due.from.to?, due.clear()?);
                Some((due, last_day, to))
            });
            let Some((due, last_day, to)) = clear.next() else {
                return Ok(());
            };
            let day = self.world.hours.working_day(last_day, 1);
            // One case after the other.
            let seconds = i64::from(self.id.as_bytes()[15]);
            let at = on(day, 8, 10, seconds).max(plus_minutes(self.clock, 3));
            if at >= before {
                return Ok(());
            }
            let command = due.command(to);
            let province = Role::ProvincialOfficer;
            let actor = self.world.officers.actor(province, PROVINCE, 0, at);
            self.carry_out(at, actor, command)?;
        }
    }

    fn carry_out(
        &mut self,
        mut at: Instant,
        mut actor: Actor,
        mut command: Value,
    ) -> Result<(), Halt> {
        self.name_event(&mut command);
        if at <= self.clock && !self.steps.is_empty() {
            at = plus_minutes(self.clock, self.random.between(2, 12));
        }
        if at > self.world.until {
            return Err(Halt::End);
        }
        // As they are called on that day.
        if let Some(unit) = &actor.unit {
            actor.agency = super::officers::agency(&self.world.units, actor.role, unit, at);
        }
        let events = self.decided(at, &actor, &command).map_err(Halt::Wrong)?;
        self.clock = at;
        let command_id = self.random.id(at);
        self.steps.push(Step {
            at,
            actor,
            command_id,
            command,
            events,
        });
        Ok(())
    }

    /// Where a command was laid down before the event that it is about, the type of the event stands
    /// for the id of the last one.
    fn name_event(&self, command: &mut Value) {
        let Some(Value::String(named)) = command.get("event_id") else {
            return;
        };
        let mut events = self.history().iter().rev();
        if let Some(event) = events.find(|event| event.event.event_type() == named) {
            command["event_id"] = json!(event.event_id);
        }
    }

    /// The events that follow from a command; the case takes them on.
    fn decided(
        &mut self,
        at: Instant,
        actor: &Actor,
        command: &Value,
    ) -> Result<Vec<Recorded>, DemonstrationError> {
        let wrong = |what: String| DemonstrationError::Refused {
            command: command.to_string(),
            at,
            what,
        };
        let read = Command::from_json(command.clone())
            .map_err(|field| wrong(format!("{} {}", field.pointer, field.code)))?;
        let context = Context {
            units: &self.world.units,
            ..Context::new(at, actor, &self.world.procedure, &self.world.calendar)
        };
        let decided = decide(CaseView::of(&self.case), &read, &context)
            .map_err(|rejection| wrong(rejection.code.to_owned()))?;
        let mut events = Vec::with_capacity(decided.len());
        for decided in decided {
            let version = i64::try_from(self.case.history().len()).unwrap_or(i64::MAX) + 1;
            let recorded = Recorded {
                event_id: self.random.id(at),
                version,
                // Known only when all cases are put in one order.
                position: 0,
                occurred_at: decided.occurred_at,
                recorded_at: at,
                actor: actor.clone(),
                event: decided.event,
                older: None,
                cause: domain::log::Cause::default(),
            };
            let empty = Case::new(self.case.units());
            self.case = std::mem::replace(&mut self.case, empty).evolve(recorded.clone());
            events.push(recorded);
        }
        Ok(events)
    }
}
