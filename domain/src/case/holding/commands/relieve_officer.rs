//! `relieve-officer`: an officer is no longer in charge.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::apart;
use crate::case::events::people::{AssignmentFacts, AssignmentPersonal};
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::identity::Role;
use crate::text::Line;

/// Which officer, for which role.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RelieveOfficer {
    pub officer: Line,
    pub role: Role,
}

impl Example for RelieveOfficer {
    fn example() -> Value {
        json!({"officer": "o-1", "role": "commune-officer"})
    }
}

impl Gate for RelieveOfficer {
    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        let officers = case.state.officers.iter();
        officers
            .map(|one| About {
                officer: Some((one.officer.as_str(), one.role)),
                ..About::default()
            })
            .collect()
    }

    fn stands(case: Case<'_>, about: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        let mut officers = case.state.officers.iter();
        if officers.any(|one| Some((one.officer.as_str(), one.role)) == about.officer) {
            return Ok(());
        }
        Err(Bar::NoPlace(Rejection::procedure(
            "not-assigned",
            "Người này không phụ trách vụ việc trong vai trò đó.",
            "This officer is not in charge in that role.",
            "",
        )))
    }
}

impl Rule for RelieveOfficer {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About {
            officer: Some((self.officer.as_str(), self.role)),
            ..About::default()
        }
    }

    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let (officer, words) = apart(Some(&self.officer));
        Ok(vec![Event::OfficerRelieved(Split {
            facts: AssignmentFacts {
                officer,
                role: self.role,
            },
            personal: words.map(|words| AssignmentPersonal {
                officer: Some(words),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn who_was_in_charge_before_is_in_charge_again() {
        let case = assessed()
            .and("03-12 09:00", CHAIR, put_in_charge("o-1"))
            .and("03-13 09:00", CHAIR, put_in_charge("o-2"))
            .when("03-14 09:00", CHAIR, relieve("o-2"))
            .then(&["OfficerRelieved"]);
        let all = case.obligations("03-15 00:00");
        let plan = all.iter().find(|o| o.step == "submit-plan").unwrap();
        assert_eq!(plan.accountable.officer.as_deref(), Some("o-1"));
    }

    #[test]
    fn refusals() {
        assessed()
            .when("03-12 09:00", CHAIR, relieve("o-1"))
            .then_refused("not-assigned");
        assessed()
            .and("03-12 09:00", CHAIR, put_in_charge("o-1"))
            .when("03-12 10:00", OFFICER, relieve("o-1"))
            .then_refused("role-may-not");
    }
}
