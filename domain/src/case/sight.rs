//! Who sees what of a case. Communes that take part, province and hotline see the whole; an agency
//! beside them sees its own side: the child, what was reported, and what concerns it – police and
//! prosecution the criminal one, health its examinations and referrals, the court what it was asked, a
//! service what was referred to it. Who had a part that ended reads what stood there until then. What
//! one does not see one cannot correct, nor learn by trying. What is the same for every subject stands in
//! [`crate::permit`].

use super::event::{Event, Recorded, Split};
use super::history::Case;
use super::parties::Part;
use super::state::{
    By, CareState, CaseState, CourtState, CriminalState, FacilityStay, ReferralState,
};
use crate::case::events::report::ReportPersonal;
use crate::identity::Role;
use crate::law::Obligation;
use crate::log::Person;
use crate::permit::{Limit, Reach, Side, Until, Viewer, side};
use crate::text::{Code, DocumentNumber};
use uuid::Uuid;

impl CaseState {
    /// What part somebody has in the case, or had.
    #[must_use]
    pub fn part_of(&self, viewer: Viewer<'_>) -> Part<'_> {
        match Reach::of(viewer.role) {
            Reach::Nothing => Part::None,
            Reach::Within => {
                let within = |unit: &str| self.units.ever_within(unit, viewer.unit);
                match self.units().any(within) {
                    true => Part::Takes,
                    false => Part::None,
                }
            }
            Reach::Part => self.part(viewer.role, viewer.unit),
        }
    }

    /// Whether somebody may know of the case and read it, or what stood in it until their part ended, or
    /// what they told of it.
    #[must_use]
    pub fn may_be_seen_by(&self, viewer: Viewer<'_>) -> bool {
        matches!(
            self.part_of(viewer),
            Part::Told | Part::Left(_) | Part::Takes
        )
    }

    /// How much the viewer reads; none where it reads on.
    #[must_use]
    pub fn limit(&self, viewer: Viewer<'_>) -> Option<Limit> {
        match self.part(viewer.role, viewer.unit) {
            Part::Told => Some(Limit::Told),
            _ => self.read_until(viewer).map(Limit::Until),
        }
    }

    /// Until when the viewer reads the case; none where it reads on.
    #[must_use]
    pub fn read_until(&self, viewer: Viewer<'_>) -> Option<Until> {
        match self.part(viewer.role, viewer.unit) {
            Part::Left(version) => Some(Until {
                version,
                seated: false,
            }),
            Part::Takes if viewer.commune() => {
                let register = &self.units;
                let same = |unit: &str| register.same(unit, viewer.unit);
                if same(self.responsible_commune()) || self.asked(viewer.unit) {
                    return None;
                }
                let held = self.past_holders.iter().zip(&self.left);
                let last = held
                    .filter(|(unit, _)| same(unit))
                    .map(|(_, left)| *left)
                    .max()?;
                Some(Until {
                    version: last,
                    seated: true,
                })
            }
            _ => None,
        }
    }
}

impl Viewer<'_> {
    /// Whether the child stays or stayed in a facility of the viewer.
    fn houses(&self, stays: &[FacilityStay]) -> bool {
        let mut stays = stays.iter();
        self.role == Role::ProviderWorker
            && stays.any(|stay| self.answers(&stay.unit, &stay.facility))
    }

    /// Whether a referral went to the agency of the viewer.
    fn is_referred(&self, referral: &ReferralState) -> bool {
        let asked = referral.to_unit.as_deref().zip(referral.asked.as_ref());
        referral.answers() == self.role
            && asked.is_none_or(|(unit, asked)| self.answers(unit, asked))
    }

    /// The event as the viewer may see it, or none. `state` and `history` are those of the whole case.
    #[must_use]
    pub fn event(
        &self,
        state: &CaseState,
        event: &Recorded,
        history: &[Recorded],
    ) -> Option<Recorded> {
        let mut seen = self.part_of_event(state, event, history)?;
        if !self.reads_place(state) {
            self.without_place(&mut seen, history);
        }
        Some(seen)
    }

