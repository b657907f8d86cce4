//! A command of several streams: all parts or none.

#![expect(missing_docs, reason = "each name is a sentence that says what holds")]

use crate::ExpectedVersion::{Any, Exact, NoStream};
use crate::testing::{command, event, stream};
use crate::{
    AppendError, Appended, CommandId, Database, EventStore, MAX_EVENTS_PER_APPEND,
    MAX_PARTS_PER_APPEND, Part, StreamId,
};

use super::World;
use super::world::{Given, several};

/// Stream, first and last version, first and last position of each part.
fn places(parts: &[Appended]) -> Vec<(StreamId, i64, i64, i64, i64)> {
    let place = |part: &Appended| {
        (
            part.stream,
            part.first_version,
            part.version,
            part.first_position,
            part.position,
        )
    };
    parts.iter().map(place).collect()
}

/// The same parts, told once more.
fn replayed(parts: &[Appended]) -> Vec<Appended> {
    let again = |part: &Appended| Appended {
        replayed: true,
        ..*part
    };
    parts.iter().map(again).collect()
}

/// The last version of each of the first streams.
async fn versions<const N: usize>(store: &EventStore) -> [usize; N] {
    let mut versions = [0; N];
    for (number, version) in (1..).zip(&mut versions) {
        *version = store.load_stream(stream(number)).await.unwrap().len();
    }
    versions
}

pub async fn a_command_appends_to_several_streams(world: World) {
    world.append(stream(2), NoStream, 1).await.unwrap();
    let three: &[Given] = &[
        (stream(1), NoStream, &[2, 3]),
        (stream(2), Exact(1), &[4]),
        (stream(3), Any, &[5]),
    ];
    let parts = world.append_parts(10, three).await.unwrap();
    assert_eq!(
        places(&parts),
        [
            (stream(1), 1, 2, 2, 3),
            (stream(2), 2, 2, 4, 4),
            (stream(3), 1, 1, 5, 5)
        ]
    );
    assert!(parts.iter().all(|part| !part.replayed));
    let all = world.store.read_all(0, 10).await.unwrap();
    let found: Vec<_> = all
        .iter()
        .map(|e| (e.position, e.stream, e.version, e.event_id, e.command_id))
        .collect();
    let expected = [
        (1, stream(2), 1, event(1).event_id, command(1).id),
        (2, stream(1), 1, event(2).event_id, command(10).id),
        (3, stream(1), 2, event(3).event_id, command(10).id),
        (4, stream(2), 2, event(4).event_id, command(10).id),
        (5, stream(3), 1, event(5).event_id, command(10).id),
    ];
    assert_eq!(found, expected);
    // And from there everything goes on.
    world.append(stream(3), Exact(1), 6).await.unwrap();
    let more: &[Given] = &[(stream(3), Exact(2), &[7]), (stream(1), Exact(2), &[8])];
    let parts = world.append_parts(11, more).await.unwrap();
    assert_eq!(
        places(&parts),
        [(stream(3), 3, 3, 7, 7), (stream(1), 3, 3, 8, 8)]
    );
    assert_eq!(world.positions().await, (1..=8).collect::<Vec<_>>());
}

