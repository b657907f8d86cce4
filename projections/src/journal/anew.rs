//! Compares readings and notices with the log, and makes both tables anew. They have one checkpoint,
//! so they are made anew together, in one transaction: nobody ever reads one of them half.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::StreamExt;
use serde::Serialize;
use uuid::Uuid;

use super::event::JournalEvent;
use super::follow::{POSITION, position_in};
use super::rows::Rows;
use crate::build::Progress;
use crate::error::RunError;
use crate::model::Core;
use crate::sql::{Sql, Tx};
use crate::verify::{Difference, Verified};

/// The two tables.
pub(crate) const TABLES: [&str; 2] = ["reading", "notice"];

/// Compares both tables with the log, at the position that they stand for.
pub(crate) async fn verify(core: &Arc<Core>) -> Result<Vec<Verified>, RunError> {
    let models = &core.models;
    let mut tx = Tx::snapshot(models).await?;
    let rows = Sql::new(models, POSITION).fetch_in(&mut tx).await?;
    let position = position_in(&rows)?;
    let found = Rows::stored(&mut tx, models).await?;
    tx.rollback().await?;
    let mut expected = Rows::default();
    fold(core, &mut expected, 0, position, &|_| {}).await?;
    let verified = |name, rows: usize, difference| Verified {
        name,
        of: crate::recorded::CASE,
        position,
        rows: i64::try_from(rows).unwrap_or(i64::MAX),
        difference,
    };
    let case = |(case, ..): &(Uuid, Uuid, i64), _: &_| *case;
    let readings = difference(TABLES[0], &expected.readings, &found.readings, case);
    let case = |_: &Uuid, notice: &super::rows::Notice| notice.case_id;
    let notices = difference(TABLES[1], &expected.notices, &found.notices, case);
    Ok(vec![
        verified(TABLES[0], found.readings.len(), readings),
        verified(TABLES[1], found.notices.len(), notices),
    ])
}

/// Makes both tables anew while they are read and followed.
pub(crate) async fn rebuild(
    core: &Arc<Core>,
    progress: &(impl Fn(Progress) + Send + Sync),
) -> Result<(), RunError> {
    let models = &core.models;
    let (mut rows, mut folded) = (Rows::default(), 0);
    loop {
        let position = position_in(&Sql::new(models, POSITION).fetch(models).await?)?;
        fold(core, &mut rows, folded, position, progress).await?;
        folded = position;
        let mut tx = Tx::write(models).await?;
        // Holds back whoever follows the log until the rows stand there.
        let mut still = Sql::new(models, "UPDATE journal SET position = ");
        still
            .integer(position)
            .sql(" WHERE only_row = 1 AND position = ")
            .integer(position);
        if still.execute(&mut tx).await? == 1 {
            rows.replace(&mut tx, models).await?;
            tx.commit().await?;
            return Ok(());
        }
        // Somebody followed further meanwhile.
        tx.rollback().await?;
    }
}

/// Folds the events after `from` up to `to`.
async fn fold(
    core: &Arc<Core>,
    rows: &mut Rows,
    from: i64,
    to: i64,
    progress: &(impl Fn(Progress) + Send + Sync),
) -> Result<(), RunError> {
    let mut pages = core.store.read_pages(from);
    let mut position = from;
    while position < to {
        let Some(page) = pages.next().await else {
            break;
        };
        for stored in page?.iter().take_while(|stored| stored.position <= to) {
            position = stored.position;
            if let Some(event) = JournalEvent::read(stored)? {
                rows.take(stored, &event);
            }
        }
        progress(Progress {
            names: TABLES.to_vec(),
            position,
            head: to,
        });
    }
    Ok(())
}

/// The first row that differs.
fn difference<K: Ord, R: PartialEq + Serialize>(
    table: &'static str,
    expected: &BTreeMap<K, R>,
    found: &BTreeMap<K, R>,
    case: impl Fn(&K, &R) -> Uuid,
) -> Option<Difference> {
    let missing = || {
        expected
            .iter()
            .find(|(key, row)| found.get(key) != Some(row))
    };
    let extra = || found.iter().find(|(key, _)| !expected.contains_key(key));
    let (key, row) = missing().or_else(extra)?;
    let json = |row: &R| serde_json::to_string(row).ok();
    Some(Difference {
        table,
        stream: Some(case(key, row)),
        expected: expected.get(key).and_then(json),
        found: found.get(key).and_then(json),
    })
}