    /// Whether the viewer reads where a separated child is: who answers for the case, the province, and
    /// the court that decides on the separation. Whoever else sees the case does not need it, and each
    /// of them could tell the suspected harmer.
    fn reads_place(&self, state: &CaseState) -> bool {
        let holds = self.commune() && self.same(state.responsible_commune());
        holds || matches!(self.role, Role::ProvincialOfficer | Role::CourtClerk)
    }

    /// Leaves out where the child is, unless the viewer's own office wrote it.
    fn without_place(&self, seen: &mut Recorded, history: &[Recorded]) {
        let own = |event: &Recorded| self.own(event.actor.role, event.actor.unit.as_deref());
        if own(seen) {
            return;
        }
        match &mut seen.event {
            Event::SeparationOrdered(order) => {
                if let Some(personal) = &mut order.personal {
                    personal.address = None;
                }
                seen.hide("/address");
            }
            Event::FactCorrected(correction) => {
                let ordered = |event: &Recorded| {
                    event.event_id == correction.facts.event_id
                        && matches!(event.event, Event::SeparationOrdered(_))
                };
                if correction.facts.path.ends_with("address")
                    && history.iter().any(ordered)
                    && let Some(personal) = &mut correction.personal
                {
                    personal.value = serde_json::Value::Null;
                }
            }
            _ => {}
        }
    }

    fn part_of_event(
        &self,
        state: &CaseState,
        event: &Recorded,
        history: &[Recorded],
    ) -> Option<Recorded> {
        let own = |event: &Recorded| self.own(event.actor.role, event.actor.unit.as_deref());
        if matches!(state.part(self.role, self.unit), Part::Told) {
            return (own(event) || self.is_told(state, event, history)).then(|| event.clone());
        }
        let until = state.read_until(*self);
        let after = until.filter(|until| event.version > until.version);
        if let Some(until) = after
            && !own(event)
            && !(until.seated && of_incident(event, history))
        {
            return None;
        }
        let Some(side) = side(self.role) else {
            return Some(event.clone());
        };
        let whole = |event: &Recorded| own(event) || self.belongs(side, state, &event.event);
        if whole(event) {
            return Some(event.clone());
        }
        match &event.event {
            Event::ReportReceived(report) => {
                let (personal, hidden) = told_to(side, report.personal.as_ref());
                let mut seen = Recorded {
                    event: Event::ReportReceived(Split {
                        facts: report.facts.clone(),
                        personal,
                    }),
                    ..event.clone()
                };
                for place in hidden {
                    seen.hide(place);
                }
                Some(seen)
            }
            Event::FactCorrected(correction) => {
                let corrected = correction.facts.event_id;
                let target = history.iter().find(|one| one.event_id == corrected)?;
                whole(target).then(|| event.clone())
            }
            Event::CorrectionConfirmed(confirmed) => {
                let corrected = confirmed.facts.event_id;
                let target = history.iter().find(|one| one.event_id == corrected)?;
                self.event(state, target, history).map(|_| event.clone())
            }
            _ => None,
        }
    }

    /// Whether an event is a report that the viewer is told of although it does not see the case, or
    /// follows on it.
    fn is_told(&self, state: &CaseState, event: &Recorded, history: &[Recorded]) -> bool {
        let report = |id: Uuid| {
            state.told_of().any(|(report, whose, unit)| {
                let office = whose.map_or(self.commune(), |whose| whose == self.role);
                report.event_id == id && office && self.same(unit)
            })
        };
        match &event.event {
            Event::ReportReceived(_) => report(event.event_id),
            Event::SameChildAnswered(answer) => report(answer.facts.event_id),
            Event::FactCorrected(correction) => {
                let corrected = correction.facts.event_id;
                let mut events = history.iter();
                let target = events.find(|one| one.event_id == corrected);
                target.is_some_and(|target| self.is_told(state, target, history))
            }
            _ => false,
        }
    }

