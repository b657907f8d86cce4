//! `noi demo`: the server on invented cases, in a temporary database or in an empty one.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use domain::time::Instant;
use eventstore::{Database, EventStore};
use projections::Projections;
use tempfile::TempDir;

use super::{CommandError, serve};
use crate::access::account;
use crate::clock::{Clock, SystemClock};
use crate::demonstration::{self, ACCOUNTS, DemonstrationError, PASSWORD};
use crate::rules::Rules;
use crate::settings::{DEFAULT_DATABASE_URL, Settings};

/// How long the first start waits for the read models. They take a second; should they take longer,
/// lists fill up while the server runs.
const READ_MODELS_WITHIN: Duration = Duration::from_secs(60);

#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Arguments {
    /// How many cases to invent
    #[arg(long, value_name = "N", default_value_t = demonstration::CASES,
          value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(0..=1_000_000))]
    cases: usize,
    /// The same seed gives the same cases
    #[arg(long, value_name = "S", default_value_t = demonstration::SEED)]
    seed: u64,
    /// The last instant told of, for example 2026-03-02T08:00:00+07:00 [default: now]
    #[arg(long, value_name = "INSTANT", value_parser = parse_instant)]
    until: Option<Instant>,
}

fn parse_instant(text: &str) -> Result<Instant, String> {
    Instant::parse(text)
        .map_err(|_| "it must be an instant with offset, like 2026-03-02T08:00:00+07:00".to_owned())
}

/// Serves the demonstration until SIGTERM or SIGINT. `named`: whether a flag or the environment
/// names the database.
pub(super) async fn run(
    mut settings: Settings,
    arguments: Arguments,
    named: bool,
) -> Result<(), CommandError> {
    let now = Instant::new(SystemClock.now());
    let until = arguments.until.unwrap_or(now);
    if until > now {
        return Err(CommandError::Usage(
            "--until lies in the future: what is demonstrated has happened already".to_owned(),
        ));
    }
    // Removed with all that is in it when this function ends, however it ends.
    let folder = if named || settings.database_url != DEFAULT_DATABASE_URL {
        None
    } else {
        let folder = temporary_folder()?;
        settings.database_url = format!("sqlite://{}", folder.path().join("noi.db").display());
        Some(folder)
    };
    let mut stop = Box::pin(serve::stop_signal()?);
    let ready = tokio::select! {
        prepared = prepare(&settings, arguments, until) => prepared.map(|()| true),
        () = &mut stop => Ok(false),
    };
    let served = match ready {
        Ok(true) => {
            announce();
            serve::run_until(settings, stop).await
        }
        Ok(false) => Ok(()),
        Err(error) => Err(error),
    };
    drop(folder);
    served
}

fn temporary_folder() -> Result<TempDir, CommandError> {
    tempfile::Builder::new()
        .prefix("noi-demo-")
        .tempdir()
        .map_err(|source| CommandError::Io {
            doing: "there is no room for a temporary database".to_owned(),
            source,
        })
}

/// So many children are in the register for each case: most children have none.
const CHILDREN_OF_A_CASE: usize = 5;

/// Fills the database: the log, its read models, the accounts.
async fn prepare(
    settings: &Settings,
    arguments: Arguments,
    until: Instant,
) -> Result<(), CommandError> {
    let rules = Rules::load(settings)?;
    let units = Arc::clone(&rules.procedure.units);
    let database = Database::connect(&settings.database_url).await?;
    database.migrate().await?;
    if !account::list(&database).await?.is_empty() {
        return Err(DemonstrationError::NotEmpty.into());
    }
    let store = EventStore::open(database.clone());
    let Arguments { cases, seed, .. } = arguments;
    let summary = demonstration::fill(&store, &units, seed, cases, until).await?;
    tracing::info!(
        cases = summary.cases,
        events = summary.events,
        "demonstration data was written"
    );
    let children = cases * CHILDREN_OF_A_CASE;
    let registered = demonstration::register(&store, &units, seed, children, until).await?;
    tracing::info!(
        children,
        events = registered,
        "a register of children was written"
    );
    let projections = Projections::start(store.clone(), rules.procedure, rules.calendar);
    let head = i64::try_from(summary.events + registered).unwrap_or(i64::MAX);
    let (accounts, shown) = tokio::join!(
        demonstration::create_accounts(&store, &units, seed, until),
        projections.wait_for(head, READ_MODELS_WITHIN),
    );
    accounts?;
    if !shown {
        tracing::warn!("the read models are behind");
    }
    store.close().await;
    projections.close().await;
    database.close().await;
    Ok(())
}

/// One line for each account.
fn announce() {
    let mut out = std::io::stdout().lock();
    for account in &ACCOUNTS {
        let (name, role, unit) = (account.username, account.role.name(), account.unit);
        // Whoever does not listen to the lines can still use the server.
        let _ = writeln!(out, "account {name} {PASSWORD} {role} {unit}");
    }
    let _ = out.flush();
}
