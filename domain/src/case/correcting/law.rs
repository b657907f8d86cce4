//! Who may correct what, and what is told where a correction would make the rest impossible.

use super::correction::payload;
use super::possible_history::Stands;
use crate::case::competent::{corrects, moves_who_answers};
use crate::case::decide::Case;
use crate::case::{Context, Event, Recorded, Rejection};
use crate::permit::Viewer;

/// Refuses to correct a report here that was about another child: what it says stands in a case of its own.
fn became_another_case(case: Case<'_>, event: &Recorded) -> Result<(), Rejection> {
    let mut split = case.state.split.iter();
    if !split.any(|report| report.event_id == event.event_id) {
        return Ok(());
    }
    let mut history = case.history.iter().rev();
    let new_case = history.find_map(|recorded| match &recorded.event {
        Event::SameChildAnswered(answer) if answer.facts.event_id == event.event_id => {
            answer.facts.new_case
        }
        _ => None,
    });
    let named = new_case.map_or_else(String::new, |id| format!(" ({id})"));
    Err(Rejection::field(
        "/event_id",
        "became-another-case",
        format!(
            "Thông tin này là về trẻ khác và đã thành vụ việc riêng{named}. Hãy đính chính ở vụ việc đó."
        ),
        format!(
            "This report was about another child and became a case of its own{named}. Correct it there."
        ),
    ))
}

/// The event as the actor sees it, if they see it and may correct it.
pub(super) fn correctable(
    case: Case<'_>,
    event: &Recorded,
    context: &Context<'_>,
) -> Result<Recorded, Rejection> {
    let seen = viewer(context).event(case.state, event, case.history);
    let seen = seen.ok_or_else(unknown_event)?;
    if matches!(event.event, Event::FactCorrected(_)) {
        return Err(Rejection::field(
            "/event_id",
            "a-correction",
            "Không đính chính một lần đính chính. Hãy đính chính lại ghi nhận gốc.",
            "A correction is not corrected. Correct the original again.",
        ));
    }
    became_another_case(case, event)?;
    // Who may move who answers for the case may correct that, and nothing else of it.
    if moves_who_answers(case, event, context) != Some(true) {
        corrects(case, event, context)?;
    }
    Ok(seen)
}

/// No such event, as far as the actor sees.
pub(super) fn unknown_event() -> Rejection {
    Rejection::field(
        "/event_id",
        "unknown-event",
        "Vụ việc không có ghi nhận này.",
        "The case has no such event.",
    )
}

/// Where a child lives and where it happened moves who answers for the case. Once somebody has acted on it,
/// only who answers for it says so, or the province: nobody corrects a case into their own hands.
pub(super) fn moves_from_outside(case: Case<'_>, moving: Option<bool>) -> Result<(), Rejection> {
    if moving != Some(false) || !case.state.acted_on() {
        return Ok(());
    }
    Err(Rejection::forbidden(
        "holder-corrects-the-place",
        "Đã có nơi làm việc với trẻ, nên chỉ xã chịu trách nhiệm về vụ việc hoặc cấp tỉnh đính chính nơi \
         xảy ra, nơi cư trú, nơi tiếp nhận và nơi được chuyển thông tin. Hãy báo cho nơi đó.",
        "Somebody has acted on the case, so only the commune that answers for it or the province corrects \
         where it happened, where the child lives, who received the report and to whom it was passed on. \
         Tell them.",
        "",
    ))
}

/// Whether a personal value that is not there was left out when the event was recorded: it may be added.
/// What is hidden from the viewer, or was erased, may not.
pub(super) fn may_have_been_left_out(
    seen: &Recorded,
    event: &Recorded,
    history: &[Recorded],
) -> bool {
    let has_one = |event: &Recorded| payload(&event.event).1.is_some();
    if has_one(event) {
        return has_one(seen);
    }
    // A report always has a personal part: without it the case was erased.
    history.iter().all(|recorded| match &recorded.event {
        Event::ReportReceived(report) => report.personal.is_some(),
        _ => true,
    })
}

/// No such value, as far as the actor sees.
pub(super) fn unknown_path() -> Rejection {
    Rejection::field(
        "/path",
        "unknown-path",
        "Ghi nhận đó không có mục này, hoặc mục này được suy ra từ mục khác. Hãy đính chính mục gốc.",
        "That event has no such value, or it follows from another one. Correct that one.",
    )
}

/// The actor as a reader.
pub(super) fn viewer<'a>(context: &Context<'a>) -> Viewer<'a> {
    Viewer {
        role: context.actor.role,
        unit: context.actor.unit.as_deref().unwrap_or_default(),
        units: context.units,
    }
}

/// The same to somebody who does not see the event: nobody learns by a refusal what they do not see.
pub(super) fn stands_unseen(stands: &Stands) -> Rejection {
    Rejection::field(
        "/value",
        stands.refusal.code,
        "Nếu đính chính như vậy thì một nội dung khác mà anh/chị không xem được không thể xảy ra. Hãy báo \
         cho xã chịu trách nhiệm về vụ việc.",
        "With this correction something that you do not see could not have happened. Tell the commune that \
         answers for the case.",
    )
}

/// What would not be possible any more, and which event stands against it.
pub(super) fn stands_against(stands: Stands) -> Rejection {
    let Stands {
        event_id,
        title,
        at,
        refusal,
        of_itself,
    } = stands;
    if of_itself {
        return Rejection {
            against: Some(event_id),
            ..refusal.at("/value")
        };
    }
    let day = at.local().format("%d/%m/%Y %H:%M");
    let mut refused = Rejection::field(
        "/value",
        refusal.code,
        format!(
            "Nếu đính chính như vậy thì “{}” lúc {day} không thể xảy ra: {}",
            title.vi, refusal.message.vi
        ),
        format!(
            "With this correction the {} of {day} could not have happened: {}",
            title.en, refusal.message.en
        ),
    );
    refused.kind = refusal.kind;
    refused.legal_basis = refusal.legal_basis;
    refused.against = Some(event_id);
    refused
}
