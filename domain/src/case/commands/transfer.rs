//! What the answers to an offered transfer share.

use crate::case::decide::Case;
use crate::case::events::transfer::AnsweredFacts;
use crate::case::{Context, Rejection};

/// The articles between which the hand-over lies: assessment by the commune of the incident, plan
/// by the commune of residence.
pub(super) const BASIS: &str = "Luật Trẻ em 2016 Điều 52 khoản 2; NĐ 56/2017/NĐ-CP Điều 26";

/// Who may end the offer in this way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The commune that was asked.
    Asked,
    /// The commune that offered.
    Giver,
}

/// The two communes of the offer that waits, if the actor is on that side of it.
pub(super) fn answered(
    case: Option<Case<'_>>,
    context: &Context<'_>,
    side: Side,
) -> Result<AnsweredFacts, Rejection> {
    let Some(offer) = case.and_then(|case| case.state.transfer.as_ref()) else {
        return Err(Rejection::procedure(
            "no-transfer-offered",
            "Không có đề nghị chuyển hồ sơ nào đang chờ trả lời. Có thể đã có người khác trả lời \
             hoặc nơi chuyển đã rút lại.",
            "No transfer waits for an answer. Somebody else may have answered it, or it was \
             withdrawn.",
            BASIS,
        ));
    };
    let own = context.actor.unit.as_deref().unwrap_or_default();
    match side {
        Side::Asked if !context.units.same(own, offer.asked.unit()) => {
            return Err(Rejection::forbidden(
                "not-asked",
                "Đơn vị của bạn không phải nơi được đề nghị nhận hồ sơ này, nên không thể trả lời \
                 thay.",
                "Your unit was not asked to take this case, so it cannot answer.",
                BASIS,
            ));
        }
        Side::Giver if !context.units.same(own, &offer.from_unit) => {
            return Err(Rejection::forbidden(
                "not-the-giver",
                "Chỉ nơi đã đề nghị chuyển hồ sơ mới rút lại được.",
                "Only the unit that offered the transfer can withdraw it.",
                BASIS,
            ));
        }
        Side::Asked | Side::Giver => {}
    }
    if context.occurred_at < offer.by.at {
        return Err(super::before(
            "Không thể trả lời trước khi được đề nghị nhận hồ sơ.",
            "A transfer cannot be answered before it was offered.",
        ));
    }
    Ok(AnsweredFacts {
        from_unit: offer.from_unit.clone(),
        to_unit: offer.asked.unit().to_owned(),
    })
}