pub async fn a_part_without_events_only_checks_its_version(world: World) {
    for number in 1..=2 {
        world
            .append(stream(number), NoStream, number)
            .await
            .unwrap();
    }
    // Each twice: a writer that has just stored something may believe what it is told.
    for (turn, (other, expected, actual)) in [
        (1, Exact(0), 1),
        (1, NoStream, 1),
        (1, Exact(2), 1),
        (3, Exact(1), 0),
    ]
    .into_iter()
    .flat_map(|wrong| [wrong, wrong])
    .enumerate()
    {
        let version = 1 + turn as i64;
        let number = 10 + turn as u128;
        let parts: &[Given] = &[
            (stream(2), Exact(version), &[number]),
            (stream(other), expected, &[]),
        ];
        let refused = world.append_parts(number, parts).await;
        assert!(
            matches!(
                refused,
                Err(AppendError::VersionConflict { stream: s, expected: e, actual: a })
                    if s == stream(other) && e == expected && a == actual
            ),
            "{refused:?}"
        );
        let right = match actual {
            0 => NoStream,
            actual => Exact(actual),
        };
        let parts: &[Given] = &[
            (stream(other), right, &[]),
            (stream(2), Exact(version), &[number]),
        ];
        let parts = world.append_parts(number, parts).await.unwrap();
        let position = 3 + turn as i64;
        let version = version + 1;
        assert_eq!(
            places(&parts),
            [(stream(2), version, version, position, position)]
        );
    }
    assert_eq!(versions(&world.store).await, [1, 9, 0]);
}

pub async fn a_part_that_conflicts_leaves_nothing_of_the_others(world: World) {
    for number in 1..=3 {
        world
            .append(stream(number), NoStream, number)
            .await
            .unwrap();
    }
    for (turn, conflicting) in (0..3).chain(0..3).enumerate() {
        let number = 100 * (1 + turn as u128);
        let known = 1 + turn as i64;
        let events = [[number], [number + 1], [number + 2]];
        let mut parts = [
            (stream(1), Exact(known), events[0].as_slice()),
            (stream(2), Exact(known), events[1].as_slice()),
            (stream(3), Exact(known), events[2].as_slice()),
        ];
        parts[conflicting].1 = Exact(known - 1);
        let refused = world.append_parts(number, &parts).await;
        assert!(
            matches!(
                refused,
                Err(AppendError::VersionConflict { stream, expected: Exact(e), actual })
                    if stream == parts[conflicting].0 && e == known - 1 && actual == known
            ),
            "{refused:?}"
        );
        let before = usize::try_from(known).unwrap();
        assert_eq!(versions(&world.store).await, [before; 3]);
        let found = world.store.find_command(command(number).id).await;
        assert_eq!(found.unwrap(), None);
        // The same command may be sent again as soon as it knows better.
        parts[conflicting].1 = Exact(known);
        let parts = world.append_parts(number, &parts).await.unwrap();
        assert!(parts.iter().all(|part| part.version == known + 1));
    }
    assert_eq!(world.positions().await, (1..=21).collect::<Vec<_>>());
}

pub async fn of_several_conflicts_the_first_one_is_named(world: World) {
    for number in 1..=3 {
        world
            .append(stream(number), NoStream, number)
            .await
            .unwrap();
    }
    for order in [[1, 2, 3], [3, 1, 2], [2, 3, 1]] {
        let parts: &[Given] = &[
            (stream(order[0]), Exact(1), &[10]),
            (stream(order[1]), Exact(7), &[]),
            (stream(order[2]), NoStream, &[11]),
        ];
        let refused = world.append_parts(10, parts).await;
        assert!(
            matches!(
                refused,
                Err(AppendError::VersionConflict { stream: s, .. }) if s == stream(order[1])
            ),
            "{refused:?}"
        );
    }
}

pub async fn a_command_of_several_streams_sent_again_returns_all_its_parts(world: World) {
    let given: &[Given] = &[
        (stream(2), NoStream, &[1]),
        (stream(9), NoStream, &[]),
        (stream(1), NoStream, &[2, 3]),
    ];
    let first = world.append_parts(1, given).await.unwrap();
    assert_eq!(
        places(&first),
        [(stream(2), 1, 1, 1, 1), (stream(1), 1, 2, 2, 3)]
    );
    let again = world.append_parts(1, given).await.unwrap();
    assert_eq!(again, replayed(&first));
    // After others wrote, also where only a version was looked at; whatever is expected, and in
    // another order: what is told is what was done.
    for (number, written) in [(4, 1), (5, 2), (6, 9)] {
        world.append(stream(written), Any, number).await.unwrap();
    }
    let other = EventStore::connect(&world.url).await.unwrap();
    let changed: &[Given] = &[(stream(1), Exact(7), &[2, 3]), (stream(2), Any, &[1])];
    for store in [&world.store, &other] {
        for parts in [given, changed] {
            let again = store.append_parts(command(1), several(parts)).await;
            assert_eq!(again.unwrap(), replayed(&first));
        }
        let record = store.find_command(command(1).id).await.unwrap().unwrap();
        assert_eq!(record.fingerprint, command(1).fingerprint);
        assert_eq!(record.parts, replayed(&first));
    }
    other.close().await;
    assert_eq!(world.positions().await, (1..=6).collect::<Vec<_>>());
}

