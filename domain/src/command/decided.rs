//! What comes of a command.

use crate::time::Instant;

/// An event that was decided, with the time at which it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided<E> {
    /// When it happened.
    pub occurred_at: Instant,
    /// What happened.
    pub event: E,
}
