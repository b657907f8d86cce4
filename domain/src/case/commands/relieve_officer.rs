//! `relieve-officer`: an officer is no longer in charge.

use serde::Deserialize;

use super::{CHAIR, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::people::AssignmentFacts;
use crate::case::{Context, Event, Rejection};
use crate::identity::Role;
use crate::text::Line;

/// Which officer, for which role.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RelieveOfficer {
    pub officer: Line,
    pub role: Role,
}

impl Rule for RelieveOfficer {
    fn roles(&self) -> &'static [Role] {
        CHAIR
    }

    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let assigned = case.is_some_and(|case| {
            case.state
                .officers
                .iter()
                .any(|a| a.officer == self.officer && a.role == self.role)
        });
        if !assigned {
            return Err(Rejection::procedure(
                "not-assigned",
                "Người này không phụ trách vụ việc trong vai trò đó.",
                "This officer is not in charge in that role.",
                "",
            ));
        }
        Ok(vec![Event::OfficerRelieved(Split {
            facts: AssignmentFacts {
                officer: self.officer.clone(),
                role: self.role,
            },
            personal: None,
        })])
    }
}
