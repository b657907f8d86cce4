//! `record-initial-assessment`: risk and harm at first sight (form 02; Decree 56/2017, art. 26.2).
//! The conclusion is the officer's; no level is ever computed from the tables.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::assessment::{InitialFacts, InitialPersonal};
use crate::case::events::{Answer, Rating, split};
use crate::case::{About, Context, Event, Rejection};
use crate::text::Prose;

/// Form 02. `grave`: serious harm to life, health or dignity is present or threatens;
/// `carer_is_harmer`: a parent or carer is the one who harms; `separation_needed`: a ground of
/// art. 32.1 is seen.
/// Form 02: two tables, three questions and the conclusion. Each question takes yes, no or not known
/// yet; only an explicit no lowers protection. `contradiction_reason`: why so, although something in the
/// case speaks against it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RecordInitialAssessment {
    pub harm: [Rating; 2],
    pub protection: [Rating; 2],
    pub grave: Answer,
    pub carer_is_harmer: Answer,
    pub conclusion: Prose,
    pub safe_place: Option<Prose>,
    pub medical_care: Option<Prose>,
    pub separation_needed: Option<Answer>,
    pub contradiction_reason: Option<Prose>,
}

impl Example for RecordInitialAssessment {
    fn example() -> Value {
        json!({
            "harm": [{"level": "medium", "note": ""}, {"level": "low", "note": ""}],
            "protection": [{"level": "medium", "note": ""}, {"level": "high", "note": ""}],
            "grave": true,
            "carer_is_harmer": true,
            "conclusion": "Kết luận của cán bộ",
        })
    }
}

impl Gate for RecordInitialAssessment {
    fn for_children() -> bool {
        true
    }

    fn stands(case: Case<'_>, _: &About<'_>, context: &Context<'_>) -> Result<(), Bar> {
        let state = case.state;
        // What is not known yet is answered when it is known, on the same form; and who took the case over
        // says on a form of its own what it finds, beside the word of who assessed before.
        let same = |unit: &str| {
            let actor = context.actor.unit.as_deref().unwrap_or_default();
            context.units.same(unit, actor)
        };
        let holds = same(state.responsible_commune());
        let assessed = state.initial_assessment.as_ref().is_some_and(|a| {
            let own = a.by.unit.as_deref().is_some_and(same);
            a.cycle == state.cycle && !a.leaves_open() && (own || !holds)
        });
        // After a review that was not enough the procedure goes back to the plan, not to form 02.
        let reviewed = state
            .review
            .as_ref()
            .is_some_and(|r| r.cycle + 1 == state.cycle)
            && !state.reports.iter().any(|r| r.cycle == state.cycle);
        if !assessed && !reviewed {
            return Ok(());
        }
        Err(Bar::NoPlace(Rejection::procedure(
            "already-assessed",
            "Đánh giá nguy cơ ban đầu đã được ghi. Nếu có chỗ sai, hãy đính chính; nếu có \
             thông tin mới, hãy ghi tiếp nhận thông tin mới.",
            "The initial assessment stands already. If something in it is wrong, correct it; \
             if there is new information, record a new report.",
            "NĐ 56/2017/NĐ-CP Điều 26 khoản 2",
        )))
    }
}

impl Rule for RecordInitialAssessment {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let (harm, harm_notes) = split(self.harm.clone());
        let (protection, protection_notes) = split(self.protection.clone());
        Ok(vec![Event::InitialAssessmentRecorded(Split {
            facts: InitialFacts {
                harm,
                protection,
                grave: self.grave,
                carer_is_harmer: self.carer_is_harmer,
                separation_needed: self.separation_needed.unwrap_or_default(),
            },
            personal: Some(InitialPersonal {
                harm_notes,
                protection_notes,
                conclusion: self.conclusion.clone(),
                safe_place: self.safe_place.clone(),
                medical_care: self.medical_care.clone(),
                contradiction_reason: self.contradiction_reason.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use serde_json::json;

    #[test]
    fn without_an_emergency_the_plan_is_due_in_five_working_days() {
        let case = reported()
            .when("03-11 11:00", OFFICER, assess(false, false))
            .then(&["InitialAssessmentRecorded"]);
        assert_eq!(
            case.open(),
            ["verify-report", "detailed-assessment", "submit-plan"]
        );
        assert_eq!(
            case.obligation("submit-plan", "03-19 00:00"),
            "open 03-19 00:00"
        );
        assert_eq!(
            case.obligation("submit-plan", "03-19 00:01"),
            "overdue 03-19 00:00"
        );
    }

    #[test]
    fn serious_harm_or_a_harming_carer_is_an_emergency() {
        for (grave, carer) in [(true, false), (false, true), (true, true)] {
            let case = reported().and("03-11 11:00", CHAIR, assess(grave, carer));
            assert_eq!(
                case.obligation("emergency-measure", "03-11 21:00"),
                "open 03-11 21:00"
            );
            assert_eq!(case.obligation("submit-plan", "03-30 00:00"), "open -");
        }
    }

    #[test]
    fn no_emergency_lets_the_reported_danger_fall_away() {
        let case = given()
            .and("03-11 09:00", OFFICER, danger(report("03-11 09:00")))
            .and("03-11 10:00", OFFICER, assess(false, false));
        assert_eq!(
            case.obligation("emergency-measure", "03-11 11:00"),
            "waived 03-11 21:00"
        );
    }

    #[test]
    fn a_ground_for_separation_asks_for_the_decision_in_twelve_hours() {
        let seen = with(assess(true, true), json!({"separation_needed": true}));
        let case = reported().and("03-11 11:00", OFFICER, seen);
        assert_eq!(
            case.obligation("temporary-separation", "03-11 12:00"),
            "open 03-11 21:00"
        );
    }

    #[test]
    fn a_second_one_needs_a_correction_or_a_new_report() {
        assessed()
            .when("03-11 12:00", OFFICER, assess(true, true))
            .then_refused("already-assessed");
        carried_out()
            .and("03-29 09:00", OFFICER, review(false, false))
            .when("03-29 10:00", OFFICER, assess(true, true))
            .then_refused("already-assessed");
        assessed()
            .and("03-12 09:00", OFFICER, report("03-12 09:00"))
            .when("03-12 10:00", OFFICER, assess(true, true))
            .then(&["InitialAssessmentRecorded"]);
    }

    #[test]
    fn not_before_the_report_and_not_by_anybody() {
        assessed()
            .and("03-12 09:00", OFFICER, report("03-12 09:00"))
            .when(
                "03-12 10:00",
                OFFICER,
                at(assess(true, true), "03-11 12:00"),
            )
            .then_refused_at("before-its-cause", "/occurred_at");
        reported()
            .when("03-11 10:00", POLICE, assess(true, true))
            .then_refused("role-may-not");
    }
}
