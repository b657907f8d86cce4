//! Compares the live rows with a fresh fold of the log. It only reads, in one snapshot, so it may run
//! beside everything else: the fold is taken to the very position that the snapshot is at.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures::StreamExt;
use uuid::Uuid;

use crate::build::load;
use crate::checkpoint::{self, Generation, State};
use crate::error::RunError;
use crate::projection::{ALL, Core, Projection, Touched};
use crate::recorded::CASE;
use crate::sql::Tx;
use crate::table::{Row, Table};

/// How many cases are compared at once.
const AT_ONCE: usize = 200;

/// What a comparison of one read model found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The read model.
    pub name: &'static str,
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
    /// The case, unless the rows belong to none that is in the log.
    pub case: Option<Uuid>,
    /// What follows from the log, as JSON; none where there should be no row.
    pub expected: Option<String>,
    /// What stands in the table, as JSON; none where there is no row.
    pub found: Option<String>,
}

/// Compares all read models that this program keeps.
pub(crate) async fn verify(core: &Arc<Core>) -> Result<Vec<Verified>, RunError> {
    let mut tx = Tx::snapshot(core.database()).await?;
    let all = checkpoint::all_in(&mut tx, core.database()).await?;
    // One that another program made is about to be replaced: there is nothing to compare.
    let mut comparing: Vec<Comparing> = ALL
        .iter()
        .filter_map(|projection| {
            let live = all.iter().find(|generation| {
                generation.state == State::Live && generation.is_ours(core, *projection)
            });
            live.map(|live| Comparing::new(*projection, live))
        })
        .collect();
    // They move together, so nearly always one fold serves all of them.
    let positions: BTreeSet<i64> = comparing.iter().map(|one| one.verified.position).collect();
    for position in positions {
        let mut here: Vec<&mut Comparing> = comparing
            .iter_mut()
            .filter(|one| one.verified.position == position)
            .collect();
        let ids: Vec<Uuid> = cases(core, position).await?.into_iter().collect();
        for chunk in ids.chunks(AT_ONCE) {
            let cases = load(core, chunk.iter().copied(), position).await?;
            for one in &mut here {
                one.compare(core, &mut tx, chunk, &cases).await?;
            }
        }
        for one in &mut here {
            one.count(core, &mut tx).await?;
        }
    }
    tx.rollback().await?;
    Ok(comparing.into_iter().map(|one| one.verified).collect())
}

/// The comparison of one read model.
struct Comparing {
    projection: &'static dyn Projection,
    generation: i64,
    /// How many rows of each table were compared.
    counts: Vec<i64>,
    verified: Verified,
}

impl Comparing {
    fn new(projection: &'static dyn Projection, live: &Generation) -> Self {
        Self {
            projection,
            generation: live.number,
            counts: vec![0; projection.tables().len()],
            verified: Verified {
                name: projection.name(),
                position: live.position,
                rows: 0,
                difference: None,
            },
        }
    }

    /// Compares the rows of these cases, until a difference is found.
    async fn compare(
        &mut self,
        core: &Core,
        tx: &mut Tx,
        ids: &[Uuid],
        cases: &[Touched],
    ) -> Result<(), RunError> {
        let tables = self.projection.tables();
        let mut expected = vec![Vec::new(); tables.len()];
        for touched in cases {
            let rows = core.rows(&[self.projection], touched);
            for (expected, rows) in expected.iter_mut().zip(rows.into_iter().flatten()) {
                expected.extend(rows);
            }
        }
        for (index, (table, expected)) in tables.iter().zip(expected).enumerate() {
            if self.verified.difference.is_some() {
                return Ok(());
            }
            let found = table
                .read(tx, core.database(), self.generation, ids)
                .await?;
            self.counts[index] += i64::try_from(found.len()).unwrap_or(i64::MAX);
            self.verified.difference =
                first_difference(table, &in_order(&expected)?, &in_order(&found)?);
        }
        Ok(())
    }

    /// Looks for rows of cases that are not in the log.
    async fn count(&mut self, core: &Core, tx: &mut Tx) -> Result<(), RunError> {
        self.verified.rows = self.counts.iter().sum();
        for (table, compared) in self.projection.tables().iter().zip(&self.counts) {
            let count = table.count(tx, core.database(), self.generation).await?;
            if self.verified.difference.is_none() && count != *compared {
                self.verified.difference = Some(Difference {
                    table: table.name,
                    case: None,
                    expected: None,
                    found: Some("rows of cases that are not in the log".to_owned()),
                });
            }
            let Some(counts) = &table.counts else {
                continue;
            };
            let right = counts
                .are_right(table, tx, core.database(), self.generation)
                .await?;
            if self.verified.difference.is_none() && !right {
                self.verified.difference = Some(Difference {
                    table: counts.table,
                    case: None,
                    expected: None,
                    found: Some("counts that are not those of the rows".to_owned()),
                });
            }
        }
        Ok(())
    }
}

/// The cases that had begun by `position`.
async fn cases(core: &Core, position: i64) -> Result<BTreeSet<Uuid>, RunError> {
    let mut ids = BTreeSet::new();
    let mut pages = core.store.read_pages(0);
    while let Some(page) = pages.next().await {
        let page = page?;
        let begins = page.iter().filter(|event| {
            event.position <= position && event.version == 1 && event.stream.kind == CASE
        });
        ids.extend(begins.map(|event| event.stream.id));
        if page.last().is_some_and(|event| event.position >= position) {
            break;
        }
    }
    Ok(ids)
}

/// Rows as JSON in a stable order: that of their text, which begins with the case.
fn in_order(rows: &[Row]) -> Result<Vec<String>, RunError> {
    let mut texts = rows
        .iter()
        .map(serde_json::to_string)
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
            (Some(a), Some(b)) if case_of(a) == case_of(b) => (Some(*a), Some(*b)),
            (Some(a), Some(b)) if a < b => (Some(*a), None),
            (Some(_), Some(b)) => (None, Some(*b)),
            (a, b) => (a.copied(), b.copied()),
        };
        return Some(Difference {
            table: table.name,
            case: missing.or(extra).and_then(|row| case_of(row)),
            expected: missing.cloned(),
            found: extra.cloned(),
        });
    }
}

/// The case of a row as JSON: its first value.
fn case_of(row: &str) -> Option<Uuid> {
    row.get(2..34)?.parse().ok()
}
