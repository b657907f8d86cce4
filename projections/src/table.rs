//! A table of a read model, described by its columns: from this, it is made for each generation, rows are
//! written, and read back to be compared. All rows of a batch travel as one JSON value, so that a batch costs
//! one statement for each table, however many rows it has.

use domain::time::Instant;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::cells::Cells;
use crate::models::Models;
use crate::sql::{Sql, Tx};
use crate::text::Text;

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

/// A table. The first of its columns is the id of the stream that a row is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Table {
    pub name: &'static str,
    pub columns: &'static [(&'static str, Kind)],
    /// What tells its rows apart.
    pub key: &'static [&'static str],
    /// By what else its rows are found.
    pub indexes: &'static [Index],
    /// Which of its rows change when a stream moves.
    pub moves: Moves,
    /// Where its rows are counted, if they are.
    pub counts: Option<Counts>,
}

/// Which rows of a table change when a stream moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moves {
    /// All rows of the stream are made anew.
    Whole,
    /// Rows are only ever added.
    Grows,
    /// Rows are added, or take the place of those with the same key. None of them is counted.
    ByKey,
}

/// An index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Index {
    /// Its name behind that of the table.
    pub name: &'static str,
    /// The columns.
    pub on: &'static str,
    /// Which rows it holds, unless all.
    pub only: Option<&'static str>,
}

impl Index {
    pub const fn new(name: &'static str, on: &'static str) -> Self {
        let only = None;
        Self { name, on, only }
    }

    pub const fn only(name: &'static str, on: &'static str, only: &'static str) -> Self {
        let only = Some(only);
        Self { name, on, only }
    }
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
    Text(Text),
    Integer(i64),
    Boolean(bool),
    /// As it is written; `null` is [`Cell::Null`].
    Json(Box<str>),
}

/// A row, in the order of the columns.
pub(crate) type Row = Vec<Cell>;

impl Serialize for Cell {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Uuid(id) => serializer.collect_str(&id.simple()),
            Self::Instant(at) => serializer.serialize_i64(at.utc().timestamp_micros()),
            Self::Text(text) => text.serialize(serializer),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Boolean(truth) => serializer.serialize_bool(*truth),
            Self::Json(json) => serde_json::from_str::<&RawValue>(json)
                .map_err(serde::ser::Error::custom)?
                .serialize(serializer),
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
    String => |text: String| Cell::Text(text.into()),
    &str => |text: &str| Cell::Text(text.into()),
    &String => |text: &String| Cell::Text(text.as_str().into()),
    i64 => Cell::Integer,
    i32 => |number: i32| Cell::Integer(number.into()),
    u32 => |number: u32| Cell::Integer(number.into()),
    usize => |number: usize| Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX)),
    bool => Cell::Boolean,
    Value => |value: Value| match value {
        Value::Null => Cell::Null,
        value => Cell::Json(value.to_string().into()),
    },
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
    /// The streams whose rows are replaced; empty where a table does not move as a whole.
    pub replaced: Vec<Uuid>,
    /// The rows as one JSON array.
    pub rows: String,
    pub count: u64,
}

impl Writing {
    /// Nothing yet.
    pub fn begin(table: &'static Table) -> Self {
        Self {
            table,
            replaced: Vec::new(),
            rows: String::from("["),
            count: 0,
        }
    }

    /// Adds the rows of a stream of which `known` events were there already.
    pub fn add(&mut self, stream: Uuid, known: usize, rows: &[Row]) {
        // A stream that begins in this batch has no rows yet.
        if self.table.moves == Moves::Whole && known > 0 {
            self.replaced.push(stream);
        }
        for row in rows {
            if self.count > 0 {
                self.rows.push(',');
            }
            // Writing a row as JSON cannot fail; if it did, the row would be missed when counted.
            self.rows
                .push_str(&serde_json::to_string(row).unwrap_or_default());
            self.count += 1;
        }
    }

    /// Makes it ready to be written.
    pub fn end(&mut self) {
        self.rows.push(']');
    }
}

