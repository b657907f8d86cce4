//! Loading one case, and reading everything.

use std::hint::black_box;
use std::time::Instant;

use eventstore::{CommandId, EventStore, ExpectedVersion, StreamId};
use futures::StreamExt;
use uuid::Uuid;

use crate::sample::{self, State};

/// How many events the log has, at least, when all are read.
const EVENTS: i64 = 200_000;

async fn append_case(store: &EventStore, events: i64) -> StreamId {
    let stream = sample::stream();
    let command = CommandId {
        id: Uuid::now_v7(),
        fingerprint: [7; 32],
    };
    let events = (0..events).map(sample::event).collect();
    store
        .append(stream, ExpectedVersion::NoStream, events, command)
        .await
        .unwrap();
    stream
}

/// Milliseconds to load a case of 40 events and to fold it.
pub async fn load_and_fold(store: &EventStore) -> f64 {
    let mut cases = Vec::new();
    for _ in 0..200 {
        cases.push(append_case(store, 40).await);
    }
    let mut times = Vec::new();
    for round in 0..10 {
        for case in &cases {
            let begin = Instant::now();
            let events = store.load_stream(*case).await.unwrap();
            let state = events
                .iter()
                .fold(State::default(), |state, event| state.evolve(event));
            // The first round warms up.
            if round > 0 {
                times.push(begin.elapsed().as_secs_f64() * 1000.0);
            }
            assert_eq!(black_box(state).reports, 10);
        }
    }
    crate::median(times)
}

/// Makes the log large enough.
pub async fn fill(store: &EventStore) {
    while store.head().await.unwrap() < EVENTS {
        append_case(store, 400).await;
    }
}

/// Events in a second, from the first to the last, each decoded into its type and folded.
pub async fn replay(store: &EventStore) -> f64 {
    let head = store.head().await.unwrap();
    let begin = Instant::now();
    let mut pages = store.read_pages(0);
    let mut state = State::default();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        for event in &page.unwrap() {
            count += 1;
            state = state.evolve(event);
        }
    }
    black_box(state);
    assert_eq!(count, head);
    count as f64 / begin.elapsed().as_secs_f64()
}
