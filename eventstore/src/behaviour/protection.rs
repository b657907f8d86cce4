//! The database itself refuses to change or remove what was written, over the very connections that
//! the application has.

#![expect(missing_docs, reason = "each name is a sentence that says what holds")]

use crate::Database;
use crate::ExpectedVersion::Any;
use crate::testing::stream;

use super::World;
use super::world::Given;

async fn assert_refused(world: &World, statements: &[&str]) {
    for number in 1..=2 {
        world.append(stream(number), Any, number).await.unwrap();
    }
    let two: &[Given] = &[(stream(3), Any, &[3]), (stream(4), Any, &[4])];
    world.append_parts(3, two).await.unwrap();
    let before = world.store.read_all(0, 10).await.unwrap();
    for sql in statements {
        let refused = world.execute(sql).await;
        let message = refused.expect_err(sql);
        assert!(
            message.contains("append-only")
                || message.contains("permission denied")
                || message.contains("cannot modify"),
            "{sql}: {message}"
        );
    }
    assert_eq!(world.store.read_all(0, 10).await.unwrap(), before);
    // And writing goes on.
    assert_eq!(world.append(stream(9), Any, 9).await.unwrap().position, 5);
}

fn is_postgres(world: &World) -> bool {
    matches!(world.store.database(), Database::Postgres(_))
}

pub async fn the_application_cannot_change_or_remove_events(world: World) {
    let mut statements = vec![
        "UPDATE event_log SET facts = '{}' WHERE position = 1",
        "UPDATE event_log SET leaf_hash = NULL",
        "DELETE FROM event_log WHERE position = 3",
        "DELETE FROM event_log",
        "DELETE FROM event_log_head",
        "INSERT INTO event_log SELECT * FROM event_log WHERE position = 1
             ON CONFLICT (position) DO UPDATE SET facts = '{}'",
    ];
    if is_postgres(&world) {
        statements.extend([
            "TRUNCATE event_log",
            "TRUNCATE event_log_head CASCADE",
            "ALTER TABLE event_log DISABLE TRIGGER ALL",
            "DROP TRIGGER event_log_never_changed ON event_log",
            "INSERT INTO event_log_head VALUES (1, 9)",
        ]);
        statements.retain(|sql| !sql.starts_with("ALTER") && !sql.starts_with("DROP"));
        for sql in [
            "ALTER TABLE event_log DISABLE TRIGGER ALL",
            "DROP TRIGGER event_log_never_changed ON event_log",
            "DROP TABLE event_log",
        ] {
            let message = world.execute(sql).await.expect_err(sql);
            assert!(message.contains("must be owner"), "{sql}: {message}");
        }
        let backwards = world
            .execute("UPDATE event_log_head SET position = 0")
            .await;
        assert!(backwards.expect_err("backwards").contains("append-only"));
    }
    assert_refused(&world, &statements).await;
}

pub async fn the_application_cannot_change_or_remove_commands(world: World) {
    let mut statements = vec![
        "UPDATE command_log SET last_position = 0",
        "DELETE FROM command_log",
        "UPDATE command_stream SET part = part + 1",
        "DELETE FROM command_stream",
    ];
    if is_postgres(&world) {
        statements.extend(["TRUNCATE command_log", "TRUNCATE command_stream"]);
    }
    assert_refused(&world, &statements).await;
}

pub async fn an_event_cannot_be_replaced(world: World) {
    if is_postgres(&world) {
        // There is no such statement: its like is an UPDATE, which is refused as one.
        return;
    }
    let columns = "stream_kind, stream_id, version, event_id, event_type, revision, occurred_at
                 , recorded_at, actor, command_id, correlation_id, facts";
    let replaced = |position: &str| {
        format!(
            "INSERT OR REPLACE INTO event_log (position, {columns})
             SELECT {position}, {columns} FROM event_log WHERE position = 1"
        )
    };
    let statements = [
        // By its position; by its event id, and by its place in the stream.
        replaced("1"),
        replaced("9"),
        "UPDATE OR REPLACE event_log SET position = 2 WHERE position = 1".to_owned(),
        "INSERT OR REPLACE INTO command_log SELECT * FROM command_log".to_owned(),
        "INSERT OR REPLACE INTO command_stream SELECT * FROM command_stream".to_owned(),
    ];
    let statements: Vec<_> = statements.iter().map(String::as_str).collect();
    assert_refused(&world, &statements).await;
}
