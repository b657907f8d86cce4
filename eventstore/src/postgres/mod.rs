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
use crate::decide::{self, Known, Plan};
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
            Ok(read_commands(&rows)?.remove(&id))
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

/// A row for each part of a command; one row of `command_log` alone where there is one part.
const COMMANDS: &str = "
    SELECT command_log.command_id
         , command_log.fingerprint
         , coalesce(part.stream_kind, command_log.stream_kind) AS stream_kind
         , coalesce(part.stream_id, command_log.stream_id) AS stream_id
         , coalesce(part.first_version, command_log.first_version) AS first_version
         , coalesce(part.last_version, command_log.last_version) AS last_version
         , coalesce(part.first_position, command_log.first_position) AS first_position
         , coalesce(part.last_position, command_log.last_position) AS last_position
      FROM command_log
      LEFT JOIN command_stream AS part ON part.command_id = command_log.command_id
     WHERE command_log.command_id = ANY ($1)
     ORDER BY command_log.command_id, part.part";

fn read_commands(rows: &[PgRow]) -> Result<HashMap<Uuid, CommandRecord>, sqlx::Error> {
    let mut commands = HashMap::new();
    for row in rows {
        let (id, fingerprint, part) = read_part(row)?;
        let record = commands.entry(id).or_insert_with(|| CommandRecord {
            fingerprint,
            parts: Vec::with_capacity(1),
        });
        record.parts.push(part);
    }
    Ok(commands)
}

fn read_part(row: &PgRow) -> Result<(Uuid, [u8; 32], Appended), sqlx::Error> {
    let kind = StreamKind::parse(row.try_get("stream_kind")?)
        .map_err(|error| sqlx::Error::Decode(error.into()))?;
    let part = Appended {
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
    Ok((row.try_get("command_id")?, fingerprint, part))
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
        let streams = decide::streams(group);

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
            commands = read_commands(&rows)?;
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
                let stored: [i64; 4] = [
                    row.try_get("heads")?,
                    row.try_get("events")?,
                    row.try_get("commands")?,
                    row.try_get("parts")?,
                ];
                let all = [
                    1,
                    plan.events(),
                    plan.accepted.len() as i64,
                    plan.several(group).count() as i64,
                ];
                if stored != [0; 4] && stored != all {
                    return Err(sqlx::Error::RowNotFound);
                }
                stored == all
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

const INSERT: &str = concat!(include_str!("insert.sql"), include_str!("insert_count.sql"),);

const INSERT_SEVERAL: &str = concat!(include_str!("insert.sql"), include_str!("insert_parts.sql"),);

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
    let ([part], [appended]) = (request.parts.as_slice(), appended.as_slice()) else {
        return None;
    };
    let ([event], [actor]) = (part.events.as_slice(), part.actors.as_slice()) else {
        return None;
    };
    let query = sqlx::query(include_str!("insert_one.sql"))
        .bind(plan.head_before)
        .bind(appended.position)
        .bind(part.stream.kind.as_str())
        .bind(part.stream.id)
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

/// All events, all commands and the head in one statement; the parts of commands only if there is one
/// that wrote to several streams, since each array costs.
fn insert<'q>(group: &'q [Request], plan: &'q Plan, tell: bool) -> InsertQuery<'q> {
    let events = || {
        plan.stored(group).flat_map(|(request, part, appended)| {
            let versions = appended.first_version..;
            part.events
                .iter()
                .zip(&part.actors)
                .zip(versions)
                .map(move |((event, actor), version)| (request, part, event, actor, version))
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
            plan.commands(group).map(|$item| $value).collect::<Vec<_>>()
        };
    }
    /// A column of the parts of commands that wrote to several streams.
    macro_rules! several {
        (|$item:pat_param| $value:expr) => {
            plan.several(group).map(|$item| $value).collect::<Vec<_>>()
        };
    }
    let several = plan.several(group).next().is_some();
    let query = sqlx::query(if several { INSERT_SEVERAL } else { INSERT })
        .bind(plan.head_before)
        .bind(plan.head_after)
        .bind(column!(|(_, part, ..)| part.stream.kind.as_str()))
        .bind(column!(|(_, part, ..)| part.stream.id))
        .bind(column!(|(.., version)| version))
        .bind(column!(|(_, _, event, ..)| event.event_id))
        .bind(column!(|(_, _, event, ..)| event.event_type.as_ref()))
        .bind(column!(|(_, _, event, ..)| event.revision))
        .bind(column!(|(_, _, event, ..)| event.occurred_at))
        .bind(column!(|(_, _, event, ..)| event.recorded_at))
        .bind(column!(|(.., actor, _)| actor.as_str()))
        .bind(column!(|(request, ..)| request.command.id))
        .bind(column!(|(_, _, event, ..)| event.correlation_id))
        .bind(column!(|(_, _, event, ..)| event.causation_id))
        .bind(column!(|(_, _, event, ..)| event.facts.as_str()))
        .bind(column!(|(_, _, event, ..)| event
            .personal
            .as_deref()
            .map(str::as_bytes)))
        .bind(command!(|(request, _)| request.command.id))
        .bind(command!(|(request, _)| request
            .command
            .fingerprint
            .as_slice()))
        .bind(command!(|(_, first)| first.stream.kind.as_str()))
        .bind(command!(|(_, first)| first.stream.id))
        .bind(command!(|(_, first)| first.first_version))
        .bind(command!(|(_, first)| first.version))
        .bind(command!(|(_, first)| first.first_position))
        .bind(command!(|(_, first)| first.position))
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
        .bind(tell);
    if !several {
        return query;
    }
    query
        .bind(several!(|(request, ..)| request.command.id))
        .bind(several!(|(_, number, _)| number))
        .bind(several!(|(.., part)| part.stream.kind.as_str()))
        .bind(several!(|(.., part)| part.stream.id))
        .bind(several!(|(.., part)| part.first_version))
        .bind(several!(|(.., part)| part.version))
        .bind(several!(|(.., part)| part.first_position))
        .bind(several!(|(.., part)| part.position))
}
