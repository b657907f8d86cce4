//! `approve-plan`: the chair approves the plan by decision (form 05; Decree 56/2017, art. 28.4).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::apart;
use crate::case::events::plan::{ApprovedFacts, ApprovedPersonal};
use crate::case::{About, Context, Event, PlanState, Rejection};
use crate::text::Line;

const BASIS: &str = "NĐ 56/2017/NĐ-CP Điều 28 khoản 4";

/// The decision of approval.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ApprovePlan {
    pub decision_number: Line,
}

impl Example for ApprovePlan {
    fn example() -> Value {
        json!({"decision_number": "12/QĐ-UBND"})
    }
}

impl Gate for ApprovePlan {
    fn wrong_role() -> Option<Rejection> {
        Some(not_the_chair())
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        submitted(case)
    }
}

impl Rule for ApprovePlan {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let (decision_number, words) = apart(Some(&self.decision_number));
        Ok(vec![Event::PlanApproved(Split {
            facts: ApprovedFacts { decision_number },
            personal: words.map(|words| ApprovedPersonal {
                decision_number: Some(words),
            }),
        })])
    }
}

/// Only the chair decides on a plan.
pub(super) fn not_the_chair() -> Rejection {
    Rejection::forbidden(
        "not-the-chair",
        "Chỉ Chủ tịch Ủy ban nhân dân cấp xã quyết định về kế hoạch. Hãy trình Chủ tịch.",
        "Only the chair of the commune People's Committee decides on a plan. Submit it to the \
         chair.",
        BASIS,
    )
}

/// Refuses where no plan waits for the chair.
pub(super) fn submitted(case: Case<'_>) -> Result<(), Bar> {
    let plan = case.state.plan.as_ref();
    if plan.is_some_and(|plan| plan.state == PlanState::Submitted) {
        return Ok(());
    }
    let refusal = Rejection::procedure(
        "plan-not-submitted",
        "Chưa có kế hoạch nào được trình để phê duyệt. Người làm công tác bảo vệ trẻ em phải \
         trình kế hoạch (Mẫu số 04) trước.",
        "No plan was submitted for approval. The commune officer must submit one (form 04) \
         first.",
        BASIS,
    );
    Err(match plan {
        Some(plan) if plan.state == PlanState::Approved => Bar::NoPlace(refusal),
        _ => Bar::NotYet(refusal),
    })
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn approval_puts_each_item_to_work() {
        let case = submitted()
            .when("03-15 09:00", CHAIR, approve())
            .then(&["PlanApproved"]);
        assert_eq!(
            case.obligation("approve-plan", "03-16 00:00"),
            "met 03-19 00:00"
        );
        assert_eq!(
            case.obligation("carry-out", "03-16 00:00"),
            "open 04-02 00:00"
        );
    }

    #[test]
    fn the_last_instant_of_the_second_working_day_is_in_time() {
        let on_time = submitted().and("03-19 00:00", CHAIR, approve());
        assert_eq!(
            on_time.obligation("approve-plan", "03-20 00:00"),
            "met 03-19 00:00"
        );
        let late = submitted().and("03-19 00:01", CHAIR, approve());
        assert_eq!(
            late.obligation("approve-plan", "03-20 00:00"),
            "met-late 03-19 00:00"
        );
    }

    #[test]
    fn refusals() {
        assessed()
            .when("03-15 09:00", CHAIR, approve())
            .then_refused("plan-not-submitted");
        approved()
            .when("03-15 10:00", CHAIR, approve())
            .then_refused("plan-not-submitted");
        submitted()
            .when("03-15 09:00", OFFICER, approve())
            .then_refused("not-the-chair");
        submitted()
            .when("03-15 09:00", CHAIR, at(approve(), "03-14 08:59"))
            .then_refused_at("before-its-cause", "/occurred_at");
    }
}
