//! The quickest way into a table on PostgreSQL: COPY.

use sqlx::{Postgres, Transaction};

use super::packed::Packed;
use crate::table::Table;

/// So many bytes are sent at once.
const SENT: usize = 256 << 10;

/// Writes all rows.
pub(crate) async fn copy(
    tx: &mut Transaction<'static, Postgres>,
    table: &Table,
    name: &str,
    packed: &Packed,
) -> Result<(), sqlx::Error> {
    let columns: Vec<_> = table.columns.iter().map(|(column, _)| *column).collect();
    let columns = columns.join(", ");
    let statement = format!("COPY {name} ({columns}) FROM STDIN (FORMAT binary)");
    let mut copying = tx.copy_in_raw(&statement).await?;
    let mut bytes = Vec::with_capacity(SENT + (64 << 10));
    bytes.extend(b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0");
    for row in packed.rows() {
        bytes.extend(row);
        if bytes.len() >= SENT {
            copying.send(bytes.as_slice()).await?;
            bytes.clear();
        }
    }
    bytes.extend((-1_i16).to_be_bytes());
    copying.send(bytes.as_slice()).await?;
    let written = copying.finish().await?;
    if written != packed.len() as u64 {
        return Err(sqlx::Error::RowNotFound);
    }
    Ok(())
}
