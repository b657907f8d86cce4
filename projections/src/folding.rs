//! From a batch of events to the cases that it touches, folded exactly to the end of the batch.
//! Recently folded cases are kept, so that one more event costs one step and not a whole stream.

use std::collections::HashMap;

use domain::case::{Case, Recorded};
use eventstore::RecordedEvent;
use hashlink::LruCache;
use uuid::Uuid;

use crate::projection::{Core, Touched};
use crate::recorded::{CASE, LoadError, load_case_at, recorded};

/// The most events that kept cases hold together; it bounds the memory.
const MOST_EVENTS: usize = 8_000;

/// Recently folded cases.
pub(crate) struct Cases {
    kept: LruCache<Uuid, Case>,
    events: usize,
}

impl Cases {
    pub fn new() -> Self {
        Self {
            kept: LruCache::new_unbounded(),
            events: 0,
        }
    }

    /// The cases that `batch` touches, as they are after its last event. The batch holds consecutive
    /// positions.
    pub async fn touched(
        &mut self,
        core: &Core,
        batch: &[RecordedEvent],
    ) -> Result<Vec<Touched>, LoadError> {
        let Some(end) = batch.last().map(|event| event.position) else {
            return Ok(Vec::new());
        };
        let units = &core.procedure.units;
        let mut order = Vec::new();
        let mut news: HashMap<Uuid, Vec<Recorded>> = HashMap::new();
        for event in batch.iter().filter(|event| event.stream.kind == CASE) {
            let id = event.stream.id;
            let of_case = news.entry(id).or_insert_with(|| {
                order.push(id);
                Vec::new()
            });
            of_case.push(recorded(event)?);
        }
        let mut touched = Vec::with_capacity(order.len());
        for id in order {
            let events = news.remove(&id).unwrap_or_default();
            let first = events.first().map_or(1, |event| event.version);
            let known = usize::try_from(first - 1).unwrap_or_default();
            let case = match self.take(id, known) {
                Some(case) => events.into_iter().fold(case, Case::evolve),
                None if known == 0 => Case::fold(events, units),
                None => load_case_at(&core.store, id, end, units)
                    .await?
                    .unwrap_or_else(|| Case::new(units)),
            };
            touched.push(Touched { id, case, known });
        }
        Ok(touched)
    }

    /// The kept case, if it is just `known` events old. One that is further was kept for a batch
    /// that failed: it is of no use for another.
    fn take(&mut self, id: Uuid, known: usize) -> Option<Case> {
        let case = self.kept.remove(&id)?;
        self.events -= case.history().len();
        (case.history().len() == known).then_some(case)
    }

    /// Keeps cases for the next batch.
    pub fn keep(&mut self, touched: Vec<Touched>) {
        for Touched { id, case, .. } in touched {
            self.events += case.history().len();
            if let Some(before) = self.kept.insert(id, case) {
                self.events -= before.history().len();
            }
        }
        while self.events > MOST_EVENTS
            && let Some((_, case)) = self.kept.remove_lru()
        {
            self.events -= case.history().len();
        }
    }
}
