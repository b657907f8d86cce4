//! Many rows of one table, each once as bytes, with what they are put in order by. On PostgreSQL a row
//! is what COPY takes in its binary format; on SQLite a length before each value.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use chrono::NaiveDate;
use eventstore::Database;

use crate::table::{Cell, Kind, Row, Table};

/// 2000-01-01T00:00:00Z, from which PostgreSQL counts, in microseconds since 1970.
pub(crate) const POSTGRES_EPOCH: i64 = 946_684_800_000_000;

/// For which of the two databases rows are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    Sqlite,
    Postgres,
}

impl For {
    pub const fn database(database: &Database) -> Self {
        match database {
            Database::Sqlite(_) => Self::Sqlite,
            Database::Postgres(_) => Self::Postgres,
        }
    }
}

/// Rows near in this order are near in the primary key, so that a table is written part by part. Texts
/// stand in it by a hash: equal ones together, in any order.
type Order = [u8; 24];

/// Rows of one table.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    bytes: Vec<u8>,
    rows: Vec<(Order, usize, u32)>,
}

impl Packed {
    /// Adds a row of `table`.
    pub fn push(&mut self, to: For, table: &Table, row: &Row) {
        let begin = self.bytes.len();
        match to {
            For::Sqlite => {
                for cell in row {
                    put(&mut self.bytes, cell, to);
                }
            }
            For::Postgres => {
                let columns = table.columns.len() as i16;
                self.bytes.extend(columns.to_be_bytes());
                let mut of_table = table.columns.iter();
                for cell in row {
                    let kind = of_table.next().map(|(_, kind)| *kind);
                    match (kind, cell) {
                        (Some(Kind::Date), Cell::Text(date)) => put_date(&mut self.bytes, date),
                        _ => put(&mut self.bytes, cell, to),
                    }
                }
            }
        }
        let length = (self.bytes.len() - begin) as u32;
        self.rows.push((order(table, row), begin, length));
    }

    /// Takes in the rows of another.
    pub fn append(&mut self, other: Self) {
        if self.rows.is_empty() {
            *self = other;
            return;
        }
        let moved = self.bytes.len();
        self.bytes.extend(other.bytes);
        let rows = other.rows.into_iter();
        self.rows
            .extend(rows.map(|(order, begin, length)| (order, begin + moved, length)));
    }

    /// Puts the rows in order.
    pub fn sort(&mut self) {
        self.rows.sort_unstable();
    }

    /// The memory that it takes.
    pub fn size(&self) -> usize {
        self.bytes.len() + self.rows.len() * size_of::<(Order, usize, u32)>()
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The bytes of the rows from the row number `from` on.
    pub fn rows(&self, from: usize) -> impl Iterator<Item = &[u8]> {
        let rows = self.rows.iter().skip(from);
        rows.map(|(_, begin, length)| &self.bytes[*begin..*begin + *length as usize])
    }
}

/// A value behind its length.
pub(crate) fn put(bytes: &mut Vec<u8>, cell: &Cell, to: For) {
    match cell {
        Cell::Null | Cell::Json(serde_json::Value::Null) => bytes.extend(u32::MAX.to_le_bytes()),
        Cell::Uuid(id) => put_bytes(bytes, id.as_bytes(), to),
        Cell::Instant(at) => {
            let micros = at.utc().timestamp_micros();
            match to {
                For::Sqlite => put_number(bytes, micros, to),
                For::Postgres => put_number(bytes, micros - POSTGRES_EPOCH, to),
            }
        }
        Cell::Text(text) => put_bytes(bytes, text.as_bytes(), to),
        Cell::Integer(number) => put_number(bytes, *number, to),
        Cell::Boolean(truth) => match to {
            For::Sqlite => put_number(bytes, (*truth).into(), to),
            For::Postgres => put_bytes(bytes, &[(*truth).into()], to),
        },
        Cell::Json(json) => match to {
            For::Sqlite => put_bytes(bytes, json.to_string().as_bytes(), to),
            // The version of the format stands before it.
            For::Postgres => put_bytes(bytes, format!("\u{1}{json}").as_bytes(), to),
        },
    }
}

pub(crate) fn put_number(bytes: &mut Vec<u8>, number: i64, to: For) {
    match to {
        For::Sqlite => put_bytes(bytes, &number.to_le_bytes(), to),
        For::Postgres => put_bytes(bytes, &number.to_be_bytes(), to),
    }
}

pub(crate) fn put_bytes(bytes: &mut Vec<u8>, value: &[u8], to: For) {
    let length = value.len() as u32;
    bytes.extend(match to {
        For::Sqlite => length.to_le_bytes(),
        For::Postgres => length.to_be_bytes(),
    });
    bytes.extend(value);
}

/// A civil date as PostgreSQL takes it: days since 2000-01-01.
fn put_date(bytes: &mut Vec<u8>, date: &str) {
    let begin = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    match date.parse::<NaiveDate>() {
        Ok(date) => {
            let days = (date - begin).num_days() as i32;
            bytes.extend(4_u32.to_be_bytes());
            bytes.extend(days.to_be_bytes());
        }
        // Refused where it may not be missing, and found by a comparison elsewhere.
        Err(_) => bytes.extend(u32::MAX.to_be_bytes()),
    }
}

fn order(table: &Table, row: &Row) -> Order {
    let mut order = Order::default();
    let mut at = 0;
    let mut put = |bytes: &[u8]| {
        let length = bytes.len().min(order.len() - at);
        order[at..at + length].copy_from_slice(&bytes[..length]);
        at += length;
    };
    for column in table.key {
        let index = table.columns.iter().position(|(name, _)| name == column);
        match index.and_then(|index| row.get(index)) {
            Some(Cell::Uuid(id)) => put(id.as_bytes()),
            Some(Cell::Integer(number)) => put(&number.to_be_bytes()),
            Some(Cell::Instant(at)) => put(&at.utc().timestamp_micros().to_be_bytes()),
            Some(Cell::Text(text)) => {
                let mut hasher = DefaultHasher::new();
                text.hash(&mut hasher);
                put(&(hasher.finish() as u32).to_be_bytes());
            }
            _ => {}
        }
    }
    order
}
