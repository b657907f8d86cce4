//! The event store as its users see it.

use std::sync::Arc;

use futures::stream::BoxStream;
use tokio::sync::{mpsc, oneshot, watch};
use uuid::Uuid;

use crate::append::{AppendError, Part, Request};
use crate::database::{ConnectError, Database};
use crate::envelope::{
    Appended, CommandId, CommandRecord, ExpectedVersion, NewEvent, RecordedEvent, StreamId,
};
use crate::log::{ReadError, Reader, Selection, StorageError, Writer};
use crate::postgres::{PostgresReader, PostgresWriter};
use crate::read::{self, Pages};
use crate::sqlite::{SqliteReader, SqliteWriter};
use crate::subscribe;
use crate::writer::{self, Waiting};

/// The log of everything that has happened. Cheap to clone; all clones share one writer.
#[derive(Clone)]
pub struct EventStore {
    inner: Arc<Inner>,
    #[cfg(feature = "testing")]
    loads: Arc<crate::testing::Loads>,
}

struct Inner {
    database: Database,
    reader: Arc<dyn Reader>,
    queue: mpsc::Sender<Waiting>,
    stop: watch::Sender<bool>,
    head: watch::Receiver<i64>,
}

impl std::fmt::Debug for EventStore {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("EventStore")
            .field("database", &self.inner.database)
            .finish()
    }
}

impl EventStore {
    /// Opens the database at `url`, brings its schema up to date, and starts the writer.
    ///
    /// # Errors
    /// [`ConnectError`] when the database cannot be opened or migrated.
    pub async fn connect(url: &str) -> Result<Self, ConnectError> {
        let database = Database::connect(url).await?;
        database.migrate().await?;
        Ok(Self::open(database))
    }

    /// Starts the writer on a database whose schema is up to date. One store for a process is
    /// enough: clones share it. Must be called within a tokio runtime.
    #[must_use]
    pub fn open(database: Database) -> Self {
        let (reader, writer): (Arc<dyn Reader>, Box<dyn Writer>) = match &database {
            Database::Sqlite(sqlite) => (
                Arc::new(SqliteReader {
                    pool: sqlite.read.clone(),
                }),
                Box::new(SqliteWriter::new(sqlite.write.clone())),
            ),
            Database::Postgres(pool) => (
                Arc::new(PostgresReader { pool: pool.clone() }),
                Box::new(PostgresWriter::new(pool.clone())),
            ),
        };
        let (queue, waiting) = mpsc::channel(writer::QUEUE);
        let (stop, stopped) = watch::channel(false);
        let (wake, head) = watch::channel(0);
        let follow = reader.follow(wake.clone());
        tokio::spawn(async move {
            // Following ends with the writer, and with both the wake-up signal of subscriptions.
            tokio::select! {
                () = writer::run(writer, waiting, stopped, wake) => {}
                () = follow_for_ever(follow) => {}
            }
        });
        Self {
            inner: Arc::new(Inner {
                database,
                reader,
                queue,
                stop,
                head,
            }),
            #[cfg(feature = "testing")]
            loads: Arc::default(),
        }
    }

