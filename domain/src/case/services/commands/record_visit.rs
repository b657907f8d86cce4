//! `record-visit`: somebody visited the child (Decree 56/2017, art. 29.1: monitoring).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::visit::{VisitFacts, VisitPersonal};
use crate::case::{CaseState, Context, Event, Rejection};
use crate::text::{Line, Note};
use crate::time::Instant;

/// When and where, whether the child was seen, and whether it is in danger now.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RecordVisit {
    pub visited_at: Instant,
    pub place: Line,
    pub child_seen: bool,
    pub danger_now: Option<bool>,
    #[serde(default)]
    pub note: Note,
}

impl Example for RecordVisit {
    fn example() -> Value {
        json!({
            "visited_at": "2024-03-18T08:00:00+07:00",
            "place": "Nhà trẻ",
            "child_seen": true,
            "note": "Trẻ vui",
        })
    }
}

impl Gate for RecordVisit {
    fn instant_field() -> Option<&'static str> {
        Some("/visited_at")
    }

    /// Danger is told whether or not the case is closed.
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::ByValues
    }
}

impl Rule for RecordVisit {
    fn own_instant(&self) -> Option<Instant> {
        Some(self.visited_at)
    }

    fn despite_closing(&self, _: &CaseState) -> bool {
        self.danger_now == Some(true)
    }

    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::VisitRecorded(Split {
            facts: VisitFacts {
                visited_at: self.visited_at,
                child_seen: self.child_seen,
                danger_now: self.danger_now,
            },
            personal: Some(VisitPersonal {
                place: self.place.clone(),
                note: self.note.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn a_visit_is_recorded_with_its_own_instant() {
        let case = assessed()
            .when("03-20 09:00", OFFICER, visit("03-19 15:00"))
            .then(&["VisitRecorded"]);
        let last = case.state().last_visit.clone().unwrap();
        assert_eq!(last.at.to_string(), t("03-19 15:00"));
        assert_eq!(last.recorded_at.to_string(), t("03-20 09:00"));
    }

    #[test]
    fn refusals() {
        assessed()
            .when("03-20 09:00", OFFICER, visit("03-20 09:01"))
            .then_refused_at("in-the-future", "/visited_at");
        assessed()
            .when("03-20 09:00", OFFICER, visit("03-11 08:59"))
            .then_refused_at("before-the-report", "/visited_at");
        assessed()
            .when("03-20 09:00", INSPECTOR, visit("03-19 15:00"))
            .then_refused("role-may-not");
    }
}
