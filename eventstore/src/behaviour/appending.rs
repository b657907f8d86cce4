//! Order, versions, commands.

#![expect(missing_docs, reason = "each name is a sentence that says what holds")]

use crate::ExpectedVersion::{Any, Exact, NoStream};
use crate::testing::{command, event, stream};

use super::World;

pub async fn events_get_positions_and_versions_in_the_order_of_appending(world: World) {
    let store = &world.store;
    let first = store
        .append(stream(1), NoStream, vec![event(1), event(2)], command(1))
        .await
        .unwrap();
    assert_eq!((first.first_version, first.version), (1, 2));
    assert_eq!((first.first_position, first.position), (1, 2));
    let other = store
        .append(stream(2), Any, vec![event(3)], command(2))
        .await
        .unwrap();
    assert_eq!((other.version, other.position), (1, 3));
    let third = store
        .append(stream(1), Exact(2), vec![event(4)], command(3))
        .await
        .unwrap();
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
    assert_eq!(
        loaded.iter().map(|e| e.event_id).collect::<Vec<_>>(),
        [1, 2, 4].map(|n| event(n).event_id)
    );
    assert_eq!(loaded[2].facts, event(4).facts);
    assert_eq!(loaded[2].personal, event(4).personal);
    assert_eq!(*loaded[2].actor, event(4).actor);
    assert_eq!(loaded[2].occurred_at, event(4).occurred_at);
}
