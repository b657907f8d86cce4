//! The register of children of the demonstration: invented children of the real communes, with the faults that registers
//! have: what was never asked, numbers that do not fit, a child that was written down twice. Every event is decided by
//! the domain, on the last day that is told of.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use domain::child::events::AlikeFacts;
use domain::child::{Child, Command, Context, Event, Recorded, decide, mirrored};
use domain::identity::{Actor, Role};
use domain::log::{Cause, Split, Subject};
use domain::time::Instant;
use domain::unit::Units;
use eventstore::{CommandId, EventStore, ExpectedVersion, NewEvent, StreamId};
use projections::CHILD;
use serde_json::{Value, json};

use super::officers::Officers;
use super::people;
use super::places::Places;
use super::random::Random;
use super::{DemonstrationError, since};
use crate::application::envelope::Envelope;

/// So many appends wait at the same time.
const AT_ONCE: usize = 256;

/// A child is one of so many that were written down twice.
const TWICE: usize = 40;

struct World<'a> {
    units: &'a Arc<Units>,
    places: Places,
    officers: Officers,
    at: Instant,
}

/// Writes `children` invented children into a log that may hold cases already. Says how many events there are.
///
/// # Errors
/// [`DemonstrationError`]; the log may then hold a part of them.
pub async fn register(
    store: &EventStore,
    units: &Arc<Units>,
    seed: u64,
    children: usize,
    until: Instant,
) -> Result<u64, DemonstrationError> {
    let told = generate(units, seed, children, until)?;
    let mut events = 0;
    for group in told.chunks(AT_ONCE) {
        let appends = group.iter().map(|child| append(store, child));
        for written in futures::future::join_all(appends).await {
            events += written?;
        }
    }
    Ok(events)
}

/// The children, each with what was recorded of it.
///
/// # Errors
/// [`DemonstrationError::Refused`] where the domain refuses what is invented.
pub(super) fn generate(
    units: &Arc<Units>,
    seed: u64,
    children: usize,
    until: Instant,
) -> Result<Vec<Child>, DemonstrationError> {
    let first = since(until);
    let world = World {
        units,
        places: Places::between(units, first.date(), until.date()),
        officers: Officers::new(seed, first, units),
        at: until,
    };
    let mut all: Vec<Child> = Vec::with_capacity(children);
    for number in 0..children {
        let mut random = Random::new(seed, 0xc41d_0000 + number as u64);
        let twice = number % TWICE == TWICE - 1;
        let before = all.last().filter(|_| twice).cloned();
        let child = match &before {
            Some(before) => again(&world, &mut random, before)?,
            None => known(&world, &mut random)?,
        };
        let Some(before) = before else {
            all.push(child);
            continue;
        };
        let event = Event::AlikeFound(Split::bare(AlikeFacts {
            other: before.id(),
            number: false,
        }));
        let actor = world.officer(&before);
        let there = mirrored(&event, child.id()).map(|(_, event)| event);
        let child = write(child, vec![event], &actor, world.at, &mut random);
        let before = write(
            before,
            there.into_iter().collect(),
            &actor,
            world.at,
            &mut random,
        );
        all.pop();
        all.extend([before, child]);
    }
    Ok(all)
}

impl World<'_> {
    /// The officer of the commune that keeps a record.
    fn officer(&self, child: &Child) -> Actor {
        let unit = child.record().map(|record| record.unit().0.to_owned());
        self.officers
            .actor(Role::CommuneOfficer, &unit.unwrap_or_default(), 0, self.at)
    }

    fn give(
        &self,
        child: Child,
        actor: &Actor,
        command: Value,
        random: &mut Random,
    ) -> Result<Child, DemonstrationError> {
        let refused = |what: String| DemonstrationError::Refused {
            command: command.to_string(),
            at: self.at,
            what,
        };
        let read = Command::from_json(command.clone()).map_err(|error| refused(error.pointer))?;
        let context = Context::new(self.at, actor, self.units);
        let decided = decide(Some(&child), &read, &context);
        let decided = decided.map_err(|refusal| refused(refusal.code.to_owned()))?;
        let events = decided.into_iter().map(|decided| decided.event).collect();
        Ok(write(child, events, actor, self.at, random))
    }
}

fn write(
    child: Child,
    events: Vec<Event>,
    actor: &Actor,
    at: Instant,
    random: &mut Random,
) -> Child {
    events.into_iter().fold(child, |child, event| {
        let version = i64::try_from(child.events()).unwrap_or_default() + 1;
        child.evolve(Recorded {
            event_id: random.id(at),
            version,
            position: 0,
            occurred_at: at,
            recorded_at: at,
            actor: actor.clone(),
            event,
            older: None,
            cause: Cause::default(),
        })
    })
}