pub async fn the_same_command_id_with_other_streams_is_refused(world: World) {
    let given: &[Given] = &[(stream(1), NoStream, &[1]), (stream(2), NoStream, &[2])];
    world.append_parts(1, given).await.unwrap();
    world.append(stream(5), NoStream, 5).await.unwrap();
    let refused: [&[Given]; 6] = [
        &[(stream(1), Exact(1), &[10])],
        &[(stream(2), Exact(1), &[10])],
        &[(stream(1), Exact(1), &[10]), (stream(2), Exact(1), &[])],
        &[(stream(1), Exact(1), &[10]), (stream(3), NoStream, &[11])],
        &[(stream(3), NoStream, &[10]), (stream(4), NoStream, &[11])],
        &[
            (stream(1), Exact(1), &[10]),
            (stream(2), Exact(1), &[11]),
            (stream(3), NoStream, &[12]),
        ],
    ];
    for parts in refused {
        let refused = world.append_parts(1, parts).await;
        assert!(
            matches!(refused, Err(AppendError::CommandReused)),
            "{parts:?}: {refused:?}"
        );
    }
    // A command of one stream that comes with another one, or with one more.
    let refused: [&[Given]; 2] = [
        &[(stream(6), NoStream, &[10])],
        &[(stream(5), Exact(1), &[10]), (stream(6), NoStream, &[11])],
    ];
    for parts in refused {
        let refused = world.append_parts(5, parts).await;
        assert!(
            matches!(refused, Err(AppendError::CommandReused)),
            "{parts:?}: {refused:?}"
        );
    }
    // The same streams, and another fingerprint.
    let other = CommandId {
        fingerprint: [9; 32],
        ..command(1)
    };
    let refused = world.store.append_parts(other, several(given)).await;
    assert!(
        matches!(refused, Err(AppendError::CommandReused)),
        "{refused:?}"
    );
    assert_eq!(world.positions().await, [1, 2, 3]);
}

async fn rows(world: &World, table: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
    match world.store.database() {
        Database::Sqlite(sqlite) => sqlx::query_scalar(sql).fetch_one(&sqlite.read).await,
        Database::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await,
    }
    .unwrap()
}

pub async fn a_command_of_one_stream_stands_where_it_always_stood(world: World) {
    world.append(stream(1), NoStream, 1).await.unwrap();
    world.append(stream(2), Any, 2).await.unwrap();
    let conditional: &[Given] = &[(stream(1), Exact(1), &[]), (stream(3), NoStream, &[3])];
    world.append_parts(3, conditional).await.unwrap();
    assert_eq!(rows(&world, "command_log").await, 3);
    assert_eq!(rows(&world, "command_stream").await, 0);
    let two: &[Given] = &[(stream(1), Exact(1), &[4]), (stream(3), Exact(1), &[5])];
    world.append_parts(4, two).await.unwrap();
    assert_eq!(rows(&world, "command_log").await, 4);
    assert_eq!(rows(&world, "command_stream").await, 2);
}

