//! `confirm-correction`: a second person confirms a correction that makes a late duty punctual. Until
//! then the duty counts as late. The chair confirms, or the province where the duty was the chair's.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::correction::{ConfirmedFacts, ConfirmedPersonal};
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::identity::Role;
use crate::law::derive_obligations;
use crate::text::Prose;

/// The correction with the id `event_id` is right; `reason` says how that is known.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ConfirmCorrection {
    pub event_id: Uuid,
    pub reason: Prose,
}

impl Example for ConfirmCorrection {
    fn example() -> Value {
        json!({"event_id": "00000000-0000-0000-0000-000000000001", "reason": "Đã xem sổ trực"})
    }
}

impl Gate for ConfirmCorrection {
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        let corrections = case.history.iter();
        let corrections = corrections.filter(|one| matches!(one.event, Event::FactCorrected(_)));
        corrections.map(|one| About::event(one.event_id)).collect()
    }

    fn stands(case: Case<'_>, about: &About<'_>, context: &Context<'_>) -> Result<(), Bar> {
        let nothing = || {
            Bar::NoPlace(Rejection::field(
                "/event_id",
                "nothing-to-confirm",
                "Không có đính chính này đang chờ xác nhận.",
                "No such correction waits to be confirmed.",
            ))
        };
        let id = about.event.ok_or_else(nothing)?;
        let owed = derive_obligations(
            case.history,
            context.procedure,
            context.calendar,
            context.now,
        );
        let mut waiting = owed.iter().filter(|owed| owed.unconfirmed.contains(&id));
        let first = waiting.next().ok_or_else(nothing)?;
        let own = |role: Role| {
            let mut all = std::iter::once(first).chain(waiting.clone());
            all.any(|owed| owed.confirms == Some(role))
        };
        let correction = case.history.iter().find(|r| r.event_id == id);
        let theirs = correction.is_some_and(|correction| {
            let (was, is) = (&correction.actor, context.actor);
            let person = was.officer.is_some() && was.officer == is.officer;
            person || (was.role == is.role && was.unit == is.unit)
        });
        if theirs || (context.actor.role == Role::CommuneChair && own(Role::ProvincialOfficer)) {
            return Err(Bar::NoPlace(Rejection::forbidden(
                "second-person-confirms",
                "Người đính chính, hoặc Chủ tịch khi đó là việc của Chủ tịch, không tự xác nhận được. \
                 Cấp tỉnh xác nhận.",
                "Who made the correction, or the chair whose duty it was, cannot confirm it. The \
                 province does.",
                "",
            )));
        }
        Ok(())
    }
}

impl Rule for ConfirmCorrection {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::event(self.event_id)
    }

    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::CorrectionConfirmed(Split {
            facts: ConfirmedFacts {
                event_id: self.event_id,
            },
            personal: Some(ConfirmedPersonal {
                reason: self.reason.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use crate::case::testing::*;

    /// The plan was due on Monday and was submitted on Wednesday; the officer says now that it was on
    /// Monday.
    fn plan_corrected() -> Given {
        let case = met().and("03-20 09:00", OFFICER, submit());
        let plan = case.event("PlanSubmitted");
        let value = t("03-18 09:00").into();
        case.and("03-20 10:00", OFFICER, correct(plan, "/occurred_at", value))
    }

    /// The measure was due on Monday at 21:00; the chair recorded it for Tuesday, and says now that it
    /// was on Monday.
    fn measure_corrected() -> Given {
        let case = emergency().and("03-12 09:00", CHAIR, measure("03-12 08:00"));
        let measure = case.event("EmergencyMeasureApplied");
        let value = t("03-11 12:00").into();
        case.and("03-12 10:00", CHAIR, correct(measure, "/applied_at", value))
    }

    /// Whether the duty counts as late, and how many corrections wait.
    fn late(case: &Given, step: &str) -> (bool, usize) {
        let all = case.obligations("03-25 09:00");
        let owed = all.iter().find(|owed| owed.step == step).unwrap();
        (owed.late, owed.unconfirmed.len())
    }

    #[test]
    fn nobody_makes_their_own_late_duty_punctual_alone() {
        let case = plan_corrected();
        assert_eq!(late(&case, "submit-plan"), (true, 1));
        let correction = case.event("FactCorrected");
        case.when("03-21 11:00", OFFICER, confirm_correction(correction))
            .then_refused("role-may-not");
        let confirmed = case
            .when("03-21 11:00", CHAIR, confirm_correction(correction))
            .then(&["CorrectionConfirmed"]);
        assert_eq!(late(&confirmed, "submit-plan"), (false, 0));
        confirmed
            .when("03-21 12:00", CHAIR, confirm_correction(correction))
            .then_refused_at("nothing-to-confirm", "/event_id");
    }

    #[test]
    fn what_the_chair_corrected_the_province_confirms() {
        let case = measure_corrected();
        assert_eq!(late(&case, "emergency-measure"), (true, 1));
        let correction = case.event("FactCorrected");
        case.when("03-12 11:00", CHAIR, confirm_correction(correction))
            .then_refused("second-person-confirms");
        let confirmed = case
            .when("03-12 11:00", PROVINCIAL, confirm_correction(correction))
            .then(&["CorrectionConfirmed"]);
        assert_eq!(late(&confirmed, "emergency-measure"), (false, 0));
    }

    #[test]
    fn an_ordinary_correction_waits_for_nobody() {
        let case = assessed();
        let form = case.event("InitialAssessmentRecorded");
        let case = case.and(
            "03-12 10:00",
            OFFICER,
            correct(form, "/occurred_at", t("03-11 10:30").into()),
        );
        assert_eq!(late(&case, "verify-report"), (false, 0));
        for id in [case.event("FactCorrected"), Uuid::nil()] {
            case.when("03-12 11:00", CHAIR, confirm_correction(id))
                .then_refused_at("nothing-to-confirm", "/event_id");
        }
    }
}
