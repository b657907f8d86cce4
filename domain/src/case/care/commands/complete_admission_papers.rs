//! `complete-admission-papers`: the papers of an admission are complete (Decree 20/2021, art. 28.2).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{done_already, not_staying, staying};
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
pub struct CompleteAdmissionPapers {
    pub note: Option<Prose>,
}

impl Example for CompleteAdmissionPapers {
    fn example() -> Value {
        json!({})
    }
}

impl Gate for CompleteAdmissionPapers {
    fn wrong_seat(state: &CaseState, _: &About<'_>) -> Option<Rejection> {
        not_staying(state)
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        match staying(case)?.papers_at {
            None => Ok(()),
            Some(_) => Err(Bar::NoPlace(done_already())),
        }
    }
}

impl Rule for CompleteAdmissionPapers {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::AdmissionPapersCompleted(Split {
            facts: NoFacts {},
            personal: note(self.note.as_ref()),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn the_papers_are_completed_once() {
        let done = emergency()
            .and("03-12 20:00", CHAIR, admit())
            .when("03-20 09:00", PROVIDER, papers())
            .then(&["AdmissionPapersCompleted"]);
        assert_eq!(
            done.obligation("complete-admission-papers", "04-01 00:00"),
            "met 03-27 00:00"
        );
        done.when("03-20 10:00", PROVIDER, papers())
            .then_refused("done-already");
        emergency()
            .when("03-20 09:00", PROVIDER, papers())
            .then_refused("not-in-a-facility");
    }
}
