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
    fn roles(&self) -> &'static [Role] {
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
