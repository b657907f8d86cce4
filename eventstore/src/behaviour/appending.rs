//! Order, versions, gaps.

#![expect(missing_docs, reason = "each name is a sentence that says what holds")]

use crate::AppendError;
use crate::ExpectedVersion::{Any, Exact, NoStream};
use crate::testing::{command, event, stream};

use super::World;

pub async fn events_get_positions_and_versions_in_the_order_of_appending(world: World) {
    let store = &world.store;
    let two = vec![event(1), event(2)];
    let first = store
        .append(stream(1), NoStream, two, command(1))
        .await
        .unwrap();
    assert_eq!((first.first_version, first.version), (1, 2));
    assert_eq!((first.first_position, first.position), (1, 2));
    let other = world.append(stream(2), Any, 3).await.unwrap();
    assert_eq!((other.version, other.position), (1, 3));
    let third = world.append(stream(1), Exact(2), 4).await.unwrap();
    assert_eq!(
        (third.first_version, third.version, third.position),
        (3, 3, 4)
    );

    let all = store.read_all(0, 100).await.unwrap();
    let places: Vec<_> = all
        .iter()
        .map(|e| (e.position, e.stream, e.version))
        .collect();
    assert_eq!(
        places,
        [
            (1, stream(1), 1),
            (2, stream(1), 2),
            (3, stream(2), 1),
            (4, stream(1), 3)
        ]
    );
    assert_eq!(store.head().await.unwrap(), 4);
    let loaded = store.load_stream(stream(1)).await.unwrap();
    let ids: Vec<_> = loaded.iter().map(|e| e.event_id).collect();
    assert_eq!(ids, [1, 2, 4].map(|number| event(number).event_id));
}

pub async fn an_append_without_events_is_refused(world: World) {
    let refused = world
        .store
        .append(stream(1), Any, Vec::new(), command(1))
        .await;
    assert!(
        matches!(refused, Err(AppendError::Invalid(_))),
        "{refused:?}"
    );
    assert_eq!(world.store.head().await.unwrap(), 0);
}

pub async fn a_stream_that_is_there_is_not_begun_again(world: World) {
    world.append(stream(1), NoStream, 1).await.unwrap();
    let refused = world.append(stream(1), NoStream, 2).await;
    assert!(
        matches!(
            refused,
            Err(AppendError::VersionConflict {
                stream: conflicting,
                expected: NoStream,
                actual: 1
            }) if conflicting == stream(1)
        ),
        "{refused:?}"
    );
}

pub async fn a_version_that_is_not_the_last_is_refused_with_the_last(world: World) {
    world.append(stream(1), Exact(0), 1).await.unwrap();
    world.append(stream(1), Exact(1), 2).await.unwrap();
    for (number, expected) in (100..).zip([0, 1, 3, 99, -1]) {
        // A writer that has just stored something may be inclined to believe what it is told.
        world
            .append(stream(number), NoStream, number)
            .await
            .unwrap();
        let refused = world.append(stream(1), Exact(expected), 3).await;
        assert!(
            matches!(
                refused,
                Err(AppendError::VersionConflict { expected: Exact(e), actual: 2, .. }) if e == expected
            ),
            "{refused:?}"
        );
    }
    assert_eq!(
        world.append(stream(1), Exact(2), 3).await.unwrap().version,
        3
    );
}

pub async fn any_version_is_admitted_when_asked_so(world: World) {
    for number in 1..=3 {
        let appended = world.append(stream(1), Any, number).await.unwrap();
        assert_eq!(appended.version, number as i64);
    }
}

pub async fn a_refused_append_leaves_no_gap(world: World) {
    world.append(stream(1), NoStream, 1).await.unwrap();
    world.append(stream(1), NoStream, 2).await.unwrap_err();
    world.append(stream(1), Exact(7), 3).await.unwrap_err();
    world
        .store
        .append(stream(2), Any, vec![event(1)], command(4))
        .await
        .unwrap_err();
    world.append(stream(1), Exact(1), 5).await.unwrap();
    world.append(stream(2), NoStream, 6).await.unwrap();
    assert_eq!(world.positions().await, [1, 2, 3]);
}

pub async fn an_event_id_that_is_there_is_refused_without_harm_to_others(world: World) {
    world.append(stream(1), NoStream, 1).await.unwrap();
    // All at once, so that they come into one group.
    let appends = (2..40_u128).map(|number| {
        let id = if number % 5 == 0 { 1 } else { number };
        let append = world
            .store
            .append(stream(number), NoStream, vec![event(id)], command(number));
        async move { (number, append.await) }
    });
    for (number, result) in futures::future::join_all(appends).await {
        if number % 5 == 0 {
            assert!(
                matches!(result, Err(AppendError::EventExists)),
                "{number}: {result:?}"
            );
        } else {
            assert_eq!(result.unwrap().version, 1, "{number}");
        }
    }
    let twice = vec![event(90), event(90)];
    let refused = world
        .store
        .append(stream(90), NoStream, twice, command(90))
        .await;
    assert!(
        matches!(refused, Err(AppendError::Invalid(_))),
        "{refused:?}"
    );
    let count = 1 + (2..40).filter(|number| number % 5 != 0).count() as i64;
    assert_eq!(world.positions().await, (1..=count).collect::<Vec<_>>());
}

pub async fn appends_of_the_same_kind_do_not_mix_streams(world: World) {
    use crate::{StreamId, StreamKind};
    let id = stream(1).id;
    // The same id in kinds of which one is the beginning of the other.
    let kinds = ["case", "case-access", "c"].map(|kind| StreamId::new(StreamKind::new(kind), id));
    for (number, stream) in (1..).zip(kinds) {
        assert_eq!(
            world
                .append(stream, NoStream, number)
                .await
                .unwrap()
                .version,
            1
        );
    }
    for (number, stream) in (1..).zip(kinds) {
        let events = world.store.load_stream(stream).await.unwrap();
        assert_eq!(events.len(), 1);
        assert_eq!(
            (events[0].stream, events[0].event_id),
            (stream, event(number).event_id)
        );
    }
}
