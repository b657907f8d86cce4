//! Plays commands through the real domain onto a real log.

use std::borrow::Cow;

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::case::{Case, CaseView, Command, Context, Recorded, Rejection, decide};
use domain::identity::{Actor, Role};
use domain::time::Instant;
use eventstore::{
    AppendError, Appended, CommandId, EventStore, ExpectedVersion, NewEvent, StreamId,
};
use projections::CASE;
use serde_json::Value;
use uuid::Uuid;

/// How long to wait before a command is sent again.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(20);

/// Ids that follow from the number of the case, so that a failure repeats itself.
pub fn case_id(number: u64) -> Uuid {
    // Spread, so that the order of ids is not the order of time.
    let spread = u128::from(number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    Uuid::from_u128((spread << 64) | u128::from(number))
}

/// A case that is being played.
pub struct Player {
    pub id: Uuid,
    pub case: Case,
    number: u64,
    /// Decided and not yet appended.
    pub pending: Vec<NewEvent>,
}

pub fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

pub fn actor(role: Role, unit: &str) -> Actor {
    Actor {
        officer: Some(Uuid::from_u128(0x0ff1_ce00 + role as u128)),
        name: Some("Trần Thị Bình".to_owned()),
        agency: Some("UBND xã".to_owned()),
        ..Actor::new(role, unit)
    }
}

impl Player {
    pub fn new(number: u64) -> Self {
        Self {
            id: case_id(number),
            case: Case::new(domain::unit::Units::shipped()),
            number,
            pending: Vec::new(),
        }
    }

    pub fn stream(&self) -> StreamId {
        StreamId::new(CASE, self.id)
    }

    /// Decides a command in memory; what came of it waits in `pending`.
    pub fn decide(&mut self, at: Instant, actor: &Actor, body: Value) -> Result<(), Rejection> {
        let command = Command::from_json(body.clone()).unwrap_or_else(|e| panic!("{e:?} {body}"));
        let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
        let context = Context::new(at, actor, &procedure, &calendar);
        let decided = decide(CaseView::of(&self.case), &command, &context)?;
        for decided in decided {
            let version = self.case.history().len() as i64 + 1;
            let event_id = Uuid::from_u128((u128::from(self.number) << 32) | version as u128);
            let encoded = decided.event.encode().unwrap();
            self.pending.push(NewEvent {
                event_id,
                event_type: Cow::Borrowed(encoded.event_type),
                revision: encoded.revision,
                occurred_at: decided.occurred_at.utc(),
                recorded_at: at.utc(),
                actor: eventstore::Actor {
                    officer: actor.officer,
                    name: actor.name.clone(),
                    role: actor.role.name().to_owned(),
                    agency: actor.agency.clone(),
                    unit: actor.unit.clone(),
                    on_behalf_of: actor.on_behalf_of.clone(),
                },
                correlation_id: self.id,
                causation_id: None,
                facts: encoded.facts,
                personal: encoded.personal,
            });
            let empty = Case::new(self.case.units());
            self.case = std::mem::replace(&mut self.case, empty).evolve(Recorded {
                event_id,
                version,
                position: version,
                occurred_at: decided.occurred_at,
                recorded_at: at,
                actor: actor.clone(),
                event: decided.event,
                older: None,
                cause: domain::log::Cause::default(),
            });
        }
        Ok(())
    }

    /// Appends what waits.
    pub async fn append(&mut self, store: &EventStore) -> Appended {
        let events = std::mem::take(&mut self.pending);
        let last = events.last().expect("something was decided").event_id;
        let command = CommandId {
            id: last,
            fingerprint: [7; 32],
        };
        loop {
            let appended = store
                .append(self.stream(), ExpectedVersion::Any, events.clone(), command)
                .await;
            match appended {
                // Whether it happened is unknown until the same command is sent again.
                Err(AppendError::Unavailable(_)) => tokio::time::sleep(PAUSE).await,
                appended => return appended.unwrap(),
            }
        }
    }

    /// Decides and appends; the command must be accepted.
    pub async fn play(
        &mut self,
        store: &EventStore,
        at: Instant,
        actor: &Actor,
        body: Value,
    ) -> Appended {
        self.decide(at, actor, body.clone())
            .unwrap_or_else(|rejection| panic!("{rejection:?} {body}"));
        self.append(store).await
    }

    /// Id of the last event of a type.
    pub fn last(&self, event_type: &str) -> Uuid {
        self.case
            .history()
            .iter()
            .rev()
            .find(|event| event.event.event_type() == event_type)
            .expect("there is such an event")
            .event_id
    }
}
