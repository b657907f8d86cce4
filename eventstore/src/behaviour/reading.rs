//! What is there is read whole and in order.

#![expect(missing_docs, reason = "each name is a sentence that says what holds")]

use futures::{StreamExt, TryStreamExt};

use crate::EventStore;
use crate::ExpectedVersion::{Any, NoStream};
use crate::testing::{command, event, stream};

use super::World;

/// Appends so many events to each of three streams in turn, ten at a time.
async fn fill(world: &World, events: u128) {
    for number in (0..events).step_by(10) {
        let ten = (number..number + 10).map(event).collect();
        let stream = stream(number / 10 % 3);
        world
            .store
            .append(stream, Any, ten, command(number))
            .await
            .unwrap();
    }
}

pub async fn everything_is_read_in_order_and_in_portions(world: World) {
    fill(&world, 100).await;
    let portion = |after, limit| {
        let store = world.store.clone();
        async move {
            let events = store.read_all(after, limit).await.unwrap();
            events
                .iter()
                .map(|event| event.position)
                .collect::<Vec<_>>()
        }
    };
    assert_eq!(portion(0, 3).await, [1, 2, 3]);
    assert_eq!(portion(3, 4).await, [4, 5, 6, 7]);
    assert_eq!(portion(98, 10).await, [99, 100]);
    assert_eq!(portion(100, 10).await, [0_i64; 0]);
    assert_eq!(portion(0, 0).await, [0_i64; 0]);
    assert_eq!(portion(-5, 2).await, [1, 2]);
    assert_eq!(portion(0, usize::MAX).await, (1..=100).collect::<Vec<_>>());
    assert_eq!(portion(i64::MAX, 10).await, [0_i64; 0]);
}

pub async fn a_stream_is_read_from_a_version_on(world: World) {
    fill(&world, 900).await;
    for from in [-1, 0, 1, 2, 299, 300, 301] {
        let events: Vec<_> = world
            .store
            .read_stream(stream(1), from)
            .try_collect()
            .await
            .unwrap();
        let versions: Vec<_> = events.iter().map(|event| event.version).collect();
        assert_eq!(versions, (from.max(1)..=300).collect::<Vec<_>>());
        assert!(events.iter().all(|event| event.stream == stream(1)));
    }
    let loaded = world.store.load_stream(stream(1)).await.unwrap();
    let read: Vec<_> = world
        .store
        .read_stream(stream(1), 1)
        .try_collect()
        .await
        .unwrap();
    assert_eq!(loaded, read);
}

pub async fn a_long_log_is_read_page_by_page(world: World) {
    for part in 0..12 {
        let many = (part * 1000..(part + 1) * 1000).map(event).collect();
        world
            .store
            .append(stream(part), NoStream, many, command(part))
            .await
            .unwrap();
    }
    let mut pages = world.store.read_pages(5);
    let (mut last, mut count) = (5, 0);
    while let Some(page) = pages.next().await {
        for event in page.unwrap() {
            last += 1;
            assert_eq!(event.position, last);
        }
        count += 1;
    }
    assert_eq!(last, 12_000);
    assert!(count > 1);
    assert_eq!(world.store.read_all(0, 11_999).await.unwrap().len(), 11_999);
}

pub async fn what_is_not_there_is_empty(world: World) {
    assert_eq!(world.store.head().await.unwrap(), 0);
    assert_eq!(world.store.read_all(0, 10).await.unwrap(), []);
    assert_eq!(world.store.load_stream(stream(1)).await.unwrap(), []);
    assert!(world.store.read_stream(stream(1), 1).next().await.is_none());
    assert!(world.store.read_pages(0).next().await.is_none());
    assert_eq!(world.store.event(event(1).event_id).await.unwrap(), None);
}

pub async fn a_store_opened_later_sees_everything(world: World) {
    fill(&world, 50).await;
    let before = world.store.read_all(0, 100).await.unwrap();
    world.store.close().await;
    world.store.database().close().await;
    let later = EventStore::connect(&world.url).await.unwrap();
    assert_eq!(later.read_all(0, 100).await.unwrap(), before);
    let appended = later
        .append(stream(9), NoStream, vec![event(999)], command(999))
        .await
        .unwrap();
    assert_eq!(appended.position, 51);
    later.close().await;
}
