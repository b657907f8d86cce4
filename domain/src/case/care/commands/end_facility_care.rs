//! `end-facility-care`: the care in a facility ends, within 5 working days of receiving the decision that
//! hands the child over to a family (Decree 56/2017, art. 48.3).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{not_staying, staying};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::placement::FacilityEndedFacts;
use crate::case::events::written::documented;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Line, Prose};

/// The child leaves the facility.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct EndFacilityCare {
    pub decision_number: Option<Line>,
    pub note: Option<Prose>,
}

impl Example for EndFacilityCare {
    fn example() -> Value {
        json!({"decision_number": "40/QĐ"})
    }
}

impl Gate for EndFacilityCare {
    fn wrong_seat(state: &CaseState, _: &About<'_>) -> Option<Rejection> {
        not_staying(state)
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        staying(case).map(drop)
    }
}

impl Rule for EndFacilityCare {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let (decision_number, personal) =
            documented(self.decision_number.as_ref(), self.note.as_ref());
        Ok(vec![Event::FacilityCareEnded(Split {
            facts: FacilityEndedFacts { decision_number },
            personal,
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn a_stay_that_is_not_running_cannot_end() {
        emergency()
            .when("03-20 09:00", PROVINCIAL, end_care())
            .then_refused("not-in-a-facility");
        emergency()
            .and("03-12 20:00", CHAIR, admit())
            .when("03-20 09:00", PROVINCIAL, at(end_care(), "03-12 19:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
    }
}
