//! `hold-case-meeting`: the chair's meeting that chooses the measures (Decree 56/2017, art. 27.2;
//! measures are those of the Law on Children, arts 49 and 50).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::plan::{MeetingFacts, MeetingPersonal};
use crate::case::gate::not_initially_assessed;
use crate::case::{About, Context, Event, Rejection};
use crate::text::{Line, Prose, Term};

/// Who took part, which measures were chosen, and the minutes.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct HoldCaseMeeting {
    #[schemars(length(min = 1, max = 100))]
    pub participants: Vec<Line>,
    #[schemars(length(max = 50))]
    pub measures: Vec<Term>,
    pub minutes: Prose,
}

impl Example for HoldCaseMeeting {
    fn example() -> Value {
        json!({
            "participants": ["Chủ tịch", "Trưởng thôn"],
            "measures": ["49.b", "Thăm hằng tuần"],
            "minutes": "Biên bản",
        })
    }
}

impl Gate for HoldCaseMeeting {
    fn for_children() -> bool {
        true
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        if case.state.initial_assessment.is_some() {
            return Ok(());
        }
        Err(Bar::NotYet(not_initially_assessed()))
    }
}

impl Rule for HoldCaseMeeting {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        if self.measures.len() > 50 {
            return Err(Rejection::field(
                "/measures",
                "wrong-length",
                "Danh sách biện pháp quá dài: nhiều nhất 50.",
                "The list of measures is too long: 50 at most.",
            ));
        }
        if !(1..=100).contains(&self.participants.len()) {
            return Err(Rejection::field(
                "/participants",
                "wrong-length",
                "Hãy ghi những người đã dự họp.",
                "Enter who took part.",
            ));
        }
        Ok(vec![Event::CaseMeetingHeld(Split {
            facts: MeetingFacts {
                measures: self.measures.iter().filter_map(Term::code).collect(),
            },
            personal: Some(MeetingPersonal {
                participants: self.participants.clone(),
                measures: self.measures.iter().filter_map(Term::words).collect(),
                minutes: self.minutes.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use serde_json::json;

    #[test]
    fn a_meeting_ends_what_the_detailed_assessment_asked_for() {
        let met = assessed()
            .and("03-13 08:00", OFFICER, detail())
            .when("03-14 08:00", CHAIR, meet())
            .then(&["CaseMeetingHeld"]);
        assert_eq!(met.obligation("case-meeting", "03-15 00:00"), "met -");
        // Also one that was held before the assessment was written down.
        let early =
            assessed()
                .and("03-12 08:00", CHAIR, meet())
                .and("03-13 08:00", OFFICER, detail());
        assert_eq!(early.obligation("case-meeting", "03-15 00:00"), "met -");
    }

    #[test]
    fn refusals() {
        reported()
            .when("03-12 08:00", CHAIR, meet())
            .then_refused("not-initially-assessed");
        assessed()
            .when(
                "03-12 08:00",
                CHAIR,
                with(meet(), json!({"participants": []})),
            )
            .then_refused_at("wrong-length", "/participants");
        assessed()
            .when(
                "03-12 08:00",
                CHAIR,
                with(meet(), json!({"measures": vec!["49.b"; 51]})),
            )
            .then_refused_at("wrong-length", "/measures");
        assessed()
            .when("03-12 08:00", HEALTH, meet())
            .then_refused("role-may-not");
    }
}
