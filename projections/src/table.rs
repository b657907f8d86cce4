//! A table of a read model, described by its columns: from this, rows are written in bulk, removed,
//! and read back to be compared. All rows of a batch travel as one JSON value, so that a batch costs
//! one statement for each table, however many rows it has.

use domain::time::Instant;
use eventstore::Database;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::cells::Cells;
use crate::sql::{Sql, Tx};

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Uuid,
    Instant,
    Date,
    Text,
    Integer,
    Boolean,
    Json,
}

/// A table. Its columns are those after `generation`; the first of them is `case_id`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    pub name: &'static str,
    pub columns: &'static [(&'static str, Kind)],
    /// Its primary key, after `generation`.
    pub key: &'static [&'static str],
    /// Rows are only ever added: one for each event of a case.
    pub grows: bool,
    /// Where its rows are counted, if they are.
    pub counts: Option<Counts>,
}

/// A table that says how many rows of another have the same values in these columns. It moves with
/// them in one transaction; a count that has become 0 may stay.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counts {
    pub table: &'static str,
    pub by: &'static [&'static str],
}

/// A value in a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Null,
    Uuid(Uuid),
    Instant(Instant),
    Text(String),
    Integer(i64),
    Boolean(bool),
    Json(Value),
}

/// A row, in the order of the columns.
pub(crate) type Row = Vec<Cell>;

impl Serialize for Cell {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Uuid(id) => serializer.collect_str(&id.simple()),
            Self::Instant(at) => serializer.serialize_i64(at.utc().timestamp_micros()),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Boolean(truth) => serializer.serialize_bool(*truth),
            Self::Json(value) => value.serialize(serializer),
        }
    }
}

macro_rules! cell_from {
    ($($type:ty => $make:expr,)*) => {
        $(impl From<$type> for Cell {
            fn from(value: $type) -> Self {
                $make(value)
            }
        })*
    };
}

cell_from! {
    Uuid => Cell::Uuid,
    Instant => Cell::Instant,
    String => Cell::Text,
    &str => |text: &str| Cell::Text(text.to_owned()),
    &String => |text: &String| Cell::Text(text.clone()),
    i64 => Cell::Integer,
    i32 => |number: i32| Cell::Integer(number.into()),
    u32 => |number: u32| Cell::Integer(number.into()),
    usize => |number: usize| Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX)),
    bool => Cell::Boolean,
    Value => Cell::Json,
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Null, Into::into)
    }
}

/// Rows of one table, ready to be written.
#[derive(Debug)]
pub(crate) struct Writing {
    pub table: &'static Table,
    /// The cases whose rows are replaced; empty for a table that only grows.
    pub replaced: Vec<Uuid>,
    /// The rows as one JSON array.
    pub rows: String,
    pub count: u64,
}

impl Table {
    /// Removes the rows of the cases that are replaced and adds the new ones.
    pub async fn write(
        tx: &mut Tx,
        database: &Database,
        generation: i64,
        writing: &Writing,
    ) -> Result<(), sqlx::Error> {
        let table = writing.table;
        if !writing.replaced.is_empty() {
            table
                .count_off(tx, database, generation, &writing.replaced)
                .await?;
            let mut sql = Sql::new(database, "DELETE FROM ");
            sql.sql(table.name)
                .sql(" WHERE generation = ")
                .integer(generation)
                .sql(" AND case_id")
                .in_uuids(&writing.replaced);
            sql.execute(tx).await?;
        }
        if writing.count == 0 {
            return Ok(());
        }
        let written = table
            .insert(database, generation, &writing.rows)
            .execute(tx)
            .await?;
        if written != writing.count {
            return Err(sqlx::Error::RowNotFound);
        }
        table
            .count_on(tx, database, generation, &writing.rows)
            .await
    }

    /// Counts what is about to be removed.
    async fn count_off(
        &self,
        tx: &mut Tx,
        database: &Database,
        generation: i64,
        cases: &[Uuid],
    ) -> Result<(), sqlx::Error> {
        let Some(counts) = &self.counts else {
            return Ok(());
        };
        let mut sql = counts.add(database, generation);
        for column in counts.by {
            sql.sql(", ").sql(column);
        }
        sql.sql(", -count(*) FROM ")
            .sql(self.name)
            .sql(" WHERE generation = ")
            .integer(generation)
            .sql(" AND case_id")
            .in_uuids(cases);
        counts.end(&mut sql);
        sql.execute(tx).await.map(|_| ())
    }

