//! `hand-over-child`: the child is handed over to the carer, within 15 working days of the decision (Decree
//! 56/2017, art. 42.7). With a family that is not related at least two contacts come first (Circular
//! 14/2020).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{DECIDE_BASIS, at_stage, not_placed, placements};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::care::PlacementStage;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::placement::{CarerKind, HandedOverFacts};
use crate::case::events::written::note;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Code, Prose};

/// The child lives with the carer from now on.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct HandOverChild {
    pub placement_id: Code,
    pub contacts: Option<u32>,
    pub note: Option<Prose>,
}

impl Example for HandOverChild {
    fn example() -> Value {
        json!({"placement_id": "c1"})
    }
}

impl Gate for HandOverChild {
    fn wrong_seat(state: &CaseState, about: &About<'_>) -> Option<Rejection> {
        Some(not_placed(state, about.key, DECIDE_BASIS))
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        placements(case)
    }

    fn stands(case: Case<'_>, about: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let decided = [PlacementStage::Decided];
        at_stage(case, about.key, &decided, DECIDE_BASIS)?;
        if case.state.care.placed().is_none() {
            return Ok(());
        }
        Err(Bar::NotYet(Rejection::procedure(
            "already-placed",
            "Trẻ đang được chăm sóc tại một gia đình khác. Hãy ghi chấm dứt việc đó trước.",
            "The child lives with another carer. Record the end of that placement first.",
            DECIDE_BASIS,
        )))
    }
}

impl Rule for HandOverChild {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::of(&self.placement_id)
    }

    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let state = case.map(|case| case.state);
        let placement = state.and_then(|state| state.care.placement(&self.placement_id));
        let separated = state.is_some_and(|state| state.separation().is_some());
        if placement.is_some_and(|placement| placement.carer_kind == CarerKind::NonRelatives)
            && self.contacts.unwrap_or(0) < 2
            && !separated
        {
            return Err(Rejection::field(
                "/contacts",
                "not-familiar",
                "Với người không phải người thân thích, trẻ phải có ít nhất 02 lần gặp gỡ, làm quen \
                 trước khi được giao. Hãy ghi số lần đã gặp.",
                "With a family that is not related the child must have met them at least twice. \
                 Enter how often they met.",
            ));
        }
        Ok(vec![Event::ChildHandedOver(Split {
            facts: HandedOverFacts {
                placement_id: self.placement_id.clone(),
                contacts: self.contacts,
            },
            personal: note(self.note.as_ref()),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    use serde_json::json;

    #[test]
    fn the_follow_ups_begin() {
        let placed = placement_decided()
            .when("03-31 09:00", OTHER_OFFICER, hand_over())
            .then(&["ChildHandedOver"]);
        assert_eq!(
            placed.obligation("hand-over-child", "04-10 00:00"),
            "met 04-06 00:00"
        );
        // 31 March + 1 month = 30 April, a day off; so is 1 May: it ends with 2 May.
        assert_eq!(
            placed.obligation("placement-follow-up", "04-10 00:00"),
            "open 05-03 00:00"
        );
        placed
            .when("04-01 09:00", OTHER_OFFICER, hand_over())
            .then_refused("placement-stage");
    }

    #[test]
    fn a_carer_who_was_not_verified_keeps_the_child_for_three_months_at_most() {
        let due = |case: &Given| case.obligation("end-temporary-care", "04-01 00:00");
        // In a separation the child is handed over before the formalities.
        let urgent = separated()
            .and("03-12 09:00", OTHER_CHAIR, decide_placement(OTHER))
            .and("03-12 10:00", OTHER_OFFICER, hand_over());
        assert_eq!(due(&urgent), "open 06-13 00:00");
        let ended = urgent.and("06-12 09:00", OTHER_CHAIR, end_placement("carer-asks"));
        assert_eq!(due(&ended), "met 06-13 00:00");
        assert_eq!(due(&placed()), "none");
    }

    #[test]
    fn strangers_meet_the_child_twice_first() {
        let strangers = assessed()
            .and(
                "03-13 09:00",
                OFFICER,
                with(
                    propose_placement(OTHER),
                    json!({"carer_kind": "non-relatives"}),
                ),
            )
            .and("03-14 09:00", OTHER_OFFICER, verify_carer(true))
            .and(
                "03-15 09:00",
                OTHER_CHAIR,
                with(
                    decide_placement(OTHER),
                    json!({"carer_kind": "non-relatives"}),
                ),
            );
        strangers
            .when("03-25 09:00", OTHER_OFFICER, hand_over())
            .then_refused_at("not-familiar", "/contacts");
        strangers
            .when(
                "03-25 09:00",
                OTHER_OFFICER,
                with(hand_over(), json!({"contacts": 2})),
            )
            .then(&["ChildHandedOver"]);
        strangers
            .when("03-25 09:00", OFFICER, hand_over())
            .then_refused("not-the-carers-commune");
    }
}
