//! `complete-referral`: the service was given (Decree 56/2017, art. 29.1.b).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::referrals::{answer, not_asked, referrals, waits};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::{About, CaseState, Context, Event, ReferralStatus, Rejection};
use crate::text::{Code, Prose};

/// The service was given.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct CompleteReferral {
    pub referral_id: Code,
    pub danger_now: Option<bool>,
    pub reason: Option<Prose>,
}

impl Example for CompleteReferral {
    fn example() -> Value {
        json!({"referral_id": "r1"})
    }
}

impl Gate for CompleteReferral {
    fn wrong_seat(state: &CaseState, about: &About<'_>) -> Option<Rejection> {
        Some(not_asked(state, about.key))
    }

    /// Danger is told whether or not the case is closed.
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::ByValues
    }

    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        referrals(case)
    }

    fn stands(case: Case<'_>, about: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        waits(
            case,
            about.key,
            &[ReferralStatus::Offered, ReferralStatus::Accepted],
        )
    }
}

impl Rule for CompleteReferral {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::of(&self.referral_id)
    }

    fn despite_closing(&self, _: &CaseState) -> bool {
        self.danger_now == Some(true)
    }

    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::ReferralCompleted(answer(
            &self.referral_id,
            self.danger_now,
            self.reason.as_ref(),
        ))])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    fn referred() -> Given {
        assessed().and("03-18 09:00", OFFICER, refer("r1"))
    }

    #[test]
    fn an_answer_ends_the_waiting() {
        let case = referred()
            .when("03-19 09:00", HEALTH, answer("complete-referral", "r1"))
            .then(&["ReferralCompleted"]);
        assert_eq!(
            case.obligation("referral-response", "05-01 00:00"),
            "met 03-26 00:00"
        );
        referred()
            .and("03-19 09:00", HEALTH, answer("accept-referral", "r1"))
            .when("03-20 09:00", HEALTH, answer("complete-referral", "r1"))
            .then(&["ReferralCompleted"]);
    }
}
