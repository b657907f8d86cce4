//! `lift-separation`: the chair ends a separation (Decree 56/2017, art. 32.3).

use serde::Deserialize;

use super::extend_separation::separated;
use super::order_separation::not_the_chair;
use super::{Bar, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::Level;
use crate::case::events::apart::apart;
use crate::case::events::assessment::DetailedFacts;
use crate::case::events::contradiction::Against;
use crate::case::events::separation::{LiftedFacts, LiftedPersonal};
use crate::case::{About, Context, Event, Rejection, effective};
use crate::language::Sentence;
use crate::text::{Line, Prose, Term};

const BASIS: &str = "NĐ 56/2017/NĐ-CP Điều 32 khoản 3";

/// The decision that ends the separation: with whom the child is from now on, and why it is lifted where
/// no form 03 found parents or carers safe, or danger speaks against it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct LiftSeparation {
    pub decision_number: Option<Line>,
    pub placement: Option<Term>,
    pub reason: Option<Prose>,
}

impl Gate for LiftSeparation {
    fn wrong_role() -> Option<Rejection> {
        Some(not_the_chair())
    }

    fn stands(case: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        separated(case)
    }
}

impl Rule for LiftSeparation {
    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(case) = case else {
            return Ok(vec![]);
        };
        let state = case.state;
        let Some(separation) = state.separation() else {
            return Ok(vec![]);
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
                BASIS,
            )
            .at("/reason"));
        }
        let against = against(case, context);
        if !against.is_empty() && self.reason.is_none() {
            return Err(unsafe_now(&against));
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
                against,
            },
            personal: (personal != LiftedPersonal::default()).then_some(personal),
        })])
    }
}

/// What speaks against lifting the separation now: danger or mostly high harm on the last form 03, or a
/// duty of 12 hours that is open. The triggers are the house's own.
fn against(case: Case<'_>, context: &Context<'_>) -> Vec<Against> {
    let known = effective(case.history);
    let form = known.iter().rev().find_map(|one| match &one.event {
        Event::DetailedAssessmentRecorded(form) => Some(&form.facts),
        _ => None,
    });
    let shows_danger = |form: &DetailedFacts| {
        let high = form.harm.iter().filter(|level| **level == Level::High);
        form.danger_now == Some(true) || high.count() * 2 > form.harm.len()
    };
    let mut against = Vec::new();
    if form.is_some_and(shows_danger) {
        against.push(Against::UnsafeOnForm03);
    }
    if !case.open_hours(context).is_empty() {
        against.push(Against::OpenEmergency);
    }
    against
}

fn unsafe_now(against: &[Against]) -> Rejection {
    let Sentence { vi, en } = Against::titles(against);
    Rejection::procedure(
        "contradictions-unanswered",
        format!("Có điểm nói ngược lại: {vi}. Hãy ghi lý do vì sao vẫn hủy bỏ."),
        format!("Something speaks against it: {en}. Say why it is lifted nevertheless."),
        BASIS,
    )
    .at("/reason")
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use crate::identity::Role;
    use serde_json::json;

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
    fn it_is_not_lifted_in_silence_against_form_03_or_open_danger() {
        let without = || {
            let mut command = lift();
            command.as_object_mut().unwrap().remove("reason");
            command
        };
        let five = |level: &str| rows(&[level; 5]);
        let high = json!({ "harm": five("high"), "protection": five("low") });
        let seen = json!({ "danger_now": true });
        for (form, what) in [
            (high, vec!["unsafe-on-form-03"]),
            (seen, vec!["unsafe-on-form-03", "open-emergency"]),
        ] {
            let case = separated().and("03-19 09:00", OFFICER, with(detail(), form));
            case.when("03-20 08:00", CHAIR, without())
                .then_refused_at("contradictions-unanswered", "/reason");
            let lifted = case.and("03-20 08:00", CHAIR, lift());
            let open = lifted.state().open_contradictions();
            let open: Vec<_> = open.map(|one| (one.against.code(), one.asks)).collect();
            let asked = what.iter().map(|code| (*code, Role::ProvincialOfficer));
            assert_eq!(open, asked.collect::<Vec<_>>());
            assert_eq!(
                lifted.owed_by("answer-contradiction"),
                Some(PROVINCE.into())
            );
        }
        // A later form 03 that finds them safe is what the law asks for.
        separated()
            .and(
                "03-18 09:00",
                OFFICER,
                with(detail(), json!({ "danger_now": true })),
            )
            .and("03-18 10:00", CHAIR, measure("03-18 09:30"))
            .and("03-19 09:00", OFFICER, detail())
            .when("03-20 08:00", CHAIR, without())
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
