//! The quickest way into a table: COPY on PostgreSQL, statements of many rows on SQLite.

use std::time::Instant;

use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments as _, AssertSqlSafe, Postgres, Sqlite, Transaction};

use super::packed::Packed;
use crate::models::{Models, table_name};
use crate::sql::Tx;
use crate::table::{Kind, Table};

/// About so many values are bound to one statement.
const VALUES: usize = 1_200;

/// So many bytes are sent at once.
const SENT: usize = 256 << 10;

/// Writes the rows from the row number `from` on, at least some of them and no more when `until` has
/// come, and says where to go on. On PostgreSQL it writes all of them: nobody waits for that.
pub(crate) async fn write(
    tx: &mut Tx,
    models: &Models,
    table: &Table,
    generation: i64,
    packed: &Packed,
    from: usize,
    until: Instant,
) -> Result<usize, sqlx::Error> {
    let name = table_name(models, table.name, generation);
    match tx {
        Tx::Sqlite(tx) => insert(tx, table, &name, packed, from, until).await,
        Tx::Postgres(tx) => copy(tx, table, &name, packed, from).await,
    }
}

async fn copy(
    tx: &mut Transaction<'static, Postgres>,
    table: &Table,
    name: &str,
    packed: &Packed,
    from: usize,
) -> Result<usize, sqlx::Error> {
    let columns = columns(table);
    let statement = format!("COPY {name} ({columns}) FROM STDIN (FORMAT binary)");
    let mut copying = tx.copy_in_raw(&statement).await?;
    let mut bytes = Vec::with_capacity(SENT + (64 << 10));
    bytes.extend(b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0");
    for row in packed.rows(from) {
        bytes.extend(row);
        if bytes.len() >= SENT {
            copying.send(bytes.as_slice()).await?;
            bytes.clear();
        }
    }
    bytes.extend((-1_i16).to_be_bytes());
    copying.send(bytes.as_slice()).await?;
    let written = copying.finish().await?;
    if written != (packed.len() - from) as u64 {
        return Err(sqlx::Error::RowNotFound);
    }
    Ok(packed.len())
}

async fn insert(
    tx: &mut Transaction<'static, Sqlite>,
    table: &Table,
    name: &str,
    packed: &Packed,
    mut from: usize,
    until: Instant,
) -> Result<usize, sqlx::Error> {
    let at_once = (VALUES / table.columns.len()).max(1);
    let row = format!("({})", vec!["?"; table.columns.len()].join(", "));
    let statement = |rows: usize| {
        let rows = vec![row.as_str(); rows].join(", ");
        format!("INSERT INTO {name} ({}) VALUES {rows}", columns(table))
    };
    let whole = statement(at_once);
    loop {
        let rows = (packed.len() - from).min(at_once);
        let mut arguments = SqliteArguments::default();
        arguments.reserve(rows * table.columns.len(), 0);
        for row in packed.rows(from).take(rows) {
            bind(&mut arguments, table, row)?;
        }
        // The last few rows have a statement of their own, which is not worth keeping.
        let (statement, kept) = match rows == at_once {
            true => (whole.clone(), true),
            false => (statement(rows), false),
        };
        let query = sqlx::query_with(AssertSqlSafe(statement), arguments).persistent(kept);
        let written = query.execute(&mut **tx).await?.rows_affected();
        if written != rows as u64 {
            return Err(sqlx::Error::RowNotFound);
        }
        from += rows;
        if from == packed.len() || Instant::now() >= until {
            return Ok(from);
        }
    }
}

/// Binds the values of a row.
fn bind(arguments: &mut SqliteArguments, table: &Table, mut row: &[u8]) -> Result<(), sqlx::Error> {
    let damaged = || sqlx::Error::Encode("a row was packed wrongly".into());
    for (_, kind) in table.columns {
        let (length, rest) = row.split_first_chunk().ok_or_else(damaged)?;
        let length = u32::from_le_bytes(*length);
        if length == u32::MAX {
            row = rest;
            arguments.add(None::<i64>).map_err(sqlx::Error::Encode)?;
            continue;
        }
        let (value, rest) = rest.split_at_checked(length as usize).ok_or_else(damaged)?;
        row = rest;
        let added = match kind {
            Kind::Uuid => arguments.add(value.to_vec()),
            Kind::Instant | Kind::Integer | Kind::Boolean => {
                let number = value.try_into().map_err(|_| damaged())?;
                arguments.add(i64::from_le_bytes(number))
            }
            Kind::Date | Kind::Text | Kind::Json => {
                let text = String::from_utf8(value.to_vec()).map_err(|_| damaged())?;
                arguments.add(text)
            }
        };
        added.map_err(sqlx::Error::Encode)?;
    }
    Ok(())
}

fn columns(table: &Table) -> String {
    let columns: Vec<_> = table.columns.iter().map(|(column, _)| *column).collect();
    columns.join(", ")
}
