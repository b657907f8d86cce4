//! Sending a command: read it, decide it on the case as it stands, append what follows, and wait
//! until the read models show it. The actor comes from the session, never from the request.

use std::time::Duration;

use domain::case::{Case, CaseState, CaseView, Command, Context, Decided, Part, decide};
use domain::identity::Actor;
use domain::time::Instant;
use eventstore::{AppendError, Appended, CommandId, ExpectedVersion, NewEvent, StreamId};
use projections::CASE;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Application, SendError, may_see, part_of, viewer};
use crate::access::Officer;

/// How long an answer waits for the read models. They follow within milliseconds; where they do
/// not, the command is carried out all the same and lists show it a little later.
const READ_MODELS_WITHIN: Duration = Duration::from_secs(3);

/// What a command did.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// The case.
    pub case_id: Uuid,
    /// Its version now.
    pub version: i64,
    /// Position of the last event.
    pub position: i64,
    /// The events, in order, by type.
    pub events: Vec<String>,
}

impl Sent {
    /// What somebody is told who does not see the case: that their report stands there.
    fn of_own(mut self, unseen: bool) -> Self {
        self.events
            .retain(|event| !unseen || event == "ReportReceived");
        self
    }
}

/// A command that begins a case.
#[derive(Debug, Clone)]
pub struct NewCase {
    /// Chosen by the sender, so that sending twice is harmless.
    pub command_id: Uuid,
    /// The command as JSON; must be `receive-report`.
    pub command: Value,
}

/// In whose name a command is given.
#[derive(Debug, Clone, Copy)]
pub enum Sender<'a> {
    /// A person who is signed in.
    Officer(&'a Officer),
    /// The system itself, for a job that no person started.
    System,
}

impl Sender<'_> {
    /// Who acts, as the domain sees them.
    fn actor(&self) -> Actor {
        match self {
            Self::Officer(officer) => officer.actor(),
            Self::System => Actor::system(),
        }
    }

    fn may_see(&self, case: &CaseState) -> bool {
        match self {
            Self::Officer(officer) => may_see(officer, case),
            Self::System => true,
        }
    }

    /// Whether the sender may give this command on the case at all. Who had a part in it that ended can
    /// still tell of new danger: that becomes a report, and shows them nothing.
    fn may_send(&self, case: &CaseState, command: &Value) -> bool {
        let tells = command["type"] == "receive-report";
        self.may_see(case) || (tells && self.had_a_part(case))
    }

    /// Whether everything that is recorded from now on concerns the sender, if only by the version.
    fn reads_on(&self, case: &CaseState) -> bool {
        match self {
            Self::Officer(officer) => {
                may_see(officer, case) && case.limit(viewer(officer)).is_none()
            }
            Self::System => true,
        }
    }

    fn had_a_part(&self, case: &CaseState) -> bool {
        match self {
            Self::Officer(officer) => !matches!(part_of(officer, case), Part::None),
            Self::System => true,
        }
    }

    /// The account, by which the same command of another person is another one.
    fn id(&self) -> Uuid {
        match self {
            Self::Officer(officer) => officer.id,
            Self::System => Uuid::nil(),
        }
    }
}

impl Application {
    /// Begins a case with a report.
    ///
    /// # Errors
    /// [`SendError`]; nothing was written.
    pub async fn open_case(&self, officer: &Officer, new: NewCase) -> Result<Sent, SendError> {
        let sender = Sender::Officer(officer);
        let fingerprint = fingerprint(&sender, None, &new.command);
        let command = Command::from_json(new.command).map_err(SendError::Field)?;
        if command.name() != "receive-report" {
            let field = domain::case::FieldError::new("/type", "unknown-value");
            return Err(SendError::Field(field));
        }
        let id = CommandId {
            id: new.command_id,
            fingerprint,
        };
        if let Some(sent) = self.sent_before(id).await? {
            return Ok(sent);
        }
        let actor = sender.actor();
        let now = self.now();
        let context = Context::new(now, &actor, &self.procedure, &self.calendar);
        let decided = decide(None, &command, &context).map_err(rejected)?;
        let stream = StreamId::new(CASE, self.ids.next());
        self.append(stream, ExpectedVersion::NoStream, decided, now, actor, id)
            .await
    }

