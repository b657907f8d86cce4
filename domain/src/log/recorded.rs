//! An event as it was recorded.

use std::sync::Arc;

use uuid::Uuid;

use super::Payload;
use crate::identity::Actor;
use crate::time::Instant;

/// An event with its envelope, as the domain sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded<E> {
    /// Its id.
    pub event_id: Uuid,
    /// Version in the stream, from 1.
    pub version: i64,
    /// Position in the whole log, from 1.
    pub position: i64,
    /// When it happened.
    pub occurred_at: Instant,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// The actor as they were then.
    pub actor: Actor,
    /// What happened.
    pub event: E,
    /// What stood in the log, where that is an older form which reads otherwise today: corrections that
    /// were written for it are applied to it.
    pub older: Option<Arc<Older>>,
    /// What it came of.
    pub cause: Cause,
}

/// What an event came of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cause {
    /// The command that it was recorded by.
    pub command: Uuid,
    /// The event that it follows from.
    pub event: Option<Uuid>,
}

impl<E> Recorded<E> {
    /// Remembers that a value of the personal part was left out for a reader, so that it does not come
    /// back when the event is read again from its older form. `place` is a JSON pointer in the current
    /// form; empty for the whole part.
    pub fn hide(&mut self, place: &'static str) {
        if let Some(older) = &mut self.older {
            Arc::make_mut(older).hidden.push(place);
        }
    }
}

/// The stored form of an event, where it is an older one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Older {
    /// The stored revision.
    pub revision: i16,
    facts: Box<str>,
    personal: Option<Box<str>>,
    hidden: Vec<&'static str>,
}

impl Older {
    pub(super) fn new(revision: i16, facts: &str, personal: Option<&str>) -> Self {
        Self {
            revision,
            facts: facts.into(),
            personal: personal.map(Into::into),
            hidden: Vec::new(),
        }
    }

    /// Both parts as they are stored.
    pub(super) fn payload(&self) -> Option<Payload> {
        Payload::parse(&self.facts, self.personal.as_deref()).ok()
    }

    /// The current form without what is hidden from the reader.
    pub(super) fn shown(&self, mut payload: Payload) -> Payload {
        for place in &self.hidden {
            let Some((parent, last)) = place.rsplit_once('/') else {
                payload.personal = None;
                continue;
            };
            let within = payload
                .personal
                .as_mut()
                .and_then(|own| own.pointer_mut(parent));
            if let Some(fields) = within.and_then(serde_json::Value::as_object_mut) {
                fields.remove(last);
            }
        }
        payload
    }
}
