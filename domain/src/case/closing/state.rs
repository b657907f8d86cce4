//! The end of a case: closed, opened again, archived.

use serde::Serialize;

use crate::case::event::{Event, Recorded};
use crate::case::events::closing::ClosingReason;
use crate::case::state::{By, CaseState, Stage, Status};

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

/// What follows from the end of the case.
pub(in crate::case) fn apply(case: &mut CaseState, recorded: &Recorded) {
    let by = By::of(recorded);
    match &recorded.event {
        Event::CaseClosed(e) => {
            if let Some(separation) = case.running_separation() {
                separation.lifted_at = Some(by.at);
            }
            case.transfer = None;
            case.status = Status::Closed;
            case.stage = Stage::Closed;
            case.closure = Some(Closure {
                by,
                reason: e.facts.reason,
                archived: false,
            });
        }
        Event::CaseReopened(_) => {
            case.status = Status::Open;
            case.stage = Stage::Received;
            case.cycle += 1;
            case.received_at = by.at;
            case.awaits_assessment = true;
            case.opened_in_cycle = case.cycle;
            case.reopened_at = Some(by.at);
            case.interrupted = None;
            case.closure = None;
            case.verification = None;
            case.review = None;
            case.plan = None;
            case.plan_until_approval = None;
        }
        Event::CaseArchived(_) => {
            if let Some(closure) = &mut case.closure {
                closure.archived = true;
            }
        }
        _ => {}
    }
}

impl CaseState {}
