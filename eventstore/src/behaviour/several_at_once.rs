//! Commands of several streams beside one another: none waits for ever, and none is halved.

#![expect(missing_docs, reason = "each name is a sentence that says what holds")]

use std::collections::HashMap;

use futures::future::join_all;
use uuid::Uuid;

use crate::ExpectedVersion::{Any, Exact, NoStream};
use crate::testing::{command, event, stream};
use crate::{AppendError, EventStore};

use super::World;
use super::world::{Given, several};

/// How many events each command left.
async fn events_by_command(store: &EventStore) -> HashMap<Uuid, usize> {
    let mut count = HashMap::new();
    for event in store.read_all(0, usize::MAX).await.unwrap() {
        *count.entry(event.command_id).or_insert(0) += 1;
    }
    count
}

pub async fn commands_of_several_streams_share_a_group_with_others(world: World) {
    for number in 1..=3 {
        world
            .append(stream(number), NoStream, number)
            .await
            .unwrap();
    }
    // All at once, so that they come into one group.
    let send = |number: u128| {
        let world = &world;
        async move {
            let own = stream(100 + number);
            let events = [[10 * number], [10 * number + 1]];
            // Of each five: one alone, two that write to two streams, one with a part that
            // conflicts, one whose second part has an event that is there.
            let parts: &[Given] = match number % 5 {
                0 => &[(own, NoStream, events[0].as_slice())],
                1 | 2 => &[
                    (own, NoStream, events[0].as_slice()),
                    (stream(1), Any, events[1].as_slice()),
                ],
                3 => &[
                    (own, NoStream, events[0].as_slice()),
                    (stream(2), Exact(9), events[1].as_slice()),
                ],
                _ => &[
                    (own, NoStream, events[0].as_slice()),
                    (stream(3), Any, &[1]),
                ],
            };
            (number, world.append_parts(number, parts).await)
        }
    };
    let mut shared = Vec::new();
    for (number, result) in join_all((10..60).map(send)).await {
        let own = world.store.load_stream(stream(100 + number)).await.unwrap();
        match number % 5 {
            0 => assert_eq!(result.unwrap().len(), 1),
            1 | 2 => {
                let parts = result.unwrap();
                assert_eq!(parts[0].position + 1, parts[1].position);
                shared.push(parts[1].version);
            }
            3 => {
                assert!(
                    matches!(
                        result,
                        Err(AppendError::VersionConflict { stream: s, actual: 1, .. })
                            if s == stream(2)
                    ),
                    "{result:?}"
                );
                assert!(own.is_empty());
            }
            _ => {
                assert!(
                    matches!(result, Err(AppendError::EventExists)),
                    "{result:?}"
                );
                assert!(own.is_empty());
            }
        }
    }
    shared.sort_unstable();
    assert_eq!(shared, (2..=21).collect::<Vec<_>>());
    assert_eq!(world.positions().await, (1..=53).collect::<Vec<_>>());
}

