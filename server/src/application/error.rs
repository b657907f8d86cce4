//! Why a command was not carried out.

use domain::case::{Case, FieldError, Recorded, Rejection};

use super::{OfferEnded, StreamVersion};

/// Nothing was written, and why. After `NotReady` the outcome may be unknown: the same command id
/// sent again makes it certain.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The command cannot be read.
    #[error("a field of the command is wrong")]
    Field(FieldError),
    /// The procedure refuses, or this role or unit may not.
    #[error("the command was refused: {0}")]
    Rejected(Box<Rejection>),
    /// There is no such case, or this person may not know that there is.
    #[error("there is no such case")]
    NotFound,
    /// Someone else wrote meanwhile.
    #[error("the case was changed meanwhile")]
    Conflict {
        /// The version of the case now.
        version: i64,
        /// What was recorded since the version that was expected, oldest first.
        since: Vec<Recorded>,
        /// The streams that changed, as far as the sender may know of them.
        streams: Vec<StreamVersion>,
        /// The case as it was found, for those who look at it again. It is never shown as it is.
        found: Option<Box<Case>>,
    },
    /// The offer was answered or withdrawn meanwhile, and the case is not the sender's to see now.
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
