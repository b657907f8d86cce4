//! The database that a sentence of the suite is tried on.

use std::any::Any;

use sqlx::{AssertSqlSafe, Executor};

use crate::testing::{command, event};
use crate::{AppendError, Appended, Database, EventStore, ExpectedVersion, Part, StreamId};

/// A fresh, empty store, and what keeps its database alive.
pub struct World {
    /// The store.
    pub store: EventStore,
    /// The address of its database.
    pub url: String,
    /// Dropped at the end of the test.
    pub guard: Box<dyn Any + Send>,
}

/// A part: its stream, what is expected and the numbers of its events.
pub(crate) type Given<'a> = (StreamId, ExpectedVersion, &'a [u128]);

/// The parts as they are appended.
pub(crate) fn several(parts: &[Given]) -> Vec<Part> {
    let part = |(stream, expected, numbers): &Given| Part {
        stream: *stream,
        expected: *expected,
        events: numbers.iter().map(|number| event(*number)).collect(),
    };
    parts.iter().map(part).collect()
}

impl World {
    /// Connects to the empty database at `url`, which is there as long as `guard` is.
    ///
    /// # Panics
    /// When the database cannot be opened.
    pub async fn new(url: String, guard: impl Any + Send) -> Self {
        let store = EventStore::connect(&url)
            .await
            .expect("the database can be opened");
        Self {
            store,
            url,
            guard: Box::new(guard),
        }
    }

    /// Appends event `number` by command `number`.
    pub(crate) async fn append(
        &self,
        stream: StreamId,
        expected: ExpectedVersion,
        number: u128,
    ) -> Result<Appended, AppendError> {
        self.store
            .append(stream, expected, vec![event(number)], command(number))
            .await
    }

    /// Appends to several streams by command `number`.
    pub(crate) async fn append_parts(
        &self,
        number: u128,
        parts: &[Given<'_>],
    ) -> Result<Vec<Appended>, AppendError> {
        self.store
            .append_parts(command(number), several(parts))
            .await
    }

    /// The positions of all events.
    pub(crate) async fn positions(&self) -> Vec<i64> {
        let all = self.store.read_all(0, usize::MAX).await.unwrap();
        all.iter().map(|event| event.position).collect()
    }

    /// Runs a statement over the pool that the application writes with; the message if it fails.
    pub(crate) async fn execute(&self, sql: &str) -> Result<(), String> {
        let done = match self.store.database() {
            Database::Sqlite(sqlite) => sqlite.write.execute(AssertSqlSafe(sql)).await.map(|_| ()),
            Database::Postgres(pool) => pool.execute(AssertSqlSafe(sql)).await.map(|_| ()),
        };
        done.map_err(|error| error.to_string())
    }
}
