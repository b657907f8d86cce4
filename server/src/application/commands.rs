//! Sending a command: read it, decide it on the case as it stands, append what follows, and wait
//! until the read models show it. The actor comes from the session, never from the request.
//!
//! A command loads the stream of its case once: on what was folded then it is decided, answered and, where
//! others were quicker, shown again. It is loaded again only where somebody wrote between reading and
//! writing, so that it is decided anew; where the same command is sent twice at the same moment; and by a
//! second command of the same post, which passes a new report on. Another stream is loaded once to decide
//! and once to ask whether the sender may know of it.

use domain::case::{Case, CaseState, CaseView, Command, Context, Part, decide};
use domain::identity::Actor;
use eventstore::{AppendError, CommandId, ExpectedVersion, StreamId};
use projections::CASE;
use serde_json::Value;
use uuid::Uuid;

use super::fingerprint::fingerprint;
use super::sent::{DecidedPart, Sent, StreamVersion, Written};
use super::{Application, SendError, may_see, part_of, viewer};
use crate::access::Officer;

/// So often is a command decided anew because somebody wrote to a stream that the sender did not name.
const DECIDED_ANEW: usize = 3;

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
    pub(super) fn actor(&self) -> Actor {
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
    /// still tell of new danger, which becomes a report, and of a measure that they took; it shows them nothing.
    fn may_send(&self, case: &CaseState, command: &Value) -> bool {
        let tells = ["receive-report", "apply-emergency-measure"]
            .iter()
            .any(|tells| command["type"] == *tells);
        self.may_see(case) || (tells && self.had_a_part(case))
    }

    /// Whether everything that is recorded from now on concerns the sender, if only by the version.
    pub(super) fn reads_on(&self, case: &CaseState) -> bool {
        match self {
            Self::Officer(officer) => {
                may_see(officer, case) && case.limit(viewer(&case.units, officer)).is_none()
            }
            Self::System => true,
        }
    }

    pub(super) const fn is_system(&self) -> bool {
        matches!(self, Self::System)
    }

    fn had_a_part(&self, case: &CaseState) -> bool {
        match self {
            Self::Officer(officer) => !matches!(part_of(officer, case), Part::None),
            Self::System => true,
        }
    }

    /// The account, by which the same command of another person is another one.
    pub(super) fn id(&self) -> Uuid {
        match self {
            Self::Officer(officer) => officer.id,
            Self::System => Uuid::nil(),
        }
    }
}

/// A command as it was asked for.
struct Asked {
    id: CommandId,
    case: StreamId,
    expected: Option<i64>,
    command: Value,
}