    /// Counts what was written.
    async fn count_on(
        &self,
        tx: &mut Tx,
        database: &Database,
        generation: i64,
        rows: &str,
    ) -> Result<(), sqlx::Error> {
        let Some(counts) = &self.counts else {
            return Ok(());
        };
        let mut sql = counts.add(database, generation);
        for column in counts.by {
            let at = self.columns.iter().position(|(name, _)| name == column);
            let (at, kind) = at
                .and_then(|at| Some((*INDEX.get(at)?, self.columns[at].1)))
                .ok_or_else(|| sqlx::Error::ColumnNotFound((*column).to_owned()))?;
            let (before, after) = value(&sql, kind);
            sql.sql(", ")
                .sql(before)
                .sql(at)
                .sql(after)
                .sql(" AS ")
                .sql(column);
        }
        sql.sql(", count(*)")
            .either(" FROM json_each(", " FROM jsonb_array_elements((")
            .text(rows)
            .either(") WHERE 1 = 1", ")::jsonb) AS value WHERE 1 = 1");
        counts.end(&mut sql);
        sql.execute(tx).await.map(|_| ())
    }

    fn insert(&self, database: &Database, generation: i64, rows: &str) -> Sql {
        let mut sql = Sql::new(database, "INSERT INTO ");
        sql.sql(self.name).sql(" (generation");
        for (column, _) in self.columns {
            sql.sql(", ").sql(column);
        }
        sql.sql(") SELECT ").integer(generation);
        for (index, (_, kind)) in self.columns.iter().enumerate() {
            let at = INDEX.get(index).copied().unwrap_or("NULL");
            let (before, after) = value(&sql, *kind);
            sql.sql(", ").sql(before).sql(at).sql(after);
        }
        sql.either(" FROM json_each(", " FROM jsonb_array_elements((")
            .text(rows)
            .either(")", ")::jsonb) AS value");
        sql
    }

    /// The rows of these cases, in any order.
    pub async fn read(
        &self,
        tx: &mut Tx,
        database: &Database,
        generation: i64,
        cases: &[Uuid],
    ) -> Result<Vec<Row>, sqlx::Error> {
        let mut sql = Sql::new(database, "SELECT generation");
        for (column, _) in self.columns {
            sql.sql(", ").sql(column);
        }
        sql.sql(" FROM ")
            .sql(self.name)
            .sql(" WHERE generation = ")
            .integer(generation)
            .sql(" AND case_id")
            .in_uuids(cases);
        let rows = sql.fetch_in(tx).await?;
        rows.iter().map(|cells| self.row(cells)).collect()
    }

    fn row(&self, cells: &Cells) -> Result<Row, sqlx::Error> {
        let cell = |(column, kind): &(&'static str, Kind)| {
            Ok(match kind {
                Kind::Uuid => cells.uuid_or_none(column)?.into(),
                Kind::Instant => cells.instant_or_none(column)?.into(),
                Kind::Date => cells
                    .date_or_none(column)?
                    .map(|date| date.to_string())
                    .into(),
                Kind::Text => cells.text_or_none(column)?.into(),
                Kind::Integer => cells.integer_or_none(column)?.into(),
                Kind::Boolean => cells.boolean(column)?.into(),
                Kind::Json => cells.json_or_none(column)?.into(),
            })
        };
        self.columns.iter().map(cell).collect()
    }

    /// Removes up to `most` rows of a generation, and says how many.
    pub async fn remove(
        &self,
        tx: &mut Tx,
        database: &Database,
        generation: i64,
        most: i64,
    ) -> Result<u64, sqlx::Error> {
        if let Some(counts) = &self.counts {
            counts.remove(tx, database, generation).await?;
            return self.remove_cases(tx, database, generation, most).await;
        }
        let mut sql = Sql::new(database, "DELETE FROM ");
        sql.sql(self.name)
            .either(
                " WHERE rowid IN (SELECT rowid FROM ",
                " WHERE ctid IN (SELECT ctid FROM ",
            )
            .sql(self.name)
            .sql(" WHERE generation = ")
            .integer(generation)
            .sql(" LIMIT ")
            .integer(most)
            .sql(")");
        sql.execute(tx).await
    }

    /// Removes all rows of the cases of up to `most` of them: lists are kept by their keys alone.
    async fn remove_cases(
        &self,
        tx: &mut Tx,
        database: &Database,
        generation: i64,
        most: i64,
    ) -> Result<u64, sqlx::Error> {
        let mut sql = Sql::new(database, "DELETE FROM ");
        sql.sql(self.name)
            .sql(" WHERE generation = ")
            .integer(generation)
            .sql(" AND case_id IN (SELECT case_id FROM (SELECT case_id FROM ")
            .sql(self.name)
            .sql(" WHERE generation = ")
            .integer(generation)
            .sql(" ORDER BY case_id LIMIT ")
            .integer(most)
            .sql(") AS few)");
        sql.execute(tx).await
    }
}

