//! How the read models are kept: whatever happens meanwhile, no event is skipped or applied twice,
//! and the rows are those that follow from the log.

mod support;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::identity::Role;
use eventstore::testing::{Cluster, Durability};
use eventstore::{CommandId, EventStore, ExpectedVersion};
use projections::{Projections, WorkFilter};
use uuid::Uuid;

use support::player::{Player, actor, instant};
use support::{PATIENCE, World, acts, assert_true, caught_up, commands as c, start};

on_both! {
    a_rebuild_while_events_keep_coming_loses_nothing,
    several_runners_on_one_database_apply_every_event_once,
    a_runner_that_is_killed_anywhere_can_be_followed_by_another,
    another_calendar_has_the_rows_made_anew,
    an_unknown_year_leaves_the_due_date_open_and_says_so,
    an_unreadable_event_stops_the_read_models_before_it,
    a_rebuild_of_an_unknown_read_model_is_refused,
    no_number_of_a_generation_is_given_twice,
}

/// Plays histories until told to stop, and says how many.
fn keep_playing(store: EventStore, first: u64) -> (Arc<AtomicBool>, tokio::task::JoinHandle<u64>) {
    let stop = Arc::new(AtomicBool::new(false));
    let until = Arc::clone(&stop);
    let playing = tokio::spawn(async move {
        let mut number = first;
        while !until.load(Ordering::Relaxed) {
            acts::play(&store, number, &acts::acts(number, 25)).await;
            number += 3;
        }
        number - first
    });
    (stop, playing)
}

/// The generation of each read model that is read.
async fn generations(projections: &Projections) -> BTreeMap<&'static str, i64> {
    let lag = projections.lag().await.unwrap();
    lag.iter()
        .filter_map(|lag| Some((lag.name, lag.generation?)))
        .collect()
}

/// The same number for each, but for those that are named.
fn all_but(number: i64, others: &[(&'static str, i64)]) -> BTreeMap<&'static str, i64> {
    let all = Projections::names().into_iter().map(|name| (name, number));
    all.chain(others.iter().copied()).collect()
}

async fn a_rebuild_while_events_keep_coming_loses_nothing(world: World) {
    for number in 0..10 {
        acts::play(&world.store, 1 + number * 3, &acts::acts(number, 60)).await;
    }
    world.caught_up().await;
    let before = generations(&world.projections).await;
    let (stop, playing) = keep_playing(world.store.clone(), 1_000);
    let told = AtomicUsize::new(0);
    for name in [None, Some("worklist"), None] {
        world
            .projections
            .rebuild(name, |progress| {
                assert!(!progress.names.is_empty());
                told.fetch_add(1, Ordering::Relaxed);
            })
            .await
            .unwrap();
    }
    stop.store(true, Ordering::Relaxed);
    assert!(playing.await.unwrap() > 0);
    assert!(told.load(Ordering::Relaxed) >= 3);
    let after = generations(&world.projections).await;
    let gained: BTreeMap<_, _> = after
        .into_iter()
        .map(|(name, after)| (name, after - before[name]))
        .collect();
    assert_eq!(gained, all_but(2, &[("worklist", 3)]));
    world.caught_up().await;
    assert_true(&world.projections).await;
    let lag = world.projections.lag().await.unwrap();
    assert!(
        lag.iter()
            .all(|lag| lag.building.is_none() && lag.events() == 0)
    );
}

async fn several_runners_on_one_database_apply_every_event_once(world: World) {
    let other_store = EventStore::connect(&world.url).await.unwrap();
    let others: Vec<_> = (0..3).map(|_| start(&other_store)).collect();
    let mut playing = Vec::new();
    for number in 0..3_u64 {
        let store = [&world.store, &other_store][number as usize % 2].clone();
        playing.push(tokio::spawn(async move {
            for round in 0..6 {
                let first = 1 + number * 1_000 + round * 3;
                acts::play(&store, first, &acts::acts(first, 40)).await;
            }
        }));
    }
    others[0]
        .rebuild(Some("case_status"), |_| {})
        .await
        .unwrap();
    for played in playing {
        played.await.unwrap();
    }
    for projections in others.iter().chain([&world.projections]) {
        caught_up(&world.store, projections).await;
    }
    assert_true(&world.projections).await;
    for other in others {
        other.close().await;
    }
    other_store.close().await;
}

async fn a_runner_that_is_killed_anywhere_can_be_followed_by_another(world: World) {
    world.projections.close().await;
    for number in 0..12 {
        acts::play(&world.store, 1 + number * 3, &acts::acts(number, 60)).await;
    }
    for round in 0..12_u64 {
        let url = world.url.clone();
        let killed = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async {
                let store = EventStore::connect(&url).await.unwrap();
                let projections = start(&store);
                if round % 3 == 2 {
                    let rebuilding = projections.clone();
                    tokio::spawn(async move { rebuilding.rebuild(None, |_| {}).await });
                }
                tokio::time::sleep(Duration::from_millis(3 + round * 5)).await;
            });
            // Everything ends where it stands, in the middle of a transaction or not.
            runtime.shutdown_background();
        });
        killed.join().unwrap();
        acts::play(&world.store, 500 + round * 3, &acts::acts(round, 30)).await;
    }
    let again = start(&world.store);
    caught_up(&world.store, &again).await;
    assert_true(&again).await;
    again.close().await;
}

