//! `withdraw-transfer`: the commune that offered the case takes the offer back and says why, for example
//! because it went to the wrong commune. It keeps the case.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{BASIS, answered, offered};
use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::written::ReasonPersonal;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::Prose;

/// The offer is taken back.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawTransfer {
    /// Why.
    pub reason: Prose,
}

impl Example for WithdrawTransfer {
    fn example() -> Value {
        json!({"reason": "Ghi nhầm xã"})
    }
}

impl Gate for WithdrawTransfer {
    fn wrong_seat(_: &CaseState, _: &About<'_>) -> Option<Rejection> {
        Some(Rejection::forbidden(
            "not-the-giver",
            "Chỉ nơi đã đề nghị chuyển hồ sơ mới rút lại được.",
            "Only the unit that offered the transfer can withdraw it.",
            BASIS,
        ))
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        offered(case)
    }
}

impl Rule for WithdrawTransfer {
    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::TransferWithdrawn(Split {
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
    fn the_giver_takes_its_offer_back() {
        let offered = assessed().and("03-13 09:00", OFFICER, transfer(OTHER));
        let back = offered
            .when("03-13 10:00", CHAIR, withdraw_transfer())
            .then(&["TransferWithdrawn"]);
        assert_eq!(
            back.obligation("transfer-response", "03-14 00:00"),
            "waived -"
        );
        assert!(
            !back
                .state()
                .concerns(crate::identity::Role::CommuneOfficer, OTHER)
        );
        back.when("03-13 10:30", OTHER_OFFICER, accept_transfer())
            .then_refused("not-your-unit");
        offered
            .when("03-13 10:00", OTHER_OFFICER, withdraw_transfer())
            .then_refused("not-the-giver");
        accepted()
            .and("03-15 09:00", OTHER_OFFICER, transfer("19117"))
            .when("03-15 10:00", OFFICER, withdraw_transfer())
            .then_refused("not-the-giver");
    }
}
