//! How fast the store is, beside one insert per transaction through sqlx on the same database in the
//! same run. Run by hand, on an idle machine: `cargo bench -p eventstore`; a part of it with
//! `cargo bench -p eventstore --bench store -- [sqlite|postgres] [append|read]`.

#![expect(
    clippy::disallowed_methods,
    reason = "what stands outside the program has a clock and ids of its own"
)]

mod appending;
mod baseline;
mod reading;
mod sample;

use eventstore::EventStore;
use eventstore::testing::{Cluster, Durability, SqliteFile};

/// Rounds of each measurement; the median counts.
const ROUNDS: usize = 7;

#[tokio::main]
async fn main() {
    let mut table = Table::default();
    if wanted("sqlite", "postgres") {
        let file = SqliteFile::new();
        measure("SQLite", &file.url(), 8.0, &mut table).await;
    }
    if wanted("postgres", "sqlite") {
        let cluster = Cluster::start(Durability::Full).unwrap_or_else(|error| panic!("{error}"));
        let url = cluster.fresh_database().await;
        measure("PostgreSQL", &url, 2.5, &mut table).await;
    }
    table.print();
}

async fn measure(name: &str, url: &str, ratio: f64, table: &mut Table) {
    let store = EventStore::connect(url).await.unwrap();
    if wanted("append", "read") {
        measure_appending(name, &store, ratio, table).await;
    }
    if wanted("read", "append") {
        measure_reading(name, &store, table).await;
    }
    store.close().await;
}

async fn measure_appending(name: &str, store: &EventStore, ratio: f64, table: &mut Table) {
    baseline::prepare(store.database()).await;

    for (writers, target) in [(1, 1.0), (64, ratio)] {
        let mut rates = [Vec::new(), Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            rates[0].push(appending::rate(writers, baseline::InTransaction::new(store)).await);
            rates[1].push(appending::rate(writers, baseline::AutoCommit::new(store)).await);
            rates[2].push(appending::rate(writers, appending::Append::new(store)).await);
        }
        let [transaction, single, appended] = rates.map(median);
        let what = format!("append, {writers} writers");
        table.add(
            name,
            &format!("{what}: baseline BEGIN, INSERT, COMMIT"),
            transaction,
            "/s",
            "",
        );
        table.add(
            name,
            &format!("{what}: baseline bare INSERT"),
            single,
            "/s",
            "",
        );
        table.add(
            name,
            &format!("{what}: store"),
            appended,
            "/s",
            &format!(
                "{:.2} and {:.2} times the baselines (target {target})",
                appended / transaction,
                appended / single
            ),
        );
    }
    appending::assert_gapless(store).await;
}

async fn measure_reading(name: &str, store: &EventStore, table: &mut Table) {
    let load = reading::load_and_fold(store).await;
    table.add(
        name,
        "load and fold 40 events, median",
        load,
        "ms",
        "target 0.5 on SQLite",
    );
    let mut rates = Vec::new();
    reading::fill(store).await;
    for _ in 0..ROUNDS {
        rates.push(reading::replay(store).await);
    }
    table.add(
        name,
        "read all, typed",
        median(rates),
        "events/s",
        "target 200000",
    );
}

/// Whether the arguments ask for `part`, or for neither it nor `other`.
fn wanted(part: &str, other: &str) -> bool {
    let asked = |name: &str| std::env::args().skip(1).any(|argument| argument == name);
    asked(part) || !asked(other)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[derive(Default)]
struct Table(Vec<[String; 4]>);

impl Table {
    fn add(&mut self, database: &str, what: &str, value: f64, unit: &str, remark: &str) {
        let value = if value < 10.0 {
            format!("{value:.3}")
        } else {
            format!("{value:.0}")
        };
        self.0.push([
            database.to_owned(),
            what.to_owned(),
            format!("{value} {unit}"),
            remark.to_owned(),
        ]);
    }

    #[expect(
        clippy::print_stdout,
        reason = "the table is what the measurement is for"
    )]
    fn print(&self) {
        println!("| database | what | result | remark |\n|---|---|---|---|");
        for [database, what, value, remark] in &self.0 {
            println!("| {database} | {what} | {value} | {remark} |");
        }
    }
}
