//! A command is carried out once.

#![expect(missing_docs, reason = "each name is a sentence that says what holds")]

use futures::future::join_all;

use crate::ExpectedVersion::{Any, Exact, NoStream};
use crate::testing::{command, event, stream};
use crate::{AppendError, Appended, CommandId};

use super::World;

pub async fn a_command_sent_again_returns_its_first_result(world: World) {
    let first = world.append(stream(1), NoStream, 1).await.unwrap();
    assert!(!first.replayed);
    let again = world.append(stream(1), NoStream, 1).await.unwrap();
    assert_eq!(
        again,
        Appended {
            replayed: true,
            ..first
        }
    );
    assert_eq!(world.positions().await, [1]);
}

pub async fn a_command_sent_again_after_others_wrote_returns_its_first_result(world: World) {
    let two = vec![event(1), event(2)];
    let first = world
        .store
        .append(stream(1), NoStream, two.clone(), command(1))
        .await
        .unwrap();
    world.append(stream(2), NoStream, 3).await.unwrap();
    world.append(stream(1), Exact(2), 4).await.unwrap();
    let again = world
        .store
        .append(stream(1), NoStream, two, command(1))
        .await
        .unwrap();
    assert_eq!(
        again,
        Appended {
            replayed: true,
            ..first
        }
    );
    // Together with appends that are new, and behind one that changes its stream.
    let mixed = join_all([
        world.append(stream(1), Exact(3), 5),
        world.append(stream(2), NoStream, 3),
        world.append(stream(1), Exact(2), 4),
        world.append(stream(3), NoStream, 6),
    ])
    .await;
    let replayed: Vec<_> = mixed
        .into_iter()
        .map(|result| result.unwrap().replayed)
        .collect();
    assert_eq!(replayed, [false, true, true, false]);
    assert_eq!(world.positions().await, [1, 2, 3, 4, 5, 6]);
}

pub async fn a_command_sent_again_beside_a_new_one_is_not_taken_for_a_conflict(world: World) {
    for version in 0..50 {
        let number = version as u128;
        // Both come into one group, as a rule: the new one makes the other one look too late.
        let [new, again] = [number, number.saturating_sub(1)]
            .map(|number| world.append(stream(1), Exact(number as i64), number));
        let (new, again) = futures::future::join(new, again).await;
        assert_eq!(new.unwrap().version, version + 1);
        assert!(version == 0 || again.unwrap().replayed);
    }
}

pub async fn a_command_id_used_for_something_else_is_refused(world: World) {
    world.append(stream(1), NoStream, 1).await.unwrap();
    let other = CommandId {
        fingerprint: [9; 32],
        ..command(1)
    };
    let refused = world
        .store
        .append(stream(1), Exact(1), vec![event(2)], other)
        .await;
    assert!(
        matches!(refused, Err(AppendError::CommandReused)),
        "{refused:?}"
    );
    assert_eq!(world.positions().await, [1]);
}

pub async fn a_command_that_was_refused_may_be_sent_again(world: World) {
    world.append(stream(1), NoStream, 1).await.unwrap();
    world.append(stream(1), NoStream, 2).await.unwrap_err();
    let appended = world.append(stream(1), Exact(1), 2).await.unwrap();
    assert_eq!((appended.version, appended.replayed), (2, false));
}

pub async fn a_command_sent_many_times_at_once_is_carried_out_once(world: World) {
    for round in 0..20 {
        let sent = (0..16).map(|_| world.append(stream(round), Any, 1_000 + round));
        let results: Vec<_> = join_all(sent)
            .await
            .into_iter()
            .map(|result| result.unwrap())
            .collect();
        assert_eq!(results.iter().filter(|result| !result.replayed).count(), 1);
        assert!(
            results
                .iter()
                .all(|result| result.position == results[0].position)
        );
    }
    assert_eq!(world.positions().await, (1..=20).collect::<Vec<_>>());
}

pub async fn a_command_can_be_found_by_its_id(world: World) {
    assert_eq!(world.store.find_command(command(1).id).await.unwrap(), None);
    let first = world.append(stream(1), NoStream, 1).await.unwrap();
    let record = world
        .store
        .find_command(command(1).id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(record.fingerprint, command(1).fingerprint);
    let again = Appended {
        replayed: true,
        ..first
    };
    assert_eq!(record.parts, [again]);
}
