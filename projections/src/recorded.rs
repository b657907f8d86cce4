//! From stored events to events of the domain. What cannot be read is an error that names stream
//! and version, never a guess.

use domain::case::Case;
use domain::identity::{Actor, Role};
use domain::log::{DecodeError, Read, Recorded, Stored, Subject};
use domain::time::Instant;
use domain::unit::Units;
use eventstore::{EventStore, ReadError, RecordedEvent, StreamId, StreamKind};
use std::sync::Arc;
use uuid::Uuid;

/// The kind of the streams that hold one child's case each.
pub const CASE: StreamKind = kind_of::<Case>();

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
    /// The facts of an event beside the cases.
    #[error(transparent)]
    Facts(#[from] serde_json::Error),
    /// Type and revision of an event beside the cases.
    #[error("the type {0} is unknown to this version of the program")]
    Type(String),
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

/// The event of a subject as the domain sees it: envelope and decoded payload.
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
    })
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
