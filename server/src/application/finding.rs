//! What is looked at, and why it cannot be shown, whatever its subject.

use domain::time::Instant;

/// Which part of a history is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AsOf {
    /// All of it.
    #[default]
    Now,
    /// Up to and including a position of the log.
    Position(i64),
    /// What was recorded by then.
    Recorded(Instant),
    /// Only what had happened by then, as it is known now: later corrections count.
    Happened(Instant),
}

/// Why it cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// There is nothing of that id, or this person may not know that there is.
    #[error("there is nothing of that id")]
    NotFound,
    /// The database is not ready.
    #[error("the database is not ready")]
    NotReady(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The stored data is wrong.
    #[error("something is wrong inside")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<projections::LoadError> for FindError {
    fn from(error: projections::LoadError) -> Self {
        if error.is_unavailable() {
            Self::NotReady(error.into())
        } else {
            Self::Internal(error.into())
        }
    }
}
