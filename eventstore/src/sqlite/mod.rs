//! The log on SQLite. Each call of sqlx's driver is a hop to the thread of the connection, and so is
//! each row: a transaction is two calls, and a page of events is one row.

mod frame;

use std::collections::HashMap;

use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{Sqlite, SqlitePool, SqliteRow};
use sqlx::{Either, Executor, Row};
use uuid::Uuid;

use crate::append::Request;
use crate::decide::{Known, Plan};
use crate::envelope::{Appended, CommandRecord, MAX_KIND_BYTES, StreamId, StreamKind};
use crate::log::{RawPage, Reader, Selection, StorageError, Writer};

use frame::Frames;

/// Reads over the pool of reading connections.
pub(crate) struct SqliteReader {
    pub pool: SqlitePool,
}

/// The columns of one event in one value: numbers and lengths as text, then the bytes.
macro_rules! page {
    ($condition:literal) => {
        concat!(
            "SELECT count(*), CAST(group_concat(frame, '') AS BLOB)
               FROM (
                        SELECT position
                               || ' ' || version
                               || ' ' || revision
                               || ' ' || occurred_at
                               || ' ' || recorded_at
                               || ' ' || octet_length(stream_kind)
                               || ' ' || octet_length(event_type)
                               || ' ' || octet_length(actor)
                               || ' ' || octet_length(facts)
                               || ' ' || coalesce(octet_length(personal), -1)
                               || ' ' || coalesce(octet_length(causation_id), 0)
                               || ' '
                               || stream_id
                               || event_id
                               || command_id
                               || correlation_id
                               || coalesce(causation_id, '')
                               || stream_kind
                               || event_type
                               || actor
                               || facts
                               || coalesce(personal, '') AS frame
                          FROM event_log ",
            $condition,
            "
                    )"
        )
    };
}

impl Reader for SqliteReader {
    fn page(
        &self,
        selection: Selection,
    ) -> BoxFuture<'static, Result<Box<dyn RawPage>, StorageError>> {
        let pool = self.pool.clone();
        async move {
            let query = match selection {
                Selection::All { after, limit } => {
                    sqlx::query(page!("WHERE position > ?1 ORDER BY position LIMIT ?2"))
                        .bind(after)
                        .bind(limit)
                }
                Selection::Stream {
                    stream,
                    from,
                    limit,
                } => sqlx::query(page!(
                    "WHERE stream_kind = ?1 AND stream_id = ?2 AND version >= ?3
                     ORDER BY version
                     LIMIT ?4"
                ))
                .bind(stream.kind.as_str().to_owned())
                .bind(stream.id)
                .bind(from)
                .bind(limit),
                Selection::Event(id) => sqlx::query(page!("WHERE event_id = ?1")).bind(id),
            };
            let row = query.fetch_one(&pool).await?;
            let bytes: Option<Vec<u8>> = row.try_get(1)?;
            let frames = Frames {
                events: row.try_get(0)?,
                bytes: bytes.unwrap_or_default(),
            };
            Ok(Box::new(frames) as Box<dyn RawPage>)
        }
        .boxed()
    }

    fn head(&self) -> BoxFuture<'static, Result<i64, StorageError>> {
        let pool = self.pool.clone();
        async move {
            Ok(sqlx::query_scalar("SELECT position FROM event_log_head")
                .fetch_one(&pool)
                .await?)
        }
        .boxed()
    }

    fn find_command(
        &self,
        id: Uuid,
    ) -> BoxFuture<'static, Result<Option<CommandRecord>, StorageError>> {
        let pool = self.pool.clone();
        async move {
            let row = sqlx::query(
                "SELECT json_array(
                            hex(command_id), hex(fingerprint), stream_kind, hex(stream_id)
                          , first_version, last_version, first_position, last_position
                        )
                   FROM command_log
                  WHERE command_id = ?1",
            )
            .bind(id)
            .fetch_optional(&pool)
            .await?;
            let Some(row) = row else { return Ok(None) };
            let fields: CommandFields = parse(row.try_get(0)?)?;
            Ok(Some(fields.record()?.1))
        }
        .boxed()
    }
}

/// Writes over the one writing connection, which it shares with the read models.
pub(crate) struct SqliteWriter {
    pool: SqlitePool,
    connection: Option<PoolConnection<Sqlite>>,
}

impl SqliteWriter {
    pub(crate) fn new(pool: SqlitePool) -> Self {
        Self {
            pool,
            connection: None,
        }
    }

    fn connection(&mut self) -> Result<&mut PoolConnection<Sqlite>, StorageError> {
        self.connection
            .as_mut()
            .ok_or_else(|| sqlx::Error::PoolClosed.into())
    }
}

