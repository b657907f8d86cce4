//! How many events travel to and from SQLite in one value: in as records of fixed width beside the
//! texts, out as numbers and lengths before the bytes.

use chrono::DateTime;
use uuid::Uuid;

use crate::append::Request;
use crate::decide::Plan;
use crate::envelope::{MAX_KIND_BYTES, RecordedEvent, StreamId, StreamKind};
use crate::log::{RawPage, ReadError};
use crate::page::Shared;

/// The parameters of `commit.sql`.
///
/// A record has a fixed width, its numbers are decimal, and places count from 1. That of an event: 1
/// kind (31), 32 stream id, 48 event id, 64 command id, 80 correlation id, 96 causation id (16 each),
/// 112 whether it has a cause, 113 whether it has a personal part (1), 114 version (20), 134 revision
/// (6), 140 and 160 the two instants (20), then for each of type, actor, facts and personal part from
/// 180 on: where it begins in `texts`, and its length (10 each). That of a command: 1 id (16), 17
/// fingerprint (32), 49 kind (31), 80 stream id (16), then from 96 on first and last version, first
/// and last position (20 each).
pub(super) struct Rows {
    pub events: Vec<u8>,
    pub texts: Vec<u8>,
    pub commands: Vec<u8>,
}

const EVENT_RECORD: usize = 259;
const COMMAND_RECORD: usize = 175;

pub(super) fn encode(group: &[Request], plan: &Plan) -> Rows {
    let events = usize::try_from(plan.events()).unwrap_or(0);
    let bytes: usize = group
        .iter()
        .map(|request| request.bytes + 32 * request.events.len())
        .sum();
    let mut rows = Rows {
        events: Vec::with_capacity(events * EVENT_RECORD),
        texts: Vec::with_capacity(bytes),
        commands: Vec::with_capacity(plan.accepted.len() * COMMAND_RECORD),
    };
    for (index, appended) in &plan.accepted {
        let request = &group[*index];
        let record = &mut rows.commands;
        record.extend_from_slice(request.command.id.as_bytes());
        record.extend_from_slice(&request.command.fingerprint);
        put_stream(record, &request.stream);
        put_number::<20>(record, appended.first_version);
        put_number::<20>(record, appended.version);
        put_number::<20>(record, appended.first_position);
        put_number::<20>(record, appended.position);

        let versions = appended.first_version..;
        for ((event, actor), version) in request.events.iter().zip(&request.actors).zip(versions) {
            let record = &mut rows.events;
            put_stream(record, &request.stream);
            record.extend_from_slice(event.event_id.as_bytes());
            record.extend_from_slice(request.command.id.as_bytes());
            record.extend_from_slice(event.correlation_id.as_bytes());
            record.extend_from_slice(event.causation_id.unwrap_or_default().as_bytes());
            put_number::<1>(record, event.causation_id.is_some().into());
            put_number::<1>(record, event.personal.is_some().into());
            put_number::<20>(record, version);
            put_number::<6>(record, event.revision.into());
            put_number::<20>(record, event.occurred_at.timestamp_micros());
            put_number::<20>(record, event.recorded_at.timestamp_micros());
            let personal = event.personal.as_deref().unwrap_or_default();
            for text in [&event.event_type, actor.as_str(), &event.facts, personal] {
                put_number::<10>(record, rows.texts.len() as i64 + 1);
                put_number::<10>(record, text.len() as i64);
                rows.texts.extend_from_slice(text.as_bytes());
            }
        }
    }
    rows
}

/// A stream as its kind, filled up with spaces, and its id.
pub(super) fn put_stream(record: &mut Vec<u8>, stream: &StreamId) {
    let kind = stream.kind.as_str().as_bytes();
    record.extend_from_slice(kind);
    record.resize(record.len() + MAX_KIND_BYTES - kind.len(), b' ');
    record.extend_from_slice(stream.id.as_bytes());
}

/// A number in so many decimal digits, one of them a minus if it is negative.
fn put_number<const WIDTH: usize>(record: &mut Vec<u8>, number: i64) {
    let mut digits = [b'0'; WIDTH];
    let mut rest = number.unsigned_abs();
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if number < 0 {
        digits[0] = b'-';
    }
    record.extend_from_slice(&digits);
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
