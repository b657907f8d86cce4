//! Why a command was not carried out.

use domain::command::{FieldError, Rejection};
use domain::identity::Actor;
use domain::log::{Recorded, Subject};
use domain::time::Instant;
use eventstore::{AppendError, ReadError};
use projections::LoadError;
use uuid::Uuid;

use super::StreamVersion;
use crate::access::AccessError;

/// Nothing was written, and why. After `NotReady` the outcome may be unknown: the same command id
/// sent again makes it certain.
#[derive(Debug, thiserror::Error)]
pub enum SendError<S: Subject> {
    /// The command cannot be read.
    #[error("a field of the command is wrong")]
    Field(FieldError),
    /// The procedure refuses, or this role or unit may not.
    #[error("the command was refused: {0}")]
    Rejected(Box<Rejection>),
    /// There is no such stream, or this person may not know that there is.
    #[error("there is no such {}", S::KIND)]
    NotFound,
    /// Someone else wrote meanwhile.
    #[error("the {} was changed meanwhile", S::KIND)]
    Conflict {
        /// The version of the stream now.
        version: i64,
        /// What was recorded since the version that was expected, oldest first, where the subject keeps
        /// what was recorded.
        since: Vec<Recorded<S::Event>>,
        /// The streams that changed, as far as the sender may know of them.
        streams: Vec<StreamVersion>,
        /// The subject as it was found, for those who look at it again. It is never shown as it is.
        found: Option<Box<S>>,
    },
    /// The offer was answered or withdrawn meanwhile, and the subject is not the sender's to see now.
    #[error("the offer stands open no more")]
    OfferEnded(Box<OfferEnded>),
    /// The same command id was used for something else.
    #[error("the command id was used for something else")]
    CommandReused,
    /// The database is busy, full or gone.
    #[error("the database is not ready")]
    NotReady(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The stored data or this program is wrong.
    #[error("something is wrong inside")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What ended an offer. Neither facts nor words of the subject.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferEnded {
    /// The version of the stream with this event.
    pub version: i64,
    /// Its position in the log.
    pub position: i64,
    /// Its id.
    pub event_id: Uuid,
    /// Its type.
    pub event_type: &'static str,
    /// When it happened.
    pub occurred_at: Instant,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// By whom.
    pub actor: Actor,
}

impl<S: Subject> SendError<S> {
    /// Others wrote to streams that the sender did not name, again and again; `streams` are those of them
    /// that they may know of.
    pub(super) fn elsewhere(version: i64, streams: Vec<StreamVersion>) -> Self {
        Self::Conflict {
            version,
            since: Vec::new(),
            streams,
            found: None,
        }
    }
}

impl<S: Subject> From<FieldError> for SendError<S> {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}

impl<S: Subject> From<Rejection> for SendError<S> {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(Box::new(rejection))
    }
}

impl<S: Subject> From<LoadError> for SendError<S> {
    fn from(error: LoadError) -> Self {
        if error.is_unavailable() {
            Self::NotReady(error.into())
        } else {
            Self::Internal(error.into())
        }
    }
}

impl<S: Subject> From<ReadError> for SendError<S> {
    fn from(error: ReadError) -> Self {
        LoadError::from(error).into()
    }
}

impl<S: Subject> From<AppendError> for SendError<S> {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::VersionConflict { actual, .. } => Self::elsewhere(actual, Vec::new()),
            AppendError::CommandReused => Self::CommandReused,
            AppendError::Unavailable(_) | AppendError::Closed => Self::NotReady(error.into()),
            AppendError::EventExists | AppendError::Invalid(_) => Self::Internal(error.into()),
        }
    }
}

impl<S: Subject> From<AccessError> for SendError<S> {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Database(_) => Self::NotReady(error.into()),
            error => Self::Internal(error.into()),
        }
    }
}

impl<S: Subject> From<serde_json::Error> for SendError<S> {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}
