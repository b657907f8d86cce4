//! `record-verification`: the report was checked (Decree 56/2017, art. 25.2).

use serde::Deserialize;

use super::Rule;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::report::{VerificationOutcome, VerifiedFacts, VerifiedPersonal};
use crate::case::{Context, Event, Rejection};
use crate::identity::Role;
use crate::text::Prose;

/// What the check found.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RecordVerification {
    pub outcome: VerificationOutcome,
    pub findings: Prose,
}

impl Rule for RecordVerification {
    fn roles(&self) -> &'static [Role] {
        const CHECKING: &[Role] = &[
            Role::CommuneOfficer,
            Role::CommuneChair,
            Role::PoliceOfficer,
            Role::ProvincialOfficer,
        ];
        CHECKING
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if case.is_some_and(|case| context.occurred_at < case.state.received_at) {
            return Err(super::before(
                "Không thể xác minh trước khi tiếp nhận thông tin.",
                "Nothing can be verified before it was reported.",
            ));
        }
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
