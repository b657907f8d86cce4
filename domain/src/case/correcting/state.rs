//! What was confirmed, and danger that is told by a correction after the closing. What a correction changes
//! is not applied but folded again: see `correction`.

use crate::case::event::{Event, Recorded};
use crate::case::events::closing::ClosingReason;
use crate::case::state::{By, CaseState, DangerSeen};
use crate::time::Instant;

/// What follows from the confirmation of a correction, and from one that tells of danger.
pub(in crate::case) fn apply(case: &mut CaseState, recorded: &Recorded) {
    match &recorded.event {
        Event::CorrectionConfirmed(e) => {
            case.confirmed.push((e.facts.event_id, By::of(recorded)));
        }
        Event::FactCorrected(e) => {
            if case.danger_told_since_closing(&recorded.event) {
                case.danger_seen = Some(DangerSeen {
                    by: By::of(recorded),
                    cycle: case.cycle,
                });
            }
            let Some(closure) = &mut case.closure else {
                return;
            };
            if closure.by.event_id == e.facts.event_id {
                closure.corrected_by.push(recorded.event_id);
            }
            if closure.reason == ClosingReason::Died {
                case.told_of_the_dead = case.told_of_the_dead.max(e.facts.adds_danger);
            }
            case.ground_told = case.ground_told.max(e.facts.adds_ground);
        }
        _ => {}
    }
}

impl CaseState {
    /// Whether the event is a correction of a closed case that says of danger which nobody had been told of, and
    /// from which nobody protected. While a case is open, what a correction adds counts from when it was told. Of a
    /// child that died nothing is owed; where that was a mistake, it is owed with the reopening.
    pub(in crate::case) fn danger_told_since_closing(&self, event: &Event) -> bool {
        let Event::FactCorrected(correction) = event else {
            return false;
        };
        let closed = self.closure.as_ref();
        let lives = closed.is_some_and(|closed| closed.reason != ClosingReason::Died);
        let told = correction.facts.adds_danger;
        lives && told.is_some_and(|told| !self.protected_since(told))
    }

    /// Whether a correction said of danger while the child was thought dead, from which nobody protected.
    pub(in crate::case) fn danger_told_of_the_dead(&self) -> bool {
        let told = self.told_of_the_dead;
        told.is_some_and(|told| !self.protected_since(told))
    }

    /// Whether a correction made form 02 see a ground for separation while the case was closed, and nobody separated
    /// the child since that form.
    pub(in crate::case) fn ground_told_since_closing(&self) -> bool {
        let mut ordered = self.separations.iter().map(|ordered| ordered.by.at);
        self.ground_told
            .is_some_and(|told| !ordered.any(|at| told <= at))
    }

    /// Whether a measure or a separation protected the child at some time since. What form 02, a verification or a
    /// review said before anybody told of the danger does not answer it.
    fn protected_since(&self, told: Instant) -> bool {
        let measures = self.emergency_measures.iter().map(|taken| taken.by.at);
        let separations = self.separations.iter().map(|ordered| ordered.by.at);
        measures.chain(separations).any(|at| told <= at)
    }
}
