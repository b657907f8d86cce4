//! What a read model is: a pure function from a folded stream of one kind to rows. The rest is the same
//! for all of them, whatever they are of, and stands elsewhere: which there are in `kinds`, folding in
//! `folding`, the checkpoint in `checkpoint`, following the log in `follow`, building anew in `build`.

use std::sync::Arc;

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::log::Subject;
use eventstore::{EventStore, StreamKind};
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::basis::basis;
use crate::models::Models;
use crate::table::{Row, Table};

/// A read model. To make a new one: a file with its tables that makes rows from a stream, one that asks, and
/// its place in `kinds`.
pub(crate) trait Model: Send + Sync + 'static {
    /// What it is of: one stream of that kind gives its rows, and no other has a part in them.
    type Subject: Shown;

    /// What keeps it has to know.
    fn about(&self) -> &'static About;

    /// The rows of one stream, for each of its tables. For a table that does not move as a whole: those
    /// that follow from the events behind the first `known` ones.
    fn rows(&self, folded: &<Self::Subject as Shown>::Folded<'_>) -> Vec<Vec<Row>>;
}

/// What is known of a read model by those that keep it.
#[derive(Debug)]
pub(crate) struct About {
    /// Its name: that of its checkpoint.
    pub name: &'static str,
    /// The kind of the streams that it is of.
    pub of: StreamKind,
    /// To be raised whenever other rows would be made from the same events, or its tables change.
    pub version: i64,
    /// The oldest version whose rows this program reads while it makes its own: to be raised where it would
    /// understand them wrongly, or miss some.
    pub reads_from: i64,
    /// Whether rows depend on procedure, calendar, standards and units, besides events and code.
    pub by_rules: bool,
    /// Its tables. The first column of each is the id of the stream.
    pub tables: &'static [Table],
}

/// A subject that there are read models of.
pub(crate) trait Shown: Subject {
    /// A stream as its read models see it: with whatever all of them need.
    type Folded<'a>;

    /// Hands a stream to `make`; none where there is nothing to show of it.
    fn show<T>(
        touched: &Touched<Self>,
        core: &Core,
        make: impl FnOnce(&Self::Folded<'_>) -> T,
    ) -> Option<T>;
}

/// A stream that a batch of events touched, as it is after the batch.
pub(crate) struct Touched<S> {
    pub id: Uuid,
    pub subject: S,
    /// How many of its events were there already.
    pub known: usize,
}

impl<S> Touched<S> {
    /// Whether what the event with that version of the stream changed is not shown yet.
    pub fn is_news(&self, version: i64) -> bool {
        usize::try_from(version).is_ok_and(|version| version > self.known)
    }
}

/// What all that keep read models share.
pub(crate) struct Core {
    pub store: EventStore,
    /// Where the read models stand.
    pub models: Models,
    pub procedure: Arc<Procedure>,
    pub calendar: Arc<Calendar>,
    /// What the rows that follow rules depend on besides events and code.
    pub basis: String,
    /// Work that goes on where nobody waits for it any more, until it sees that.
    pub threads: TaskTracker,
}

impl Core {
    pub fn new(store: EventStore, procedure: Arc<Procedure>, calendar: Arc<Calendar>) -> Self {
        let basis = basis(&procedure, &calendar, &procedure.units);
        Self {
            models: Models::of(store.clone()),
            store,
            procedure,
            calendar,
            basis,
            threads: TaskTracker::new(),
        }
    }

    /// What the rows of a read model depend on besides events and code.
    pub fn basis_of(&self, about: &About) -> &str {
        if about.by_rules { &self.basis } else { "" }
    }
}
