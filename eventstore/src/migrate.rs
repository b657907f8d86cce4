//! Brings the schema up to date. Several programs may begin at once on one database, also on an empty
//! one: whoever comes second waits, and then finds everything done.

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnection, PgPool};
use sqlx::{Connection, Executor};

use crate::database::{ConnectError, Database, SqliteDatabase};

/// How long to wait for another program that brings the schema up to date: an index on many rows
/// takes longer than anybody waits for a row.
const PATIENCE_SECONDS: u32 = 600;

/// The file of the read models, and then that of the log.
pub(crate) async fn sqlite(database: &SqliteDatabase) -> Result<(), ConnectError> {
    let log = Database::Sqlite(database.clone());
    if let Database::Sqlite(read_models) = log.read_models() {
        let migrations = sqlx::migrate!("../migrations/sqlite-read-models");
        sqlite_file(&read_models, &migrations).await?;
    }
    sqlite_file(database, &sqlx::migrate!("../migrations/sqlite")).await
}

/// All migrations in one transaction, which is the only lock that SQLite has.
async fn sqlite_file(database: &SqliteDatabase, migrations: &Migrator) -> Result<(), ConnectError> {
    let mut connection = database.write.acquire().await.map_err(ConnectError::Open)?;
    let patience = format!("PRAGMA busy_timeout = {}", PATIENCE_SECONDS * 1_000);
    let usual: i64 = sqlx::query_scalar("PRAGMA busy_timeout")
        .fetch_one(&mut *connection)
        .await
        .map_err(ConnectError::Open)?;
    let usual = format!("PRAGMA busy_timeout = {usual}");
    connection
        .execute(sqlx::AssertSqlSafe(patience))
        .await
        .map_err(ConnectError::Open)?;
    let mut transaction = connection
        .begin_with("BEGIN IMMEDIATE")
        .await
        .map_err(ConnectError::Open)?;
    migrations.run(&mut *transaction).await?;
    #[expect(clippy::disallowed_methods, reason = "the program waits for it")]
    transaction.commit().await.map_err(ConnectError::Open)?;
    connection
        .execute(sqlx::AssertSqlSafe(usual))
        .await
        .map_err(ConnectError::Open)?;
    Ok(())
}

/// As the connecting user, who owns the tables; then the role `noi_app` gets its rights.
pub(crate) async fn postgres(pool: &PgPool) -> Result<(), ConnectError> {
    let options = pool.connect_options();
    let mut owner = PgConnection::connect_with(&options)
        .await
        .map_err(ConnectError::Open)?;
    let patience = format!("SET lock_timeout = '{PATIENCE_SECONDS}s'");
    owner
        .execute(sqlx::AssertSqlSafe(patience))
        .await
        .map_err(ConnectError::Open)?;
    sqlx::migrate!("../migrations/postgres")
        .run(&mut owner)
        .await?;
    owner
        .execute(sqlx::raw_sql(include_str!("postgres/grants.sql")))
        .await
        .map_err(ConnectError::Grant)?;
    owner.close().await.map_err(ConnectError::Open)?;
    // Connections from before the role existed still have the owner's rights.
    while let Some(connection) = pool.try_acquire() {
        connection.close().await.map_err(ConnectError::Open)?;
    }
    Ok(())
}
