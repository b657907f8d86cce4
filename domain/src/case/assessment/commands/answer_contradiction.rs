//! `answer-contradiction`: why something that was recorded stands although something else in the case
//! speaks against it. The chair is asked, or the province where the chair wrote it.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::contradiction::{Against, AnsweredFacts, AnsweredPersonal};
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::identity::Role;
use crate::text::Prose;

/// Which event is spoken against by what, and why it stands.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AnswerContradiction {
    pub event_id: Uuid,
    pub against: Against,
    pub reason: Prose,
}

impl Example for AnswerContradiction {
    fn example() -> Value {
        json!({
            "event_id": "00000000-0000-0000-0000-000000000001",
            "against": "danger-reported",
            "reason": "Đã gặp trẻ và gia đình",
        })
    }
}

impl Gate for AnswerContradiction {
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        let open = case.state.open_contradictions();
        open.map(|one| About {
            event: Some(one.event_id),
            against: Some(one.against),
            ..About::default()
        })
        .collect()
    }

    fn stands(case: Case<'_>, about: &About<'_>, context: &Context<'_>) -> Result<(), Bar> {
        let mut open = case.state.open_contradictions();
        let open = open
            .find(|one| Some(one.event_id) == about.event && Some(one.against) == about.against);
        let Some(open) = open else {
            return Err(Bar::NoPlace(Rejection::field(
                "/event_id",
                "no-such-contradiction",
                "Không có điểm mâu thuẫn này đang chờ giải trình.",
                "No such contradiction waits for a reason.",
            )));
        };
        if context.actor.role == open.asks || context.actor.role == Role::ProvincialOfficer {
            return match open.by.is_of(context.actor) {
                true => Err(Bar::NoPlace(same_person())),
                false => Ok(()),
            };
        }
        Err(Bar::NoPlace(Rejection::forbidden(
            "not-asked",
            "Chủ tịch đã tự ghi nội dung này, nên cấp tỉnh giải trình.",
            "The chair wrote this, so the province is asked.",
            "",
        )))
    }
}

/// Who wrote it does not answer for it, also not as somebody's deputy.
pub(super) fn same_person() -> Rejection {
    Rejection::forbidden(
        "same-person",
        "Chính anh/chị đã ghi nội dung này, nên người khác phải trả lời: Chủ tịch, hoặc cấp tỉnh.",
        "You recorded this yourself, so somebody else answers: the chair, or the province.",
        "",
    )
}

impl Rule for AnswerContradiction {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About {
            event: Some(self.event_id),
            against: Some(self.against),
            ..About::default()
        }
    }

    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::ContradictionAnswered(Split {
            facts: AnsweredFacts {
                event_id: self.event_id,
                against: self.against,
            },
            personal: Some(AnsweredPersonal {
                reason: self.reason.clone(),
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;

    /// The place of receipt saw danger; form 02 says, by whom and without a reason: no serious harm.
    fn contradicted(who: As) -> Given {
        given()
            .and("03-11 09:00", OFFICER, danger(report("03-11 09:00")))
            .and("03-11 10:00", who, assess(false, false))
    }

    #[test]
    fn it_is_accepted_and_the_chair_is_asked() {
        let case = contradicted(OFFICER);
        assert!(case.open().contains(&"answer-contradiction".to_owned()));
        let form = case.event("InitialAssessmentRecorded");
        case.when(
            "03-11 11:00",
            OFFICER,
            answer_contradiction(form, "danger-reported"),
        )
        .then_refused("role-may-not");
        let case = case
            .when(
                "03-11 11:00",
                CHAIR,
                answer_contradiction(form, "danger-reported"),
            )
            .then(&["ContradictionAnswered"]);
        assert!(!case.open().contains(&"answer-contradiction".to_owned()));
        case.when(
            "03-11 12:00",
            CHAIR,
            answer_contradiction(form, "danger-reported"),
        )
        .then_refused_at("no-such-contradiction", "/event_id");
    }

    #[test]
    fn the_province_is_asked_where_the_chair_wrote_it() {
        let case = contradicted(CHAIR);
        let form = case.event("InitialAssessmentRecorded");
        case.when(
            "03-11 11:00",
            CHAIR,
            answer_contradiction(form, "danger-reported"),
        )
        .then_refused("not-asked");
        case.when(
            "03-11 11:00",
            PROVINCIAL,
            answer_contradiction(form, "danger-reported"),
        )
        .then(&["ContradictionAnswered"]);
    }

    #[test]
    fn what_raises_protection_is_not_questioned_and_a_reason_on_the_form_is_an_answer() {
        let asked = |case: &Given| case.open().contains(&"answer-contradiction".to_owned());
        let raised = reported().and("03-11 10:00", OFFICER, assess(true, true));
        assert!(!asked(&raised));
        let reason = serde_json::json!({"contradiction_reason": "Đã gặp trẻ, trẻ an toàn"});
        let said = given()
            .and("03-11 09:00", OFFICER, danger(report("03-11 09:00")))
            .and("03-11 10:00", OFFICER, with(assess(false, false), reason));
        assert!(!asked(&said));
    }
}
