//! What a subject is: one kind of stream, its events, and what follows from the events of one stream.

use std::fmt::Debug;
use std::sync::Arc;

use uuid::Uuid;

use super::{Recorded, Stored};
use crate::unit::Units;

/// A subject. A value of it is one stream, folded: what is known of one case, of the posts of one officer.
///
/// Whoever reads streams (`load`, read models) knows no more of a subject than this.
pub trait Subject: Sized + Debug + Send + Sync + 'static {
    /// The stored name of the kind of its streams.
    const KIND: &'static str;

    /// What happens in them.
    type Event: Stored + Send + Sync;

    /// The stream of that id before anything happened in it, to be read with these units.
    #[must_use]
    fn begin(id: Uuid, units: &Arc<Units>) -> Self;

    /// The same after one more event.
    #[must_use]
    fn evolve(self, recorded: Recorded<Self::Event>) -> Self;

    /// How many events it was folded from: the version of the stream.
    #[must_use]
    fn events(&self) -> usize;

    /// Every event as it was recorded, oldest first, where the subject keeps them; else none.
    #[must_use]
    fn history(&self) -> &[Recorded<Self::Event>] {
        &[]
    }

    /// Folds a whole history, oldest first.
    #[must_use]
    fn fold(id: Uuid, history: Vec<Recorded<Self::Event>>, units: &Arc<Units>) -> Self {
        history
            .into_iter()
            .fold(Self::begin(id, units), Self::evolve)
    }
}
