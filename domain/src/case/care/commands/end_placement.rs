//! `end-placement`: alternative care with a family ends (form 16; Law on Children, art. 69; Decree 56/2017,
//! art. 48). If the carer abuses the child: at once.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{END_BASIS, at_stage, not_placed, placements};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::care::PlacementStage;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::placement::{EndGround, EndedFacts};
use crate::case::events::written::documented;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Code, Line, Prose};

/// Why it ends.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct EndPlacement {
    pub placement_id: Code,
    pub ground: EndGround,
    pub decision_number: Option<Line>,
    pub note: Option<Prose>,
}

impl Example for EndPlacement {
    fn example() -> Value {
        json!({"placement_id": "c1", "ground": "carer-asks"})
    }
}

impl Gate for EndPlacement {
    fn wrong_seat(state: &CaseState, about: &About<'_>) -> Option<Rejection> {
        Some(not_placed(state, about.key, END_BASIS))
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        placements(case)
    }

    fn stands(case: Case<'_>, about: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let stages = [
            PlacementStage::Verified,
            PlacementStage::Decided,
            PlacementStage::Placed,
        ];
        at_stage(case, about.key, &stages, END_BASIS).map(drop)
    }
}

impl Rule for EndPlacement {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::of(&self.placement_id)
    }

    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        if self.ground == EndGround::Other && self.note.is_none() {
            return Err(Rejection::field(
                "/note",
                "missing-field",
                "Với lý do này, hãy ghi rõ vì sao chấm dứt.",
                "With this reason, say why it ends.",
            ));
        }
        let (decision_number, personal) =
            documented(self.decision_number.as_ref(), self.note.as_ref());
        Ok(vec![Event::PlacementEnded(Split {
            facts: EndedFacts {
                placement_id: self.placement_id.clone(),
                ground: self.ground,
                decision_number,
            },
            personal,
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    use serde_json::json;

    #[test]
    fn the_follow_ups_fall_away() {
        let ended = placed()
            .when(
                "04-10 09:00",
                OTHER_CHAIR,
                end_placement("returned-to-family"),
            )
            .then(&["PlacementEnded"]);
        assert_eq!(
            ended.obligation("placement-follow-up", "04-11 00:00"),
            "waived 05-03 00:00"
        );
        ended
            .when("04-11 09:00", OTHER_CHAIR, end_placement("carer-asks"))
            .then_refused("placement-stage");
    }

    #[test]
    fn refusals() {
        placed()
            .when("04-10 09:00", CHAIR, end_placement("carer-asks"))
            .then_refused("not-the-carers-commune");
        placed()
            .when(
                "04-10 09:00",
                OTHER_CHAIR,
                at(end_placement("carer-asks"), "03-20 09:00"),
            )
            .then_refused_at("before-its-cause", "/occurred_at");
        placed()
            .when("04-10 09:00", OTHER_CHAIR, end_placement("other"))
            .then_refused_at("missing-field", "/note");
        placed()
            .when(
                "04-10 09:00",
                OTHER_CHAIR,
                with(end_placement("other"), json!({"note": "Ghi rõ"})),
            )
            .then(&["PlacementEnded"]);
    }
}
