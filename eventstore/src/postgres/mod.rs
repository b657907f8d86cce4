//! The log on PostgreSQL. A transaction is three round trips, however many appends it stores, or one
//! if nobody else has written since the last; a page of events is one value.

mod page;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

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

/// The channel on which the writer tells the new head.
const CHANNEL: &str = "noi_event_log";

/// Others are told at most this often while one commit follows the other: each notification wakes a
/// listener in every process, this one included.
const TELL_EVERY: Duration = Duration::from_millis(10);

/// If no commit follows by which they could be told, they are told by a statement of its own, this
/// much later.
const TELL_AFTER: Duration = Duration::from_millis(5);

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
    /// The head behind our last commit, unless it is known to have moved since.
    head: Option<i64>,
    /// When other processes were last told of a commit.
    told: Option<Instant>,
    /// The head that they were not told of.
    untold: Option<i64>,
}

impl PostgresWriter {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self {
            pool,
            connection: None,
            head: None,
            told: None,
            untold: None,
        }
    }

    async fn connect(&mut self) -> Result<&mut PgConnection, sqlx::Error> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                let mut connection = self.pool.acquire().await?.detach();
                connection
                    .execute(sqlx::raw_sql(include_str!("prepare.sql")))
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
        let mut streams: Vec<StreamId> = Vec::with_capacity(group.len());
        streams.extend(group.iter().map(|request| request.stream));
        streams.sort_unstable();
        streams.dedup();

        // The statement that waits for the lock may see a state from before it had it: everything
        // else is read by a later statement, which sees the state of its own start.
        let sql = format!(
            "BEGIN;
             SELECT position FROM event_log_head FOR UPDATE;
             EXECUTE noi_known('{{{}}}', '{{{}}}', '{{{}}}')",
            streams.iter().map(|stream| stream.kind).join(","),
            streams.iter().map(|stream| stream.id).join(","),
            group.iter().map(|request| request.command.id).join(","),
        );
        let connection = self.connect().await?;
        // Safe: kinds are of letters, digits and hyphens, ids of hexadecimal digits and hyphens.
        let rows = connection
            .fetch_all(sqlx::raw_sql(sqlx::AssertSqlSafe(sql)))
            .await?;
        let [head, known] = rows.as_slice() else {
            return Err(sqlx::Error::RowNotFound);
        };
        let versions: Vec<i64> = known.try_get("versions")?;
        let seen: Option<Vec<Uuid>> = known.try_get("commands")?;

        let mut commands = HashMap::new();
        if let Some(seen) = seen {
            let rows = sqlx::query(COMMANDS)
                .bind(&seen)
                .fetch_all(&mut *connection)
                .await?;
            for row in &rows {
                let (id, record) = read_command(row)?;
                commands.insert(id, record);
            }
        }
        Ok(Known {
            head: head.try_get("position")?,
            versions: streams.into_iter().zip(versions).collect(),
            commands,
        })
    }

    /// Whether the group is stored: all of it, or nothing.
    async fn insert(&mut self, group: &[Request], plan: &Plan) -> Result<bool, sqlx::Error> {
        let tell = self.told.is_none_or(|told| told.elapsed() >= TELL_EVERY);
        let connection = self.connect().await?;
        let stored = match insert_one(group, plan, tell) {
            Some(query) => query.execute(connection).await?.rows_affected() == 1,
            None => {
                let row = insert(group, plan, tell).fetch_one(connection).await?;
                let stored: [i64; 3] = [
                    row.try_get("heads")?,
                    row.try_get("events")?,
                    row.try_get("commands")?,
                ];
                if stored != [0, 0, 0] && stored != [1, plan.events(), plan.accepted.len() as i64] {
                    return Err(sqlx::Error::RowNotFound);
                }
                stored != [0, 0, 0]
            }
        };
        if !stored {
            return Ok(false);
        }
        if tell {
            self.told = Some(Instant::now());
            self.untold = None;
        } else {
            self.untold = Some(plan.head_after);
        }
        Ok(true)
    }

    async fn commit(&mut self, group: &[Request], plan: &Plan) -> Result<(), sqlx::Error> {
        if !self.insert(group, plan).await? {
            return Err(sqlx::Error::RowNotFound);
        }
        self.connection()?.execute(sqlx::raw_sql("COMMIT")).await?;
        self.head = Some(plan.head_after);
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
        self.commit(group, plan).map(|stored| Ok(stored?)).boxed()
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
        self.head = None;
    }

    fn last_head(&self) -> Option<i64> {
        self.head
    }

    /// One statement, which is a transaction of its own. It began after our last commit, so that its
    /// snapshot holds everything up to `plan.head_before`; and it stores only if the head is still
    /// there when it holds the lock, so that there is nothing else.
    fn commit_at_once<'a>(
        &'a mut self,
        group: &'a [Request],
        plan: &'a Plan,
    ) -> BoxFuture<'a, Result<bool, StorageError>> {
        async move {
            // Whatever comes out, an error included: only a success tells where the head is.
            self.head = None;
            let stored = self.insert(group, plan).await?;
            self.head = stored.then_some(plan.head_after);
            Ok(stored)
        }
        .boxed()
    }

    fn tell_at(&self) -> Option<Instant> {
        self.untold?;
        self.told.map(|told| told + TELL_EVERY + TELL_AFTER)
    }

    fn tell(&mut self) -> BoxFuture<'_, ()> {
        async move {
            let (Some(head), Some(connection)) = (self.untold.take(), &mut self.connection) else {
                return;
            };
            let query = sqlx::query("SELECT pg_notify($1, $2)")
                .bind(CHANNEL)
                .bind(head.to_string());
            if query.execute(connection).await.is_err() {
                self.disconnect();
            }
            self.told = Some(Instant::now());
        }
        .boxed()
    }
}

