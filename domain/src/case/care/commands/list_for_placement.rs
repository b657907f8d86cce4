//! `list-for-placement`: the facility puts the child on its list of those to be placed with a family (form
//! 14; Decree 56/2017, art. 45.1).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{not_staying, staying};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::{NoFacts, Split};
use crate::case::events::written::note;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::Prose;

/// Recorded for the stay that is running.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ListForPlacement {
    pub note: Option<Prose>,
}

impl Example for ListForPlacement {
    fn example() -> Value {
        json!({})
    }
}

impl Gate for ListForPlacement {
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

impl Rule for ListForPlacement {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::ListedForPlacement(Split {
            facts: NoFacts {},
            personal: note(self.note.as_ref()),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn the_list_is_appraised_within_10_working_days() {
        let listed = emergency()
            .and("03-12 20:00", CHAIR, admit())
            .when("03-20 09:00", PROVIDER, list_child())
            .then(&["ListedForPlacement"]);
        assert_eq!(
            listed.obligation("appraise-listing", "03-21 00:00"),
            "open 04-04 00:00"
        );
        assert_eq!(listed.owed_by("appraise-listing"), Some(PROVINCE.into()));
    }
}
