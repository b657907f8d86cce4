//! `accept-referral`: the service takes the child on (Decree 56/2017, art. 29.1.b).

use serde::Deserialize;

use super::Rule;
use super::referral::answer;
use crate::case::decide::Case;
use crate::case::{About, CaseState, Context, Event, ReferralStatus, Rejection};
use crate::text::{Code, Prose};

/// The service takes the child on.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AcceptReferral {
    pub referral_id: Code,
    pub danger_now: Option<bool>,
    pub reason: Option<Prose>,
}

impl Rule for AcceptReferral {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::of(&self.referral_id)
    }

    fn wrong_seat(&self, state: &CaseState) -> Option<Rejection> {
        Some(super::referral::not_asked(state, &self.referral_id))
    }

    /// Danger is told whether or not the case is closed.
    fn on_closed_case(&self, _: &CaseState, _: &Context<'_>) -> bool {
        self.danger_now == Some(true)
    }

    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let reason = self.reason.as_ref();
        let split = answer(
            case,
            &self.referral_id,
            self.danger_now,
            reason,
            &[ReferralStatus::Offered],
        )?;
        Ok(vec![Event::ReferralAccepted(split)])
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
            .when("03-19 09:00", HEALTH, answer("accept-referral", "r1"))
            .then(&["ReferralAccepted"]);
        assert_eq!(
            case.obligation("referral-response", "05-01 00:00"),
            "met 03-26 00:00"
        );
        referred()
            .and("03-19 09:00", HEALTH, answer("accept-referral", "r1"))
            .when("03-20 09:00", HEALTH, answer("accept-referral", "r1"))
            .then_refused("referral-answered");
    }
}
