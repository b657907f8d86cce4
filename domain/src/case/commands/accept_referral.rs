//! `accept-referral`: the service takes the child on (Decree 56/2017, art. 29.1.b).

use serde::Deserialize;

use super::referral::answer;
use super::{Rule, SERVICES};
use crate::case::decide::Case;
use crate::case::{Context, Event, ReferralStatus, Rejection};
use crate::identity::Role;
use crate::text::{Code, Prose};

/// The service takes the child on.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AcceptReferral {
    pub referral_id: Code,
    pub reason: Option<Prose>,
}

impl Rule for AcceptReferral {
    fn roles() -> &'static [Role] {
        SERVICES
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let reason = self.reason.as_ref();
        let split = answer(
            case,
            context,
            &self.referral_id,
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
