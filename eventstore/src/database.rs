//! The connection to one of the two databases. Owns pools, their settings and migrations; knows no
//! table.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::{Duration, Instant};

use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::migrate;

/// How long anyone waits for a connection or for a lock before the database counts as unavailable.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long anyone waits to write read models on SQLite, where an index over many rows is made by one
/// statement.
const PATIENCE_BESIDE: Duration = Duration::from_secs(120);

/// How long to wait before a file that another program holds is opened again.
const TRY_AGAIN: Duration = Duration::from_millis(10);

/// A pooled PostgreSQL connection that was idle for longer is tried before it is handed out.
const TRUSTED_IDLE: Duration = Duration::from_secs(1);

/// A database that Nôi can live in.
#[derive(Debug, Clone)]
pub enum Database {
    /// The embedded default: one file for the log and what else is true, and a second one beside it
    /// for what follows from it.
    Sqlite(SqliteDatabase),
    /// PostgreSQL 15 or later. Every connection of the pool works as the role `noi_app`, if the
    /// database has it: it uses all tables, but only reads and adds to the log.
    Postgres(PgPool),
}

/// SQLite has one writer: every write goes through `write`, a pool of exactly one connection.
#[derive(Debug, Clone)]
pub struct SqliteDatabase {
    /// The one writer connection. Begin with `BEGIN IMMEDIATE`
    /// (`write.begin_with("BEGIN IMMEDIATE")`) and keep it short: appends wait for it.
    pub write: SqlitePool,
    /// Connections for reading.
    pub read: SqlitePool,
    /// The file of the read models beside it; none beside that file itself.
    beside: Option<Box<SqliteDatabase>>,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The address is neither `sqlite://…` nor `postgres://…`.
    #[error("the database address must begin with sqlite:// or postgres://")]
    UnknownScheme,
    /// The database did not answer.
    #[error("the database cannot be opened")]
    Open(#[source] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the database schema cannot be brought up to date")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The rights of the application's role could not be set.
    #[error("the rights of the database role noi_app cannot be set")]
    Grant(#[source] sqlx::Error),
}

impl Database {
    /// Opens the database at `url` (`sqlite://path` is created when absent; `postgres://…`).
    ///
    /// # Errors
    /// [`ConnectError`] when the address is unknown or the database does not answer.
    pub async fn connect(url: &str) -> Result<Self, ConnectError> {
        if url.starts_with("sqlite:") {
            connect_sqlite(url).await.map_err(ConnectError::Open)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            connect_postgres(url).await.map_err(ConnectError::Open)
        } else {
            Err(ConnectError::UnknownScheme)
        }
    }

    /// Brings the schema up to date. On PostgreSQL it works as the connecting user, who owns the
    /// tables, and then gives the role `noi_app` its rights. Call it before anything else uses the
    /// database; several processes may do so at once.
    ///
    /// # Errors
    /// [`ConnectError::Migrate`] when a migration fails or was changed after it ran;
    /// [`ConnectError::Grant`] when the rights cannot be set.
    pub async fn migrate(&self) -> Result<(), ConnectError> {
        match self {
            Self::Sqlite(sqlite) => migrate::sqlite(sqlite).await,
            Self::Postgres(pool) => migrate::postgres(pool).await,
        }
    }

    /// The database in which read models stand. On SQLite a file of its own with a writer of its own,
    /// so that appends never wait for them: `noi.read.db` beside `noi.db`. It may be deleted whenever no
    /// program uses it. On PostgreSQL the same database, where they have the schema `noi_read`.
    #[must_use]
    pub fn read_models(&self) -> Self {
        match self {
            Self::Sqlite(SqliteDatabase {
                beside: Some(beside),
                ..
            }) => Self::Sqlite((**beside).clone()),
            other => other.clone(),
        }
    }

    /// Closes all connections, and waits for those that are in use.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(sqlite) => {
                let files = sqlite.beside.iter().map(|beside| &**beside);
                for file in files.chain([sqlite]) {
                    file.read.close().await;
                    file.write.close().await;
                }
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

async fn connect_sqlite(url: &str) -> Result<Database, sqlx::Error> {
    let options = SqliteConnectOptions::from_str(url)?;
    let beside = options
        .clone()
        .filename(beside(options.get_filename()))
        // What power loss takes is followed anew: rows and checkpoint are lost together.
        .synchronous(SqliteSynchronous::Normal);
    // An acknowledged append survives power loss: the log file is synced at each commit.
    let mut log = open_sqlite(options.synchronous(SqliteSynchronous::Full), PATIENCE).await?;
    log.beside = Some(Box::new(open_sqlite(beside, PATIENCE_BESIDE).await?));
    Ok(Database::Sqlite(log))
}

/// The file of the read models: `noi.read.db` for `noi.db`.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push(".read");
    if let Some(extension) = file.extension() {
        name.push(".");
        name.push(extension);
    }
    file.with_file_name(name)
}

async fn open_sqlite(
    options: SqliteConnectOptions,
    patience: Duration,
) -> Result<SqliteDatabase, sqlx::Error> {
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .foreign_keys(true)
        // INSERT OR REPLACE must meet the triggers that forbid removal.
        .pragma("recursive_triggers", "ON")
        .busy_timeout(patience);
    let writing = options
        .clone()
        // 8 MiB of pages at hand, and less often a copy from the log file into the database.
        .pragma("cache_size", "-8192")
        .pragma("wal_autocheckpoint", "4000");
    let write = opened(|| {
        SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(patience)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(writing.clone())
    })
    .await?;
    let reading = options.read_only(true);
    let read = opened(|| {
        SqlitePoolOptions::new()
            .max_connections(8)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .connect_with(reading.clone())
    })
    .await?;
    Ok(SqliteDatabase {
        write,
        read,
        beside: None,
    })
}

/// Opens a pool as often as it takes, up to [`PATIENCE`]: changing a new file to a write-ahead log
/// needs the file alone, and SQLite answers "locked" at once, without its busy timeout, where two
/// programs that change it would wait for each other.
async fn opened<F, O>(open: O) -> Result<SqlitePool, sqlx::Error>
where
    F: Future<Output = Result<SqlitePool, sqlx::Error>>,
    O: Fn() -> F,
{
    let begun = Instant::now();
    loop {
        match open().await {
            Err(error) if is_locked(&error) && begun.elapsed() < PATIENCE => {
                tokio::time::sleep(TRY_AGAIN).await;
            }
            opened => return opened,
        }
    }
}

/// Whether another connection holds the file: `SQLITE_BUSY` or `SQLITE_LOCKED`, with any extension.
fn is_locked(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|e| e.code());
    let code = code.and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| matches!(code & 0xff, 5 | 6))
}

