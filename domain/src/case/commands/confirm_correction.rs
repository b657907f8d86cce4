//! `confirm-correction`: a second person confirms a correction that makes a late duty punctual. Until
//! then the duty counts as late. The chair confirms, or the province where the duty was the chair's.

use serde::Deserialize;
use uuid::Uuid;

use super::Rule;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::correction::{ConfirmedFacts, ConfirmedPersonal};
use crate::case::{CaseState, Context, Event, Rejection};
use crate::identity::Role;
use crate::procedure::derive_obligations;
use crate::text::Prose;

/// The correction with the id `event_id` is right; `reason` says how that is known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ConfirmCorrection {
    pub event_id: Uuid,
    pub reason: Prose,
}

impl Rule for ConfirmCorrection {
    fn on_closed_case(&self, _: &CaseState, _: &Context<'_>) -> bool {
        true
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(case) = case else { return Ok(vec![]) };
        let owed = derive_obligations(
            case.history,
            context.procedure,
            context.calendar,
            context.now,
        );
        let mut waiting = owed
            .iter()
            .filter(|owed| owed.unconfirmed.contains(&self.event_id));
        let Some(first) = waiting.next() else {
            return Err(Rejection::field(
                "/event_id",
                "nothing-to-confirm",
                "Không có đính chính này đang chờ xác nhận.",
                "No such correction waits to be confirmed.",
            ));
        };
        let own = |role: Role| {
            let mut all = std::iter::once(first).chain(waiting.clone());
            all.any(|owed| owed.confirms == Some(role))
        };
        let correction = case.history.iter().find(|r| r.event_id == self.event_id);
        let theirs = correction.is_some_and(|correction| {
            correction.actor.role == context.actor.role
                && correction.actor.unit == context.actor.unit
        });
        if theirs || (context.actor.role == Role::CommuneChair && own(Role::ProvincialOfficer)) {
            return Err(Rejection::forbidden(
                "second-person-confirms",
                "Người đính chính, hoặc Chủ tịch khi đó là việc của Chủ tịch, không tự xác nhận được. \
                 Cấp tỉnh xác nhận.",
                "Who made the correction, or the chair whose duty it was, cannot confirm it. The \
                 province does.",
                "",
            ));
        }
        Ok(vec![Event::CorrectionConfirmed(Split {
            facts: ConfirmedFacts {
                event_id: self.event_id,
            },
            personal: Some(ConfirmedPersonal {
                reason: self.reason.clone(),
            }),
        })])
    }
}
