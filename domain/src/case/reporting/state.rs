//! What was reported, whether it was passed on and checked, and whether it is about the same child.

use serde::Serialize;
use uuid::Uuid;

use crate::case::Seat;
use crate::case::event::{Event, Recorded};
use crate::case::events::contradiction::Against;
use crate::case::events::report::{
    PlaceOfReceipt, ReportFacts, ReportPersonal, SuspectedHarm, VerificationOutcome,
};
use crate::case::state::{By, CaseState, Status};
use crate::identity::{Birth, Role, Sex};
use crate::text::{Code, Line};
use crate::time::{Instant, Moment};

/// What is known of the child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ChildState {
    pub name: Option<String>,
    pub birth: Option<Birth>,
    pub birth_year: Option<i32>,
    pub sex: Sex,
    pub personal_id: Option<String>,
    pub address: Option<String>,
    pub residence_unit: Option<String>,
}

/// One report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ReportState {
    pub event_id: Uuid,
    pub cycle: u32,
    pub received_at: Instant,
    pub channel: Code,
    pub place_of_receipt: PlaceOfReceipt,
    pub incident_unit: String,
    pub happened_at: Option<Moment>,
    pub suspected_harm: Vec<SuspectedHarm>,
    pub suspected_harmer: Code,
    pub danger_now: bool,
    pub crime_suspected: bool,
    pub forwarded_to: Option<String>,
    pub forwarded_at: Option<Instant>,
    pub acknowledged_at: Option<Instant>,
    pub assessed: bool,
    /// A form 02 of its round found something: serious harm, a carer who harms, or a ground for
    /// separation.
    #[serde(skip)]
    pub found: bool,
    /// The person was 16 or older by date of birth when it happened: Decree 56/2017 does not apply.
    pub aged_16: bool,
    /// It was added by somebody who did not see the case, and nobody has answered yet whether it is the
    /// same child.
    pub unconfirmed_child: bool,
    /// It was added by somebody who did not see the case, whatever was answered since.
    #[serde(skip)]
    pub unseen: bool,
    /// The version of the event that answered whether it is about the same child, wherever in the history that is.
    #[serde(skip)]
    pub answered_by: Option<i64>,
    /// It was added while the case was closed, by somebody who did not see it.
    #[serde(skip)]
    pub while_closed: bool,
    /// It was answered that it is about another child.
    #[serde(skip)]
    pub answered: bool,
    /// Whoever told it had no part in the case: they see their own report.
    #[serde(skip)]
    pub from_outside: bool,
    /// Who answers as the commune of the incident.
    #[serde(skip)]
    pub incident: Seat,
    /// Who answers as the place of receipt.
    #[serde(skip)]
    pub receipt: Seat,
    /// Who answers as the commune to which it was forwarded.
    #[serde(skip)]
    pub forwarded: Option<Seat>,
}

impl ReportState {
    /// Whether the commune People's Committee of the incident received it itself. Hotline and
    /// police, also those of the same commune, must pass it on (Decree 56/2017, art. 26.1).
    #[must_use]
    pub fn received_here(&self) -> bool {
        let place = &self.place_of_receipt;
        self.receipt.unit() == self.incident.unit()
            && !matches!(place.kind.as_str(), "hotline" | "police")
    }
}

/// What follows from a report, its way to the commune, its check.
pub(in crate::case) fn apply(case: &mut CaseState, recorded: &Recorded) {
    let by = By::of(recorded);
    match &recorded.event {
        Event::ReportReceived(e) => {
            case.told_last = Some(recorded.event_id);
            case.report(recorded, &e.facts, e.personal.as_ref());
        }
        Event::ReportForwarded(e) => {
            let to = &e.facts.to_unit;
            let row = case.report_to_forward(to);
            // It was the report about another child that went there.
            if row.is_none() && case.forwards_split(to, by.at) {
                return;
            }
            let row = row.or(case.reports.len().checked_sub(1));
            let mut known = true;
            if let Some(report) = row.and_then(|row| case.reports.get_mut(row)) {
                known = !report.unconfirmed_child;
                case.told_last = Some(report.event_id);
                report.forwarded_to = Some(to.clone());
                report.forwarded = Some(Seat::new(to, by.at.date()));
                report.forwarded_at = Some(by.at);
                report.acknowledged_at = None;
            }
            if !case.is_settled() && known {
                case.hold(Seat::new(to, by.at.date()));
            }
        }
        Event::ReportAcknowledged(_) => {
            let row = case.report_to_acknowledge(by.unit.as_deref().unwrap_or_default());
            if let Some(report) = row.and_then(|row| case.reports.get_mut(row)) {
                report.acknowledged_at = Some(by.at);
                let known = !report.unconfirmed_child;
                let forwarded = report.forwarded.clone().filter(|_| known);
                if let Some(seat) = forwarded.filter(|_| !case.is_settled()) {
                    case.hold(seat);
                }
            }
        }
        Event::ReportVerified(e) => {
            // What the verification before left open is answered by this one.
            if let Some(before) = case.unfounded_by.take() {
                let asked = &mut case.contradictions;
                asked.retain(|one| one.answered.is_some() || one.event_id != before);
            }
            if e.facts.outcome == VerificationOutcome::Unfounded {
                case.found_unfounded(&by);
            }
            case.verified_at = Some(by.at);
            case.verified(e.facts.outcome);
        }
        Event::SameChildAnswered(e) => {
            let mut split = case.split.iter_mut();
            if let Some(report) = split.find(|one| one.event_id == e.facts.event_id) {
                report.answered = true;
            }
        }
        _ => {}
    }
}

