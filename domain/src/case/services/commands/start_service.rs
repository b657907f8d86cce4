//! `start-service`: a service or task of the plan begins (Decree 56/2017, art. 29).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::items::{act_on, items, stands_at};
use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::{About, CaseState, Context, Event, ItemState, Rejection};
use crate::text::{Code, Note};

/// A service or task begins.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct StartService {
    pub item_id: Code,
    pub danger_now: Option<bool>,
    #[serde(default)]
    pub note: Note,
}

impl Example for StartService {
    fn example() -> Value {
        json!({"item_id": "p1", "note": "Đã ghi"})
    }
}

impl Gate for StartService {
    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        items(case)
    }

    fn stands(case: Case<'_>, about: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        stands_at(case, about.key, &[ItemState::Planned])
    }
}

impl Rule for StartService {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::of(&self.item_id)
    }

    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::ServiceStarted(act_on(
            &self.item_id,
            self.danger_now,
            &self.note,
        ))])
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