async fn connect_postgres(url: &str) -> Result<Database, sqlx::Error> {
    let options = PgConnectOptions::from_str(url)?
        .application_name("noi")
        .options([
            // Nobody holds the head of the log for ever, nor waits for it for ever.
            ("lock_timeout", "5s"),
            ("idle_in_transaction_session_timeout", "60s"),
            // Compiling a query costs more than any of ours takes.
            ("jit", "off"),
            // Every list has an index that gives it in its order. A bitmap gives that up, and then all
            // rows of the list are put in order for the sake of a page: what a planner without
            // statistics takes for the cheaper way.
            ("enable_bitmapscan", "off"),
            // What is asked for lies in memory or on a disk without a needle.
            ("random_page_cost", "1.1"),
            ("max_parallel_workers_per_gather", "0"),
            ("TimeZone", "UTC"),
        ]);
    // An error of address or password shows here, and not in the first request.
    PgConnection::connect_with(&options).await?.close().await?;
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > TRUSTED_IDLE {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(|connection, _| Box::pin(take_application_role(connection)))
        .connect_lazy_with(options);
    Ok(Database::Postgres(pool))
}

/// Gives up the rights of the connecting user for those of `noi_app`, if there is such a role.
async fn take_application_role(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query(
        "SELECT set_config('role', rolname, false)
           FROM pg_roles
          WHERE rolname = 'noi_app' AND pg_has_role(current_user, oid, 'MEMBER')",
    )
    .execute(connection)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_the_read_models_stands_beside_that_of_the_log() {
        for (log, read_models) in [
            ("noi.db", "noi.read.db"),
            ("/var/lib/noi/noi.db", "/var/lib/noi/noi.read.db"),
            ("noi.sqlite", "noi.read.sqlite"),
            ("noi", "noi.read"),
        ] {
            assert_eq!(beside(Path::new(log)), Path::new(read_models));
        }
    }
}
