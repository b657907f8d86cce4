//! `reopen-case`: a closed case is taken up again. The Decree does not speak of it; the procedure
//! begins a new round.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::closing::{ReopenedFacts, ReopenedPersonal};
use crate::case::{About, CaseState, Context, Event, Rejection, Status};
use crate::text::{Code, Prose};

/// Why.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ReopenCase {
    pub reason: Prose,
}

impl Example for ReopenCase {
    fn example() -> Value {
        json!({"reason": "Có dấu hiệu mới"})
    }
}

impl Gate for ReopenCase {
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        if case.state.status == Status::Closed {
            return Ok(());
        }
        Err(Bar::NoPlace(Rejection::procedure(
            "case-open",
            "Vụ việc đang mở, không cần mở lại.",
            "The case is open; there is nothing to reopen.",
            "",
        )))
    }
}

impl Rule for ReopenCase {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let code = Code::parse(self.reason.as_str()).ok();
        let personal = code.is_none().then(|| ReopenedPersonal {
            reason: Some(self.reason.clone()),
        });
        Ok(vec![Event::CaseReopened(Split {
            facts: ReopenedFacts { reason: code },
            personal,
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn a_closed_case_is_taken_up_again() {
        let case = closed()
            .when("04-10 09:00", PROVINCIAL, reopen())
            .then(&["CaseReopened"]);
        assert_eq!(case.state().cycle, 2);
        assert_eq!(case.open(), ["initial-assessment"]);
        assert_eq!(case.obligation("archive", "04-10 10:00"), "waived -");
        let assessed = case.and("04-10 10:00", OFFICER, assess(false, false));
        assert_eq!(assessed.open(), ["detailed-assessment", "submit-plan"]);
    }

    #[test]
    fn refusals() {
        assessed()
            .when("04-10 09:00", CHAIR, reopen())
            .then_refused("case-open");
        closed()
            .when("04-10 09:00", CHAIR, at(reopen(), "04-01 08:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
        closed()
            .when("04-10 09:00", HOTLINE, reopen())
            .then_refused("role-may-not");
    }
}
