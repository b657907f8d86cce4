//! `add-note`: a note in the file.

use serde::Deserialize;

use super::{Rule, WORKERS};
use crate::case::decide::Case;
use crate::case::event::{NoFacts, Split};
use crate::case::events::record::NotePersonal;
use crate::case::{Context, Event, Rejection};
use crate::identity::Role;
use crate::text::Prose;

/// The note.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AddNote {
    pub text: Prose,
}

impl Rule for AddNote {
    fn roles() -> &'static [Role] {
        WORKERS
    }

    fn on_closed_case(&self) -> bool {
        true
    }

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
    fn everybody_who_works_on_the_case_may_note() {
        for who in [HOTLINE, OFFICER, CHAIR, POLICE, HEALTH, CLERK, PROVIDER] {
            assessed()
                .when("03-12 09:00", who, note())
                .then(&["NoteAdded"]);
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
