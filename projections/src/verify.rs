//! Compares the live rows with a fresh fold of the log. It only reads, in one snapshot, so it may run
//! beside everything else: the fold is taken to the very position that the snapshot is at.
//!
//! Log and tables are read once, in whatever order is quickest: what is compared are sums over the rows
//! of many streams. Only where these differ the rows are compared one by one.

use std::collections::BTreeSet;
use std::sync::Arc;

use eventstore::{Database, StreamKind};
use uuid::Uuid;

use crate::checkpoint::{self, Generation, State};
use crate::error::RunError;
use crate::keep::direct::Snapshot;
use crate::keep::made::{Maker, on_all_cores};
use crate::keep::packed::For;
use crate::keep::scan::{Sum, Summing, bytes_of, scan, scan_file};
use crate::keep::streams::Streams;
use crate::kinds::{self, Rows};
use crate::model::{About, Core};
use crate::sql::Tx;
use crate::table::{Row, Table};

/// How many streams are compared at once.
const AT_ONCE: usize = 200;

/// What a comparison of one read model found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The read model.
    pub name: &'static str,
    /// The kind of the streams that it is of.
    pub of: StreamKind,
    /// The position of the log that it stands for.
    pub position: i64,
    /// How many rows were compared.
    pub rows: i64,
    /// The first difference; none when all rows are the same.
    pub difference: Option<Difference>,
}

/// A difference between a read model and the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: &'static str,
    /// The stream, unless the rows belong to none that is in the log.
    pub stream: Option<Uuid>,
    /// What follows from the log, as JSON; none where there should be no row.
    pub expected: Option<String>,
    /// What stands in the table, as JSON; none where there is no row.
    pub found: Option<String>,
}

/// Compares all read models that this program keeps.
pub(crate) async fn verify(core: &Arc<Core>) -> Result<Vec<Verified>, RunError> {
    let (mut tx, all, mut file) = snapshot(core).await?;
    // One that another program made is about to be replaced: there is nothing to compare.
    let mut comparing: Vec<Comparing> = kinds::all()
        .iter()
        .filter_map(|about| {
            let live = all.iter().find(|generation| {
                generation.state == State::Live && generation.is_ours(core, about)
            });
            live.map(|live| Comparing::new(about, live))
        })
        .collect();
    // They move together, so nearly always one fold serves all of them.
    let positions: BTreeSet<i64> = comparing.iter().map(|one| one.verified.position).collect();
    for position in positions {
        let mut here: Vec<&mut Comparing> = comparing
            .iter_mut()
            .filter(|one| one.verified.position == position)
            .collect();
        let models: Vec<_> = here.iter().map(|one| one.about).collect();
        let streams = Arc::new(Streams::of(core, &models, position).await?);
        let summing = Arc::new(Summing::default());
        let expected = expected(core, &streams, &models, &summing);
        let tables = here.iter().map(|one| (one.about, one.generation));
        let at = (&mut tx, &mut file);
        let found = found(core, at, &streams, tables.collect(), &summing);
        let (expected, found) = tokio::try_join!(expected, found)?;
        for (index, one) in here.iter_mut().enumerate() {
            let both = expected[index].iter().zip(&found[index]);
            for (table, (expected, found)) in both.enumerate() {
                one.compare(core, &mut tx, &streams, table, (expected, found))
                    .await?;
            }
            one.counts(core, &mut tx).await?;
        }
    }
    tx.rollback().await?;
    Ok(comparing.into_iter().map(|one| one.verified).collect())
}

/// Sums for each part of a table.
type Sums = Vec<Sum>;

