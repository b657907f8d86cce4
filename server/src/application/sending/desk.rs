//! What is a subject's own in sending a command to it.

use domain::command::FieldError;
use domain::log::{Recorded, Subject};
use domain::time::Instant;
use eventstore::{Appended, StreamId};
use serde::Serialize;

use super::{Decision, Order, SendError, Sender, Sent, Tools};

/// Who takes the commands of one subject. Whatever a desk does not say is the same for all: see the module.
pub(in crate::application) trait Desk<S: Subject>: Sync {
    /// What is asked for, as it is sent. What is written of it as JSON tells it from another command that
    /// came with the same id.
    type Asked: Serialize + Sync;

    /// The same, read.
    type Command: Send;

    /// What it works with.
    fn tools(&self) -> Tools<'_>;

    /// The time at which it decides.
    fn now(&self) -> Instant;

    /// Reads what is asked for.
    ///
    /// # Errors
    /// The field that is wrong.
    fn read(&self, asked: &Self::Asked) -> Result<Self::Command, FieldError>;

    /// Whether the command begins a stream.
    fn begins(&self, command: &Self::Command) -> bool;

    /// Loads what the command is decided on.
    fn load(
        &self,
        order: &Order<'_, Self::Asked>,
    ) -> impl Future<Output = Result<S, SendError<S>>> + Send {
        async {
            let found = self.tools().load(order.to).await?;
            found.ok_or(SendError::NotFound)
        }
    }

    /// Whether the sender may give this command at all: else there is no such subject for them.
    fn may_send(&self, order: &Order<'_, Self::Asked>, subject: &S) -> bool;

    /// Whether somebody who may not, adds to it all the same, unseen: they are told of nothing but that.
    fn adds_unseen(&self, _: &Order<'_, Self::Asked>, _: &S) -> impl Future<Output = bool> + Send {
        std::future::ready(false)
    }

    /// What they are told: not what else came of it.
    fn unseen(&self, sent: Sent<S>) -> Sent<S> {
        sent
    }

    /// Whether everything that is recorded from now on concerns the sender, if only by the version.
    fn reads_on(&self, sender: &Sender<'_>, subject: &S) -> bool;

    /// An event as the sender reads it, if they may.
    fn shows(
        &self,
        sender: &Sender<'_>,
        subject: &S,
        event: &Recorded<S::Event>,
    ) -> Option<Recorded<S::Event>>;

    /// What to say to a sender who may not give the command, of a subject that they knew at `expected`.
    fn gone(
        &self,
        _: &Order<'_, Self::Asked>,
        _expected: Option<i64>,
        _: &S,
    ) -> impl Future<Output = SendError<S>> + Send {
        std::future::ready(SendError::NotFound)
    }

    /// What the command comes to at `now`, on what was loaded. Pure but for other streams that it looks at.
    ///
    /// # Errors
    /// [`SendError`]; most often why it is refused.
    fn decide(
        &self,
        order: &Order<'_, Self::Asked>,
        subject: &S,
        command: Self::Command,
        now: Instant,
    ) -> impl Future<Output = Result<Decision<S::Event>, SendError<S>>> + Send;

    /// What is waited for before the answer: that whoever looks next sees what was written. `subject` is as
    /// it stands after it.
    ///
    /// # Errors
    /// Where the answer cannot be given: what was written stays.
    fn settle(
        &self,
        written: &[Appended],
        subject: &S,
    ) -> impl Future<Output = Result<(), SendError<S>>> + Send;

    /// Whether the sender may know how far a stream is that they did not name.
    fn may_know(
        &self,
        sender: &Sender<'_>,
        _: StreamId,
    ) -> impl Future<Output = Result<bool, SendError<S>>> + Send {
        std::future::ready(Ok(sender.is_system()))
    }
}
