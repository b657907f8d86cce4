//! What was confirmed. What a correction changes is not applied but folded again: see `correction`.

use crate::case::event::{Event, Recorded};
use crate::case::state::{By, CaseState};

/// What follows from the confirmation of a correction.
pub(in crate::case) fn apply(case: &mut CaseState, recorded: &Recorded) {
    if let Event::CorrectionConfirmed(e) = &recorded.event {
        case.confirmed.push((e.facts.event_id, By::of(recorded)));
    }
}
