//! What the three answers to a referral share.

use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::referral::{AnswerFacts, AnswerPersonal};
use crate::case::gate::Bar;
use crate::case::{About, CaseState, ReferralState, ReferralStatus, Rejection};
use crate::text::{Code, Prose};

pub(in crate::case::services) const REFER_BASIS: &str = "NĐ 56/2017/NĐ-CP Điều 29 khoản 1 điểm b";

/// The referrals of the case.
pub(in crate::case::services) fn referrals(case: Case<'_>) -> Vec<About<'_>> {
    let all = case.state.referrals.iter();
    all.map(|referral| About::of(&referral.id)).collect()
}

/// The referral with this id.
pub(in crate::case::services) fn asked<'a>(
    case: Case<'a>,
    id: Option<&Code>,
) -> Result<&'a ReferralState, Bar> {
    let mut referrals = case.state.referrals.iter();
    let asked = referrals.find(|referral| Some(&referral.id) == id);
    asked.ok_or_else(|| Bar::NoPlace(unknown()))
}

fn unknown() -> Rejection {
    Rejection::field(
        "/referral_id",
        "unknown-referral",
        "Vụ việc không có lần chuyển gửi này.",
        "The case has no such referral.",
    )
}

/// What an agency is told that was not asked, or whose part has ended.
pub(in crate::case::services) fn not_asked(state: &CaseState, id: Option<&Code>) -> Rejection {
    if !state
        .referrals
        .iter()
        .any(|referral| Some(&referral.id) == id)
    {
        return unknown();
    }
    Rejection::forbidden(
        "not-asked",
        "Cơ quan của anh/chị không phải nơi đang được chuyển gửi, nên không thể trả lời thay.",
        "Your agency is not asked by this referral, so it cannot answer.",
        REFER_BASIS,
    )
}

/// Refuses an answer to a referral that there is not, or that does not wait for it.
pub(in crate::case::services) fn waits(
    case: Case<'_>,
    id: Option<&Code>,
    possible: &[ReferralStatus],
) -> Result<(), Bar> {
    if possible.contains(&asked(case, id)?.status) {
        return Ok(());
    }
    Err(Bar::NoPlace(Rejection::procedure(
        "referral-answered",
        "Lần chuyển gửi này đã được trả lời.",
        "This referral was answered already.",
        REFER_BASIS,
    )))
}

/// The payload of an answer.
pub(in crate::case::services) fn answer(
    id: &Code,
    danger_now: Option<bool>,
    reason: Option<&Prose>,
) -> Split<AnswerFacts, AnswerPersonal> {
    Split {
        facts: AnswerFacts {
            referral_id: id.clone(),
            danger_now,
        },
        personal: reason.map(|reason| AnswerPersonal {
            reason: Some(reason.clone()),
        }),
    }
}
