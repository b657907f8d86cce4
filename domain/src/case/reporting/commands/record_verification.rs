//! `record-verification`: the report was checked (Decree 56/2017, art. 25.2).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::report::{VerificationOutcome, VerifiedFacts, VerifiedPersonal};
use crate::case::{Context, Event, Rejection};
use crate::text::Prose;

/// What the check found.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RecordVerification {
    pub outcome: VerificationOutcome,
    pub findings: Prose,
}

impl Example for RecordVerification {
    fn example() -> Value {
        json!({"outcome": "confirmed", "findings": "Đã gặp gia đình"})
    }
}

impl Gate for RecordVerification {}

impl Rule for RecordVerification {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::ReportVerified(Split {
            facts: VerifiedFacts {
                outcome: self.outcome,
            },
            personal: Some(VerifiedPersonal {
                findings: self.findings.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_unfounded_report_ends_no_duty_that_form_02_stands_for() {
        let found = given()
            .and("03-11 09:00", OFFICER, danger(report("03-11 09:00")))
            .and("03-11 10:00", OFFICER, assess(true, true))
            .and("03-11 11:00", OFFICER, verify("unfounded"));
        assert_eq!(
            found.obligation("emergency-measure", "03-11 12:00"),
            "open 03-11 21:00"
        );
        found
            .when("03-11 12:00", CHAIR, close("unfounded"))
            .then_refused("still-in-danger");
    }

    use crate::case::testing::*;

    #[test]
    fn a_confirmed_report_goes_on() {
        let case = reported()
            .when("03-11 10:00", OFFICER, verify("confirmed"))
            .then(&["ReportVerified"]);
        assert_eq!(case.open(), ["initial-assessment"]);
        assert_eq!(case.obligation("verify-report", "03-11 11:00"), "met -");
    }

    #[test]
    fn an_unfounded_report_waits_for_the_chair_alone() {
        let case = given()
            .and("03-11 09:00", OFFICER, danger(report("03-11 09:00")))
            .when("03-11 10:00", POLICE, verify("unfounded"))
            .then(&["ReportVerified"]);
        // The chair closes, and says why although danger was told.
        assert_eq!(case.open(), ["answer-contradiction", "close-case"]);
        assert_eq!(
            case.obligation("emergency-measure", "03-11 10:00"),
            "waived 03-11 21:00"
        );
        // Found founded after all: it is assessed.
        let again = case.and("03-11 12:00", POLICE, verify("unclear"));
        assert_eq!(again.open(), ["initial-assessment"]);
    }

    #[test]
    fn refusals() {
        reported()
            .when("03-11 10:00", HOTLINE, verify("confirmed"))
            .then_refused("role-may-not");
        reported()
            .when("03-11 10:00", OFFICER, verify("perhaps"))
            .then_refused_at("unknown-value", "/outcome");
        assessed()
            .and("03-13 09:00", OFFICER, report("03-13 09:00"))
            .when(
                "03-13 10:00",
                OFFICER,
                at(verify("unfounded"), "03-12 09:00"),
            )
            .then_refused_at("before-its-cause", "/occurred_at");
    }
}
