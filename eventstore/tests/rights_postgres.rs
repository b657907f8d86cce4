//! Who may do what in PostgreSQL: the application works as `noi_app`, and where there is no such role
//! the triggers bind the owner.

use eventstore::testing::{Cluster, Durability, command, event, stream};
use eventstore::{Database, EventStore, ExpectedVersion};
use sqlx::{Executor, PgPool};

fn pool(database: &Database) -> &PgPool {
    let Database::Postgres(pool) = database else {
        unreachable!()
    };
    pool
}

async fn current_user(database: &Database) -> String {
    sqlx::query_scalar("SELECT current_user::text")
        .fetch_one(pool(database))
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn databases_of_one_cluster_may_be_migrated_at_once() {
    // A cluster that does not have the role yet.
    let cluster = Cluster::start(Durability::Process).unwrap();
    let mut urls = Vec::new();
    for _ in 0..6 {
        urls.push(cluster.fresh_database().await);
    }
    // Each by two processes, so to speak.
    let migrations = urls.iter().chain(&urls).map(|url| async move {
        let database = Database::connect(url).await.unwrap();
        database.migrate().await.unwrap();
        database
    });
    for database in futures::future::join_all(migrations).await {
        assert_eq!(current_user(&database).await, "noi_app");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_application_uses_other_tables_freely() {
    let cluster = Cluster::shared();
    let url = cluster.fresh_database().await;
    let database = Database::connect(&url).await.unwrap();
    // A connection from before the role is known to the database.
    assert!(["noi", "noi_app"].contains(&current_user(&database).await.as_str()));
    database.migrate().await.unwrap();
    assert_eq!(current_user(&database).await, "noi_app");

    let name = url.split('/').nth(3).unwrap().split('?').next().unwrap();
    cluster
        .execute(
            name,
            "CREATE TABLE later (id bigserial PRIMARY KEY, word text)",
        )
        .await;
    database.migrate().await.unwrap();
    for sql in [
        "INSERT INTO later (word) VALUES ('a'), ('b')",
        "UPDATE later SET word = 'c'",
        "DELETE FROM later WHERE id = 1",
        "TRUNCATE later",
    ] {
        pool(&database)
            .execute(sql)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_who_may_not_create_roles_is_bound_by_triggers() {
    let cluster = Cluster::start(Durability::Process).unwrap();
    cluster.execute("postgres", "CREATE ROLE plain LOGIN").await;
    cluster
        .execute("postgres", "CREATE DATABASE plain OWNER plain")
        .await;
    let store = EventStore::connect(&cluster.url_as("plain", "plain"))
        .await
        .unwrap();
    assert_eq!(current_user(store.database()).await, "plain");
    let events = vec![event(1)];
    store
        .append(stream(1), ExpectedVersion::NoStream, events, command(1))
        .await
        .unwrap();

    for sql in [
        "UPDATE event_log SET facts = '{}'",
        "DELETE FROM event_log",
        "TRUNCATE event_log",
        "TRUNCATE command_log",
        "DELETE FROM command_log",
        "DELETE FROM event_log_head",
        "UPDATE event_log_head SET position = 0",
        "INSERT INTO event_log SELECT * FROM event_log
             ON CONFLICT (position) DO UPDATE SET facts = '{}'",
    ] {
        let refused = pool(store.database())
            .execute(sql)
            .await
            .expect_err(sql)
            .to_string();
        assert!(refused.contains("append-only"), "{sql}: {refused}");
    }
    assert_eq!(
        store.read_all(0, 10).await.unwrap()[0].facts,
        event(1).facts
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_who_may_create_roles_makes_the_role_and_takes_it() {
    let cluster = Cluster::start(Durability::Process).unwrap();
    cluster
        .execute("postgres", "CREATE ROLE maker LOGIN CREATEROLE")
        .await;
    cluster
        .execute("postgres", "CREATE DATABASE made OWNER maker")
        .await;
    let store = EventStore::connect(&cluster.url_as("maker", "made"))
        .await
        .unwrap();
    assert_eq!(current_user(store.database()).await, "noi_app");
    let events = vec![event(1)];
    store
        .append(stream(1), ExpectedVersion::NoStream, events, command(1))
        .await
        .unwrap();
    let refused = pool(store.database())
        .execute("DELETE FROM event_log")
        .await
        .unwrap_err();
    assert!(
        refused.to_string().contains("permission denied"),
        "{refused}"
    );
}
