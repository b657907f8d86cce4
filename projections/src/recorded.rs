//! From stored events to events of the domain. What cannot be read is an error that names stream
//! and version, never a guess.

use domain::calendar::AdoptedCalendars;
use domain::case::Case;
use domain::child::Child;
use domain::identity::{Actor, Posts, Role};
use domain::log::{Cause, DecodeError, Read, Recorded, Stored, Subject};
use domain::notice::Notices;
use domain::reading::Readings;
use domain::time::Instant;
use domain::unit::Units;
use eventstore::{EventStore, ReadError, RecordedEvent, StreamId, StreamKind};
use std::sync::Arc;
use uuid::Uuid;

/// The kind of the streams that hold one child's case each.
pub const CASE: StreamKind = kind_of::<Case>();

/// The kind of the streams of children: one for each.
pub const CHILD: StreamKind = kind_of::<Child>();

/// The kind of the streams of readings: one for each case, with the id of the case.
pub const READING: StreamKind = kind_of::<Readings>();

/// The kind of the streams of notices: one for each officer, with the id of the officer.
pub const NOTICE: StreamKind = kind_of::<Notices>();

/// The kind of the streams of posts: one for each officer, with the id of the account.
pub const OFFICER: StreamKind = kind_of::<Posts>();

/// The kind of the one stream of calendars.
pub const CALENDAR: StreamKind = kind_of::<AdoptedCalendars>();

/// The kind of the streams of a subject.
#[must_use]
pub const fn kind_of<S: Subject>() -> StreamKind {
    StreamKind::new(S::KIND)
}

/// A stored event that this program cannot read.
#[derive(Debug, thiserror::Error)]
#[error("the event with version {version} of {stream} cannot be read")]
pub struct Unreadable {
    /// The stream.
    pub stream: StreamId,
    /// The version in the stream.
    pub version: i64,
    /// What is wrong with it.
    #[source]
    pub why: UnreadableBecause,
}

/// What is wrong with a stored event.
#[derive(Debug, thiserror::Error)]
pub enum UnreadableBecause {
    /// Type, revision or payload.
    #[error(transparent)]
    Payload(#[from] DecodeError),
    /// The role of the actor.
    #[error("the role {0} of its actor is unknown to this version of the program")]
    Role(String),
}

/// Why a stream could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The database does not answer, or the stored envelope is damaged.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// An event cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

impl LoadError {
    /// Whether the database did not answer, so that the same again later may do.
    #[must_use]
    pub const fn is_unavailable(&self) -> bool {
        matches!(self, Self::Read(ReadError::Unavailable(_)))
    }
}

/// The event of a subject as the domain sees it: envelope and decoded payload. Every event that is read comes
/// this way.
///
/// # Errors
/// [`Unreadable`] when type, revision, payload or role are unknown to this program.
pub fn recorded<E: Stored>(stored: &RecordedEvent) -> Result<Recorded<E>, Unreadable> {
    read(stored).map_err(|why| Unreadable {
        stream: stored.stream,
        version: stored.version,
        why,
    })
}

fn read<E: Stored>(stored: &RecordedEvent) -> Result<Recorded<E>, UnreadableBecause> {
    let actor = &stored.actor;
    let role =
        Role::parse(&actor.role).ok_or_else(|| UnreadableBecause::Role(actor.role.clone()))?;
    let Read { event, older } = domain::log::read(
        &stored.event_type,
        stored.revision,
        &stored.facts,
        stored.personal.as_deref(),
    )?;
    Ok(Recorded {
        event_id: stored.event_id,
        version: stored.version,
        position: stored.position,
        occurred_at: Instant::new(stored.occurred_at),
        recorded_at: Instant::new(stored.recorded_at),
        actor: Actor {
            officer: actor.officer,
            name: actor.name.clone(),
            role,
            agency: actor.agency.clone(),
            unit: actor.unit.clone(),
            on_behalf_of: actor.on_behalf_of.clone(),
        },
        event,
        older,
        cause: Cause {
            command: stored.command_id,
            event: stored.causation_id,
        },
    })
}

/// Every subject that this program knows: the kind of its streams, and how one of their events is read.
const SUBJECTS: [(StreamKind, Reads); 6] = [
    reads::<Case>(),
    reads::<Child>(),
    reads::<Posts>(),
    reads::<Readings>(),
    reads::<Notices>(),
    reads::<AdoptedCalendars>(),
];

type Reads = fn(&RecordedEvent) -> Result<(), Unreadable>;

const fn reads<S: Subject>() -> (StreamKind, Reads) {
    (kind_of::<S>(), |event| {
        recorded::<S::Event>(event).map(drop)
    })
}

/// Reads an event of whatever subject, as far as this program knows it.
///
/// # Errors
/// As [`recorded`].
pub fn check(stored: &RecordedEvent) -> Result<(), Unreadable> {
    let mut subjects = SUBJECTS.iter();
    let known = subjects.find(|(kind, _)| *kind == stored.stream.kind);
    known.map_or(Ok(()), |(_, reads)| reads(stored))
}

/// The case of that id as it is now, with every event; none where nothing has happened.
///
/// # Errors
/// As [`load`].
pub async fn load_case(
    store: &EventStore,
    id: Uuid,
    units: &Arc<Units>,
) -> Result<Option<Case>, LoadError> {
    load(store, id, units).await
}

/// The stream of that id as it is now, folded; none where nothing has happened in it.
///
/// # Errors
/// [`LoadError`] when the database does not answer or an event cannot be read.
pub async fn load<S: Subject>(
    store: &EventStore,
    id: Uuid,
    units: &Arc<Units>,
) -> Result<Option<S>, LoadError> {
    load_at(store, id, i64::MAX, units).await
}

/// The stream of that id after the event at `position` of the log, folded; none where nothing had
/// happened in it.
///
/// # Errors
/// As [`load`].
pub async fn load_at<S: Subject>(
    store: &EventStore,
    id: Uuid,
    position: i64,
    units: &Arc<Units>,
) -> Result<Option<S>, LoadError> {
    let stored = store.load_stream(StreamId::new(kind_of::<S>(), id)).await?;
    let history = stored
        .iter()
        .take_while(|event| event.position <= position)
        .map(recorded)
        .collect::<Result<Vec<_>, _>>()?;
    Ok((!history.is_empty()).then(|| S::fold(id, history, units)))
}
