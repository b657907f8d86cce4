//! `decline-referral`: the service declines (Decree 56/2017, art. 29.1.b).

use serde::Deserialize;

use super::referral::answer;
use super::{Rule, SERVICES};
use crate::case::decide::Case;
use crate::case::{Context, Event, ReferralStatus, Rejection};
use crate::identity::Role;
use crate::text::{Code, Prose};

/// The service declines; `reason` says why.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct DeclineReferral {
    pub referral_id: Code,
    pub reason: Option<Prose>,
}

impl Rule for DeclineReferral {
    fn roles(&self) -> &'static [Role] {
        SERVICES
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let reason = self.reason.as_ref();
        let split = answer(
            case,
            context,
            &self.referral_id,
            reason,
            &[ReferralStatus::Offered],
        )?;
        Ok(vec![Event::ReferralDeclined(split)])
    }
}
