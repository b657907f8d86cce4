//! A command on its way to a stream.

use domain::log::Subject;
use eventstore::{CommandId, StreamId};
use projections::kind_of;
use serde::Serialize;
use uuid::Uuid;

use super::Sender;
use super::fingerprint::fingerprint;

/// A command that is sent to a stream.
#[derive(Debug)]
pub(in crate::application) struct Order<'a, A> {
    /// Who sends it.
    pub sender: &'a Sender<'a>,
    /// Chosen by the sender, so that sending twice is harmless.
    pub id: Uuid,
    /// The stream.
    pub to: Uuid,
    /// The version that the sender knows; none: however it stands.
    pub expected: Option<i64>,
    /// What is asked for, as it was sent.
    pub asked: &'a A,
}

impl<A: Serialize> Order<'_, A> {
    /// What the log knows the command by.
    ///
    /// # Errors
    /// What cannot be written as JSON.
    pub(super) fn command<S: Subject>(&self) -> Result<CommandId, serde_json::Error> {
        Ok(CommandId {
            id: self.id,
            fingerprint: fingerprint::<S>(self.sender, Some(self.to), self.asked)?,
        })
    }
}

impl<A> Order<'_, A> {
    /// The stream that it is sent to.
    pub(super) const fn stream<S: Subject>(&self) -> StreamId {
        StreamId::new(kind_of::<S>(), self.to)
    }
}
