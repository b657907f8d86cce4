//! Which part of a history counts at an instant.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::case::{Event, Recorded, effective, moves_competence};
use crate::time::Instant;

/// What counts at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// What had happened by then, as it is known now: later recordings and corrections count.
    #[default]
    Happened,
    /// What had been recorded by then.
    Recorded,
}

/// The events that count at `at`, in the order in which they were recorded. A correction counts with
/// what it corrects, since it says what was true then; unless only what was recorded counts. That
/// another unit answers counts from the correction on.
#[must_use]
pub fn events_at(history: &[Recorded], at: Instant, basis: Basis) -> Vec<Recorded> {
    let counts: Vec<&Recorded> = match basis {
        Basis::Recorded => history
            .iter()
            .filter(|event| event.recorded_at <= at)
            .collect(),
        Basis::Happened => {
            let known = effective(history);
            let happened: HashSet<_> = known
                .iter()
                .filter(|event| event.occurred_at <= at)
                .map(|event| event.event_id)
                .collect();
            let counts = |event: &&Recorded| match &event.event {
                Event::FactCorrected(correction) => {
                    let known = event.recorded_at <= at || !moves_competence(history, event);
                    known && happened.contains(&correction.facts.event_id)
                }
                _ => happened.contains(&event.event_id),
            };
            history.iter().filter(counts).collect()
        }
    };
    counts.into_iter().cloned().collect()
}
