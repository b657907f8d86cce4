//! `lift-separation`: the chair ends a separation (Decree 56/2017, art. 32.3).

use serde::Deserialize;

use super::extend_separation::not_separated;
use super::order_separation::not_the_chair;
use super::{CHAIR, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::separation::{LiftedFacts, LiftedPersonal};
use crate::case::{Context, Event, Rejection};
use crate::identity::Role;
use crate::text::{Line, Prose};

/// The decision that ends the separation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct LiftSeparation {
    pub decision_number: Option<Line>,
    pub reason: Option<Prose>,
}

impl Rule for LiftSeparation {
    fn roles() -> &'static [Role] {
        CHAIR
    }

    fn wrong_role(&self, _: &[Role]) -> Rejection {
        not_the_chair()
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let running = case.and_then(|case| case.state.separation());
        let Some(separation) = running else {
            return Err(not_separated());
        };
        if context.occurred_at < separation.by.at {
            return Err(super::before(
                "Không thể hủy bỏ trước khi có quyết định cách ly.",
                "A separation cannot be lifted before it was ordered.",
            ));
        }
        Ok(vec![Event::SeparationLifted(Split {
            facts: LiftedFacts {
                decision_number: self.decision_number.clone(),
            },
            personal: self.reason.clone().map(|reason| LiftedPersonal {
                reason: Some(reason),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn lifting_ends_the_separation() {
        let lifted = separated()
            .when("03-20 08:00", CHAIR, lift())
            .then(&["SeparationLifted"]);
        assert!(lifted.state().separation().is_none());
        assert_eq!(
            lifted.obligation("separation-end", "03-21 00:00"),
            "met 03-28 00:00"
        );
    }

    #[test]
    fn refusals() {
        emergency()
            .when("03-13 08:00", CHAIR, lift())
            .then_refused("not-separated");
        separated()
            .when("03-13 08:00", CHAIR, at(lift(), "03-12 07:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
        separated()
            .when("03-13 08:00", OFFICER, lift())
            .then_refused("not-the-chair");
    }
}
