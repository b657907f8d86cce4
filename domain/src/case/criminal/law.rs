//! What the commands of police and prosecution share.

use super::state::CrimeReport;
use crate::case::decide::Case;
use crate::case::event::Event;
use crate::case::gate::Bar;
use crate::case::{About, CaseState, Rejection};
use crate::time::Instant;

pub(super) const PASS_BASIS: &str =
    "TT 43/2021/TT-BCA Điều 5 khoản 1; TTLT 01/2022 Điều 9; BLTTHS 2015 Điều 146";
pub(super) const INVESTIGATE_BASIS: &str = "TT 43/2021/TT-BCA Điều 8, Điều 13";
pub(super) const EXAM_BASIS: &str = "TT 43/2021/TT-BCA Điều 21, Điều 22; BLTTHS 2015 Điều 208";
pub(super) const DECIDE_BASIS: &str = "BLTTHS 2015 Điều 147";

/// The report of crime that is being handled.
pub(super) fn handled<'a>(case: Case<'a>, basis: &'static str) -> Result<&'a CrimeReport, Bar> {
    let report = case.state.criminal.report();
    let handled = report.filter(|report| report.open());
    handled.ok_or_else(|| Bar::NoPlace(none(basis)))
}

/// Refuses where no report of crime was ever passed.
pub(super) fn handled_ever(case: Case<'_>, basis: &'static str) -> Result<(), Bar> {
    match no_report(case.state, basis) {
        None => Ok(()),
        Some(refusal) => Err(Bar::NoPlace(refusal)),
    }
}

/// The examinations of the case.
pub(super) fn examinations(case: Case<'_>) -> Vec<About<'_>> {
    let all = case.state.criminal.examinations.iter();
    all.map(|exam| About::of(&exam.id)).collect()
}

/// What those are told who have no seat because no report of crime was passed.
pub(super) fn no_report(state: &CaseState, basis: &'static str) -> Option<Rejection> {
    state.criminal.reports.is_empty().then(|| none(basis))
}

fn none(basis: &'static str) -> Rejection {
    Rejection::procedure(
        "no-crime-report",
        "Vụ việc không có tin báo về tội phạm nào đang được giải quyết. Hãy chuyển tin báo cho cơ \
         quan điều tra trước.",
        "No report of crime is being handled in this case. Pass one to the investigating body \
         first.",
        basis,
    )
}

pub(super) fn exam_twice() -> Rejection {
    Rejection::field(
        "/exam_id",
        "exam-twice",
        "Vụ việc đã có việc giám định mang mã này.",
        "The case has an examination with this id already.",
    )
}

pub(super) fn unknown_exam() -> Rejection {
    Rejection::field(
        "/exam_id",
        "unknown-exam",
        "Vụ việc không có việc giám định này.",
        "The case has no such examination.",
    )
}

/// The passing of the report of crime.
pub(in crate::case) fn crime_report(state: &CaseState, _: &Event) -> Option<Instant> {
    Some(state.criminal.report()?.by.at)
}

/// The grounds for the examination.
pub(in crate::case) fn grounds(state: &CaseState, event: &Event) -> Option<Instant> {
    state.criminal.examination(event.key()?)?.grounds_at
}

/// The order of the examination.
pub(in crate::case) fn exam_order(state: &CaseState, event: &Event) -> Option<Instant> {
    state.criminal.examination(event.key()?)?.ordered_at
}

/// The decision on the report of crime.
pub(in crate::case) fn crime_decision(state: &CaseState, _: &Event) -> Option<Instant> {
    state.criminal.report()?.decided_at
}
