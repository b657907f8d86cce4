//! Each generation has tables of its own, beside the log: made when it is begun, dropped when another has
//! taken its place, and never those of another log or of another program.

mod support;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::calendar::Calendar;
use domain::case::Procedure;
use eventstore::{Database, EventStore};
use projections::{CaseFilter, Projections, TrailFilter};

use support::{PATIENCE, World, acts, assert_true, caught_up, start};

on_both! {
    tables_of_what_was_replaced_are_gone,
    tables_of_an_earlier_program_are_read_until_others_are_built,
    a_reader_that_takes_long_is_never_cut_off,
    who_works_by_other_rules_leaves_nobody_behind,
}

/// As many tables as all read models have together: each live one says what its are called.
async fn all_tables(store: &EventStore) -> usize {
    support::texts(store, "SELECT tables FROM projection WHERE state = 'live'")
        .await
        .iter()
        .map(|tables| tables.split_whitespace().count())
        .sum()
}

/// How many tables of generations there are.
async fn tables(store: &EventStore) -> usize {
    let all = match store.database() {
        Database::Sqlite(_) => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB '*_[0-9]*'"
        }
        Database::Postgres(_) => "SELECT tablename FROM pg_tables WHERE schemaname = 'noi_read'",
    };
    support::rows(store, all).await
}

/// Waits until there are the empty tables and those that are live, and no others.
async fn only_live_ones(store: &EventStore) {
    let gone = async {
        while tables(store).await != 2 * all_tables(store).await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let gone = tokio::time::timeout(PATIENCE, gone).await;
    assert!(gone.is_ok(), "{}", tables(store).await);
}

async fn live(projections: &Projections, name: &str) -> i64 {
    let lag = projections.lag().await.unwrap();
    let of_it = lag.iter().find(|lag| lag.name == name).unwrap();
    of_it.generation.unwrap()
}

async fn tables_of_what_was_replaced_are_gone(world: World) {
    acts::play(&world.store, 1, &acts::acts(1, 40)).await;
    world.caught_up().await;
    for _ in 0..3 {
        world.projections.rebuild(None, |_| {}).await.unwrap();
    }
    only_live_ones(&world.store).await;
    world.projections.close().await;
    // Others were begun, and nobody goes on with them.
    for change in [
        "UPDATE projection SET build_to = position + 1, state = 'building' WHERE name = 'worklist'",
        "UPDATE projection SET state = 'retired' WHERE name = 'audit_trail'",
    ] {
        support::execute(&world.store, change).await;
    }
    let again = start(&world.store);
    caught_up(&world.store, &again).await;
    only_live_ones(&world.store).await;
    assert_true(&again).await;
    again.close().await;
}

/// Whatever rows of an earlier program still say the same is read until there are others, also where it did
/// not know a column.
async fn tables_of_an_earlier_program_are_read_until_others_are_built(world: World) {
    acts::play(&world.store, 1, &acts::acts(1, 40)).await;
    world.caught_up().await;
    let number = live(&world.projections, "audit_trail").await;
    let shown = recordings(&world.projections).await;
    assert!(shown > 0);
    world.projections.close().await;
    let schema = match world.store.database() {
        Database::Sqlite(_) => "",
        Database::Postgres(_) => "noi_read.",
    };
    for change in [
        "UPDATE projection SET version = 1 WHERE name = 'audit_trail'".to_owned(),
        format!("ALTER TABLE {schema}audit_trail_{number} DROP COLUMN agency"),
    ] {
        support::execute(&world.store, &change).await;
    }
    // A program that begins knows nothing of how the tables were before.
    end(&world).await;
    let store = EventStore::connect(&world.url).await.unwrap();
    let again = start(&store);
    assert_eq!(recordings(&again).await, shown);
    while live(&again, "audit_trail").await == number {
        assert_eq!(recordings(&again).await, shown);
    }
    caught_up(&store, &again).await;
    assert_true(&again).await;
    again.close().await;
}

/// As `noi rebuild` with other settings beside a server that goes on.
async fn who_works_by_other_rules_leaves_nobody_behind(world: World) {
    acts::play(&world.store, 1, &acts::acts(1, 40)).await;
    world.caught_up().await;
    let shown = cases(&world.projections).await;
    let standard = "[[standard]]\nstep = \"verify-report\"\nunit = \"44\"\namount = 2\n\
        of = \"working-day\"\ntitle = { vi = \"Quy chế\", en = \"Rules\" }\nfrom = 2024-01-01\n";
    let procedure = Procedure::clone(&Procedure::shipped());
    let procedure = procedure.with_standards(standard).unwrap();
    let other = EventStore::connect(&world.url).await.unwrap();
    let others = Projections::start(other.clone(), Arc::new(procedure), Calendar::shipped());
    caught_up(&other, &others).await;
    all_are_its_own(&others).await;
    others.close().await;

    acts::play(&world.store, 2, &acts::acts(2, 40)).await;
    world.caught_up().await;
    all_are_its_own(&world.projections).await;
    assert!(cases(&world.projections).await > shown);
    assert_true(&world.projections).await;
}

/// Waits until every live read model is one that this program made.
async fn all_are_its_own(projections: &Projections) {
    let compared = async {
        while projections.verify().await.unwrap().len() < Projections::names().len() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, compared).await.is_ok());
}

