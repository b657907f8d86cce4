//! What a command did, told to whoever sent it: in the stream that it was addressed to, and in which other
//! streams, as far as they may see those.

use domain::log::{Stored, Subject};
use eventstore::{Appended, CommandId, CommandRecord, StreamId, StreamKind};
use projections::kind_of;
use uuid::Uuid;

use super::{Desk, SendError, Sender};

/// What a command did.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent<S> {
    /// The stream that it was addressed to.
    pub id: Uuid,
    /// Its version now.
    pub version: i64,
    /// Position of the last event in it.
    pub position: i64,
    /// The events in it, in order, by type. None: there was nothing to record.
    pub events: Vec<String>,
    /// Every stream that was written to, as far as the sender may see it, in the order of positions.
    pub streams: Vec<StreamVersion>,
    /// The subject with these events, for a second command of the same post. It is never shown as it is.
    pub subject: S,
}

/// How far a stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamVersion {
    /// What it is about.
    pub kind: StreamKind,
    /// Which one.
    pub id: Uuid,
    /// The version of its last event.
    pub version: i64,
}

impl StreamVersion {
    /// That stream at that version.
    #[must_use]
    pub const fn new(stream: StreamId, version: i64) -> Self {
        Self {
            kind: stream.kind,
            id: stream.id,
            version,
        }
    }

    /// The stream.
    pub(super) const fn stream(&self) -> StreamId {
        StreamId::new(self.kind, self.id)
    }
}

/// What is known of the stream that a command was addressed to.
pub(super) enum Known<S> {
    /// As it was loaded, with what the command wrote or without.
    Loaded(S),
    /// With what the command wrote: these types of events.
    Written(S, Vec<String>),
    /// It was not loaded.
    Nothing,
}

/// The version of the stream that the subject was folded from.
pub(super) fn version<S: Subject>(subject: &S) -> i64 {
    i64::try_from(subject.events()).unwrap_or(i64::MAX)
}

/// What the same command did when it was sent before.
///
/// # Errors
/// [`SendError::CommandReused`] where its id was used for something else.
pub(super) async fn sent_before<S: Subject, D: Desk<S>>(
    desk: &D,
    id: CommandId,
) -> Result<Option<CommandRecord>, SendError<S>> {
    match desk.tools().store.find_command(id.id).await? {
        Some(record) if record.fingerprint != id.fingerprint => Err(SendError::CommandReused),
        found => Ok(found),
    }
}

/// What to tell of a command that wrote `parts`. It was `addressed` to that stream; none: to the first of its
/// kind, which it began.
///
/// # Errors
/// [`SendError`] where the log does not answer.
pub(super) async fn told<S: Subject, D: Desk<S>>(
    desk: &D,
    sender: &Sender<'_>,
    parts: &[Appended],
    addressed: Option<StreamId>,
    known: Known<S>,
) -> Result<Sent<S>, SendError<S>> {
    let tools = desk.tools();
    let own = parts.iter().find(|part| match addressed {
        Some(stream) => part.stream == stream,
        None => part.stream.kind == kind_of::<S>(),
    });
    let stream = own.map(|own| own.stream).or(addressed);
    let stream = stream.ok_or(SendError::CommandReused)?;
    let (subject, types) = match known {
        Known::Written(subject, types) => (subject, Some(types)),
        Known::Loaded(subject) => (subject, None),
        Known::Nothing => {
            let found = tools.load(stream.id).await?;
            (found.ok_or(SendError::NotFound)?, None)
        }
    };
    let events = match (own, types) {
        (None, _) => Vec::new(),
        (Some(_), Some(types)) => types,
        (Some(own), None) => match folded(&subject, own) {
            Some(types) => types,
            None => stored(desk, own).await?,
        },
    };
    let mut streams = Vec::with_capacity(parts.len());
    for part in parts {
        if part.stream == stream || desk.may_know(sender, part.stream).await? {
            streams.push(StreamVersion::new(part.stream, part.version));
        }
    }
    let last = own.or(parts.last());
    Ok(Sent {
        id: stream.id,
        version: own.map_or_else(|| version(&subject), |own| own.version),
        position: last.map_or(0, |last| last.position),
        events,
        streams,
        subject,
    })
}

/// The types of the events that were written, as the subject keeps them; none where it does not, or that
/// was before.
fn folded<S: Subject>(subject: &S, own: &Appended) -> Option<Vec<String>> {
    let written = own.first_version..=own.version;
    let events = subject.history().iter();
    let own: Vec<_> = events
        .filter(|event| written.contains(&event.version))
        .map(|event| event.event.event_type().to_owned())
        .collect();
    (own.len() == written.count()).then_some(own)
}

/// The same from the log.
async fn stored<S: Subject, D: Desk<S>>(
    desk: &D,
    own: &Appended,
) -> Result<Vec<String>, SendError<S>> {
    let written = own.first_version..=own.version;
    let events = desk.tools().store.load_stream(own.stream).await?;
    let events = events
        .iter()
        .filter(|event| written.contains(&event.version));
    Ok(events.map(|event| event.event_type.to_string()).collect())
}
