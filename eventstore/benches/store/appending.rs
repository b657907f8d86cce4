//! Appends in a second, by so many writers, each to one case after the other.

use std::sync::Arc;
use std::time::{Duration, Instant};

use eventstore::{CommandId, Database, EventStore, ExpectedVersion, NewEvent, StreamId};
use uuid::Uuid;

use crate::sample;

/// How long a round takes.
const ROUND: Duration = Duration::from_secs(1);

/// The events of one case.
const CASE_EVENTS: i64 = 40;

/// A way to store one event durably.
pub trait Way: Send + Sync + 'static {
    fn store(
        &self,
        stream: StreamId,
        version: i64,
        event: NewEvent,
    ) -> impl Future<Output = ()> + Send;
}

/// The way of the store.
pub struct Append(EventStore);

impl Append {
    pub fn new(store: &EventStore) -> Self {
        Self(store.clone())
    }
}

impl Way for Append {
    async fn store(&self, stream: StreamId, version: i64, event: NewEvent) {
        let command = CommandId {
            id: Uuid::now_v7(),
            fingerprint: [7; 32],
        };
        let expected = ExpectedVersion::Exact(version - 1);
        self.0
            .append(stream, expected, vec![event], command)
            .await
            .unwrap();
    }
}

/// Events stored in a second.
pub async fn rate(writers: usize, way: impl Way) -> f64 {
    let way = Arc::new(way);
    let begin = Instant::now();
    let tasks: Vec<_> = (0..writers)
        .map(|_| {
            let way = Arc::clone(&way);
            tokio::spawn(async move {
                let mut stored = 0_i64;
                let mut stream = sample::stream();
                while begin.elapsed() < ROUND {
                    let version = stored % CASE_EVENTS + 1;
                    if version == 1 {
                        stream = sample::stream();
                    }
                    way.store(stream, version, sample::event(stored)).await;
                    stored += 1;
                }
                stored
            })
        })
        .collect();
    let mut stored = 0;
    for task in tasks {
        stored += task.await.unwrap();
    }
    stored as f64 / begin.elapsed().as_secs_f64()
}

/// The last position is the number of events.
pub async fn assert_gapless(store: &EventStore) {
    let sql = "SELECT count(*), max(position) FROM event_log";
    let (count, last): (i64, i64) = match store.database() {
        Database::Sqlite(sqlite) => sqlx::query_as(sql).fetch_one(&sqlite.read).await.unwrap(),
        Database::Postgres(pool) => sqlx::query_as(sql).fetch_one(pool).await.unwrap(),
    };
    assert_eq!(
        (count, last),
        (last, store.head().await.unwrap()),
        "positions have gaps"
    );
}
