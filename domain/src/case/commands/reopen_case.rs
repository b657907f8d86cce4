//! `reopen-case`: a closed case is taken up again. The Decree does not speak of it; the procedure
//! begins a new round.

use serde::Deserialize;

use super::Rule;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::closing::{ReopenedFacts, ReopenedPersonal};
use crate::case::{Context, Event, Rejection, Status};
use crate::identity::Role;
use crate::text::{Code, Prose};

/// Why.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ReopenCase {
    pub reason: Prose,
}

impl Rule for ReopenCase {
    fn roles(&self) -> &'static [Role] {
        &[
            Role::CommuneChair,
            Role::CommuneOfficer,
            Role::ProvincialOfficer,
        ]
    }

    fn on_closed_case(&self) -> bool {
        true
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let closure = case.and_then(|case| case.state.closure.as_ref());
        if case.is_some_and(|case| case.state.status == Status::Open) {
            return Err(Rejection::procedure(
                "case-open",
                "Vụ việc đang mở, không cần mở lại.",
                "The case is open; there is nothing to reopen.",
                "",
            ));
        }
        if closure.is_some_and(|closure| context.occurred_at < closure.by.at) {
            return Err(super::before(
                "Không thể mở lại trước khi kết thúc.",
                "A case cannot be reopened before it was closed.",
            ));
        }
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
