//! `record-forensic-grounds`: there are grounds for a forensic examination, or the victim asks for one.
//! It must be ordered within 24 hours, or 7 days when the victim asked (Circular 43/2021, art. 21).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::{EXAM_BASIS, handled, no_report};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::criminal::{ForensicGround, GroundsFacts};
use crate::case::events::written::note;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Code, Prose};

/// The examination `exam_id` has to be ordered.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct RecordForensicGrounds {
    pub exam_id: Code,
    pub ground: ForensicGround,
    pub note: Option<Prose>,
}

impl Example for RecordForensicGrounds {
    fn example() -> Value {
        json!({"exam_id": "g1", "ground": "found"})
    }
}

impl Gate for RecordForensicGrounds {
    fn wrong_seat(state: &CaseState, _: &About<'_>) -> Option<Rejection> {
        no_report(state, EXAM_BASIS)
    }

    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        handled(case, EXAM_BASIS).map(drop)
    }
}

impl Rule for RecordForensicGrounds {
    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        if case.is_some_and(|case| case.state.criminal.examination(&self.exam_id).is_some()) {
            return Err(super::law::exam_twice());
        }
        Ok(vec![Event::ForensicGroundsRecorded(Split {
            facts: GroundsFacts {
                exam_id: self.exam_id.clone(),
                ground: self.ground,
            },
            personal: note(self.note.as_ref()),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn grounds_give_24_hours_and_a_request_gives_7_days() {
        let found = passed()
            .when("03-14 09:00", INVESTIGATOR, grounds("found"))
            .then(&["ForensicGroundsRecorded"]);
        assert_eq!(
            found.obligation("order-forensic-exam", "03-14 10:00"),
            "open 03-15 09:00"
        );
        let asked = passed().and("03-14 09:00", INVESTIGATOR, grounds("requested-by-victim"));
        assert_eq!(
            asked.obligation("order-forensic-exam", "03-14 10:00"),
            "open 03-22 00:00"
        );
        found
            .when("03-14 09:30", INVESTIGATOR, grounds("found"))
            .then_refused_at("exam-twice", "/exam_id");
    }
}
