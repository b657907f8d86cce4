//! What a command did, told to whoever sent it: in the subject that it was addressed to, and in which
//! other streams, as far as they may see those.

use domain::case::{Case, Decided};
use domain::identity::Actor;
use domain::time::Instant;
use eventstore::{
    AppendError, Appended, CommandId, ExpectedVersion, NewEvent, StreamId, StreamKind,
};
use projections::CASE;
use std::time::Duration;
use uuid::Uuid;

use super::commands::{Sender, append_error, load_error, read_error};
use super::{Application, SendError};

/// How long an answer waits for the read models. They follow within milliseconds; where they do
/// not, the command is carried out all the same and lists show it a little later.
const READ_MODELS_WITHIN: Duration = Duration::from_secs(3);

/// What a command did.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// The case that it was addressed to.
    pub case_id: Uuid,
    /// Its version now.
    pub version: i64,
    /// Position of the last event in it.
    pub position: i64,
    /// The events in it, in order, by type.
    pub events: Vec<String>,
    /// Every stream that was written to, as far as the sender may see it, in the order of positions.
    pub streams: Vec<StreamVersion>,
}

/// How far a stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamVersion {
    /// What it is about.
    pub kind: StreamKind,
    /// Which one.
    pub id: Uuid,
    /// The version of its last event.
    pub version: i64,
}

impl StreamVersion {
    /// That stream at that version.
    #[must_use]
    pub const fn new(stream: StreamId, version: i64) -> Self {
        Self {
            kind: stream.kind,
            id: stream.id,
            version,
        }
    }
}

impl Sent {
    /// What somebody is told who does not see the case: that their report stands there, and at which
    /// version it does; not what else came of it.
    pub(super) fn of_own(mut self, unseen: bool) -> Self {
        let own = |event: &String| event == "ReportReceived";
        let Some(place) = self.events.iter().rposition(own).filter(|_| unseen) else {
            return self;
        };
        let since = self.events.len().saturating_sub(place + 1);
        let since = i64::try_from(since).unwrap_or_default();
        self.version -= since;
        self.position -= since;
        for stream in &mut self.streams {
            if stream.id == self.case_id {
                stream.version = self.version;
            }
        }
        self.events.retain(own);
        self
    }
}

/// What was decided for one stream.
pub(super) struct DecidedPart {
    pub stream: StreamId,
    pub expected: ExpectedVersion,
    /// None: it was only looked at, and must stand where it stood.
    pub events: Vec<Decided>,
}

impl DecidedPart {
    /// A stream that was looked at when it had that version.
    pub(super) const fn looked_at(stream: StreamId, version: i64) -> Self {
        Self {
            stream,
            expected: ExpectedVersion::Exact(version),
            events: Vec::new(),
        }
    }
}

/// The types of the events that were written to a case, as it was folded; none where that was before.
fn folded(case: &Case, own: &Appended) -> Option<Vec<String>> {
    let written = own.first_version..=own.version;
    let events = case.history().iter();
    let own: Vec<_> = events
        .filter(|event| written.contains(&event.version))
        .map(|event| event.event.event_type().to_owned())
        .collect();
    (own.len() == written.count()).then_some(own)
}

/// What became of writing it down.
pub(super) enum Written {
    /// It is in the log.
    Sent(Sent),
    /// Somebody wrote to this stream between our reading and our writing.
    Overtaken(StreamVersion),
}

impl Application {
    /// What the same command did when it was sent before. It was `addressed` to that stream; none: to the
    /// first that it wrote to, which it began. `case`: that stream, where it was loaded already.
    pub(super) async fn sent_before(
        &self,
        sender: &Sender<'_>,
        id: CommandId,
        addressed: Option<StreamId>,
        case: Option<&Case>,
    ) -> Result<Option<Sent>, SendError> {
        let found = self.store.find_command(id.id).await.map_err(read_error)?;
        match found {
            None => Ok(None),
            Some(record) if record.fingerprint != id.fingerprint => Err(SendError::CommandReused),
            Some(record) => {
                let known = |own: &Appended| case.and_then(|case| folded(case, own));
                let sent = self.answer(sender, &record.parts, addressed, known).await?;
                Ok(Some(sent))
            }
        }
    }

