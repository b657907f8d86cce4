//! `answer-contradiction`: why something that was recorded stands although something else in the case
//! speaks against it. The chair is asked, or the province where the chair wrote it.

use serde::Deserialize;
use uuid::Uuid;

use super::Rule;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::contradiction::{Against, AnsweredFacts, AnsweredPersonal};
use crate::case::{CaseState, Context, Event, Rejection};
use crate::identity::Role;
use crate::text::Prose;

/// Which event is spoken against by what, and why it stands.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AnswerContradiction {
    pub event_id: Uuid,
    pub against: Against,
    pub reason: Prose,
}

impl Rule for AnswerContradiction {
    fn on_closed_case(&self, _: &CaseState, _: &Context<'_>) -> bool {
        true
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let open = case.and_then(|case| {
            let mut open = case.state.open_contradictions();
            open.find(|one| one.event_id == self.event_id && one.against == self.against)
        });
        let Some(open) = open else {
            return Err(Rejection::field(
                "/event_id",
                "no-such-contradiction",
                "Không có điểm mâu thuẫn này đang chờ giải trình.",
                "No such contradiction waits for a reason.",
            ));
        };
        if context.actor.role != open.asks && context.actor.role != Role::ProvincialOfficer {
            return Err(Rejection::forbidden(
                "not-asked",
                "Chủ tịch đã tự ghi nội dung này, nên cấp tỉnh giải trình.",
                "The chair wrote this, so the province is asked.",
                "",
            ));
        }
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
