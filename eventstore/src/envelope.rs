//! What an event carries besides its payload: who, when, where in which stream, and by which
//! command. Owns these types and their bounds; knows neither SQL nor what an event means.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The longest name of a kind of stream, in bytes.
pub(crate) const MAX_KIND_BYTES: usize = 31;

/// What a stream is about: a short name of lower-case letters, digits and hyphens, such as `case`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StreamKind {
    bytes: [u8; MAX_KIND_BYTES],
    length: u8,
}

/// A text that cannot name a kind of stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a kind of stream is 1 to 31 lower-case letters, digits and hyphens, beginning with a letter"
)]
pub struct InvalidStreamKind;

impl StreamKind {
    /// The kind of that name, for a constant.
    ///
    /// # Panics
    /// When the name is not valid; in a `const` that stops the build.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        match Self::checked(name.as_bytes()) {
            Ok(kind) => kind,
            Err(InvalidStreamKind) => panic!("not the name of a kind of stream"),
        }
    }

    /// Reads a kind from text.
    ///
    /// # Errors
    /// [`InvalidStreamKind`] when `name` is not 1 to 31 lower-case letters, digits and hyphens, or
    /// does not begin with a letter.
    pub const fn parse(name: &str) -> Result<Self, InvalidStreamKind> {
        Self::checked(name.as_bytes())
    }

    const fn checked(name: &[u8]) -> Result<Self, InvalidStreamKind> {
        if name.is_empty() || name.len() > MAX_KIND_BYTES || !name[0].is_ascii_lowercase() {
            return Err(InvalidStreamKind);
        }
        let mut bytes = [0; MAX_KIND_BYTES];
        let mut index = 0;
        while index < name.len() {
            if !matches!(name[index], b'a'..=b'z' | b'0'..=b'9' | b'-') {
                return Err(InvalidStreamKind);
            }
            bytes[index] = name[index];
            index += 1;
        }
        Ok(Self {
            bytes,
            length: name.len() as u8,
        })
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl fmt::Display for StreamKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for StreamKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

/// One stream of events, for example one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StreamId {
    /// What the stream is about.
    pub kind: StreamKind,
    /// Which one of that kind.
    pub id: Uuid,
}

impl StreamId {
    /// The stream of that kind and id.
    #[must_use]
    pub const fn new(kind: StreamKind, id: Uuid) -> Self {
        Self { kind, id }
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.kind, self.id)
    }
}

/// How far the writer knows the stream it appends to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedVersion {
    /// The stream has no event yet.
    NoStream,
    /// The last event of the stream has this version (0: there is none).
    Exact(i64),
    /// However far: the events are true whatever else happened.
    Any,
}

impl ExpectedVersion {
    /// Whether a stream whose last version is `actual` (0: no event) is as expected.
    #[must_use]
    pub const fn admits(self, actual: i64) -> bool {
        match self {
            Self::NoStream => actual == 0,
            Self::Exact(version) => actual == version,
            Self::Any => true,
        }
    }
}

impl fmt::Display for ExpectedVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStream => formatter.write_str("no event"),
            Self::Exact(version) => write!(formatter, "version {version}"),
            Self::Any => formatter.write_str("any version"),
        }
    }
}

/// Names a command, so that the same one sent again is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CommandId {
    /// Chosen by whoever sends the command.
    pub id: Uuid,
    /// SHA-256 of what was asked. The same id with another fingerprint is a mistake of the sender.
    pub fingerprint: [u8; 32],
}

/// Who acted, as they were at that moment. Stored as JSON, verbatim.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// The officer; none when the system acted by itself.
    pub officer: Option<Uuid>,
    /// The officer's name.
    pub name: Option<String>,
    /// The role they acted in, for example `commune-officer` or `system`.
    pub role: String,
    /// The agency they acted for.
    pub agency: Option<String>,
    /// The code of the administrative unit of that agency.
    pub unit: Option<String>,
    /// On whose behalf, when not on their own.
    pub on_behalf_of: Option<String>,
}

/// An event that is to be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Unique among all events.
    pub event_id: Uuid,
    /// The stored name of the type, independent of any Rust name: up to 100 bytes without control
    /// characters.
    pub event_type: Cow<'static, str>,
    /// The revision of that type's payload.
    pub revision: i16,
    /// When it happened in the world. Kept to the microsecond; what is finer is cut off.
    pub occurred_at: DateTime<Utc>,
    /// When it was recorded. Kept to the microsecond; what is finer is cut off.
    pub recorded_at: DateTime<Utc>,
    /// Who acted.
    pub actor: Actor,
    /// What belongs together, across streams.
    pub correlation_id: Uuid,
    /// The event that this one follows from, if any.
    pub causation_id: Option<Uuid>,
    /// JSON without anything that names a person. Kept byte for byte.
    pub facts: String,
    /// JSON with what names a person, and every free text. Kept byte for byte.
    pub personal: Option<String>,
}

/// An event as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedEvent {
    /// Its place among all events: 1, 2, 3, … without a gap.
    pub position: i64,
    /// Its stream.
    pub stream: StreamId,
    /// Its place in the stream: 1, 2, 3, … without a gap.
    pub version: i64,
    /// Unique among all events.
    pub event_id: Uuid,
    /// The stored name of the type. Shared between the events of one page.
    pub event_type: Arc<str>,
    /// The revision of that type's payload.
    pub revision: i16,
    /// When it happened in the world.
    pub occurred_at: DateTime<Utc>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Who acted, as they were then. Shared between the events of one page.
    pub actor: Arc<Actor>,
    /// The command that it came from.
    pub command_id: Uuid,
    /// What belongs together, across streams.
    pub correlation_id: Uuid,
    /// The event that this one follows from, if any.
    pub causation_id: Option<Uuid>,
    /// JSON without anything that names a person, byte for byte as it was appended.
    pub facts: String,
    /// JSON with what names a person, byte for byte as it was appended.
    pub personal: Option<String>,
}

/// What an append did in one stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Where to.
    pub stream: StreamId,
    /// The version of the first event appended.
    pub first_version: i64,
    /// The version of the last event appended: the stream's version afterwards.
    pub version: i64,
    /// The position of the first event appended.
    pub first_position: i64,
    /// The position of the last event appended.
    pub position: i64,
    /// The command had been carried out before: this is what it did then, and nothing was appended
    /// now.
    pub replayed: bool,
}

impl Appended {
    /// The same, told once more.
    pub(crate) const fn again(&self) -> Self {
        Self {
            replayed: true,
            ..*self
        }
    }
}

/// A command that was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandRecord {
    /// SHA-256 of what was asked.
    pub fingerprint: [u8; 32],
    /// What it appended, stream by stream, in the order in which it was asked for. There is at least
    /// one part. `replayed` is set in each, since this is an answer given again.
    pub parts: Vec<Appended>,
}
