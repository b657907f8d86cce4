//! `submit-plan`: the officer drafts the plan and submits it to the chair (form 04; Decree
//! 56/2017, art. 28.1).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::plan_items::{PlanItem, checked};
use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::plan::PlanFacts;
use crate::case::{About, CaseState, Context, Event, PlanState, Rejection};
use crate::text::Prose;

/// Goals and items.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct SubmitPlan {
    pub goals: Prose,
    #[schemars(length(min = 1, max = 100))]
    pub items: Vec<PlanItem>,
}

impl Example for SubmitPlan {
    fn example() -> Value {
        json!({
            "goals": "An toàn",
            "items": [{"id": "p1", "measure": "50.a", "service": "Khám sức khỏe", "responsible": "Trạm y tế",
                "start": "2024-03-15", "end": "2024-04-01", "cost": 500_000}],
        })
    }
}

impl Gate for SubmitPlan {
    fn for_children() -> bool {
        true
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let state = case.state;
        if state.initial_assessment.is_none() {
            return Err(Bar::NotYet(Rejection::procedure(
                "not-initially-assessed",
                "Chưa có đánh giá nguy cơ ban đầu nên chưa lập kế hoạch được. Hãy ghi Mẫu số 02 \
                 trước.",
                "There is no initial assessment yet, so no plan can be made. Record form 02 first.",
                "NĐ 56/2017/NĐ-CP Điều 28 khoản 2 điểm a",
            )));
        }
        let plan = state.plan.as_ref();
        if plan.is_some_and(|plan| plan.state == PlanState::Submitted) {
            return Err(Bar::NoPlace(Rejection::procedure(
                "plan-waits-for-approval",
                "Kế hoạch đã trình và đang chờ Chủ tịch phê duyệt.",
                "A plan was submitted and waits for the chair.",
                "NĐ 56/2017/NĐ-CP Điều 28",
            )));
        }
        if plan.is_some_and(|p| p.state == PlanState::Approved && p.cycle == state.cycle) {
            return Err(Bar::NoPlace(Rejection::procedure(
                "plan-in-force",
                "Kế hoạch đã được phê duyệt. Hãy đề xuất Chủ tịch điều chỉnh kế hoạch đó.",
                "A plan is in force. Propose to the chair to adjust it.",
                "NĐ 56/2017/NĐ-CP Điều 29 khoản 1 điểm a",
            )));
        }
        dossier(state).map_err(Bar::NotYet)
    }
}

impl Rule for SubmitPlan {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let (items, personal) = checked(&self.goals, &self.items)?;
        let facts = PlanFacts { items };
        Ok(vec![Event::PlanSubmitted(Split {
            facts,
            personal: Some(personal),
        })])
    }
}

/// The dossier of a plan (art. 28.2): forms 01 and 02, form 03, the minutes of the meeting. In a further
/// round those of earlier rounds and form 06 serve; in an emergency they may follow, and are owed.
fn dossier(state: &CaseState) -> Result<(), Rejection> {
    if state.emergency() {
        return Ok(());
    }
    let mut missing = Vec::new();
    if state.detailed_assessment.is_none() {
        missing.push((
            "đánh giá nguy cơ cụ thể (Mẫu số 03, cán bộ cấp xã)",
            "the detailed assessment (form 03, the commune officer)",
        ));
    }
    if state.case_meeting.is_none() {
        missing.push((
            "biên bản cuộc họp xác định biện pháp (Chủ tịch chủ trì)",
            "the minutes of the case meeting (the chair)",
        ));
    }
    if missing.is_empty() {
        return Ok(());
    }
    let (vi, en): (Vec<_>, Vec<_>) = missing.into_iter().unzip();
    Err(Rejection::procedure(
        "dossier-incomplete",
        format!("Hồ sơ trình kế hoạch còn thiếu: {}.", vi.join("; ")),
        format!("The dossier of the plan lacks {}.", en.join(" and ")),
        "NĐ 56/2017/NĐ-CP Điều 28 khoản 2",
    ))
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn a_plan_goes_to_the_chair_who_has_two_working_days() {
        let case = met()
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
    fn the_dossier_is_complete_and_says_who_owes_the_rest() {
        assessed()
            .when("03-14 09:00", OFFICER, submit())
            .then_refused("dossier-incomplete");
        let detailed = assessed().and("03-12 09:00", OFFICER, detail());
        detailed
            .when("03-14 09:00", OFFICER, submit())
            .then_refused("dossier-incomplete");
        // The officer is late because the chair's meeting was: both are to be seen.
        let late = detailed
            .and("03-19 15:00", CHAIR, meet())
            .and("03-19 16:00", OFFICER, submit());
        let owed = late.obligations("03-20 00:00");
        let plan = owed.iter().find(|o| o.step == "submit-plan").unwrap();
        assert!(plan.late);
        assert_eq!(plan.late_by.as_deref(), Some("PT16H"));
        let waited = &plan.waited_for[0];
        assert_eq!(waited.step, "case-meeting");
        assert_eq!(waited.accountable.role, crate::identity::Role::CommuneChair);
        assert_eq!(waited.until.unwrap().to_string(), t("03-19 15:00"));
    }

    #[test]
    fn in_an_emergency_the_rest_follows_and_is_owed() {
        let urgent = emergency().and("03-11 14:00", OFFICER, submit());
        assert!(urgent.open().contains(&"detailed-assessment".to_owned()));
        assert!(urgent.open().contains(&"case-meeting".to_owned()));
    }

    #[test]
    fn a_refusal_names_what_the_dossier_lacks_and_who_owes_it() {
        let refused = |case: &Given| {
            case.when("03-14 09:00", OFFICER, submit())
                .refusal()
                .message
        };
        let both = refused(&assessed());
        for part in ["form 03, the commune officer", "case meeting (the chair)"] {
            assert!(both.en.contains(part), "{}", both.en);
        }
        for part in ["Mẫu số 03, cán bộ cấp xã", "Chủ tịch chủ trì"] {
            assert!(both.vi.contains(part), "{}", both.vi);
        }
        let meeting = refused(&assessed().and("03-12 09:00", OFFICER, detail()));
        assert!(!meeting.en.contains("form 03") && meeting.en.contains("case meeting"));
        let form = refused(&assessed().and("03-12 09:00", CHAIR, meet()));
        assert!(form.en.contains("form 03") && !form.en.contains("case meeting"));
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
        met()
            .when("03-14 09:00", OFFICER, at(submit(), "03-11 10:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
        assessed()
            .when("03-14 09:00", CHAIR, submit())
            .then_refused("role-may-not");
    }
}