    /// Whether an event belongs to the side of the viewer, whoever recorded it.
    fn belongs(&self, side: Side, state: &CaseState, event: &Event) -> bool {
        let referral = |id: &Code| {
            let mut referrals = state.referrals.iter();
            referrals.any(|one| one.id == *id && self.is_referred(one))
        };
        match event {
            Event::ReferralMade(e) => referral(&e.facts.referral_id),
            Event::ReferralAccepted(e)
            | Event::ReferralDeclined(e)
            | Event::ReferralCompleted(e) => referral(&e.facts.referral_id),
            Event::ReferralWithdrawn(e) => referral(&e.facts.referral_id),
            Event::CrimeReportPassed(_)
            | Event::InvestigatorAssigned(_)
            | Event::CrimeReportProlonged(_)
            | Event::CrimeReportDecided(_)
            | Event::InformantInformed(_)
            | Event::ProsecutionProposed(_)
            | Event::InterviewRecorded(_)
            | Event::ReportForwarded(_)
            | Event::ReportAcknowledged(_) => side == Side::Criminal,
            Event::ForensicGroundsRecorded(_)
            | Event::ForensicExamOrdered(_)
            | Event::ForensicConclusionRecorded(_) => {
                matches!(side, Side::Criminal | Side::Health)
            }
            Event::CourtOrderRequested(_)
            | Event::CourtDecided(_)
            | Event::SeparationOrdered(_)
            | Event::SeparationExtended(_)
            | Event::SeparationLifted(_) => side == Side::Court,
            Event::AdmittedToFacility(_)
            | Event::AdmissionPapersCompleted(_)
            | Event::ListedForPlacement(_)
            | Event::ListingAppraised(_)
            | Event::FacilityCareEnded(_) => self.houses(&state.care.stays),
            _ => false,
        }
    }

    /// Whether an obligation concerns the viewer.
    #[must_use]
    pub fn concerned(&self, state: &CaseState, owed: &Obligation) -> bool {
        let owner = &owed.accountable;
        let unit = owner.unit.as_deref();
        if owner.role == self.role && unit.is_none_or(|unit| self.same(unit)) {
            return true;
        }
        match side(self.role) {
            None => true,
            Some(Side::Criminal) => owed.procedure == "crime-report",
            Some(Side::Court) => owed.step == "court-order",
            Some(Side::Service) => {
                matches!(
                    owed.step.as_str(),
                    "end-facility-stay" | "appraise-listing" | "end-facility-care"
                ) && self.houses(&state.care.stays)
            }
            Some(Side::Health) => false,
        }
    }

    /// The state without what does not concern the viewer. `history` is that of the whole case.
    #[must_use]
    pub fn state(&self, whole: CaseState, history: &[Recorded]) -> CaseState {
        let Some(side) = side(self.role) else {
            return whole;
        };
        let own = |by: &By| self.own(by.role, by.unit.as_deref());
        let mut state = whole;
        if !matches!(side, Side::Criminal | Side::Court) {
            state.child.personal_id = None;
            state.child.address = None;
        }
        state.verification = None;
        state.initial_assessment = None;
        state.detailed_assessment = None;
        state.case_meeting = None;
        state.review = None;
        state.transfer = None;
        state.contradictions.clear();
        // What is no id, no number is free text of others.
        state
            .officers
            .retain(|one| Code::parse(&one.officer).is_ok());
        for passing in &mut state.passings {
            let act = passing.legal_act.take();
            passing.legal_act = act.filter(|act| DocumentNumber::parse(act).is_ok());
        }
        state.notes = 0;
        state.last_visit = state.last_visit.filter(&own);
        state.danger_seen = state.danger_seen.filter(|seen| own(&seen.by));
        state.emergency_measures.retain(|measure| own(&measure.by));
        state.documents.retain(|document| own(&document.by));
        state.referrals.retain(|one| self.is_referred(one));
        if side != Side::Court {
            state.court = CourtState::default();
            state.separations.clear();
        }
        match side {
            Side::Criminal => {}
            Side::Health => {
                state.criminal = CriminalState {
                    examinations: std::mem::take(&mut state.criminal.examinations),
                    ..CriminalState::default()
                };
            }
            Side::Court | Side::Service => state.criminal = CriminalState::default(),
        }
        if !self.houses(&state.care.stays) {
            state.care = CareState::default();
        }
        // Of the plan only the items for which the child was referred to this agency.
        let referred: Vec<_> = history
            .iter()
            .filter_map(|event| match &event.event {
                Event::ReferralMade(e) => {
                    let mine = state.referrals.iter().any(|r| r.id == e.facts.referral_id);
                    e.facts.item_id.clone().filter(|_| mine)
                }
                _ => None,
            })
            .collect();
        for plan in [&mut state.plan, &mut state.plan_until_approval] {
            if let Some(kept) = plan {
                kept.items.retain(|item| referred.contains(&item.facts.id));
                kept.goals = None;
                kept.returned_because = None;
                let number = kept.decision_number.take();
                kept.decision_number = number.filter(|text| DocumentNumber::parse(text).is_ok());
                if kept.items.is_empty() {
                    *plan = None;
                }
            }
        }
        state
    }
}

