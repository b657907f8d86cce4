//! The end of a case: closed, opened again, archived.

use serde::Serialize;
use uuid::Uuid;

use crate::case::event::{Event, Recorded};
use crate::case::events::closing::ClosingReason;
use crate::case::state::{By, CaseState, DangerSeen, Stage, Status};
use crate::time::Instant;

/// How a case was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closure {
    /// When and by whom.
    pub by: By,
    /// Why.
    pub reason: ClosingReason,
    /// Whether the file was archived.
    pub archived: bool,
    /// The corrections of it.
    #[serde(skip)]
    pub(in crate::case) corrected_by: Vec<Uuid>,
}

/// What follows from the end of the case.
pub(in crate::case) fn apply(case: &mut CaseState, recorded: &Recorded) {
    let by = By::of(recorded);
    match &recorded.event {
        Event::CaseClosed(e) => {
            for separation in case.running_separations() {
                separation.lifted_at = Some(by.at);
                separation.ended_by_closing = true;
            }
            case.transfer = None;
            case.told_of_the_dead = None;
            case.ground_told = None;
            case.status = Status::Closed;
            case.stage = Stage::Closed;
            case.closure = Some(Closure {
                by,
                reason: e.facts.reason,
                archived: false,
                corrected_by: Vec::new(),
            });
        }
        Event::CaseReopened(_) => {
            // A closing that does not stand any more needs no reason, nor does a correction of it.
            if let Some(closure) = &case.closure {
                let about = |id| closure.by.event_id == id || closure.corrected_by.contains(&id);
                let asked = &mut case.contradictions;
                asked.retain(|one| one.answered.is_some() || !about(one.event_id));
            }
            case.status = Status::Open;
            case.stage = Stage::Received;
            case.ended_as = case.closure.as_ref().map(|closure| closure.reason);
            let safe = case.review.as_ref().filter(|review| review.enough());
            case.found_safe_at = safe.map(|review| review.by.at);
            case.cycle += 1;
            go_on(case);
            case.told_since_closing = None;
            let told = case.told_while_closed().map(|report| report.received_at);
            case.received_at = told.fold(by.at, Instant::min);
            case.awaits_assessment = true;
            case.opened_in_cycle = case.cycle;
            case.reopened_at = Some(by.at);
            case.interrupted = None;
            case.closure = None;
            case.verification = None;
            case.review = None;
            case.plan = None;
            case.plan_until_approval = None;
            if case.danger_told_of_the_dead() {
                let cycle = case.cycle;
                case.danger_seen = Some(DangerSeen { by, cycle });
            }
        }
        Event::CaseArchived(_) => {
            if let Some(closure) = &mut case.closure {
                closure.archived = true;
            }
        }
        _ => {}
    }
}

/// What a closing did not end goes on: a separation that nobody lifted, and, where the child was thought
/// dead, what had been told and found until then, if no review answered it.
fn go_on(case: &mut CaseState) {
    case.separations_go_on();
    case.broken_off = false;
    if case.ended_as != Some(ClosingReason::Died) {
        return;
    }
    let (before, now) = (case.cycle - 1, case.cycle);
    let safe = case.found_safe_at;
    let unanswered = |at: Instant| safe.is_none_or(|safe| safe <= at);
    let form = case.initial_assessment.as_ref();
    case.broken_off =
        form.is_some_and(|form| form.cycle == before && form.emergency() && unanswered(form.by.at));
    for report in case.reports.iter_mut() {
        if report.cycle == before && unanswered(report.received_at) {
            report.cycle = now;
        }
    }
    if let Some(seen) = case.danger_seen.as_mut()
        && seen.cycle == before
        && unanswered(seen.by.at)
    {
        seen.cycle = now;
    }
}