    /// Appends what was decided, all of it or nothing, and waits until the read models show it.
    pub(super) async fn write(
        &self,
        sender: &Sender<'_>,
        id: CommandId,
        addressed: Option<StreamId>,
        parts: Vec<DecidedPart>,
        now: Instant,
    ) -> Result<Written, SendError> {
        let actor = sender.actor();
        let mut encoded = Vec::with_capacity(parts.len());
        let mut types = Vec::with_capacity(parts.len());
        for part in parts {
            let told = part.events.iter().map(|one| one.event.event_type());
            types.push((part.stream, told.map(str::to_owned).collect::<Vec<_>>()));
            encoded.push(eventstore::Part {
                stream: part.stream,
                expected: part.expected,
                events: self.encode(part.stream, part.events, now, &actor)?,
            });
        }
        let written = match self.store.append_parts(id, encoded).await {
            Ok(written) => written,
            Err(AppendError::VersionConflict { stream, actual, .. }) => {
                return Ok(Written::Overtaken(StreamVersion::new(stream, actual)));
            }
            // Sent twice at the same moment: what the other one began has another id than ours.
            Err(AppendError::CommandReused) => {
                let sent = self.sent_before(sender, id, addressed, None).await?;
                return sent.map(Written::Sent).ok_or(SendError::CommandReused);
            }
            Err(error) => return Err(append_error(error)),
        };
        let last = written.last().map_or(0, |part| part.position);
        if !self.projections.wait_for(last, READ_MODELS_WITHIN).await {
            tracing::warn!(position = last, "the read models are behind");
        }
        let types = |own: &Appended| {
            let mut types = types.into_iter();
            let own = types.find(|(stream, told)| *stream == own.stream && !told.is_empty());
            own.map(|(_, told)| told)
        };
        let sent = self.answer(sender, &written, addressed, types).await?;
        Ok(Written::Sent(sent))
    }

    fn encode(
        &self,
        stream: StreamId,
        decided: Vec<Decided>,
        now: Instant,
        actor: &Actor,
    ) -> Result<Vec<NewEvent>, SendError> {
        let mut events = Vec::with_capacity(decided.len());
        for Decided { occurred_at, event } in decided {
            let encoded = event
                .encode()
                .map_err(|error| SendError::Internal(error.into()))?;
            events.push(NewEvent {
                event_id: self.ids.next(),
                event_type: encoded.event_type.into(),
                revision: encoded.revision,
                occurred_at: occurred_at.utc(),
                recorded_at: now.utc(),
                actor: super::stored(actor),
                correlation_id: stream.id,
                causation_id: None,
                facts: encoded.facts,
                personal: encoded.personal,
            });
        }
        Ok(events)
    }

    /// What to tell of a command that wrote `parts`. `known`: the types of the events in the stream that it
    /// was addressed to, where they need not be loaded.
    async fn answer(
        &self,
        sender: &Sender<'_>,
        parts: &[Appended],
        addressed: Option<StreamId>,
        known: impl FnOnce(&Appended) -> Option<Vec<String>>,
    ) -> Result<Sent, SendError> {
        let is_addressed = |part: &&Appended| addressed.is_none_or(|stream| part.stream == stream);
        let own = parts.iter().find(is_addressed);
        let own = own.ok_or(SendError::CommandReused)?;
        let events = match known(own) {
            Some(types) => types,
            None => self.types(own).await?,
        };
        let mut streams = Vec::with_capacity(parts.len());
        for part in parts {
            if part.stream == own.stream || self.may_know(sender, part.stream).await? {
                streams.push(StreamVersion::new(part.stream, part.version));
            }
        }
        Ok(Sent {
            case_id: own.stream.id,
            version: own.version,
            position: own.position,
            events,
            streams,
        })
    }

    /// The types of the events that were written to a stream.
    async fn types(&self, own: &Appended) -> Result<Vec<String>, SendError> {
        let written = own.first_version..=own.version;
        let events = self.store.load_stream(own.stream).await;
        let events = events.map_err(read_error)?.into_iter();
        let events = events.filter(|event| written.contains(&event.version));
        Ok(events.map(|event| event.event_type.to_string()).collect())
    }

    /// Whether the sender may know how far a stream is that they did not name.
    pub(super) async fn may_know(
        &self,
        sender: &Sender<'_>,
        stream: StreamId,
    ) -> Result<bool, SendError> {
        if stream.kind != CASE {
            return Ok(sender.is_system());
        }
        let case = projections::load_case(&self.store, stream.id, self.units())
            .await
            .map_err(load_error)?;
        let state = case.as_ref().and_then(|case| case.state());
        Ok(state.is_some_and(|state| sender.reads_on(state)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_adds_a_report_unseen_is_told_the_version_of_that_report() {
        let case_id = Uuid::from_u128(1);
        let sent = Sent {
            case_id,
            version: 9,
            position: 109,
            events: vec!["ReportReceived".to_owned(), "CaseReopened".to_owned()],
            streams: vec![StreamVersion::new(StreamId::new(CASE, case_id), 9)],
        };
        let own = sent.clone().of_own(true);
        assert_eq!((own.version, own.position), (8, 108));
        assert_eq!(own.events, ["ReportReceived"]);
        assert_eq!(own.streams[0].version, 8);
        assert_eq!(sent.clone().of_own(false), sent);
    }
}
