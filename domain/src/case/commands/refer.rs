//! `refer`: the child is referred to a service (Decree 56/2017, art. 29.1.b, 29.4). The law sets
//! no time for the answer; `respond_by` is what the referring officer asks for.

use serde::Deserialize;

use super::Rule;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::referral::{MadeFacts, MadePersonal};
use crate::case::{Context, Event, Rejection};
use crate::identity::Role;
use crate::text::{Code, Line, Prose, Term};
use crate::time::Moment;

/// The agency that is asked: a kind, a name, or both with its unit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum ToAgency {
    Named(Term),
    Agency(Agency),
}

/// An agency by kind, name and unit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    pub kind: Option<Code>,
    pub name: Option<Line>,
    pub unit: Option<String>,
}

/// Who is asked for what, and until when an answer is wanted.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct Refer {
    pub referral_id: Code,
    pub to_agency: ToAgency,
    pub reason: Prose,
    pub respond_by: Option<Moment>,
    pub item_id: Option<Code>,
}

impl Rule for Refer {
    fn roles(&self) -> &'static [Role] {
        &[
            Role::CommuneOfficer,
            Role::CommuneChair,
            Role::HotlineOperator,
            Role::ProvincialOfficer,
        ]
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        if state
            .referrals
            .iter()
            .any(|referral| referral.id == self.referral_id)
        {
            return Err(Rejection::field(
                "/referral_id",
                "referral-twice",
                "Vụ việc đã có lần chuyển gửi mang mã này.",
                "The case has a referral with this id already.",
            ));
        }
        let (to_kind, to_name, to_unit) = match &self.to_agency {
            ToAgency::Named(term) => (term.code(), term.words(), None),
            ToAgency::Agency(agency) => (
                agency.kind.clone(),
                agency.name.clone(),
                agency.unit.clone(),
            ),
        };
        if to_kind.is_none() && to_name.is_none() {
            return Err(Rejection::field(
                "/to_agency",
                "missing-field",
                "Hãy ghi nơi được chuyển gửi.",
                "Enter which agency is asked.",
            ));
        }
        if let Some(unit) = &to_unit {
            context.unit(unit, false, "/to_agency/unit")?;
        }
        if self
            .respond_by
            .is_some_and(|by| by.latest() <= context.occurred_at)
        {
            return Err(Rejection::field(
                "/respond_by",
                "end-before-start",
                "Hạn trả lời phải sau lúc chuyển gửi.",
                "The answer must be asked for a time after the referral.",
            ));
        }
        Ok(vec![Event::ReferralMade(Split {
            facts: MadeFacts {
                referral_id: self.referral_id.clone(),
                to_kind,
                to_unit,
                respond_by: self.respond_by,
                item_id: self.item_id.clone(),
            },
            personal: Some(MadePersonal {
                to_name,
                reason: self.reason.clone(),
            }),
        })])
    }
}
