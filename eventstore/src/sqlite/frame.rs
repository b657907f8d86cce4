//! How events travel to and from SQLite in one value: the way in as JSON of numbers and lengths
//! beside the bytes, the way out as numbers and lengths before the bytes.

use std::fmt::Write as _;

use chrono::DateTime;
use uuid::Uuid;

use crate::append::Request;
use crate::decide::Plan;
use crate::envelope::{RecordedEvent, StreamId, StreamKind};
use crate::log::{RawPage, ReadError};
use crate::page::Shared;

/// The parameters of `commit.sql`.
pub(super) struct Rows {
    /// One array for each event: offset of its bytes (from 1), kind, version, type, revision, both
    /// instants, lengths of actor, facts and personal part (or null), whether it has a cause.
    pub events: String,
    /// For each event: ids of stream, event, command, correlation and cause, then actor, facts and
    /// personal part.
    pub bodies: Vec<u8>,
    /// One array for each command.
    pub commands: String,
}

pub(super) fn encode(group: &[Request], plan: &Plan) -> Rows {
    let bytes: usize = group
        .iter()
        .map(|request| request.bytes + 80 * request.events.len())
        .sum();
    let mut rows = Rows {
        events: String::with_capacity(plan.events() as usize * 128),
        bodies: Vec::with_capacity(bytes),
        commands: String::with_capacity(plan.accepted.len() * 192),
    };
    for (index, appended) in &plan.accepted {
        let request = &group[*index];
        let stream = request.stream;
        rows.commands
            .push(if rows.commands.is_empty() { '[' } else { ',' });
        let _ = write!(rows.commands, r#"["{}",""#, request.command.id.simple());
        for byte in request.command.fingerprint {
            let _ = write!(rows.commands, "{byte:02x}");
        }
        let _ = write!(
            rows.commands,
            r#"","{}","{}",{},{},{},{}]"#,
            stream.kind,
            stream.id.simple(),
            appended.first_version,
            appended.version,
            appended.first_position,
            appended.position,
        );

        let versions = appended.first_version..;
        for ((event, actor), version) in request.events.iter().zip(&request.actors).zip(versions) {
            rows.events
                .push(if rows.events.is_empty() { '[' } else { ',' });
            let _ = write!(
                rows.events,
                r#"[{},"{}",{version},{},{},{},{},{},{},"#,
                rows.bodies.len() + 1,
                stream.kind,
                serde_json::Value::from(event.event_type.as_ref()),
                event.revision,
                event.occurred_at.timestamp_micros(),
                event.recorded_at.timestamp_micros(),
                actor.len(),
                event.facts.len(),
            );
            match &event.personal {
                Some(personal) => {
                    let _ = write!(rows.events, "{}", personal.len());
                }
                None => rows.events.push_str("null"),
            }
            rows.events.push_str(if event.causation_id.is_some() {
                ",1]"
            } else {
                ",0]"
            });

            for id in [
                stream.id,
                event.event_id,
                request.command.id,
                event.correlation_id,
                event.causation_id.unwrap_or_default(),
            ] {
                rows.bodies.extend_from_slice(id.as_bytes());
            }
            rows.bodies.extend_from_slice(actor.as_bytes());
            rows.bodies.extend_from_slice(event.facts.as_bytes());
            rows.bodies
                .extend_from_slice(event.personal.as_deref().unwrap_or("").as_bytes());
        }
    }
    rows.events.push(']');
    rows.commands.push(']');
    rows
}

/// A page of events as one value.
pub(super) struct Frames {
    pub events: i64,
    pub bytes: Vec<u8>,
}

impl RawPage for Frames {
    fn events(&self) -> i64 {
        self.events
    }

    fn bytes(&self) -> usize {
        self.bytes.len()
    }

    fn decode(self: Box<Self>) -> Result<Vec<RecordedEvent>, ReadError> {
        let mut shared = Shared::default();
        let mut events = Vec::with_capacity(usize::try_from(self.events).unwrap_or(0));
        let mut rest = self.bytes.as_slice();
        let mut position = 0;
        while !rest.is_empty() {
            let frame = Frame { rest, position };
            let (event, behind) = frame.decode(&mut shared)?;
            position = event.position;
            rest = behind;
            events.push(event);
        }
        Ok(events)
    }
}

struct Frame<'a> {
    rest: &'a [u8],
    position: i64,
}

