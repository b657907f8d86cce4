//! `inform-informant`: who reported the crime is told the result, within 3 days (Circular 43/2021,
//! art. 12.2).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::no_report;
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::{NoFacts, Split};
use crate::case::events::written::note;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::Prose;

/// The informant was told.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct InformInformant {
    pub note: Option<Prose>,
}

impl Example for InformInformant {
    fn example() -> Value {
        json!({})
    }
}

impl Gate for InformInformant {
    fn wrong_seat(state: &CaseState, _: &About<'_>) -> Option<Rejection> {
        no_report(state, "TT 43/2021/TT-BCA Điều 12 khoản 2")
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let report = case.state.criminal.report();
        if report.is_some_and(|report| report.decided_at.is_some()) {
            return Ok(());
        }
        Err(Bar::NotYet(Rejection::procedure(
            "not-decided",
            "Tin báo về tội phạm chưa có quyết định nên chưa có kết quả để thông báo.",
            "The report of crime was not decided yet: there is no result to tell.",
            "TT 43/2021/TT-BCA Điều 12 khoản 2",
        )))
    }
}

impl Rule for InformInformant {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::InformantInformed(Split {
            facts: NoFacts {},
            personal: note(self.note.as_ref()),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn the_informant_is_told_after_the_decision() {
        let decided = passed().and("04-01 09:00", INVESTIGATOR, decide_crime("prosecute"));
        let told = decided
            .when("04-03 09:00", INVESTIGATOR, inform())
            .then(&["InformantInformed"]);
        assert_eq!(
            told.obligation("inform-informant", "04-09 00:00"),
            "met 04-05 00:00"
        );
        decided
            .when("04-03 09:00", INVESTIGATOR, at(inform(), "03-31 09:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
        passed()
            .when("04-03 09:00", INVESTIGATOR, inform())
            .then_refused("not-decided");
    }
}