/// What came of deciding and appending once.
enum Attempt {
    Sent(Sent),
    /// Somebody wrote to the case, and nothing that the sender sees.
    Again,
    /// Somebody wrote to another stream that it was decided on; the case had that version.
    Elsewhere {
        version: i64,
        other: StreamVersion,
    },
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
        if let Some(sent) = self.sent_before(&sender, id, None, None).await? {
            return Ok(sent);
        }
        let actor = sender.actor();
        let now = self.now();
        let context = Context::new(now, &actor, &self.procedure, &self.calendar);
        let begins = DecidedPart {
            stream: StreamId::new(CASE, self.ids.next()),
            expected: ExpectedVersion::NoStream,
            events: decide(None, &command, &context).map_err(rejected)?,
        };
        match self.write(&sender, id, None, vec![begins], now).await? {
            Written::Sent(sent) => Ok(sent),
            Written::Overtaken(stream) => Err(elsewhere(stream.version, vec![])),
        }
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
        let asked = Asked {
            id: CommandId {
                id: command_id,
                fingerprint: fingerprint(sender, Some(case_id), &command),
            },
            case: StreamId::new(CASE, case_id),
            expected: expected_version,
            command,
        };
        let mut anew = 0;
        loop {
            match self.send_once(sender, &asked).await? {
                Attempt::Sent(sent) => return Ok(sent),
                // Nothing has changed that they see: it is decided on the case as it is now.
                Attempt::Again => {}
                Attempt::Elsewhere { .. } if anew < DECIDED_ANEW => anew += 1,
                Attempt::Elsewhere { version, other } => {
                    let other_stream = StreamId::new(other.kind, other.id);
                    let known = self.may_know(sender, other_stream).await?;
                    let others = known.then_some(other).into_iter().collect();
                    return Err(elsewhere(expected_version.unwrap_or(version), others));
                }
            }
        }
    }

    /// Decides on the case as it stands now, and appends.
    async fn send_once(&self, sender: &Sender<'_>, asked: &Asked) -> Result<Attempt, SendError> {
        let Asked { id, case, .. } = *asked;
        let (case_id, addressed) = (case.id, Some(case));
        let case = self.loaded(case_id).await?;
        let unseen = self
            .adds_unseen(sender, case_id, &case, &asked.command)
            .await;
        let may_send = |state| unseen || sender.may_send(state, &asked.command);
        if !case.state().is_some_and(may_send) {
            return match self.sent_before(sender, id, addressed, Some(&case)).await {
                Ok(Some(sent)) => Ok(Attempt::Sent(sent)),
                Ok(None) | Err(SendError::CommandReused) => {
                    let gone = self.gone(sender, case_id, &case, asked.expected, &asked.command);
                    Err(gone.await)
                }
                Err(error) => Err(error),
            };
        }
        if let Some(sent) = self.sent_before(sender, id, addressed, Some(&case)).await? {
            return Ok(Attempt::Sent(sent.of_own(unseen)));
        }
        let mut command = Command::from_json(asked.command.clone()).map_err(SendError::Field)?;
        let version = case.state().map_or(0, |state| state.version);
        // Who adds a report unseen is told of nothing that changed.
        if let Some(expected) = (asked.expected).filter(|known| *known != version && !unseen) {
            conflict(sender, &case, case_id, expected)?;
        }
        let actor = sender.actor();
        let now = self.now();
        let context = Context {
            other_case_alike: self.other_case_alike(&case, &asked.command).await?,
            ..Context::new(now, &actor, &self.procedure, &self.calendar)
        };
        let mut parts = Vec::with_capacity(1);
        if let Sender::Officer(_) = sender
            && let Some(split) = self.split(&case, &asked.command, &context).await?
        {
            command = split.answer;
            parts.extend(split.begins);
        }
        let events = decide(CaseView::of(&case), &command, &context).map_err(rejected)?;
        let mut looked_at = Vec::new();
        if let Sender::Officer(officer) = sender {
            let named = self.check_references(officer, case_id, &asked.command);
            looked_at.extend(named.await?);
            let named = self.check_corrected(officer, case_id, &case, &events);
            looked_at.extend(named.await?);
        }
        parts.push(DecidedPart {
            stream: StreamId::new(CASE, case_id),
            expected: ExpectedVersion::Exact(version),
            events,
        });
        parts.extend(looked_at);
        match self.write(sender, id, addressed, parts, now).await? {
            Written::Sent(sent) => Ok(Attempt::Sent(sent.of_own(unseen))),
            Written::Overtaken(other) if other.id != case_id || other.kind != CASE => {
                Ok(Attempt::Elsewhere { version, other })
            }
            // Somebody wrote between our reading and our writing.
            Written::Overtaken(_) => {
                let case = self.loaded(case_id).await?;
                let expected = asked.expected.unwrap_or(version);
                if !case.state().is_some_and(may_send) {
                    let gone = self.gone(sender, case_id, &case, Some(expected), &asked.command);
                    return Err(gone.await);
                }
                if !unseen {
                    conflict(sender, &case, case_id, expected)?;
                }
                Ok(Attempt::Again)
            }
        }
    }

    async fn loaded(&self, case: Uuid) -> Result<Case, SendError> {
        let found = projections::load_case(&self.store, case, self.units()).await;
        found.map_err(load_error)?.ok_or(SendError::NotFound)
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
}

pub(super) fn rejected(rejection: domain::case::Rejection) -> SendError {
    SendError::Rejected(Box::new(rejection))
}

/// What was recorded since the version that was expected, as far as the sender may see it. For those who
/// only read what stood there until their part ended nothing else has changed.
fn conflict(
    sender: &Sender<'_>,
    case: &Case,
    case_id: Uuid,
    expected: i64,
) -> Result<(), SendError> {
    let state = case.state().ok_or(SendError::NotFound)?;
    let history = case.history();
    let since: Vec<_> = history
        .iter()
        .filter(|event| event.version > expected)
        .filter_map(|event| match sender {
            Sender::Officer(officer) => viewer(&state.units, officer).event(state, event, history),
            Sender::System => Some(event.clone()),
        })
        .collect();
    if since.is_empty() && !sender.reads_on(state) {
        return Ok(());
    }
    let version = match since.last() {
        Some(last) if !sender.reads_on(state) => last.version,
        _ => state.version,
    };
    let own = StreamVersion::new(StreamId::new(CASE, case_id), version);
    Err(SendError::Conflict {
        version,
        since,
        streams: vec![own],
        found: Some(Box::new(case.clone())),
    })
}

/// Others wrote to streams that the sender did not name, again and again; `streams` are those of them that
/// they may know of.
fn elsewhere(version: i64, streams: Vec<StreamVersion>) -> SendError {
    SendError::Conflict {
        version,
        since: Vec::new(),
        streams,
        found: None,
    }
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
        AppendError::VersionConflict { actual, .. } => elsewhere(actual, Vec::new()),
        AppendError::CommandReused => SendError::CommandReused,
        AppendError::Unavailable(_) | AppendError::Closed => SendError::NotReady(error.into()),
        AppendError::EventExists | AppendError::Invalid(_) => SendError::Internal(error.into()),
    }
}
