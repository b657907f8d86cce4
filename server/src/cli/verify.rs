//! `noi verify`: checks the whole log (positions and versions without a gap, every event readable,
//! nothing recorded before it was known, every correction fitting its event) and that the read models equal
//! a fresh fold.

use std::collections::{BTreeSet, HashMap};

use domain::case::Event;
use domain::log::Part;
use domain::time::Instant;
use eventstore::{Database, StreamId};
use futures::StreamExt;
use projections::{CASE, Projections};
use uuid::Uuid;

use super::{CommandError, say};
use crate::application::Application;
use crate::clock::SystemClock;
use crate::ids::RandomIds;
use crate::rules::Rules;
use crate::settings::Settings;

pub(super) async fn run(settings: Settings) -> Result<(), CommandError> {
    let database = Database::connect(&settings.database_url).await?;
    database.migrate().await?;
    let application = Application::start(
        database,
        Rules::load(&settings)?,
        std::sync::Arc::new(SystemClock),
        std::sync::Arc::new(RandomIds),
    );
    let result = verify(&application).await;
    application.close().await;
    result
}

async fn verify(application: &Application) -> Result<(), CommandError> {
    let log = log(application).await?;
    let events = log.events;
    if events == 0 {
        say("log: empty")?;
    } else {
        say(format_args!(
            "log: {events} events, positions 1 to {events}, without a gap and readable"
        ))?;
    }
    let head = application.store.head().await.map_err(failed)?;
    if head != events {
        return Err(wrong(format!(
            "the head says {head}, but the log has {events} events"
        )));
    }
    // Read models that another program made are built first; they follow within moments.
    let patience = std::time::Duration::from_secs(600);
    let projections = &application.projections;
    if !projections.wait_for(head, patience).await {
        return Err(wrong("the read models do not follow the log".to_owned()));
    }
    let corrections = misfits(application, &log.corrected).await?;
    let mut differences = 0;
    let mut compared = Vec::new();
    for verified in projections.verify().await.map_err(failed)? {
        compared.push(verified.name);
        match verified.difference {
            None => say(format_args!(
                "{}: {} rows equal a fresh fold up to position {}",
                verified.name, verified.rows, verified.position
            ))?,
            Some(difference) => {
                differences += 1;
                let stream = difference
                    .stream
                    .map_or_else(|| "-".to_owned(), |id| id.to_string());
                say(format_args!(
                    "{}: table {} differs at {} {stream}",
                    verified.name, difference.table, verified.of
                ))?;
            }
        }
    }
    let names = Projections::names().into_iter();
    let not: Vec<_> = names.filter(|name| !compared.contains(name)).collect();
    if !not.is_empty() {
        return Err(wrong(format!(
            "{} not compared: what is live was made by other rules or another program",
            not.join(", ")
        )));
    }
    let (rows, officers) = application.posts().differences().await.map_err(failed)?;
    if officers > 0 {
        return Err(wrong(format!(
            "posts: {officers} officers differ from the log; `noi rebuild` or the next `noi serve` makes them anew"
        )));
    }
    say(format_args!("posts: {rows} rows equal the log"))?;
    if differences > 0 {
        return Err(wrong(format!(
            "{differences} read models differ from the log; `noi rebuild` makes them anew"
        )));
    }
    if corrections > 0 {
        return Err(wrong(format!(
            "{corrections} corrections fit their event no longer, so that what they say does not count"
        )));
    }
    Ok(())
}

/// What the log was found to hold.
struct Log {
    events: i64,
    /// The cases in which something was corrected.
    corrected: BTreeSet<Uuid>,
}

/// Names the corrections that fit their event no longer, without any value, and says how many.
async fn misfits(application: &Application, cases: &BTreeSet<Uuid>) -> Result<usize, CommandError> {
    let mut found = 0;
    for case in cases {
        let units = application.units();
        let loaded = projections::load_case(&application.store, *case, units).await;
        let Some(loaded) = loaded.map_err(failed)? else {
            continue;
        };
        for misfit in domain::case::misfits(loaded.history()) {
            found += 1;
            let part = match misfit.part {
                Part::Facts => "facts",
                Part::Personal => "personal",
                Part::Envelope => "envelope",
            };
            say(format_args!(
                "case {case}: the correction {} of event {} does not fit: {part} {}",
                misfit.correction, misfit.event_id, misfit.path
            ))?;
        }
    }
    if found == 0 {
        say("corrections: each fits its event")?;
    }
    Ok(found)
}

/// Reads the whole log and says what it holds.
async fn log(application: &Application) -> Result<Log, CommandError> {
    let mut corrected = BTreeSet::new();
    let mut versions: HashMap<StreamId, i64> = HashMap::new();
    let mut last = 0;
    let mut pages = application.store.read_pages(0);
    while let Some(page) = pages.next().await {
        for event in page.map_err(failed)? {
            if event.position != last + 1 {
                return Err(wrong(format!(
                    "position {} follows position {last}",
                    event.position
                )));
            }
            last = event.position;
            let version = versions.entry(event.stream).or_default();
            if event.version != *version + 1 {
                return Err(wrong(format!(
                    "at position {last}, version {} of {} follows version {version}",
                    event.version, event.stream
                )));
            }
            *version = event.version;
            if event.stream.kind == CASE {
                let read = projections::recorded::<Event>(&event).map_err(failed)?;
                if matches!(read.event, Event::FactCorrected(_)) {
                    corrected.insert(event.stream.id);
                }
                if read.occurred_at > Instant::new(event.recorded_at) {
                    return Err(wrong(format!(
                        "the event at position {last} was recorded before it happened"
                    )));
                }
            } else {
                projections::check(&event).map_err(failed)?;
            }
        }
    }
    Ok(Log {
        events: last,
        corrected,
    })
}

fn wrong(what: String) -> CommandError {
    CommandError::Wrong(what)
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> CommandError {
    CommandError::Failed(Box::new(error))
}
