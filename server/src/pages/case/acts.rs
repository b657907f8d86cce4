//! The acts on a case: who may give each, and when it can be given. What is offered here is a help
//! for the eye; whether it may happen is decided in the domain when it is sent.

use chrono::NaiveDate;
use domain::case::Procedure;
use domain::case::{CaseState, ItemState, PlanState, Status};
use uuid::Uuid;

use crate::access::Officer;

/// Whether this officer's role may ever give a command, from whatever seat.
#[must_use]
pub fn may_give(procedure: &Procedure, officer: &Officer, command: &str) -> bool {
    procedure.role_may(command, officer.role)
}

/// Whether this officer's role receives reports, and so begins cases.
#[must_use]
pub fn receives_reports(procedure: &Procedure, officer: &Officer) -> bool {
    procedure.anyone_may("receive-report", officer.role)
}

/// Where the form of an act is. `item` is the item of the plan or the referral that it is about.
#[must_use]
pub fn address(case: Uuid, command: &str, item: Option<&str>) -> String {
    match item {
        Some(item) => format!("/cases/{case}/acts/{command}?item={item}"),
        None => format!("/cases/{case}/acts/{command}"),
    }
}

/// An act that can be recorded beside the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// The command.
    pub command: &'static str,
    /// Why it cannot be given yet: key of a text.
    pub not_yet: Option<&'static str>,
}

/// What this officer may record on the case beside the acts `next`, and what cannot start yet.
#[must_use]
pub fn others(
    procedure: &Procedure,
    officer: &Officer,
    state: &CaseState,
    next: &[&str],
    today: NaiveDate,
) -> Vec<Other> {
    const LIST: &[&str] = &[
        "record-visit",
        "add-note",
        "attach-document",
        "refer",
        "record-verification",
        "record-initial-assessment",
        "apply-emergency-measure",
        "order-separation",
        "extend-separation",
        "lift-separation",
        "request-court-order",
        "record-court-decision",
        "record-detailed-assessment",
        "hold-case-meeting",
        "submit-plan",
        "approve-plan",
        "return-plan",
        "adjust-plan",
        "review-plan",
        "assign-officer",
        "relieve-officer",
        "pass-competence",
        "close-case",
        "reopen-case",
    ];
    LIST.iter()
        .filter(|command| may_give(procedure, officer, command) && !next.contains(command))
        .filter_map(|command| {
            possible(state, command, today).map(|not_yet| Other { command, not_yet })
        })
        .collect()
}

/// What can be recorded between agencies, beside the acts `next`. There are many of them, each for few:
/// only those are offered that the domain would take now.
pub fn beside(next: &[&str], can: impl Fn(&str) -> bool) -> Vec<Other> {
    const LIST: &[&str] = &[
        "transfer-case",
        "pass-crime-report",
        "assign-investigator",
        "record-forensic-grounds",
        "order-forensic-exam",
        "record-forensic-conclusion",
        "prolong-crime-report",
        "decide-crime-report",
        "inform-informant",
        "propose-prosecution",
        "record-interview",
        "propose-placement",
        "verify-carer",
        "decide-placement",
        "hand-over-child",
        "record-placement-follow-up",
        "end-placement",
        "admit-to-facility",
        "complete-admission-papers",
        "list-for-placement",
        "appraise-listing",
        "end-facility-care",
    ];
    let possible = LIST.iter().filter(|command| !next.contains(command));
    possible
        .filter(|command| can(command))
        .map(|command| Other {
            command,
            not_yet: None,
        })
        .collect()
}

/// None: has no place in this case now. Else whether it can be given, or why not yet.
fn possible(state: &CaseState, command: &str, today: NaiveDate) -> Option<Option<&'static str>> {
    let closed = state.status == Status::Closed;
    let unless = |can: bool, why: &'static str| Some((!can).then_some(why));
    let plan = state.plan.as_ref().map(|plan| plan.state);
    let assessed = state.initial_assessment.is_some() && !state.awaits_assessment;
    match command {
        "add-note" | "attach-document" if closed => (command == "add-note").then_some(None),
        "reopen-case" => closed.then_some(None),
        _ if closed => None,
        "record-initial-assessment" => state.awaits_assessment.then_some(None),
        "order-separation" => state.separation().is_none().then_some(None),
        "extend-separation" | "lift-separation" => state.separation().map(|_| None),
        "record-court-decision" => match (state.court.requested_at, state.court.decided_at) {
            (Some(_), None) => Some(None),
            _ => None,
        },
        "record-detailed-assessment" => unless(assessed, "not-yet-assessed"),
        "hold-case-meeting" => unless(
            state.detailed_assessment.is_some(),
            "not-yet-detailed-assessment",
        ),
        "submit-plan" => match plan {
            Some(PlanState::Submitted) => None,
            _ => unless(assessed, "not-yet-assessed"),
        },
        "approve-plan" | "return-plan" => match plan {
            Some(PlanState::Approved) => None,
            _ => unless(plan == Some(PlanState::Submitted), "not-yet-plan-submitted"),
        },
        "adjust-plan" => unless(state.plan_in_force().is_some(), "not-yet-plan-approved"),
        "review-plan" => {
            let plan = state.plan_in_force();
            let ended = plan.is_some_and(|plan| plan.items.iter().all(domain::case::Item::ended));
            unless(ended, "not-yet-items-ended")
        }
        "pass-competence" => {
            let due = state.passings_due(crate::units::register(), today);
            (!due.is_empty()).then_some(None)
        }
        "relieve-officer" => (!state.officers.is_empty()).then_some(None),
        _ => Some(None),
    }
}

/// What can be done with an item of a plan in force.
#[must_use]
pub const fn of_item(state: ItemState) -> &'static [&'static str] {
    match state {
        ItemState::Planned => &["start-service", "complete-service", "fail-service"],
        ItemState::Started => &[
            "complete-service",
            "record-service-progress",
            "fail-service",
        ],
        ItemState::Completed | ItemState::Failed => &[],
    }
}
