//! From a batch of events to the streams that it touches, folded exactly to the end of the batch, and to
//! their rows. Recently folded streams are kept, so that one more event costs one step and not a whole
//! stream.

use std::collections::HashMap;

use domain::log::Recorded;
use eventstore::RecordedEvent;
use futures::future::BoxFuture;
use hashlink::LruCache;
use uuid::Uuid;

use crate::kinds::{self, Of, Rows};
use crate::model::{About, Core, Shown, Touched};
use crate::recorded::{LoadError, kind_of, load_at, recorded};
use crate::table::Writing;

/// The most events that the kept streams of one kind hold together; it bounds the memory.
const MOST_EVENTS: usize = 8_000;

/// Every kind of stream, followed.
pub(crate) struct Folding(Vec<Box<dyn Follow>>);

impl Folding {
    pub fn new() -> Self {
        Self(kinds::follow())
    }

    /// What is to be written of `batch`, which holds consecutive positions: for each of `members`, for
    /// each of its tables.
    pub async fn writings(
        &mut self,
        core: &Core,
        members: &[&'static About],
        batch: &[RecordedEvent],
    ) -> Result<Vec<Vec<Writing>>, LoadError> {
        let tables = members.iter().map(|about| about.tables.iter());
        let mut all: Vec<Vec<Writing>> = tables
            .map(|tables| tables.map(Writing::begin).collect())
            .collect();
        for kind in &mut self.0 {
            for Rows { id, known, of } in kind.news(core, members, batch).await? {
                for (place, rows) in of {
                    for (writing, rows) in all[place].iter_mut().zip(rows) {
                        writing.add(id, known, &rows);
                    }
                }
            }
        }
        for writing in all.iter_mut().flatten() {
            writing.end();
        }
        Ok(all)
    }

    /// Keeps the streams of the last batch for the next.
    pub fn keep(&mut self) {
        for kind in &mut self.0 {
            kind.keep();
        }
    }
}

/// One kind of stream, followed.
pub(crate) trait Follow: Send + Sync {
    /// The rows of the streams of its kind that `batch` touches, as they are after its last event.
    fn news<'a>(
        &'a mut self,
        core: &'a Core,
        members: &'a [&'static About],
        batch: &'a [RecordedEvent],
    ) -> BoxFuture<'a, Result<Vec<Rows>, LoadError>>;

    /// Keeps the streams of the last batch for the next.
    fn keep(&mut self);
}

/// Recently folded streams of one kind.
pub(crate) struct Recent<S: Shown> {
    models: Of<S>,
    kept: LruCache<Uuid, S>,
    events: usize,
    /// Those of the last batch.
    touched: Vec<Touched<S>>,
}

impl<S: Shown> Recent<S> {
    pub fn of(models: Of<S>) -> Self {
        Self {
            models,
            kept: LruCache::new_unbounded(),
            events: 0,
            touched: Vec::new(),
        }
    }

    async fn touched(
        &mut self,
        core: &Core,
        batch: &[RecordedEvent],
    ) -> Result<Vec<Touched<S>>, LoadError> {
        let Some(end) = batch.last().map(|event| event.position) else {
            return Ok(Vec::new());
        };
        let units = &core.procedure.units;
        let kind = kind_of::<S>();
        let mut order = Vec::new();
        let mut news: HashMap<Uuid, Vec<Recorded<S::Event>>> = HashMap::new();
        for event in batch.iter().filter(|event| event.stream.kind == kind) {
            let id = event.stream.id;
            let of_stream = news.entry(id).or_insert_with(|| {
                order.push(id);
                Vec::new()
            });
            of_stream.push(recorded(event)?);
        }
        let mut touched = Vec::with_capacity(order.len());
        for id in order {
            let events = news.remove(&id).unwrap_or_default();
            let first = events.first().map_or(1, |event| event.version);
            let known = usize::try_from(first - 1).unwrap_or_default();
            let subject = match self.take(id, known) {
                Some(subject) => events.into_iter().fold(subject, S::evolve),
                None if known == 0 => S::fold(id, events, units),
                None => load_at(&core.store, id, end, units)
                    .await?
                    .unwrap_or_else(|| S::begin(id, units)),
            };
            touched.push(Touched { id, subject, known });
        }
        Ok(touched)
    }

    /// The kept stream, if it is just `known` events old. One that is further was kept for a batch
    /// that failed: it is of no use for another.
    fn take(&mut self, id: Uuid, known: usize) -> Option<S> {
        let subject = self.kept.remove(&id)?;
        self.events -= subject.events();
        (subject.events() == known).then_some(subject)
    }
}

impl<S: Shown> Follow for Recent<S> {
    fn news<'a>(
        &'a mut self,
        core: &'a Core,
        members: &'a [&'static About],
        batch: &'a [RecordedEvent],
    ) -> BoxFuture<'a, Result<Vec<Rows>, LoadError>> {
        Box::pin(async move {
            self.touched = self.touched(core, batch).await?;
            let touched = self.touched.iter();
            Ok(touched
                .map(|touched| self.models.rows_of(core, members, touched))
                .collect())
        })
    }

    fn keep(&mut self) {
        for Touched { id, subject, .. } in std::mem::take(&mut self.touched) {
            self.events += subject.events();
            if let Some(before) = self.kept.insert(id, subject) {
                self.events -= before.events();
            }
        }
        // The last one stays, however long it is: it is likely to move again.
        while self.events > MOST_EVENTS
            && self.kept.len() > 1
            && let Some((_, subject)) = self.kept.remove_lru()
        {
            self.events -= subject.events();
        }
    }
}