    /// Carries out a command on the case `case_id` that the sender knows at `expected_version`
    /// (none: however it stands).
    ///
    /// # Errors
    /// [`SendError`]; nothing was written.
    pub async fn send(
        &self,
        officer: &Officer,
        case_id: Uuid,
        command_id: Uuid,
        expected_version: Option<i64>,
        command: Value,
    ) -> Result<Sent, SendError> {
        let sender = Sender::Officer(officer);
        self.send_as(&sender, case_id, command_id, expected_version, command)
            .await
    }

    /// The same in the name of `sender`.
    ///
    /// # Errors
    /// [`SendError`]; nothing was written.
    pub async fn send_as(
        &self,
        sender: &Sender<'_>,
        case_id: Uuid,
        command_id: Uuid,
        expected_version: Option<i64>,
        command: Value,
    ) -> Result<Sent, SendError> {
        let fingerprint = fingerprint(sender, Some(case_id), &command);
        let case = projections::load_case(&self.store, case_id)
            .await
            .map_err(load_error)?;
        let case = case.ok_or(SendError::NotFound)?;
        let id = CommandId {
            id: command_id,
            fingerprint,
        };
        let unseen = self.adds_unseen(sender, case_id, &case, &command).await;
        let may_send = |state| unseen || sender.may_send(state, &command);
        if !case.state().is_some_and(may_send) {
            return match self.sent_before(id).await {
                Ok(Some(sent)) => Ok(sent),
                Ok(None) | Err(SendError::CommandReused) => {
                    let gone = self.gone(sender, case_id, &case, expected_version, &command);
                    Err(gone.await)
                }
                Err(error) => Err(error),
            };
        }
        let sent = command.clone();
        if let Some(sent) = self.sent_before(id).await? {
            return Ok(sent.of_own(unseen));
        }
        let command = match sender {
            Sender::Officer(officer) => self.split(officer, &case, &sent).await?,
            Sender::System => None,
        };
        let command = command.unwrap_or_else(|| sent.clone());
        let command = Command::from_json(command).map_err(SendError::Field)?;
        let version = case.state().map_or(0, |state| state.version);
        // Who adds a report unseen is told of nothing that changed.
        if let Some(expected) = expected_version.filter(|expected| *expected != version && !unseen)
        {
            conflict(sender, &case, expected)?;
        }
        let actor = sender.actor();
        let now = self.now();
        let context = Context::new(now, &actor, &self.procedure, &self.calendar);
        let view = CaseView::of(&case);
        let decided = decide(view, &command, &context).map_err(rejected)?;
        if let Sender::Officer(officer) = sender {
            self.check_references(officer, case_id, &sent).await?;
        }
        let stream = StreamId::new(CASE, case_id);
        let known = ExpectedVersion::Exact(version);
        match self.append(stream, known, decided, now, actor, id).await {
            // Somebody wrote between our reading and our writing.
            Err(SendError::Conflict { .. }) => {
                let case = projections::load_case(&self.store, case_id)
                    .await
                    .map_err(load_error)?;
                let case = case.ok_or(SendError::NotFound)?;
                let expected = expected_version.unwrap_or(version);
                let may_send = |state| unseen || sender.may_send(state, &sent);
                if !case.state().is_some_and(may_send) {
                    let known = Some(expected);
                    return Err(self.gone(sender, case_id, &case, known, &sent).await);
                }
                if !unseen {
                    conflict(sender, &case, expected)?;
                }
                // Nothing has changed that they see: it is decided on the case as it is now.
                Box::pin(self.send_as(sender, case_id, command_id, expected_version, sent)).await
            }
            other => other.map(|sent| sent.of_own(unseen)),
        }
    }

    /// Whether the sender has no part in the case and adds a report to it that is likely about its child.
    async fn adds_unseen(
        &self,
        sender: &Sender<'_>,
        id: Uuid,
        case: &Case,
        command: &Value,
    ) -> bool {
        match (sender, case.state()) {
            (Sender::Officer(officer), Some(state)) if !sender.may_send(state, command) => {
                self.hinted(officer, id, command).await
            }
            _ => false,
        }
    }

