//! Only one builds at a time on a database, in whichever process. Whoever ends, however it ends, lets
//! the next one go on.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::PathBuf;
use std::time::Duration;

use eventstore::{Database, SqliteDatabase};
use sqlx::Connection as _;
use sqlx::postgres::{PgConnection, PgPool};

/// How often it is looked whether the one before has ended.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// The number of the lock on PostgreSQL: "noi" and "build", as no other program would choose it.
const LOCK: i64 = 0x6e6f_6962_7569_6c64;

/// The right to build. Given up when dropped; on PostgreSQL when the server sees that.
pub(crate) enum Alone {
    Sqlite { _file: File },
    Postgres(PgConnection),
}

impl Alone {
    /// Waits until nobody else builds.
    pub async fn wait(database: &Database) -> Result<Self, sqlx::Error> {
        match database {
            Database::Sqlite(sqlite) => sqlite_file(sqlite).await,
            Database::Postgres(pool) => postgres_lock(pool).await,
        }
    }

    /// Gives it up.
    pub async fn end(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite { .. } => Ok(()),
            Self::Postgres(connection) => connection.close().await,
        }
    }
}

/// A file beside the database: the system lets go of its lock with the process.
async fn sqlite_file(sqlite: &SqliteDatabase) -> Result<Alone, sqlx::Error> {
    let mut path = sqlite
        .write
        .connect_options()
        .get_filename()
        .as_os_str()
        .to_owned();
    path.push("-build");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(PathBuf::from(path))?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Alone::Sqlite { _file: file }),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(LOOK_AGAIN).await,
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
}

/// A lock of a session: the server lets go of it with the connection.
async fn postgres_lock(pool: &PgPool) -> Result<Alone, sqlx::Error> {
    let mut connection = PgConnection::connect_with(&pool.connect_options()).await?;
    loop {
        let locked: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
            .bind(LOCK)
            .fetch_one(&mut connection)
            .await?;
        if locked {
            return Ok(Alone::Postgres(connection));
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}
