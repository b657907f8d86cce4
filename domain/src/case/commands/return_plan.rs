//! `return-plan`: the chair sends a plan back to be improved (Decree 56/2017, art. 28).

use serde::Deserialize;

use super::approve_plan::{not_the_chair, submitted};
use super::{CHAIR, Rule};
use crate::case::decide::Case;
use crate::case::event::{NoFacts, Split};
use crate::case::events::plan::ReturnedPersonal;
use crate::case::{Context, Event, Rejection};
use crate::identity::Role;
use crate::text::Prose;

/// What has to be improved.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ReturnPlan {
    pub reason: Prose,
}

impl Rule for ReturnPlan {
    fn roles(&self) -> &'static [Role] {
        CHAIR
    }

    fn wrong_role(&self) -> Rejection {
        not_the_chair()
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        submitted(case, context)?;
        let personal = Some(ReturnedPersonal {
            reason: self.reason.clone(),
        });
        Ok(vec![Event::PlanReturned(Split {
            facts: NoFacts {},
            personal,
        })])
    }
}
