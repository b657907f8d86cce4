//! The rows of both tables as they follow from the log, folded in memory: what `verify` compares the
//! tables with, and what `rebuild` fills them with. Says in Rust what `follow` does by SQL, one event
//! at a time.

use std::collections::BTreeMap;

use chrono::DateTime;
use domain::time::Instant;
use eventstore::RecordedEvent;
use serde::Serialize;
use uuid::Uuid;

use super::event::{Channel, JournalEvent};
use crate::error::RunError;
use crate::models::Models;
use crate::sql::{Sql, Tx};

/// Rows that are written by one statement.
const AT_ONCE: usize = 500;

/// A row of `reading`, by case, officer and version.
pub(super) type ReadingKey = (Uuid, Uuid, i64);

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Reading {
    position: i64,
    read_at: Instant,
}

/// A row of `notice`, by the event that sent it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Notice {
    pub case_id: Uuid,
    command_id: Uuid,
    officer: Uuid,
    position: i64,
    kind: String,
    obligation: Uuid,
    step: String,
    item: Option<String>,
    due_at: Option<Instant>,
    sent_at: Instant,
    read_at: Option<Instant>,
    mailed_at: Option<Instant>,
}

/// Both tables.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub readings: BTreeMap<ReadingKey, Reading>,
    pub notices: BTreeMap<Uuid, Notice>,
}

/// As exact as the tables are.
fn whole(at: Instant) -> Instant {
    let micros = at.utc().timestamp_micros();
    DateTime::from_timestamp_micros(micros).map_or(at, Instant::new)
}

impl Rows {
    /// Takes one event in, in the order of the log.
    pub fn take(&mut self, recorded: &RecordedEvent, event: &JournalEvent) {
        let at = whole(Instant::new(recorded.recorded_at));
        let stream = recorded.stream.id;
        match event {
            JournalEvent::CaseRead(read) => {
                // The system reads no case.
                if let Some(officer) = recorded.actor.officer {
                    let reading = Reading {
                        position: recorded.position,
                        read_at: at,
                    };
                    self.readings
                        .insert((stream, officer, read.version), reading);
                }
            }
            // A hint is no reading: whoever has it has not seen what is new in the case.
            JournalEvent::CaseHinted(_) => {}
            JournalEvent::NoticeSent(sent) if sent.channel == Channel::Mail => {
                let notice = recorded.causation_id;
                if let Some(notice) = notice.and_then(|notice| self.notices.get_mut(&notice)) {
                    notice.mailed_at = Some(at);
                }
            }
            JournalEvent::NoticeSent(sent) => {
                let notice = Notice {
                    case_id: sent.case_id,
                    command_id: recorded.command_id,
                    officer: stream,
                    position: recorded.position,
                    kind: sent.kind.name().to_owned(),
                    obligation: sent.obligation,
                    step: sent.step.clone(),
                    item: sent.item.clone(),
                    due_at: sent.due_at.map(whole),
                    sent_at: at,
                    read_at: None,
                    mailed_at: None,
                };
                self.notices.insert(recorded.event_id, notice);
            }
            JournalEvent::NoticeRead(read) => {
                let notice = self.notices.get_mut(&read.notice);
                if let Some(notice) = notice.filter(|notice| notice.officer == stream) {
                    notice.read_at.get_or_insert(at);
                }
            }
        }
    }

    /// What stands in the tables.
    pub async fn stored(tx: &mut Tx, models: &Models) -> Result<Self, RunError> {
        let mut rows = Self::default();
        let sql = "SELECT officer, case_id, version, position, read_at FROM reading";
        Sql::new(models, sql)
            .each_in(tx, |row| {
                let key = (
                    row.uuid("case_id")?,
                    row.uuid("officer")?,
                    row.integer("version")?,
                );
                let reading = Reading {
                    position: row.integer("position")?,
                    read_at: row.instant("read_at")?,
                };
                rows.readings.insert(key, reading);
                Ok(())
            })
            .await?;
        let sql = "
            SELECT event_id, command_id, officer, position, kind, case_id, obligation, step, item
                 , due_at, sent_at, read_at, mailed_at
              FROM notice";
        Sql::new(models, sql)
            .each_in(tx, |row| {
                let notice = Notice {
                    case_id: row.uuid("case_id")?,
                    command_id: row.uuid("command_id")?,
                    officer: row.uuid("officer")?,
                    position: row.integer("position")?,
                    kind: row.text("kind")?,
                    obligation: row.uuid("obligation")?,
                    step: row.text("step")?,
                    item: row.text_or_none("item")?,
                    due_at: row.instant_or_none("due_at")?,
                    sent_at: row.instant("sent_at")?,
                    read_at: row.instant_or_none("read_at")?,
                    mailed_at: row.instant_or_none("mailed_at")?,
                };
                rows.notices.insert(row.uuid("event_id")?, notice);
                Ok(())
            })
            .await?;
        Ok(rows)
    }

    /// Puts these rows in the place of whatever stands in the tables.
    pub async fn replace(&self, tx: &mut Tx, models: &Models) -> Result<(), RunError> {
        for table in ["DELETE FROM reading", "DELETE FROM notice"] {
            Sql::new(models, table).execute(tx).await?;
        }
        let readings: Vec<_> = self.readings.iter().collect();
        for chunk in readings.chunks(AT_ONCE) {
            let mut sql = Sql::new(
                models,
                "INSERT INTO reading (case_id, officer, version, position, read_at) VALUES ",
            );
            for (number, ((case, officer, version), reading)) in chunk.iter().enumerate() {
                sql.sql(if number == 0 { "(" } else { ", (" }).uuid(*case);
                sql.sql(", ").uuid(*officer);
                sql.sql(", ").integer(*version);
                sql.sql(", ").integer(reading.position);
                sql.sql(", ").instant(reading.read_at).sql(")");
            }
            sql.execute(tx).await?;
        }
        let notices: Vec<_> = self.notices.iter().collect();
        for chunk in notices.chunks(AT_ONCE) {
            let mut sql = Sql::new(
                models,
                "INSERT INTO notice (event_id, command_id, officer, position, kind, case_id
                                   , obligation, step, item, due_at, sent_at, read_at, mailed_at)
                 VALUES ",
            );
            for (number, (id, notice)) in chunk.iter().enumerate() {
                sql.sql(if number == 0 { "(" } else { ", (" }).uuid(**id);
                notice.push(&mut sql);
                sql.sql(")");
            }
            sql.execute(tx).await?;
        }
        Ok(())
    }
}

impl Notice {
    fn push(&self, sql: &mut Sql) {
        sql.sql(", ").uuid(self.command_id);
        sql.sql(", ").uuid(self.officer);
        sql.sql(", ").integer(self.position);
        sql.sql(", ").text(&self.kind);
        sql.sql(", ").uuid(self.case_id);
        sql.sql(", ").uuid(self.obligation);
        sql.sql(", ").text(&self.step);
        match &self.item {
            Some(item) => sql.sql(", ").text(item),
            None => sql.sql(", NULL"),
        };
        for at in [
            self.due_at,
            Some(self.sent_at),
            self.read_at,
            self.mailed_at,
        ] {
            match at {
                Some(at) => sql.sql(", ").instant(at),
                None => sql.sql(", NULL"),
            };
        }
    }
}
