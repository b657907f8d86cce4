//! When a case was closed and opened again, and what has to be so that it can be closed for a reason.

use crate::case::decide::Case;
use crate::case::event::Event;
use crate::case::events::contradiction::Against;
use crate::case::events::report::VerificationOutcome;
use crate::case::state::CaseState;
use crate::case::{Context, ItemState, Rejection};
use crate::identity::Birth;
use crate::language::Sentence;
use crate::law::Obligation;
use crate::time::Instant;

/// The one way that the Decree knows.
pub(super) const BASIS: &str = "NĐ 56/2017/NĐ-CP Điều 30 khoản 1 điểm b";

/// The closing of the case.
pub(in crate::case) fn closing(state: &CaseState, _: &Event) -> Option<Instant> {
    Some(state.closure.as_ref()?.by.at)
}

/// The reopening of the case.
pub(in crate::case) fn reopening(state: &CaseState, _: &Event) -> Option<Instant> {
    state.reopened_at
}

/// Nobody has looked at what was reported.
pub(super) fn nobody_looked() -> Rejection {
    Rejection::procedure(
        "nobody-looked",
        "Thông tin chưa được ai kiểm tra tính xác thực hoặc đánh giá nguy cơ ban đầu, nên chưa thể kết \
         thúc. Hãy kiểm tra hoặc đánh giá trước.",
        "Nobody has verified or assessed what was reported, so the case cannot be closed. Verify or \
         assess first.",
        "NĐ 56/2017/NĐ-CP Điều 25 khoản 2, Điều 26 khoản 2",
    )
}

/// Refuses while a duty of twelve hours is open.
pub(super) fn no_open_hours(case: Case<'_>, context: &Context<'_>) -> Result<(), Rejection> {
    match case.open_hours(context).first() {
        None => Ok(()),
        Some(owed) => Err(still_owed(owed)),
    }
}

/// Danger that was seen after the review, or whose hours still run, is answered first; what an earlier
/// round left undone stays late and does not keep a child in a procedure that has done its work.
pub(super) fn no_danger_since(case: Case<'_>, context: &Context<'_>) -> Result<(), Rejection> {
    let reviewed = case.state.review.as_ref().map(|review| review.by.at);
    let mut owed = case.open_hours(context).into_iter();
    let again = reviewed.is_some() && case.state.danger_unanswered_since(reviewed);
    let since = owed.find(|owed| {
        let runs = owed.due_at.is_some_and(|due| due > context.occurred_at);
        again || runs || reviewed.is_none_or(|reviewed| owed.opened_at > reviewed)
    });
    since.map_or(Ok(()), |owed| Err(still_owed(&owed)))
}

fn still_owed(owed: &Obligation) -> Rejection {
    Rejection::procedure(
        "still-in-danger",
        format!(
            "Việc “{}” trong 12 giờ chưa xong, nên chưa thể kết thúc vụ việc với lý do này. Hãy bảo vệ \
             trẻ trước và ghi biện pháp đã áp dụng.",
            owed.name.vi
        ),
        format!(
            "“{}” within 12 hours is still open, so the case cannot be closed for this reason. \
             Protect the child first and record the measure.",
            owed.name.en
        ),
        "NĐ 56/2017/NĐ-CP Điều 26 khoản 3",
    )
}

/// Refuses to close while something speaks against it and no reason is given.
pub(super) fn unanswered(against: &[Against]) -> Result<(), Rejection> {
    if against.is_empty() {
        return Ok(());
    }
    let Sentence { vi, en } = Against::titles(against);
    Err(Rejection::procedure(
        "contradictions-unanswered",
        format!(
            "Còn điểm mâu thuẫn với việc kết thúc vụ việc: {}. Hãy ghi lý do vì sao vẫn kết \
             thúc vụ việc.",
            vi
        ),
        format!(
            "Something speaks against closing: {}. Say why the case is closed nevertheless.",
            en
        ),
        BASIS,
    )
    .at("/contradiction_reason"))
}

