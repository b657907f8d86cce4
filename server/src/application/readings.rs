//! Who looked at which case, and at which child's record. Recorded after the answer, so that nobody waits for it; what could not
//! be recorded is counted and said in the log.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::reading::{CaseRead, ChildRead, Opened, ReadingEvent};
use eventstore::StreamId;
use futures::StreamExt;
use projections::READING;
use tokio::sync::watch;
use uuid::Uuid;

use super::journal::{Entry, JournalError, derived_command};
use super::{Application, CaseFile, ChildFile};
use crate::access::Officer;
use crate::causes::chain;

/// The same officer at the same version is recorded again only after this time: going from one part
/// of the page to another is one reading.
pub const AGAIN_AFTER: TimeDelta = TimeDelta::minutes(15);

/// How long to wait before it is tried again, each time.
const TRIES: [Duration; 3] = [
    Duration::from_millis(200),
    Duration::from_secs(1),
    Duration::from_secs(3),
];

/// How long stopping waits for readings that are being recorded.
const LAST_READINGS: Duration = Duration::from_secs(6);

/// Readings that are under way, and those that were lost.
#[derive(Debug)]
pub struct Readings {
    running: watch::Sender<usize>,
    lost: AtomicU64,
}

impl Default for Readings {
    fn default() -> Self {
        Self {
            running: watch::Sender::new(0),
            lost: AtomicU64::new(0),
        }
    }
}

impl Readings {
    /// How many could not be recorded since the start.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    /// Records beside what goes on; what could not be recorded is counted.
    pub(super) fn note<F>(self: &Arc<Self>, recording: F)
    where
        F: Future<Output = Result<(), JournalError>> + Send + 'static,
    {
        let readings = Arc::clone(self);
        self.running.send_modify(|running| *running += 1);
        tokio::spawn(async move {
            if let Err(error) = recording.await {
                readings.lost.fetch_add(1, Ordering::Relaxed);
                tracing::error!(error = %chain(&error), "a reading of a case was not recorded");
            }
            readings.running.send_modify(|running| *running -= 1);
        });
    }

    /// Waits until all that began have ended.
    pub async fn finish(&self) {
        let mut running = self.running.subscribe();
        let none = running.wait_for(|running| *running == 0);
        let _ = tokio::time::timeout(LAST_READINGS, none).await;
    }
}

impl Application {
    /// Records, beside what goes on, that `officer` was shown `file`.
    pub fn note_reading(&self, officer: &Officer, file: &CaseFile, opened: Opened) {
        self.note_look(officer, file.id, file.state.version, opened);
    }

    /// The same where no more than a part of a case was shown.
    pub fn note_look(&self, officer: &Officer, case: Uuid, version: i64, opened: Opened) {
        let event = CaseRead { version, opened };
        self.note(officer, case, version, event.into());
    }

    /// Records, beside what goes on, that `officer` was shown the record of a child.
    pub fn note_child(&self, officer: &Officer, file: &ChildFile, opened: Opened) {
        let version = file.record.version;
        let event = ChildRead { version, opened };
        self.note(officer, file.id, version, event.into());
    }

    fn note(&self, officer: &Officer, of: Uuid, version: i64, event: ReadingEvent) {
        let application = self.clone();
        let officer = officer.clone();
        let at = self.clock.now();
        self.readings.note(async move {
            application
                .record_reading(&officer, of, version, event, at)
                .await
        });
    }

    async fn record_reading(
        &self,
        officer: &Officer,
        of: Uuid,
        version: i64,
        event: ReadingEvent,
        at: DateTime<Utc>,
    ) -> Result<(), JournalError> {
        let mut tries = TRIES.iter();
        loop {
            match self
                .try_reading(officer, of, version, event.clone(), at)
                .await
            {
                Ok(()) => return Ok(()),
                Err(error) => match tries.next() {
                    Some(wait) => tokio::time::sleep(*wait).await,
                    None => return Err(error),
                },
            }
        }
    }

    /// The command follows from the reading before, so that two at once, also in two processes, are
    /// recorded once.
    async fn try_reading(
        &self,
        officer: &Officer,
        of: Uuid,
        version: i64,
        event: ReadingEvent,
        at: DateTime<Utc>,
    ) -> Result<(), JournalError> {
        let last = self
            .projections
            .last_reading_of(officer.id, of, version)
            .await?;
        let mut before = last.map(|last| (last.position, last.read_at.utc()));
        let entry = Entry {
            event,
            correlation_id: of,
            causation_id: None,
            at,
        };
        let entries = [entry];
        loop {
            if before.is_some_and(|(_, read_at)| at - read_at < AGAIN_AFTER) {
                return Ok(());
            }
            let position = before.map_or(0, |(position, _)| position);
            let command = derived_command(&[
                b"case-read",
                officer.id.as_bytes(),
                of.as_bytes(),
                &version.to_be_bytes(),
                &position.to_be_bytes(),
            ]);
            let stream = StreamId::new(READING, of);
            let actor = officer.actor();
            let appended = self.record(stream, &actor, &entries, command).await?;
            if !appended.replayed {
                return Ok(());
            }
            // The table does not show it yet: what was recorded then decides.
            let mut events = self.store.read_stream(stream, appended.version);
            let Some(event) = events.next().await else {
                return Ok(());
            };
            let event = event?;
            before = Some((event.position, event.recorded_at));
        }
    }
}
