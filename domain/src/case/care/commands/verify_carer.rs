//! `verify-carer`: the commune of the carer verifies whether the family meets the conditions (form 11;
//! Decree 56/2017, art. 42.1; Law on Children, art. 63.2).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{VERIFY_BASIS, at_stage, not_placed, placements};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::care::PlacementStage;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::placement::{FindingsPersonal, VerifiedFacts};
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Code, Prose};

/// Whether the family meets the conditions, and what was found.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct VerifyCarer {
    pub placement_id: Code,
    pub eligible: bool,
    pub findings: Prose,
}

impl Example for VerifyCarer {
    fn example() -> Value {
        json!({"placement_id": "c1", "eligible": true, "findings": "Nhà cửa ổn định"})
    }
}

impl Gate for VerifyCarer {
    fn wrong_seat(state: &CaseState, about: &About<'_>) -> Option<Rejection> {
        Some(not_placed(state, about.key, VERIFY_BASIS))
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        placements(case)
    }

    fn stands(case: Case<'_>, about: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let proposed = [PlacementStage::Proposed];
        at_stage(case, about.key, &proposed, VERIFY_BASIS).map(drop)
    }
}

impl Rule for VerifyCarer {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::of(&self.placement_id)
    }

    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::CarerVerified(Split {
            facts: VerifiedFacts {
                placement_id: self.placement_id.clone(),
                eligible: self.eligible,
            },
            personal: Some(FindingsPersonal {
                findings: self.findings.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn the_chair_of_that_commune_decides_next() {
        let found = assessed().and("03-13 09:00", OFFICER, propose_placement(OTHER));
        let verified = found
            .when("03-14 09:00", OTHER_OFFICER, verify_carer(true))
            .then(&["CarerVerified"]);
        assert_eq!(verified.owed_by("decide-placement"), Some(OTHER.into()));
        assert_eq!(
            verified.obligation("decide-placement", "03-20 00:00"),
            "open -"
        );
        let unfit = found.and("03-14 09:00", OTHER_OFFICER, verify_carer(false));
        assert_eq!(unfit.obligation("decide-placement", "03-20 00:00"), "none");
        found
            .when("03-14 09:00", OFFICER, verify_carer(true))
            .then_refused("not-the-carers-commune");
        verified
            .when("03-14 10:00", OTHER_OFFICER, verify_carer(true))
            .then_refused("placement-stage");
        assessed()
            .when("03-14 09:00", OFFICER, verify_carer(true))
            .then_refused_at("unknown-placement", "/placement_id");
    }
}