/// A child as a commune knows it.
fn known(world: &World<'_>, random: &mut Random) -> Result<Child, DemonstrationError> {
    let today = world.at.date();
    // Half of them where the accounts of the demonstration are.
    let unit = match random.chance(50) {
        true => "19111".to_owned(),
        false => world.places.commune(random, today, 0),
    };
    let officer = world
        .officers
        .actor(Role::CommuneOfficer, &unit, 0, world.at);
    let female = random.chance(50);
    let days = random.between(30, 15 * 365);
    let born = today - chrono::Duration::days(days);
    let mut command = json!({
        "type": "register-child", "source": "household",
        "name": people::name(random, female),
        "sex": if female { "female" } else { "male" },
        "birth": birth(random, born),
        "residence": { "unit": unit },
    });
    if random.chance(80) {
        command["ethnicity"] = random
            .weighted(&[(85, "Kinh"), (10, "Bru-Vân Kiều"), (5, "Chứt")])
            .into();
    }
    if random.chance(88) {
        command["residence"]["address"] = random
            .pick(&["Thôn 1", "Thôn 2", "Thôn 4", "Thôn Đông", "Tổ dân phố 3"])
            .into();
    }
    let numbered = random.chance(75);
    if numbered {
        // Now and then of the other sex: typed wrong.
        let typed = female != random.chance(4);
        command["personal_id"] = number(random, born, typed).into();
    }
    if random.chance(94) {
        let mother = born.year() - i32::try_from(random.between(19, 40)).unwrap_or(25);
        command["relatives"] = json!([
            { "relation": "mother", "name": people::name(random, true), "birth_year": mother },
        ]);
    }
    let begun = Child::begin(random.id(world.at), world.units);
    let mut child = world.give(begun, &officer, command, random)?;
    if random.chance(12) {
        let group = random.pick(&["disabled", "orphan", "without-support", "serious-illness"]);
        let began = born.max(today - chrono::Duration::days(400));
        let command = json!({
            "type": "record-circumstance", "group": group, "since": began.to_string(),
        });
        child = world.give(child, &officer, command, random)?;
    }
    if numbered && random.chance(60) {
        let police = world
            .officers
            .actor(Role::PoliceOfficer, &unit, 0, world.at);
        let checked = json!({ "type": "verify-number", "finding": "confirmed" });
        child = world.give(child, &police, checked, random)?;
    }
    Ok(child)
}

/// The same child as somebody else wrote it down: without marks, the year only.
fn again(
    world: &World<'_>,
    random: &mut Random,
    before: &Child,
) -> Result<Child, DemonstrationError> {
    let officer = world.officer(before);
    let record = before.record();
    let name = record.and_then(|record| record.identity.name.clone());
    let year = record.and_then(|record| record.identity.birth_year);
    let unit = record.map(|record| record.unit().0.to_owned());
    let command = json!({
        "type": "register-child", "source": "other-office",
        "name": name.map(|name| domain::text::fold(&name)),
        "sex": record.map(|record| record.identity.sex),
        "birth": { "year": year },
        "residence": { "unit": unit },
    });
    let begun = Child::begin(random.id(world.at), world.units);
    world.give(begun, &officer, command, random)
}

fn birth(random: &mut Random, born: NaiveDate) -> Value {
    match random.between(1, 100) {
        1..=5 => json!({ "year": born.year() }),
        6..=8 => json!({ "estimated_year": born.year() }),
        _ => json!({ "date": born.to_string() }),
    }
}

/// A personal number of the right shape that nobody can have: no province is number 099.
fn number(random: &mut Random, born: NaiveDate, female: bool) -> String {
    let century = 2 + i32::from(female);
    let year = born.year() % 100;
    format!("099{century}{year:02}{:06}", random.between(1, 999_999))
}

async fn append(store: &EventStore, child: &Child) -> Result<u64, DemonstrationError> {
    let mut events: Vec<NewEvent> = Vec::with_capacity(child.events());
    for recorded in child.history() {
        let envelope = Envelope {
            occurred_at: recorded.occurred_at.utc(),
            recorded_at: recorded.recorded_at.utc(),
            actor: &recorded.actor,
            correlation_id: child.id(),
            causation_id: None,
        };
        events.push(envelope.event(recorded.event_id, &recorded.event)?);
    }
    let many = events.len() as u64;
    let id = child.id();
    // Nobody sends it: the id of the child stands for what was asked.
    let mut fingerprint = [0; 32];
    fingerprint[..16].copy_from_slice(id.as_bytes());
    let command = CommandId { id, fingerprint };
    let stream = StreamId::new(CHILD, id);
    store
        .append(stream, ExpectedVersion::NoStream, events, command)
        .await?;
    Ok(many)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_register_has_the_faults_that_registers_have() {
        let until = Instant::parse("2026-06-15T09:00:00+07:00").unwrap();
        let units = Units::shipped();
        let told = generate(units, 111, 600, until).unwrap();
        assert_eq!(told, generate(units, 111, 600, until).unwrap());
        let mut found = BTreeSet::new();
        for child in &told {
            let record = child.record().unwrap();
            let issues = record.issues_on(until.date(), units);
            found.extend(issues.into_iter().map(|one| one.issue.code()));
            // Nobody can have such a number.
            let number = record.number.id.as_ref();
            assert!(number.is_none_or(|id| id.as_str().starts_with("099")));
        }
        for issue in [
            "duplicate-candidate",
            "birth-inexact",
            "ethnicity-missing",
            "parent-missing",
            "address-missing",
            "number-missing",
            "number-unverified",
            "number-sex-differs",
        ] {
            assert!(found.contains(issue), "{issue}: {found:?}");
        }
    }
}
