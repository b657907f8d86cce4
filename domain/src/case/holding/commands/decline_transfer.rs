//! `decline-transfer`: the commune that was asked does not take the case and says why. The giver keeps it.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{answered, not_asked, offered};
use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::written::ReasonPersonal;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::Prose;

/// The case is not taken.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineTransfer {
    /// Why.
    pub reason: Prose,
}

impl Example for DeclineTransfer {
    fn example() -> Value {
        json!({"reason": "Trẻ đã chuyển đi nơi khác"})
    }
}

impl Gate for DeclineTransfer {
    fn wrong_seat(state: &CaseState, _: &About<'_>) -> Option<Rejection> {
        Some(not_asked(state))
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        offered(case)
    }
}

impl Rule for DeclineTransfer {
    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::TransferDeclined(Split {
            facts: answered(case)?,
            personal: Some(ReasonPersonal {
                reason: self.reason.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn the_giver_keeps_the_case_and_may_offer_it_elsewhere() {
        let declined = assessed()
            .and("03-13 09:00", OFFICER, transfer(OTHER))
            .when("03-13 10:00", OTHER_OFFICER, decline_transfer())
            .then(&["TransferDeclined"]);
        assert_eq!(declined.state().holder_unit, COMMUNE);
        assert_eq!(
            declined.obligation("transfer-response", "03-14 00:00"),
            "met -"
        );
        // Who did not take it has nothing more to do with it.
        assert!(
            !declined
                .state()
                .concerns(crate::identity::Role::CommuneOfficer, OTHER)
        );
        declined
            .when("03-13 11:00", OFFICER, transfer("19117"))
            .then(&["CaseTransferred"]);
    }

    #[test]
    fn a_reason_is_said_and_the_giver_does_not_answer_itself() {
        let offered = assessed().and("03-13 09:00", OFFICER, transfer(OTHER));
        offered
            .when("03-13 10:00", OFFICER, decline_transfer())
            .then_refused("not-asked");
        let mut bare = decline_transfer();
        bare.as_object_mut().unwrap().remove("reason");
        offered
            .when("03-13 10:00", OTHER_OFFICER, bare)
            .then_refused_at("missing-field", "/reason");
    }
}
