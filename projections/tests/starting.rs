//! Several programs that begin at the same moment on one database, as `noi serve`, `noi rebuild`,
//! `noi verify` and a second `noi serve` do: each with pools of its own. Whoever comes first, every read
//! model is built, exactly one generation of it is live, and nobody fails.

mod support;

use std::sync::Barrier;

use eventstore::EventStore;
use eventstore::testing::{Cluster, SqliteFile};
use projections::Projections;

use support::{acts, assert_true, caught_up, start};

/// How often they begin together, on each database.
const ROUNDS: u64 = 50;

/// What a program is started for.
#[derive(Debug, Clone, Copy)]
enum Work {
    Serve,
    Rebuild,
    Verify,
}

const TOGETHER: [Work; 5] = [
    Work::Serve,
    Work::Rebuild,
    Work::Verify,
    Work::Serve,
    Work::Rebuild,
];

/// A program of its own: its pools, its migrations, its read models.
async fn program(url: &str) -> (EventStore, Projections) {
    let store = EventStore::connect(url)
        .await
        .expect("the database can be opened by several at once");
    let projections = start(&store);
    (store, projections)
}

async fn end((store, projections): (EventStore, Projections)) {
    store.close().await;
    projections.close().await;
    store.database().close().await;
}

impl Work {
    async fn run(self, url: &str) {
        let begun = program(url).await;
        match self {
            Self::Serve => caught_up(&begun.0, &begun.1).await,
            Self::Rebuild => begun.1.rebuild(None, |_| {}).await.expect("a rebuild"),
            Self::Verify => {
                caught_up(&begun.0, &begun.1).await;
                assert_true(&begun.1).await;
            }
        }
        end(begun).await;
    }
}

/// Each round begins on a database that nobody has seen, on one with events that no read model
/// shows yet, or on one that has read models.
async fn begin_together(url: &str, round: u64) {
    if !round.is_multiple_of(3) {
        let before = program(url).await;
        if round % 3 == 1 {
            before.1.close().await;
        }
        acts::play(&before.0, 1, &acts::acts(round, 12)).await;
        if round % 3 == 2 {
            caught_up(&before.0, &before.1).await;
        }
        end(before).await;
    }
    let together = Barrier::new(TOGETHER.len());
    std::thread::scope(|threads| {
        for work in TOGETHER {
            let together = &together;
            threads.spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .expect("a runtime");
                together.wait();
                runtime.block_on(work.run(url));
            });
        }
    });
    after_it(url).await;
}

/// One live generation of each read model, nothing half built, and rows that follow from the log.
async fn after_it(url: &str) {
    let last = program(url).await;
    caught_up(&last.0, &last.1).await;
    assert_true(&last.1).await;
    for lag in last.1.lag().await.expect("the checkpoints") {
        assert!(lag.generation.is_some(), "{lag:?}");
        assert_eq!(lag.building, None, "{lag:?}");
        assert_eq!(lag.failure, None, "{lag:?}");
    }
    end(last).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn programs_that_begin_together_on_sqlite_all_do_their_work() {
    for round in 0..ROUNDS {
        let file = SqliteFile::new();
        begin_together(&file.url(), round).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn programs_that_begin_together_on_postgres_all_do_their_work() {
    for round in 0..ROUNDS {
        begin_together(&Cluster::shared().fresh_database().await, round).await;
    }
}
