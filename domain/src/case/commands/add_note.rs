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
    fn roles(&self) -> &'static [Role] {
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
