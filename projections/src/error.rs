//! What can go wrong with read models.

use crate::recorded::{LoadError, Unreadable};
use eventstore::ReadError;

/// Why read models do not move on. The log is untouched; the same again later may do.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The database does not answer.
    #[error("the database of the read models is unavailable")]
    Unavailable(#[from] sqlx::Error),
    /// The log cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// An event cannot be read: the read models stop before it rather than leave it out.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// There is no read model of that name.
    #[error("there is no read model {0:?}")]
    Unknown(String),
    /// A newer program keeps this read model.
    #[error("a newer version of the program keeps the read model {0:?}")]
    Newer(String),
    /// The read models were closed.
    #[error("the read models are closed")]
    Closed,
}

impl From<LoadError> for RunError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Read(error) => Self::Read(error),
            LoadError::Unreadable(error) => Self::Unreadable(error),
        }
    }
}

/// Why a question to a read model has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The cursor was not given out by this list.
    #[error("the cursor is malformed")]
    Cursor,
    /// The database does not answer.
    #[error("the database of the read models is unavailable")]
    Unavailable(#[from] sqlx::Error),
    /// The history of a case cannot be read.
    #[error(transparent)]
    Case(#[from] LoadError),
    /// A stored row is wrong.
    #[error("a row of {table} is damaged: {what}")]
    Damaged {
        /// The table.
        table: &'static str,
        /// What is wrong.
        what: String,
    },
}
