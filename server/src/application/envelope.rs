//! From an event of the domain to one that is stored. Every event that is written passes here; that of the
//! demonstration, too.

use chrono::{DateTime, Utc};
use domain::identity::Actor;
use domain::log::Stored;
use eventstore::NewEvent;
use uuid::Uuid;

/// What stands beside what happened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Envelope<'a> {
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When it is recorded.
    pub recorded_at: DateTime<Utc>,
    /// Who did it.
    pub actor: &'a Actor,
    /// What belongs together across streams.
    pub correlation_id: Uuid,
    /// The event that this one follows from.
    pub causation_id: Option<Uuid>,
}

impl Envelope<'_> {
    /// The event as it is stored.
    ///
    /// # Errors
    /// What cannot be written as JSON, which no event can cause.
    pub fn event(self, id: Uuid, event: &impl Stored) -> Result<NewEvent, serde_json::Error> {
        let encoded = event.encode()?;
        Ok(NewEvent {
            event_id: id,
            event_type: encoded.event_type.into(),
            revision: encoded.revision,
            occurred_at: self.occurred_at,
            recorded_at: self.recorded_at,
            actor: stored(self.actor),
            correlation_id: self.correlation_id,
            causation_id: self.causation_id,
            facts: encoded.facts,
            personal: encoded.personal,
        })
    }
}

/// The actor as the log stores them.
pub(super) fn stored(actor: &Actor) -> eventstore::Actor {
    eventstore::Actor {
        officer: actor.officer,
        name: actor.name.clone(),
        role: actor.role.name().to_owned(),
        agency: actor.agency.clone(),
        unit: actor.unit.clone(),
        on_behalf_of: actor.on_behalf_of.clone(),
    }
}
