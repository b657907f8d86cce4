//! How quickly read models are built, kept and asked, on both databases with durable commits. Run by
//! hand, prints a table:
//!
//! `cargo bench -p projections --bench read_models -- [CASES] [build | ask | figures] [sqlite | postgres]`
//!
//! With `build` only how they are built and compared, with `ask` the questions only, with `figures` only
//! those of an inspector; on one of the databases only, where it is named. Beside other work the time of
//! the processors says more than the clock.

#[path = "measured/cpu.rs"]
mod cpu;
#[path = "../tests/support/mod.rs"]
mod support;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant as Clock};

use domain::case::Event;
use domain::identity::{Role, Sex};
use eventstore::EventStore;
use eventstore::testing::{Cluster, Durability, SqliteFile};
use futures::StreamExt as _;
use projections::{
    CASE, CaseFilter, ChildQuery, DutyOrder, Outcome, PeriodFilter, Projections, Seen, TrailFilter,
    UnitSpan, WorkFilter, load_case, recorded,
};

use cpu::Measured;
use mimalloc::MiMalloc;
use support::commands as c;
use support::invented::{communes, fill};
use support::player::{Player, actor, instant};

/// That of the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() {
    let cases = std::env::args()
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(20_000);
    if !only("postgres") {
        let file = SqliteFile::new();
        measure("SQLite", &file.url(), cases).await;
    }
    if !only("sqlite") {
        let cluster = Cluster::start(Durability::Full).expect("PostgreSQL is installed");
        let url = cluster.fresh_database().await;
        measure("PostgreSQL", &url, cases).await;
    }
}

fn only(what: &str) -> bool {
    std::env::args().any(|argument| argument == what)
}

async fn measure(database: &str, url: &str, cases: u64) {
    let store = EventStore::connect(url).await.expect("a database");
    let communes = communes();
    fill(&store, cases, &communes).await;
    let events = store.head().await.expect("a head");
    println!("\n{database}: {cases} cases, {events} events");
    println!("  most resident memory before: {:.0} MB", memory("VmHWM:"));

    let begun = Measured::begin(url);
    let projections = support::start(&store);
    assert!(
        projections
            .wait_for(events, Duration::from_secs(3_600))
            .await
    );
    per_second("first build of all read models", events, &begun);

    if !only("ask") && !only("figures") {
        rebuild_and_verify(url, &store, &projections, events).await;
    }
    if only("build") {
        rebuild_beside_appends(url, &store, &projections, cases).await;
    } else if only("figures") {
        figures(&projections, &communes, Seen::Of(vec!["44".to_owned()])).await;
    } else {
        ask(&projections, &communes).await;
        follow(&store, &projections, cases).await;
    }
    projections.close().await;
    store.close().await;
}

async fn rebuild_and_verify(url: &str, store: &EventStore, projections: &Projections, events: i64) {
    let begun = Measured::begin(url);
    projections.rebuild(None, |_| {}).await.expect("a rebuild");
    per_second(
        "rebuild beside the live ones, old rows removed",
        events,
        &begun,
    );

    let begun = Measured::begin(url);
    let mut pages = store.read_pages(0);
    while let Some(page) = pages.next().await {
        for event in page
            .expect("a page")
            .iter()
            .filter(|event| event.stream.kind == CASE)
        {
            recorded::<Event>(event).expect("a readable event");
        }
    }
    per_second("verify: every event is read and decoded", events, &begun);

    let begun = Measured::begin(url);
    support::assert_true(projections).await;
    per_second("verify", events, &begun);
    println!("  most resident memory so far: {:.0} MB", memory("VmHWM:"));
}

