//! A subscriber sees every position once and in order.

#![expect(missing_docs, reason = "each name is a sentence that says what holds")]

use std::time::Duration;

use futures::StreamExt;

use crate::EventStore;
use crate::ExpectedVersion::{Any, NoStream};
use crate::testing::{command, event, stream};

use super::World;

/// No test waits longer for something that does not come.
pub(crate) const LONG: Duration = Duration::from_secs(120);

pub async fn a_subscriber_catches_up_and_then_follows(world: World) {
    for number in 1..=5 {
        world.append(stream(1), Any, number).await.unwrap();
    }
    let mut events = world.store.subscribe(0);
    for position in 1..=5 {
        assert_eq!(events.next().await.unwrap().unwrap().position, position);
    }
    for number in 6..=30 {
        world.append(stream(2), Any, number).await.unwrap();
        let event = tokio::time::timeout(LONG, events.next())
            .await
            .unwrap()
            .unwrap()
            .unwrap();
        assert_eq!(event.position, number as i64);
        assert_eq!(event.event_id, crate::testing::event(number).event_id);
    }
}

pub async fn a_subscriber_begins_behind_the_position_it_names(world: World) {
    for number in 1..=5 {
        world.append(stream(1), Any, number).await.unwrap();
    }
    let mut events = world.store.subscribe(3);
    assert_eq!(events.next().await.unwrap().unwrap().position, 4);
    // One who is ahead waits for what comes behind that position.
    let mut ahead = world.store.subscribe(6);
    for number in 6..=7 {
        world.append(stream(1), Any, number).await.unwrap();
    }
    let event = tokio::time::timeout(LONG, ahead.next())
        .await
        .unwrap()
        .unwrap()
        .unwrap();
    assert_eq!(event.position, 7);
}

pub async fn a_subscriber_sees_every_position_once_while_64_writers_write(world: World) {
    const WRITERS: u128 = 64;
    const EACH: u128 = 20;
    let total = (WRITERS * EACH) as i64;
    let follow = |mut events: futures::stream::BoxStream<'static, _>| {
        tokio::spawn(async move {
            for position in 1..=total {
                let event: Result<crate::RecordedEvent, crate::ReadError> =
                    tokio::time::timeout(LONG, events.next())
                        .await
                        .unwrap()
                        .unwrap();
                assert_eq!(event.unwrap().position, position);
            }
        })
    };
    let followers = [
        follow(world.store.subscribe(0)),
        follow(world.store.subscribe(0)),
    ];
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = world.store.clone();
            tokio::spawn(async move {
                for turn in 0..EACH {
                    let number = writer * EACH + turn;
                    let events = vec![event(number)];
                    store
                        .append(stream(writer), Any, events, command(number))
                        .await
                        .unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    // One who comes late sees the same.
    follow(world.store.subscribe(0)).await.unwrap();
    for follower in followers {
        follower.await.unwrap();
    }
}

pub async fn a_subscriber_is_woken_by_another_store_on_the_same_database(world: World) {
    let other = EventStore::connect(&world.url).await.unwrap();
    let mut events = world.store.subscribe(0);
    for number in 1..=5 {
        other
            .append(stream(1), Any, vec![event(number)], command(number))
            .await
            .unwrap();
        let event = tokio::time::timeout(LONG, events.next())
            .await
            .unwrap()
            .unwrap()
            .unwrap();
        assert_eq!(event.position, number as i64);
    }
    other.close().await;
    // The first store goes on where the other one stopped.
    let appended = world.append(stream(2), NoStream, 6).await.unwrap();
    assert_eq!(appended.position, 6);
}
