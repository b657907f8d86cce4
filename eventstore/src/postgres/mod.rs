//! The log on PostgreSQL. A transaction is four round trips, however many appends it stores; a page
//! of events is one row of arrays, which costs a fraction of a row for each event.

mod page;

use std::collections::HashMap;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::postgres::{PgConnection, PgListener, PgPool, PgRow};
use sqlx::{Executor, Row};
use tokio::sync::watch;
use uuid::Uuid;

use crate::append::Request;
use crate::decide::{Known, Plan};
use crate::envelope::{Appended, CommandRecord, StreamId, StreamKind};
use crate::log::{RawPage, Reader, Selection, StorageError, Writer};

/// The channel on which each commit tells the new head.
const CHANNEL: &str = "noi_event_log";

/// How long the listener waits before it connects again.
const RECONNECT: Duration = Duration::from_secs(1);

/// Reads over the pool.
pub(crate) struct PostgresReader {
    pub pool: PgPool,
}

impl Reader for PostgresReader {
    fn page(
        &self,
        selection: Selection,
    ) -> BoxFuture<'static, Result<Box<dyn RawPage>, StorageError>> {
        let pool = self.pool.clone();
        async move {
            let row = again_if_lost(|| page::fetch(&pool, selection)).await?;
            Ok(Box::new(row) as Box<dyn RawPage>)
        }
        .boxed()
    }

    fn head(&self) -> BoxFuture<'static, Result<i64, StorageError>> {
        let pool = self.pool.clone();
        async move {
            again_if_lost(|| {
                sqlx::query_scalar("SELECT position FROM event_log_head").fetch_one(&pool)
            })
            .await
        }
        .boxed()
    }

    fn find_command(
        &self,
        id: Uuid,
    ) -> BoxFuture<'static, Result<Option<CommandRecord>, StorageError>> {
        let pool = self.pool.clone();
        async move {
            let rows =
                again_if_lost(|| sqlx::query(COMMANDS).bind(vec![id]).fetch_all(&pool)).await?;
            rows.first().map(|row| Ok(read_command(row)?.1)).transpose()
        }
        .boxed()
    }

    fn follow(&self, wake: watch::Sender<i64>) -> BoxFuture<'static, ()> {
        let pool = self.pool.clone();
        async move {
            loop {
                let error = listen(&pool, &wake).await;
                if pool.is_closed() {
                    return;
                }
                tracing::debug!(
                    error = &error as &(dyn std::error::Error + 'static),
                    "not listening to the appends of other processes; reading on at intervals"
                );
                tokio::time::sleep(RECONNECT).await;
            }
        }
        .boxed()
    }
}

/// Listens until the connection fails.
async fn listen(pool: &PgPool, wake: &watch::Sender<i64>) -> sqlx::Error {
    let mut listener = match PgListener::connect_with(pool).await {
        Ok(listener) => listener,
        Err(error) => return error,
    };
    listener.ignore_pool_close_event(false);
    if let Err(error) = listener.listen(CHANNEL).await {
        return error;
    }
    loop {
        match listener.recv().await {
            Ok(notification) => {
                let told: i64 = notification.payload().parse().unwrap_or(0);
                wake.send_if_modified(|head| {
                    let moved = told > *head;
                    *head = told.max(*head);
                    moved
                });
            }
            Err(error) => return error,
        }
    }
}

/// A pooled connection may have died while it was idle: the first error of that kind is not the
/// last word.
async fn again_if_lost<T, F>(attempt: impl Fn() -> F) -> Result<T, StorageError>
where
    F: Future<Output = Result<T, sqlx::Error>>,
{
    match attempt().await.map_err(StorageError::from) {
        Err(error) if error.is_lost_connection() => Ok(attempt().await?),
        other => other,
    }
}

const COMMANDS: &str = "
    SELECT command_id, fingerprint, stream_kind, stream_id
         , first_version, last_version, first_position, last_position
      FROM command_log
     WHERE command_id = ANY ($1)";

fn read_command(row: &PgRow) -> Result<(Uuid, CommandRecord), sqlx::Error> {
    let kind = StreamKind::parse(row.try_get("stream_kind")?)
        .map_err(|error| sqlx::Error::Decode(error.into()))?;
    let appended = Appended {
        stream: StreamId::new(kind, row.try_get("stream_id")?),
        first_version: row.try_get("first_version")?,
        version: row.try_get("last_version")?,
        first_position: row.try_get("first_position")?,
        position: row.try_get("last_position")?,
        replayed: true,
    };
    let fingerprint: &[u8] = row.try_get("fingerprint")?;
    let fingerprint = fingerprint
        .try_into()
        .map_err(|_| sqlx::Error::Decode("not 32 bytes".into()))?;
    Ok((
        row.try_get("command_id")?,
        CommandRecord {
            fingerprint,
            appended,
        },
    ))
}

/// Writes over a connection of its own, outside the pool.
pub(crate) struct PostgresWriter {
    pool: PgPool,
    connection: Option<PgConnection>,
}

