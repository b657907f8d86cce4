//! `decide-crime-report`: the investigating body decides on a report of crime: prosecute, not prosecute,
//! suspend (Criminal Procedure Code, art. 147).

use serde::Deserialize;

use super::Rule;
use super::criminal::{DECIDE_BASIS, documented, handled};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::criminal::{CrimeDecidedFacts, CrimeDecision};
use crate::case::{CaseState, Context, Event, Rejection};
use crate::text::{Line, Prose};

/// What was decided.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct DecideCrimeReport {
    pub decision: CrimeDecision,
    pub decision_number: Option<Line>,
    pub note: Option<Prose>,
}

impl Rule for DecideCrimeReport {
    fn wrong_seat(&self, state: &CaseState) -> Option<Rejection> {
        super::criminal::no_report(state, DECIDE_BASIS)
    }

    fn on_closed_case(&self, _: &CaseState, _: &Context<'_>) -> bool {
        true
    }

    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        handled(case, DECIDE_BASIS)?;
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
