//! The end of a case, and what is kept in its file.

use serde::Serialize;

use super::{By, CaseState, Stage, Status};
use crate::case::event::{Event, Recorded};
use crate::case::events::closing::ClosingReason;

/// How a case was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closure {
    /// When and by whom.
    pub by: By,
    /// Why.
    pub reason: ClosingReason,
    /// Whether the file was archived.
    pub archived: bool,
}

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

impl CaseState {
    /// Closing, reopening, archiving; notes and documents.
    pub(super) fn apply_closing(&mut self, recorded: &Recorded) {
        let by = By::of(recorded);
        match &recorded.event {
            Event::CaseClosed(e) => {
                if let Some(separation) = self.running_separation() {
                    separation.lifted_at = Some(by.at);
                }
                self.transfer = None;
                self.status = Status::Closed;
                self.stage = Stage::Closed;
                self.closure = Some(Closure {
                    by,
                    reason: e.facts.reason,
                    archived: false,
                });
            }
            Event::CaseReopened(_) => {
                self.status = Status::Open;
                self.stage = Stage::Received;
                self.cycle += 1;
                self.received_at = by.at;
                self.awaits_assessment = true;
                self.opened_in_cycle = self.cycle;
                self.reopened_at = Some(by.at);
                self.interrupted = None;
                self.closure = None;
                self.verification = None;
                self.review = None;
                self.plan = None;
                self.plan_until_approval = None;
            }
            Event::CaseArchived(_) => {
                if let Some(closure) = &mut self.closure {
                    closure.archived = true;
                }
            }
            Event::NoteAdded(_) => self.notes += 1,
            Event::DocumentAttached(e) => self.documents.push(DocumentState {
                name: e.personal.as_ref().map(|p| p.name.to_string()),
                media_type: e.media_type().unwrap_or_default().to_owned(),
                size: e.facts.size,
                sha256: e.facts.sha256.clone(),
                by,
            }),
            _ => {}
        }
    }
}
