//! Removes what was replaced: a few rows at a time, so that nobody waits long for the database.

use crate::checkpoint::{self, State};
use crate::error::RunError;
use crate::projection::Core;
use crate::sql::Tx;

/// The most rows that one transaction removes.
const MOST_REMOVED: i64 = 2_000;

/// Removes the rows of all generations that were replaced, and then forgets these.
pub(crate) async fn remove_retired(core: &Core) -> Result<(), RunError> {
    let database = core.database();
    let all = checkpoint::all(database).await?;
    for generation in all.iter().filter(|other| other.state == State::Retired) {
        let Some(projection) = crate::apply::projection(&generation.name) else {
            continue;
        };
        for table in projection.tables() {
            loop {
                let mut tx = Tx::write(database).await?;
                let removed = table
                    .remove(&mut tx, database, generation.number, MOST_REMOVED)
                    .await?;
                tx.commit().await?;
                if removed == 0 {
                    break;
                }
                tokio::task::yield_now().await;
            }
        }
        let mut tx = Tx::write(database).await?;
        checkpoint::forget(&mut tx, database, generation).await?;
        tx.commit().await?;
    }
    Ok(())
}
