//! `adjust-plan`: the chair changes a plan in force, on the officer's proposal, when the child's
//! situation changes (Decree 56/2017, art. 29.1.a).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::approve_plan::not_the_chair;
use super::plan_items::{PlanItem, checked};
use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::apart;
use crate::case::events::plan::{AdjustedFacts, AdjustedPersonal};
use crate::case::{About, Context, Event, PlanState, Rejection};
use crate::text::{Line, Prose};

/// The whole plan as it shall be from now on. Items that were begun keep how far they have come.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AdjustPlan {
    pub goals: Prose,
    #[schemars(length(min = 1, max = 100))]
    pub items: Vec<PlanItem>,
    pub decision_number: Line,
}

impl Example for AdjustPlan {
    fn example() -> Value {
        json!({
            "goals": "An toàn",
            "items": [{"id": "p1", "measure": "50.a", "service": "Khám sức khỏe", "responsible": "Trạm y tế",
                "start": "2024-03-15", "end": "2024-04-01", "cost": 500_000}],
            "decision_number": "14/QĐ-UBND",
        })
    }
}

impl Gate for AdjustPlan {
    fn wrong_role() -> Option<Rejection> {
        Some(not_the_chair())
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let plan = case.state.plan.as_ref();
        if plan.is_some_and(|plan| plan.state == PlanState::Approved) {
            return Ok(());
        }
        Err(Bar::NotYet(Rejection::procedure(
            "no-plan-in-force",
            "Chưa có kế hoạch nào được phê duyệt để điều chỉnh.",
            "No approved plan is in force that could be adjusted.",
            "NĐ 56/2017/NĐ-CP Điều 29 khoản 1 điểm a",
        )))
    }
}

impl Rule for AdjustPlan {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let (items, personal) = checked(&self.goals, &self.items)?;
        let (decision_number, words) = apart(Some(&self.decision_number));
        Ok(vec![Event::PlanAdjusted(Split {
            facts: AdjustedFacts {
                decision_number,
                items,
            },
            personal: Some(AdjustedPersonal {
                goals: personal.goals,
                items: personal.items,
                decision_number: words,
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::ItemState;
    use crate::case::testing::*;
    use serde_json::json;

    #[test]
    fn items_that_stay_keep_how_far_they_have_come() {
        let items = json!([
            item("p1", "2024-03-15", "2024-04-10"),
            item("p2", "2024-03-20", "2024-04-20")
        ]);
        let case = approved()
            .and("03-16 09:00", OFFICER, service("start-service", "p1"))
            .when("03-18 09:00", CHAIR, adjust(items))
            .then(&["PlanAdjusted"]);
        let plan = case.state().plan.as_ref().unwrap();
        let states: Vec<_> = plan.items.iter().map(|item| item.state).collect();
        assert_eq!(states, [ItemState::Started, ItemState::Planned]);
        let due = |case: &Given| -> Vec<_> {
            let all = case.obligations("03-19 00:00");
            let open = all.iter().filter(|o| o.step == "carry-out" && o.is_open());
            open.map(|o| o.due_at.unwrap().to_string()).collect()
        };
        assert_eq!(
            due(&case),
            ["2024-04-11T00:00:00+07:00", "2024-04-21T00:00:00+07:00"]
        );
    }

    #[test]
    fn it_also_answers_a_review_that_was_not_enough() {
        let second = carried_out()
            .and("03-29 09:00", OFFICER, review(false, false))
            .and(
                "04-01 09:00",
                CHAIR,
                adjust(json!([item("p2", "2024-04-01", "2024-05-01")])),
            );
        assert_eq!(
            second.obligation("submit-plan", "04-02 00:00"),
            "met 04-06 00:00"
        );
        second
            .and("04-20 09:00", OFFICER, complete("p2"))
            .when("04-21 09:00", OFFICER, review(true, true))
            .then(&["PlanReviewed"]);
    }

    #[test]
    fn refusals() {
        let items = || json!([item("p1", "2024-03-15", "2024-04-10")]);
        submitted()
            .when("03-15 09:00", CHAIR, adjust(items()))
            .then_refused("no-plan-in-force");
        approved()
            .when("03-16 09:00", OFFICER, adjust(items()))
            .then_refused("not-the-chair");
        approved()
            .when("03-16 09:00", CHAIR, at(adjust(items()), "03-14 10:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
        approved()
            .when("03-16 09:00", CHAIR, adjust(json!([])))
            .then_refused_at("plan-without-items", "/items");
    }
}
