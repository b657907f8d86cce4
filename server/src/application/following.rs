//! Who may follow which stream: asked where a command reached further than the stream that it names. Nobody
//! is told of a stream that they may not follow.

use domain::case::Case;
use domain::child::Child;
use domain::log::Subject;
use eventstore::StreamId;
use projections::{CASE, CHILD, LoadError};
use uuid::Uuid;

use super::sending::Desk;
use super::{Application, Sender};

impl Application {
    /// Whether the sender may know how far a stream is that they did not name. Each subject that people follow
    /// stands here with its kind; the others are the system's.
    ///
    /// # Errors
    /// [`LoadError`].
    pub(super) async fn may_follow(
        &self,
        sender: &Sender<'_>,
        stream: StreamId,
    ) -> Result<bool, LoadError> {
        match stream.kind {
            CASE => self.reads_on_in::<Case>(sender, stream.id).await,
            CHILD => self.reads_on_in::<Child>(sender, stream.id).await,
            _ => Ok(sender.is_system()),
        }
    }

    async fn reads_on_in<S: Subject>(
        &self,
        sender: &Sender<'_>,
        id: Uuid,
    ) -> Result<bool, LoadError>
    where
        Self: Desk<S>,
    {
        let found: Option<S> = Self::tools(self).load(id).await?;
        Ok(found.is_some_and(|subject| Desk::<S>::reads_on(self, sender, &subject)))
    }
}
