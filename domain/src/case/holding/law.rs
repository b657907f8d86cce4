//! What the answers to an offered transfer share.

use crate::case::decide::Case;
use crate::case::event::Event;
use crate::case::events::transfer::AnsweredFacts;
use crate::case::gate::Bar;
use crate::case::{CaseState, Rejection};
use crate::time::Instant;

/// The articles between which the hand-over lies: assessment by the commune of the incident, plan
/// by the commune of residence.
pub(super) const BASIS: &str = "Luật Trẻ em 2016 Điều 52 khoản 2; NĐ 56/2017/NĐ-CP Điều 26";

/// What a commune is told that is not asked to take the case.
pub(super) fn not_asked(state: &CaseState) -> Rejection {
    if state.transfer.is_none() {
        return not_offered();
    }
    Rejection::forbidden(
        "not-asked",
        "Đơn vị của anh/chị không phải nơi được đề nghị nhận hồ sơ này, nên không thể trả lời thay.",
        "Your unit was not asked to take this case, so it cannot answer.",
        BASIS,
    )
}

fn not_offered() -> Rejection {
    Rejection::procedure(
        "no-transfer-offered",
        "Không có đề nghị chuyển hồ sơ nào đang chờ trả lời. Có thể đã có người khác trả lời hoặc \
         nơi chuyển đã rút lại.",
        "No transfer waits for an answer. Somebody else may have answered it, or it was withdrawn.",
        BASIS,
    )
}

/// Refuses an answer where nothing was offered.
pub(super) fn offered(case: Case<'_>) -> Result<(), Bar> {
    match case.state.transfer {
        Some(_) => Ok(()),
        None => Err(Bar::NoPlace(not_offered())),
    }
}

/// The two communes of the offer that waits.
pub(super) fn answered(case: Option<Case<'_>>) -> Result<AnsweredFacts, Rejection> {
    let Some(offer) = case.and_then(|case| case.state.transfer.as_ref()) else {
        return Err(not_offered());
    };
    Ok(AnsweredFacts {
        from_unit: offer.from_unit.clone(),
        to_unit: offer.asked.unit().to_owned(),
    })
}

/// The acceptance of the case by the commune that holds it.
pub(in crate::case) fn take_over(state: &CaseState, _: &Event) -> Option<Instant> {
    state.taken_over_at
}

/// The offer to take the case.
pub(in crate::case) fn offer(state: &CaseState, _: &Event) -> Option<Instant> {
    Some(state.transfer.as_ref()?.by.at)
}

/// The assignment of the officer.
pub(in crate::case) fn assignment(state: &CaseState, event: &Event) -> Option<Instant> {
    let Event::OfficerRelieved(relieved) = event else {
        return None;
    };
    let (id, role) = (relieved.officer()?, relieved.facts.role);
    let mut officers = state.officers.iter();
    let officer = officers.find(|o| o.officer == id && o.role == role)?;
    Some(officer.since)
}