impl PostgresWriter {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self {
            pool,
            connection: None,
        }
    }

    async fn connect(&mut self) -> Result<&mut PgConnection, sqlx::Error> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                let mut connection = self.pool.acquire().await?.detach();
                // The plans of the writer are made once, when the log may still be empty: they must
                // suit a log of millions.
                connection
                    .execute(sqlx::raw_sql(
                        "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan",
                    ))
                    .await?;
                connection
            }
        };
        Ok(self.connection.insert(connection))
    }

    fn connection(&mut self) -> Result<&mut PgConnection, sqlx::Error> {
        self.connection.as_mut().ok_or(sqlx::Error::PoolClosed)
    }

    async fn read_known(&mut self, group: &[Request]) -> Result<Known, sqlx::Error> {
        let connection = self.connect().await?;
        // This statement waits for the lock, and may see a state from before it had it …
        let head = connection
            .fetch_one(sqlx::raw_sql(
                "BEGIN; SELECT position FROM event_log_head FOR UPDATE",
            ))
            .await?
            .try_get(0)?;

        // … so everything else is read by a later one.
        let mut streams: Vec<StreamId> = Vec::with_capacity(group.len());
        streams.extend(group.iter().map(|request| request.stream));
        streams.sort_unstable();
        streams.dedup();
        let kinds: Vec<&str> = streams.iter().map(|stream| stream.kind.as_str()).collect();
        let ids: Vec<Uuid> = streams.iter().map(|stream| stream.id).collect();
        let commands: Vec<Uuid> = group.iter().map(|request| request.command.id).collect();
        let row = sqlx::query(include_str!("versions.sql"))
            .bind(&kinds)
            .bind(&ids)
            .bind(&commands)
            .fetch_one(&mut *connection)
            .await?;
        let versions: Vec<i64> = row.try_get("versions")?;
        let seen: Option<Vec<Uuid>> = row.try_get("commands")?;

        let mut records = HashMap::new();
        if let Some(seen) = seen {
            let rows = sqlx::query(COMMANDS)
                .bind(&seen)
                .fetch_all(&mut *connection)
                .await?;
            for row in &rows {
                let (id, record) = read_command(row)?;
                records.insert(id, record);
            }
        }
        Ok(Known {
            head,
            versions: streams.into_iter().zip(versions).collect(),
            commands: records,
        })
    }

    async fn store(&mut self, group: &[Request], plan: &Plan) -> Result<(), sqlx::Error> {
        let row = insert(group, plan)
            .fetch_one(&mut *self.connection()?)
            .await?;
        let stored: [i64; 3] = [
            row.try_get("events")?,
            row.try_get("commands")?,
            row.try_get("heads")?,
        ];
        if stored != [plan.events(), plan.accepted.len() as i64, 1] {
            return Err(sqlx::Error::RowNotFound);
        }
        self.connection()?.execute(sqlx::raw_sql("COMMIT")).await?;
        Ok(())
    }
}

impl Writer for PostgresWriter {
    fn begin<'a>(&'a mut self, group: &'a [Request]) -> BoxFuture<'a, Result<Known, StorageError>> {
        self.read_known(group).map(|known| Ok(known?)).boxed()
    }

    fn commit<'a>(
        &'a mut self,
        group: &'a [Request],
        plan: &'a Plan,
    ) -> BoxFuture<'a, Result<(), StorageError>> {
        self.store(group, plan).map(|stored| Ok(stored?)).boxed()
    }

    fn rollback(&mut self) -> BoxFuture<'_, ()> {
        async move {
            let Ok(connection) = self.connection() else {
                return;
            };
            if connection.execute(sqlx::raw_sql("ROLLBACK")).await.is_err() {
                self.disconnect();
            }
        }
        .boxed()
    }

    fn disconnect(&mut self) {
        self.connection = None;
    }
}

type InsertQuery<'q> = sqlx::query::Query<'q, sqlx::Postgres, sqlx::postgres::PgArguments>;

/// All events, all commands and the head in one statement.
fn insert<'q>(group: &'q [Request], plan: &'q Plan) -> InsertQuery<'q> {
    let accepted = || {
        plan.accepted
            .iter()
            .map(|(index, appended)| (&group[*index], appended))
    };
    let events = || {
        accepted().flat_map(|(request, appended)| {
            let versions = appended.first_version..;
            request
                .events
                .iter()
                .zip(&request.actors)
                .zip(versions)
                .map(move |((event, actor), version)| (request, event, actor, version))
        })
    };
    /// A column of the events.
    macro_rules! column {
        (|$item:pat_param| $value:expr) => {
            events().map(|$item| $value).collect::<Vec<_>>()
        };
    }
    /// A column of the commands.
    macro_rules! command {
        (|$item:pat_param| $value:expr) => {
            accepted().map(|$item| $value).collect::<Vec<_>>()
        };
    }
    sqlx::query(include_str!("insert.sql"))
        .bind(plan.head_before)
        .bind(plan.head_after)
        .bind(column!(|(request, ..)| request.stream.kind.as_str()))
        .bind(column!(|(request, ..)| request.stream.id))
        .bind(column!(|(.., version)| version))
        .bind(column!(|(_, event, ..)| event.event_id))
        .bind(column!(|(_, event, ..)| event.event_type.as_ref()))
        .bind(column!(|(_, event, ..)| event.revision))
        .bind(column!(|(_, event, ..)| event.occurred_at))
        .bind(column!(|(_, event, ..)| event.recorded_at))
        .bind(column!(|(_, _, actor, _)| actor.as_str()))
        .bind(column!(|(request, ..)| request.command.id))
        .bind(column!(|(_, event, ..)| event.correlation_id))
        .bind(column!(|(_, event, ..)| event.causation_id))
        .bind(column!(|(_, event, ..)| event.facts.as_str()))
        .bind(column!(|(_, event, ..)| event
            .personal
            .as_deref()
            .map(str::as_bytes)))
        .bind(command!(|(request, _)| request.command.id))
        .bind(command!(|(request, _)| request
            .command
            .fingerprint
            .as_slice()))
        .bind(command!(|(request, _)| request.stream.kind.as_str()))
        .bind(command!(|(request, _)| request.stream.id))
        .bind(command!(|(_, appended)| appended.first_version))
        .bind(command!(|(_, appended)| appended.version))
        .bind(command!(|(_, appended)| appended.first_position))
        .bind(command!(|(_, appended)| appended.position))
}