impl<'a> Frame<'a> {
    fn decode(mut self, shared: &mut Shared) -> Result<(RecordedEvent, &'a [u8]), ReadError> {
        self.position = self.number()?;
        let version = self.number()?;
        let revision = self.number()?;
        let occurred_at = self.number()?;
        let recorded_at = self.number()?;
        let kind_length = self.number()?;
        let type_length = self.number()?;
        let actor_length = self.number()?;
        let facts_length = self.number()?;
        let personal_length = self.number()?;
        let causation_length = self.number()?;
        let stream_id = self.id()?;
        let event_id = self.id()?;
        let command_id = self.id()?;
        let correlation_id = self.id()?;
        let causation_id = if causation_length == 0 {
            None
        } else {
            Some(self.id()?)
        };
        let kind = StreamKind::parse(self.text(kind_length)?)
            .map_err(|_| self.damaged("its stream has no valid kind"))?;
        let event_type = shared.event_type(self.text(type_length)?);
        let actor = self.text(actor_length)?;
        let actor = shared
            .actor(actor)
            .ok_or_else(|| self.damaged("its actor is not readable"))?;
        let facts = self.text(facts_length)?.to_owned();
        let personal = match personal_length {
            -1 => None,
            length => Some(self.text(length)?.to_owned()),
        };
        let event = RecordedEvent {
            position: self.position,
            stream: StreamId::new(kind, stream_id),
            version,
            event_id,
            event_type,
            revision: i16::try_from(revision)
                .map_err(|_| self.damaged("its revision is out of range"))?,
            occurred_at: self.instant(occurred_at)?,
            recorded_at: self.instant(recorded_at)?,
            actor,
            command_id,
            correlation_id,
            causation_id,
            facts,
            personal,
        };
        Ok((event, self.rest))
    }

    fn damaged(&self, what: &'static str) -> ReadError {
        ReadError::Damaged {
            position: self.position,
            what,
        }
    }

    fn number(&mut self) -> Result<i64, ReadError> {
        let mut number: i64 = 0;
        let mut negative = false;
        for (index, byte) in self.rest.iter().enumerate() {
            match byte {
                b'0'..=b'9' => number = number.wrapping_mul(10) + i64::from(byte - b'0'),
                b'-' if index == 0 => negative = true,
                b' ' => {
                    self.rest = &self.rest[index + 1..];
                    return Ok(if negative { -number } else { number });
                }
                _ => break,
            }
        }
        Err(self.damaged("a number is not readable"))
    }

    fn take(&mut self, length: i64) -> Result<&'a [u8], ReadError> {
        let taken = usize::try_from(length)
            .ok()
            .and_then(|length| self.rest.split_at_checked(length));
        let (bytes, rest) = taken.ok_or_else(|| self.damaged("it ends too early"))?;
        self.rest = rest;
        Ok(bytes)
    }

    fn id(&mut self) -> Result<Uuid, ReadError> {
        let bytes = self.take(16)?;
        Uuid::from_slice(bytes).map_err(|_| self.damaged("an id is not readable"))
    }

    fn text(&mut self, length: i64) -> Result<&'a str, ReadError> {
        let bytes = self.take(length)?;
        std::str::from_utf8(bytes).map_err(|_| self.damaged("a text is not UTF-8"))
    }

    fn instant(&self, micros: i64) -> Result<DateTime<chrono::Utc>, ReadError> {
        DateTime::from_timestamp_micros(micros)
            .ok_or_else(|| self.damaged("an instant is out of range"))
    }
}
