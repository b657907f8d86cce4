//! What the tests share: databases, a player of commands, and cases to play.

#![expect(dead_code, reason = "each test uses a part of it")]

pub mod acts;
pub mod commands;
pub mod invented;
pub mod player;
/// Commands as the domain's own tests give them.
#[path = "../../../domain/tests/properties/samples.rs"]
pub mod samples;

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use domain::calendar::Calendar;
use domain::case::Procedure;
use eventstore::testing::{Cluster, SqliteFile};
use eventstore::{Database, EventStore};
use projections::Projections;

/// Long enough for a slow machine; a test that waits so long has failed.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A fresh database with its read models.
pub struct World {
    pub store: EventStore,
    pub projections: Projections,
    pub url: String,
    _guard: Box<dyn Any + Send>,
}

pub async fn sqlite() -> World {
    let file = SqliteFile::new();
    World::new(file.url(), file).await
}

pub async fn postgres() -> World {
    World::new(Cluster::shared().fresh_database().await, ()).await
}

/// Read models of `store` by the shipped procedure and calendar.
pub fn start(store: &EventStore) -> Projections {
    Projections::start(store.clone(), Procedure::shipped(), Calendar::shipped())
}

/// A calendar that knows no year.
pub fn empty_calendar() -> Arc<Calendar> {
    Arc::new(Calendar::parse("id = \"none\"\n[years]\n").expect("a calendar without years"))
}

impl World {
    async fn new(url: String, guard: impl Any + Send) -> Self {
        let store = EventStore::connect(&url)
            .await
            .expect("the database can be opened");
        Self {
            projections: start(&store),
            store,
            url,
            _guard: Box::new(guard),
        }
    }

    /// Waits until the read models show everything that is in the log.
    pub async fn caught_up(&self) {
        caught_up(&self.store, &self.projections).await;
    }
}

pub async fn caught_up(store: &EventStore, projections: &Projections) {
    let head = store.head().await.unwrap();
    assert!(
        projections.wait_for(head, PATIENCE).await,
        "{:?}",
        projections.lag().await
    );
}

/// Fails unless all rows are those that follow from the log.
pub async fn assert_true(projections: &Projections) {
    let verified = projections.verify().await.unwrap();
    assert_eq!(verified.len(), Projections::names().len());
    for one in verified {
        assert_eq!(one.difference, None, "{}", one.name);
    }
}

/// Runs a statement on the database of the read models, as nobody but a test does.
pub async fn execute(store: &EventStore, sql: &str) {
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    match &store.database().read_models() {
        Database::Sqlite(sqlite) => drop(sqlx::query(sql).execute(&sqlite.write).await.unwrap()),
        Database::Postgres(pool) => drop(sqlx::query(sql).execute(pool).await.unwrap()),
    }
}

/// How many rows a question to the read models has.
pub async fn rows(store: &EventStore, sql: &'static str) -> usize {
    match &store.database().read_models() {
        Database::Sqlite(sqlite) => sqlx::query(sql)
            .fetch_all(&sqlite.read)
            .await
            .unwrap()
            .len(),
        Database::Postgres(pool) => sqlx::query(sql).fetch_all(pool).await.unwrap().len(),
    }
}

/// The texts that answer a question to the read models.
pub async fn texts(store: &EventStore, sql: &'static str) -> Vec<String> {
    match &store.database().read_models() {
        Database::Sqlite(sqlite) => sqlx::query_scalar(sql).fetch_all(&sqlite.read).await,
        Database::Postgres(pool) => sqlx::query_scalar(sql).fetch_all(pool).await,
    }
    .unwrap()
}

/// Makes a test of each sentence on each database.
#[macro_export]
macro_rules! on_both {
    ($($sentence:ident,)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $sentence() {
                super::$sentence(super::support::sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $sentence() {
                super::$sentence(super::support::postgres().await).await;
            })*
        }
    };
}
