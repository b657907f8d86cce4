//! `withdraw-referral`: who referred takes a referral back and says why, for example because it went
//! to the wrong agency. That agency keeps number, day and its own answer, and nothing else.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::law::referrals::{REFER_BASIS, asked, referrals};
use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::referral::AnswerFacts;
use crate::case::events::written::ReasonPersonal;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Code, Prose};

/// The referral is taken back.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawReferral {
    /// Which.
    pub referral_id: Code,
    /// Why.
    pub reason: Prose,
}

impl Example for WithdrawReferral {
    fn example() -> Value {
        json!({"referral_id": "r1", "reason": "Nhầm nơi"})
    }
}

impl Gate for WithdrawReferral {
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        referrals(case)
    }

    fn stands(case: Case<'_>, about: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        if asked(case, about.key)?.status.has_a_part() {
            return Ok(());
        }
        Err(Bar::NoPlace(Rejection::procedure(
            "referral-ended",
            "Lần chuyển gửi này đã kết thúc hoặc đã bị từ chối, không còn gì để rút lại.",
            "This referral was completed or declined already: there is nothing to take back.",
            REFER_BASIS,
        )))
    }
}

impl Rule for WithdrawReferral {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About::of(&self.referral_id)
    }

    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::ReferralWithdrawn(Split {
            facts: AnswerFacts {
                referral_id: self.referral_id.clone(),
                danger_now: None,
            },
            personal: Some(ReasonPersonal {
                reason: self.reason.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use crate::case::{Part, ReferralStatus};
    use crate::identity::Role;

    #[test]
    fn who_referred_takes_it_back_and_the_agency_keeps_its_answer_only() {
        let referred = assessed().and("03-12 09:00", OFFICER, refer("r1"));
        let accepted = referred.and("03-12 10:00", HEALTH, answer("accept-referral", "r1"));
        for case in [&referred, &accepted] {
            let case = case
                .when("03-13 09:00", OFFICER, withdraw_referral("r1"))
                .then(&["ReferralWithdrawn"]);
            assert_eq!(case.state().referrals[0].status, ReferralStatus::Withdrawn);
            let part = case.state().part(Role::HealthWorker, COMMUNE);
            assert!(matches!(part, Part::Referral(_)), "{part:?}");
            case.when("03-14 09:00", HEALTH, answer("complete-referral", "r1"))
                .then_refused("not-asked");
            case.when("03-14 09:00", OFFICER, withdraw_referral("r1"))
                .then_refused("referral-ended");
        }
        assert_eq!(
            referred
                .and("03-13 09:00", OFFICER, withdraw_referral("r1"))
                .obligation("referral-response", "03-14 09:00")
                .split(' ')
                .next(),
            Some("waived")
        );
    }

    #[test]
    fn nobody_else_takes_it_back_and_not_before_it_was_made() {
        let referred = assessed().and("03-12 09:00", OFFICER, refer("r1"));
        referred
            .when("03-13 09:00", HEALTH, withdraw_referral("r1"))
            .then_refused("role-may-not");
        referred
            .when("03-13 09:00", OTHER_OFFICER, withdraw_referral("r1"))
            .then_refused("not-your-unit");
        referred
            .when(
                "03-13 09:00",
                OFFICER,
                at(withdraw_referral("r1"), "03-11 12:00"),
            )
            .then_refused_at("before-its-cause", "/occurred_at");
        referred
            .when("03-13 09:00", OFFICER, withdraw_referral("r9"))
            .then_refused_at("unknown-referral", "/referral_id");
    }
}
