//! `lift-separation`: the chair ends a separation (Decree 56/2017, art. 32.3).

use serde::Deserialize;

use super::Rule;
use super::extend_separation::not_separated;
use super::order_separation::not_the_chair;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::apart;
use crate::case::events::separation::{LiftedFacts, LiftedPersonal};
use crate::case::{Context, Event, Rejection};
use crate::text::{Line, Prose, Term};

/// The decision that ends the separation: with whom the child is from now on, and why it is lifted where
/// no form 03 found parents or carers safe.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct LiftSeparation {
    pub decision_number: Option<Line>,
    pub placement: Option<Term>,
    pub reason: Option<Prose>,
}

impl Rule for LiftSeparation {
    fn wrong_role(&self) -> Option<Rejection> {
        Some(not_the_chair())
    }

    fn decide(&self, case: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        let Some(separation) = state.separation() else {
            return Err(not_separated());
        };
        let Some(placement) = &self.placement else {
            return Err(Rejection::field(
                "/placement",
                "missing-field",
                "Hãy ghi trẻ nay ở với ai.",
                "Say with whom the child is from now on.",
            ));
        };
        let assessed = state.detailed_assessment.as_ref();
        if assessed.is_none_or(|form| form.at < separation.by.at) && self.reason.is_none() {
            return Err(Rejection::procedure(
                "not-assessed-as-safe",
                "Từ khi cách ly chưa có đánh giá theo Mẫu số 03 rằng cha, mẹ, người chăm sóc đã bảo \
                 đảm an toàn. Hãy đánh giá trước, hoặc ghi lý do vì sao hủy bỏ mà không có đánh giá.",
                "Since the separation no form 03 has found parents or carers safe. Assess first, or \
                 say why it is lifted without.",
                "NĐ 56/2017/NĐ-CP Điều 32 khoản 3",
            )
            .at("/reason"));
        }
        let (decision_number, words) = apart(self.decision_number.as_ref());
        let personal = LiftedPersonal {
            placement: placement.words(),
            reason: self.reason.clone(),
            decision_number: words,
        };
        Ok(vec![Event::SeparationLifted(Split {
            facts: LiftedFacts {
                decision_number,
                placement: placement.code(),
            },
            personal: (personal != LiftedPersonal::default()).then_some(personal),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    #[test]
    fn lifting_ends_the_separation() {
        let lifted = separated()
            .when("03-20 08:00", CHAIR, lift())
            .then(&["SeparationLifted"]);
        assert!(lifted.state().separation().is_none());
        assert_eq!(
            lifted.obligation("separation-end", "03-21 00:00"),
            "met 03-28 00:00"
        );
    }

    #[test]
    fn it_says_with_whom_the_child_is_and_that_it_is_safe_or_why_not() {
        let without = |field: &str| {
            let mut command = lift();
            command.as_object_mut().unwrap().remove(field);
            command
        };
        separated()
            .when("03-20 08:00", CHAIR, without("placement"))
            .then_refused_at("missing-field", "/placement");
        separated()
            .when("03-20 08:00", CHAIR, without("reason"))
            .then_refused_at("not-assessed-as-safe", "/reason");
        // A form 03 of before the separation says nothing of after it.
        emergency()
            .and("03-11 18:00", OFFICER, detail())
            .and("03-12 08:00", CHAIR, separate("2024-03-12", "2024-03-20"))
            .when("03-20 08:00", CHAIR, without("reason"))
            .then_refused_at("not-assessed-as-safe", "/reason");
        separated()
            .and("03-19 09:00", OFFICER, detail())
            .when("03-20 08:00", CHAIR, without("reason"))
            .then(&["SeparationLifted"]);
    }

    #[test]
    fn refusals() {
        emergency()
            .when("03-13 08:00", CHAIR, lift())
            .then_refused("not-separated");
        separated()
            .when("03-13 08:00", CHAIR, at(lift(), "03-12 07:00"))
            .then_refused_at("before-its-cause", "/occurred_at");
        separated()
            .when("03-13 08:00", OFFICER, lift())
            .then_refused("not-the-chair");
    }
}
