//! A row as it comes from either database. Identifiers, instants, dates and JSON have their native
//! types on PostgreSQL; on SQLite they are blobs, microseconds and text.

use chrono::{DateTime, NaiveDate, Utc};
use domain::time::Instant;
use serde_json::Value;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

/// One row of a result; columns are named.
pub(crate) enum Cells {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

macro_rules! get {
    ($self:ident, $column:ident) => {
        match $self {
            Self::Sqlite(row) => row.try_get($column),
            Self::Postgres(row) => row.try_get($column),
        }
    };
}

impl Cells {
    pub fn text(&self, column: &str) -> Result<String, sqlx::Error> {
        get!(self, column)
    }

    pub fn text_or_none(&self, column: &str) -> Result<Option<String>, sqlx::Error> {
        get!(self, column)
    }

    pub fn integer(&self, column: &str) -> Result<i64, sqlx::Error> {
        get!(self, column)
    }

    pub fn integer_or_none(&self, column: &str) -> Result<Option<i64>, sqlx::Error> {
        get!(self, column)
    }

    pub fn boolean(&self, column: &str) -> Result<bool, sqlx::Error> {
        match self {
            Self::Sqlite(row) => Ok(row.try_get::<i64, _>(column)? != 0),
            Self::Postgres(row) => row.try_get(column),
        }
    }

    pub fn uuid(&self, column: &str) -> Result<Uuid, sqlx::Error> {
        get!(self, column)
    }

    pub fn uuid_or_none(&self, column: &str) -> Result<Option<Uuid>, sqlx::Error> {
        get!(self, column)
    }

    pub fn instant(&self, column: &str) -> Result<Instant, sqlx::Error> {
        self.instant_or_none(column)?
            .ok_or_else(|| damaged(column, "it is NULL"))
    }

    pub fn instant_or_none(&self, column: &str) -> Result<Option<Instant>, sqlx::Error> {
        match self {
            Self::Sqlite(row) => row
                .try_get::<Option<i64>, _>(column)?
                .map(|micros| {
                    DateTime::from_timestamp_micros(micros)
                        .map(Instant::new)
                        .ok_or_else(|| damaged(column, "it is no instant"))
                })
                .transpose(),
            Self::Postgres(row) => Ok(row
                .try_get::<Option<DateTime<Utc>>, _>(column)?
                .map(Instant::new)),
        }
    }

    /// An instant as microseconds since 1970-01-01T00:00:00Z.
    pub fn micros_or_none(&self, column: &str) -> Result<Option<i64>, sqlx::Error> {
        match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => Ok(row
                .try_get::<Option<DateTime<Utc>>, _>(column)?
                .map(|at| at.timestamp_micros())),
        }
    }

    pub fn date_or_none(&self, column: &str) -> Result<Option<NaiveDate>, sqlx::Error> {
        match self {
            Self::Sqlite(row) => row
                .try_get::<Option<String>, _>(column)?
                .map(|text| text.parse().map_err(|_| damaged(column, "it is no date")))
                .transpose(),
            Self::Postgres(row) => row.try_get(column),
        }
    }

    pub fn json_or_none(&self, column: &str) -> Result<Option<Value>, sqlx::Error> {
        let text = match self {
            Self::Sqlite(row) => row.try_get::<Option<String>, _>(column)?,
            Self::Postgres(row) => jsonb(row, column)?,
        };
        text.map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|_| damaged(column, "it is not JSON"))
    }

    pub fn json(&self, column: &str) -> Result<Value, sqlx::Error> {
        Ok(self.json_or_none(column)?.unwrap_or(Value::Null))
    }
}

/// The text of a `jsonb`, which comes as a version byte and then the text.
fn jsonb(row: &PgRow, column: &str) -> Result<Option<String>, sqlx::Error> {
    use sqlx::ValueRef as _;
    let value = row.try_get_raw(column)?;
    if value.is_null() {
        return Ok(None);
    }
    let bytes = value.as_bytes().map_err(sqlx::Error::Decode)?;
    match bytes.split_first() {
        Some((1, text)) => Ok(Some(String::from_utf8_lossy(text).into_owned())),
        _ => Err(damaged(column, "it is no jsonb of version 1")),
    }
}

fn damaged(column: &str, what: &'static str) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: what.into(),
    }
}
