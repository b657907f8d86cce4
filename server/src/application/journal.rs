//! What is recorded beside the cases: who reads them, who is told of what. The same log, in streams
//! of its own, so that the versions of a case count only what happened in it.

use domain::identity::Actor;
use domain::log::Stored;
use eventstore::{AppendError, Appended, CommandId, ExpectedVersion, StreamId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Application;
use super::envelope::Envelope;

/// Something to be recorded beside the cases.
#[derive(Debug)]
pub(crate) struct Entry<E> {
    pub event: E,
    /// What belongs together across streams: the case.
    pub correlation_id: Uuid,
    /// The event that this one follows from.
    pub causation_id: Option<Uuid>,
    pub at: chrono::DateTime<chrono::Utc>,
}

/// Why it was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The log.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// The log could not be read.
    #[error(transparent)]
    Read(#[from] eventstore::ReadError),
    /// The tables of readings and notices.
    #[error(transparent)]
    Query(#[from] projections::QueryError),
    /// The facts could not be written as JSON.
    #[error("the facts of an event could not be written")]
    Facts(#[from] serde_json::Error),
}

impl Application {
    /// Appends to a stream beside the cases, however far it is.
    pub(crate) async fn record<E: Stored>(
        &self,
        stream: StreamId,
        actor: &Actor,
        entries: &[Entry<E>],
        command: CommandId,
    ) -> Result<Appended, JournalError> {
        let envelope = |entry: &Entry<E>| Envelope {
            occurred_at: entry.at,
            recorded_at: entry.at,
            actor,
            correlation_id: entry.correlation_id,
            causation_id: entry.causation_id,
        };
        let events = entries.iter();
        let events = events
            .map(|entry| envelope(entry).event(self.ids.next(), &entry.event))
            .collect::<Result<Vec<_>, _>>()?;
        let appended = self
            .store
            .append(stream, ExpectedVersion::Any, events, command)
            .await?;
        Ok(appended)
    }
}

/// A command id that follows from what is recorded, so that the same is recorded once, also when
/// several processes come to it at the same time. The parts are told apart by their lengths.
pub(crate) fn derived_command(parts: &[&[u8]]) -> CommandId {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let fingerprint: [u8; 32] = hash.finalize().into();
    let mut id = [0; 16];
    id.copy_from_slice(&fingerprint[..16]);
    CommandId {
        id: uuid::Builder::from_custom_bytes(id).into_uuid(),
        fingerprint,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_parts_give_the_same_command_and_others_another() {
        let one = derived_command(&[b"ab", b"c"]);
        assert_eq!(one, derived_command(&[b"ab", b"c"]));
        assert_ne!(one.id, derived_command(&[b"a", b"bc"]).id);
        assert_eq!(one.id.get_version_num(), 8);
    }
}
