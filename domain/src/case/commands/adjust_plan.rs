//! `adjust-plan`: the chair changes a plan in force, on the officer's proposal, when the child's
//! situation changes (Decree 56/2017, art. 29.1.a).

use serde::Deserialize;

use super::approve_plan::not_the_chair;
use super::plan_items::{PlanItem, checked};
use super::{CHAIR, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::plan::AdjustedFacts;
use crate::case::{Context, Event, PlanState, Rejection};
use crate::identity::Role;
use crate::text::{Line, Prose};

/// The whole plan as it shall be from now on. Items that were begun keep how far they have come.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AdjustPlan {
    pub goals: Prose,
    pub items: Vec<PlanItem>,
    pub decision_number: Line,
}

impl Rule for AdjustPlan {
    fn roles(&self) -> &'static [Role] {
        CHAIR
    }

    fn wrong_role(&self) -> Rejection {
        not_the_chair()
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let plan = case.and_then(|case| case.state.plan.as_ref());
        let Some(plan) = plan.filter(|plan| plan.state == PlanState::Approved) else {
            return Err(Rejection::procedure(
                "no-plan-in-force",
                "Chưa có kế hoạch nào được phê duyệt để điều chỉnh.",
                "No approved plan is in force that could be adjusted.",
                "NĐ 56/2017/NĐ-CP Điều 29 khoản 1 điểm a",
            ));
        };
        let approved = plan.approved.as_ref();
        if approved.is_some_and(|approved| context.occurred_at < approved.at) {
            return Err(super::before(
                "Không thể điều chỉnh trước khi kế hoạch được phê duyệt.",
                "A plan cannot be adjusted before it was approved.",
            ));
        }
        let (items, personal) = checked(&self.goals, &self.items)?;
        let facts = AdjustedFacts {
            decision_number: self.decision_number.clone(),
            items,
        };
        Ok(vec![Event::PlanAdjusted(Split {
            facts,
            personal: Some(personal),
        })])
    }
}
