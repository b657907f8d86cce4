//! Follows the log for what is recorded beside the cases, and keeps its two tables. Rows and
//! checkpoint move in one transaction, so that several processes may follow at once: one of them
//! moves the checkpoint, the others begin again behind it.

use std::sync::Arc;
use std::time::Duration;

use domain::time::Instant;
use eventstore::RecordedEvent;
use futures::StreamExt;
use tokio::sync::watch;
use uuid::Uuid;

use super::event::{Channel, JournalEvent, NoticeSent};
use crate::cells::Cells;
use crate::error::RunError;
use crate::keep::ready::is_in_log;
use crate::models::Models;
use crate::runner::Shared;
use crate::sql::{Sql, Tx};

/// How long to wait after a failure.
const AFTER_FAILURE: Duration = Duration::from_millis(500);

/// The checkpoint moves without a row, too, after so many events: a start has less to read then.
const MOVE_AFTER: i64 = 2_000;

/// Follows until told to stop.
pub(crate) async fn run(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let mut failed = false;
    loop {
        let followed = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            followed = follow(&shared) => followed,
        };
        match followed {
            Ok(()) => failed = false,
            Err(error) if !failed => {
                failed = true;
                let reason = crate::runner::in_one_line(&error);
                tracing::error!(reason, "readings and notices stand still; trying again");
            }
            Err(_) => {}
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(AFTER_FAILURE) => {}
        }
    }
}

/// Follows from the checkpoint until somebody else moves it or the log is closed.
async fn follow(shared: &Shared) -> Result<(), RunError> {
    let models = &shared.core.models;
    let mut stored = checkpoint(models).await?;
    let mut seen = stored;
    shared.note_journal(seen);
    let mut batches = shared.core.store.subscribe_batches(stored);
    while let Some(batch) = batches.next().await {
        let batch = batch?;
        let Some(end) = batch.last().map(|event| event.position) else {
            continue;
        };
        let mut events = Vec::new();
        for stored in &batch {
            if let Some(event) = JournalEvent::read(stored)? {
                events.push((stored, event));
            }
        }
        if !events.is_empty() || end - stored >= MOVE_AFTER {
            let to = (end, batch.last().map(|event| event.event_id));
            if !apply(models, &events, stored, to).await? {
                return Ok(());
            }
            stored = end;
        }
        seen = seen.max(end);
        shared.note_journal(seen);
    }
    Ok(())
}

/// How far both tables have come.
pub(super) const POSITION: &str = "SELECT position FROM journal WHERE only_row = 1";

/// The answer to [`POSITION`].
pub(super) fn position_in(rows: &[Cells]) -> Result<i64, RunError> {
    match rows.first() {
        Some(row) => Ok(row.integer("position")?),
        None => Ok(0),
    }
}

async fn checkpoint(models: &Models) -> Result<i64, RunError> {
    position_in(&Sql::new(models, POSITION).fetch(models).await?)
}

/// Empties both tables where they follow from another log than this one.
pub(crate) async fn begin_again_elsewhere(tx: &mut Tx, models: &Models) -> Result<(), sqlx::Error> {
    let stands = "SELECT position, last_event FROM journal WHERE only_row = 1";
    for row in Sql::new(models, stands).fetch_in(tx).await? {
        let (position, event) = (row.integer("position")?, row.uuid_or_none("last_event")?);
        if is_in_log(models, position, event).await? {
            continue;
        }
        for change in [
            "DELETE FROM reading",
            "DELETE FROM notice",
            "UPDATE journal SET position = 0, last_event = NULL",
        ] {
            Sql::new(models, change).execute(tx).await?;
        }
    }
    Ok(())
}

/// Writes a batch; says whether the checkpoint still stood at `from`.
async fn apply(
    models: &Models,
    events: &[(&RecordedEvent, JournalEvent)],
    from: i64,
    (to, last_event): (i64, Option<Uuid>),
) -> Result<bool, RunError> {
    let mut tx = Tx::write(models).await?;
    let mut moving = Sql::new(models, "UPDATE journal SET position = ");
    moving.integer(to).sql(", last_event = ");
    match last_event {
        Some(event) => moving.uuid(event),
        None => moving.sql("NULL"),
    };
    moving
        .sql(" WHERE only_row = 1 AND position = ")
        .integer(from);
    if moving.execute(&mut tx).await? != 1 {
        tx.rollback().await?;
        return Ok(false);
    }
    for (recorded, event) in events {
        write(&mut tx, models, recorded, event).await?;
    }
    tx.commit().await?;
    Ok(true)
}

async fn write(
    tx: &mut Tx,
    models: &Models,
    recorded: &RecordedEvent,
    event: &JournalEvent,
) -> Result<(), RunError> {
    let at = Instant::new(recorded.recorded_at);
    let mut sql;
    match event {
        JournalEvent::CaseRead(read) => {
            // The system reads no case.
            let Some(officer) = recorded.actor.officer else {
                return Ok(());
            };
            sql = Sql::new(
                models,
                "INSERT INTO reading (officer, case_id, version, position, read_at) VALUES (",
            );
            sql.uuid(officer)
                .sql(", ")
                .uuid(recorded.stream.id)
                .sql(", ")
                .integer(read.version)
                .sql(", ")
                .integer(recorded.position)
                .sql(", ")
                .instant(at)
                .sql(
                    ") ON CONFLICT (officer, case_id, version)
                       DO UPDATE SET position = excluded.position, read_at = excluded.read_at",
                );
        }
        // A hint is no reading: whoever has it has not seen what is new in the case.
        JournalEvent::CaseHinted(_) => return Ok(()),
        JournalEvent::NoticeSent(sent) if sent.channel == Channel::Mail => {
            let Some(notice) = recorded.causation_id else {
                return Ok(());
            };
            sql = Sql::new(models, "UPDATE notice SET mailed_at = ");
            sql.instant(at).sql(" WHERE event_id = ").uuid(notice);
        }
        JournalEvent::NoticeSent(sent) => sql = told(models, recorded, sent, at),
        JournalEvent::NoticeRead(read) => {
            sql = Sql::new(models, "UPDATE notice SET read_at = coalesce(read_at, ");
            sql.instant(at)
                .sql(") WHERE event_id = ")
                .uuid(read.notice)
                .sql(" AND officer = ")
                .uuid(recorded.stream.id);
        }
    }
    sql.execute(tx).await?;
    Ok(())
}

fn told(models: &Models, recorded: &RecordedEvent, sent: &NoticeSent, at: Instant) -> Sql {
    let mut sql = Sql::new(
        models,
        "INSERT INTO notice (event_id, command_id, officer, position, kind, case_id, obligation
                           , sent_at, step, item, due_at)
         VALUES (",
    );
    sql.uuid(recorded.event_id)
        .sql(", ")
        .uuid(recorded.command_id)
        .sql(", ")
        .uuid(recorded.stream.id)
        .sql(", ")
        .integer(recorded.position)
        .sql(", ")
        .text(sent.kind.name())
        .sql(", ")
        .uuid(sent.case_id)
        .sql(", ")
        .uuid(sent.obligation)
        .sql(", ")
        .instant(at)
        .sql(", ")
        .text(&sent.step)
        .sql(", ");
    match &sent.item {
        Some(item) => sql.text(item),
        None => sql.sql("NULL"),
    };
    sql.sql(", ");
    match sent.due_at {
        Some(due_at) => sql.instant(due_at),
        None => sql.sql("NULL"),
    };
    sql.sql(")");
    sql
}