/// What the commune of an incident goes on seeing when it does not hold the case any more: what is
/// reported, and what was done at once to protect the child.
fn of_incident(event: &Recorded, history: &[Recorded]) -> bool {
    match &event.event {
        Event::ReportReceived(_)
        | Event::ReportForwarded(_)
        | Event::ReportAcknowledged(_)
        | Event::ReportVerified(_)
        | Event::InitialAssessmentRecorded(_)
        | Event::EmergencyMeasureApplied(_)
        | Event::SeparationOrdered(_)
        | Event::SeparationExtended(_)
        | Event::SeparationLifted(_)
        | Event::CaseTransferred(_)
        | Event::TransferAccepted(_)
        | Event::TransferDeclined(_)
        | Event::TransferWithdrawn(_)
        | Event::CompetencePassed(_)
        | Event::CaseClosed(_)
        | Event::CaseReopened(_) => true,
        Event::FactCorrected(correction) => {
            let mut events = history.iter();
            let target = events.find(|one| one.event_id == correction.facts.event_id);
            target.is_some_and(|target| of_incident(target, history))
        }
        _ => false,
    }
}

/// What a side is told of a report that is not its own, and which places are hidden from it: the sections of
/// people of whom it does not read, and what was done for the child.
fn told_to(
    side: Side,
    personal: Option<&ReportPersonal>,
) -> (Option<ReportPersonal>, Vec<&'static str>) {
    if !side.reads_of(Person::Child) {
        return (None, vec![""]);
    }
    let unread = Person::ALL
        .into_iter()
        .filter(|person| !side.reads_of(*person));
    let told = personal.map(|personal| {
        let mut told = unread
            .clone()
            .fold(personal.clone(), ReportPersonal::without);
        told.support_given = None;
        told
    });
    let hidden = unread.map(Person::section).chain(["/support_given"]);
    (told, hidden.collect())
}

