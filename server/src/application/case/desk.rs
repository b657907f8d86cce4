//! The desk of the case: who may send it a command, what the command comes to, and what it looks at in
//! other cases. All else about sending is the same for every subject.

use std::time::Duration;

use domain::case::{
    Case, CaseState, CaseView, Command, Context, Event, FieldError, Part, Recorded, decide,
};
use domain::time::Instant;
use eventstore::{Appended, StreamId};
use serde_json::Value;
use uuid::Uuid;

use crate::access::Officer;
use crate::application::sending::{Decision, Desk, Order, Tools, begin, send};
use crate::application::{Application, SendError, Sender, Sent, may_see, part_of, viewer};

/// How long an answer waits for the read models. They follow within milliseconds; where they do
/// not, the command is carried out all the same and lists show it a little later.
const READ_MODELS_WITHIN: Duration = Duration::from_secs(3);

/// A command that begins a case.
#[derive(Debug, Clone)]
pub struct NewCase {
    /// Chosen by the sender, so that sending twice is harmless.
    pub command_id: Uuid,
    /// The command as JSON; must be `receive-report`.
    pub command: Value,
}

impl Application {
    /// Begins a case with a report.
    ///
    /// # Errors
    /// [`SendError`]; nothing was written.
    pub async fn open_case(
        &self,
        officer: &Officer,
        new: NewCase,
    ) -> Result<Sent<Case>, SendError<Case>> {
        let sender = Sender::Officer(officer);
        begin(self, &sender, new.command_id, &new.command).await
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
    ) -> Result<Sent<Case>, SendError<Case>> {
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
    ) -> Result<Sent<Case>, SendError<Case>> {
        let order = Order {
            sender,
            id: command_id,
            to: case_id,
            expected: expected_version,
            asked: &command,
        };
        send(self, &order, None).await
    }

    /// Carries out a command on the case as another command of the same officer left it a moment ago.
    ///
    /// # Errors
    /// [`SendError`]; nothing was written.
    pub async fn send_after(
        &self,
        officer: &Officer,
        sent: Sent<Case>,
        command_id: Uuid,
        command: Value,
    ) -> Result<Sent<Case>, SendError<Case>> {
        let order = Order {
            sender: &Sender::Officer(officer),
            id: command_id,
            to: sent.id,
            expected: None,
            asked: &command,
        };
        send(self, &order, Some(sent.subject)).await
    }
}

impl Desk<Case> for Application {
    type Asked = Value;

    type Command = Command;

