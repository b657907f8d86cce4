//! What both databases must offer, and nothing more. The rules stand in `decide`, `writer` and
//! `read`; an implementation stores and fetches.

use std::sync::Arc;
use std::time::Instant;

use futures::future::BoxFuture;
use tokio::sync::watch;
use uuid::Uuid;

use crate::append::Request;
use crate::decide::{Known, Plan};
use crate::envelope::{CommandRecord, RecordedEvent, StreamId};

/// The database did not do what was asked: it is busy, full or gone.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the database is unavailable")]
pub struct StorageError(#[source] Arc<sqlx::Error>);

impl StorageError {
    /// Whether the database refused the data itself: the same again would be refused again.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(
            &*self.0,
            sqlx::Error::Database(error)
                if error.is_unique_violation() || error.is_check_violation()
        )
    }

    /// Whether the refusal mentions that constraint or column.
    pub(crate) fn names(&self, what: &str) -> bool {
        matches!(
            &*self.0,
            sqlx::Error::Database(error)
                if error.constraint().is_some_and(|name| name.contains(what))
                    || error.message().contains(what)
        )
    }

    /// Whether the connection is lost, and another one may do better at once.
    pub(crate) fn is_lost_connection(&self) -> bool {
        match &*self.0 {
            sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => true,
            // 57P01 to 57P03: the server stops or starts; class 08: the connection failed.
            sqlx::Error::Database(error) => error
                .code()
                .is_some_and(|code| code.starts_with("57P") || code.starts_with("08")),
            _ => false,
        }
    }
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        Self(Arc::new(error))
    }
}

/// Why events could not be read.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ReadError {
    /// The database is busy or gone. Reading again later will do.
    #[error("the events cannot be read now")]
    Unavailable(#[from] StorageError),
    /// The stored data is wrong.
    #[error("the event at position {position} is damaged: {what}")]
    Damaged {
        /// Where it stands.
        position: i64,
        /// What is wrong with it.
        what: &'static str,
    },
}

/// Which events, always ascending.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Selection {
    /// Those behind a position.
    All { after: i64, limit: i64 },
    /// Those of a stream, beginning with a version.
    Stream {
        stream: StreamId,
        from: i64,
        limit: i64,
    },
    /// That one.
    Event(Uuid),
}

/// Events as they came from the database, not yet decoded: the decoding of one page overlaps with
/// the fetching of the next.
pub(crate) trait RawPage: Send {
    /// How many events the page holds.
    fn events(&self) -> i64;
    /// The bytes that the page holds, more or less.
    fn bytes(&self) -> usize;
    /// The events.
    fn decode(self: Box<Self>) -> Result<Vec<RecordedEvent>, ReadError>;
}

/// The reading side of a log.
pub(crate) trait Reader: Send + Sync + 'static {
    fn page(
        &self,
        selection: Selection,
    ) -> BoxFuture<'static, Result<Box<dyn RawPage>, StorageError>>;
    fn head(&self) -> BoxFuture<'static, Result<i64, StorageError>>;
    fn find_command(
        &self,
        id: Uuid,
    ) -> BoxFuture<'static, Result<Option<CommandRecord>, StorageError>>;
    /// Follows what other processes append, as far as the database tells, until dropped.
    fn follow(&self, _wake: watch::Sender<i64>) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }
}

/// The writing side: one transaction at a time.
pub(crate) trait Writer: Send + 'static {
    /// Begins, locks the head, and only then reads what `group` concerns.
    fn begin<'a>(&'a mut self, group: &'a [Request]) -> BoxFuture<'a, Result<Known, StorageError>>;
    /// Stores what was accepted, moves the head, commits.
    fn commit<'a>(
        &'a mut self,
        group: &'a [Request],
        plan: &'a Plan,
    ) -> BoxFuture<'a, Result<(), StorageError>>;
    /// Where the head is, as far as this writer knows without asking.
    fn last_head(&self) -> Option<i64> {
        None
    }
    /// Stores what was accepted in a transaction of its own, if head and streams still are where
    /// the plan thinks that they are. Otherwise, and after an error, it stores nothing.
    fn commit_at_once<'a>(
        &'a mut self,
        _group: &'a [Request],
        _plan: &'a Plan,
    ) -> BoxFuture<'a, Result<bool, StorageError>> {
        Box::pin(std::future::ready(Ok(false)))
    }
    /// Ends a transaction that stores nothing.
    fn rollback(&mut self) -> BoxFuture<'_, ()>;
    /// Lets others have the connection, if it is shared.
    fn release(&mut self) {}
    /// When other processes are to be told of what was committed, if they do not know yet.
    fn tell_at(&self) -> Option<Instant> {
        None
    }
    /// Lets other processes know, if it can.
    fn tell(&mut self) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
    /// Lets go of the connection, whatever state it is in.
    fn disconnect(&mut self);
}
