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
use crate::decide::{self, Known, Plan};
use crate::envelope::{Appended, CommandRecord, MAX_KIND_BYTES, StreamId, StreamKind};
use crate::log::{RawPage, Reader, Selection, StorageError, Writer};

use frame::Frames;

const COMMIT: &str = concat!(include_str!("commit.sql"), "COMMIT");

const COMMIT_SEVERAL: &str = concat!(
    include_str!("commit.sql"),
    include_str!("commit_parts.sql"),
    "COMMIT"
);

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
                "SELECT json_group_array(json_array(
                            hex(command_log.command_id), hex(fingerprint), part.part
                          , coalesce(part.stream_kind, command_log.stream_kind)
                          , hex(coalesce(part.stream_id, command_log.stream_id))
                          , coalesce(part.first_version, command_log.first_version)
                          , coalesce(part.last_version, command_log.last_version)
                          , coalesce(part.first_position, command_log.first_position)
                          , coalesce(part.last_position, command_log.last_position)
                        ))
                   FROM command_log
                   LEFT JOIN command_stream AS part ON part.command_id = command_log.command_id
                  WHERE command_log.command_id = ?1",
            )
            .bind(id)
            .fetch_one(&pool)
            .await?;
            Ok(read_commands(row.try_get(0)?)?.remove(&id))
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
            let streams = decide::streams(group);
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
            let mut stored = vec![plan.events(), plan.accepted.len() as i64];
            let several = plan.several(group).count() as i64;
            let sql = match several {
                0 => COMMIT,
                _ => COMMIT_SEVERAL,
            };
            let mut query = sqlx::query(sql)
                .bind(plan.head_before)
                .bind(plan.events())
                .bind(rows.events)
                .bind(rows.texts)
                .bind(plan.accepted.len() as i64)
                .bind(rows.commands);
            if several > 0 {
                stored.push(several);
                query = query.bind(several).bind(rows.parts);
            }
            let mut changed = Vec::with_capacity(4);
            let connection = self.connection()?;
            let mut results = connection.fetch_many(query);
            while let Some(result) = results.next().await {
                if let Either::Left(done) = result? {
                    changed.push(done.rows_affected() as i64);
                }
            }
            drop(results);
            if !changed.starts_with(&stored) {
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
    known.commands = read_commands(row.try_get("commands")?)?;
    Ok(known)
}

/// Commands from a JSON array with an item for each part.
fn read_commands(json: &str) -> Result<HashMap<Uuid, CommandRecord>, StorageError> {
    let mut fields: Vec<PartFields> = parse(json)?;
    fields.sort_unstable_by_key(|field| field.2);
    let mut commands = HashMap::new();
    for field in fields {
        let (id, fingerprint, part) = field.read()?;
        let record = commands.entry(id).or_insert_with(|| CommandRecord {
            fingerprint,
            parts: Vec::with_capacity(1),
        });
        record.parts.push(part);
    }
    Ok(commands)
}

fn parse<'a, T: serde::Deserialize<'a>>(json: &'a str) -> Result<T, StorageError> {
    serde_json::from_str(json).map_err(|error| sqlx::Error::Decode(error.into()).into())
}

/// A part of a command, with bytes in hexadecimal; it has a number where there are several.
#[derive(serde::Deserialize)]
struct PartFields(Uuid, String, Option<i64>, String, Uuid, i64, i64, i64, i64);

impl PartFields {
    fn read(self) -> Result<(Uuid, [u8; 32], Appended), StorageError> {
        let Self(
            id,
            fingerprint,
            _,
            kind,
            stream,
            first_version,
            version,
            first_position,
            position,
        ) = self;
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
        let part = Appended {
            stream: StreamId::new(kind, stream),
            first_version,
            version,
            first_position,
            position,
            replayed: true,
        };
        Ok((id, bytes, part))
    }
}
