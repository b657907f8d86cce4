//! The rows of a generation as they stand in a table, one after the other in any order, each as the
//! bytes that a row made anew has, too, if it is the same: what is compared is one number for many rows.

use std::hash::{BuildHasher as _, RandomState};

use chrono::{Days, NaiveDate};
use futures::TryStreamExt as _;
use rusqlite::types::ValueRef;
use serde_json::Value;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::direct::{Snapshot, failed};
use super::packed::{For, POSTGRES_EPOCH, put, put_bytes, put_number};
use crate::models::{Models, table_name};
use crate::table::{Cell, Kind, Row, Table};

/// Rows in any order, as one number: the sum of their hashes, by a key that nobody knows beforehand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub rows: i64,
    sum: u64,
}

/// What makes sums that can be compared with one another.
#[derive(Debug, Default)]
pub(crate) struct Summing(RandomState);

impl Summing {
    /// Adds a row.
    pub fn add(&self, sum: &mut Sum, row: &[u8]) {
        sum.rows += 1;
        sum.sum = sum.sum.wrapping_add(self.0.hash_one(row));
    }
}

/// The bytes of a row that was made.
pub(crate) fn bytes_of(to: For, row: &Row, bytes: &mut Vec<u8>) {
    bytes.clear();
    for cell in row {
        match cell {
            Cell::Json(json) if to == For::Postgres => {
                let value = serde_json::from_str(json).unwrap_or_default();
                put_bytes(bytes, &in_order(&value), For::Sqlite);
            }
            cell => put(bytes, cell, For::Sqlite),
        }
    }
}

/// Hands each row of a generation to `each`, with the stream that it is of.
pub(crate) async fn scan(
    tx: &mut Transaction<'static, Postgres>,
    models: &Models,
    table: &Table,
    generation: i64,
    mut each: impl FnMut(Uuid, &[u8]),
) -> Result<(), sqlx::Error> {
    let statement = select(models, table, generation);
    copy_out(tx, table, &statement, |row| each(stream_of(row), row)).await
}

/// The same on SQLite. Blocks the thread.
pub(crate) fn scan_file(
    snapshot: &Snapshot,
    models: &Models,
    table: &Table,
    generation: i64,
    mut each: impl FnMut(Uuid, &[u8]),
) -> Result<(), sqlx::Error> {
    let mut bytes = Vec::new();
    snapshot.each(&select(models, table, generation), |row| {
        bytes.clear();
        for column in 0..table.columns.len() {
            from_sqlite(row.get_ref(column).map_err(failed)?, &mut bytes);
        }
        each(stream_of(&bytes), &bytes);
        Ok(())
    })
}

fn select(models: &Models, table: &Table, generation: i64) -> String {
    let columns: Vec<_> = table.columns.iter().map(|(column, _)| *column).collect();
    let name = table_name(models, table.name, generation);
    format!("SELECT {} FROM {name}", columns.join(", "))
}

/// The stream of a row: its first value.
fn stream_of(row: &[u8]) -> Uuid {
    let id = row.get(4..20).and_then(|id| Uuid::from_slice(id).ok());
    id.unwrap_or_default()
}

fn from_sqlite(value: ValueRef<'_>, bytes: &mut Vec<u8>) {
    match value {
        ValueRef::Blob(value) | ValueRef::Text(value) => put_bytes(bytes, value, For::Sqlite),
        ValueRef::Integer(number) => put_number(bytes, number, For::Sqlite),
        // No column holds any: it is not what was made.
        ValueRef::Real(number) => put_bytes(bytes, &number.to_le_bytes(), For::Sqlite),
        ValueRef::Null => put(bytes, &Cell::Null, For::Sqlite),
    }
}

/// What stands before the first row of COPY in its binary format.
const HEADER: usize = 19;