impl CaseState {
    /// Whether Decree 56/2017 does not apply: everybody who was reported was 16 or older by date of
    /// birth when it happened. Police duties and advice remain.
    #[must_use]
    pub fn outside_decree(&self) -> bool {
        self.reports.iter().all(|report| report.aged_16)
    }

    /// Whether the person was 16 or older by date of birth at the receipt, so that the day on which it
    /// happened decides whether the Decree applies, and nobody has told that day. Until then it applies.
    #[must_use]
    pub fn day_decides(&self) -> bool {
        let untold = |report: &ReportState| {
            let received = report.received_at.date();
            let born = self
                .child
                .birth
                .filter(|birth| matches!(birth, Birth::Date(_)));
            report.happened_at.is_none() && born.is_some_and(|birth| birth.age_on(received) >= 16)
        };
        let open = |report: &ReportState| report.aged_16 || untold(report);
        !self.outside_decree() && self.reports.iter().all(open)
    }

    /// Where the Decree does not apply: whether the person was under 18, so that criminal procedure
    /// protects them in its own way.
    #[must_use]
    pub fn under_18(&self) -> Option<bool> {
        if !self.outside_decree() {
            return None;
        }
        let report = self.reports.last()?;
        let day = report
            .happened_at
            .map_or(report.received_at.date(), Moment::date);
        match self.child.birth? {
            birth @ Birth::Date(_) => Some(birth.age_on(day) < 18),
            _ => None,
        }
    }

    /// The first receipt of the case.
    #[must_use]
    pub fn first_receipt(&self) -> Option<Instant> {
        self.reports.iter().map(|report| report.received_at).min()
    }

    /// Whether sexual abuse is suspected in a report.
    #[must_use]
    pub fn sexual_harm(&self) -> bool {
        let mut harms = self
            .reports
            .iter()
            .flat_map(|report| &report.suspected_harm);
        harms.any(|harm| harm.form.as_str() == "sexual")
    }

    /// Whether an earlier round since the case was opened was assessed: then a later report that
    /// proves unfounded does not make the whole case unfounded.
    #[must_use]
    pub fn assessed_before(&self) -> bool {
        let rounds = self.opened_in_cycle..self.cycle;
        let mut reports = self.reports.iter();
        reports.any(|report| report.assessed && rounds.contains(&report.cycle))
    }

    /// Whether it is settled who holds the case: since its first assessment, or the transfer by which it
    /// was taken over, a further report moves it no more. Only a transfer does (Law on Children, art.
    /// 52.2).
    pub(in crate::case) fn is_settled(&self) -> bool {
        self.taken_over || self.initial_assessment.is_some()
    }

    /// The last report that is still to be passed to the commune `to`, where it happened.
    pub(crate) fn report_to_forward(&self, to: &str) -> Option<usize> {
        let units = &self.units;
        self.reports.iter().rposition(|report| {
            units.same(report.incident.unit(), to)
                && !report.received_here()
                && report.forwarded.as_ref().map(Seat::unit) != Some(to)
                && !report.assessed
        })
    }

    /// Whether a report about another child was still to be passed to the commune `to`: then it is now.
    fn forwards_split(&mut self, to: &str, at: Instant) -> bool {
        let units = &self.units;
        let mut split = self.split.iter_mut().rev();
        let waits = |report: &&mut ReportState| {
            let there = units.same(report.incident.unit(), to);
            there && !report.received_here() && report.forwarded_to.is_none()
        };
        let Some(report) = split.find(waits) else {
            return false;
        };
        report.forwarded_to = Some(to.to_owned());
        report.forwarded_at = Some(at);
        true
    }

