//! A connection to the file of the read models on SQLite by which many rows are written or read, on a thread
//! that may wait: each value goes to the database and comes from it as it lies in memory, without a hop
//! between threads.
//!
//! Whoever writes by it holds the one writing connection of this process meanwhile, so that nobody here
//! waits for a lock of the file by trying again.

use std::time::{Duration, Instant};

use eventstore::SqliteDatabase;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, InterruptHandle, OpenFlags, Row, Statement};
use sqlx::Sqlite;
use sqlx::pool::PoolConnection;
use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::packed::Packed;
use super::runs::{Merge, Runs};
use crate::checkpoint::{Generation, State};
use crate::error::RunError;
use crate::table::{Kind, Table};

/// How long a transaction writes before it is committed: so long others wait.
pub(crate) const SHORT: Duration = Duration::from_millis(25);

/// How long it waits for a writer of another process.
const PATIENCE: Duration = Duration::from_secs(120);

/// Pages at hand, where indexes are made, too; the log file is copied into the database as seldom as by the
/// other writer.
const SETTINGS: &str = "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;
     PRAGMA wal_autocheckpoint = 4000; PRAGMA threads = 1; PRAGMA foreign_keys = ON;";

/// How many rows are written by one statement where they follow one another in the table: it finds the
/// place of the next beside that of the last.
const AT_ONCE: usize = 16;

/// How many rows are written between two looks at the clock.
const SOME: usize = 64;

/// The connection. Dropped, it undoes what it has not committed.
pub(crate) struct Direct {
    connection: Connection,
    sqlite: SqliteDatabase,
    runtime: Handle,
    /// Whether nobody waits any more for what it writes.
    stopped: CancellationToken,
}

/// Stops the work on a connection when whoever waited for it goes away; harmless where it has ended.
struct Stops {
    stopped: CancellationToken,
    statement: InterruptHandle,
}

impl Drop for Stops {
    fn drop(&mut self) {
        self.stopped.cancel();
        self.statement.interrupt();
    }
}

/// A table, and what it is called.
#[derive(Clone)]
pub(crate) struct Into {
    pub table: &'static Table,
    pub name: String,
}

/// Rows, one after the other.
enum Source<'a> {
    Packed(Box<dyn Iterator<Item = &'a [u8]> + 'a>),
    Merge(Merge<'a>),
}

impl Source<'_> {
    /// The next; none behind the last.
    fn next(&mut self) -> Result<Option<&[u8]>, std::io::Error> {
        match self {
            Self::Packed(rows) => Ok(rows.next()),
            Self::Merge(rows) => rows.next(),
        }
    }
}

impl Direct {
    /// Opens it. To be called within a tokio runtime.
    pub fn open(sqlite: &SqliteDatabase) -> Result<Self, sqlx::Error> {
        let options = sqlite.write.connect_options();
        let connection = Connection::open(options.get_filename()).map_err(failed)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        connection.execute_batch(SETTINGS).map_err(failed)?;
        Ok(Self {
            connection,
            sqlite: sqlite.clone(),
            runtime: Handle::current(),
            stopped: CancellationToken::new(),
        })
    }

