//! The table of checkpoints: which generations of which read model there are, how far each has come,
//! and which one is live. Whoever writes rows locks the checkpoint first and moves it in the same
//! transaction, so that of several processes exactly one applies each batch. Whoever begins a
//! generation or makes one live locks the read model itself first: a row that is there before any
//! generation is, so that of several that begin at once one does, and the others find it.

use eventstore::{Database, RecordedEvent};
use uuid::Uuid;

use crate::cells::Cells;
use crate::keep::tables;
use crate::model::{About, Core};
use crate::models::{Models, is_gone, names_of, table_name};
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
    /// The event at that position; none before the first, and while it is filled.
    pub last_event: Option<Uuid>,
    pub build_to: i64,
    pub state: State,
    /// The names of its tables, with a space between.
    pub tables: String,
}

impl Generation {
    /// Whether it is what this program would make.
    pub fn is_ours(&self, core: &Core, about: &About) -> bool {
        self.name == about.name
            && self.version == about.version
            && self.basis == core.basis_of(about)
    }

    fn read(cells: &Cells) -> Result<Self, sqlx::Error> {
        let state = cells.text("state")?;
        Ok(Self {
            name: cells.text("name")?,
            number: cells.integer("generation")?,
            version: cells.integer("version")?,
            basis: cells.text("basis")?,
            position: cells.integer("position")?,
            last_event: cells.uuid_or_none("last_event")?,
            build_to: cells.integer("build_to")?,
            state: match state.as_str() {
                "live" => State::Live,
                "building" => State::Building,
                _ => State::Retired,
            },
            tables: cells.text("tables")?,
        })
    }
}

const SELECT: &str = "SELECT name, generation, version, basis, position, last_event, build_to, state, tables FROM projection";

fn read(rows: &[Cells]) -> Result<Vec<Generation>, sqlx::Error> {
    rows.iter().map(Generation::read).collect()
}

/// All generations, by name and number.
pub(crate) async fn all(models: &Models) -> Result<Vec<Generation>, sqlx::Error> {
    let mut sql = Sql::new(models, SELECT);
    sql.sql(" ORDER BY name, generation");
    let all = read(&sql.fetch(models).await?)?;
    models.note(&all);
    Ok(all)
}

/// Learns anew which generations are live.
pub(crate) async fn look_again(models: &Models) -> Result<(), sqlx::Error> {
    let mut sql = Sql::new(models, SELECT);
    sql.sql(" WHERE state = 'live'");
    models.note(&read(&sql.fetch_all(models).await?)?);
    Ok(())
}

/// All generations as a transaction sees them.
pub(crate) async fn all_in(tx: &mut Tx, models: &Models) -> Result<Vec<Generation>, sqlx::Error> {
    let mut sql = Sql::new(models, SELECT);
    sql.sql(" ORDER BY name, generation");
    read(&sql.fetch_in(tx).await?)
}

/// A snapshot with all generations in it, whose tables nobody drops while it is read.
pub(crate) async fn snapshot(models: &Models) -> Result<(Tx, Vec<Generation>), sqlx::Error> {
    loop {
        let mut tx = Tx::snapshot(models).await?;
        let all = all_in(&mut tx, models).await?;
        match hold(&mut tx, models, &all).await {
            // It was replaced and dropped just now.
            Err(error) if is_gone(&error) => tx.rollback().await?,
            held => return held.map(|()| (tx, all)),
        }
    }
}

/// Holds the tables that are live. On SQLite a snapshot has them in it.
async fn hold(tx: &mut Tx, models: &Models, all: &[Generation]) -> Result<(), sqlx::Error> {
    if let Database::Postgres(_) = &**models {
        for live in all.iter().filter(|one| one.state == State::Live) {
            let names = live.tables.split_whitespace();
            let names = names.map(|table| table_name(models, table, live.number));
            let names = names.collect::<Vec<_>>().join(", ");
            tx.run(format!("LOCK TABLE {names} IN ACCESS SHARE MODE"))
                .await?;
        }
    }
    Ok(())
}

/// A read model that nobody else begins, replaces or swaps a generation of until the transaction ends.
pub(crate) struct Locked {
    /// All its generations, by their number.
    pub all: Vec<Generation>,
    /// The last number that was given to one of them.
    last: i64,
}