impl Table {
    /// The column that says which stream a row is of.
    pub fn stream(&self) -> &'static str {
        self.columns.first().map_or("", |(column, _)| *column)
    }

    /// Where these of its columns stand.
    pub fn places(&self, of: &[&str]) -> Vec<usize> {
        let place = |column: &&str| self.columns.iter().position(|(name, _)| name == column);
        of.iter().filter_map(place).collect()
    }

    /// Whether it is a list, of which a range of the key is read: by a word or a name, not by a case.
    pub fn is_list(&self) -> bool {
        let by = |(column, kind): &(&str, Kind)| *column == self.key[0] && *kind == Kind::Text;
        self.columns.iter().any(by)
    }

    /// Removes the rows of the streams that are replaced and adds the new ones.
    pub async fn write(
        tx: &mut Tx,
        models: &Models,
        generation: i64,
        writing: &Writing,
    ) -> Result<(), sqlx::Error> {
        let table = writing.table;
        if !writing.replaced.is_empty() {
            table
                .count_off(tx, models, generation, &writing.replaced)
                .await?;
            let mut sql = Sql::new(models, "DELETE FROM ");
            sql.table(models, table.name, generation)
                .sql(" WHERE ")
                .sql(table.stream())
                .in_uuids(&writing.replaced);
            sql.execute(tx).await?;
        }
        if writing.count == 0 {
            return Ok(());
        }
        let written = table
            .insert(models, generation, &writing.rows)
            .execute(tx)
            .await?;
        if written != writing.count {
            return Err(sqlx::Error::RowNotFound);
        }
        table.count_on(tx, models, generation, &writing.rows).await
    }

    /// Counts what is about to be removed.
    async fn count_off(
        &self,
        tx: &mut Tx,
        models: &Models,
        generation: i64,
        streams: &[Uuid],
    ) -> Result<(), sqlx::Error> {
        let Some(counts) = &self.counts else {
            return Ok(());
        };
        let mut sql = counts.add(models, generation);
        for (index, column) in counts.by.iter().enumerate() {
            sql.sql(if index == 0 { "" } else { ", " }).sql(column);
        }
        sql.sql(", -count(*) FROM ")
            .table(models, self.name, generation)
            .sql(" WHERE ")
            .sql(self.stream())
            .in_uuids(streams);
        counts.end(&mut sql);
        sql.execute(tx).await.map(|_| ())
    }

    /// Counts what was written.
    async fn count_on(
        &self,
        tx: &mut Tx,
        models: &Models,
        generation: i64,
        rows: &str,
    ) -> Result<(), sqlx::Error> {
        let Some(counts) = &self.counts else {
            return Ok(());
        };
        let mut sql = counts.add(models, generation);
        for (index, column) in counts.by.iter().enumerate() {
            let at = self.columns.iter().position(|(name, _)| name == column);
            let (at, kind) = at
                .and_then(|at| Some((*INDEX.get(at)?, self.columns[at].1)))
                .ok_or_else(|| sqlx::Error::ColumnNotFound((*column).to_owned()))?;
            let (before, after) = value(&sql, kind);
            sql.sql(if index == 0 { "" } else { ", " })
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

    fn insert(&self, models: &Models, generation: i64, rows: &str) -> Sql {
        let mut sql = Sql::new(models, "INSERT INTO ");
        sql.table(models, self.name, generation);
        let comma = |index| if index == 0 { "" } else { ", " };
        sql.sql(" (");
        for (index, (column, _)) in self.columns.iter().enumerate() {
            sql.sql(comma(index)).sql(column);
        }
        sql.sql(") SELECT ");
        for (index, (_, kind)) in self.columns.iter().enumerate() {
            let at = INDEX.get(index).copied().unwrap_or("NULL");
            let (before, after) = value(&sql, *kind);
            sql.sql(comma(index)).sql(before).sql(at).sql(after);
        }
        sql.either(" FROM json_each(", " FROM jsonb_array_elements((")
            .text(rows)
            .either(") WHERE 1 = 1", ")::jsonb) AS value WHERE 1 = 1");
        if self.moves == Moves::ByKey {
            self.replace_by_key(&mut sql);
        }
        sql
    }

    /// Ends a statement that adds rows: those that have the key of one of them are replaced.
    fn replace_by_key(&self, sql: &mut Sql) {
        for (index, column) in self.key.iter().enumerate() {
            sql.sql(if index == 0 { " ON CONFLICT (" } else { ", " })
                .sql(column);
        }
        let others = self.columns.iter().map(|(column, _)| *column);
        let others = others.filter(|column| !self.key.contains(column));
        for (index, column) in others.enumerate() {
            sql.sql(if index == 0 { ") DO UPDATE SET " } else { ", " })
                .sql(column)
                .sql(" = excluded.")
                .sql(column);
        }
    }

    /// The rows of these streams, in any order.
    pub async fn read(
        &self,
        tx: &mut Tx,
        models: &Models,
        generation: i64,
        streams: &[Uuid],
    ) -> Result<Vec<Row>, sqlx::Error> {
        let mut sql = Sql::new(models, "SELECT * FROM ");
        sql.table(models, self.name, generation)
            .sql(" WHERE ")
            .sql(self.stream())
            .in_uuids(streams);
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
}

impl Counts {
    /// Begins a statement that adds to the counts; what follows is selected.
    fn add(&self, models: &Models, generation: i64) -> Sql {
        let mut sql = Sql::new(models, "INSERT INTO ");
        sql.table(models, self.table, generation).sql(" AS counts");
        self.list(&mut sql, " (");
        sql.sql(", total) SELECT ");
        sql
    }

    /// Ends it.
    fn end(self, sql: &mut Sql) {
        self.list(sql, " GROUP BY ");
        self.add_up(sql);
    }

    /// Ends a statement that adds to the counts, each of them once.
    pub fn add_up(self, sql: &mut Sql) {
        self.list(sql, " ON CONFLICT (");
        sql.sql(") DO UPDATE SET total = counts.total + excluded.total");
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
        models: &Models,
        generation: i64,
    ) -> Result<bool, sqlx::Error> {
        let mut sql = Sql::new(
            models,
            "SELECT count(*) AS wrong FROM (SELECT sum(total) AS total FROM (SELECT total",
        );
        for column in self.by {
            sql.sql(", ").sql(column);
        }
        sql.sql(" FROM ")
            .table(models, self.table, generation)
            .sql(" UNION ALL SELECT -count(*)");
        for column in self.by {
            sql.sql(", ").sql(column);
        }
        sql.sql(" FROM ").table(models, counted.name, generation);
        self.list(&mut sql, " GROUP BY ");
        sql.sql(") AS both_of_them");
        self.list(&mut sql, " GROUP BY ");
        sql.sql(") AS sums WHERE total <> 0");
        let rows = sql.fetch_in(tx).await?;
        let wrong = rows.first().ok_or(sqlx::Error::RowNotFound)?;
        Ok(wrong.integer("wrong")? == 0)
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
const INDEX: [&str; 64] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32",
    "33", "34", "35", "36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48",
    "49", "50", "51", "52", "53", "54", "55", "56", "57", "58", "59", "60", "61", "62", "63",
];

#[cfg(test)]
mod tests {
    use super::INDEX;
    use crate::kinds;

    #[test]
    fn every_column_of_every_table_is_written() {
        for table in kinds::all().iter().flat_map(|about| about.tables) {
            assert!(table.columns.len() <= INDEX.len(), "{}", table.name);
        }
    }
}
