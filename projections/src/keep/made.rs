//! The rows that follow from whole streams, made on all cores while others are written.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::mpsc;

use super::packed::{For, Packed};
use super::streams::{OneStream, Streams};
use super::tally::Tally;
use crate::error::RunError;
use crate::kinds::{self, Kind, Rows};
use crate::model::{About, Core};
use crate::table::Table;

/// How many parts may wait to be taken.
const WAITING: usize = 2;

/// Rows of several generations.
#[derive(Default)]
pub(crate) struct Made {
    /// For each generation, for each of its tables.
    pub tables: Vec<Vec<Packed>>,
    pub tallies: Vec<Vec<Tally>>,
    /// How many events they were made of.
    pub events: i64,
}

impl Made {
    fn of(models: &[&'static About]) -> Self {
        Self {
            tables: for_each_table(models, Packed::of),
            tallies: for_each_table(models, Tally::of),
            events: 0,
        }
    }

    /// Takes in what was made of other streams.
    pub fn append(&mut self, other: Self) {
        if self.tables.is_empty() {
            *self = other;
            return;
        }
        let tables = self.tables.iter_mut().flatten();
        for (mine, other) in tables.zip(other.tables.into_iter().flatten()) {
            mine.append(other);
        }
        let tallies = self.tallies.iter_mut().flatten();
        for (mine, other) in tallies.zip(other.tallies.into_iter().flatten()) {
            mine.append(other);
        }
        self.events += other.events;
    }

    /// Takes out what is to be written now: all rows, and what was counted where that is much or nothing
    /// more will be.
    pub fn take(&mut self, at_end: bool) -> Self {
        let tables = self.tables.iter_mut().map(|tables| {
            let tables = tables.iter_mut().map(std::mem::take);
            tables.collect()
        });
        let tallies = self.tallies.iter_mut().map(|tallies| {
            let tallies = tallies.iter_mut();
            let some = |tally: &mut Tally| match at_end || tally.is_full() {
                true => std::mem::take(tally),
                false => Tally::default(),
            };
            tallies.map(some).collect()
        });
        Self {
            tables: tables.collect(),
            tallies: tallies.collect(),
            events: std::mem::take(&mut self.events),
        }
    }

    /// The memory that the rows take.
    pub fn size(&self) -> usize {
        self.tables.iter().flatten().map(Packed::size).sum()
    }
}

/// One for each table of each read model.
fn for_each_table<T>(models: &[&'static About], make: fn(&Table) -> T) -> Vec<Vec<T>> {
    let each = |about: &&'static About| about.tables.iter().map(make).collect();
    models.iter().map(each).collect()
}

/// What makes the rows of streams, for some read models.
pub(crate) struct Maker {
    models: Vec<&'static About>,
    kinds: Vec<&'static dyn Kind>,
}

impl Maker {
    pub fn of(models: &[&'static About]) -> Self {
        Self {
            models: models.to_vec(),
            kinds: kinds::of(models),
        }
    }

    /// The rows of a whole stream; none where no read model is of its kind.
    pub fn rows(&self, core: &Core, stream: OneStream) -> Result<Option<Rows>, RunError> {
        let mut kinds = self.kinds.iter();
        let kind = kinds.find(|kind| kind.stream() == stream.id.kind);
        kind.map(|kind| kind.rows(core, &self.models, stream))
            .transpose()
    }
}

/// Makes the rows of all streams, part by part in any order.
pub(crate) fn make(
    core: &Arc<Core>,
    streams: &Arc<Streams>,
    models: &[&'static About],
) -> mpsc::Receiver<Result<Made, RunError>> {
    let to = For::database(&core.models);
    let maker = Maker::of(models);
    let each = move |core: &Core, _, streams: Vec<OneStream>| {
        let mut made = Made::of(&maker.models);
        made.events = streams.iter().map(|one| one.events.len() as i64).sum();
        for stream in streams {
            let Some(rows) = maker.rows(core, stream)? else {
                continue;
            };
            for (index, rows) in rows.of {
                let tables = maker.models[index].tables.iter().zip(rows);
                for (table, (about, rows)) in tables.enumerate() {
                    let packed = &mut made.tables[index][table];
                    let tally = &mut made.tallies[index][table];
                    for row in &rows {
                        packed.push(to, about, row);
                        tally.count(row);
                    }
                }
            }
        }
        Ok(made)
    };
    on_all_cores(core, streams, each)
}

/// What `each` makes of the streams of every part, in any order.
pub(crate) fn on_all_cores<T: Send + 'static>(
    core: &Arc<Core>,
    streams: &Arc<Streams>,
    each: impl Fn(&Core, usize, Vec<OneStream>) -> Result<T, RunError> + Send + Sync + 'static,
) -> mpsc::Receiver<Result<T, RunError>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (made, taken) = mpsc::channel(WAITING);
    let (next, each) = (Arc::new(AtomicUsize::new(0)), Arc::new(each));
    for _ in 0..cores {
        let (with, streams) = (Arc::clone(core), Arc::clone(streams));
        let (next, each, made) = (Arc::clone(&next), Arc::clone(&each), made.clone());
        core.threads.spawn_blocking(move || {
            loop {
                let part = next.fetch_add(1, Ordering::Relaxed);
                if part >= streams.parts() {
                    return;
                }
                let of_part = streams
                    .load(part)
                    .and_then(|streams| each(&with, part, streams));
                // Nobody takes any more when it was broken off.
                if made.blocking_send(of_part).is_err() {
                    return;
                }
            }
        });
    }
    taken
}