/// Refuses unless this round was reviewed and found enough, and its plan carried out.
pub(super) fn safe_and_stable(state: &CaseState) -> Result<(), Rejection> {
    let Some(review) = state
        .review
        .as_ref()
        .filter(|review| review.cycle == state.cycle)
    else {
        return Err(not_enough(state));
    };
    if !review.enough() {
        return Err(not_enough(state));
    }
    let running = state
        .plan
        .iter()
        .flat_map(|plan| &plan.items)
        .any(|item| !item.ended());
    if running {
        return Err(Rejection::procedure(
            "plan-not-carried-out",
            "Kế hoạch còn việc chưa kết thúc. Hãy ghi kết quả từng việc trước khi kết thúc vụ việc.",
            "The plan has items that did not end. Record the result of each before closing.",
            "NĐ 56/2017/NĐ-CP Điều 30 khoản 1",
        ));
    }
    Ok(())
}

fn not_enough(state: &CaseState) -> Rejection {
    let reviewed = state.review.is_some();
    let (vi, en) = if reviewed {
        (
            "Lần rà soát gần nhất chưa kết luận cả hai điều kiện: không còn nguy cơ bị xâm hại và \
             đã ổn định. Phải lập kế hoạch tiếp theo.",
            "The last review did not find both: no longer at risk, and stable. A further plan is \
             needed.",
        )
    } else {
        (
            "Chưa có rà soát (Mẫu số 06) kết luận trẻ không còn nguy cơ bị xâm hại và đã ổn định. \
             Hãy rà soát trước.",
            "There is no review (form 06) that finds the child no longer at risk and stable. \
             Review first.",
        )
    };
    Rejection::procedure("not-safe-and-stable", vi, en, BASIS)
}

/// Refuses unless the whole of what was reported was found unfounded.
pub(super) fn unfounded(state: &CaseState) -> Result<(), Rejection> {
    let latest = state.verification == Some(VerificationOutcome::Unfounded);
    if latest && !state.assessed_before() {
        return Ok(());
    }
    Err(Rejection::procedure(
        "not-found-unfounded",
        "Chưa có kết quả kiểm tra tính xác thực cho thấy toàn bộ thông tin của vụ việc là không \
         có căn cứ.",
        "No verification found the whole of what was reported unfounded.",
        "NĐ 56/2017/NĐ-CP Điều 25 khoản 2",
    ))
}

/// Refuses unless the child is known to have reached 16.
pub(super) fn reached_16(state: &CaseState, context: &Context<'_>) -> Result<(), Rejection> {
    match state.child.birth {
        Some(birth @ Birth::Date(_)) if birth.age_on(context.occurred_at.date()) < 16 => {
            Err(Rejection::procedure(
                "not-yet-16",
                "Theo ngày sinh đã ghi, trẻ chưa đủ 16 tuổi.",
                "By the recorded date of birth the child is not 16 yet.",
                "Luật Trẻ em 2016 Điều 1",
            ))
        }
        Some(Birth::Date(_)) => Ok(()),
        _ => Err(Rejection::procedure(
            "birth-not-known",
            "Chưa có ngày sinh của trẻ nên chưa thể kết luận đã đủ 16 tuổi. Hãy đính chính ngày \
             sinh trước.",
            "The date of birth is not known, so nobody can say that the child has reached 16. \
             Correct the date of birth first.",
            "Luật Trẻ em 2016 Điều 1",
        )),
    }
}

/// A reason outside the Decree must not go round its two conditions.
pub(super) fn not_at_risk(state: &CaseState) -> Result<(), Rejection> {
    let found = state
        .initial_assessment
        .as_ref()
        .is_some_and(|a| a.cycle >= state.opened_in_cycle && a.emergency());
    let mut reports = state.reports.iter();
    let told = state.awaits_assessment
        && reports.any(|report| report.cycle == state.cycle && report.danger_now);
    let reviewed = state.review.as_ref();
    let safe = reviewed.is_some_and(|review| review.enough() && review.cycle == state.cycle);
    let at_risk = !safe && (found || told || reviewed.is_some());
    let running = state
        .plan_in_force()
        .into_iter()
        .flat_map(|plan| &plan.items)
        .any(|item| item.state == ItemState::Started);
    if !at_risk && !running {
        return Ok(());
    }
    Err(not_enough(state))
}
