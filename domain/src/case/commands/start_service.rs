//! `start-service`: a service or task of the plan begins (Decree 56/2017, art. 29).

use serde::Deserialize;

use super::service::act_on;
use super::{Rule, SERVICES};
use crate::case::decide::Case;
use crate::case::{Context, Event, ItemState, Rejection};
use crate::identity::Role;
use crate::text::{Code, Note};

/// A service or task begins.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct StartService {
    pub item_id: Code,
    #[serde(default)]
    pub note: Note,
}

impl Rule for StartService {
    fn roles() -> &'static [Role] {
        SERVICES
    }

    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let split = act_on(case, &self.item_id, &self.note, &[ItemState::Planned])?;
        Ok(vec![Event::ServiceStarted(split)])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn an_item_of_the_plan_in_force() {
        approved()
            .when("03-16 09:00", OFFICER, service("start-service", "p1"))
            .then(&["ServiceStarted"]);
        approved()
            .and("03-16 09:00", OFFICER, service("start-service", "p1"))
            .when("03-17 09:00", PROVIDER, service("start-service", "p1"))
            .then_refused("item-not-in-that-state");
    }
}