/// The case as it is there for somebody who reads no more than a part of it: what stood there until their
/// part ended, and what their other seats are about; or what they told of it. None for who reads on.
#[must_use]
pub fn as_read(case: &Case, viewer: Viewer<'_>) -> Option<Case> {
    let state = case.state()?;
    state.limit(viewer)?;
    let history = case.history();
    let seen = history
        .iter()
        .filter(|event| viewer.event(state, event, history).is_some());
    Some(Case::fold(seen.cloned(), &state.units))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::case::Event;
    use crate::case::effective;
    use crate::case::testing::*;
    use crate::identity::Role;
    use crate::permit::Viewer;
    use crate::text::Line;
    use crate::unit::Units;

    #[test]
    fn where_a_separated_child_is_few_read() {
        let order = with(
            separate("2024-03-11", "2024-03-20"),
            json!({"address": "Nhà bà ngoại, thôn 3"}),
        );
        let case = emergency().and("03-11 12:00", CHAIR, order);
        let order = case.event("SeparationOrdered");
        let corrected = correct(order, "/address", json!("Nhà dì, thôn 5"));
        let case = case
            .and("03-11 13:00", CHAIR, corrected)
            .and("03-13 09:00", OFFICER, transfer(OTHER))
            .and("03-14 10:00", OTHER_OFFICER, accept_transfer());
        let addresses = |role, unit| {
            let viewer = Viewer {
                role,
                unit,
                units: Units::shipped(),
            };
            let (state, history) = (case.state(), case.history());
            let seen = history
                .iter()
                .filter_map(|event| viewer.event(state, event, history));
            seen.filter_map(|event| match event.event {
                Event::SeparationOrdered(e) => e.personal?.address.map(|line| line.to_string()),
                Event::FactCorrected(e) => {
                    let value = e.personal?.value;
                    value.as_str().map(str::to_owned)
                }
                _ => None,
            })
            .collect::<Vec<_>>()
        };
        // Who holds the case, who wrote it, the province and the court.
        for (role, unit) in [
            (Role::CommuneOfficer, OTHER),
            (Role::CommuneChair, COMMUNE),
            (Role::ProvincialOfficer, "44"),
            (Role::CourtClerk, "44"),
        ] {
            assert_eq!(addresses(role, unit).len(), 2, "{role:?}");
        }
        for (role, unit) in [
            (Role::HotlineOperator, "44"),
            (Role::Inspector, "44"),
            (Role::CommuneOfficer, "19138"),
        ] {
            assert_eq!(addresses(role, unit), [""; 0], "{role:?}");
        }
    }

    #[test]
    fn a_hidden_place_does_not_come_back_from_an_older_form() {
        let case = emergency().and("03-11 12:00", CHAIR, separate("2024-03-11", "2024-03-20"));
        let mut history = case.history().to_vec();
        // As the release before stored it, with a correction of its number.
        let facts = json!({
            "decision_number": "Quyết định số 12", "from": "2024-03-11", "until": "2024-03-20",
        });
        let personal = json!({"address": "Nhà bà ngoại, thôn 3"}).to_string();
        let form = ("SeparationOrdered", 2);
        let read = crate::log::read(form.0, form.1, &facts.to_string(), Some(&personal)).unwrap();
        let order = history.last_mut().unwrap();
        (order.event, order.older) = (read.event, read.older);
        let facts = json!({
            "event_id": order.event_id, "part": "facts", "path": "/decision_number",
            "value": "Quyết định số 13",
        });
        let mut correction = order.clone();
        correction.event_id = uuid::Uuid::from_u128(99);
        let reason = Some("{\"reason\": \"Ghi nhầm\"}");
        let read = crate::log::read("FactCorrected", 1, &facts.to_string(), reason).unwrap();
        (correction.event, correction.older) = (read.event, read.older);
        history.push(correction);

        let known = |role| {
            let viewer = Viewer {
                role,
                unit: "44",
                units: Units::shipped(),
            };
            let seen = history.iter();
            let seen = seen.filter_map(|event| viewer.event(case.state(), event, &history));
            let seen: Vec<_> = seen.collect();
            let known = effective(&seen).into_iter();
            let mut orders = known.filter_map(|event| match &event.event {
                Event::SeparationOrdered(e) => e.personal.clone(),
                _ => None,
            });
            let own = orders.next().unwrap();
            let text = |line: Option<Line>| line.map(|line| line.to_string());
            (text(own.decision_number), text(own.address))
        };
        let number = Some("Quyết định số 13".to_owned());
        let address = Some("Nhà bà ngoại, thôn 3".to_owned());
        assert_eq!(known(Role::ProvincialOfficer), (number.clone(), address));
        assert_eq!(known(Role::Inspector), (number, None));
    }
}
