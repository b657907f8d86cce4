//! What the three answers to a referral share.

use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::referral::{AnswerFacts, AnswerPersonal};
use crate::case::{CaseState, ReferralState, ReferralStatus, Rejection};
use crate::text::{Code, Prose};

pub(super) const REFER_BASIS: &str = "NĐ 56/2017/NĐ-CP Điều 29 khoản 1 điểm b";

/// The referral with this id.
pub(super) fn asked<'a>(case: Option<Case<'a>>, id: &Code) -> Result<&'a ReferralState, Rejection> {
    let asked = case.and_then(|case| {
        let mut referrals = case.state.referrals.iter();
        referrals.find(|referral| referral.id == *id)
    });
    asked.ok_or_else(unknown)
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
pub(super) fn not_asked(state: &CaseState, id: &Code) -> Rejection {
    if !state.referrals.iter().any(|referral| referral.id == *id) {
        return unknown();
    }
    Rejection::forbidden(
        "not-asked",
        "Cơ quan của anh/chị không phải nơi đang được chuyển gửi, nên không thể trả lời thay.",
        "Your agency is not asked by this referral, so it cannot answer.",
        REFER_BASIS,
    )
}

/// The payload of an answer, if the referral exists and waits for such an answer.
pub(super) fn answer(
    case: Option<Case<'_>>,
    id: &Code,
    danger_now: Option<bool>,
    reason: Option<&Prose>,
    possible: &[ReferralStatus],
) -> Result<Split<AnswerFacts, AnswerPersonal>, Rejection> {
    let referral = asked(case, id)?;
    if !possible.contains(&referral.status) {
        return Err(Rejection::procedure(
            "referral-answered",
            "Lần chuyển gửi này đã được trả lời.",
            "This referral was answered already.",
            REFER_BASIS,
        ));
    }
    Ok(Split {
        facts: AnswerFacts {
            referral_id: id.clone(),
            danger_now,
        },
        personal: reason.map(|reason| AnswerPersonal {
            reason: Some(reason.clone()),
        }),
    })
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    const ANSWERS: [&str; 3] = ["accept-referral", "decline-referral", "complete-referral"];

    fn referred() -> Given {
        assessed().and("03-18 09:00", OFFICER, refer("r1"))
    }

    #[test]
    fn only_who_was_asked_answers_or_the_officer_for_them() {
        for kind in ANSWERS {
            // A health worker of another commune, and somebody of another kind of agency.
            for other in [("health-worker", OTHER), ("education-worker", COMMUNE)] {
                referred()
                    .when("03-19 09:00", other, answer(kind, "r1"))
                    .then_refused("not-asked");
            }
            referred()
                .when("03-19 09:00", CLERK, answer(kind, "r1"))
                .then_refused("role-may-not");
            referred().and("03-19 09:00", OFFICER, answer(kind, "r1"));
        }
    }

    #[test]
    fn an_answer_is_to_a_referral_that_was_made_and_waits() {
        for kind in ANSWERS {
            referred()
                .when("03-19 09:00", HEALTH, answer(kind, "r2"))
                .then_refused_at("unknown-referral", "/referral_id");
            referred()
                .and("03-19 09:00", HEALTH, answer("decline-referral", "r1"))
                .when("03-20 09:00", HEALTH, answer(kind, "r1"))
                .then_refused("not-asked");
            referred()
                .when("03-19 09:00", HEALTH, at(answer(kind, "r1"), "03-18 08:00"))
                .then_refused_at("before-its-cause", "/occurred_at");
        }
    }
}
