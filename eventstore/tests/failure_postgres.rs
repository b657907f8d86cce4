//! PostgreSQL drops connections or is gone: the caller is told, nothing is half written or written
//! twice, and the store recovers.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use eventstore::testing::{Cluster, Durability, command, event, stream};
use eventstore::{AppendError, Appended, Database, EventStore, ExpectedVersion, transaction};
use futures::StreamExt;
use sqlx::{Connection, Executor, PgConnection};

async fn append(store: &EventStore, number: u128) -> Result<Appended, AppendError> {
    let events = vec![event(number)];
    store
        .append(
            stream(number),
            ExpectedVersion::NoStream,
            events,
            command(number),
        )
        .await
}

/// As a caller does: the same command until it is certain.
async fn append_until_certain(store: &EventStore, number: u128) -> Appended {
    loop {
        match append(store, number).await {
            Ok(appended) => return appended,
            Err(AppendError::Unavailable(_)) => tokio::time::sleep(Duration::from_millis(20)).await,
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn terminated_connections_lose_and_double_nothing() {
    let cluster = Cluster::shared();
    let url = cluster.fresh_database().await;
    let store = EventStore::connect(&url).await.unwrap();
    let mut events = store.subscribe(0);

    let writers: Vec<_> = (0..16_u128)
        .map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                for turn in 0..40 {
                    append_until_certain(&store, writer * 40 + turn).await;
                }
            })
        })
        .collect();
    let mut terminated = 0;
    while writers.iter().any(|writer| !writer.is_finished()) {
        cluster
            .execute(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                  WHERE application_name = 'noi' AND pid <> pg_backend_pid()",
            )
            .await;
        terminated += 1;
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert!(terminated > 0);

    let all = loop {
        // Reading tries a second connection, but not a third.
        if let Ok(all) = store.read_all(0, usize::MAX).await {
            break all;
        }
    };
    let positions: Vec<_> = all.iter().map(|event| event.position).collect();
    assert_eq!(positions, (1..=640).collect::<Vec<_>>());
    let mut position = 0;
    while position < 640 {
        // Errors are items; the stream goes on behind them.
        if let Ok(event) = events.next().await.unwrap() {
            position += 1;
            assert_eq!(event.position, position);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_server_is_unavailable_until_it_is_started_again() {
    let cluster = Cluster::start(Durability::Process).unwrap();
    let url = cluster.fresh_database().await;
    let store = EventStore::connect(&url).await.unwrap();
    append(&store, 1).await.unwrap();
    let mut events = store.subscribe(1);

    cluster.stop_server();
    let gone = append(&store, 2).await;
    assert!(matches!(gone, Err(AppendError::Unavailable(_))), "{gone:?}");
    assert!(store.read_all(0, 10).await.is_err());
    assert!(events.next().await.unwrap().is_err());

    cluster.start_server();
    let stored = append_until_certain(&store, 2).await;
    assert_eq!((stored.position, stored.replayed), (2, false));
    let event = loop {
        if let Ok(event) = events.next().await.unwrap() {
            break event;
        }
    };
    assert_eq!(event.position, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_head_is_unavailable_until_the_lock_is_gone() {
    let url = Cluster::shared().fresh_database().await;
    let store = EventStore::connect(&url).await.unwrap();
    append(&store, 1).await.unwrap();

    let mut other = PgConnection::connect(&url).await.unwrap();
    other.execute("BEGIN").await.unwrap();
    other
        .execute("SELECT position FROM event_log_head FOR UPDATE")
        .await
        .unwrap();
    let locked = append(&store, 2).await;
    assert!(
        matches!(locked, Err(AppendError::Unavailable(_))),
        "{locked:?}"
    );
    assert_eq!(store.read_all(0, 10).await.unwrap().len(), 1);

    other.execute("ROLLBACK").await.unwrap();
    let stored = append_until_certain(&store, 2).await;
    assert_eq!((stored.position, stored.replayed), (2, false));
}

/// Lets a future go on for `turns` turns, with time between them for the server to answer, and drops
/// it: as a request is dropped whose reader has gone.
async fn cut_off<T>(future: impl Future<Output = T>, turns: usize) {
    let mut future = Box::pin(future);
    for _ in 0..turns {
        if futures::poll!(&mut future).is_ready() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// Waits until what was under way has come to its end. A transaction that nobody will end stays for a
/// minute.
async fn nobody_is_inside(watch: &mut PgConnection) {
    for _ in 0..500 {
        tokio::time::sleep(Duration::from_millis(10)).await;
        let inside: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM pg_stat_activity
              WHERE datname = current_database() AND state LIKE 'idle in transaction%'",
        )
        .fetch_one(&mut *watch)
        .await
        .unwrap();
        if inside == 0 {
            return;
        }
    }
    panic!("somebody is inside a transaction that nobody ends");
}

#[tokio::test]
async fn who_is_cut_off_leaves_no_transaction_behind() {
    let said = Said::default();
    let writer = said.clone();
    let listening = tracing_subscriber::fmt().with_writer(move || writer.clone());
    let _listening = tracing::subscriber::set_default(listening.finish());
    // Others end all connections of the shared cluster.
    let cluster = Cluster::start(Durability::Process).unwrap();
    let url = cluster.fresh_database().await;
    let store = EventStore::connect(&url).await.unwrap();
    let Database::Postgres(pool) = store.database() else {
        unreachable!("the address is one of PostgreSQL");
    };
    let mut watch = PgConnection::connect(&url).await.unwrap();
    for turns in (0..8).cycle().take(24) {
        cut_off(transaction::begin(pool), turns).await;
        nobody_is_inside(&mut watch).await;
        cut_off(transaction::begin_with(pool, "BEGIN READ ONLY"), turns).await;
        nobody_is_inside(&mut watch).await;
        let begun = transaction::begin(pool).await.unwrap();
        cut_off(transaction::commit(begun), turns).await;
        nobody_is_inside(&mut watch).await;
        let begun = transaction::begin(pool).await.unwrap();
        cut_off(transaction::rollback(begun), turns).await;
        nobody_is_inside(&mut watch).await;
    }
    let said = said.text();
    assert!(!said.contains("transaction in progress"), "{said}");
}

/// What is logged meanwhile, notices of the server among it.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl Said {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl std::io::Write for Said {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
