//! What happened, in one sentence that names the thing: which service, which referral, which officer.

use domain::case::{Event, Recorded};
use domain::text::Code;

use super::record;
use super::things::{Kind, Things};
use super::words::{code, name_of, say, unit};
use crate::pages::words::date;
use crate::words::lower_first;

impl Things {
    /// What happened, in one sentence.
    #[must_use]
    pub fn sentence(&self, event: &Recorded) -> String {
        let key = format!("event-{}", event.event.event_type());
        let thing = self.thing(&event.event);
        let value = self.value(event);
        self.language.text_with(
            &key,
            &[
                ("thing", thing.unwrap_or_default().into()),
                (
                    "value",
                    value
                        .unwrap_or_else(|| self.language.text("thing-unsaid"))
                        .into(),
                ),
            ],
        )
    }

    /// What the event is about.
    fn thing(&self, event: &Event) -> Option<String> {
        let named = |kind, id: &Code| Some(self.name(kind, id.as_str()).into_owned());
        match event {
            Event::ServiceStarted(e)
            | Event::ServiceProgressed(e)
            | Event::ServiceCompleted(e)
            | Event::ServiceFailed(e) => named(Kind::Item, &e.facts.item_id),
            Event::ReferralMade(e) => named(Kind::Referral, &e.facts.referral_id),
            Event::ReferralAccepted(e)
            | Event::ReferralDeclined(e)
            | Event::ReferralCompleted(e) => named(Kind::Referral, &e.facts.referral_id),
            Event::ReferralWithdrawn(e) => named(Kind::Referral, &e.facts.referral_id),
            Event::ForensicGroundsRecorded(e) => named(Kind::Exam, &e.facts.exam_id),
            Event::ForensicExamOrdered(e) => named(Kind::Exam, &e.facts.exam_id),
            Event::ForensicConclusionRecorded(e) => named(Kind::Exam, &e.facts.exam_id),
            Event::PlacementProposed(e) => named(Kind::Placement, &e.facts.placement_id),
            Event::CarerVerified(e) => named(Kind::Placement, &e.facts.placement_id),
            Event::PlacementDecided(e) => named(Kind::Placement, &e.facts.placement_id),
            Event::ChildHandedOver(e) => named(Kind::Placement, &e.facts.placement_id),
            Event::PlacementFollowedUp(e) => named(Kind::Placement, &e.facts.placement_id),
            Event::PlacementEnded(e) => named(Kind::Placement, &e.facts.placement_id),
            Event::AdmittedToFacility(e) => {
                let own = e.personal.as_ref();
                let day = self.today();
                Some(own.map_or_else(
                    || unit(&self.units, &e.facts.unit, day),
                    |own| own.facility.to_string(),
                ))
            }
            Event::InvestigatorAssigned(e) => {
                let own = e.personal.as_ref();
                Some(own.map_or_else(
                    || self.language.text("thing-officer"),
                    |own| own.investigator.to_string(),
                ))
            }
            Event::OfficerAssigned(e) | Event::OfficerRelieved(e) => {
                Some(self.officer_as(e.officer()?, e.facts.role))
            }
            Event::DocumentAttached(e) => {
                let own = e.personal.as_ref();
                Some(own.map_or_else(
                    || self.language.text("thing-document"),
                    |own| own.name.to_string(),
                ))
            }
            Event::FactCorrected(e) => Some(record::label_at(self.language, &e.facts.path)),
            Event::CorrectionConfirmed(e) => {
                self.correction(e.facts.event_id).map(ToOwned::to_owned)
            }
            _ => None,
        }
    }

    /// What else the sentence says.
    fn value(&self, recorded: &Recorded) -> Option<String> {
        let day = recorded.recorded_at.date();
        let named = |list: &str, value: &str| lower_first(&code(self.language, list, value));
        Some(match &recorded.event {
            Event::ReportReceived(e) => named("receipt", e.facts.place_of_receipt.kind.as_str()),
            Event::ReportVerified(e) => named("outcome", &name_of(&e.facts.outcome)),
            Event::ReportForwarded(e) => unit(&self.units, &e.facts.to_unit, day),
            Event::CaseClosed(e) => named("closing", &name_of(&e.facts.reason)),
            Event::CaseTransferred(e) => unit(&self.units, &e.facts.to_unit, day),
            Event::TransferAccepted(e) => unit(&self.units, &e.facts.to_unit, day),
            Event::TransferDeclined(e) => unit(&self.units, &e.facts.to_unit, day),
            Event::CrimeReportPassed(e) => unit(&self.units, &e.facts.to_unit, day),
            Event::CrimeReportDecided(e) => named("crime-decision", &name_of(&e.facts.decision)),
            Event::PlacementEnded(e) => named("placement-end", &name_of(&e.facts.ground)),
            Event::PlanApproved(e) => e.decision_number()?.to_owned(),
            Event::CourtOrderRequested(e) => self.court(e.facts.request.as_ref())?,
            Event::CourtDecided(e) => self.court(e.facts.decision.as_ref())?,
            Event::CompetencePassed(e) => {
                let to = self.units.by_id(&e.facts.to.id);
                to.map_or_else(
                    || e.facts.to.reference().to_owned(),
                    |unit| unit.name.clone(),
                )
            }
            Event::ContradictionAnswered(e) => say(self.language, &e.facts.against.title()),
            Event::SeparationOrdered(e) => date(e.facts.until.date()),
            Event::SeparationExtended(e) => date(e.facts.until.date()),
            _ => return None,
        })
    }

    fn court(&self, what: Option<&Code>) -> Option<String> {
        what.map(|what| lower_first(&code(self.language, "court", what.as_str())))
    }
}
