//! Many rows of one table, each once as bytes, with what they are put in order by. On PostgreSQL a row
//! is what COPY takes in its binary format; on SQLite a length before each value.

use std::collections::HashMap;

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

/// Where a row stands in the primary key, behind the texts that it begins with: its numbers and ids. What
/// has no more room there is in any order.
pub(crate) type Order = [u8; 24];

/// Rows of one table.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    /// Where the columns of the primary key stand.
    key: Vec<usize>,
    /// The texts that keys begin with, each with its number.
    texts: HashMap<Box<[u8]>, u32>,
    /// The text of the row that is added now.
    text: Vec<u8>,
    /// The bytes of all rows, in several pieces: they are never copied together.
    pieces: Vec<Vec<u8>>,
    rows: Vec<At>,
}

/// The number of its text and its place behind that; then where its bytes are: in which piece, from where
/// on, how many.
type At = (u32, Order, u32, u32, u32);

impl Packed {
    /// No rows of `table` yet.
    pub fn of(table: &Table) -> Self {
        Self {
            key: table.places(table.key),
            ..Self::default()
        }
    }

    /// Adds a row of `table`.
    pub fn push(&mut self, to: For, table: &Table, row: &Row) {
        if self.pieces.is_empty() {
            self.pieces.push(Vec::new());
        }
        let piece = self.pieces.len() - 1;
        let bytes = &mut self.pieces[piece];
        let begin = bytes.len();
        match to {
            For::Sqlite => {
                for cell in row {
                    put(bytes, cell, to);
                }
            }
            For::Postgres => {
                let columns = table.columns.len() as i16;
                bytes.extend(columns.to_be_bytes());
                let mut of_table = table.columns.iter();
                for cell in row {
                    let kind = of_table.next().map(|(_, kind)| *kind);
                    match (kind, cell) {
                        (Some(Kind::Date), Cell::Text(date)) => put_date(bytes, date.as_str()),
                        _ => put(bytes, cell, to),
                    }
                }
            }
        }
        let length = (bytes.len() - begin) as u32;
        let (text, order) = self.order(row);
        let at = (text, order, piece as u32, begin as u32, length);
        self.rows.push(at);
    }

    /// Takes in the rows of another.
    pub fn append(&mut self, other: Self) {
        if self.rows.is_empty() {
            *self = other;
            return;
        }
        let moved = self.pieces.len() as u32;
        self.pieces.extend(other.pieces);
        let mut numbers = vec![0; other.texts.len()];
        for (text, number) in other.texts {
            let next = self.texts.len() as u32;
            numbers[number as usize] = *self.texts.entry(text).or_insert(next);
        }
        let rows = other.rows.into_iter();
        self.rows
            .extend(rows.map(|(text, order, piece, begin, length)| {
                let text = numbers.get(text as usize).copied().unwrap_or(text);
                (text, order, piece + moved, begin, length)
            }));
    }

    /// Puts the rows in the order of the primary key.
    pub fn sort(&mut self) {
        let mut texts: Vec<_> = self.texts.iter_mut().collect();
        texts.sort_unstable_by_key(|(text, _)| *text);
        let mut numbers = vec![0; texts.len()];
        for (place, (_, number)) in texts.into_iter().enumerate() {
            numbers[*number as usize] = place as u32;
            *number = place as u32;
        }
        for (text, ..) in &mut self.rows {
            *text = numbers.get(*text as usize).copied().unwrap_or(*text);
        }
        self.rows.sort_unstable();
    }

    /// The memory that it takes.
    pub fn size(&self) -> usize {
        let pieces = self.pieces.iter().map(Vec::capacity);
        pieces.sum::<usize>() + self.rows.capacity() * size_of::<At>()
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The bytes of each row.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.rows.iter().map(|at| self.bytes(at))
    }

    /// Each row once they were put in order: the texts that its key begins with, its place behind them, its
    /// bytes.
    pub fn in_order(&self) -> impl Iterator<Item = (&[u8], Order, &[u8])> {
        let mut texts: Vec<&[u8]> = self.texts.keys().map(|text| &**text).collect();
        texts.sort_unstable();
        let rows = self.rows.iter();
        rows.map(move |at| {
            let text = texts.get(at.0 as usize).copied().unwrap_or_default();
            (text, at.1, self.bytes(at))
        })
    }

    fn bytes(&self, (_, _, piece, begin, length): &At) -> &[u8] {
        let piece = &self.pieces[*piece as usize];
        &piece[*begin as usize..][..*length as usize]
    }

    /// The number of the text that the key of a row begins with, and its place behind that.
    fn order(&mut self, row: &Row) -> (u32, Order) {
        self.text.clear();
        let mut order = Order::default();
        let mut at = 0;
        let mut put = |bytes: &[u8]| {
            let length = bytes.len().min(order.len() - at);
            order[at..at + length].copy_from_slice(&bytes[..length]);
            at += length;
        };
        for place in &self.key {
            match row.get(*place) {
                Some(Cell::Uuid(id)) => put(id.as_bytes()),
                Some(Cell::Integer(number)) => put(&ordered(*number)),
                Some(Cell::Instant(at)) => put(&ordered(at.utc().timestamp_micros())),
                // No text has such a byte in it.
                Some(Cell::Text(text)) => {
                    self.text.extend(text.as_bytes());
                    self.text.push(0);
                }
                _ => {}
            }
        }
        if self.text.is_empty() {
            return (0, order);
        }
        let next = self.texts.len() as u32;
        let text = match self.texts.get(&self.text[..]) {
            Some(number) => *number,
            None => *self
                .texts
                .entry(self.text.as_slice().into())
                .or_insert(next),
        };
        (text, order)
    }
}

/// A number whose bytes are ordered as numbers are.
pub(super) const fn ordered(number: i64) -> [u8; 8] {
    (number ^ i64::MIN).to_be_bytes()
}

/// A value behind its length.
pub(crate) fn put(bytes: &mut Vec<u8>, cell: &Cell, to: For) {
    match cell {
        Cell::Null => bytes.extend(u32::MAX.to_le_bytes()),
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
            For::Sqlite => put_bytes(bytes, json.as_bytes(), to),
            For::Postgres => {
                let length = json.len() as u32 + 1;
                bytes.extend(length.to_be_bytes());
                // The version of the format stands before it.
                bytes.push(1);
                bytes.extend(json.as_bytes());
            }
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
