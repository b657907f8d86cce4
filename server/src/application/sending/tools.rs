//! What every desk works with: the log, ids, units.

use std::sync::Arc;

use domain::command::Decided;
use domain::identity::Actor;
use domain::log::Subject;
use domain::time::Instant;
use domain::unit::Units;
use eventstore::{EventStore, ExpectedVersion, NewEvent, Part, StreamId};
use projections::{LoadError, kind_of, load};
use uuid::Uuid;

use crate::application::envelope::Envelope;
use crate::ids::Ids;

/// The log, ids and units.
#[derive(Debug, Clone, Copy)]
pub(in crate::application) struct Tools<'a> {
    /// The log.
    pub store: &'a EventStore,
    /// Where new ids come from.
    pub ids: &'a dyn Ids,
    /// The units that streams are read with.
    pub units: &'a Arc<Units>,
}

impl Tools<'_> {
    /// The stream as it is now; none where nothing has happened in it.
    ///
    /// # Errors
    /// [`LoadError`].
    pub async fn load<S: Subject>(&self, id: Uuid) -> Result<Option<S>, LoadError> {
        load(self.store, id, self.units).await
    }

    /// What is written to a stream of the subject that had that version, by `actor` at `now`.
    ///
    /// # Errors
    /// What cannot be written as JSON.
    pub fn part<S: Subject>(
        &self,
        id: Uuid,
        version: i64,
        decided: &[Decided<S::Event>],
        (actor, now): (&Actor, Instant),
    ) -> Result<Part, serde_json::Error> {
        Ok(Part {
            stream: StreamId::new(kind_of::<S>(), id),
            expected: expected(version),
            events: self.events::<S>(id, decided, (actor, now))?,
        })
    }

    /// The events as they are written to the stream `id`.
    pub(super) fn events<S: Subject>(
        &self,
        id: Uuid,
        decided: &[Decided<S::Event>],
        (actor, now): (&Actor, Instant),
    ) -> Result<Vec<NewEvent>, serde_json::Error> {
        let envelope = |decided: &Decided<S::Event>| Envelope {
            occurred_at: decided.occurred_at.utc(),
            recorded_at: now.utc(),
            actor,
            correlation_id: id,
            causation_id: None,
        };
        let events = decided.iter();
        let events = events.map(|one| envelope(one).event(self.ids.next(), &one.event));
        events.collect()
    }
}

/// A stream of the subject that was looked at when it had that version, and must stand there.
pub(in crate::application) const fn looked_at<S: Subject>(id: Uuid, version: i64) -> Part {
    Part {
        stream: StreamId::new(kind_of::<S>(), id),
        expected: expected(version),
        events: Vec::new(),
    }
}

/// No events is no stream.
pub(super) const fn expected(version: i64) -> ExpectedVersion {
    match version {
        0 => ExpectedVersion::NoStream,
        version => ExpectedVersion::Exact(version),
    }
}
