//! The tables of a generation: made without what slows down writing, then given their indexes, dropped
//! when another generation has taken their place.

use eventstore::Database;

use crate::models::{Models, table_name};
use crate::sql::Tx;
use crate::table::{Kind, Table};

/// Makes a table and that of its counts, unless they are there. What is written in bulk has no index yet;
/// counts are added up by their key, and lists lie in the order of theirs on SQLite.
pub(crate) async fn make(
    tx: &mut Tx,
    models: &Models,
    table: &Table,
    generation: i64,
) -> Result<(), sqlx::Error> {
    let sqlite = matches!(**models, Database::Sqlite(_));
    let name = table_name(models, table.name, generation);
    let columns = table.columns.iter().map(|(column, kind)| {
        let must = if table.key.contains(column) {
            " NOT NULL"
        } else {
            ""
        };
        format!("{column} {}{must}", kind_name(models, *kind))
    });
    let columns = columns.collect::<Vec<_>>().join(", ");
    let (key, end) = match (sqlite, table.is_list()) {
        (true, true) => (
            format!(", PRIMARY KEY ({})", table.key.join(", ")),
            " STRICT, WITHOUT ROWID",
        ),
        (true, false) => (String::new(), " STRICT"),
        (false, _) => (String::new(), ""),
    };
    tx.run(format!(
        "CREATE TABLE IF NOT EXISTS {name} ({columns}{key}){end}"
    ))
    .await?;
    let Some(counts) = &table.counts else {
        return Ok(());
    };
    let name = table_name(models, counts.table, generation);
    let columns = table
        .columns
        .iter()
        .filter(|(column, _)| counts.by.contains(column));
    let columns =
        columns.map(|(column, kind)| format!("{column} {} NOT NULL", kind_name(models, *kind)));
    let columns = columns.collect::<Vec<_>>().join(", ");
    let (total, key) = (kind_name(models, Kind::Integer), counts.by.join(", "));
    let end = if sqlite { " STRICT, WITHOUT ROWID" } else { "" };
    tx.run(format!(
        "CREATE TABLE IF NOT EXISTS {name} ({columns}, total {total} NOT NULL, PRIMARY KEY ({key})){end}"
    ))
    .await
}

/// The statements that make the indexes of a table, the one by its key first.
pub(crate) fn indexes(models: &Models, table: &Table, generation: i64) -> Vec<String> {
    let on = table_name(models, table.name, generation);
    let mut statements = Vec::new();
    if !(table.is_list() && matches!(**models, Database::Sqlite(_))) {
        statements.push(format!(
            "CREATE UNIQUE INDEX IF NOT EXISTS {}_{generation}_key ON {on} ({})",
            table.name,
            table.key.join(", ")
        ));
    }
    for index in table.indexes {
        let only = index.only.map(|only| format!(" WHERE {only}"));
        statements.push(format!(
            "CREATE INDEX IF NOT EXISTS {}_{generation}_{} ON {on} ({}){}",
            table.name,
            index.name,
            index.on,
            only.unwrap_or_default()
        ));
    }
    statements
}

/// Makes the indexes of a table all at once.
pub(crate) async fn index(
    tx: &mut Tx,
    models: &Models,
    table: &Table,
    generation: i64,
) -> Result<(), sqlx::Error> {
    for statement in indexes(models, table, generation) {
        tx.run(statement).await?;
    }
    Ok(())
}

/// Adds a column that a program of an earlier version did not know: until its rows are made anew there is
/// nothing in it, which of truth values means that they are not.
pub(crate) async fn add_column(
    tx: &mut Tx,
    models: &Models,
    table: &Table,
    generation: i64,
    (column, kind): (&str, Kind),
) -> Result<(), sqlx::Error> {
    let name = table_name(models, table.name, generation);
    let default = match (&**models, kind) {
        (Database::Sqlite(_), Kind::Boolean) => " DEFAULT 0",
        (Database::Postgres(_), Kind::Boolean) => " DEFAULT false",
        _ => "",
    };
    let kind = kind_name(models, kind);
    tx.run(format!(
        "ALTER TABLE {name} ADD COLUMN {column} {kind}{default}"
    ))
    .await
}

/// Drops a table.
pub(crate) async fn drop(
    tx: &mut Tx,
    models: &Models,
    table: &str,
    generation: i64,
) -> Result<(), sqlx::Error> {
    let name = table_name(models, table, generation);
    tx.run(format!("DROP TABLE IF EXISTS {name}")).await
}

/// What the database calls a kind of value. Texts are ordered by their bytes on both.
const fn kind_name(models: &Database, kind: Kind) -> &'static str {
    match (models, kind) {
        (Database::Sqlite(_), Kind::Uuid) => "BLOB",
        (Database::Sqlite(_), Kind::Instant | Kind::Integer | Kind::Boolean) => "INTEGER",
        (Database::Sqlite(_), Kind::Date | Kind::Text | Kind::Json) => "TEXT",
        (Database::Postgres(_), Kind::Uuid) => "uuid",
        (Database::Postgres(_), Kind::Instant) => "timestamptz",
        (Database::Postgres(_), Kind::Date) => "date",
        (Database::Postgres(_), Kind::Text) => "text COLLATE \"C\"",
        (Database::Postgres(_), Kind::Integer) => "bigint",
        (Database::Postgres(_), Kind::Boolean) => "boolean",
        (Database::Postgres(_), Kind::Json) => "jsonb",
    }
}