impl Writer for SqliteWriter {
    fn begin<'a>(&'a mut self, group: &'a [Request]) -> BoxFuture<'a, Result<Known, StorageError>> {
        async move {
            let mut streams: Vec<StreamId> = Vec::with_capacity(group.len());
            streams.extend(group.iter().map(|request| request.stream));
            streams.sort_unstable();
            streams.dedup();

            let mut wanted = Vec::with_capacity(streams.len() * (MAX_KIND_BYTES + 16));
            for stream in &streams {
                frame::put_stream(&mut wanted, stream);
            }
            let commands: Vec<u8> = group
                .iter()
                .flat_map(|request| request.command.id.into_bytes())
                .collect();

            if self.connection.is_none() {
                self.connection = Some(self.pool.acquire().await?);
            }
            let rows = sqlx::query(include_str!("begin.sql"))
                .bind(wanted)
                .bind(streams.len() as i64)
                .bind(commands)
                .bind(group.len() as i64)
                .fetch_all(&mut **self.connection()?)
                .await?;
            let row = rows.first().ok_or(sqlx::Error::RowNotFound)?;
            read_known(row, &streams)
        }
        .boxed()
    }

    fn commit<'a>(
        &'a mut self,
        group: &'a [Request],
        plan: &'a Plan,
    ) -> BoxFuture<'a, Result<(), StorageError>> {
        async move {
            let rows = frame::encode(group, plan);
            let query = sqlx::query(include_str!("commit.sql"))
                .bind(plan.head_before)
                .bind(plan.events())
                .bind(rows.events)
                .bind(rows.texts)
                .bind(plan.accepted.len() as i64)
                .bind(rows.commands);
            let mut changed = Vec::with_capacity(3);
            let connection = self.connection()?;
            let mut results = connection.fetch_many(query);
            while let Some(result) = results.next().await {
                if let Either::Left(done) = result? {
                    changed.push(done.rows_affected() as i64);
                }
            }
            drop(results);
            if changed.get(..2) != Some(&[plan.events(), plan.accepted.len() as i64]) {
                return Err(sqlx::Error::RowNotFound.into());
            }
            Ok(())
        }
        .boxed()
    }

    fn rollback(&mut self) -> BoxFuture<'_, ()> {
        async move {
            let Ok(connection) = self.connection() else {
                return;
            };
            if sqlx::query("ROLLBACK")
                .execute(&mut **connection)
                .await
                .is_err()
            {
                self.disconnect();
            }
        }
        .boxed()
    }

    fn release(&mut self) {
        self.connection = None;
    }

    fn disconnect(&mut self) {
        if let Some(connection) = self.connection.take() {
            // Not back into the pool: a transaction may be open on it. Closing rolls it back.
            drop(connection.detach());
        }
    }
}

fn read_known(row: &SqliteRow, streams: &[StreamId]) -> Result<Known, StorageError> {
    let mut known = Known {
        head: row.try_get("position")?,
        ..Known::default()
    };
    let versions: Vec<(usize, i64)> = parse(row.try_get("versions")?)?;
    for (index, version) in versions {
        if let Some(stream) = streams.get(index) {
            known.versions.insert(*stream, version);
        }
    }
    let commands: Vec<CommandFields> = parse(row.try_get("commands")?)?;
    known.commands = commands
        .into_iter()
        .map(CommandFields::record)
        .collect::<Result<HashMap<_, _>, _>>()?;
    Ok(known)
}

fn parse<'a, T: serde::Deserialize<'a>>(json: &'a str) -> Result<T, StorageError> {
    serde_json::from_str(json).map_err(|error| sqlx::Error::Decode(error.into()).into())
}

/// A row of `command_log`, with bytes in hexadecimal.
#[derive(serde::Deserialize)]
struct CommandFields(Uuid, String, String, Uuid, i64, i64, i64, i64);

impl CommandFields {
    fn record(self) -> Result<(Uuid, CommandRecord), StorageError> {
        let Self(id, fingerprint, kind, stream, first_version, version, first_position, position) =
            self;
        let kind = StreamKind::parse(&kind).map_err(|error| sqlx::Error::Decode(error.into()))?;
        let mut bytes = [0; 32];
        if fingerprint.len() != 64 {
            return Err(sqlx::Error::Decode("a fingerprint has not 32 bytes".into()).into());
        }
        for (byte, digits) in bytes.iter_mut().zip(fingerprint.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).unwrap_or_default();
            *byte = u8::from_str_radix(digits, 16)
                .map_err(|error| sqlx::Error::Decode(error.into()))?;
        }
        let appended = Appended {
            stream: StreamId::new(kind, stream),
            first_version,
            version,
            first_position,
            position,
            replayed: true,
        };
        Ok((
            id,
            CommandRecord {
                fingerprint: bytes,
                appended,
            },
        ))
    }
}
