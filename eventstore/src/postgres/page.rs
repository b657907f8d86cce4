//! A page of events as one row: an array for each column.

use chrono::{DateTime, Utc};
use sqlx::Row;
use sqlx::postgres::{PgPool, PgRow};
use uuid::Uuid;

use crate::envelope::{RecordedEvent, StreamId, StreamKind};
use crate::log::{RawPage, ReadError, Selection, StorageError};
use crate::page::Shared;

macro_rules! page {
    ($condition:literal) => {
        concat!(
            "SELECT count(*) AS events
                  , array_agg(position) AS position
                  , array_agg(stream_kind) AS stream_kind
                  , array_agg(stream_id) AS stream_id
                  , array_agg(version) AS version
                  , array_agg(event_id) AS event_id
                  , array_agg(event_type) AS event_type
                  , array_agg(revision) AS revision
                  , array_agg(occurred_at) AS occurred_at
                  , array_agg(recorded_at) AS recorded_at
                  , array_agg(actor) AS actor
                  , array_agg(command_id) AS command_id
                  , array_agg(correlation_id) AS correlation_id
                  , array_agg(causation_id) AS causation_id
                  , array_agg(facts) AS facts
                  , array_agg(personal) AS personal
               FROM (
                        SELECT *
                          FROM event_log ",
            $condition,
            "
                    ) AS page"
        )
    };
}

pub(super) async fn fetch(pool: &PgPool, selection: Selection) -> Result<Columns, sqlx::Error> {
    let query = match selection {
        Selection::All { after, limit } => {
            sqlx::query(page!("WHERE position > $1 ORDER BY position LIMIT $2"))
                .bind(after)
                .bind(limit)
        }
        Selection::Stream {
            stream,
            from,
            limit,
        } => sqlx::query(page!(
            "WHERE stream_kind = $1 AND stream_id = $2 AND version >= $3
             ORDER BY version
             LIMIT $4"
        ))
        .bind(stream.kind.as_str().to_owned())
        .bind(stream.id)
        .bind(from)
        .bind(limit),
        Selection::Event(id) => sqlx::query(page!("WHERE event_id = $1")).bind(id),
    };
    Ok(Columns(query.fetch_one(pool).await?))
}

/// A page of events as a row of arrays; all of them NULL when there is no event.
pub(super) struct Columns(PgRow);

impl RawPage for Columns {
    fn events(&self) -> i64 {
        self.0.try_get("events").unwrap_or(0)
    }

    fn bytes(&self) -> usize {
        ["actor", "facts", "personal"]
            .iter()
            .filter_map(|column| {
                self.0
                    .try_get_raw(*column)
                    .ok()?
                    .as_bytes()
                    .ok()
                    .map(<[u8]>::len)
            })
            .sum()
    }

    fn decode(self: Box<Self>) -> Result<Vec<RecordedEvent>, ReadError> {
        decode(&self.0).map_err(StorageError::from)?
    }
}

fn decode(row: &PgRow) -> Result<Result<Vec<RecordedEvent>, ReadError>, sqlx::Error> {
    let Some(positions) = row.try_get::<Option<Vec<i64>>, _>("position")? else {
        return Ok(Ok(Vec::new()));
    };
    let kinds: Vec<String> = row.try_get("stream_kind")?;
    let stream_ids: Vec<Uuid> = row.try_get("stream_id")?;
    let versions: Vec<i64> = row.try_get("version")?;
    let event_ids: Vec<Uuid> = row.try_get("event_id")?;
    let types: Vec<String> = row.try_get("event_type")?;
    let revisions: Vec<i16> = row.try_get("revision")?;
    let occurred: Vec<DateTime<Utc>> = row.try_get("occurred_at")?;
    let recorded: Vec<DateTime<Utc>> = row.try_get("recorded_at")?;
    let actors: Vec<String> = row.try_get("actor")?;
    let command_ids: Vec<Uuid> = row.try_get("command_id")?;
    let correlation_ids: Vec<Uuid> = row.try_get("correlation_id")?;
    let causation_ids: Vec<Option<Uuid>> = row.try_get("causation_id")?;
    let facts: Vec<String> = row.try_get("facts")?;
    let personal: Vec<Option<Vec<u8>>> = row.try_get("personal")?;

    let mut shared = Shared::default();
    let events = facts
        .into_iter()
        .zip(personal)
        .enumerate()
        .map(|(index, (facts, personal))| {
            let position = positions[index];
            let damaged = |what| ReadError::Damaged { position, what };
            let personal = personal
                .map(String::from_utf8)
                .transpose()
                .map_err(|_| damaged("a text is not UTF-8"))?;
            let kind = StreamKind::parse(&kinds[index])
                .map_err(|_| damaged("its stream has no valid kind"))?;
            Ok(RecordedEvent {
                position,
                stream: StreamId::new(kind, stream_ids[index]),
                version: versions[index],
                event_id: event_ids[index],
                event_type: shared.event_type(&types[index]),
                revision: revisions[index],
                occurred_at: occurred[index],
                recorded_at: recorded[index],
                actor: shared
                    .actor(&actors[index])
                    .ok_or_else(|| damaged("its actor is not readable"))?,
                command_id: command_ids[index],
                correlation_id: correlation_ids[index],
                causation_id: causation_ids[index],
                facts,
                personal,
            })
        });
    Ok(events.collect())
}
