//! A page of events in PostgreSQL's own binary form, which costs a fraction of a row for each event:
//! small pages and streams as one value of a prepared query, large pages by COPY.

use futures::TryStreamExt;
use sqlx::Row;
use sqlx::postgres::{PgConnection, PgPool};
use uuid::Uuid;

use crate::envelope::{RecordedEvent, StreamId, StreamKind};
use crate::log::{RawPage, ReadError, Selection};
use crate::page::{Bytes, Shared};

/// From this size on planning a COPY costs less than collecting a value.
const LARGE_PAGE: i64 = 500;

/// What a page holds of an event, in the order of decoding.
macro_rules! columns {
    () => {
        "position, version, revision, occurred_at, recorded_at
       , stream_id, event_id, command_id, correlation_id, causation_id
       , stream_kind, event_type, actor, facts, personal"
    };
}

macro_rules! page {
    ($condition:literal) => {
        concat!(
            "SELECT count(*), string_agg(record_send(page), '')
               FROM (SELECT ",
            columns!(),
            " FROM event_log ",
            $condition,
            ") AS page"
        )
    };
}

/// How many columns an event has.
const COLUMNS: usize = 15;

/// Microseconds from 1970 to 2000, where PostgreSQL counts from.
const EPOCH: i64 = 946_684_800_000_000;

/// What a binary COPY begins with, if it has no extension.
const COPY_HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// What a binary COPY ends with.
const COPY_TRAILER: &[u8] = &(-1_i16).to_be_bytes();

pub(super) async fn fetch(pool: &PgPool, selection: Selection) -> Result<Records, sqlx::Error> {
    let query = match selection {
        Selection::All { after, limit } if limit >= LARGE_PAGE => {
            return fetch_large(pool.clone(), after, limit).await;
        }
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
    let row = query.fetch_one(pool).await?;
    let bytes: Option<Vec<u8>> = row.try_get(1)?;
    let bytes = bytes.unwrap_or_default();
    Ok(Records {
        form: Form::Record,
        events: row.try_get(0)?,
        bytes,
    })
}

/// A COPY that is not read to its end leaves its connection unusable: so it runs in a task of its own,
/// whatever becomes of the caller, and a connection on which it fails does not go back into the pool.
async fn fetch_large(pool: PgPool, after: i64, limit: i64) -> Result<Records, sqlx::Error> {
    let task = tokio::spawn(async move {
        let mut connection = pool.acquire().await?;
        let copied = copy(&mut connection, after, limit).await;
        if copied.is_err() {
            drop(connection.detach());
        }
        copied
    });
    task.await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
}

async fn copy(
    connection: &mut PgConnection,
    after: i64,
    limit: i64,
) -> Result<Records, sqlx::Error> {
    // COPY takes no parameters; these are numbers.
    let sql = format!(
        concat!(
            "COPY (SELECT ",
            columns!(),
            " FROM event_log WHERE position > {} ORDER BY position LIMIT {})
             TO STDOUT (FORMAT binary)"
        ),
        after, limit
    );
    let mut chunks = connection.copy_out_raw(&sql).await?;
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.try_next().await? {
        bytes.extend_from_slice(&chunk);
    }
    let framed = bytes
        .strip_prefix(COPY_HEADER)
        .and_then(|rest| rest.strip_suffix(COPY_TRAILER));
    let events = framed.and_then(count).ok_or_else(|| {
        sqlx::Error::Protocol("the answer to COPY has not the form that was asked for".to_owned())
    })?;
    Ok(Records {
        form: Form::Copy,
        events,
        bytes,
    })
}

/// How many events there are, by hopping over them.
fn count(mut bytes: &[u8]) -> Option<i64> {
    let mut events = 0;
    while !bytes.is_empty() {
        bytes = bytes.strip_prefix(&(COLUMNS as i16).to_be_bytes())?;
        for _ in 0..COLUMNS {
            let (length, rest) = bytes.split_first_chunk()?;
            // -1 for NULL, which has no bytes.
            let length = usize::try_from(i32::from_be_bytes(*length)).unwrap_or(0);
            bytes = rest.get(length..)?;
        }
        events += 1;
    }
    Some(events)
}

/// How the columns of an event are framed.
#[derive(Clone, Copy)]
enum Form {
    /// As record_send does it: the number of columns in four bytes, each with its type and its length.
    Record,
    /// As COPY does it: the number of columns in two bytes, each with its length.
    Copy,
}

/// A page of events.
pub(super) struct Records {
    form: Form,
    events: i64,
    bytes: Vec<u8>,
}

impl RawPage for Records {
    fn events(&self) -> i64 {
        self.events
    }

    fn bytes(&self) -> usize {
        self.bytes.len()
    }

    fn decode(self: Box<Self>) -> Result<Vec<RecordedEvent>, ReadError> {
        let rest = match self.form {
            Form::Record => self.bytes.as_slice(),
            Form::Copy => &self.bytes[COPY_HEADER.len()..self.bytes.len() - COPY_TRAILER.len()],
        };
        let mut shared = Shared::default();
        let mut events = Vec::with_capacity(usize::try_from(self.events).unwrap_or(0));
        let mut columns = Columns {
            form: self.form,
            bytes: Bytes { rest, position: 0 },
        };
        while !columns.bytes.rest.is_empty() {
            events.push(columns.event(&mut shared)?);
        }
        Ok(events)
    }
}

/// Cuts column after column.
struct Columns<'a> {
    form: Form,
    bytes: Bytes<'a>,
}

impl<'a> Columns<'a> {
    fn event(&mut self, shared: &mut Shared) -> Result<RecordedEvent, ReadError> {
        let columns = match self.form {
            Form::Record => i32::from_be_bytes(self.bytes.array()?),
            Form::Copy => i16::from_be_bytes(self.bytes.array()?).into(),
        };
        if columns != COLUMNS as i32 {
            return Err(self.bytes.damaged("it has other columns"));
        }
        self.bytes.position = self.number()?;
        let version = self.number()?;
        let revision = self.fixed().map(i16::from_be_bytes)?;
        let occurred_at = self.number()?.saturating_add(EPOCH);
        let recorded_at = self.number()?.saturating_add(EPOCH);
        let stream_id = self.fixed().map(Uuid::from_bytes)?;
        let event_id = self.fixed().map(Uuid::from_bytes)?;
        let command_id = self.fixed().map(Uuid::from_bytes)?;
        let correlation_id = self.fixed().map(Uuid::from_bytes)?;
        let causation_id = match self.length()? {
            Some(_) => Some(self.bytes.id()?),
            None => None,
        };
        let kind = StreamKind::parse(self.text()?)
            .map_err(|_| self.bytes.damaged("its stream has no valid kind"))?;
        Ok(RecordedEvent {
            position: self.bytes.position,
            stream: StreamId::new(kind, stream_id),
            version,
            event_id,
            event_type: shared.event_type(self.text()?),
            revision,
            occurred_at: self.bytes.instant(occurred_at)?,
            recorded_at: self.bytes.instant(recorded_at)?,
            actor: shared
                .actor(self.text()?)
                .ok_or_else(|| self.bytes.damaged("its actor is not readable"))?,
            command_id,
            correlation_id,
            causation_id,
            facts: self.text()?.to_owned(),
            personal: match self.length()? {
                Some(length) => Some(self.bytes.text(length)?.to_owned()),
                None => None,
            },
        })
    }

    /// The length of the next column; none when it is NULL.
    fn length(&mut self) -> Result<Option<usize>, ReadError> {
        if let Form::Record = self.form {
            // The type, which is known.
            self.bytes.array::<4>()?;
        }
        Ok(usize::try_from(i32::from_be_bytes(self.bytes.array()?)).ok())
    }

    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], ReadError> {
        if self.length()? == Some(N) {
            self.bytes.array()
        } else {
            Err(self.bytes.damaged("a column has another length"))
        }
    }

    fn number(&mut self) -> Result<i64, ReadError> {
        self.fixed().map(i64::from_be_bytes)
    }

    fn text(&mut self) -> Result<&'a str, ReadError> {
        let length = self
            .length()?
            .ok_or_else(|| self.bytes.damaged("a text is missing"))?;
        self.bytes.text(length)
    }
}