/// Items with something between them.
trait Join: Iterator<Item: std::fmt::Display> + Sized {
    fn join(mut self, between: &str) -> String {
        let mut joined = self
            .next()
            .map(|first| first.to_string())
            .unwrap_or_default();
        for item in self {
            let _ = write!(joined, "{between}{item}");
        }
        joined
    }
}

impl<I: Iterator<Item: std::fmt::Display>> Join for I {}

type InsertQuery<'q> = sqlx::query::Query<'q, sqlx::Postgres, sqlx::postgres::PgArguments>;

/// The event, the command and the head in one statement, if the group is a single append of a single
/// event: the most frequent one when there is little to do.
fn insert_one<'q>(group: &'q [Request], plan: &'q Plan, tell: bool) -> Option<InsertQuery<'q>> {
    let ([request], [(_, appended)], [(_, version_before)]) = (
        group,
        plan.accepted.as_slice(),
        plan.versions_before.as_slice(),
    ) else {
        return None;
    };
    let ([event], [actor]) = (request.events.as_slice(), request.actors.as_slice()) else {
        return None;
    };
    let query = sqlx::query(include_str!("insert_one.sql"))
        .bind(plan.head_before)
        .bind(appended.position)
        .bind(request.stream.kind.as_str())
        .bind(request.stream.id)
        .bind(appended.version)
        .bind(event.event_id)
        .bind(event.event_type.as_ref())
        .bind(event.revision)
        .bind(event.occurred_at)
        .bind(event.recorded_at)
        .bind(actor)
        .bind(request.command.id)
        .bind(event.correlation_id)
        .bind(event.causation_id)
        .bind(&event.facts)
        .bind(event.personal.as_deref().map(str::as_bytes))
        .bind(version_before)
        .bind(request.command.fingerprint.as_slice())
        .bind(tell);
    Some(query)
}

/// All events, all commands and the head in one statement.
fn insert<'q>(group: &'q [Request], plan: &'q Plan, tell: bool) -> InsertQuery<'q> {
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
        .bind(
            plan.versions_before
                .iter()
                .map(|(stream, _)| stream.kind.as_str())
                .collect::<Vec<_>>(),
        )
        .bind(
            plan.versions_before
                .iter()
                .map(|(stream, _)| stream.id)
                .collect::<Vec<_>>(),
        )
        .bind(
            plan.versions_before
                .iter()
                .map(|(_, version)| *version)
                .collect::<Vec<_>>(),
        )
        .bind(tell)
}
