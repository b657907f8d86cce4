//! Referrals to services.

use serde::Serialize;

use super::{By, CaseState};
use crate::case::Seat;
use crate::case::event::{Event, Recorded};
use crate::identity::Role;
use crate::text::{Code, Line};
use crate::time::Moment;

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
    pub by: By,
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
}

impl CaseState {
    /// Referrals and their answers.
    pub(super) fn apply_referrals(&mut self, recorded: &Recorded) {
        let by = By::of(recorded);
        match &recorded.event {
            Event::ReferralMade(e) => self.referrals.push(ReferralState {
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
                asked: e.facts.to_unit.as_deref().map(|unit| {
                    let asked = Seat::new(unit, by.at.date());
                    asked.after(&self.passings)
                }),
                by,
            }),
            Event::ReferralAccepted(e) => {
                self.referral(&e.facts.referral_id, ReferralStatus::Accepted);
            }
            Event::ReferralDeclined(e) => {
                self.referral(&e.facts.referral_id, ReferralStatus::Declined);
            }
            Event::ReferralCompleted(e) => {
                self.referral(&e.facts.referral_id, ReferralStatus::Completed);
            }
            _ => {}
        }
    }

    fn referral(&mut self, id: &Code, to: ReferralStatus) {
        for referral in self
            .referrals
            .iter_mut()
            .filter(|referral| referral.id == *id)
        {
            referral.status = to;
        }
    }
}
