//! What is to be there before read models are read or written: the empty tables that are read before the
//! first generation is built, and in those of an earlier program whatever this one asks for. Generations
//! that follow from another log, as after an older copy of it was put back, are given up.

use std::collections::{HashMap, HashSet};

use eventstore::Database;
use uuid::Uuid;

use super::tables;
use crate::checkpoint::{self, Generation, State};
use crate::kinds;
use crate::model::About;
use crate::models::{EMPTY, Models, SCHEMA, names_of};
use crate::sql::{Sql, Tx};

/// The number of the lock on PostgreSQL: "noi" and "ready".
const LOCK: i64 = 0x6e6f_6972_6561_6479;

/// Makes everything ready, and says which generations there are.
pub(crate) async fn make_ready(models: &Models) -> Result<Vec<Generation>, sqlx::Error> {
    let mut tx = Tx::begin(models).await?;
    if let Database::Postgres(_) = &**models {
        let mut lock = Sql::new(models, "SELECT 1 AS one FROM pg_advisory_xact_lock(");
        lock.integer(LOCK).sql(")");
        lock.fetch_in(&mut tx).await?;
    }
    let mut all = checkpoint::all_in(&mut tx, models).await?;
    for generation in &mut all {
        if generation.state != State::Retired && !follows(models, generation).await? {
            checkpoint::become_state(&mut tx, models, generation, State::Retired).await?;
            generation.state = State::Retired;
        }
    }
    let there = there(&mut tx, models).await?;
    for about in kinds::all() {
        let read = all.iter().filter(|one| {
            one.name == about.name && one.state == State::Live && one.version < about.version
        });
        let read = read.map(|one| one.number).collect::<Vec<_>>();
        for number in read.into_iter().chain([EMPTY]) {
            complete(&mut tx, models, about, number, &there).await?;
        }
    }
    tx.commit().await?;
    Ok(all)
}

/// Whether the event at which a generation stands is that of the log.
async fn follows(models: &Models, generation: &Generation) -> Result<bool, sqlx::Error> {
    is_in_log(models, generation.position, generation.last_event).await
}

/// Whether the event at a position of the log is this one; also where none is named.
pub(crate) async fn is_in_log(
    models: &Models,
    position: i64,
    event: Option<Uuid>,
) -> Result<bool, sqlx::Error> {
    let Some(event) = event else {
        return Ok(true);
    };
    let there = models.store.read_all(position - 1, 1).await;
    let there = there.map_err(|error| sqlx::Error::Decode(error.into()))?;
    Ok(there.first().is_some_and(|there| there.event_id == event))
}

/// The columns of each table.
type There = HashMap<String, HashSet<String>>;

async fn there(tx: &mut Tx, models: &Models) -> Result<There, sqlx::Error> {
    let mut sql = Sql::new(models, "");
    sql.either(
        "SELECT t.name AS table_name, c.name AS column_name
           FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table'",
        "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = ",
    );
    if let Database::Postgres(_) = &**models {
        sql.text(SCHEMA);
    }
    let mut there = There::new();
    for row in sql.fetch_in(tx).await? {
        let columns = there.entry(row.text("table_name")?).or_default();
        columns.insert(row.text("column_name")?);
    }
    Ok(there)
}

/// Makes the tables and columns of a generation that are not there.
async fn complete(
    tx: &mut Tx,
    models: &Models,
    about: &About,
    generation: i64,
    there: &There,
) -> Result<(), sqlx::Error> {
    let missing = |table: &str| !there.contains_key(&format!("{table}_{generation}"));
    if names_of(about).any(missing) {
        for table in about.tables {
            tables::make(tx, models, table, generation).await?;
            tables::index(tx, models, table, generation).await?;
        }
    }
    for table in about.tables {
        let Some(known) = there.get(&format!("{}_{generation}", table.name)) else {
            continue;
        };
        for (column, kind) in table.columns {
            if !known.contains(*column) {
                tables::add_column(tx, models, table, generation, (column, *kind)).await?;
            }
        }
    }
    Ok(())
}
