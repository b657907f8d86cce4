//! What the three answers to a referral share.

use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::referral::{AnswerFacts, AnswerPersonal};
use crate::case::{Context, ReferralStatus, Rejection};
use crate::identity::Role;
use crate::text::{Code, Prose};

/// The payload of an answer, if the referral exists and waits for such an answer.
pub(super) fn answer(
    case: Option<Case<'_>>,
    context: &Context<'_>,
    id: &Code,
    reason: Option<&Prose>,
    possible: &[ReferralStatus],
) -> Result<Split<AnswerFacts, AnswerPersonal>, Rejection> {
    let asked = case.and_then(|case| {
        let mut referrals = case.state.referrals.iter();
        referrals.find(|referral| referral.id == *id)
    });
    let Some(referral) = asked else {
        return Err(Rejection::field(
            "/referral_id",
            "unknown-referral",
            "Vụ việc không có lần chuyển gửi này.",
            "The case has no such referral.",
        ));
    };
    let actor = context.actor;
    // The commune may write down what the service told it.
    let for_the_service = matches!(actor.role, Role::CommuneOfficer | Role::CommuneChair);
    let role_asked = referral.role().is_none_or(|role| role == actor.role);
    let own = actor.unit.as_deref().unwrap_or_default();
    let asked = referral.asked.as_ref();
    let unit_asked = asked.is_none_or(|asked| context.units.same(asked.unit(), own));
    let may = for_the_service || (role_asked && unit_asked);
    if !may {
        return Err(Rejection::forbidden(
            "not-asked",
            "Cơ quan của bạn không phải nơi được chuyển gửi, nên không thể trả lời thay.",
            "Your agency was not asked by this referral, so it cannot answer.",
            "NĐ 56/2017/NĐ-CP Điều 29 khoản 1 điểm b",
        ));
    }
    if !possible.contains(&referral.status) {
        return Err(Rejection::procedure(
            "referral-answered",
            "Lần chuyển gửi này đã được trả lời.",
            "This referral was answered already.",
            "NĐ 56/2017/NĐ-CP Điều 29 khoản 1 điểm b",
        ));
    }
    if context.occurred_at < referral.by.at {
        return Err(super::before(
            "Không thể trả lời trước khi được chuyển gửi.",
            "A referral cannot be answered before it was made.",
        ));
    }
    Ok(Split {
        facts: AnswerFacts {
            referral_id: id.clone(),
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
                .then_refused("referral-answered");
            referred()
                .when("03-19 09:00", HEALTH, at(answer(kind, "r1"), "03-18 08:00"))
                .then_refused_at("before-its-cause", "/occurred_at");
        }
    }
}
