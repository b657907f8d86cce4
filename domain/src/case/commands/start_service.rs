//! `start-service`: a service or task of the plan begins (Decree 56/2017, art. 29).

use serde::Deserialize;

use super::Rule;
use super::service::act_on;
use crate::case::decide::Case;
use crate::case::{About, CaseState, Context, Event, ItemState, Rejection};
use crate::text::{Code, Note};

/// A service or task begins.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct StartService {
    pub item_id: Code,
    pub danger_now: Option<bool>,
    #[serde(default)]
    pub note: Note,
}

impl Rule for StartService {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::of(&self.item_id)
    }

    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let split = act_on(
            case,
            &self.item_id,
            self.danger_now,
            &self.note,
            &[ItemState::Planned],
        )?;
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
            .when("03-17 09:00", CHAIR, service("start-service", "p1"))
            .then_refused("item-not-in-that-state");
    }
}
