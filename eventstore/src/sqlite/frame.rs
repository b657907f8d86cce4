//! How many events travel to and from SQLite in one value: in as records of fixed width beside the
//! texts, out as numbers and lengths before the bytes.

use crate::append::Request;
use crate::decide::Plan;
use crate::envelope::{Appended, MAX_KIND_BYTES, RecordedEvent, StreamId, StreamKind};
use crate::log::{RawPage, ReadError};
use crate::page::{Bytes, Shared};

/// The parameters of `commit.sql`.
///
/// A record has a fixed width, its numbers are decimal, and places count from 1. That of an event: 1
/// kind (31), 32 stream id, 48 event id, 64 command id, 80 correlation id, 96 causation id (16 each),
/// 112 whether it has a cause, 113 whether it has a personal part (1), 114 version (20), 134 revision
/// (6), 140 and 160 the two instants (20), then for each of type, actor, facts and personal part from
/// 180 on: where it begins in `texts`, and its length (10 each). That of a command: 1 id (16), 17
/// fingerprint (32), 49 kind (31), 80 stream id (16), then from 96 on first and last version, first
/// and last position (20 each). That of a part of a command that wrote to several streams: 1 id of the
/// command (16), 17 number (6), 23 kind (31), 54 stream id (16), then from 70 on the same four (20
/// each).
pub(super) struct Rows {
    pub events: Vec<u8>,
    pub texts: Vec<u8>,
    pub commands: Vec<u8>,
    pub parts: Vec<u8>,
}

const EVENT_RECORD: usize = 259;
const COMMAND_RECORD: usize = 175;

pub(super) fn encode(group: &[Request], plan: &Plan) -> Rows {
    let events = usize::try_from(plan.events()).unwrap_or(0);
    let bytes: usize = group
        .iter()
        .map(|request| request.bytes + 32 * request.events)
        .sum();
    let mut rows = Rows {
        events: Vec::with_capacity(events * EVENT_RECORD),
        texts: Vec::with_capacity(bytes),
        commands: Vec::with_capacity(plan.accepted.len() * COMMAND_RECORD),
        parts: Vec::new(),
    };
    for (request, first) in plan.commands(group) {
        let record = &mut rows.commands;
        record.extend_from_slice(request.command.id.as_bytes());
        record.extend_from_slice(&request.command.fingerprint);
        put_appended(record, first);
    }
    for (request, number, part) in plan.several(group) {
        let record = &mut rows.parts;
        record.extend_from_slice(request.command.id.as_bytes());
        put_number::<6>(record, number.into());
        put_appended(record, part);
    }
    for (request, part, appended) in plan.stored(group) {
        let versions = appended.first_version..;
        for ((event, actor), version) in part.events.iter().zip(&part.actors).zip(versions) {
            let record = &mut rows.events;
            put_stream(record, &part.stream);
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

/// Stream, versions and positions.
fn put_appended(record: &mut Vec<u8>, appended: &Appended) {
    put_stream(record, &appended.stream);
    put_number::<20>(record, appended.first_version);
    put_number::<20>(record, appended.version);
    put_number::<20>(record, appended.first_position);
    put_number::<20>(record, appended.position);
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
        let mut bytes = Bytes {
            rest: &self.bytes,
            position: 0,
        };
        while !bytes.rest.is_empty() {
            events.push(decode(&mut bytes, &mut shared)?);
        }
        Ok(events)
    }
}

fn decode(bytes: &mut Bytes<'_>, shared: &mut Shared) -> Result<RecordedEvent, ReadError> {
    bytes.position = number(bytes)?;
    let version = number(bytes)?;
    let revision = number(bytes)?;
    let occurred_at = number(bytes)?;
    let recorded_at = number(bytes)?;
    let kind_length = length(bytes)?;
    let type_length = length(bytes)?;
    let actor_length = length(bytes)?;
    let facts_length = length(bytes)?;
    // -1: there is none.
    let personal_length = usize::try_from(number(bytes)?).ok();
    let has_cause = number(bytes)? > 0;
    let stream_id = bytes.id()?;
    Ok(RecordedEvent {
        position: bytes.position,
        version,
        event_id: bytes.id()?,
        command_id: bytes.id()?,
        correlation_id: bytes.id()?,
        causation_id: if has_cause { Some(bytes.id()?) } else { None },
        stream: StreamId::new(
            StreamKind::parse(bytes.text(kind_length)?)
                .map_err(|_| bytes.damaged("its stream has no valid kind"))?,
            stream_id,
        ),
        event_type: shared.event_type(bytes.text(type_length)?),
        actor: shared
            .actor(bytes.text(actor_length)?)
            .ok_or_else(|| bytes.damaged("its actor is not readable"))?,
        facts: bytes.text(facts_length)?.to_owned(),
        personal: match personal_length {
            Some(length) => Some(bytes.text(length)?.to_owned()),
            None => None,
        },
        revision: i16::try_from(revision)
            .map_err(|_| bytes.damaged("its revision is out of range"))?,
        occurred_at: bytes.instant(occurred_at)?,
        recorded_at: bytes.instant(recorded_at)?,
    })
}

/// A decimal number and the space behind it.
fn number(bytes: &mut Bytes<'_>) -> Result<i64, ReadError> {
    let mut number: i64 = 0;
    let mut negative = false;
    for (index, byte) in bytes.rest.iter().enumerate() {
        match byte {
            b'0'..=b'9' => number = number.wrapping_mul(10).wrapping_add(i64::from(byte - b'0')),
            b'-' if index == 0 => negative = true,
            b' ' => {
                bytes.rest = &bytes.rest[index + 1..];
                return Ok(if negative { -number } else { number });
            }
            _ => break,
        }
    }
    Err(bytes.damaged("a number is not readable"))
}

fn length(bytes: &mut Bytes<'_>) -> Result<usize, ReadError> {
    usize::try_from(number(bytes)?).map_err(|_| bytes.damaged("a length is not readable"))
}
