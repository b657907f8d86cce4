//! `assign-officer`: an officer is put in charge of a case (Law on Children, arts 52.2, 53).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::apart;
use crate::case::events::people::{AssignmentFacts, AssignmentPersonal};
use crate::case::{Context, Event, Rejection};
use crate::identity::Role;
use crate::text::Line;

/// Which officer, for which role.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AssignOfficer {
    pub officer: Line,
    pub role: Role,
}

impl Example for AssignOfficer {
    fn example() -> Value {
        json!({"officer": "o-1", "role": "commune-officer"})
    }
}

impl Gate for AssignOfficer {}

impl Rule for AssignOfficer {
    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let assigned = case.is_some_and(|case| {
            case.state
                .officers
                .iter()
                .any(|a| a.officer == self.officer.as_str() && a.role == self.role)
        });
        if assigned {
            return Err(Rejection::procedure(
                "already-assigned",
                "Người này đang phụ trách vụ việc trong vai trò đó.",
                "This officer is in charge in that role already.",
                "",
            ));
        }
        let (officer, words) = apart(Some(&self.officer));
        Ok(vec![Event::OfficerAssigned(Split {
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
    use serde_json::json;

    #[test]
    fn who_is_in_charge_takes_over_what_is_open() {
        let case = assessed()
            .when("03-12 09:00", CHAIR, put_in_charge("o-1"))
            .then(&["OfficerAssigned"]);
        let all = case.obligations("03-13 00:00");
        let plan = all.iter().find(|o| o.step == "submit-plan").unwrap();
        assert_eq!(plan.accountable.officer.as_deref(), Some("o-1"));
    }

    #[test]
    fn refusals() {
        assessed()
            .and("03-12 09:00", CHAIR, put_in_charge("o-1"))
            .when("03-12 10:00", CHAIR, put_in_charge("o-1"))
            .then_refused("already-assigned");
        assessed()
            .when("03-12 09:00", OFFICER, put_in_charge("o-1"))
            .then_refused("role-may-not");
        let emperor = with(put_in_charge("o-1"), json!({"role": "emperor"}));
        assessed()
            .when("03-12 09:00", CHAIR, emperor)
            .then_refused_at("unknown-value", "/role");
    }
}
