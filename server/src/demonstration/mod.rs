//! Demonstration data: invented cases in the real communes of Quảng Bình, from a seed.
//!
//! Every case is a list of commands with past instants, played through the real domain: no event is
//! written by hand. The same seed, number and last instant give the same data, byte for byte. The
//! generator knows neither the clock nor the database; [`fill`] writes what it tells into a log.
//!
//! * `scenes` outlines the cases that stand somewhere today, `past` those of the years before,
//!   `reform` those that were open when their commune ended;
//! * `acts` tells an outlined case act by act, `words` has what people write;
//! * `story` gives the commands to the domain and stops at the last instant.

mod accounts;
mod acts;
mod fill;
mod hours;
mod officers;
mod outline;
mod past;
mod people;
mod places;
mod random;
mod reform;
mod register;
mod scenes;
mod story;
#[cfg(test)]
mod tests;
mod words;

use std::sync::Arc;

use chrono::Months;
use domain::calendar::Calendar;
use domain::case::{Case, Recorded};
use domain::time::Instant;
use domain::unit::Units;
use eventstore::EventStore;
use uuid::Uuid;

pub use accounts::{PASSWORD, create_accounts};
pub use officers::{ACCOUNTS, DemoAccount};
pub use register::register;
pub use story::Step;

use hours::Hours;
use officers::Officers;
use places::Places;
use random::Random;
use story::{Halt, Story, World};

/// How many cases there are unless told otherwise.
pub const CASES: usize = 300;

/// The seed unless told otherwise.
pub const SEED: u64 = 111;

/// For how long before the last instant cases are told of.
const MONTHS: u32 = 24;

/// An invented case.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoCase {
    /// Id of the case.
    pub id: Uuid,
    /// What was done, in order of time.
    pub steps: Vec<Step>,
}

impl DemoCase {
    /// Every event of the case, oldest first. Positions are not known here.
    pub fn history(&self) -> impl Iterator<Item = &Recorded> {
        self.steps.iter().flat_map(|step| &step.events)
    }

    /// What came of it, read with these units.
    #[must_use]
    pub fn case(&self, units: &Arc<Units>) -> Case {
        Case::fold(self.history().cloned(), units)
    }
}

/// What was written into a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// How many cases.
    pub cases: usize,
    /// How many events.
    pub events: u64,
}

/// Why there is no demonstration data.
#[derive(Debug, thiserror::Error)]
pub enum DemonstrationError {
    /// The domain refused an invented command: the generator is wrong.
    #[error("an invented command of {at} was refused ({what}): {command}")]
    Refused {
        /// The command.
        command: String,
        /// When it was given.
        at: Instant,
        /// The code of the refusal, or the field.
        what: String,
    },
    /// There are events in the log already, or somebody else writes into it.
    #[error("the database is not empty: demonstration data goes into an empty one only")]
    NotEmpty,
    /// An event cannot be written as JSON.
    #[error("an event cannot be written as JSON")]
    Encode(#[from] serde_json::Error),
    /// The log cannot be read.
    #[error("the log cannot be read")]
    Read(#[from] eventstore::ReadError),
    /// The accounts cannot be made.
    #[error(transparent)]
    Accounts(#[from] crate::access::AccessError),
    /// A deputy cannot be named.
    #[error("a deputy cannot be named")]
    Posts(#[from] crate::application::PostError),
    /// The log cannot be written.
    #[error("the log cannot be written")]
    Append(#[from] eventstore::AppendError),
}

/// The first instant that is told of: when the accounts were made and the first report came.
#[must_use]
pub fn since(until: Instant) -> Instant {
    let date = until.date();
    Instant::start_of(date.checked_sub_months(Months::new(MONTHS)).unwrap_or(date))
}

/// `cases` invented cases in these units up to the instant `until`.
///
/// # Errors
/// [`DemonstrationError::Refused`] where the domain refuses what the generator invents.
pub fn generate(
    units: &Arc<Units>,
    seed: u64,
    cases: usize,
    until: Instant,
) -> Result<Vec<DemoCase>, DemonstrationError> {
    // Whole seconds, so that what is stored reads like what people enter.
    let until = Instant::new(
        chrono::DateTime::from_timestamp(until.utc().timestamp(), 0).unwrap_or(until.utc()),
    );
    let (since, calendar) = (since(until), Calendar::shipped());
    let world = World {
        seed,
        since,
        until,
        procedure: crate::rules::Rules::about(units).procedure,
        units: Arc::clone(units),
        places: Places::between(units, since.date(), until.date()),
        officers: Officers::new(seed, since, units),
        hours: Hours::new(calendar.clone()),
        calendar,
    };
    let mut outlines = reform::outlines(&world, cases / 10);
    outlines.extend(scenes::outlines(&world, cases - outlines.len()));
    outlines.extend(past::outlines(&world, cases - outlines.len()));
    outlines
        .iter()
        .enumerate()
        .map(|(number, outline)| {
            let random = Random::new(seed, 0xca5e_0000 + number as u64);
            let mut story = Story::new(&world, outline, random);
            let halt = acts::tell(&mut story).err().unwrap_or(Halt::End);
            let (id, steps) = story.finish(halt)?;
            Ok(DemoCase { id, steps })
        })
        .collect()
}

/// Fills an empty log with `cases` invented cases in these units up to `until`. Positions follow the time of
/// recording.
///
/// # Errors
/// [`DemonstrationError`]; the log may then hold a part of the cases.
pub async fn fill(
    store: &EventStore,
    units: &Arc<Units>,
    seed: u64,
    cases: usize,
    until: Instant,
) -> Result<Summary, DemonstrationError> {
    let told = generate(units, seed, cases, until)?;
    let events = fill::append(store, &told).await?;
    Ok(Summary {
        cases: told.len(),
        events,
    })
}