async fn copy_out(
    tx: &mut Transaction<'static, Postgres>,
    table: &Table,
    statement: &str,
    mut each: impl FnMut(&[u8]),
) -> Result<(), sqlx::Error> {
    let statement = format!("COPY ({statement}) TO STDOUT (FORMAT binary)");
    let mut sent = tx.copy_out_raw(&statement).await?;
    let (mut waiting, mut begun, mut bytes) = (Vec::new(), false, Vec::new());
    while let Some(message) = sent.try_next().await? {
        waiting.extend_from_slice(&message);
        let mut rest = &waiting[..];
        if !begun {
            let Some(rows) = rest.get(HEADER..) else {
                continue;
            };
            (rest, begun) = (rows, true);
        }
        // The last "row" has the length -1 and is none.
        while let Some(after) = from_postgres(rest, table, &mut bytes)? {
            each(&bytes);
            rest = after;
        }
        let left = rest.len();
        waiting.drain(..waiting.len() - left);
    }
    Ok(())
}

/// Reads one row off the front, if it is there as a whole, and returns what comes behind it.
fn from_postgres<'a>(
    sent: &'a [u8],
    table: &Table,
    bytes: &mut Vec<u8>,
) -> Result<Option<&'a [u8]>, sqlx::Error> {
    let damaged = || sqlx::Error::Decode("a row was sent in an unknown format".into());
    bytes.clear();
    let Some((columns, mut rest)) = sent.split_first_chunk() else {
        return Ok(None);
    };
    if i16::from_be_bytes(*columns) < 0 {
        return Ok(None);
    }
    for (_, kind) in table.columns {
        let Some((length, behind)) = rest.split_first_chunk() else {
            return Ok(None);
        };
        let length = u32::from_be_bytes(*length);
        if length == u32::MAX {
            put(bytes, &Cell::Null, For::Sqlite);
            rest = behind;
            continue;
        }
        let Some((value, behind)) = behind.split_at_checked(length as usize) else {
            return Ok(None);
        };
        rest = behind;
        let number = || {
            value
                .try_into()
                .map(i64::from_be_bytes)
                .map_err(|_| damaged())
        };
        match kind {
            Kind::Uuid | Kind::Text => put_bytes(bytes, value, For::Sqlite),
            Kind::Integer => put_number(bytes, number()?, For::Sqlite),
            Kind::Instant => put_number(bytes, number()? + POSTGRES_EPOCH, For::Sqlite),
            Kind::Boolean => {
                put_number(
                    bytes,
                    value.first().copied().unwrap_or(0).into(),
                    For::Sqlite,
                );
            }
            Kind::Date => {
                let days = value.try_into().map(i32::from_be_bytes);
                let date = date(days.map_err(|_| damaged())?).ok_or_else(damaged)?;
                put_bytes(bytes, date.to_string().as_bytes(), For::Sqlite);
            }
            Kind::Json => {
                let json = value.get(1..).unwrap_or_default();
                let json: Value = serde_json::from_slice(json).map_err(|_| damaged())?;
                put_bytes(bytes, &in_order(&json), For::Sqlite);
            }
        }
    }
    Ok(Some(rest))
}

fn date(days: i32) -> Option<NaiveDate> {
    let begin = NaiveDate::from_ymd_opt(2000, 1, 1)?;
    let many = Days::new(days.unsigned_abs().into());
    match days < 0 {
        true => begin.checked_sub_days(many),
        false => begin.checked_add_days(many),
    }
}

/// JSON with the members of each object by their names.
fn in_order(value: &Value) -> Vec<u8> {
    fn put(value: &Value, bytes: &mut Vec<u8>) {
        match value {
            Value::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                members.sort_unstable_by_key(|(name, _)| *name);
                bytes.push(b'{');
                for (name, value) in members {
                    bytes.extend(Value::from(name.as_str()).to_string().as_bytes());
                    bytes.push(b':');
                    put(value, bytes);
                    bytes.push(b',');
                }
                bytes.push(b'}');
            }
            Value::Array(items) => {
                bytes.push(b'[');
                for item in items {
                    put(item, bytes);
                    bytes.push(b',');
                }
                bytes.push(b']');
            }
            plain => bytes.extend(plain.to_string().as_bytes()),
        }
    }
    let mut bytes = Vec::new();
    put(value, &mut bytes);
    bytes
}