    /// Has `work` done on a thread of its own, and gives the connection back with what came of it. Whoever no
    /// longer waits stops it; what it has not committed is undone, and it counts among `threads` until then.
    pub async fn on_a_thread<T: Send + 'static>(
        mut self,
        threads: &TaskTracker,
        work: impl FnOnce(&mut Self) -> Result<T, sqlx::Error> + Send + 'static,
    ) -> Result<(Self, T), RunError> {
        let stopped = CancellationToken::new();
        self.stopped = stopped.clone();
        let statement = self.connection.get_interrupt_handle();
        let _stops = Stops { stopped, statement };
        let ended = threads.spawn_blocking(move || work(&mut self).map(|done| (self, done)));
        Ok(ended.await.map_err(|_| RunError::Closed)??)
    }

    /// Writes rows, in short transactions. Says whether the generations are still being built: where they
    /// are not, it stops. Blocks the thread.
    pub fn write(
        &mut self,
        members: &[Generation],
        all: &[(Into, Packed)],
    ) -> Result<bool, sqlx::Error> {
        let mut open = None;
        for (into, packed) in all {
            let rows = Source::Packed(Box::new(packed.rows()));
            if !self.write_some(&mut open, members, into, rows)? {
                return Ok(false);
            }
        }
        self.end(&mut open)?;
        Ok(true)
    }

    /// The same with rows of one table that are in its order.
    pub fn write_list(
        &mut self,
        members: &[Generation],
        into: &Into,
        runs: &Runs,
    ) -> Result<bool, sqlx::Error> {
        let mut open = None;
        let rows = Source::Merge(runs.merge()?);
        let written = self.write_some(&mut open, members, into, rows)?;
        self.end(&mut open)?;
        Ok(written)
    }

    fn write_some(
        &self,
        open: &mut Option<Open>,
        members: &[Generation],
        into: &Into,
        mut rows: Source<'_>,
    ) -> Result<bool, sqlx::Error> {
        let at_once = if into.table.is_list() { AT_ONCE } else { 1 };
        let prepare = |rows| self.connection.prepare(&insert(into, rows)).map_err(failed);
        let (mut one, mut many) = (prepare(1)?, prepare(at_once)?);
        let columns = into.table.columns.len();
        let mut waiting: Vec<Vec<u8>> = Vec::new();
        let (mut number, mut at_end) = (0, false);
        while !at_end {
            if number % SOME == 0 && self.until(open, members)?.is_none() {
                return Ok(false);
            }
            let mut waits = 0;
            while waits < at_once && !at_end {
                match rows.next()? {
                    Some(row) if waits < waiting.len() => {
                        waiting[waits].clear();
                        waiting[waits].extend_from_slice(row);
                        waits += 1;
                    }
                    Some(row) => {
                        waiting.push(row.to_vec());
                        waits += 1;
                    }
                    None => at_end = true,
                }
            }
            let (statement, each) = match waits == at_once {
                true => (&mut many, at_once),
                false => (&mut one, 1),
            };
            for rows in waiting[..waits].chunks(each) {
                for (place, row) in rows.iter().enumerate() {
                    bind(statement, into.table, place * columns, row)?;
                }
                if statement.raw_execute().map_err(failed)? != each {
                    return Err(sqlx::Error::RowNotFound);
                }
            }
            number += at_once;
        }
        Ok(true)
    }

    /// Runs statements that make indexes, each in a transaction of its own. Says whether the generations are
    /// still being built, as [`Direct::write`]. Blocks the thread.
    pub fn index(&mut self, members: &[Generation], all: &[String]) -> Result<bool, sqlx::Error> {
        for statement in all {
            let mut open = None;
            if self.until(&mut open, members)?.is_none() {
                return Ok(false);
            }
            self.connection.execute_batch(statement).map_err(failed)?;
            self.end(&mut open)?;
        }
        Ok(true)
    }

    /// Until when to write in the transaction that is open; another, where its time is over. None where the
    /// generations are no longer being built.
    fn until(
        &self,
        open: &mut Option<Open>,
        members: &[Generation],
    ) -> Result<Option<Instant>, sqlx::Error> {
        if let Some(open) = open
            && Instant::now() < open.until
        {
            return Ok(Some(open.until));
        }
        self.end(open)?;
        let alone = self.sqlite.write.acquire();
        let alone = self
            .runtime
            .block_on(self.stopped.run_until_cancelled(alone));
        let alone = alone.ok_or(sqlx::Error::WorkerCrashed)??;
        let begin = "BEGIN IMMEDIATE";
        self.connection.execute_batch(begin).map_err(failed)?;
        for member in members {
            if !self.is_unmoved(member)? {
                self.connection.execute_batch("ROLLBACK").map_err(failed)?;
                return Ok(None);
            }
        }
        let until = Instant::now() + SHORT;
        *open = Some(Open {
            until,
            _alone: alone,
        });
        Ok(Some(until))
    }

    fn end(&self, open: &mut Option<Open>) -> Result<(), sqlx::Error> {
        if open.is_some() {
            self.connection.execute_batch("COMMIT").map_err(failed)?;
        }
        *open = None;
        Ok(())
    }

    fn is_unmoved(&self, member: &Generation) -> Result<bool, sqlx::Error> {
        let statement = "SELECT 1 FROM projection
              WHERE name = ?1 AND generation = ?2 AND position = ?3 AND state = 'building'";
        let mut statement = self.connection.prepare(statement).map_err(failed)?;
        let values = (&member.name, member.number, member.position);
        statement.exists(values).map_err(failed)
    }
}

/// What stood in the file at one moment. Dropped, it lets go of it.
pub(crate) struct Snapshot(Connection);

impl Snapshot {
    /// Takes it; none where the live generations are no longer those of `all`, as another snapshot has them.
    pub fn of(sqlite: &SqliteDatabase, all: &[Generation]) -> Result<Option<Self>, sqlx::Error> {
        let options = sqlite.read.connect_options();
        let reading = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(options.get_filename(), reading).map_err(failed)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        connection.execute_batch("BEGIN").map_err(failed)?;
        let live = all.iter().filter(|one| one.state == State::Live);
        let mut live: Vec<_> = live
            .map(|one| (one.name.clone(), one.number, one.position))
            .collect();
        live.sort_unstable();
        let snapshot = Self(connection);
        let mut now = Vec::new();
        snapshot.each(
            "SELECT name, generation, position FROM projection WHERE state = 'live'",
            |row| {
                now.push(row.try_into().map_err(failed)?);
                Ok(())
            },
        )?;
        now.sort_unstable();
        Ok((live == now).then_some(snapshot))
    }