/// Locks one read model and all its generations until the transaction ends.
pub(crate) async fn lock(tx: &mut Tx, models: &Models, name: &str) -> Result<Locked, sqlx::Error> {
    // What is not there cannot be locked. Whoever comes second waits here for the first.
    let mut sql = Sql::new(
        models,
        "INSERT INTO projection_begun (name, last_generation) VALUES (",
    );
    sql.text(name).sql(", 0) ON CONFLICT (name) DO NOTHING");
    sql.execute(tx).await?;
    let mut sql = Sql::new(
        models,
        "SELECT last_generation FROM projection_begun WHERE name = ",
    );
    sql.text(name).either("", " FOR UPDATE");
    let rows = sql.fetch_in(tx).await?;
    let last = rows
        .first()
        .ok_or(sqlx::Error::RowNotFound)?
        .integer("last_generation")?;
    // A statement of its own: it sees what was committed while the lock was waited for.
    let mut sql = Sql::new(models, SELECT);
    sql.sql(" WHERE name = ")
        .text(name)
        .sql(" ORDER BY generation")
        .either("", " FOR UPDATE");
    let all = read(&sql.fetch_in(tx).await?)?;
    Ok(Locked { all, last })
}

/// Locks these generations, and says whether all of them still are where they are said to be.
pub(crate) async fn lock_unmoved(
    tx: &mut Tx,
    models: &Models,
    expected: &[Generation],
) -> Result<bool, sqlx::Error> {
    let mut sql = Sql::new(models, SELECT);
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

/// A position of the log and the event that stands there.
pub(crate) type Place = (i64, Option<Uuid>);

/// Where an event stands.
pub(crate) const fn place_of(event: &RecordedEvent) -> Place {
    (event.position, Some(event.event_id))
}

/// Moves a generation to `position`, where `last_event` stands.
pub(crate) async fn advance(
    tx: &mut Tx,
    models: &Models,
    generation: &Generation,
    (position, last_event): Place,
) -> Result<(), sqlx::Error> {
    let mut sql = Sql::new(models, "UPDATE projection SET position = ");
    sql.integer(position).sql(", last_event = ");
    match last_event {
        Some(event) => sql.uuid(event),
        None => sql.sql("NULL"),
    };
    sql.sql(" WHERE name = ")
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
    models: &Models,
    generation: &Generation,
    state: State,
) -> Result<(), sqlx::Error> {
    let mut sql = Sql::new(models, "UPDATE projection SET state = ");
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

/// Begins a generation beside the others of a read model that is locked, with empty tables.
pub(crate) async fn begin(
    tx: &mut Tx,
    core: &Core,
    about: &About,
    locked: &Locked,
    build_to: i64,
) -> Result<Generation, sqlx::Error> {
    let number = locked.last + 1;
    let mut sql = Sql::new(
        &core.models,
        "UPDATE projection_begun SET last_generation = ",
    );
    sql.integer(number)
        .sql(" WHERE name = ")
        .text(about.name)
        .sql(" AND last_generation = ")
        .integer(locked.last);
    one(sql.execute(tx).await?)?;
    let generation = Generation {
        name: about.name.to_owned(),
        number,
        version: about.version,
        basis: core.basis_of(about).to_owned(),
        position: 0,
        last_event: None,
        build_to,
        state: State::Building,
        tables: names_of(about).collect::<Vec<_>>().join(" "),
    };
    let mut sql = Sql::new(
        &core.models,
        "INSERT INTO projection (name, generation, version, basis, position, build_to, state, tables) VALUES (",
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
        .sql(", 'building', ")
        .text(&generation.tables)
        .sql(")");
    one(sql.execute(tx).await?)?;
    for table in about.tables {
        tables::make(tx, &core.models, table, number).await?;
        // Nothing is to be written in bulk.
        if build_to == 0 {
            tables::index(tx, &core.models, table, number).await?;
        }
    }
    Ok(generation)
}

/// Forgets a generation that has no more tables.
pub(crate) async fn forget(
    tx: &mut Tx,
    models: &Models,
    generation: &Generation,
) -> Result<(), sqlx::Error> {
    let mut sql = Sql::new(
        models,
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
