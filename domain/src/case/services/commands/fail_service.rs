//! `fail-service`: a service or task of the plan could not be carried out (Decree 56/2017, art. 29).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::items::{act_on, items, stands_at};
use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::{About, CaseState, Context, Event, ItemState, Rejection};
use crate::text::{Code, Note};

/// It could not be carried out; `note` says why.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct FailService {
    pub item_id: Code,
    pub danger_now: Option<bool>,
    #[serde(default)]
    pub note: Note,
}

impl Example for FailService {
    fn example() -> Value {
        json!({"item_id": "p1", "note": "Đã ghi"})
    }
}

impl Gate for FailService {
    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        items(case)
    }

    fn stands(case: Case<'_>, about: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        stands_at(case, about.key, &[ItemState::Planned, ItemState::Started])
    }
}

impl Rule for FailService {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::of(&self.item_id)
    }

    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::ServiceFailed(act_on(
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
        let case = approved()
            .when("03-16 09:00", OFFICER, service("fail-service", "p1"))
            .then(&["ServiceFailed"]);
        assert_eq!(
            case.obligation("carry-out", "05-01 00:00"),
            "waived 04-02 00:00"
        );
        assert!(case.open().contains(&"review-plan".to_owned()));
        approved()
            .and("03-16 09:00", OFFICER, service("start-service", "p1"))
            .when("03-17 09:00", CHAIR, service("fail-service", "p1"))
            .then(&["ServiceFailed"]);
    }
}