    fn tools(&self) -> Tools<'_> {
        Self::tools(self)
    }

    fn now(&self) -> Instant {
        Self::now(self)
    }

    fn read(&self, asked: &Value) -> Result<Command, FieldError> {
        Command::from_json(asked.clone())
    }

    fn begins(&self, command: &Command) -> bool {
        command.name() == "receive-report"
    }

    fn may_send(&self, order: &Order<'_, Value>, case: &Case) -> bool {
        let sends = |state| may_send(order.sender, state, order.asked);
        case.state().is_some_and(sends)
    }

    /// A report that is likely about its child, by somebody without a part in the case.
    async fn adds_unseen(&self, order: &Order<'_, Value>, _: &Case) -> bool {
        match order.sender {
            Sender::Officer(officer) => self.hinted(officer, order.to, order.asked).await,
            Sender::System => false,
        }
    }

    fn unseen(&self, sent: Sent<Case>) -> Sent<Case> {
        own_report(sent)
    }

    fn reads_on(&self, sender: &Sender<'_>, case: &Case) -> bool {
        case.state().is_some_and(|state| reads_on(sender, state))
    }

    fn shows(&self, sender: &Sender<'_>, case: &Case, event: &Recorded) -> Option<Recorded> {
        match sender {
            Sender::Officer(officer) => {
                let state = case.state()?;
                viewer(&state.units, officer).event(state, event, case.history())
            }
            Sender::System => Some(event.clone()),
        }
    }

    async fn gone(
        &self,
        order: &Order<'_, Value>,
        expected: Option<i64>,
        case: &Case,
    ) -> SendError<Case> {
        match order.sender {
            Sender::Officer(officer) => {
                self.out_of_it(officer, order.to, case, expected, order.asked)
                    .await
            }
            Sender::System => SendError::NotFound,
        }
    }

    async fn decide(
        &self,
        order: &Order<'_, Value>,
        case: &Case,
        mut command: Command,
        now: Instant,
    ) -> Result<Decision<Event>, SendError<Case>> {
        let actor = order.sender.actor();
        let context = Context {
            other_case_alike: self.other_case_alike(case, order.asked).await?,
            ..Context::new(now, &actor, &self.procedure, &self.calendar)
        };
        let (mut before, mut beside) = (Vec::new(), Vec::new());
        if let Sender::Officer(_) = order.sender
            && let Some(split) = self.split(case, order.asked, &context).await?
        {
            command = split.answer;
            before.extend(split.begins);
        }
        let own = decide(CaseView::of(case), &command, &context)?;
        if let Sender::Officer(officer) = order.sender {
            let named = self.check_references(officer, order.to, order.asked);
            beside.extend(named.await?);
            let named = self.check_corrected(officer, order.to, case, &own);
            beside.extend(named.await?);
        }
        Ok(Decision {
            before,
            beside,
            ..Decision::of(own)
        })
    }

    async fn settle(&self, written: &[Appended], _: &Case) -> Result<(), SendError<Case>> {
        let last = written.last().map_or(0, |part| part.position);
        if !self.projections.wait_for(last, READ_MODELS_WITHIN).await {
            tracing::warn!(position = last, "the read models are behind");
        }
        Ok(())
    }

    async fn may_know(
        &self,
        sender: &Sender<'_>,
        stream: StreamId,
    ) -> Result<bool, SendError<Case>> {
        Ok(self.may_follow(sender, stream).await?)
    }
}

/// Whether the sender may give this command on the case at all. Who had a part in it that ended can
/// still tell of new danger, which becomes a report, and of a measure that they took; it shows them nothing.
fn may_send(sender: &Sender<'_>, case: &CaseState, command: &Value) -> bool {
    let Sender::Officer(officer) = sender else {
        return true;
    };
    let tells = ["receive-report", "apply-emergency-measure"]
        .iter()
        .any(|tells| command["type"] == *tells);
    may_see(officer, case) || (tells && !matches!(part_of(officer, case), Part::None))
}

fn reads_on(sender: &Sender<'_>, case: &CaseState) -> bool {
    match sender {
        Sender::Officer(officer) => {
            may_see(officer, case) && case.limit(viewer(&case.units, officer)).is_none()
        }
        Sender::System => true,
    }
}

/// What somebody is told who adds a report to a case that they do not see: that it stands there, and at
/// which version it does; not what else came of it.
fn own_report<S>(mut sent: Sent<S>) -> Sent<S> {
    let own = |event: &String| event == "ReportReceived";
    let Some(place) = sent.events.iter().rposition(own) else {
        return sent;
    };
    let since = sent.events.len().saturating_sub(place + 1);
    let since = i64::try_from(since).unwrap_or_default();
    sent.version -= since;
    sent.position -= since;
    for stream in &mut sent.streams {
        if stream.id == sent.id {
            stream.version = sent.version;
        }
    }
    sent.events.retain(own);
    sent
}

#[cfg(test)]
mod tests {
    use projections::CASE;

    use super::*;
    use crate::application::StreamVersion;

    #[test]
    fn who_adds_a_report_unseen_is_told_the_version_of_that_report() {
        let id = Uuid::from_u128(1);
        let sent = Sent {
            id,
            version: 9,
            position: 109,
            events: vec!["ReportReceived".to_owned(), "CaseReopened".to_owned()],
            streams: vec![StreamVersion::new(StreamId::new(CASE, id), 9)],
            subject: (),
        };
        let own = own_report(sent.clone());
        assert_eq!((own.version, own.position), (8, 108));
        assert_eq!(own.events, ["ReportReceived"]);
        assert_eq!(own.streams[0].version, 8);
        let without = Sent {
            events: vec!["NoteAdded".to_owned()],
            ..sent
        };
        assert_eq!(own_report(without.clone()), without);
    }
}
