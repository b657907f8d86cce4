//! Many writers: nothing is lost, nothing comes twice, and one wins.

#![expect(missing_docs, reason = "each name is a sentence that says what holds")]

use std::collections::HashSet;

use futures::future::join_all;

use crate::ExpectedVersion::{Any, Exact, NoStream};
use crate::testing::{command, event, stream};
use crate::{AppendError, EventStore};

use super::World;

pub async fn of_64_writers_who_expect_the_same_version_one_wins(world: World) {
    let mut number = 0;
    for version in 0..15 {
        let tries = (0..64).map(|_| {
            number += 1;
            let (store, number) = (world.store.clone(), number);
            tokio::spawn(async move {
                store
                    .append(
                        stream(1),
                        Exact(version),
                        vec![event(number)],
                        command(number),
                    )
                    .await
            })
        });
        let mut won = 0;
        for result in join_all(tries).await {
            match result.unwrap() {
                Ok(appended) => {
                    assert_eq!(appended.version, version + 1);
                    won += 1;
                }
                Err(AppendError::VersionConflict { actual, .. }) => assert_eq!(actual, version + 1),
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(won, 1);
    }
    assert_eq!(world.positions().await, (1..=15).collect::<Vec<_>>());
}

pub async fn writers_who_try_again_all_get_their_turn(world: World) {
    let writers = (0..16_u128).map(|writer| {
        let store = world.store.clone();
        tokio::spawn(async move {
            for turn in 0..5 {
                let number = writer * 5 + turn;
                let mut version = 0;
                loop {
                    let events = vec![event(number)];
                    let expected = Exact(version);
                    match store
                        .append(stream(1), expected, events, command(number))
                        .await
                    {
                        Ok(appended) => break assert_eq!(appended.version, version + 1),
                        Err(AppendError::VersionConflict { actual, .. }) => version = actual,
                        Err(other) => panic!("{other:?}"),
                    }
                }
            }
        })
    });
    for writer in join_all(writers).await {
        writer.unwrap();
    }
    let loaded = world.store.load_stream(stream(1)).await.unwrap();
    let versions: Vec<_> = loaded.iter().map(|event| event.version).collect();
    assert_eq!(versions, (1..=80).collect::<Vec<_>>());
    let ids: HashSet<_> = loaded.iter().map(|event| event.event_id).collect();
    assert_eq!(ids, (0..80).map(|number| event(number).event_id).collect());
}

pub async fn two_stores_on_one_database_leave_no_gap(world: World) {
    let other = EventStore::connect(&world.url).await.unwrap();
    let writers = (0..16_u128).map(|writer| {
        let store = if writer % 2 == 0 {
            world.store.clone()
        } else {
            other.clone()
        };
        tokio::spawn(async move {
            let mut conflicts = 0;
            for turn in 0..20 {
                let number = writer * 20 + turn;
                // A stream of its own, one that all share, and one to begin that nobody has.
                let expected = match turn % 3 {
                    0 => (stream(writer), Any),
                    1 => (stream(900), Exact(1)),
                    _ => (stream(1_000 + number), NoStream),
                };
                match store
                    .append(expected.0, expected.1, vec![event(number)], command(number))
                    .await
                {
                    Ok(_) => {}
                    Err(AppendError::VersionConflict { .. }) => conflicts += 1,
                    Err(other) => panic!("{other:?}"),
                }
            }
            conflicts
        })
    });
    let mut conflicts = 0;
    for writer in join_all(writers).await {
        conflicts += writer.unwrap();
    }
    let expected = 16 * 20 - conflicts;
    assert_eq!(world.positions().await, (1..=expected).collect::<Vec<_>>());
    // The same command to both at once.
    for number in 5_000..5_010 {
        let both = [&world.store, &other]
            .map(|store| store.append(stream(number), Any, vec![event(number)], command(number)));
        let results: Vec<_> = join_all(both)
            .await
            .into_iter()
            .map(Result::unwrap)
            .collect();
        assert_eq!(results.iter().filter(|result| result.replayed).count(), 1);
        assert_eq!(results[0].position, results[1].position);
    }
    other.close().await;
}

/// Single events, one after the other: what each store supposes about the log is mostly true, but not
/// always.
pub async fn a_lone_writer_in_each_of_two_stores_loses_nothing(world: World) {
    const EACH: u128 = 60;
    let other = EventStore::connect(&world.url).await.unwrap();
    let lone = |store: &EventStore, first: u128| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut version = 0;
            for number in first..first + EACH {
                // Until it is its turn, always with the same command.
                loop {
                    let expected = if version == 0 {
                        NoStream
                    } else {
                        Exact(version)
                    };
                    let appended = store
                        .append(stream(1), expected, vec![event(number)], command(number))
                        .await;
                    match appended {
                        Ok(appended) => {
                            assert_eq!(appended.version, version + 1);
                            assert_eq!(appended.position, appended.version);
                            version = appended.version;
                            break;
                        }
                        Err(AppendError::VersionConflict { actual, .. }) => {
                            assert!(actual > version);
                            version = actual;
                        }
                        Err(other) => panic!("{other:?}"),
                    }
                }
            }
        })
    };
    for writer in [lone(&world.store, 0), lone(&other, 1_000)] {
        writer.await.unwrap();
    }
    let mut last = 2 * EACH as i64;
    assert_eq!(world.positions().await, (1..=last).collect::<Vec<_>>());

    let stores = [&world.store, &other];
    for turn in 0..6 {
        let [first, second] = [stores[turn % 2], stores[(turn + 1) % 2]];
        let number = 2_000 + turn as u128;
        let send = |store: &EventStore, version, event_number, command_number| {
            let store = store.clone();
            async move {
                let events = vec![event(event_number)];
                let command = command(command_number);
                store
                    .append(stream(1), Exact(version), events, command)
                    .await
            }
        };
        let appended = send(first, last, number, number).await.unwrap();
        assert_eq!((appended.position, appended.replayed), (last + 1, false));
        let again = send(second, last, number, number).await.unwrap();
        assert_eq!((again.position, again.replayed), (last + 1, true));
        last += 1;
        for (store, wrong) in [(first, last + 1), (second, last - 1), (first, last - 1)] {
            let refused = send(store, wrong, 9_000, 9_000).await.unwrap_err();
            assert!(matches!(
                refused,
                AppendError::VersionConflict { actual, .. } if actual == last
            ));
        }
        for store in stores {
            let refused = send(store, last, number, 9_000).await.unwrap_err();
            assert!(matches!(refused, AppendError::EventExists));
        }
    }
    assert_eq!(world.positions().await, (1..=last).collect::<Vec<_>>());
    other.close().await;
}

pub async fn a_caller_who_goes_away_leaves_a_whole_append_or_none(world: World) {
    for number in 0..200_u128 {
        let two = vec![event(number * 2), event(number * 2 + 1)];
        let append = world
            .store
            .append(stream(number), NoStream, two, command(number));
        // The caller goes away at once, or after having been waiting for a moment.
        let patience = std::time::Duration::from_micros((number as u64 % 10) * 50);
        let _ = tokio::time::timeout(patience, append).await;
    }
    world.store.close().await;
    for number in 0..200 {
        let events = world.store.load_stream(stream(number)).await.unwrap();
        let record = world.store.find_command(command(number).id).await.unwrap();
        assert_eq!(events.len(), if record.is_some() { 2 } else { 0 });
    }
    let head = world.store.head().await.unwrap();
    assert_eq!(world.positions().await, (1..=head).collect::<Vec<_>>());
}
