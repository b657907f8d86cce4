//! `review-plan`: the situation of the child after the plan was carried out (form 06; Decree
//! 56/2017, art. 30.1). Close, or go round again.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::review::{ReviewFacts, ReviewPersonal};
use crate::case::events::{Rating, split};
use crate::case::{About, Context, Event, Plan, PlanState, Rejection};
use crate::text::Prose;

/// Form 06: two tables of three rows, and the two conditions of closing as the officer sees them.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ReviewPlan {
    pub harm: [Rating; 3],
    pub protection: [Rating; 3],
    pub no_longer_at_risk: bool,
    pub stable: bool,
    pub conclusion: Prose,
    pub contradiction_reason: Option<Prose>,
}

impl Example for ReviewPlan {
    fn example() -> Value {
        let (harm, protection) = (
            json!({"level": "low", "note": ""}),
            json!({"level": "high", "note": ""}),
        );
        json!({
            "harm": [harm, harm, harm],
            "protection": [protection, protection, protection],
            "no_longer_at_risk": true,
            "stable": true,
            "conclusion": "Đã xem xét",
        })
    }
}

impl Gate for ReviewPlan {
    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let plan = case.state.plan.as_ref();
        let in_force =
            |plan: &&Plan| plan.cycle == case.state.cycle && plan.state == PlanState::Approved;
        if plan.filter(in_force).is_some() {
            return Ok(());
        }
        Err(Bar::NotYet(Rejection::procedure(
            "no-plan-in-force",
            "Chưa có kế hoạch nào được phê duyệt và thực hiện để rà soát.",
            "No approved plan is in force that could be reviewed.",
            "NĐ 56/2017/NĐ-CP Điều 30 khoản 1",
        )))
    }
}

impl Rule for ReviewPlan {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let (harm, harm_notes) = split(self.harm.clone());
        let (protection, protection_notes) = split(self.protection.clone());
        Ok(vec![Event::PlanReviewed(Split {
            facts: ReviewFacts {
                harm,
                protection,
                no_longer_at_risk: self.no_longer_at_risk,
                stable: self.stable,
            },
            personal: Some(ReviewPersonal {
                harm_notes,
                protection_notes,
                conclusion: self.conclusion.clone(),
                contradiction_reason: self.contradiction_reason.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn enough_leads_to_the_chair() {
        let case = carried_out()
            .when("03-29 09:00", OFFICER, review(true, true))
            .then(&["PlanReviewed"]);
        assert_eq!(case.obligation("review-plan", "03-30 00:00"), "met -");
        assert!(case.open().contains(&"close-case".to_owned()));
        assert_eq!(case.state().cycle, 1);
    }

    #[test]
    fn not_enough_leads_round_again() {
        for (safe, stable) in [(false, true), (true, false), (false, false)] {
            let case = carried_out().and("03-29 09:00", OFFICER, review(safe, stable));
            assert_eq!(case.state().cycle, 2);
            assert!(case.open().contains(&"submit-plan".to_owned()));
            assert!(!case.open().contains(&"close-case".to_owned()));
        }
        // Also after a first review that was enough.
        let second = reviewed().and("03-30 09:00", OFFICER, review(false, true));
        assert!(!second.open().contains(&"close-case".to_owned()));
    }

    #[test]
    fn what_speaks_against_no_longer_at_risk_is_asked_about() {
        let against = |case: &Given| -> Vec<_> {
            let open = case.state().open_contradictions();
            open.map(|one| one.against.code()).collect()
        };
        let high =
            serde_json::json!({"harm": [{"level": "high"}, {"level": "low"}, {"level": "low"}]});
        let high = |command| with(command, high.clone());
        let case = carried_out().and("03-29 09:00", OFFICER, high(review(true, true)));
        assert_eq!(against(&case), ["levels-of-form-06"]);
        assert!(case.open().contains(&"answer-contradiction".to_owned()));
        let failed = approved().and("03-28 09:00", OFFICER, service("fail-service", "p1"));
        let case = failed.and("03-29 09:00", OFFICER, review(true, true));
        assert_eq!(against(&case), ["failed-items"]);
        let apart = carried_out().and("03-28 10:00", CHAIR, separate("2024-03-28", "2024-04-05"));
        let case = apart.and("03-29 09:00", OFFICER, review(true, true));
        assert_eq!(against(&case), ["open-separation"]);
        // That the child is still at risk is questioned by nobody.
        for case in [&failed, &apart, &carried_out()] {
            let case = case.and("03-29 09:00", OFFICER, high(review(false, true)));
            assert_eq!(against(&case), [""; 0]);
        }
    }

    #[test]
    fn refusals() {
        submitted()
            .when("03-29 09:00", OFFICER, review(true, true))
            .then_refused("no-plan-in-force");
        carried_out()
            .and("03-29 09:00", OFFICER, review(false, true))
            .when("03-29 10:00", OFFICER, review(true, true))
            .then_refused("no-plan-in-force");
        carried_out()
            .when(
                "03-29 09:00",
                OFFICER,
                at(review(true, true), "03-15 08:00"),
            )
            .then_refused_at("before-its-cause", "/occurred_at");
        carried_out()
            .when("03-29 09:00", CHAIR, review(true, true))
            .then_refused("role-may-not");
    }
}
