//! Which part of a history counts at an instant.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::case::{Event, Recorded, effective, mark_settled, moves_competence};
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
/// another unit answers counts from the correction, or the answer, on.
#[must_use]
pub fn events_at(history: &[Recorded], at: Instant, basis: Basis) -> Vec<Recorded> {
    let recorded = |event: &&Recorded| event.recorded_at <= at;
    if basis == Basis::Recorded {
        return history.iter().filter(recorded).cloned().collect();
    }
    let known = effective(history);
    let happened: HashSet<_> = known
        .iter()
        .filter(|event| event.occurred_at <= at)
        .map(|event| event.event_id)
        .collect();
    let counts = |event: &&Recorded| match &event.event {
        Event::FactCorrected(correction) => {
            let known = recorded(event) || !moves_competence(history, event);
            known && happened.contains(&correction.facts.event_id)
        }
        _ => happened.contains(&event.event_id),
    };
    let mut marked: Vec<_> = history.iter().map(Cow::Borrowed).collect();
    mark_settled(&mut marked);
    let counted = marked.into_iter().filter(|event| counts(&event.as_ref()));
    counted.map(Cow::into_owned).collect()
}
