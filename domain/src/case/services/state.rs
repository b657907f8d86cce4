//! Items of the plan under way, referrals to services, visits.

use serde::Serialize;

use crate::case::event::{Event, Recorded};
use crate::case::events::referral::{AnswerFacts, AnswerPersonal};
use crate::case::state::passages;
use crate::case::state::{By, CaseState};
use crate::case::{ItemState, Seat};
use crate::identity::Role;
use crate::text::{Code, Line};
use crate::time::{Instant, Moment};

/// Where a referral stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferralStatus {
    /// Waits for an answer.
    Offered,
    /// Taken.
    Accepted,
    /// Refused.
    Declined,
    /// Done.
    Completed,
    /// Taken back by who referred.
    Withdrawn,
}

impl ReferralStatus {
    /// Whether the agency that was asked has a part in the case by it.
    #[must_use]
    pub const fn has_a_part(self) -> bool {
        matches!(self, Self::Offered | Self::Accepted)
    }
}

/// A referral to a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ReferralState {
    pub id: Code,
    pub to_kind: Option<Code>,
    pub to_unit: Option<String>,
    pub to_name: Option<String>,
    pub reason: Option<String>,
    pub respond_by: Option<Moment>,
    pub status: ReferralStatus,
    pub item_id: Option<Code>,
    pub by: By,
    /// What ended it: by whom and when, and the version of that event.
    #[serde(skip)]
    pub ended: Option<(By, i64)>,
    /// What the agency answered, unless erased.
    #[serde(skip)]
    pub answer: Option<String>,
    /// When it was accepted.
    #[serde(skip)]
    pub accepted_at: Option<Instant>,
    /// Who answers for the unit that was asked.
    #[serde(skip)]
    pub asked: Option<Seat>,
}

impl ReferralState {
    /// The role that answers for the kind of agency that was asked; none where the agency was named
    /// in words only.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.to_kind.as_ref().map(|kind| match kind.as_str() {
            "health" => Role::HealthWorker,
            "education" | "school" => Role::EducationWorker,
            "legal-aid" | "justice" => Role::LegalAidWorker,
            "police" => Role::PoliceOfficer,
            "hotline" => Role::HotlineOperator,
            _ => Role::ProviderWorker,
        })
    }

    /// The role that answers, also where the agency was named in words only.
    #[must_use]
    pub fn answers(&self) -> Role {
        self.role().unwrap_or(Role::ProviderWorker)
    }

    /// Whether a social assistance facility was asked.
    #[must_use]
    pub fn is_to_facility(&self) -> bool {
        let kind = self.to_kind.as_ref().map(Code::as_str);
        matches!(kind, Some("facility" | "social-facility"))
    }

    /// The agency that was asked: role, unit as recorded, and who answers for it.
    pub(in crate::case) fn agency(&self) -> Option<(Role, &str, &Seat)> {
        Some((
            self.answers(),
            self.to_unit.as_deref()?,
            self.asked.as_ref()?,
        ))
    }
}

/// What follows from an item, a referral or a visit.
pub(in crate::case) fn apply(case: &mut CaseState, recorded: &Recorded) {
    let by = By::of(recorded);
    match &recorded.event {
        Event::ReferralMade(e) => case.referrals.push(ReferralState {
            id: e.facts.referral_id.clone(),
            to_kind: e.facts.to_kind.clone(),
            to_unit: e.facts.to_unit.clone(),
            to_name: e
                .personal
                .as_ref()
                .and_then(|p| p.to_name.as_ref())
                .map(Line::to_string),
            reason: e.personal.as_ref().map(|p| p.reason.to_string()),
            respond_by: e.facts.respond_by,
            status: ReferralStatus::Offered,
            item_id: e.facts.item_id.clone(),
            ended: None,
            answer: None,
            accepted_at: None,
            asked: e.facts.to_unit.as_deref().map(|unit| {
                let asked = Seat::new(unit, by.at.date());
                asked.after(passages(&case.passings), &case.units)
            }),
            by,
        }),
        Event::ReferralAccepted(e) => {
            if let Some(referral) = case.referral(&e.facts.referral_id) {
                referral.status = ReferralStatus::Accepted;
                referral.accepted_at = Some(by.at);
                referral.answer = reason(e.personal.as_ref());
            }
        }
        Event::ReferralDeclined(e) => {
            case.end_referral(
                recorded,
                &e.facts,
                e.personal.as_ref(),
                ReferralStatus::Declined,
            );
        }
        Event::ReferralCompleted(e) => {
            case.end_referral(
                recorded,
                &e.facts,
                e.personal.as_ref(),
                ReferralStatus::Completed,
            );
        }
        Event::ReferralWithdrawn(e) => {
            case.end_referral(recorded, &e.facts, None, ReferralStatus::Withdrawn);
        }
        Event::ServiceStarted(e) => case.item(&e.facts.item_id, ItemState::Started, by.at),
        Event::ServiceProgressed(e) => case.item(&e.facts.item_id, ItemState::Started, by.at),
        Event::ServiceCompleted(e) => case.item(&e.facts.item_id, ItemState::Completed, by.at),
        Event::ServiceFailed(e) => case.item(&e.facts.item_id, ItemState::Failed, by.at),
        Event::VisitRecorded(_) => case.last_visit = Some(by),
        _ => {}
    }
}

impl CaseState {
    fn item(&mut self, id: &Code, to: ItemState, at: Instant) {
        let waits = self.plan_until_approval.as_mut();
        let in_force = waits.or(self.plan.as_mut());
        let items = in_force.into_iter().flat_map(|plan| plan.items.iter_mut());
        for item in items.filter(|item| item.facts.id == *id) {
            item.state = to;
            item.since = at;
            if to == ItemState::Started {
                item.started_at = item.started_at.or(Some(at));
            }
        }
    }

    fn referral(&mut self, id: &Code) -> Option<&mut ReferralState> {
        self.referrals
            .iter_mut()
            .find(|referral| referral.id == *id)
    }

    fn end_referral(
        &mut self,
        recorded: &Recorded,
        facts: &AnswerFacts,
        personal: Option<&AnswerPersonal>,
        to: ReferralStatus,
    ) {
        if let Some(referral) = self.referral(&facts.referral_id) {
            referral.status = to;
            referral.ended = Some((By::of(recorded), recorded.version));
            referral.answer = reason(personal).or(referral.answer.take());
        }
    }
}

fn reason(personal: Option<&AnswerPersonal>) -> Option<String> {
    Some(personal?.reason.as_ref()?.to_string())
}