    /// The last report that was passed to `unit` and not acknowledged yet.
    pub(crate) fn report_to_acknowledge(&self, unit: &str) -> Option<usize> {
        let units = &self.units;
        self.reports.iter().rposition(|report| {
            let to = report.forwarded.as_ref().map(Seat::unit);
            to.is_some_and(|to| units.same(to, unit)) && report.acknowledged_at.is_none()
        })
    }

    fn report(
        &mut self,
        recorded: &Recorded,
        facts: &ReportFacts,
        personal: Option<&ReportPersonal>,
    ) {
        let first = self.reports.is_empty();
        let told = self.told(recorded, facts, personal);
        // About another child: it stands beside this case, and has one of its own.
        if facts.unseen && facts.same == Some(false) && !first {
            self.split.push(told);
            return;
        }
        // What waits for its assessment is assessed together, from the earliest receipt. Otherwise
        // a new report begins a round with hours of its own. Of a closed case that begins with the reopening.
        let closed = self.status == Status::Closed;
        if closed {
            let at = facts.received_at;
            self.told_since_closing = Some(self.told_since_closing.map_or(at, |told| told.min(at)));
        } else if self.awaits_assessment {
            self.received_at = self.received_at.min(facts.received_at);
        } else {
            self.interrupted = Some(self.cycle);
            self.cycle += 1;
            self.received_at = facts.received_at;
        }
        if !closed {
            self.awaits_assessment = true;
            self.verification = None;
        }
        let told = ReportState {
            cycle: self.round(),
            while_closed: closed,
            ..told
        };
        // Its hours run at once; what it says of the child counts when it is known to be the same one.
        if told.unconfirmed_child {
            self.reports.push(told);
            return;
        }
        self.incident_unit.clone_from(&facts.incident.unit);
        let settled = facts.settled || self.is_settled();
        if facts.place_of_receipt.unit == facts.incident.unit && !settled {
            self.hold(told.incident.clone());
        }
        if let Some(unit) = &facts.child.residence_unit {
            self.residence = Some(Seat::new(unit, facts.received_at.date()));
        }
        let child = &mut self.child;
        if facts.child.sex != Sex::Unknown {
            child.sex = facts.child.sex;
        }
        let born = personal.and_then(|told| told.child.birth);
        // What is known to the day is not lost to somebody's guess.
        let known = matches!(child.birth, Some(Birth::Date(_)));
        let guessed = !matches!(born, Some(Birth::Date(_)));
        if !(known && guessed) {
            child.birth_year = born
                .map(|birth| birth.year(facts.received_at.date()))
                .or(facts.child.birth_year)
                .or(child.birth_year);
            child.birth = born.or(child.birth);
        }
        child.residence_unit = facts
            .child
            .residence_unit
            .clone()
            .or(child.residence_unit.take());
        if let Some(told) = personal.map(|personal| &personal.child) {
            child.name = told
                .name
                .as_ref()
                .map(Line::to_string)
                .or(child.name.take());
            let number = told.personal_id.as_ref().map(|id| id.as_str().to_owned());
            child.personal_id = number.or(child.personal_id.take());
            child.address = told
                .address
                .as_ref()
                .map(Line::to_string)
                .or(child.address.take());
        }
        self.reports.push(told);
    }

    /// The round for which something is owed now: that of the case, or the next one, for which a report was added while
    /// it is closed.
    pub(in crate::case) const fn round(&self) -> u32 {
        match self.told_since_closing {
            Some(_) => self.cycle + 1,
            None => self.cycle,
        }
    }

    /// From when that round counts.
    pub(in crate::case) fn round_began(&self) -> Instant {
        self.told_since_closing.unwrap_or(self.received_at)
    }

    /// Whether at this place of the history nobody knew that the report is about the child of the case, which was
    /// answered later.
    pub(in crate::case) fn unknown_then(&self, report: Uuid) -> bool {
        let mut all = self.reports.iter().filter(|one| one.event_id == report);
        all.any(|one| one.answered_by > Some(self.version))
    }

    /// The reports that were added while the case was closed and are about its child: when the case is opened again they
    /// are of its new round.
    pub(in crate::case) fn told_while_closed(&self) -> impl Iterator<Item = &ReportState> {
        let added = self.reports.iter();
        added.filter(|report| {
            report.while_closed && !report.unconfirmed_child && report.cycle == self.cycle
        })
    }

