//! `propose-placement`: a family is found that may care for the child; their commune is asked to verify it
//! (Decree 56/2017, art. 42.1 to 42.3).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::known;
use super::{Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::placement::{CarerKind, ProposedFacts, ProposedPersonal};
use crate::case::{CaseState, Context, Event, Rejection};
use crate::text::{Code, Line, Prose};
use crate::unit::UnitReference;

/// The family lives in `carer_unit`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ProposePlacement {
    pub placement_id: Code,
    pub carer_kind: CarerKind,
    #[schemars(with = "UnitReference")]
    pub carer_unit: String,
    pub carer: Option<Line>,
    pub reason: Prose,
}

impl Example for ProposePlacement {
    fn example() -> Value {
        json!({
            "placement_id": "c1",
            "carer_kind": "relatives",
            "carer_unit": "19114",
            "carer": "Bà ngoại",
            "reason": "Trẻ không thể ở với cha mẹ",
        })
    }
}

impl Gate for ProposePlacement {
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }
}

impl Rule for ProposePlacement {
    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        context.standing(&self.carer_unit, true, "/carer_unit")?;
        if known(case, &self.placement_id) {
            return Err(super::law::placement_twice());
        }
        Ok(vec![Event::PlacementProposed(Split {
            facts: ProposedFacts {
                placement_id: self.placement_id.clone(),
                carer_kind: self.carer_kind,
                carer_unit: self.carer_unit.clone(),
            },
            personal: Some(ProposedPersonal {
                carer: self.carer.clone(),
                reason: self.reason.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn the_commune_of_the_carer_verifies() {
        let found = assessed()
            .when("03-13 09:00", OFFICER, propose_placement(OTHER))
            .then(&["PlacementProposed"]);
        assert_eq!(found.owed_by("verify-carer"), Some(OTHER.into()));
        assert_eq!(found.obligation("verify-carer", "03-20 00:00"), "open -");
        found
            .when("03-13 10:00", OFFICER, propose_placement(OTHER))
            .then_refused_at("placement-twice", "/placement_id");
        assessed()
            .when("03-13 09:00", OFFICER, propose_placement(PROVINCE))
            .then_refused_at("not-a-commune", "/carer_unit");
    }
}
