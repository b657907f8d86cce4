//! Closing loses nothing.

#![expect(missing_docs, reason = "each name is a sentence that says what holds")]

use futures::StreamExt;
use futures::future::join_all;

use crate::AppendError;
use crate::ExpectedVersion::{Any, NoStream};
use crate::testing::{command, event, stream};

use super::World;
use super::following::LONG;

pub async fn closing_finishes_what_was_accepted(world: World) {
    let appends: Vec<_> = (0..500_u128)
        .map(|number| {
            let store = world.store.clone();
            tokio::spawn(async move {
                store
                    .append(
                        stream(number),
                        NoStream,
                        vec![event(number)],
                        command(number),
                    )
                    .await
            })
        })
        .collect();
    // At least one was accepted before the store closes, and the others come meanwhile.
    while world.store.head().await.unwrap() == 0 {
        tokio::task::yield_now().await;
    }
    world.store.close().await;
    let mut stored = 0;
    for append in join_all(appends).await {
        match append.unwrap() {
            Ok(_) => stored += 1,
            Err(AppendError::Closed) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(world.positions().await, (1..=stored).collect::<Vec<_>>());
}

pub async fn a_closed_store_accepts_nothing(world: World) {
    world.append(stream(1), Any, 1).await.unwrap();
    let clone = world.store.clone();
    world.store.close().await;
    world.store.close().await;
    let refused = clone
        .append(stream(1), Any, vec![event(2)], command(2))
        .await;
    assert!(matches!(refused, Err(AppendError::Closed)), "{refused:?}");
    assert_eq!(clone.read_all(0, 10).await.unwrap().len(), 1);
}

pub async fn subscriptions_end_when_the_store_is_closed(world: World) {
    world.append(stream(1), Any, 1).await.unwrap();
    let mut events = world.store.subscribe(0);
    assert_eq!(events.next().await.unwrap().unwrap().position, 1);
    let end = tokio::spawn(async move { events.next().await });
    world.store.close().await;
    let end = tokio::time::timeout(LONG, end).await.unwrap().unwrap();
    assert!(end.is_none(), "{end:?}");
}
