//! `assign-investigator`: the investigating body assigns an investigator and tells the procuracy, within
//! 3 days (Circular 43/2021, arts 8, 13).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{INVESTIGATE_BASIS, handled, no_report};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::criminal::{InvestigatorFacts, InvestigatorPersonal};
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::Line;

/// Who investigates, whether trained for cases of children, and whether the procuracy was told.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AssignInvestigator {
    pub investigator: Line,
    pub procuracy_informed: bool,
    pub trained: Option<bool>,
}

impl Example for AssignInvestigator {
    fn example() -> Value {
        json!({"investigator": "Trần Thị Mẫu", "procuracy_informed": true, "trained": true})
    }
}

impl Gate for AssignInvestigator {
    fn wrong_seat(state: &CaseState, _: &About<'_>) -> Option<Rejection> {
        no_report(state, INVESTIGATE_BASIS)
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        handled(case, INVESTIGATE_BASIS).map(drop)
    }
}

impl Rule for AssignInvestigator {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::InvestigatorAssigned(Split {
            facts: InvestigatorFacts {
                procuracy_informed: self.procuracy_informed,
                trained: self.trained,
            },
            personal: Some(InvestigatorPersonal {
                investigator: self.investigator.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn an_investigator_is_assigned_within_3_days() {
        let passed = passed();
        assert_eq!(
            passed.obligation("assign-investigator", "03-13 00:00"),
            "open 03-16 00:00"
        );
        let done = passed
            .when("03-14 09:00", INVESTIGATOR, assign_investigator())
            .then(&["InvestigatorAssigned"]);
        assert_eq!(
            done.obligation("assign-investigator", "03-20 00:00"),
            "met 03-16 00:00"
        );
        reported()
            .when("03-14 09:00", POLICE, assign_investigator())
            .then_refused("no-crime-report");
        passed
            .when("03-14 09:00", OFFICER, assign_investigator())
            .then_refused("role-may-not");
    }
}
