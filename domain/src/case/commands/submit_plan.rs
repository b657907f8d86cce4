//! `submit-plan`: the officer drafts the plan and submits it to the chair (form 04; Decree
//! 56/2017, art. 28.1).

use serde::Deserialize;

use super::plan_items::{PlanItem, checked};
use super::{OFFICER, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::plan::PlanFacts;
use crate::case::{Context, Event, PlanState, Rejection};
use crate::identity::Role;
use crate::text::Prose;

/// Goals and items.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct SubmitPlan {
    pub goals: Prose,
    pub items: Vec<PlanItem>,
}

impl Rule for SubmitPlan {
    fn roles() -> &'static [Role] {
        OFFICER
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        let Some(initial) = &state.initial_assessment else {
            return Err(Rejection::procedure(
                "not-initially-assessed",
                "Chưa có đánh giá nguy cơ ban đầu nên chưa lập kế hoạch được. Hãy ghi Mẫu số 02 \
                 trước.",
                "There is no initial assessment yet, so no plan can be made. Record form 02 first.",
                "NĐ 56/2017/NĐ-CP Điều 28 khoản 2 điểm a",
            ));
        };
        let plan = state.plan.as_ref();
        if plan.is_some_and(|plan| plan.state == PlanState::Submitted) {
            return Err(Rejection::procedure(
                "plan-waits-for-approval",
                "Kế hoạch đã trình và đang chờ Chủ tịch phê duyệt.",
                "A plan was submitted and waits for the chair.",
                "NĐ 56/2017/NĐ-CP Điều 28",
            ));
        }
        if plan.is_some_and(|p| p.state == PlanState::Approved && p.cycle == state.cycle) {
            return Err(Rejection::procedure(
                "plan-in-force",
                "Kế hoạch đã được phê duyệt. Hãy đề xuất Chủ tịch điều chỉnh kế hoạch đó.",
                "A plan is in force. Propose to the chair to adjust it.",
                "NĐ 56/2017/NĐ-CP Điều 29 khoản 1 điểm a",
            ));
        }
        let reviewed = state
            .review
            .as_ref()
            .filter(|review| review.cycle + 1 == state.cycle);
        let cause = reviewed.map_or(initial.by.at, |review| review.by.at);
        if context.occurred_at < cause {
            return Err(super::before(
                "Không thể trình kế hoạch trước khi đánh giá, rà soát.",
                "A plan cannot be submitted before the assessment or review that it rests on.",
            ));
        }
        let (items, personal) = checked(&self.goals, &self.items)?;
        let facts = PlanFacts { items };
        Ok(vec![Event::PlanSubmitted(Split {
            facts,
            personal: Some(personal),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn a_plan_goes_to_the_chair_who_has_two_working_days() {
        let case = assessed()
            .when("03-14 09:00", OFFICER, submit())
            .then(&["PlanSubmitted"]);
        assert_eq!(
            case.obligation("submit-plan", "03-15 00:00"),
            "met 03-19 00:00"
        );
        assert_eq!(
            case.obligation("approve-plan", "03-15 00:00"),
            "open 03-19 00:00"
        );
        let urgent = emergency().and("03-14 09:00", OFFICER, submit());
        assert_eq!(urgent.obligation("approve-plan", "03-30 00:00"), "open -");
    }

    #[test]
    fn a_review_that_is_not_enough_asks_for_another_plan() {
        let second = carried_out().and("03-29 09:00", OFFICER, review(true, false));
        assert_eq!(
            second.obligation("submit-plan", "03-30 00:00"),
            "open 04-06 00:00"
        );
        second
            .when("04-01 09:00", OFFICER, at(submit(), "03-28 09:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
        second
            .when("04-01 09:00", OFFICER, submit())
            .then(&["PlanSubmitted"]);
    }

    #[test]
    fn refusals() {
        reported()
            .when("03-14 09:00", OFFICER, submit())
            .then_refused("not-initially-assessed");
        submitted()
            .when("03-14 10:00", OFFICER, submit())
            .then_refused("plan-waits-for-approval");
        approved()
            .when("03-15 10:00", OFFICER, submit())
            .then_refused("plan-in-force");
        assessed()
            .when("03-14 09:00", OFFICER, at(submit(), "03-11 10:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
        assessed()
            .when("03-14 09:00", CHAIR, submit())
            .then_refused("role-may-not");
    }
}
