//! What decoding a page needs on either database: a careful way to cut bytes, and what the events of
//! one page share, so that it is made once: most of them have the same few actors and types.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::envelope::Actor;
use crate::log::ReadError;

/// Bytes of events that are cut from the front.
pub(crate) struct Bytes<'a> {
    pub rest: &'a [u8],
    /// The event that is being read, for the error.
    pub position: i64,
}

impl<'a> Bytes<'a> {
    pub(crate) fn damaged(&self, what: &'static str) -> ReadError {
        ReadError::Damaged {
            position: self.position,
            what,
        }
    }

    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], ReadError> {
        let (bytes, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or_else(|| self.damaged("it ends too early"))?;
        self.rest = rest;
        Ok(bytes)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], ReadError> {
        let (bytes, rest) = self
            .rest
            .split_first_chunk()
            .ok_or_else(|| self.damaged("it ends too early"))?;
        self.rest = rest;
        Ok(*bytes)
    }

    pub(crate) fn id(&mut self) -> Result<Uuid, ReadError> {
        self.array().map(Uuid::from_bytes)
    }

    pub(crate) fn text(&mut self, length: usize) -> Result<&'a str, ReadError> {
        std::str::from_utf8(self.take(length)?).map_err(|_| self.damaged("a text is not UTF-8"))
    }

    pub(crate) fn instant(&self, micros: i64) -> Result<DateTime<Utc>, ReadError> {
        DateTime::from_timestamp_micros(micros)
            .ok_or_else(|| self.damaged("an instant is out of range"))
    }
}

/// Actors and event types met so far.
#[derive(Default)]
pub(crate) struct Shared {
    actors: HashMap<Box<str>, Arc<Actor>>,
    types: HashMap<Box<str>, Arc<str>>,
}

impl Shared {
    /// The actor of that JSON; none when it is not readable.
    pub(crate) fn actor(&mut self, json: &str) -> Option<Arc<Actor>> {
        if let Some(actor) = self.actors.get(json) {
            return Some(Arc::clone(actor));
        }
        let actor: Arc<Actor> = Arc::new(serde_json::from_str(json).ok()?);
        self.actors.insert(json.into(), Arc::clone(&actor));
        Some(actor)
    }

    /// The type of that name.
    pub(crate) fn event_type(&mut self, name: &str) -> Arc<str> {
        if let Some(shared) = self.types.get(name) {
            return Arc::clone(shared);
        }
        let shared: Arc<str> = name.into();
        self.types.insert(name.into(), Arc::clone(&shared));
        shared
    }
}
