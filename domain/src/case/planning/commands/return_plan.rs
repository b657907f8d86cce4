//! `return-plan`: the chair sends a plan back to be improved (Decree 56/2017, art. 28).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::approve_plan::{not_the_chair, submitted};
use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::{NoFacts, Split};
use crate::case::events::plan::ReturnedPersonal;
use crate::case::{About, Context, Event, Rejection};
use crate::text::Prose;

/// What has to be improved.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ReturnPlan {
    pub reason: Prose,
}

impl Example for ReturnPlan {
    fn example() -> Value {
        json!({"reason": "Thiếu kinh phí"})
    }
}

impl Gate for ReturnPlan {
    fn wrong_role() -> Option<Rejection> {
        Some(not_the_chair())
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        submitted(case)
    }
}

impl Rule for ReturnPlan {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let personal = Some(ReturnedPersonal {
            reason: self.reason.clone(),
        });
        Ok(vec![Event::PlanReturned(Split {
            facts: NoFacts {},
            personal,
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use serde_json::json;

    #[test]
    fn a_returned_plan_waits_without_a_limit_and_is_submitted_again() {
        let back = submitted()
            .when("03-15 09:00", CHAIR, send_back())
            .then(&["PlanReturned"]);
        assert_eq!(
            back.obligation("approve-plan", "03-16 00:00"),
            "met 03-19 00:00"
        );
        assert_eq!(back.obligation("submit-plan", "04-16 00:00"), "open -");
        back.when("04-16 09:00", OFFICER, submit())
            .then(&["PlanSubmitted"]);
        back.when("03-15 10:00", CHAIR, approve())
            .then_refused("plan-not-submitted");
    }

    #[test]
    fn refusals() {
        assessed()
            .when("03-15 09:00", CHAIR, send_back())
            .then_refused("plan-not-submitted");
        submitted()
            .when("03-15 09:00", OFFICER, send_back())
            .then_refused("not-the-chair");
        submitted()
            .when("03-15 09:00", CHAIR, at(send_back(), "03-14 08:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
        submitted()
            .when(
                "03-15 09:00",
                CHAIR,
                with(send_back(), json!({"reason": " "})),
            )
            .then_refused_at("empty", "/reason");
    }
}