    /// The same store, and what counts the streams that are loaded through it: other clones are not
    /// counted.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn counting(&self) -> (Self, Arc<crate::testing::Loads>) {
        let loads = Arc::default();
        let store = Self {
            inner: Arc::clone(&self.inner),
            loads: Arc::clone(&loads),
        };
        (store, loads)
    }

    /// The database, for those who keep their own tables beside the log.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.inner.database
    }

    /// Appends `events` to `stream` alone, all or none, and returns when they are durable. They get the
    /// next versions of the stream and the next positions of the log, in the order given.
    ///
    /// The same command sent again appends nothing and returns what it did the first time, whatever
    /// `expected` says. When the returned future is dropped, the append happens whole or not at all.
    ///
    /// # Errors
    /// [`AppendError`] says why nothing was appended. Only after [`AppendError::Unavailable`] is the
    /// outcome unknown; the same command sent again makes it certain.
    pub async fn append(
        &self,
        stream: StreamId,
        expected: ExpectedVersion,
        events: Vec<NewEvent>,
        command: CommandId,
    ) -> Result<Appended, AppendError> {
        let part = Part {
            stream,
            expected,
            events,
        };
        let mut parts = self.append_parts(command, vec![part]).await?;
        // A part with events is answered, and another one is refused.
        parts
            .pop()
            .ok_or(AppendError::Invalid("there is no event in it"))
    }

    /// Appends to several streams by one command, in one transaction: all parts or none. The events
    /// get positions in the order of the parts. A part without events only sees to it that its stream
    /// still has the version that is expected. Returns where each part that has events is, in their
    /// order.
    ///
    /// The same command sent again appends nothing and returns all that it did the first time, in the
    /// order of that time, whatever is expected; it must write to the same streams. When the returned
    /// future is dropped, the append happens whole or not at all.
    ///
    /// # Errors
    /// [`AppendError`] says why nothing was appended; a conflict names the stream. Only after
    /// [`AppendError::Unavailable`] is the outcome unknown; the same command sent again makes it
    /// certain.
    pub async fn append_parts(
        &self,
        command: CommandId,
        parts: Vec<Part>,
    ) -> Result<Vec<Appended>, AppendError> {
        let request = Request::new(command, parts)?;
        let (answer, answered) = oneshot::channel();
        let waiting = Waiting { request, answer };
        self.inner
            .queue
            .send(waiting)
            .await
            .map_err(|_| AppendError::Closed)?;
        answered.await.unwrap_or_else(|_| {
            // The runtime is shutting down under the writer.
            Err(AppendError::Unavailable(StorageError::from(
                sqlx::Error::PoolClosed,
            )))
        })
    }

    /// The events of `stream` from version `from_version` on, in order, as they are now. Reads
    /// ahead; for a whole stream at once, [`Self::load_stream`] is quicker.
    #[must_use]
    pub fn read_stream(
        &self,
        stream: StreamId,
        from_version: i64,
    ) -> BoxStream<'static, Result<RecordedEvent, ReadError>> {
        let selection = Selection::Stream {
            stream,
            from: from_version.max(1),
            limit: i64::MAX,
        };
        subscribe::flatten(Pages::new(Arc::clone(&self.inner.reader), selection).into_stream())
    }

    /// All events of `stream`, in order, by one query. Empty when there is no such stream.
    ///
    /// # Errors
    /// [`ReadError`] when the database is unavailable or the stored data is damaged.
    pub async fn load_stream(&self, stream: StreamId) -> Result<Vec<RecordedEvent>, ReadError> {
        #[cfg(feature = "testing")]
        self.loads.count(stream);
        let selection = Selection::Stream {
            stream,
            from: 1,
            limit: i64::MAX,
        };
        self.inner.reader.page(selection).await?.decode()
    }

    /// At most `limit` events behind position `after_position` (0: from the beginning), in order.
    ///
    /// # Errors
    /// [`ReadError`] when the database is unavailable or the stored data is damaged.
    pub async fn read_all(
        &self,
        after_position: i64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, ReadError> {
        let selection = Selection::All {
            after: after_position.max(0),
            limit: i64::try_from(limit).unwrap_or(i64::MAX),
        };
        read::collect(Arc::clone(&self.inner.reader), selection).await
    }

    /// All events behind `after_position` up to the head, page by page: the quickest way to read the
    /// whole log, since the next page is fetched while the last one is used. Ends after an error.
    #[must_use]
    pub fn read_pages(
        &self,
        after_position: i64,
    ) -> BoxStream<'static, Result<Vec<RecordedEvent>, ReadError>> {
        let selection = Selection::All {
            after: after_position.max(0),
            limit: i64::MAX,
        };
        Pages::new(Arc::clone(&self.inner.reader), selection).into_stream()
    }

    /// Every event behind `after_position`, each position once and in order: first those that are
    /// there, then the others as they come, also from other processes.
    ///
    /// An error is an item, not the end: the stream goes on behind the last event delivered. It ends
    /// when the store is closed or its last clone is dropped.
    #[must_use]
    pub fn subscribe(
        &self,
        after_position: i64,
    ) -> BoxStream<'static, Result<RecordedEvent, ReadError>> {
        subscribe::flatten(self.subscribe_batches(after_position))
    }

    /// Like [`Self::subscribe`], but with all events at once that are there: for those who do
    /// something once for a batch, such as a transaction. No batch is empty.
    #[must_use]
    pub fn subscribe_batches(
        &self,
        after_position: i64,
    ) -> BoxStream<'static, Result<Vec<RecordedEvent>, ReadError>> {
        subscribe::batches(
            Arc::clone(&self.inner.reader),
            self.inner.head.clone(),
            after_position,
        )
    }

    /// The last position; 0 when the log is empty.
    ///
    /// # Errors
    /// [`ReadError::Unavailable`] when the database does not answer.
    pub async fn head(&self) -> Result<i64, ReadError> {
        Ok(self.inner.reader.head().await?)
    }

    /// What the command of that id appended, if it was carried out.
    ///
    /// # Errors
    /// [`ReadError::Unavailable`] when the database does not answer.
    pub async fn find_command(&self, id: Uuid) -> Result<Option<CommandRecord>, ReadError> {
        Ok(self.inner.reader.find_command(id).await?)
    }

    /// The event of that id, if there is one.
    ///
    /// # Errors
    /// [`ReadError`] when the database is unavailable or the stored data is damaged.
    pub async fn event(&self, event_id: Uuid) -> Result<Option<RecordedEvent>, ReadError> {
        let page = self.inner.reader.page(Selection::Event(event_id)).await?;
        Ok(page.decode()?.pop())
    }

    /// Accepts no more appends, finishes those it has accepted, and stops. Subscriptions end. The
    /// database stays open: see [`Database::close`].
    pub async fn close(&self) {
        self.inner.stop.send_replace(true);
        // The signal is gone when the writer has ended.
        let mut head = self.inner.head.clone();
        while head.changed().await.is_ok() {}
    }
}

/// Following the appends of others is a convenience: when it ends, writing goes on.
async fn follow_for_ever(follow: impl Future<Output = ()>) {
    follow.await;
    std::future::pending::<()>().await;
}
