//! An event as it was recorded.

use uuid::Uuid;

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
}
