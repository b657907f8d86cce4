//! How the law reads the events of a case: how much of one counts, and what it is about.

use uuid::Uuid;

use super::words::Each;
use crate::case::apart::named;
use crate::case::{CaseState, Contradiction, Event, Recorded, contradiction_key};
use crate::language::Sentence;
use crate::law::{Counts, DoneFor, Stands, Things};
use crate::time::Instant;

/// How much of the event counts for obligations.
pub(super) fn counts(recorded: &Recorded, state: &CaseState) -> Counts<Each> {
    if misdirected(recorded, state) {
        return Counts::Nothing;
    }
    if is_of_another_child(&recorded.event) {
        return Counts::Opens(Each::UnseenReport);
    }
    if !state.protects(recorded).case {
        return Counts::Apart;
    }
    Counts::Whole
}

/// A report that went to a commune where, as is known now, nothing happened, or only to another child: it is
/// still to be forwarded, and that commune owes nothing here.
fn misdirected(recorded: &Recorded, state: &CaseState) -> bool {
    let Event::ReportForwarded(forwarded) = &recorded.event else {
        return false;
    };
    let to = &forwarded.facts.to_unit;
    let mut split = state.split.iter();
    if split.any(|report| {
        report.forwarded_at == Some(recorded.occurred_at)
            && report.forwarded_to.as_ref() == Some(to)
    }) {
        return true;
    }
    let units = &state.units;
    let mut reports = state.reports.iter();
    !reports.any(|r| units.same(&r.incident_unit, to) || units.same(r.incident.unit(), to))
}

/// A report that was added unseen and, as is known now, is about another child.
const fn is_of_another_child(event: &Event) -> bool {
    match event {
        Event::ReportReceived(report) => {
            report.facts.unseen && matches!(report.facts.same, Some(false))
        }
        _ => false,
    }
}

/// The report that was added unseen, of which nobody knows yet whether it is about the same child, and which
/// the event is, or whose child it separates.
pub(super) fn apart(recorded: &Recorded, state: &CaseState) -> Option<String> {
    match &recorded.event {
        Event::ReportReceived(report) if report.facts.unseen && report.facts.same.is_none() => {
            Some(recorded.event_id.to_string())
        }
        Event::SeparationOrdered(_) | Event::SeparationExtended(_) => {
            let protects = state.protects(recorded);
            let report = protects.reports.first().filter(|_| !protects.case)?;
            state.waits(*report).then(|| report.to_string())
        }
        _ => None,
    }
}

/// The version of the event until which nobody knew whether what the event begins is for the child of the case.
pub(super) fn apart_until(recorded: &Recorded, state: &CaseState) -> Option<i64> {
    let report = match &recorded.event {
        Event::ReportReceived(_) => Some(recorded.event_id),
        event => named(event),
    };
    let mut all = state.reports.iter();
    let report = all.find(|one| Some(one.event_id) == report)?;
    report
        .answered_by
        .filter(|answered| recorded.version < *answered)
}

/// Whether an event that ends a step ends what another event opened. A separation of a child of whom nobody knew yet
/// whether it is that of the case was lifted by who named its report, and by nobody else.
pub(super) fn ends(recorded: &Recorded, opened_by: Uuid, state: &CaseState) -> bool {
    let Event::SeparationLifted(lifted) = &recorded.event else {
        return true;
    };
    let unknown = |report: &Uuid| state.unknown_then(*report);
    let mut all = state.separations.iter();
    let ordered = all.find(|one| one.by.event_id == opened_by);
    let of = ordered.and_then(|one| one.report).filter(unknown);
    lifted.facts.report.filter(unknown) == of
}

/// For what an event is done: for the case and what it is about, or for a report that is kept apart.
pub(super) fn done_for(recorded: &Recorded, state: &CaseState) -> DoneFor {
    let protects = state.protects(recorded);
    let reports = protects.reports.iter().map(ToString::to_string);
    DoneFor {
        whole: protects.case,
        keys: key_of(&recorded.event).into_iter().chain(reports).collect(),
    }
}

/// What an event is about: the item, referral, examination, placement or contradiction.
pub(super) fn key_of(event: &Event) -> Option<String> {
    match event {
        Event::ContradictionAnswered(e) => {
            Some(contradiction_key(e.facts.event_id, e.facts.against))
        }
        Event::SameChildAnswered(e) => Some(e.facts.event_id.to_string()),
        event => event.key().map(|key| key.as_str().to_owned()),
    }
}

/// Over what a step repeats, after the event.
pub(super) fn things(each: Each, recorded: &Recorded, state: &CaseState) -> Things {
    match each {
        Each::Referral | Each::Examination | Each::Placement => {
            Things::Of(vec![key_of(&recorded.event)])
        }
        Each::Contradiction => {
            let open = state.open_contradictions().map(Contradiction::key);
            Things::Of(open.map(Some).collect())
        }
        Each::UnseenReport => {
            let unseen = match &recorded.event {
                Event::ReportReceived(report) => report.facts.unseen,
                _ => false,
            };
            let id = || Some(recorded.event_id.to_string());
            Things::Of(unseen.then(id).into_iter().collect())
        }
        Each::PlanItem => {
            let items = state.plan.as_ref().map(|plan| plan.items.as_slice());
            let items = items.unwrap_or_default();
            let id = |item: &crate::case::Item| item.facts.id.as_str().to_owned();
            Things::Instead {
                of: items.iter().filter(|item| !item.ended()).map(id).collect(),
                kept: items
                    .iter()
                    .map(|item| (id(item), Instant::end_of(item.facts.end.0)))
                    .collect(),
                why: Sentence::new("kế hoạch được điều chỉnh", "the plan was adjusted"),
            }
        }
    }
}

/// Whether what a step repeats over still stands.
pub(super) fn stands(each: Each, key: &str, state: &CaseState) -> Stands {
    if each != Each::Contradiction {
        return Stands::Still;
    }
    let mut all = state.contradictions.iter();
    match all.find(|one| one.key() == key) {
        Some(one) if one.answered.is_none() && !state.closing_ends(one) => Stands::Still,
        Some(one) if one.answered.is_none() => {
            Stands::Gone(Sentence::new("vụ việc đã kết thúc", "the case was closed"))
        }
        Some(_) => Stands::Answered,
        None => Stands::Gone(Sentence::new(
            "đã trả lời lại, không còn mâu thuẫn",
            "answered again: nothing is contradicted any more",
        )),
    }
}

/// Why an obligation is gone that a correction, or an answer about the child, took away.
pub(super) fn taken_away(event: &Event) -> Sentence {
    let (vi, en) = match event {
        Event::SameChildAnswered(answer) if !answer.facts.same => (
            "thông tin này là về trẻ khác và đã thành vụ việc riêng",
            "the report was about another child and became a case of its own",
        ),
        Event::SameChildAnswered(_) | Event::CaseReopened(_) => (
            "thông tin này là về cùng một trẻ và được tính cùng vụ việc",
            "the report is about the same child and counts with the case",
        ),
        Event::ContradictionAnswered(_) => (
            "đính chính rằng trẻ không gặp nguy hiểm đã được xác nhận",
            "that the child was not in danger was corrected, and a second person confirmed it",
        ),
        _ => (
            "nội dung làm phát sinh việc này đã được đính chính",
            "what opened it was corrected",
        ),
    };
    Sentence::new(vi, en)
}