async fn recordings(projections: &Projections) -> i64 {
    let page = projections.trail(&TrailFilter::default(), None, 10).await;
    page.unwrap().total
}

async fn cases(projections: &Projections) -> i64 {
    let filter = CaseFilter::default();
    let page = projections.search_cases(&filter, None, 10).await;
    page.unwrap().total
}

/// Comparisons and lists beside one rebuild after the other, in another program.
async fn a_reader_that_takes_long_is_never_cut_off(world: World) {
    acts::play(&world.store, 1, &acts::acts(3, 60)).await;
    world.caught_up().await;
    let shown = cases(&world.projections).await;
    let other_store = EventStore::connect(&world.url).await.unwrap();
    let other = start(&other_store);
    let rebuilding = tokio::spawn(async move {
        for _ in 0..6 {
            other.rebuild(None, |_| {}).await.unwrap();
        }
        other.close().await;
        other_store.close().await;
    });
    while !rebuilding.is_finished() {
        assert_true(&world.projections).await;
        assert_eq!(cases(&world.projections).await, shown);
    }
    rebuilding.await.unwrap();
}

/// The files of the log, or of what follows from it.
fn files(world: &World, suffix: &str) -> Vec<PathBuf> {
    let file = PathBuf::from(world.url.trim_start_matches("sqlite://"));
    let file = file.with_extension(suffix).display().to_string();
    ["", "-wal", "-shm"]
        .map(|end| PathBuf::from(format!("{file}{end}")))
        .to_vec()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_file_of_read_models_is_made_anew() {
    let world = support::sqlite().await;
    acts::play(&world.store, 1, &acts::acts(1, 40)).await;
    world.caught_up().await;
    end(&world).await;
    for file in files(&world, "read.db") {
        let _ = std::fs::remove_file(file);
    }
    let again = EventStore::connect(&world.url).await.unwrap();
    let projections = start(&again);
    caught_up(&again, &projections).await;
    assert_true(&projections).await;
    projections.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn read_models_of_another_log_are_not_believed() {
    let world = support::sqlite().await;
    acts::play(&world.store, 1, &acts::acts(1, 20)).await;
    world.caught_up().await;
    end(&world).await;
    let log = &files(&world, "db")[0];
    let older = std::fs::read(log).unwrap();
    let later = EventStore::connect(&world.url).await.unwrap();
    let projections = start(&later);
    acts::play(&later, 10, &acts::acts(2, 30)).await;
    caught_up(&later, &projections).await;
    projections.close().await;
    later.close().await;
    later.database().close().await;
    // The older copy is put back, and something else happens.
    for file in files(&world, "db") {
        let _ = std::fs::remove_file(file);
    }
    std::fs::write(log, older).unwrap();
    let again = EventStore::connect(&world.url).await.unwrap();
    acts::play(&again, 20, &acts::acts(3, 60)).await;
    let projections = start(&again);
    caught_up(&again, &projections).await;
    assert_true(&projections).await;
    projections.close().await;
}

async fn end(world: &World) {
    world.projections.close().await;
    world.store.close().await;
    world.store.database().close().await;
}
