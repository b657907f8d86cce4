//! Fold = projection, for random histories through the real domain.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::case::Status;
use domain::law::derive_obligations;
use domain::time::Instant;
use projections::{Outcome, PeriodFilter, Projections, Seen, WorkFilter, in_emergency, load_case};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use support::acts::{self, Act};
use support::player::{Player, case_id, instant};
use support::{World, assert_true};

/// Different numbers of cases for each history, also when it is shrunk.
static NUMBERS: AtomicU64 = AtomicU64::new(1);

fn histories() -> impl Strategy<Value = Vec<Act>> {
    vec((0..3usize, 0..acts::KINDS, any::<u8>()), 1..70).prop_map(|mut acts| {
        acts.insert(0, (0, 0, 1));
        acts
    })
}

fn check(world: &World, handle: &tokio::runtime::Handle, cases: u32) {
    let mut runner = TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    });
    let played = runner.run(&histories(), |acts| {
        let first = NUMBERS.fetch_add(10, Ordering::Relaxed);
        handle.block_on(async {
            let players = acts::play(&world.store, first, &acts).await;
            world.caught_up().await;
            for player in &players {
                shown_as_folded(&world.projections, player)
                    .await
                    .map_err(TestCaseError::fail)?;
            }
            Ok(())
        })
    });
    if let Err(error) = played {
        panic!("{error}");
    }
    handle.block_on(assert_true(&world.projections));
    handle.block_on(counted_as_derived(world));
}

/// Each obligation is counted in the group that follows from the events, at whatever time one asks.
async fn counted_as_derived(world: &World) {
    let procedure = world.projections.procedure();
    let calendar = world.projections.calendar();
    let mut all = Vec::new();
    for number in 1..NUMBERS.load(Ordering::Relaxed) {
        let case = load_case(&world.store, case_id(number), world.projections.units())
            .await
            .unwrap();
        all.extend(case);
    }
    let filter = PeriodFilter {
        seen: Seen::All,
        units: Vec::new(),
        officer: None,
        roles: Vec::new(),
        step: None,
        from: instant("2020-01-01T00:00:00+07:00"),
        until: instant("2030-01-01T00:00:00+07:00"),
    };
    for now in ["2024-06-01T08:00:00+07:00", "2027-01-01T08:00:00+07:00"] {
        let now = instant(now);
        let mut derived = BTreeMap::<String, [i64; Outcome::ALL.len()]>::new();
        for case in &all {
            for owed in derive_obligations(case.history(), procedure, calendar, now) {
                let outcome = Outcome::of(&owed, now);
                derived.entry(owed.step).or_default()[outcome as usize] += 1;
            }
        }
        let figures = world
            .projections
            .responsibility(&filter, now)
            .await
            .unwrap();
        let counted: BTreeMap<_, _> = figures
            .steps
            .into_iter()
            .map(|(step, figures)| (step, Outcome::ALL.map(|outcome| figures.count(outcome))))
            .collect();
        for (step, counted) in &counted {
            assert_eq!(Some(counted), derived.get(step), "{step} {now}");
        }
        assert_eq!(counted.len(), derived.len());
    }
}

/// What the lists show of a case is what follows from its events in memory.
async fn shown_as_folded(projections: &Projections, player: &Player) -> Result<(), String> {
    let state = player.case.state().ok_or("no case")?;
    let row = projections
        .find_case(player.id)
        .await
        .map_err(|error| error.to_string())?
        .ok_or("no row")?;
    let now = Instant::parse("2024-05-01T08:00:00+07:00")?;
    let obligations = derive_obligations(
        player.case.history(),
        projections.procedure(),
        projections.calendar(),
        now,
    );
    let mut open: Vec<_> = obligations
        .iter()
        .enumerate()
        .filter(|(_, obligation)| obligation.is_open())
        .map(|(ordinal, o)| (ordinal as i64, o.step.clone(), o.due_at, o.act_by()))
        .collect();
    let filter = WorkFilter {
        text: Some(row.number.clone()),
        ..WorkFilter::default()
    };
    let page = projections
        .worklist(&filter, now, None, 500)
        .await
        .map_err(|error| error.to_string())?
        .page;
    let mut shown: Vec<_> = page
        .items
        .into_iter()
        .map(|row| (row.ordinal, row.step, row.due_at, row.act_by))
        .collect();
    open.sort();
    shown.sort();
    let same = [
        ("obligations", open == shown),
        ("version", row.version == state.version),
        ("name", row.child_name == state.child.name),
        ("holder", row.holder_unit == state.holder_unit),
        ("emergency", row.emergency == in_emergency(state)),
        (
            "responsible",
            row.responsible.as_ref().is_some_and(|(unit, since)| {
                let seat = state.responsible_seat();
                unit == seat.unit() && *since == seat.since()
            }),
        ),
        (
            "status",
            (row.status == "closed") == (state.status == Status::Closed),
        ),
        ("open", row.open_obligations == Some(open.len() as i64)),
    ];
    match same.iter().find(|(_, same)| !same) {
        None => Ok(()),
        Some((what, _)) => Err(format!("{what}: {open:?} {shown:?} {row:?} {state:?}")),
    }
}

#[test]
fn on_sqlite() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = runtime.block_on(support::sqlite());
    check(&world, runtime.handle(), 60);
}

#[test]
fn on_postgres() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = runtime.block_on(support::postgres());
    check(&world, runtime.handle(), 60);
}

/// Half of what is tried happens, and everything that can be tried does.
#[test]
fn histories_reach_deep() {
    let (mut tried, mut accepted) = (0, 0);
    let (mut types, mut outcomes) = (BTreeSet::new(), BTreeSet::new());
    let now = instant("2027-01-01T08:00:00+07:00");
    for seed in 0..60 {
        let imagined = acts::imagine(1 + seed * 3, &acts::acts(seed, 70));
        tried += imagined.tried;
        accepted += imagined.accepted;
        for player in &imagined.players {
            let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
            let all = derive_obligations(player.case.history(), &procedure, &calendar, now);
            outcomes.extend(all.iter().map(|owed| Outcome::of(owed, now).name()));
        }
        let events = imagined.players.iter().flat_map(|one| one.case.history());
        types.extend(events.map(|event| event.event.event_type()));
    }
    // What is open is overdue by then, or has no limit.
    assert_eq!(outcomes.len(), Outcome::ALL.len(), "{outcomes:?}");
    let missing: Vec<_> = acts::EVENTS
        .iter()
        .filter(|one| !types.contains(*one))
        .collect();
    assert!(missing.is_empty(), "{missing:?} never happened");
    assert!(accepted * 2 > tried, "{accepted} of {tried}");
}