async fn another_calendar_has_the_rows_made_anew(world: World) {
    acts::play(&world.store, 1, &acts::acts(5, 60)).await;
    world.caught_up().await;
    world.projections.close().await;
    let procedure = Procedure::shipped();
    let other = Projections::start(world.store.clone(), procedure, support::empty_calendar());
    let moved = async {
        loop {
            let all = generations(&other).await;
            let of_cases = ["case_status", "worklist", "audit_trail"];
            if of_cases.iter().all(|name| all.get(name) == Some(&2)) {
                return all;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let all = tokio::time::timeout(PATIENCE, moved).await.unwrap();
    // Who read and who was told follow no calendar.
    assert_eq!((all["reading"], all["notice"]), (1, 1));
    acts::play(&world.store, 10, &acts::acts(6, 60)).await;
    caught_up(&world.store, &other).await;
    assert_true(&other).await;
    other.close().await;
}

async fn an_unknown_year_leaves_the_due_date_open_and_says_so(world: World) {
    world.projections.close().await;
    let calendar = Arc::new(Calendar::parse("id = \"none\"\n[years]\n").unwrap());
    let blind = Projections::start(world.store.clone(), Procedure::shipped(), calendar);
    let at = instant("2024-03-11T09:20:00+07:00");
    let officer = actor(Role::CommuneOfficer, c::COMMUNE);
    let mut case = Player::new(1);
    let report = c::report("2024-03-11T09:10:00+07:00", None, c::COMMUNE);
    case.play(&world.store, at, &officer, report).await;
    case.play(&world.store, at, &officer, c::initial(false))
        .await;
    caught_up(&world.store, &blind).await;
    let work = blind
        .worklist(&WorkFilter::default(), at, None, 50)
        .await
        .unwrap();
    let plan = work
        .page
        .items
        .iter()
        .find(|row| row.step == "submit-plan")
        .unwrap();
    assert_eq!(plan.due_at, None);
    let note = plan.due_note.as_ref().unwrap();
    assert!(
        note.vi.contains("2024") && note.en.contains("2024"),
        "{note:?}"
    );
    blind.close().await;
}

async fn an_unreadable_event_stops_the_read_models_before_it(world: World) {
    let players = acts::play(&world.store, 1, &acts::acts(1, 20)).await;
    world.caught_up().await;
    let readable = world.store.head().await.unwrap();
    let mut event = eventstore::testing::event(9);
    event.event_type = "ChildTeleported".into();
    let command = CommandId {
        id: Uuid::from_u128(9),
        fingerprint: [9; 32],
    };
    let stream = players[0].stream();
    world
        .store
        .append(stream, ExpectedVersion::Any, vec![event], command)
        .await
        .unwrap();
    let failure = async {
        loop {
            let lag = world.projections.lag().await.unwrap();
            if let Some(failure) = lag[0].failure.clone() {
                assert!(lag.iter().all(|lag| lag.position == readable));
                return failure;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let failure = tokio::time::timeout(PATIENCE, failure).await.unwrap();
    assert!(failure.contains(&stream.to_string()), "{failure}");
    assert!(failure.contains("ChildTeleported"), "{failure}");
    assert!(
        !world
            .projections
            .wait_for(readable + 1, Duration::from_millis(1))
            .await
    );
    assert_true(&world.projections).await;
}

async fn a_rebuild_of_an_unknown_read_model_is_refused(world: World) {
    let refused = world.projections.rebuild(Some("weather"), |_| {}).await;
    assert!(refused.unwrap_err().to_string().contains("weather"));
}

/// Whoever still drops the tables of a forgotten generation would drop those of a new one.
async fn no_number_of_a_generation_is_given_twice(world: World) {
    world.caught_up().await;
    world.projections.close().await;
    for change in [
        "INSERT INTO projection (name, generation, version, basis, position, build_to, state, tables)
         VALUES ('worklist', 7, 1, 'of another program', 0, 0, 'retired', 'worklist work_listing')",
        "UPDATE projection_begun SET last_generation = 7 WHERE name = 'worklist'",
    ] {
        support::execute(&world.store, change).await;
    }
    let again = start(&world.store);
    again.rebuild(Some("case_status"), |_| {}).await.unwrap();
    let forgotten = "SELECT 1 FROM projection WHERE generation = 7";
    assert_eq!(support::rows(&world.store, forgotten).await, 0);
    again.rebuild(Some("worklist"), |_| {}).await.unwrap();
    let expected = all_but(1, &[("case_status", 2), ("worklist", 8)]);
    assert_eq!(generations(&again).await, expected);
    again.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_read_models_go_on_when_the_database_comes_back() {
    let cluster = Cluster::start(Durability::Process).unwrap();
    let store = EventStore::connect(&cluster.fresh_database().await)
        .await
        .unwrap();
    let projections = start(&store);
    acts::play(&store, 1, &acts::acts(1, 40)).await;
    caught_up(&store, &projections).await;
    let head = store.head().await.unwrap();
    cluster.stop_server();
    assert!(projections.lag().await.is_err());
    assert!(
        !projections
            .wait_for(head + 1, Duration::from_millis(50))
            .await
    );
    cluster.start_server();
    acts::play(&store, 10, &acts::acts(2, 40)).await;
    caught_up(&store, &projections).await;
    assert_true(&projections).await;
    projections.close().await;
}

#[tokio::test]
async fn a_changed_missing_or_foreign_row_is_found() {
    let world = support::sqlite().await;
    acts::play(&world.store, 1, &acts::acts(3, 60)).await;
    world.caught_up().await;
    for (change, table) in [
        (
            "UPDATE case_status_{live} SET cycle = cycle + 1",
            "case_status",
        ),
        ("DELETE FROM worklist_{live} WHERE ordinal = 1", "worklist"),
        (
            "INSERT INTO audit_trail_{live} SELECT randomblob(16), 999, version, event_id,
             event_type, occurred_at, recorded_at, lag_seconds, officer, officer_name, role, agency,
             unit, on_behalf_of, changes FROM audit_trail_{live} LIMIT 1",
            "audit_trail",
        ),
    ] {
        let lag = world.projections.lag().await.unwrap();
        let of_it = lag.iter().find(|lag| lag.name == table).unwrap();
        let live = of_it.generation.unwrap().to_string();
        support::execute(&world.store, &change.replace("{live}", &live)).await;
        let verified = world.projections.verify().await.unwrap();
        let found = verified
            .iter()
            .find_map(|one| one.difference.as_ref())
            .unwrap();
        assert_eq!(found.table, table);
        world
            .projections
            .rebuild(Some(table), |_| {})
            .await
            .unwrap();
        assert_true(&world.projections).await;
    }
}
