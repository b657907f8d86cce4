//! The connection to one of the two databases. Owns pools and migrations; knows no table.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

/// A database that Nôi can live in.
#[derive(Debug, Clone)]
pub enum Database {
    /// The embedded default: one file.
    Sqlite(SqliteDatabase),
    /// PostgreSQL 15 or later.
    Postgres(PgPool),
}

/// SQLite has one writer: every write goes through `write`, a pool of exactly one connection.
#[derive(Debug, Clone)]
pub struct SqliteDatabase {
    /// The one writer connection. Begin with `BEGIN IMMEDIATE`.
    pub write: SqlitePool,
    /// Connections for reading.
    pub read: SqlitePool,
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
}

impl Database {
    /// Opens the database at `url` (`sqlite://path` is created when absent; `postgres://…`).
    ///
    /// # Errors
    /// [`ConnectError`] when the address is unknown or the database does not answer.
    pub async fn connect(url: &str) -> Result<Self, ConnectError> {
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)
                .map_err(ConnectError::Open)?
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5));
            let write = SqlitePoolOptions::new()
                .max_connections(1)
                .connect_with(options.clone())
                .await
                .map_err(ConnectError::Open)?;
            let read = SqlitePoolOptions::new()
                .max_connections(8)
                .connect_with(options.read_only(true))
                .await
                .map_err(ConnectError::Open)?;
            Ok(Self::Sqlite(SqliteDatabase { write, read }))
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let pool = PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(5))
                .connect(url)
                .await
                .map_err(ConnectError::Open)?;
            Ok(Self::Postgres(pool))
        } else {
            Err(ConnectError::UnknownScheme)
        }
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// [`ConnectError::Migrate`] when a migration fails or was changed after it ran.
    pub async fn migrate(&self) -> Result<(), ConnectError> {
        match self {
            Self::Sqlite(sqlite) => {
                sqlx::migrate!("../migrations/sqlite").run(&sqlite.write).await?;
            }
            Self::Postgres(pool) => sqlx::migrate!("../migrations/postgres").run(pool).await?,
        }
        Ok(())
    }
}
