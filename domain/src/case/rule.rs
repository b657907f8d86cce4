//! What a command is to the decision: the half of its rule that knows its values. The other half is its
//! [`Gate`](super::gate::Gate).

use super::decide::Case;
use super::{About, CaseState, Context, Event, Rejection};
use crate::time::Instant;

/// One command.
pub(super) trait Rule {
    /// What in the case it is about.
    fn about<'a>(&'a self, _state: &'a CaseState) -> About<'a> {
        About::default()
    }

    /// Whether what it says excepts it from the closing, where that depends on its values.
    fn despite_closing(&self, _state: &CaseState) -> bool {
        false
    }

    /// When it happened, where the command itself says so: see [`Gate::instant_field`](super::gate::Gate::instant_field).
    fn own_instant(&self) -> Option<Instant> {
        None
    }

    /// The events, or what is wrong with its values. It is asked only behind its gate. `case` is none
    /// only for a command that begins a case.
    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection>;
}
