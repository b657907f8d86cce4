//! Drops the tables of what was replaced or broken off. Whoever still reads them keeps them until then.

use std::time::Duration;

use eventstore::Database;

use crate::checkpoint::{self, Generation, State};
use crate::error::RunError;
use crate::keep::tables;
use crate::model::Core;
use crate::models::Models;
use crate::sql::Tx;

/// How often it is tried, on PostgreSQL, to drop tables that somebody is reading. What is left is dropped
/// after the next build, or at the next start.
const TRIES: usize = 20;

/// How long to wait before it is tried again.
const TRY_AGAIN: Duration = Duration::from_millis(50);

/// Drops the tables of all generations that were replaced, and forgets these.
pub(crate) async fn drop_retired(core: &Core) -> Result<(), RunError> {
    let models = &core.models;
    let all = checkpoint::all(models).await?;
    for generation in all.iter().filter(|other| other.state == State::Retired) {
        for _ in 0..TRIES {
            match drop_generation(models, generation).await {
                Err(error) if is_read(&error) => tokio::time::sleep(TRY_AGAIN).await,
                done => {
                    done?;
                    break;
                }
            }
        }
    }
    Ok(())
}

async fn drop_generation(models: &Models, generation: &Generation) -> Result<(), sqlx::Error> {
    let mut tx = Tx::write(models).await?;
    if let Database::Postgres(_) = &**models {
        // Who comes while this waits for a reader would wait, too.
        tx.run("SET LOCAL lock_timeout = '20ms'".to_owned()).await?;
    }
    for table in generation.tables.split_whitespace() {
        tables::drop(&mut tx, models, table, generation.number).await?;
    }
    checkpoint::forget(&mut tx, models, generation).await?;
    tx.commit().await
}

/// Whether somebody is reading what was to be dropped: `lock_not_available`.
fn is_read(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.as_deref() == Some("55P03")
}