impl Counts {
    /// Begins a statement that adds to the counts; what follows is selected.
    fn add(&self, database: &Database, generation: i64) -> Sql {
        let mut sql = Sql::new(database, "INSERT INTO ");
        sql.sql(self.table).sql(" (generation");
        for column in self.by {
            sql.sql(", ").sql(column);
        }
        sql.sql(", total) SELECT ").integer(generation);
        sql
    }

    /// Ends it.
    fn end(self, sql: &mut Sql) {
        self.list(sql, " GROUP BY ");
        self.add_up(sql);
    }

    /// Ends a statement that adds to the counts, each of them once.
    pub fn add_up(self, sql: &mut Sql) {
        sql.sql(" ON CONFLICT (generation");
        for column in self.by {
            sql.sql(", ").sql(column);
        }
        sql.sql(") DO UPDATE SET total = ")
            .sql(self.table)
            .sql(".total + excluded.total");
    }

    pub fn list(&self, sql: &mut Sql, before: &'static str) {
        for (index, column) in self.by.iter().enumerate() {
            sql.sql(if index == 0 { before } else { ", " }).sql(column);
        }
    }

    /// Whether the counts of a generation are those of the rows of `counted`.
    pub async fn are_right(
        &self,
        counted: &Table,
        tx: &mut Tx,
        database: &Database,
        generation: i64,
    ) -> Result<bool, sqlx::Error> {
        let mut sql = Sql::new(
            database,
            "SELECT count(*) AS wrong FROM (SELECT sum(total) AS total FROM (SELECT total",
        );
        for column in self.by {
            sql.sql(", ").sql(column);
        }
        sql.sql(" FROM ")
            .sql(self.table)
            .sql(" WHERE generation = ")
            .integer(generation)
            .sql(" UNION ALL SELECT -count(*)");
        for column in self.by {
            sql.sql(", ").sql(column);
        }
        sql.sql(" FROM ")
            .sql(counted.name)
            .sql(" WHERE generation = ")
            .integer(generation);
        self.list(&mut sql, " GROUP BY ");
        sql.sql(") AS both_of_them");
        self.list(&mut sql, " GROUP BY ");
        sql.sql(") AS sums WHERE total <> 0");
        let rows = sql.fetch_in(tx).await?;
        let wrong = rows.first().ok_or(sqlx::Error::RowNotFound)?;
        Ok(wrong.integer("wrong")? == 0)
    }

    /// Removes the counts of a generation.
    async fn remove(
        &self,
        tx: &mut Tx,
        database: &Database,
        generation: i64,
    ) -> Result<(), sqlx::Error> {
        let mut sql = Sql::new(database, "DELETE FROM ");
        sql.sql(self.table)
            .sql(" WHERE generation = ")
            .integer(generation);
        sql.execute(tx).await.map(|_| ())
    }
}

/// What stands before and behind the index of a value of that kind, to read it out of a row as JSON.
const fn value(sql: &Sql, kind: Kind) -> (&'static str, &'static str) {
    match (sql, kind) {
        (Sql::Sqlite(_), Kind::Uuid) => ("unhex(value ->> ", ")"),
        (Sql::Sqlite(_), Kind::Json) => ("nullif(value -> ", ", 'null')"),
        (Sql::Sqlite(_), _) | (Sql::Postgres(_), Kind::Text) => ("value ->> ", ""),
        (Sql::Postgres(_), Kind::Uuid) => ("(value ->> ", ")::uuid"),
        (Sql::Postgres(_), Kind::Date) => ("(value ->> ", ")::date"),
        (Sql::Postgres(_), Kind::Integer) => ("(value ->> ", ")::bigint"),
        (Sql::Postgres(_), Kind::Boolean) => ("(value ->> ", ")::boolean"),
        (Sql::Postgres(_), Kind::Json) => ("nullif(value -> ", ", 'null')"),
        (Sql::Postgres(_), Kind::Instant) => (
            "timestamptz 'epoch' + interval '1 microsecond' * (value ->> ",
            ")::bigint",
        ),
    }
}

/// Numbers as pieces of a statement.
const INDEX: [&str; 40] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32",
    "33", "34", "35", "36", "37", "38", "39",
];
