//! `decide-crime-report`: the investigating body decides on a report of crime: prosecute, not prosecute,
//! suspend (Criminal Procedure Code, art. 147).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{DECIDE_BASIS, handled, no_report};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::criminal::{CrimeDecidedFacts, CrimeDecision};
use crate::case::events::written::documented;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Line, Prose};

/// What was decided.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct DecideCrimeReport {
    pub decision: CrimeDecision,
    pub decision_number: Option<Line>,
    pub note: Option<Prose>,
}

impl Example for DecideCrimeReport {
    fn example() -> Value {
        json!({"decision": "prosecute", "decision_number": "07/QĐ"})
    }
}

impl Gate for DecideCrimeReport {
    fn wrong_seat(state: &CaseState, _: &About<'_>) -> Option<Rejection> {
        no_report(state, DECIDE_BASIS)
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        handled(case, DECIDE_BASIS).map(drop)
    }
}

impl Rule for DecideCrimeReport {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let (decision_number, personal) =
            documented(self.decision_number.as_ref(), self.note.as_ref());
        Ok(vec![Event::CrimeReportDecided(Split {
            facts: CrimeDecidedFacts {
                decision: self.decision,
                decision_number,
            },
            personal,
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn a_decision_ends_the_handling_and_the_informant_is_told() {
        let decided = passed()
            .when("04-01 09:00", INVESTIGATOR, decide_crime("prosecute"))
            .then(&["CrimeReportDecided"]);
        assert_eq!(
            decided.obligation("decide-crime-report", "04-02 00:00"),
            "met 04-02 00:00"
        );
        assert_eq!(
            decided.obligation("inform-informant", "04-02 00:00"),
            "open 04-05 00:00"
        );
        decided
            .when("04-02 09:00", INVESTIGATOR, decide_crime("suspend"))
            .then_refused("no-crime-report");
        let suspended = passed().and("04-01 09:00", INVESTIGATOR, decide_crime("suspend"));
        suspended
            .when("06-02 09:00", INVESTIGATOR, decide_crime("not-prosecute"))
            .then(&["CrimeReportDecided"]);
    }
}
