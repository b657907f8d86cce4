//! SQLite is locked or full: the caller is told, nothing is half written, and the store recovers.

use eventstore::testing::{SqliteFile, command, event, stream};
use eventstore::{AppendError, Database, EventStore, ExpectedVersion, transaction};
use sqlx::{Connection, Executor, SqliteConnection};

async fn append(store: &EventStore, number: u128) -> Result<i64, AppendError> {
    let events = vec![event(number)];
    let appended = store
        .append(
            stream(number),
            ExpectedVersion::NoStream,
            events,
            command(number),
        )
        .await?;
    assert!(!appended.replayed);
    Ok(appended.position)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_database_is_unavailable_until_the_lock_is_gone() {
    let file = SqliteFile::new();
    let store = EventStore::connect(&file.url()).await.unwrap();
    append(&store, 1).await.unwrap();

    let mut other = SqliteConnection::connect(&file.url()).await.unwrap();
    other.execute("BEGIN EXCLUSIVE").await.unwrap();
    let waiting = (2..10).map(|number| append(&store, number));
    for result in futures::future::join_all(waiting).await {
        assert!(
            matches!(result, Err(AppendError::Unavailable(_))),
            "{result:?}"
        );
    }
    // Reading goes on meanwhile.
    assert_eq!(store.read_all(0, 10).await.unwrap().len(), 1);

    other.execute("ROLLBACK").await.unwrap();
    for number in 2..10 {
        assert_eq!(append(&store, number).await.unwrap(), number as i64);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_database_is_unavailable_until_there_is_room() {
    let file = SqliteFile::new();
    let store = EventStore::connect(&file.url()).await.unwrap();
    append(&store, 1).await.unwrap();
    let Database::Sqlite(sqlite) = store.database() else {
        unreachable!()
    };

    // The limit holds for the connection: it is as if the disk were full …
    sqlite
        .write
        .execute("PRAGMA max_page_count = 1")
        .await
        .unwrap();
    let mut large = event(2);
    large.facts = format!("\"{}\"", "x".repeat(500_000));
    let full = store
        .append(
            stream(2),
            ExpectedVersion::NoStream,
            vec![large.clone()],
            command(2),
        )
        .await;
    assert!(matches!(full, Err(AppendError::Unavailable(_))), "{full:?}");

    // … and then there is room again, whether the connection was kept or not. The same command makes certain.
    sqlite
        .write
        .execute("PRAGMA max_page_count = 4294967294")
        .await
        .unwrap();
    let stored = store
        .append(
            stream(2),
            ExpectedVersion::NoStream,
            vec![large],
            command(2),
        )
        .await
        .unwrap();
    assert_eq!((stored.position, stored.replayed), (2, false));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_writer_beside_the_log_gets_its_turn_while_64_writers_append() {
    let file = SqliteFile::new();
    let store = EventStore::connect(&file.url()).await.unwrap();
    let Database::Sqlite(sqlite) = store.database().clone() else {
        unreachable!()
    };
    sqlite
        .write
        .execute("CREATE TABLE beside (number INTEGER)")
        .await
        .unwrap();

    let (stop, stopped) = tokio::sync::watch::channel(false);
    let writers: Vec<_> = (0..64_u128)
        .map(|writer| {
            let (store, stopped) = (store.clone(), stopped.clone());
            tokio::spawn(async move {
                let mut turn = 0;
                while !*stopped.borrow() {
                    append(&store, writer * 1_000_000 + turn).await.unwrap();
                    turn += 1;
                }
            })
        })
        .collect();
    for number in 0..50 {
        let mut transaction = transaction::begin_with(&sqlite.write, "BEGIN IMMEDIATE")
            .await
            .unwrap();
        let insert = sqlx::query("INSERT INTO beside VALUES (?1)").bind(number);
        insert.execute(&mut *transaction).await.unwrap();
        transaction::commit(transaction).await.unwrap();
    }
    stop.send_replace(true);
    for writer in writers {
        writer.await.unwrap();
    }
    let head = store.head().await.unwrap();
    assert_eq!(
        store.read_all(0, usize::MAX).await.unwrap().len() as i64,
        head
    );
}

/// Several programs that open one new file at the same moment; each with a runtime of its own, so
/// that nobody waits for another's turn.
#[test]
fn a_new_file_can_be_opened_by_many_at_once() {
    const TOGETHER: usize = 8;
    const ROUNDS: usize = 150;
    for _ in 0..ROUNDS {
        let file = SqliteFile::new();
        let url = file.url();
        let together = std::sync::Barrier::new(TOGETHER);
        std::thread::scope(|threads| {
            for _ in 0..TOGETHER {
                threads.spawn(|| {
                    let runtime = tokio::runtime::Builder::new_current_thread()
                        .enable_all()
                        .build()
                        .unwrap();
                    together.wait();
                    runtime.block_on(async {
                        Database::connect(&url).await.unwrap().close().await;
                    });
                });
            }
        });
    }
}