/// A rebuild while a hundred commands a second are recorded: how long these wait.
async fn rebuild_beside_appends(
    url: &str,
    store: &EventStore,
    projections: &Projections,
    cases: u64,
) {
    let done = AtomicBool::new(false);
    let appends = async {
        let at = instant("2026-06-01T08:00:00+07:00");
        let (mut times, mut number) = (Vec::new(), 0);
        while !done.load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_millis(10)).await;
            number += 1;
            let mut player = Player::new(1 + number * 7 % cases);
            let case = load_case(store, player.id, domain::unit::Units::shipped())
                .await
                .expect("a case");
            player.case = case.expect("events");
            let holder = player.case.state().map(|state| state.holder_unit.clone());
            let officer = actor(Role::CommuneOfficer, &holder.unwrap_or_default());
            let note = c::note("Ghi chú");
            if player.decide(at, &officer, note).is_ok() {
                let begun = Clock::now();
                player.append(store).await;
                times.push(begun.elapsed());
            }
        }
        times.sort_unstable();
        times
    };
    let rebuild = async {
        let begun = Measured::begin(url);
        projections.rebuild(None, |_| {}).await.expect("a rebuild");
        done.store(true, Ordering::Relaxed);
        begun
    };
    let (times, begun) = tokio::join!(appends, rebuild);
    let events = store.head().await.expect("a head");
    per_second("rebuild beside appends", events, &begun);
    let slow = times.iter().filter(|time| time.as_millis() > 100).count();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e3;
    println!(
        "  {} appends beside it: {:.1} ms median, {:.1} ms p95, {:.1} ms slowest; {slow} over 100 ms",
        times.len(),
        at(0.5),
        at(0.95),
        at(1.0)
    );
}

fn per_second(what: &str, events: i64, begun: &Measured) {
    let (took, worked) = begun.end();
    let rate = |seconds: f64| events as f64 / seconds;
    println!(
        "  {what:<60} {:>9.0} events/s  {:>7.2} s; {:>7.0} in a second of one processor, {worked:.2} s",
        rate(took.as_secs_f64()),
        took.as_secs_f64(),
        rate(worked),
    );
}

async fn median<F: Future>(what: &str, ask: impl Fn() -> F) {
    let mut times = Vec::new();
    for _ in 0..101 {
        let begun = Clock::now();
        ask().await;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    println!(
        "  {what:<60} {:>9.2} ms median  {:>7.2} ms slowest of 101",
        times[50].as_secs_f64() * 1e3,
        times[100].as_secs_f64() * 1e3
    );
}

async fn ask(projections: &Projections, communes: &[String]) {
    let now = instant("2026-06-01T08:00:00+07:00");
    let commune = || Seen::Of(vec![communes[3].clone()]);
    let province = || Seen::Of(vec!["44".to_owned()]);
    let work = |units: Seen, seen: Seen, roles: Vec<Role>| WorkFilter {
        units,
        seen,
        roles,
        ..WorkFilter::default()
    };
    let officer = work(commune(), Seen::All, vec![Role::CommuneOfficer]);
    median("worklist of a commune officer", || async {
        projections
            .worklist(&officer, now, None, 50)
            .await
            .expect("a page")
    })
    .await;
    let chair = work(commune(), Seen::All, vec![Role::CommuneChair]);
    median("worklist of a commune chair", || async {
        projections
            .worklist(&chair, now, None, 50)
            .await
            .expect("a page")
    })
    .await;
    let all = work(Seen::All, province(), vec![]);
    median("worklist of a whole province", || async {
        projections
            .worklist(&all, now, None, 50)
            .await
            .expect("a page")
    })
    .await;
    for (who, seen) in [
        ("commune", commune()),
        ("province", province()),
        ("all", Seen::All),
    ] {
        let plain = CaseFilter {
            seen: seen.clone(),
            ..CaseFilter::default()
        };
        let filters = [
            ("no filter", plain.clone()),
            (
                "text",
                CaseFilter {
                    text: Some("tran thi dao".into()),
                    ..plain.clone()
                },
            ),
            (
                "unit",
                CaseFilter {
                    unit: Some(communes[9].clone()),
                    ..plain.clone()
                },
            ),
            (
                "stage",
                CaseFilter {
                    stage: Some("plan-submitted".into()),
                    ..plain.clone()
                },
            ),
            (
                "emergency",
                CaseFilter {
                    emergency: Some(true),
                    ..plain.clone()
                },
            ),
            (
                "form",
                CaseFilter {
                    form: Some("violence".into()),
                    ..plain.clone()
                },
            ),
            (
                "overdue",
                CaseFilter {
                    overdue_at: Some(now),
                    ..plain.clone()
                },
            ),
        ];
        for (what, filter) in filters {
            median(&format!("case list, {who}, {what}"), || async {
                projections
                    .search_cases(&filter, None, 50)
                    .await
                    .expect("a page")
            })
            .await;
        }
    }
    figures(projections, communes, province()).await;
    let child = ChildQuery {
        name: Some("Nguyễn Thị Đào".into()),
        birth_year: Some(2014),
        sex: Some(Sex::Female),
        units: vec![communes[3].clone()],
        ..ChildQuery::default()
    };
    median("likely the same child", || async {
        projections
            .likely_same_child(&child, now)
            .await
            .expect("candidates")
    })
    .await;
    let case = TrailFilter {
        case: Some(Player::new(9).id),
        ..TrailFilter::default()
    };
    median("trail of a case", || async {
        projections.trail(&case, None, 50).await.expect("a page")
    })
    .await;
    let unit = TrailFilter {
        unit: Some(communes[3].clone()),
        ..TrailFilter::default()
    };
    median("trail of a unit", || async {
        projections.trail(&unit, None, 50).await.expect("a page")
    })
    .await;
}

/// Resident memory of this process in megabytes.
fn resident() -> f64 {
    memory("VmRSS:")
}

/// What the system says of the memory of this process, in megabytes.
fn memory(what: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(what));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1e3
}

