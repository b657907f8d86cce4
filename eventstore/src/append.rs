//! What an append asks for, when it is refused, and the bounds that are checked before it waits.

use chrono::{Datelike, SubsecRound};
use serde::de::IgnoredAny;
use uuid::Uuid;

use crate::envelope::{CommandId, ExpectedVersion, NewEvent, StreamId};
use crate::log::StorageError;

/// The most events that one append holds.
pub const MAX_EVENTS_PER_APPEND: usize = 1_000;

/// The most streams that one append is about, those that it only looks at included.
pub const MAX_PARTS_PER_APPEND: usize = 100;

/// The most bytes that facts and personal part of one event have together.
pub const MAX_EVENT_BYTES: usize = 1 << 20;

/// The longest name of an event type, in bytes.
const MAX_TYPE_BYTES: usize = 100;

/// What a command does in one stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The stream.
    pub stream: StreamId,
    /// How far the writer knows it.
    pub expected: ExpectedVersion,
    /// What is appended to it. None: the command was decided on what stands in this stream, and holds
    /// only as long as nothing was added to it; such a part is a condition, and is not remembered.
    pub events: Vec<NewEvent>,
}

/// Why nothing was appended.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AppendError {
    /// Someone else wrote meanwhile. Load the stream again and decide anew.
    #[error("the stream {stream} was expected to have {expected}, but its version is {actual}")]
    VersionConflict {
        /// The stream; the first one, in the order of the parts, that is not as it was expected.
        stream: StreamId,
        /// What the writer knew.
        expected: ExpectedVersion,
        /// The version of the last event (0: there is none).
        actual: i64,
    },
    /// The command id was used before, for something else: its fingerprint is another one, or it
    /// wrote to other streams.
    #[error("the command id was used before, for another command")]
    CommandReused,
    /// An event with one of these event ids is in the log already.
    #[error("an event of this id is in the log already")]
    EventExists,
    /// The append itself is wrong, whatever the log holds.
    #[error("the append is not valid: {0}")]
    Invalid(&'static str),
    /// The database is busy, full or gone. Whether the events were written is not known to the
    /// caller: send the same command id again to find out and to make sure.
    #[error("the events cannot be appended now")]
    Unavailable(#[source] StorageError),
    /// The store was closed before it accepted the append. Nothing was appended.
    #[error("the event store is closed")]
    Closed,
}

/// An append, checked and ready to be stored.
#[derive(Debug)]
pub(crate) struct Request {
    pub command: CommandId,
    pub parts: Vec<RequestPart>,
    /// How many events there are in all parts.
    pub events: usize,
    /// What the events weigh, for the bound of a group.
    pub bytes: usize,
}

/// A part of an append.
#[derive(Debug)]
pub(crate) struct RequestPart {
    pub stream: StreamId,
    pub expected: ExpectedVersion,
    pub events: Vec<NewEvent>,
    /// The actor of each event, as the text that is stored.
    pub actors: Vec<String>,
}

impl Request {
    /// Checks what can be checked without the database, and makes what is stored: done by each
    /// caller for itself, so that the one writer has less to do.
    pub(crate) fn new(command: CommandId, parts: Vec<Part>) -> Result<Self, AppendError> {
        let events = parts.iter().map(|part| part.events.len()).sum();
        if events == 0 {
            return Err(AppendError::Invalid("there is no event in it"));
        }
        if events > MAX_EVENTS_PER_APPEND {
            return Err(AppendError::Invalid(
                "there are more than 1,000 events in it",
            ));
        }
        if parts.len() > MAX_PARTS_PER_APPEND {
            return Err(AppendError::Invalid("it is about more than 100 streams"));
        }
        for (index, part) in parts.iter().enumerate() {
            if parts[..index]
                .iter()
                .any(|earlier| earlier.stream == part.stream)
            {
                return Err(AppendError::Invalid(
                    "two of its parts are about one stream",
                ));
            }
            if part.events.is_empty() && part.expected == ExpectedVersion::Any {
                return Err(AppendError::Invalid(
                    "a part without events admits any version",
                ));
            }
        }
        let mut bytes = 0;
        let mut seen: Vec<Uuid> = Vec::with_capacity(events);
        let parts = parts
            .into_iter()
            .map(|part| RequestPart::new(part, &mut seen, &mut bytes))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            command,
            parts,
            events,
            bytes,
        })
    }

    /// The parts that have events.
    pub(crate) fn written(&self) -> impl Iterator<Item = &RequestPart> {
        self.parts.iter().filter(|part| !part.events.is_empty())
    }
}

impl RequestPart {
    /// `seen` are the ids of earlier events of the same append.
    fn new(part: Part, seen: &mut Vec<Uuid>, bytes: &mut usize) -> Result<Self, AppendError> {
        let Part {
            stream,
            expected,
            mut events,
        } = part;
        let mut actors = Vec::with_capacity(events.len());
        for event in &mut events {
            check(event)?;
            if seen.contains(&event.event_id) {
                return Err(AppendError::Invalid("two of its events have the same id"));
            }
            seen.push(event.event_id);
            let actor = serde_json::to_string(&event.actor)
                .map_err(|_| AppendError::Invalid("an actor is not JSON"))?;
            *bytes += actor.len() + payload_bytes(event);
            actors.push(actor);
            event.occurred_at = event.occurred_at.trunc_subsecs(6);
            event.recorded_at = event.recorded_at.trunc_subsecs(6);
        }
        Ok(Self {
            stream,
            expected,
            events,
            actors,
        })
    }
}

fn payload_bytes(event: &NewEvent) -> usize {
    event.facts.len() + event.personal.as_ref().map_or(0, String::len)
}

fn check(event: &NewEvent) -> Result<(), AppendError> {
    if event.event_type.is_empty()
        || event.event_type.len() > MAX_TYPE_BYTES
        || event.event_type.chars().any(char::is_control)
    {
        return Err(AppendError::Invalid(
            "an event type is empty, longer than 100 bytes, or has control characters",
        ));
    }
    for instant in [event.occurred_at, event.recorded_at] {
        if !(1..=9999).contains(&instant.year()) {
            return Err(AppendError::Invalid(
                "an instant is outside the years 1 to 9999",
            ));
        }
    }
    if payload_bytes(event) > MAX_EVENT_BYTES {
        return Err(AppendError::Invalid("an event is larger than one mebibyte"));
    }
    for json in std::iter::once(&event.facts).chain(&event.personal) {
        if serde_json::from_str::<IgnoredAny>(json).is_err() {
            return Err(AppendError::Invalid("facts or personal part are not JSON"));
        }
    }
    Ok(())
}
