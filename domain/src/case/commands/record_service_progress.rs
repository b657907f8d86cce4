//! `record-service-progress`: how a service or task of the plan is going (Decree 56/2017, art. 29).

use serde::Deserialize;

use super::service::act_on;
use super::{Rule, SERVICES};
use crate::case::decide::Case;
use crate::case::{Context, Event, ItemState, Rejection};
use crate::identity::Role;
use crate::text::{Code, Note};

/// How it is going.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RecordServiceProgress {
    pub item_id: Code,
    #[serde(default)]
    pub note: Note,
}

impl Rule for RecordServiceProgress {
    fn roles() -> &'static [Role] {
        SERVICES
    }

    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let split = act_on(
            case,
            &self.item_id,
            &self.note,
            &[ItemState::Planned, ItemState::Started],
        )?;
        Ok(vec![Event::ServiceProgressed(split)])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn an_item_of_the_plan_in_force() {
        approved()
            .when(
                "03-16 09:00",
                OFFICER,
                service("record-service-progress", "p1"),
            )
            .then(&["ServiceProgressed"]);
        approved()
            .and("03-16 09:00", OFFICER, service("start-service", "p1"))
            .when(
                "03-17 09:00",
                PROVIDER,
                service("record-service-progress", "p1"),
            )
            .then(&["ServiceProgressed"]);
    }
}