    /// The report as it was told; in which round it falls follows.
    fn told(
        &self,
        recorded: &Recorded,
        facts: &ReportFacts,
        personal: Option<&ReportPersonal>,
    ) -> ReportState {
        let received = facts.received_at.date();
        let actor = &recorded.actor;
        let first = self.reports.is_empty();
        let unit = actor.unit.as_deref().unwrap_or_default();
        let wide = matches!(actor.role, Role::ProvincialOfficer | Role::System);
        ReportState {
            event_id: recorded.event_id,
            cycle: self.cycle,
            received_at: facts.received_at,
            channel: facts.channel.clone(),
            place_of_receipt: facts.place_of_receipt.clone(),
            incident_unit: facts.incident.unit.clone(),
            happened_at: facts.incident.happened_at,
            suspected_harm: facts.suspected_harm.clone(),
            suspected_harmer: facts.suspected_harmer.relation.clone(),
            danger_now: facts.danger_now,
            crime_suspected: facts.crime_suspected,
            forwarded_to: None,
            forwarded_at: None,
            acknowledged_at: None,
            assessed: false,
            found: false,
            aged_16: aged_16(facts, personal),
            unconfirmed_child: facts.unseen && facts.same.is_none() && !first,
            unseen: facts.unseen && !first,
            answered_by: facts.answered,
            while_closed: false,
            answered: false,
            from_outside: !first && (facts.unseen || !(wide || self.concerns(actor.role, unit))),
            incident: Seat::new(&facts.incident.unit, received),
            receipt: Seat::new(&facts.place_of_receipt.unit, received),
            forwarded: None,
        }
    }

    /// Whether there is danger that was told, seen or found, and that nobody has answered since: by a measure,
    /// by a form 02 that says no, or because a report was unfounded.
    pub(in crate::case) fn danger_unanswered(&self) -> bool {
        self.danger_unanswered_since(None)
    }

    /// The same of danger later than an instant.
    pub(in crate::case) fn danger_unanswered_since(&self, since: Option<Instant>) -> bool {
        let measures = self.emergency_measures.iter().map(|taken| taken.by.at);
        let answered = measures.chain(self.danger_denied_at).max();
        let told = self.reports.iter();
        let told = told.filter(|report| report.danger_now && !report.unconfirmed_child);
        let found = self.initial_assessment.iter();
        let found = found.filter(|one| one.cycle != self.cycle && one.emergency());
        told.map(|report| report.received_at)
            .chain(self.danger_seen.iter().map(|seen| seen.by.at))
            .chain(found.map(|found| found.by.at))
            .filter(|danger| since.is_none_or(|since| since < *danger))
            .any(|danger| answered.is_none_or(|answered| answered < danger))
    }

    /// What a report that is found to be unfounded contradicts: danger that nobody answered, and another
    /// verification in the same round.
    fn found_unfounded(&mut self, by: &By) {
        if self.danger_unanswered() {
            self.push_contradiction(by.clone(), Against::DangerReported, None);
        }
        let before = self.verification;
        if before.is_some_and(|before| before != VerificationOutcome::Unfounded) {
            self.push_contradiction(by.clone(), Against::FindingLowered, None);
        }
        self.danger_denied_at = self.danger_denied_at.max(Some(by.at));
        self.unfounded_by = Some(by.event_id);
    }

    /// A report that proves unfounded leaves what it interrupted as it was: the plan goes on to its
    /// review, and a review that was found enough stands.
    fn verified(&mut self, outcome: VerificationOutcome) {
        self.verification = Some(outcome);
        if outcome != VerificationOutcome::Unfounded {
            let cycle = self.cycle;
            let mut reports = self.reports.iter();
            self.awaits_assessment |= reports.any(|r| r.cycle == cycle && !r.assessed);
            return;
        }
        self.awaits_assessment = false;
        let Some(before) = self.interrupted.take() else {
            return;
        };
        if let Some(plan) = self.plan.as_mut().filter(|plan| plan.cycle == before) {
            plan.cycle = self.cycle;
        }
        if let Some(review) = self.review.as_mut().filter(|review| review.cycle == before) {
            review.cycle = self.cycle;
        }
    }
}

/// Whether the person was 16 or older by date of birth on the day on which it happened. A day that nobody
/// has told makes nobody 16. Where the date of birth was erased, what was recorded of it stands.
pub(in crate::case) fn aged_16(facts: &ReportFacts, personal: Option<&ReportPersonal>) -> bool {
    let Some(happened) = facts.incident.happened_at else {
        return false;
    };
    match personal.map(|told| told.child.birth) {
        Some(Some(birth @ Birth::Date(_))) => birth.age_on(happened.date()) >= 16,
        Some(_) => false,
        None => facts.aged_16,
    }
}
