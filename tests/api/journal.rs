//! Readings, notices and posts are compared with the log and made anew from it.

use eventstore::{Database, EventStore, StreamKind};
use serde_json::json;
use sqlx::AssertSqlSafe;
use std::process::{Command, Output};
use tests::{COMMUNE, End, Noi, OTHER_COMMUNE, Place, Role, on_both_databases, report, until};
use uuid::Uuid;

const NOTICE: StreamKind = StreamKind::new("notice");

const CHILD: &str = "Trần Thị Mai";

/// What the program said to a command, and how it ended.
pub fn noi(place: &Place, command: &str) -> (Option<i32>, String) {
    let output: Output = Command::new(tests::program())
        .arg(command)
        .env("NOI_DATABASE_URL", place.url())
        .env("NOI_LOG", "warn")
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

/// Runs a statement in the database, past the program; in that of the read models, if they are meant.
async fn tamper(place: &Place, read_models: bool, statement: &str) -> u64 {
    let database = Database::connect(&place.url()).await.unwrap();
    let meant = match read_models {
        true => database.read_models(),
        false => database.clone(),
    };
    let mut statement = statement.to_owned();
    for table in ["reading", "notice"].into_iter().filter(|_| read_models) {
        let live = live(&meant, table).await;
        statement = statement.replace(&format!("@{table}"), &live);
    }
    let statement = AssertSqlSafe(statement);
    let changed = match &meant {
        Database::Sqlite(sqlite) => {
            let done = sqlx::query(statement).execute(&sqlite.write).await;
            done.unwrap().rows_affected()
        }
        Database::Postgres(pool) => {
            let done = sqlx::query(statement).execute(pool).await;
            done.unwrap().rows_affected()
        }
    };
    database.close().await;
    changed
}

/// The table of a read model that is read now.
async fn live(models: &Database, name: &str) -> String {
    let number = "SELECT generation FROM projection WHERE state = 'live' AND name = $1";
    match models {
        Database::Sqlite(sqlite) => {
            let number = sqlx::query_scalar::<_, i64>(number).bind(name);
            format!("{name}_{}", number.fetch_one(&sqlite.read).await.unwrap())
        }
        Database::Postgres(pool) => {
            let number = sqlx::query_scalar::<_, i64>(number).bind(name);
            format!("noi_read.{name}_{}", number.fetch_one(pool).await.unwrap())
        }
    }
}

/// The officers who were told of something.
async fn told(place: &Place) -> Vec<Uuid> {
    let store = EventStore::connect(&place.url()).await.unwrap();
    let events = store.read_all(0, 1_000).await.unwrap();
    store.close().await;
    let notices = events.iter().filter(|event| event.stream.kind == NOTICE);
    notices.map(|event| event.stream.id).collect()
}

/// A case that was read, and that another commune was asked to take and answered; the notices of both
/// were taken note of in part.
async fn fill(place: &Place) -> String {
    let noi = Noi::start_with(&place.url(), &[("NOI_NOTICES_EVERY", "1")]).await;
    let giver = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let asked = noi.person("binh", Role::OFFICER, OTHER_COMMUNE).await;
    let case = giver.begin(&report(CHILD)).await;
    let level = json!({ "level": "low", "note": "" });
    let assessed = json!({
        "type": "record-initial-assessment", "harm": [level, level], "protection": [level, level],
        "grave": false, "carer_is_harmer": false, "conclusion": "Kết luận",
    });
    giver.command(&case, &assessed).await.of(200);
    let offer = json!({
        "type": "transfer-case", "to_unit": OTHER_COMMUNE, "reason": "Trẻ cư trú tại đó",
    });
    giver.command(&case, &offer).await.of(200);
    asked.case(&case, "").await.of(200);
    asked
        .command(&case, &json!({ "type": "accept-transfer" }))
        .await
        .of(200);
    giver.case(&case, "").await.of(200);
    asked.case(&case, "").await.of(200);
    let sent = async || {
        let text = reqwest::get(format!("{}/metrics", noi.base()));
        let text = text.await.unwrap().text().await.unwrap();
        let sent = "noi_notices_sent_total{channel=\"application\"} ";
        let sent = text.lines().find_map(|line| line.strip_prefix(sent));
        (sent != Some("0")).then_some(())
    };
    until("somebody was told", sent).await;
    assert_eq!(noi.stop().await, End::Code(0));
    case
}

async fn a_changed_or_missing_row_is_found_and_made_anew(place: Place) {
    let case = fill(&place).await;
    let told = told(&place).await;
    let (code, said) = noi(&place, "verify");
    assert_eq!(code, Some(0), "{said}");
    for table in ["reading", "notice"] {
        let line = said.lines().find(|line| line.starts_with(table)).unwrap();
        assert!(
            line.contains(" rows equal ") && !line.contains(": 0 rows"),
            "{line}"
        );
    }
    for (table, statement) in [
        ("reading", "UPDATE @reading SET version = version + 100"),
        ("reading", "UPDATE @reading SET position = position - 1"),
        (
            "reading",
            "DELETE FROM @reading WHERE position = (SELECT min(position) FROM @reading)",
        ),
        (
            "notice",
            "UPDATE @notice SET read_at = sent_at WHERE read_at IS NULL",
        ),
        ("notice", "UPDATE @notice SET kind = 'overdue'"),
        ("notice", "UPDATE @notice SET due_at = sent_at"),
        (
            "notice",
            "DELETE FROM @notice WHERE position = (SELECT max(position) FROM @notice)",
        ),
        ("notice", "DELETE FROM @notice"),
    ] {
        assert!(tamper(&place, true, statement).await > 0, "{statement}");
        let (code, said) = noi(&place, "verify");
        assert_eq!(code, Some(1), "{statement}: {said}");
        let streams = match table {
            "reading" => vec![case.clone()],
            _ => told.iter().map(Uuid::to_string).collect(),
        };
        let found = |stream| format!("{table}: table {table} differs at {table} {stream}");
        let found: Vec<_> = streams.iter().map(found).collect();
        assert!(
            said.lines()
                .any(|line| found.iter().any(|found| line == found)),
            "{statement}: {said}"
        );
        assert!(said.contains("1 read models differ"), "{said}");
        assert!(
            !said.contains(CHILD) && !said.contains("Nguyễn Thị"),
            "{said}"
        );
        let (code, said) = noi(&place, "rebuild");
        assert_eq!(code, Some(0), "{said}");
        let (code, said) = noi(&place, "verify");
        assert_eq!(code, Some(0), "{statement}: {said}");
    }
}

/// Also that of an officer of whom the log has not heard yet.
async fn a_changed_post_is_found_and_put_right(place: Place) {
    let serve = async || Noi::start(&place.url()).await;
    let noi_running = serve().await;
    let _ = noi_running.account("lan", Role::OFFICER, COMMUNE);
    let _ = noi_running.account("binh", Role::OFFICER, OTHER_COMMUNE);
    assert_eq!(noi_running.stop().await, End::Code(0));
    let (code, said) = noi(&place, "verify");
    assert_eq!(code, Some(0), "{said}");
    for (serves, statement) in [
        (
            true,
            "UPDATE posts SET role = 'commune-chair' WHERE unit = '19111'",
        ),
        (true, "UPDATE posts SET unit = '19138' WHERE unit = '19249'"),
        (true, "DELETE FROM posts WHERE unit = '19111'"),
        (
            false,
            "UPDATE posts SET role = 'commune-chair' WHERE unit = '19111'",
        ),
        (false, "DELETE FROM posts WHERE unit = '19249'"),
        // A version that the log does not have.
        (
            true,
            "UPDATE accounts SET posts_version = 7 WHERE unit = '19111'",
        ),
        (
            false,
            "UPDATE accounts SET posts_version = 7 WHERE unit = '19249'",
        ),
    ] {
        assert_eq!(tamper(&place, false, statement).await, 1, "{statement}");
        let (code, said) = noi(&place, "verify");
        assert_eq!(code, Some(1), "{statement}: {said}");
        assert!(said.contains("posts: 1 officers differ"), "{said}");
        assert!(
            !said.contains("Nguyễn Thị") && !said.contains("lan"),
            "{said}"
        );
        // The start of a server and a rebuild both do it.
        if serves {
            assert_eq!(serve().await.stop().await, End::Code(0));
        } else {
            let (code, said) = noi(&place, "rebuild");
            assert_eq!(code, Some(0), "{said}");
            assert!(said.contains("posts"), "{said}");
        }
        let (code, said) = noi(&place, "verify");
        assert_eq!(code, Some(0), "{statement}: {said}");
    }
}

on_both_databases!(
    a_changed_or_missing_row_is_found_and_made_anew,
    a_changed_post_is_found_and_put_right,
);
