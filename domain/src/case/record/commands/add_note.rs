//! `add-note`: a note in the file.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::{NoFacts, Split};
use crate::case::events::record::NotePersonal;
use crate::case::{CaseState, Context, Event, Rejection};
use crate::text::Prose;

/// The note.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AddNote {
    pub text: Prose,
}

impl Example for AddNote {
    fn example() -> Value {
        json!({"text": "Đã gọi điện"})
    }
}

impl Gate for AddNote {
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }
}

impl Rule for AddNote {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let personal = Some(NotePersonal {
            text: self.text.clone(),
        });
        Ok(vec![Event::NoteAdded(Split {
            facts: NoFacts {},
            personal,
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use serde_json::json;

    #[test]
    fn everybody_who_takes_part_in_the_case_may_note() {
        let called = given().and("03-11 09:05", HOTLINE, call("03-11 09:00"));
        let case = called
            .and("03-11 11:00", OFFICER, assess(false, false))
            .and("03-11 12:00", OFFICER, refer("r1"));
        for who in [HOTLINE, OFFICER, CHAIR, HEALTH, PROVINCIAL] {
            case.when("03-12 09:00", who, note()).then(&["NoteAdded"]);
        }
        for who in [POLICE, CLERK, PROVIDER, OTHER_OFFICER] {
            case.when("03-12 09:00", who, note())
                .then_refused("not-your-unit");
        }
        closed()
            .when("04-02 09:00", OFFICER, note())
            .then(&["NoteAdded"]);
    }

    #[test]
    fn refusals() {
        assessed()
            .when("03-12 09:00", INSPECTOR, note())
            .then_refused("role-may-not");
        assessed()
            .when("03-12 09:00", OFFICER, with(note(), json!({"text": ""})))
            .then_refused_at("empty", "/text");
    }
}