    /// What to say of a case that the sender does not see.
    async fn gone(
        &self,
        sender: &Sender<'_>,
        case_id: Uuid,
        case: &Case,
        expected: Option<i64>,
        command: &Value,
    ) -> SendError {
        match sender {
            Sender::Officer(officer) => {
                self.out_of_it(officer, case_id, case, expected, command)
                    .await
            }
            Sender::System => SendError::NotFound,
        }
    }

    /// What the same command did when it was sent before.
    pub(super) async fn sent_before(&self, id: CommandId) -> Result<Option<Sent>, SendError> {
        let found = self.store.find_command(id.id).await.map_err(read_error)?;
        match found {
            None => Ok(None),
            Some(record) if record.fingerprint != id.fingerprint => Err(SendError::CommandReused),
            Some(record) => self.answer(record.appended).await.map(Some),
        }
    }

    pub(super) async fn append(
        &self,
        stream: StreamId,
        expected: ExpectedVersion,
        decided: Vec<Decided>,
        now: Instant,
        actor: Actor,
        command: CommandId,
    ) -> Result<Sent, SendError> {
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
                actor: super::stored(&actor),
                correlation_id: stream.id,
                causation_id: None,
                facts: encoded.facts,
                personal: encoded.personal,
            });
        }
        let appended = self
            .store
            .append(stream, expected, events, command)
            .await
            .map_err(append_error)?;
        if !self
            .projections
            .wait_for(appended.position, READ_MODELS_WITHIN)
            .await
        {
            tracing::warn!(position = appended.position, "the read models are behind");
        }
        self.answer(appended).await
    }

    async fn answer(&self, appended: Appended) -> Result<Sent, SendError> {
        let events = self
            .store
            .load_stream(appended.stream)
            .await
            .map_err(read_error)?;
        let written = appended.first_version..=appended.version;
        Ok(Sent {
            case_id: appended.stream.id,
            version: appended.version,
            position: appended.position,
            events: events
                .iter()
                .filter(|event| written.contains(&event.version))
                .map(|event| event.event_type.to_string())
                .collect(),
        })
    }
}

/// SHA-256 over who asks for what on which case. Members of JSON objects are in a fixed order, so
/// that the same command written in another order is the same.
fn fingerprint(sender: &Sender<'_>, case: Option<Uuid>, command: &Value) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(sender.id().as_bytes());
    hash.update(case.unwrap_or_default().as_bytes());
    hash.update(command.to_string().as_bytes());
    hash.finalize().into()
}

pub(super) fn rejected(rejection: domain::case::Rejection) -> SendError {
    SendError::Rejected(Box::new(rejection))
}

/// What was recorded since the version that was expected, as far as the sender may see it. For those who
/// only read what stood there until their part ended nothing else has changed.
fn conflict(sender: &Sender<'_>, case: &Case, expected: i64) -> Result<(), SendError> {
    let state = case.state().ok_or(SendError::NotFound)?;
    let history = case.history();
    let since: Vec<_> = history
        .iter()
        .filter(|event| event.version > expected)
        .filter_map(|event| match sender {
            Sender::Officer(officer) => viewer(officer).event(state, event, history),
            Sender::System => Some(event.clone()),
        })
        .collect();
    if since.is_empty() && !sender.reads_on(state) {
        return Ok(());
    }
    Err(SendError::Conflict {
        version: match since.last() {
            Some(last) if !sender.reads_on(state) => last.version,
            _ => state.version,
        },
        since,
    })
}

pub(super) fn load_error(error: projections::LoadError) -> SendError {
    if error.is_unavailable() {
        SendError::NotReady(error.into())
    } else {
        SendError::Internal(error.into())
    }
}

pub(super) fn read_error(error: eventstore::ReadError) -> SendError {
    if matches!(error, eventstore::ReadError::Unavailable(_)) {
        SendError::NotReady(error.into())
    } else {
        SendError::Internal(error.into())
    }
}

pub(super) fn append_error(error: AppendError) -> SendError {
    match error {
        AppendError::VersionConflict { actual, .. } => SendError::Conflict {
            version: actual,
            since: Vec::new(),
        },
        AppendError::CommandReused => SendError::CommandReused,
        AppendError::Unavailable(_) | AppendError::Closed => SendError::NotReady(error.into()),
        AppendError::EventExists | AppendError::Invalid(_) => SendError::Internal(error.into()),
    }
}
