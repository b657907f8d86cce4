//! What everybody does first: one INSERT for each event, in its own transaction, into a table with the
//! columns and indexes of the log. The database hands out the positions, gaps and all.

#![expect(
    clippy::disallowed_methods,
    reason = "the plain way is what is compared with"
)]

use eventstore::{Database, EventStore, NewEvent, StreamId};
use sqlx::{Connection, Executor, PgPool, SqlitePool};
use uuid::Uuid;

use crate::appending::Way;

const SQLITE_TABLE: &str = "
    CREATE TABLE baseline (
        position INTEGER PRIMARY KEY, stream_kind TEXT NOT NULL, stream_id BLOB NOT NULL
      , version INTEGER NOT NULL, event_id BLOB NOT NULL UNIQUE, event_type TEXT NOT NULL
      , revision INTEGER NOT NULL, occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL
      , actor TEXT NOT NULL, command_id BLOB NOT NULL, correlation_id BLOB NOT NULL
      , causation_id BLOB, facts TEXT NOT NULL, personal BLOB
      , UNIQUE (stream_kind, stream_id, version)
    ) STRICT";

const POSTGRES_TABLE: &str = "
    CREATE TABLE baseline (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, stream_kind text NOT NULL
      , stream_id uuid NOT NULL, version bigint NOT NULL, event_id uuid NOT NULL UNIQUE
      , event_type text NOT NULL, revision smallint NOT NULL, occurred_at timestamptz NOT NULL
      , recorded_at timestamptz NOT NULL, actor text NOT NULL, command_id uuid NOT NULL
      , correlation_id uuid NOT NULL, causation_id uuid, facts text NOT NULL, personal bytea
      , UNIQUE (stream_kind, stream_id, version)
    )";

const INSERT: &str = "
    INSERT INTO baseline (
        stream_kind, stream_id, version, event_id, event_type, revision, occurred_at, recorded_at
      , actor, command_id, correlation_id, causation_id, facts, personal
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

pub async fn prepare(database: &Database) {
    match database {
        Database::Sqlite(sqlite) => {
            sqlite.write.execute(SQLITE_TABLE).await.unwrap();
        }
        Database::Postgres(pool) => {
            let mut owner = sqlx::PgConnection::connect_with(&pool.connect_options())
                .await
                .unwrap();
            owner.execute(POSTGRES_TABLE).await.unwrap();
            owner.close().await.unwrap();
            // The rights of the application's role.
            database.migrate().await.unwrap();
        }
    }
}

macro_rules! insert {
    ($stream:expr, $version:expr, $event:expr, $time:expr) => {{
        let event = $event;
        let actor = serde_json::to_string(&event.actor).unwrap();
        sqlx::query(INSERT)
            .bind($stream.kind.as_str().to_owned())
            .bind($stream.id)
            .bind($version)
            .bind(event.event_id)
            .bind(event.event_type.into_owned())
            .bind(event.revision)
            .bind($time(event.occurred_at))
            .bind($time(event.recorded_at))
            .bind(actor)
            .bind(Uuid::now_v7())
            .bind(event.correlation_id)
            .bind(event.causation_id)
            .bind(event.facts)
            .bind(event.personal.map(String::into_bytes))
    }};
}

/// `BEGIN`, `INSERT`, `COMMIT`.
pub struct InTransaction(Database);

impl InTransaction {
    pub fn new(store: &EventStore) -> Self {
        Self(store.database().clone())
    }
}

impl Way for InTransaction {
    async fn store(&self, stream: StreamId, version: i64, event: NewEvent) {
        match &self.0 {
            Database::Sqlite(sqlite) => {
                let pool: &SqlitePool = &sqlite.write;
                let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await.unwrap();
                let micros = |time: chrono::DateTime<chrono::Utc>| time.timestamp_micros();
                let query = insert!(stream, version, event, micros);
                query.execute(&mut *transaction).await.unwrap();
                transaction.commit().await.unwrap();
            }
            Database::Postgres(pool) => {
                let pool: &PgPool = pool;
                let mut transaction = pool.begin().await.unwrap();
                let query = insert!(stream, version, event, std::convert::identity);
                query.execute(&mut *transaction).await.unwrap();
                transaction.commit().await.unwrap();
            }
        }
    }
}

/// The `INSERT` alone: the shortest transaction there is.
pub struct AutoCommit(Database);

impl AutoCommit {
    pub fn new(store: &EventStore) -> Self {
        Self(store.database().clone())
    }
}

impl Way for AutoCommit {
    async fn store(&self, stream: StreamId, version: i64, event: NewEvent) {
        match &self.0 {
            Database::Sqlite(sqlite) => {
                let micros = |time: chrono::DateTime<chrono::Utc>| time.timestamp_micros();
                let query = insert!(stream, version, event, micros);
                query.execute(&sqlite.write).await.unwrap();
            }
            Database::Postgres(pool) => {
                let query = insert!(stream, version, event, std::convert::identity);
                query.execute(pool).await.unwrap();
            }
        }
    }
}
