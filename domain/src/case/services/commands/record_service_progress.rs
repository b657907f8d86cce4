//! `record-service-progress`: how a service or task of the plan is going (Decree 56/2017, art. 29).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::items::{act_on, items, stands_at};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::{About, CaseState, Context, Event, ItemState, Rejection};
use crate::text::{Code, Note};

/// How it is going.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RecordServiceProgress {
    pub item_id: Code,
    pub danger_now: Option<bool>,
    #[serde(default)]
    pub note: Note,
}

impl Example for RecordServiceProgress {
    fn example() -> Value {
        json!({"item_id": "p1", "note": "Đã ghi"})
    }
}

impl Gate for RecordServiceProgress {
    /// Danger is told whether or not the case is closed.
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::ByValues
    }

    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        items(case)
    }

    fn stands(case: Case<'_>, about: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        stands_at(case, about.key, &[ItemState::Planned, ItemState::Started])
    }
}

impl Rule for RecordServiceProgress {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::of(&self.item_id)
    }

    fn despite_closing(&self, _: &CaseState) -> bool {
        self.danger_now == Some(true)
    }

    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::ServiceProgressed(act_on(
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
                CHAIR,
                service("record-service-progress", "p1"),
            )
            .then(&["ServiceProgressed"]);
    }
}
