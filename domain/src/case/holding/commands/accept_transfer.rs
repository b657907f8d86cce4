//! `accept-transfer`: the commune that was asked takes the case and from then on holds it.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{answered, not_asked, offered};
use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::{About, CaseState, Context, Event, Rejection};

/// The case is taken.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptTransfer {}

impl Example for AcceptTransfer {
    fn example() -> Value {
        json!({})
    }
}

impl Gate for AcceptTransfer {
    fn wrong_seat(state: &CaseState, _: &About<'_>) -> Option<Rejection> {
        Some(not_asked(state))
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        offered(case)
    }
}

impl Rule for AcceptTransfer {
    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::TransferAccepted(Split {
            facts: answered(case)?,
            personal: None,
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn the_new_holder_owes_what_is_open_with_the_same_deadlines() {
        let before = assessed().and("03-13 08:00", CHAIR, put_in_charge("o-1"));
        let due = before.obligation("submit-plan", "03-14 00:00");
        let taken = before
            .and("03-13 09:00", OFFICER, transfer(OTHER))
            .when("03-14 10:00", OTHER_CHAIR, accept_transfer())
            .then(&["TransferAccepted"]);
        assert_eq!(taken.state().holder_unit, OTHER);
        assert_eq!(taken.obligation("submit-plan", "03-14 00:00"), due);
        assert_eq!(taken.owed_by("submit-plan"), Some(OTHER.to_owned()));
        // The assessment of the incident stays with the commune of the incident.
        assert_eq!(taken.owed_by("verify-report"), Some(COMMUNE.to_owned()));
        assert!(taken.state().officers.is_empty());
        assert_eq!(
            taken.obligation("transfer-response", "03-20 00:00"),
            "met -"
        );
        // The giver still sees the case that it once held.
        assert!(
            taken
                .state()
                .concerns(crate::identity::Role::CommuneOfficer, COMMUNE)
        );
    }

    #[test]
    fn only_who_was_asked_answers_and_only_once() {
        let offered = assessed().and("03-13 09:00", OFFICER, transfer(OTHER));
        offered
            .when("03-13 10:00", OFFICER, accept_transfer())
            .then_refused("not-asked");
        offered
            .when(
                "03-13 10:00",
                ("commune-officer", "19117"),
                accept_transfer(),
            )
            .then_refused("not-your-unit");
        offered
            .when(
                "03-13 10:00",
                OTHER_OFFICER,
                at(accept_transfer(), "03-13 08:00"),
            )
            .then_refused_at("before-its-cause", "/occurred_at");
        offered
            .and("03-13 10:00", OTHER_OFFICER, accept_transfer())
            .when("03-13 10:00", OTHER_CHAIR, decline_transfer())
            .then_refused("no-transfer-offered");
        assessed()
            .when("03-13 10:00", OFFICER, accept_transfer())
            .then_refused("no-transfer-offered");
    }
}
