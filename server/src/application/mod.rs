//! What a page and an API route both do: load, decide, append, wait, answer. Pages and routes only
//! translate.

mod calendar;
mod case;
mod child;
pub(crate) mod envelope;
mod finding;
mod following;
pub(crate) mod journal;
mod posts;
mod readings;
mod sending;

use std::sync::Arc;

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::unit::Units;
use eventstore::EventStore;
use projections::Projections;

pub use calendar::Adopted;
pub use case::{
    Alike, Carried, CaseFile, CaseRead, DueRow, EndedPart, How, NewCase, PlaceOfReceipt, Questions,
    SameChild, SuccessionError, SuccessionPlan, acts_on_cases, child_of, may_see, part_of, sight,
    viewer, work_of,
};
pub use child::{AlikeRecord, ChildFile, NewChild, reads_register, within};
pub use finding::{AsOf, FindError};
pub use journal::JournalError;
pub use posts::{HistoryLine, NewDeputy, PostBook, PostError, looks_after, names_deputies};
pub use readings::{AGAIN_AFTER, Readings};
use sending::Tools;
pub use sending::{OfferEnded, SendError, Sender, Sent, StreamVersion};

use crate::clock::Clock;
use crate::ids::Ids;
use crate::rules::Rules;

/// The log, its read models, the law and the calendar, with the clock and the source of ids that
/// are handed in. Cloning is cheap.
#[derive(Clone)]
pub struct Application {
    /// The log.
    pub store: EventStore,
    /// The read models.
    pub projections: Projections,
    /// The procedure in force.
    pub procedure: Arc<Procedure>,
    /// The calendar of working days.
    pub calendar: Arc<Calendar>,
    /// The file that it was read from.
    pub calendar_text: Arc<str>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where new ids come from.
    pub ids: Arc<dyn Ids>,
    /// Readings of cases that are being recorded.
    pub readings: Arc<Readings>,
    /// Who asked how often for cases of the same child.
    pub questions: Arc<Questions>,
}

impl std::fmt::Debug for Application {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Application")
            .field("procedure", &self.procedure.id)
            .finish_non_exhaustive()
    }
}

impl Application {
    /// Opens the log in `database` and begins to keep its read models. Must be called within a
    /// runtime, after the migrations.
    #[must_use]
    pub fn start(
        database: eventstore::Database,
        rules: Rules,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Self {
        let store = EventStore::open(database);
        let Rules {
            procedure,
            calendar,
            calendar_text,
        } = rules;
        let projections =
            Projections::start(store.clone(), Arc::clone(&procedure), Arc::clone(&calendar));
        Self {
            store,
            projections,
            procedure,
            calendar,
            calendar_text,
            clock,
            ids,
            readings: Arc::default(),
            questions: Arc::default(),
        }
    }

    /// Finishes what was accepted and stops.
    pub async fn close(&self) {
        self.readings.finish().await;
        self.store.close().await;
        self.projections.close().await;
    }

    /// The administrative units that it works with: those that its procedure is about.
    #[must_use]
    pub fn units(&self) -> &Arc<Units> {
        &self.procedure.units
    }

    /// The posts of officers.
    #[must_use]
    pub fn posts(&self) -> PostBook<'_> {
        PostBook::new(&self.store, &*self.ids, self.units(), self.clock.now())
    }

    /// What every desk works with.
    fn tools(&self) -> Tools<'_> {
        Tools {
            store: &self.store,
            ids: &*self.ids,
            units: self.units(),
        }
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> domain::time::Instant {
        domain::time::Instant::new(self.clock.now())
    }
}
