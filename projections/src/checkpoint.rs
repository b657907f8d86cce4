//! The table of checkpoints: which generations of which read model there are, how far each has come,
//! and which one is live. Whoever writes rows locks the checkpoint first and moves it in the same
//! transaction, so that of several processes exactly one applies each batch.

use eventstore::Database;

use crate::cells::Cells;
use crate::projection::{Core, Projection};
use crate::sql::{Sql, Tx};

/// What a generation is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Building,
    Live,
    Retired,
}

/// A generation of a read model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Generation {
    pub name: String,
    pub number: i64,
    pub version: i64,
    pub basis: String,
    pub position: i64,
    pub build_to: i64,
    pub state: State,
}

impl Generation {
    /// Whether it is what this program would make.
    pub fn is_ours(&self, core: &Core, projection: &dyn Projection) -> bool {
        self.name == projection.name()
            && self.version == projection.version()
            && self.basis == core.basis
    }

    fn read(cells: &Cells) -> Result<Self, sqlx::Error> {
        let state = cells.text("state")?;
        Ok(Self {
            name: cells.text("name")?,
            number: cells.integer("generation")?,
            version: cells.integer("version")?,
            basis: cells.text("basis")?,
            position: cells.integer("position")?,
            build_to: cells.integer("build_to")?,
            state: match state.as_str() {
                "live" => State::Live,
                "building" => State::Building,
                _ => State::Retired,
            },
        })
    }
}

const SELECT: &str =
    "SELECT name, generation, version, basis, position, build_to, state FROM projection";

fn read(rows: &[Cells]) -> Result<Vec<Generation>, sqlx::Error> {
    rows.iter().map(Generation::read).collect()
}

/// All generations, by name and number.
pub(crate) async fn all(database: &Database) -> Result<Vec<Generation>, sqlx::Error> {
    let mut sql = Sql::new(database, SELECT);
    sql.sql(" ORDER BY name, generation");
    read(&sql.fetch(database).await?)
}

/// All generations as a transaction sees them.
pub(crate) async fn all_in(
    tx: &mut Tx,
    database: &Database,
) -> Result<Vec<Generation>, sqlx::Error> {
    let mut sql = Sql::new(database, SELECT);
    sql.sql(" ORDER BY name, generation");
    read(&sql.fetch_in(tx).await?)
}

/// Locks all generations of one read model until the transaction ends.
pub(crate) async fn lock(
    tx: &mut Tx,
    database: &Database,
    name: &str,
) -> Result<Vec<Generation>, sqlx::Error> {
    let mut sql = Sql::new(database, SELECT);
    sql.sql(" WHERE name = ")
        .text(name)
        .sql(" ORDER BY generation")
        .either("", " FOR UPDATE");
    read(&sql.fetch_in(tx).await?)
}

/// Locks these generations, and says whether all of them still are where they are said to be.
pub(crate) async fn lock_unmoved(
    tx: &mut Tx,
    database: &Database,
    expected: &[Generation],
) -> Result<bool, sqlx::Error> {
    let mut sql = Sql::new(database, SELECT);
    for (index, generation) in expected.iter().enumerate() {
        sql.sql(if index == 0 {
            " WHERE (name = "
        } else {
            " OR (name = "
        })
        .text(&generation.name)
        .sql(" AND generation = ")
        .integer(generation.number)
        .sql(")");
    }
    sql.sql(" ORDER BY name, generation")
        .either("", " FOR UPDATE");
    let found = read(&sql.fetch_in(tx).await?)?;
    Ok(expected.iter().all(|generation| found.contains(generation)))
}

/// Moves a generation to `position`.
pub(crate) async fn advance(
    tx: &mut Tx,
    database: &Database,
    generation: &Generation,
    position: i64,
) -> Result<(), sqlx::Error> {
    let mut sql = Sql::new(database, "UPDATE projection SET position = ");
    sql.integer(position)
        .sql(" WHERE name = ")
        .text(&generation.name)
        .sql(" AND generation = ")
        .integer(generation.number)
        .sql(" AND position = ")
        .integer(generation.position);
    one(sql.execute(tx).await?)
}

/// Gives a generation another state.
pub(crate) async fn become_state(
    tx: &mut Tx,
    database: &Database,
    generation: &Generation,
    state: State,
) -> Result<(), sqlx::Error> {
    let mut sql = Sql::new(database, "UPDATE projection SET state = ");
    sql.sql(match state {
        State::Building => "'building'",
        State::Live => "'live'",
        State::Retired => "'retired'",
    })
    .sql(" WHERE name = ")
    .text(&generation.name)
    .sql(" AND generation = ")
    .integer(generation.number);
    one(sql.execute(tx).await?)
}

/// Begins a generation beside the others, which are locked.
pub(crate) async fn begin(
    tx: &mut Tx,
    core: &Core,
    projection: &dyn Projection,
    before: &[Generation],
    build_to: i64,
) -> Result<Generation, sqlx::Error> {
    let last = before.iter().map(|generation| generation.number).max();
    let generation = Generation {
        name: projection.name().to_owned(),
        number: last.unwrap_or(0) + 1,
        version: projection.version(),
        basis: core.basis.clone(),
        position: 0,
        build_to,
        state: State::Building,
    };
    let mut sql = Sql::new(
        core.database(),
        "INSERT INTO projection (name, generation, version, basis, position, build_to, state) VALUES (",
    );
    sql.text(&generation.name)
        .sql(", ")
        .integer(generation.number)
        .sql(", ")
        .integer(generation.version)
        .sql(", ")
        .text(&generation.basis)
        .sql(", 0, ")
        .integer(build_to)
        .sql(", 'building')");
    one(sql.execute(tx).await?)?;
    Ok(generation)
}

/// Forgets a generation that has no more rows.
pub(crate) async fn forget(
    tx: &mut Tx,
    database: &Database,
    generation: &Generation,
) -> Result<(), sqlx::Error> {
    let mut sql = Sql::new(
        database,
        "DELETE FROM projection WHERE state = 'retired' AND name = ",
    );
    sql.text(&generation.name)
        .sql(" AND generation = ")
        .integer(generation.number);
    // Another process may have been quicker.
    sql.execute(tx).await.map(|_| ())
}

fn one(touched: u64) -> Result<(), sqlx::Error> {
    if touched == 1 {
        Ok(())
    } else {
        Err(sqlx::Error::RowNotFound)
    }
}
