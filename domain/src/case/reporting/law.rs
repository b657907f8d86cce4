//! When reports were received, passed on and checked.

use crate::case::event::Event;
use crate::case::state::CaseState;
use crate::time::Instant;

/// The first receipt of the case.
pub(in crate::case) fn first_receipt(state: &CaseState, _: &Event) -> Option<Instant> {
    state.first_receipt()
}

/// The earliest receipt of this round, or the reopening.
pub(in crate::case) fn round_receipt(state: &CaseState, _: &Event) -> Option<Instant> {
    Some(state.received_at)
}

/// The receipt of the report that is forwarded.
pub(in crate::case) fn receipt(state: &CaseState, event: &Event) -> Option<Instant> {
    let Event::ReportForwarded(forwarded) = event else {
        return None;
    };
    let row = state.report_to_forward(&forwarded.facts.to_unit)?;
    Some(state.reports.get(row)?.received_at)
}

/// The forwarding of the report that is acknowledged.
pub(in crate::case) fn forwarding(state: &CaseState, _: &Event) -> Option<Instant> {
    let mut waiting = state.reports.iter().rev();
    let report = waiting.find(|r| r.forwarded_at.is_some() && r.acknowledged_at.is_none())?;
    report.forwarded_at
}

/// The last verification.
pub(in crate::case) fn verification(state: &CaseState, _: &Event) -> Option<Instant> {
    state.verified_at
}

/// The receipt of the report that was added unseen.
pub(in crate::case) fn unseen_report(state: &CaseState, event: &Event) -> Option<Instant> {
    let Event::SameChildAnswered(answer) = event else {
        return None;
    };
    let mut all = state.reports.iter();
    let report = all.find(|one| one.event_id == answer.facts.event_id)?;
    Some(report.received_at)
}