    /// Hands each row that is asked for to `each`. Blocks the thread.
    pub fn each(
        &self,
        statement: &str,
        mut each: impl FnMut(&Row<'_>) -> Result<(), sqlx::Error>,
    ) -> Result<(), sqlx::Error> {
        let mut statement = self.0.prepare(statement).map_err(failed)?;
        let mut rows = statement.query(()).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            each(row)?;
        }
        Ok(())
    }
}

/// A transaction, during which nobody else of this process writes.
struct Open {
    until: Instant,
    _alone: PoolConnection<Sqlite>,
}

/// The statement that writes so many rows. Whatever fails ends the transaction as a whole: SQLite need not
/// be able to undo the statement alone.
fn insert(into: &Into, rows: usize) -> String {
    let columns = into.table.columns.iter().map(|(column, _)| *column);
    let columns = columns.collect::<Vec<_>>().join(", ");
    let values = format!("({})", vec!["?"; into.table.columns.len()].join(", "));
    let values = vec![values.as_str(); rows].join(", ");
    let name = &into.name;
    format!("INSERT OR ROLLBACK INTO {name} ({columns}) VALUES {values}")
}

/// Binds the values of a row behind the first so many of a statement.
fn bind(
    statement: &mut Statement<'_>,
    table: &Table,
    behind: usize,
    row: &[u8],
) -> Result<(), sqlx::Error> {
    let damaged = || sqlx::Error::Encode("a row was packed wrongly".into());
    let mut rest = row;
    for (place, (_, kind)) in table.columns.iter().enumerate() {
        let (length, others) = rest.split_first_chunk().ok_or_else(damaged)?;
        let length = u32::from_le_bytes(*length);
        let value = if length == u32::MAX {
            rest = others;
            ValueRef::Null
        } else {
            let value = others.split_at_checked(length as usize);
            let (value, others) = value.ok_or_else(damaged)?;
            rest = others;
            match kind {
                Kind::Uuid => ValueRef::Blob(value),
                Kind::Instant | Kind::Integer | Kind::Boolean => {
                    let number = value.try_into().map_err(|_| damaged())?;
                    ValueRef::Integer(i64::from_le_bytes(number))
                }
                Kind::Date | Kind::Text | Kind::Json => ValueRef::Text(value),
            }
        };
        statement
            .raw_bind_parameter(behind + place + 1, ToSqlOutput::Borrowed(value))
            .map_err(failed)?;
    }
    Ok(())
}

pub(super) fn failed(error: rusqlite::Error) -> sqlx::Error {
    sqlx::Error::AnyDriverError(Box::new(error))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use eventstore::testing::SqliteFile;
    use eventstore::{Database, EventStore};
    use tokio_util::task::TaskTracker;

    use super::Direct;

    /// How long a test waits for what must happen.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// Has the statement run on a thread, goes away once it has begun, and says whether the thread ended.
    async fn broken_off(store: &EventStore, statement: &str) -> bool {
        let Database::Sqlite(sqlite) = store.database().read_models() else {
            panic!("SQLite");
        };
        let direct = Direct::open(&sqlite).expect("a connection");
        let threads = TaskTracker::new();
        let (said, begun) = tokio::sync::oneshot::channel();
        let statements = vec![statement.to_owned()];
        let work = direct.on_a_thread(&threads, move |direct| {
            let _ = said.send(());
            direct.index(&[], &statements)
        });
        tokio::select! {
            done = work => panic!("it ended: {}", done.is_ok()),
            () = async {
                begun.await.expect("work that begins");
                tokio::time::sleep(Duration::from_millis(100)).await;
            } => {}
        }
        threads.close();
        let ended = tokio::time::timeout(PATIENCE, threads.wait()).await;
        ended.is_ok()
    }

    #[test]
    fn work_that_nobody_waits_for_ends() {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let ended = runtime.block_on(work_ends());
        // Whoever drops a runtime waits for its threads, which here would be for hours.
        runtime.shutdown_background();
        assert!(ended);
    }

    async fn work_ends() -> bool {
        let file = SqliteFile::new();
        let store = EventStore::connect(&file.url()).await.expect("a database");
        // In the midst of a statement that would take hours.
        let in_its_midst = broken_off(
            &store,
            "CREATE TABLE never AS WITH RECURSIVE numbers(n) AS
               (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT count(*) FROM numbers",
        )
        .await;
        if !in_its_midst {
            return false;
        }
        // And where another holds the one connection that writes.
        let Database::Sqlite(sqlite) = store.database().read_models() else {
            panic!("SQLite");
        };
        let held = sqlite.write.acquire().await.expect("a connection");
        let before_it = broken_off(&store, "CREATE TABLE never (n INTEGER)").await;
        drop(held);
        let made = "SELECT count(*) FROM sqlite_master WHERE name = 'never'";
        let made: i64 = sqlx::query_scalar(made)
            .fetch_one(&sqlite.read)
            .await
            .expect("an answer");
        assert_eq!(made, 0);
        before_it
    }
}