/// What an inspector asks: a unit over a year, then a whole province.
async fn figures(projections: &Projections, communes: &[String], seen: Seen) {
    let now = instant("2026-06-01T08:00:00+07:00");
    let (memory, begun) = (resident(), Clock::now());
    projections.warm_figures().await.expect("figures");
    println!(
        "  {:<60} {:>9.0} ms  {:>7.0} MB more resident memory",
        "all that figures are counted from is read",
        begun.elapsed().as_secs_f64() * 1e3,
        resident() - memory
    );
    for (who, units) in [
        ("unit", vec![UnitSpan::always(communes[3].clone())]),
        ("province", Vec::new()),
    ] {
        let year = PeriodFilter {
            seen: seen.clone(),
            units,
            officer: None,
            roles: Vec::new(),
            step: None,
            from: instant("2025-07-01T00:00:00+07:00"),
            until: instant("2026-07-01T00:00:00+07:00"),
        };
        let found = projections
            .responsibility(&year, now)
            .await
            .expect("figures");
        println!("  {who}: {} obligations in a year", found.all.opened());
        median(&format!("figures of a {who} over a year"), || async {
            projections
                .responsibility(&year, now)
                .await
                .expect("figures")
        })
        .await;
        median(&format!("recording lag of a {who} over a year"), || async {
            projections.recording_lag(&year).await.expect("figures")
        })
        .await;
        median(&format!("overdue of a {who}, first page"), || async {
            let outcomes = [Outcome::Overdue];
            projections
                .duties(&year, &outcomes, DutyOrder::Longest, now, None, 30)
                .await
                .expect("a page")
        })
        .await;
    }
}

/// From the acknowledged append to the rows that show it.
async fn follow(store: &EventStore, projections: &Projections, cases: u64) {
    let at = instant("2026-06-01T08:00:00+07:00");
    let mut times = Vec::new();
    for number in 0..101 {
        let mut player = Player::new(cases - number * 7);
        player.case = load_case(store, player.id, domain::unit::Units::shipped())
            .await
            .expect("a case")
            .expect("events");
        let holder = player.case.state().map(|state| state.holder_unit.clone());
        let officer = actor(Role::CommuneOfficer, &holder.unwrap_or_default());
        player
            .decide(at, &officer, c::note("Ghi chú"))
            .expect("a note");
        let appended = player.append(store).await;
        let begun = Clock::now();
        projections
            .wait_for(appended.position, support::PATIENCE)
            .await;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    println!(
        "  {:<60} {:>9.2} ms median  {:>7.2} ms slowest of 101",
        "from the append to the rows of its case",
        times[50].as_secs_f64() * 1e3,
        times[100].as_secs_f64() * 1e3
    );
}