pub async fn commands_with_the_same_streams_in_opposite_order_all_get_their_turn(world: World) {
    const EACH: u128 = 25;
    let other = EventStore::connect(&world.url).await.unwrap();
    let writers = (0..4_u128).map(|writer| {
        let store = [&world.store, &other][writer as usize % 2].clone();
        // Half of them the one way, half the other, in each store.
        let order = [[1, 2], [2, 1]][writer as usize / 2];
        tokio::spawn(async move {
            let mut known = [0, 0];
            for turn in 0..EACH {
                let number = 1_000 * (writer + 1) + 2 * turn;
                let events = [[number], [number + 1]];
                loop {
                    let parts = [
                        (stream(order[0]), Exact(known[0]), events[0].as_slice()),
                        (stream(order[1]), Exact(known[1]), events[1].as_slice()),
                    ];
                    let sent = store.append_parts(command(number), several(&parts)).await;
                    match sent {
                        Ok(parts) => {
                            let versions = [parts[0].version, parts[1].version];
                            assert_eq!(versions, known.map(|version| version + 1));
                            known = versions;
                            break;
                        }
                        Err(AppendError::VersionConflict {
                            stream: s, actual, ..
                        }) => {
                            let place = usize::from(s != stream(order[0]));
                            assert!(actual > known[place]);
                            known[place] = actual;
                        }
                        Err(other) => panic!("{other:?}"),
                    }
                }
            }
        })
    });
    for writer in join_all(writers).await {
        writer.unwrap();
    }
    other.close().await;
    let all = 4 * EACH as i64;
    for number in 1..=2 {
        let events = world.store.load_stream(stream(number)).await.unwrap();
        assert!(events.iter().map(|event| event.version).eq(1..=all));
    }
    let by_command = events_by_command(&world.store).await;
    assert_eq!(by_command.len(), 4 * EACH as usize);
    assert!(by_command.values().all(|count| *count == 2));
    assert_eq!(world.positions().await, (1..=2 * all).collect::<Vec<_>>());
}

/// One store writes to a stream; the other one decides on what stands in it. What it wrote was decided
/// on the last version before it, always.
pub async fn a_condition_holds_against_writers_of_another_store(world: World) {
    const EACH: u128 = 60;
    let other = EventStore::connect(&world.url).await.unwrap();
    let changes = tokio::spawn(async move {
        for number in 0..EACH {
            let events = vec![event(number)];
            other
                .append(stream(1), Any, events, command(number))
                .await
                .unwrap();
        }
        other.close().await;
    });
    let mut known = 0;
    for number in 1_000..1_000 + EACH {
        loop {
            // The event says on which version it was decided.
            let mut decided = event(number);
            decided.facts = format!(r#"{{"decided_on":{known}}}"#);
            let mut parts = several(&[(stream(1), Exact(known), &[]), (stream(2), Any, &[])]);
            parts[1].events = vec![decided];
            match world.store.append_parts(command(number), parts).await {
                Ok(_) => break,
                Err(AppendError::VersionConflict {
                    stream: s, actual, ..
                }) => {
                    assert_eq!(s, stream(1));
                    assert!(actual > known);
                    known = actual;
                }
                Err(other) => panic!("{other:?}"),
            }
        }
    }
    changes.await.unwrap();
    let mut version = 0;
    for event in world.store.read_all(0, usize::MAX).await.unwrap() {
        if event.stream == stream(1) {
            version = event.version;
        } else {
            assert_eq!(event.facts, format!(r#"{{"decided_on":{version}}}"#));
        }
    }
    let decided = world.store.load_stream(stream(2)).await.unwrap();
    assert_eq!(decided.len(), EACH as usize);
}

pub async fn a_caller_who_goes_away_leaves_all_parts_or_none(world: World) {
    for number in 0..200_u128 {
        let events = [[number * 2], [number * 2 + 1]];
        let parts = [
            (stream(number), NoStream, events[0].as_slice()),
            (stream(1_000), Any, events[1].as_slice()),
        ];
        let append = world.append_parts(number, &parts);
        // The caller goes away at once, or after having been waiting for a moment.
        let patience = std::time::Duration::from_micros((number as u64 % 10) * 50);
        let _ = tokio::time::timeout(patience, append).await;
    }
    world.store.close().await;
    let by_command = events_by_command(&world.store).await;
    assert!(by_command.values().all(|count| *count == 2));
    for number in 0..200 {
        let events = world.store.load_stream(stream(number)).await.unwrap();
        let record = world.store.find_command(command(number).id).await.unwrap();
        let parts = record.map_or(0, |record| record.parts.len());
        assert_eq!(
            (events.len(), parts),
            if parts == 0 { (0, 0) } else { (1, 2) }
        );
    }
    let head = world.store.head().await.unwrap();
    assert_eq!(world.positions().await, (1..=head).collect::<Vec<_>>());
}
