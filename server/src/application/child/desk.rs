//! The desk of the child: who may send a record a command, what the command comes to in it and in the other record that
//! it names.

use std::time::Duration;

use domain::child::{Child, Command, Context, Event, Recorded, Sees, decide, mirrored, sees};
use domain::command::FieldError;
use domain::time::Instant;
use eventstore::{Appended, StreamId};
use serde_json::Value;
use uuid::Uuid;

use crate::access::Officer;
use crate::application::sending::{Decision, Desk, Order, Tools, begin, send};
use crate::application::{Application, SendError, Sender, Sent, viewer};

/// How long an answer waits for the read models.
const READ_MODELS_WITHIN: Duration = Duration::from_secs(3);

/// A command that begins the record of a child.
#[derive(Debug, Clone)]
pub struct NewChild {
    /// Chosen by the sender, so that sending twice is harmless.
    pub command_id: Uuid,
    /// The command as JSON; must be `register-child`.
    pub command: Value,
}

impl Application {
    /// Begins the record of a child.
    ///
    /// # Errors
    /// [`SendError`]; nothing was written.
    pub async fn register_child(
        &self,
        officer: &Officer,
        new: NewChild,
    ) -> Result<Sent<Child>, SendError<Child>> {
        let sender = Sender::Officer(officer);
        begin(self, &sender, new.command_id, &new.command).await
    }

    /// Carries out a command on the record `child` that the sender knows at `expected_version` (none: however it stands).
    ///
    /// # Errors
    /// [`SendError`]; nothing was written.
    pub async fn send_to_child(
        &self,
        officer: &Officer,
        child: Uuid,
        command_id: Uuid,
        expected_version: Option<i64>,
        command: Value,
    ) -> Result<Sent<Child>, SendError<Child>> {
        let order = Order {
            sender: &Sender::Officer(officer),
            id: command_id,
            to: child,
            expected: expected_version,
            asked: &command,
        };
        send(self, &order, None).await
    }

    /// What the sender sees of a record.
    fn sees_child(&self, sender: &Sender<'_>, child: &Child) -> Option<Sees> {
        let record = child.record()?;
        match sender {
            Sender::Officer(officer) => sees(
                record,
                &viewer(self.units(), officer),
                Self::now(self).date(),
            ),
            Sender::System => Some(Sees::All),
        }
    }
}

impl Desk<Child> for Application {
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
        command.begins()
    }

    fn may_send(&self, order: &Order<'_, Value>, child: &Child) -> bool {
        self.sees_child(order.sender, child).is_some()
    }

    fn reads_on(&self, sender: &Sender<'_>, child: &Child) -> bool {
        self.sees_child(sender, child).is_some()
    }

    fn shows(&self, sender: &Sender<'_>, child: &Child, event: &Recorded) -> Option<Recorded> {
        self.sees_child(sender, child)?.event(event)
    }

    async fn decide(
        &self,
        order: &Order<'_, Value>,
        child: &Child,
        command: Command,
        now: Instant,
    ) -> Result<Decision<Event>, SendError<Child>> {
        let actor = order.sender.actor();
        let other = match command.other().filter(|other| *other != order.to) {
            Some(other) => Self::tools(self).load::<Child>(other).await?,
            None => None,
        };
        let context = Context {
            other: other.as_ref(),
            ..Context::new(now, &actor, self.units())
        };
        let mut own = decide(Some(child), &command, &context)?;
        let mut beside = Vec::new();
        if let Some(other) = &other {
            let told = own.iter().filter_map(|one| mirrored(&one.event, order.to));
            for (_, event) in told {
                beside.push(self.part_of_child(other, event, order.sender, now)?);
            }
        }
        beside.extend(
            self.notice_alike(child, &mut own, order.sender, now)
                .await?,
        );
        Ok(Decision {
            beside,
            ..Decision::of(own)
        })
    }

    async fn settle(&self, written: &[Appended], _: &Child) -> Result<(), SendError<Child>> {
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
    ) -> Result<bool, SendError<Child>> {
        Ok(self.may_follow(sender, stream).await?)
    }
}
