//! What is kept in the file of a case: notes and documents.

use serde::Serialize;

use crate::case::event::{Event, Recorded};
use crate::case::state::{By, CaseState};

/// A document of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct DocumentState {
    pub name: Option<String>,
    pub media_type: String,
    pub size: u64,
    pub sha256: String,
    pub by: By,
}

/// What follows from a note or a document.
pub(in crate::case) fn apply(case: &mut CaseState, recorded: &Recorded) {
    let by = By::of(recorded);
    match &recorded.event {
        Event::NoteAdded(_) => case.notes += 1,
        Event::DocumentAttached(e) => case.documents.push(DocumentState {
            name: e.personal.as_ref().map(|p| p.name.to_string()),
            media_type: e.media_type().unwrap_or_default().to_owned(),
            size: e.facts.size,
            sha256: e.facts.sha256.clone(),
            by,
        }),
        _ => {}
    }
}