/// The sums of the rows that follow from the log, for each read model and table.
async fn expected(
    core: &Arc<Core>,
    streams: &Arc<Streams>,
    models: &[&'static About],
    summing: &Arc<Summing>,
) -> Result<Vec<Vec<Sums>>, RunError> {
    let mut sums = nothing(streams, models);
    let (to, models) = (For::database(&core.models), models.to_vec());
    let (maker, summing) = (Maker::of(&models), Arc::clone(summing));
    let each = move |core: &Core, part: usize, streams| {
        let mut sums: Vec<Vec<Sum>> = models
            .iter()
            .map(|about| vec![Sum::default(); about.tables.len()])
            .collect();
        let mut bytes = Vec::new();
        for stream in streams {
            let rows = maker.rows(core, stream)?;
            for (place, tables) in rows.into_iter().flat_map(|rows| rows.of) {
                for (sum, rows) in sums[place].iter_mut().zip(tables) {
                    for row in rows {
                        bytes_of(to, &row, &mut bytes);
                        summing.add(sum, &bytes);
                    }
                }
            }
        }
        Ok((part, sums))
    };
    let mut parts = on_all_cores(core, streams, each);
    for _ in 0..streams.parts() {
        let (part, of_part) = parts.recv().await.ok_or(RunError::Closed)??;
        for (sums, sum) in sums.iter_mut().flatten().zip(of_part.iter().flatten()) {
            sums[part] = *sum;
        }
    }
    Ok(sums)
}

/// One moment, in which everything is compared; on SQLite once more for the connection by which many rows
/// are read.
async fn snapshot(core: &Core) -> Result<(Tx, Vec<Generation>, Option<Snapshot>), RunError> {
    loop {
        let (tx, all) = checkpoint::snapshot(&core.models).await?;
        let Database::Sqlite(sqlite) = &*core.models else {
            return Ok((tx, all, None));
        };
        match Snapshot::of(sqlite, &all)? {
            Some(snapshot) => return Ok((tx, all, Some(snapshot))),
            // Something was written between the two.
            None => tx.rollback().await?,
        }
    }
}

/// The sums of the rows that stand in the tables of these generations.
async fn found(
    core: &Arc<Core>,
    (tx, snapshot): (&mut Tx, &mut Option<Snapshot>),
    streams: &Arc<Streams>,
    generations: Vec<(&'static About, i64)>,
    summing: &Arc<Summing>,
) -> Result<Vec<Vec<Sums>>, RunError> {
    let about: Vec<_> = generations.iter().map(|(about, _)| *about).collect();
    let mut sums = nothing(streams, &about);
    if let Tx::Postgres(tx) = tx {
        for ((about, number), sums) in generations.iter().zip(&mut sums) {
            for (table, sums) in about.tables.iter().zip(sums) {
                let each = |stream, row: &[u8]| {
                    summing.add(&mut sums[streams.part_of(stream)], row);
                };
                scan(tx, &core.models, table, *number, each).await?;
            }
        }
        return Ok(sums);
    }
    let file = snapshot.take().ok_or(RunError::Closed)?;
    let (with, streams, summing) = (Arc::clone(core), Arc::clone(streams), Arc::clone(summing));
    let scanned = core.threads.spawn_blocking(move || {
        for ((about, number), sums) in generations.iter().zip(&mut sums) {
            for (table, sums) in about.tables.iter().zip(sums) {
                let each = |stream, row: &[u8]| {
                    summing.add(&mut sums[streams.part_of(stream)], row);
                };
                scan_file(&file, &with.models, table, *number, each)?;
            }
        }
        Ok::<_, sqlx::Error>((file, sums))
    });
    let (file, sums) = scanned.await.map_err(|_| RunError::Closed)??;
    *snapshot = Some(file);
    Ok(sums)
}

fn nothing(streams: &Streams, models: &[&'static About]) -> Vec<Vec<Sums>> {
    let tables = models.iter().map(|about| about.tables.len());
    tables
        .map(|tables| vec![vec![Sum::default(); streams.parts()]; tables])
        .collect()
}

/// The comparison of one read model.
struct Comparing {
    about: &'static About,
    generation: i64,
    verified: Verified,
}

impl Comparing {
    fn new(about: &'static About, live: &Generation) -> Self {
        Self {
            about,
            generation: live.number,
            verified: Verified {
                name: about.name,
                of: about.of,
                position: live.position,
                rows: 0,
                difference: None,
            },
        }
    }

    /// Compares a table part by part; where the sums differ, row by row, until a difference is found.
    async fn compare(
        &mut self,
        core: &Arc<Core>,
        tx: &mut Tx,
        streams: &Arc<Streams>,
        table: usize,
        (expected, found): (&Sums, &Sums),
    ) -> Result<(), RunError> {
        self.verified.rows += found.iter().map(|sum| sum.rows).sum::<i64>();
        for part in 0..streams.parts() {
            if self.verified.difference.is_some() {
                return Ok(());
            }
            if expected[part] != found[part] {
                self.verified.difference = self
                    .differs(core, tx, streams, (table, part), found[part].rows)
                    .await?;
            }
        }
        Ok(())
    }

    /// The first difference in one part of a table; none where rows say the same in other words.
    async fn differs(
        &self,
        core: &Arc<Core>,
        tx: &mut Tx,
        streams: &Arc<Streams>,
        (index, part): (usize, usize),
        found_in_all: i64,
    ) -> Result<Option<Difference>, RunError> {
        let table = &self.about.tables[index];
        let (of_part, with, maker) = (
            Arc::clone(streams),
            Arc::clone(core),
            Maker::of(&[self.about]),
        );
        let made = core.threads.spawn_blocking(move || {
            let streams = of_part.load(part)?.into_iter();
            let rows = streams.map(|stream| maker.rows(&with, stream));
            rows.filter_map(Result::transpose)
                .collect::<Result<Vec<_>, _>>()
        });
        let made: Vec<Rows> = made.await.map_err(|_| RunError::Closed)??;
        let mut compared = 0;
        for chunk in made.chunks(AT_ONCE) {
            let ids: Vec<Uuid> = chunk.iter().map(|rows| rows.id).collect();
            let tables = chunk.iter().flat_map(|rows| &rows.of);
            let rows = tables.filter_map(|(_, tables)| tables.get(index));
            let expected: Vec<_> = rows.flatten().cloned().collect();
            let found = table.read(tx, &core.models, self.generation, &ids).await?;
            compared += i64::try_from(found.len()).unwrap_or(i64::MAX);
            let difference = first_difference(table, &in_order(&expected)?, &in_order(&found)?);
            if difference.is_some() {
                return Ok(difference);
            }
        }
        Ok((compared != found_in_all).then(|| Difference {
            table: table.name,
            stream: None,
            expected: None,
            found: Some("rows of streams that are not in the log".to_owned()),
        }))
    }

    /// Compares what is counted with the rows.
    async fn counts(&mut self, core: &Core, tx: &mut Tx) -> Result<(), RunError> {
        for table in self.about.tables {
            let Some(counts) = table.counts.filter(|_| self.verified.difference.is_none()) else {
                continue;
            };
            let right = counts
                .are_right(table, tx, &core.models, self.generation)
                .await?;
            if !right {
                self.verified.difference = Some(Difference {
                    table: counts.table,
                    stream: None,
                    expected: None,
                    found: Some("counts that are not those of the rows".to_owned()),
                });
            }
        }
        Ok(())
    }
}

/// Rows as JSON in a stable order: that of their text, which begins with the stream. What is JSON itself is
/// brought into one form: the same may be written in several.
fn in_order(rows: &[Row]) -> Result<Vec<String>, RunError> {
    let mut texts = rows
        .iter()
        .map(|row| serde_json::to_value(row).map(|row| row.to_string()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| sqlx::Error::Encode(error.into()))?;
    texts.sort_unstable();
    Ok(texts)
}

/// The first row that stands on one side only.
fn first_difference(table: &Table, expected: &[String], found: &[String]) -> Option<Difference> {
    let (mut expected, mut found) = (expected.iter().peekable(), found.iter().peekable());
    loop {
        let (missing, extra) = match (expected.peek(), found.peek()) {
            (None, None) => return None,
            (Some(a), Some(b)) if a == b => {
                expected.next();
                found.next();
                continue;
            }
            (Some(a), Some(b)) if stream_of(a) == stream_of(b) => (Some(*a), Some(*b)),
            (Some(a), Some(b)) if a < b => (Some(*a), None),
            (Some(_), Some(b)) => (None, Some(*b)),
            (a, b) => (a.copied(), b.copied()),
        };
        return Some(Difference {
            table: table.name,
            stream: missing.or(extra).and_then(|row| stream_of(row)),
            expected: missing.cloned(),
            found: extra.cloned(),
        });
    }
}

/// The stream of a row as JSON: its first value.
fn stream_of(row: &str) -> Option<Uuid> {
    row.get(2..34)?.parse().ok()
}