pub async fn a_command_of_an_earlier_program_has_one_part(world: World) {
    world.append(stream(1), NoStream, 1).await.unwrap();
    // What a program wrote that knew of no other streams.
    let id = command(77).id;
    let literal = match world.store.database() {
        Database::Sqlite(_) => format!("x'{}', x'{}'", id.simple(), "c0".repeat(32)),
        Database::Postgres(_) => format!("'{id}', '\\x{}'", "c0".repeat(32)),
    };
    let sql = format!(
        "INSERT INTO command_log
         SELECT {literal}, stream_kind, stream_id, 3, 5, 11, 13 FROM command_log"
    );
    world.execute(&sql).await.unwrap();
    let earlier = Appended {
        stream: stream(1),
        first_version: 3,
        version: 5,
        first_position: 11,
        position: 13,
        replayed: true,
    };
    let record = world.store.find_command(id).await.unwrap().unwrap();
    assert_eq!(record.fingerprint, [0xc0; 32]);
    assert_eq!(record.parts, [earlier]);
    let sent = CommandId {
        id,
        fingerprint: [0xc0; 32],
    };
    let parts: &[Given] = &[(stream(1), NoStream, &[2])];
    let again = world.store.append_parts(sent, several(parts)).await;
    assert_eq!(again.unwrap(), [earlier]);
}

pub async fn an_event_id_that_is_there_refuses_all_parts(world: World) {
    world.append(stream(1), NoStream, 1).await.unwrap();
    let parts: &[Given] = &[(stream(2), NoStream, &[2]), (stream(3), NoStream, &[1])];
    let refused = world.append_parts(2, parts).await;
    assert!(
        matches!(refused, Err(AppendError::EventExists)),
        "{refused:?}"
    );
    assert_eq!(versions(&world.store).await, [1, 0, 0]);
    world.append(stream(2), NoStream, 2).await.unwrap();
    assert_eq!(world.positions().await, [1, 2]);
}

pub async fn parts_that_are_wrong_in_themselves_are_refused(world: World) {
    world.append(stream(1), NoStream, 1).await.unwrap();
    let half = MAX_EVENTS_PER_APPEND as u128 / 2;
    let many: Vec<u128> = (1_000..=1_000 + half).collect();
    let as_many: Vec<u128> = (9_000..9_000 + half).collect();
    let wrong: [&[Given]; 6] = [
        &[],
        // Nothing is done.
        &[(stream(1), Exact(1), &[])],
        // One stream twice.
        &[(stream(2), NoStream, &[2]), (stream(2), Exact(1), &[3])],
        // A condition that is none.
        &[(stream(2), NoStream, &[2]), (stream(1), Any, &[])],
        // One event twice.
        &[(stream(2), NoStream, &[2]), (stream(3), NoStream, &[2])],
        &[
            (stream(2), NoStream, &many),
            (stream(3), NoStream, &as_many),
        ],
    ];
    for parts in wrong {
        let refused = world.append_parts(2, parts).await;
        assert!(
            matches!(refused, Err(AppendError::Invalid(_))),
            "{refused:?}"
        );
    }
    let streams = |count: usize| {
        let part = |number: usize| Part {
            stream: stream(100 + number as u128),
            expected: NoStream,
            events: Vec::new(),
        };
        let mut parts: Vec<_> = (1..count).map(part).collect();
        parts.extend(several(&[(stream(2), NoStream, &[2])]));
        parts
    };
    let too_many = streams(MAX_PARTS_PER_APPEND + 1);
    let refused = world.store.append_parts(command(2), too_many).await;
    assert!(
        matches!(refused, Err(AppendError::Invalid(_))),
        "{refused:?}"
    );
    assert_eq!(world.positions().await, [1]);
    let most = streams(MAX_PARTS_PER_APPEND);
    world.store.append_parts(command(2), most).await.unwrap();
    let (many, as_many) = (&many[1..], as_many.as_slice());
    let parts: &[Given] = &[(stream(3), NoStream, many), (stream(4), NoStream, as_many)];
    world.append_parts(3, parts).await.unwrap();
    assert_eq!(versions(&world.store).await, [1, 1, 500, 500]);
}
