//! The state of a case: the fold of its events. Nothing here decides and nothing here knows time
//! limits; see `decide` and `procedure`.

use serde::Serialize;
use uuid::Uuid;

use super::criminal::CriminalState;
use super::event::{Event, Recorded};
use super::events::closing::ClosingReason;
use super::events::competence::PassedFacts;
use super::events::plan::{ItemFacts, ItemPersonal, PlanPersonal};
use super::events::report::{SuspectedHarm, VerificationOutcome};
use super::placement::CareState;
use super::seat::Seat;
use crate::identity::{Actor, Birth, Role, Sex};
use crate::text::{Code, Line};
use crate::time::{Instant, Moment};
use crate::unit::Units;

/// Whether a case is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being worked on.
    Open,
    /// Closed.
    Closed,
}

/// How far the procedure has come. Each stage is reached by an event, never computed from levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// A report was received; nothing was assessed yet.
    Received,
    /// The initial assessment stands.
    InitiallyAssessed,
    /// The detailed assessment stands.
    Assessed,
    /// A plan waits for the chair.
    PlanSubmitted,
    /// An approved plan is being carried out.
    PlanApproved,
    /// The plan was reviewed and found enough: the chair decides on closing.
    Reviewed,
    /// Closed.
    Closed,
}

/// When something happened, when it was recorded, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct By {
    /// The event that says so.
    pub event_id: Uuid,
    /// When it happened.
    pub at: Instant,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// In which role.
    pub role: Role,
    /// Unit of the actor.
    pub unit: Option<String>,
    /// Officer, where an account acted.
    pub officer: Option<Uuid>,
}

impl By {
    pub(super) fn of(recorded: &Recorded) -> Self {
        let Actor {
            officer,
            role,
            unit,
            ..
        } = &recorded.actor;
        Self {
            event_id: recorded.event_id,
            at: recorded.occurred_at,
            recorded_at: recorded.recorded_at,
            role: *role,
            unit: unit.clone(),
            officer: *officer,
        }
    }
}

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
    pub place_of_receipt: super::events::report::PlaceOfReceipt,
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

/// Competence that passed by law from a unit to its successor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passing {
    /// When and by whom it was recorded.
    pub by: By,
    /// What was recorded.
    #[serde(flatten)]
    pub facts: PassedFacts,
}

/// The initial assessment in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InitialState {
    /// When and by whom.
    pub by: By,
    /// Round of the procedure.
    pub cycle: u32,
    /// Serious harm to life, health or dignity is present or threatens.
    pub grave: bool,
    /// A parent or carer is the one who harms.
    pub carer_is_harmer: bool,
}

/// The emergency measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EmergencyState {
    /// When and by whom.
    pub by: By,
    /// Measures, as codes.
    pub measures: Vec<Code>,
}

/// A temporary separation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Separation {
    /// The decision.
    pub by: By,
    /// Round of the procedure.
    pub cycle: u32,
    /// First day.
    pub from: Moment,
    /// Last day as decided or extended.
    pub until: Moment,
    /// A competent authority requires it to go on and names no end.
    pub open_ended: bool,
    /// The day from which the 15 days are counted.
    pub counted_from: chrono::NaiveDate,
    /// A competent authority requires it to go on beyond 15 days.
    pub required: bool,
    /// When it was lifted.
    pub lifted_at: Option<Instant>,
}

/// Requests to the court.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CourtState {
    /// Unit of the court.
    pub unit: Option<String>,
    /// When the court was asked.
    pub requested_at: Option<Instant>,
    /// When it decided.
    pub decided_at: Option<Instant>,
}

/// Where a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlanState {
    /// Waits for the chair.
    Submitted,
    /// Sent back.
    Returned,
    /// In force.
    Approved,
}

/// The plan in force or under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Round of the procedure.
    pub cycle: u32,
    /// Where it stands.
    pub state: PlanState,
    /// Goals, unless erased.
    pub goals: Option<String>,
    /// Items.
    pub items: Vec<Item>,
    /// When it was submitted, and by whom.
    pub submitted: By,
    /// When it was approved, and by whom.
    pub approved: Option<By>,
    /// Number of the decision of approval or of the last adjustment.
    pub decision_number: Option<String>,
    /// Why it was returned.
    pub returned_because: Option<String>,
}

/// Where an item of a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemState {
    /// Not begun.
    Planned,
    /// Under way.
    Started,
    /// Done.
    Completed,
    /// Could not be carried out.
    Failed,
}

/// A service or task of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct Item {
    #[serde(flatten)]
    pub facts: ItemFacts,
    #[serde(flatten)]
    pub personal: Option<ItemPersonal>,
    pub state: ItemState,
    pub since: Instant,
}

impl Item {
    /// Whether nothing more is to be done for it.
    #[must_use]
    pub const fn ended(&self) -> bool {
        matches!(self.state, ItemState::Completed | ItemState::Failed)
    }
}

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

/// An offer to another commune that waits for its answer. Until then the giver is responsible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TransferState {
    /// The commune that holds the case.
    pub from_unit: String,
    /// The commune that was asked.
    pub to_unit: String,
    /// Why, unless erased.
    pub reason: Option<String>,
    /// By when an answer is wanted.
    pub respond_by: Option<Moment>,
    /// When and by whom it was offered.
    pub by: By,
}

/// The last review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewState {
    /// When and by whom.
    pub by: By,
    /// Round of the procedure that was reviewed.
    pub cycle: u32,
    /// No longer at risk of abuse.
    pub no_longer_at_risk: bool,
    /// Physical, psychological, cognitive and emotional factors are stable.
    pub stable: bool,
}

impl ReviewState {
    /// Whether both conditions of closing are met (Decree 56/2017, art. 30.1.b).
    #[must_use]
    pub const fn enough(&self) -> bool {
        self.no_longer_at_risk && self.stable
    }
}

/// How a case was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closure {
    /// When and by whom.
    pub by: By,
    /// Why.
    pub reason: ClosingReason,
    /// Whether the file was archived.
    pub archived: bool,
}

/// An officer in charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assignment {
    /// Id of the officer.
    pub officer: Line,
    /// For which role.
    pub role: Role,
    /// Since when.
    pub since: Instant,
}

/// A document of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct DocumentState {
    pub name: Option<String>,
    pub media_type: String,
    pub size: u64,
    pub sha256: String,
    pub by: By,
}

/// The state of a case after some events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseState {
    /// Version of the last event.
    pub version: i64,
    /// Open or closed.
    pub status: Status,
    /// How far the procedure has come.
    pub stage: Stage,
    /// Round of the procedure: a review that is not enough, a reopening, or a new report after the
    /// initial assessment begins the next.
    pub cycle: u32,
    /// The unit that holds the case.
    pub holder_unit: String,
    /// Since when the responsible commune is responsible, where it took over from another.
    pub holder_since: Option<Instant>,
    /// Communes that were responsible before, oldest first.
    pub past_holders: Vec<String>,
    /// The holder took the case over by a transfer: reports and assessments elsewhere no longer
    /// move it.
    pub taken_over: bool,
    /// The transfer that waits for an answer.
    pub transfer: Option<TransferState>,
    /// Who answers as holder.
    #[serde(skip)]
    pub(super) holder: Seat,
    /// The commune of the incident, by the latest report.
    pub incident_unit: String,
    /// Successions by which competence passed in this case, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passings: Vec<Passing>,
    /// The child.
    pub child: ChildState,
    /// Who answers as the commune of residence.
    #[serde(skip)]
    pub(super) residence: Option<Seat>,
    /// Reports, oldest first.
    pub reports: Vec<ReportState>,
    /// The receipt from which this round counts: the earliest of its reports, or the reopening.
    pub received_at: Instant,
    /// What was reported in this round, or the reopening, still waits for its initial assessment.
    pub awaits_assessment: bool,
    /// The round with which the case was opened, or opened again.
    pub opened_in_cycle: u32,
    /// The round that a new report interrupted: it goes on if the report proves unfounded.
    #[serde(skip)]
    interrupted: Option<u32>,
    /// Last verification.
    pub verification: Option<VerificationOutcome>,
    /// Initial assessment.
    pub initial_assessment: Option<InitialState>,
    /// Emergency measures, oldest first.
    pub emergency_measures: Vec<EmergencyState>,
    /// Separations, oldest first.
    pub separations: Vec<Separation>,
    /// Court.
    pub court: CourtState,
    /// Last detailed assessment.
    pub detailed_assessment: Option<By>,
    /// Last case meeting.
    pub case_meeting: Option<By>,
    /// Plan: the latest that was submitted.
    pub plan: Option<Plan>,
    /// The plan that is in force while a next one waits for its approval.
    pub plan_until_approval: Option<Plan>,
    /// Police, forensic bodies and prosecution.
    pub criminal: CriminalState,
    /// Alternative care.
    pub care: CareState,
    /// Referrals, oldest first.
    pub referrals: Vec<ReferralState>,
    /// Last visit.
    pub last_visit: Option<By>,
    /// Last review.
    pub review: Option<ReviewState>,
    /// Closure, while closed.
    pub closure: Option<Closure>,
    /// Officers in charge.
    pub officers: Vec<Assignment>,
    /// Documents.
    pub documents: Vec<DocumentState>,
    /// Number of notes.
    pub notes: u32,
}

impl CaseState {
    /// Whether this round is an emergency: the initial assessment of the round found serious harm
    /// or that the carer is the one who harms (Decree 56/2017, art. 31.1).
    #[must_use]
    pub fn emergency(&self) -> bool {
        self.initial_assessment
            .as_ref()
            .is_some_and(|a| a.cycle == self.cycle && (a.grave || a.carer_is_harmer))
    }

    /// Whether the last initial assessment found that a parent or carer is the one who harms.
    #[must_use]
    pub fn carer_is_harmer(&self) -> bool {
        self.initial_assessment
            .as_ref()
            .is_some_and(|a| a.carer_is_harmer)
    }

    /// The separation that is running.
    #[must_use]
    pub fn separation(&self) -> Option<&Separation> {
        self.separations
            .last()
            .filter(|separation| separation.lifted_at.is_none())
    }

    /// The plan that is being carried out: the approved one, also while a next one waits.
    #[must_use]
    pub fn plan_in_force(&self) -> Option<&Plan> {
        let latest = self.plan.as_ref();
        self.plan_until_approval
            .as_ref()
            .or(latest.filter(|plan| plan.state == PlanState::Approved))
    }

    /// Calendar days that earlier, lifted separations took since the case was opened (or opened
    /// again): they count towards the 15 days (Decree 56/2017, art. 32.3).
    #[must_use]
    pub fn separation_days_used(&self) -> u64 {
        self.separations
            .iter()
            .filter(|separation| separation.cycle >= self.opened_in_cycle)
            .filter_map(|separation| {
                let lifted = separation.lifted_at?;
                Some(separation_days(separation.counted_from, Moment::At(lifted)))
            })
            .sum()
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

    /// The officer in charge for a role.
    #[must_use]
    pub fn officer_for(&self, role: Role) -> Option<&Line> {
        self.officers
            .iter()
            .rev()
            .find(|a| a.role == role)
            .map(|a| &a.officer)
    }

    /// The commune that answers for the case: the holder, unless that is only a place of receipt
    /// that has not passed the report on yet.
    #[must_use]
    pub fn responsible_commune(&self) -> &str {
        self.responsible_seat().unit()
    }

    /// The same as a place in the case.
    #[must_use]
    pub fn responsible_seat(&self) -> &Seat {
        let holder = self.holder.unit();
        let told = self.reports.iter().any(|r| {
            let forwarded = r.forwarded.as_ref().map(Seat::unit);
            r.incident.unit() == holder || forwarded == Some(holder)
        });
        if told || self.taken_over {
            &self.holder
        } else {
            self.incident()
        }
    }

    /// Whether an earlier round since the case was opened was assessed: then a later report that
    /// proves unfounded does not make the whole case unfounded.
    #[must_use]
    pub fn assessed_before(&self) -> bool {
        let rounds = self.opened_in_cycle..self.cycle;
        let mut reports = self.reports.iter();
        reports.any(|report| report.assessed && rounds.contains(&report.cycle))
    }

    /// The last report that is still to be passed to the commune `to`, where it happened.
    pub(crate) fn report_to_forward(&self, to: &str) -> Option<usize> {
        let units = Units::in_use();
        self.reports.iter().rposition(|report| {
            units.same(report.incident.unit(), to)
                && !report.received_here()
                && report.forwarded.as_ref().map(Seat::unit) != Some(to)
                && !report.assessed
        })
    }

    /// The last report that was passed to `unit` and not acknowledged yet.
    pub(crate) fn report_to_acknowledge(&self, unit: &str) -> Option<usize> {
        let units = Units::in_use();
        self.reports.iter().rposition(|report| {
            let to = report.forwarded.as_ref().map(Seat::unit);
            to.is_some_and(|to| units.same(to, unit)) && report.acknowledged_at.is_none()
        })
    }

    /// The state after the first event, which must be a report.
    pub(crate) fn begin(recorded: &Recorded) -> Option<Self> {
        let Event::ReportReceived(report) = &recorded.event else {
            return None;
        };
        let facts = &report.facts;
        let mut state = Self {
            version: 0,
            status: Status::Open,
            stage: Stage::Received,
            cycle: 1,
            holder_unit: facts.place_of_receipt.unit.clone(),
            holder_since: None,
            past_holders: Vec::new(),
            taken_over: false,
            transfer: None,
            holder: Seat::new(&facts.place_of_receipt.unit, facts.received_at.date()),
            incident_unit: facts.incident.unit.clone(),
            passings: Vec::new(),
            residence: None,
            child: ChildState {
                name: None,
                birth: None,
                birth_year: None,
                sex: facts.child.sex,
                personal_id: None,
                address: None,
                residence_unit: None,
            },
            reports: Vec::new(),
            received_at: facts.received_at,
            awaits_assessment: true,
            opened_in_cycle: 1,
            interrupted: None,
            verification: None,
            initial_assessment: None,
            emergency_measures: Vec::new(),
            separations: Vec::new(),
            court: CourtState::default(),
            detailed_assessment: None,
            case_meeting: None,
            plan: None,
            plan_until_approval: None,
            criminal: CriminalState::default(),
            care: CareState::default(),
            referrals: Vec::new(),
            last_visit: None,
            review: None,
            closure: None,
            officers: Vec::new(),
            documents: Vec::new(),
            notes: 0,
        };
        state.apply(recorded);
        Some(state)
    }

    /// The state after one more event. A correction is not applied here but by folding again, see
    /// [`super::Case`].
    pub(crate) fn apply(&mut self, recorded: &Recorded) {
        let begun = !self.reports.is_empty();
        let before = self.responsible_commune().to_owned();
        self.version = recorded.version;
        self.happened(recorded);
        if !begun || self.responsible_commune() == before {
            return;
        }
        // What another commune offered is no longer its to give.
        self.transfer = None;
        self.past_holders.push(before);
        self.holder_since = Some(recorded.occurred_at);
    }

    fn happened(&mut self, recorded: &Recorded) {
        let by = By::of(recorded);
        match &recorded.event {
            Event::ReportReceived(e) => self.report(recorded, &e.facts, e.personal.as_ref()),
            Event::ReportForwarded(e) => {
                let to = &e.facts.to_unit;
                let row = self
                    .report_to_forward(to)
                    .or(self.reports.len().checked_sub(1));
                if let Some(report) = row.and_then(|row| self.reports.get_mut(row)) {
                    report.forwarded_to = Some(to.clone());
                    report.forwarded = Some(Seat::new(to, by.at.date()));
                    report.forwarded_at = Some(by.at);
                    report.acknowledged_at = None;
                }
                if !self.taken_over {
                    self.hold(Seat::new(to, by.at.date()));
                }
            }
            Event::ReportAcknowledged(_) => {
                let row = self.report_to_acknowledge(by.unit.as_deref().unwrap_or_default());
                if let Some(report) = row.and_then(|row| self.reports.get_mut(row)) {
                    report.acknowledged_at = Some(by.at);
                    if let Some(seat) = report.forwarded.clone().filter(|_| !self.taken_over) {
                        self.hold(seat);
                    }
                }
            }
            Event::ReportVerified(e) => self.verified(e.facts.outcome),
            Event::InitialAssessmentRecorded(e) => {
                if !self.taken_over {
                    self.hold(self.incident().clone());
                }
                for report in self.reports.iter_mut().filter(|r| r.cycle == self.cycle) {
                    report.assessed = true;
                }
                self.awaits_assessment = false;
                self.interrupted = None;
                self.reach(Stage::InitiallyAssessed);
                self.initial_assessment = Some(InitialState {
                    by,
                    cycle: self.cycle,
                    grave: e.facts.grave,
                    carer_is_harmer: e.facts.carer_is_harmer,
                });
            }
            Event::EmergencyMeasureApplied(e) => self.emergency_measures.push(EmergencyState {
                by,
                measures: e.facts.measures.clone(),
            }),
            Event::SeparationOrdered(e) => self.separations.push(Separation {
                counted_from: e.facts.from.date().min(by.at.date()),
                by,
                cycle: self.cycle,
                from: e.facts.from,
                until: e.facts.until,
                open_ended: false,
                required: false,
                lifted_at: None,
            }),
            Event::SeparationExtended(e) => {
                if let Some(separation) = self.running_separation() {
                    separation.until = e.facts.until;
                    separation.open_ended = false;
                    separation.required |= e.facts.required_by.is_some();
                }
            }
            Event::SeparationLifted(_) => {
                if let Some(separation) = self.running_separation() {
                    separation.lifted_at = Some(by.at);
                }
            }
            Event::CourtOrderRequested(e) => {
                self.court = CourtState {
                    unit: e.facts.to_unit.clone().or_else(|| self.province(by.at)),
                    requested_at: Some(by.at),
                    decided_at: None,
                };
            }
            Event::CourtDecided(e) => {
                self.court.decided_at = Some(by.at);
                if e.facts.continues_separation()
                    && let Some(separation) = self.running_separation()
                {
                    separation.until = e.facts.until.unwrap_or(separation.until);
                    separation.open_ended = e.facts.until.is_none();
                    separation.required = true;
                }
            }
            Event::DetailedAssessmentRecorded(_) => {
                self.reach(Stage::Assessed);
                self.detailed_assessment = Some(by);
            }
            Event::CaseMeetingHeld(_) => self.case_meeting = Some(by),
            Event::PlanSubmitted(e) => {
                let items = items(&e.facts.items, e.personal.as_ref(), by.at, &[]);
                self.stage = Stage::PlanSubmitted;
                let before = self.plan.take();
                if let Some(in_force) = before.filter(|p| p.state == PlanState::Approved) {
                    self.plan_until_approval = Some(in_force);
                }
                self.plan = Some(Plan {
                    cycle: self.cycle,
                    state: PlanState::Submitted,
                    goals: e.personal.as_ref().map(|p| p.goals.to_string()),
                    items,
                    submitted: by,
                    approved: None,
                    decision_number: None,
                    returned_because: None,
                });
            }
            Event::PlanReturned(e) => {
                let assessed = self.detailed_assessment.is_some();
                self.stage = if assessed {
                    Stage::Assessed
                } else {
                    Stage::InitiallyAssessed
                };
                if let Some(plan) = &mut self.plan {
                    plan.state = PlanState::Returned;
                    plan.returned_because = e.personal.as_ref().map(|p| p.reason.to_string());
                }
            }
            Event::PlanApproved(e) => {
                self.stage = Stage::PlanApproved;
                self.plan_until_approval = None;
                if let Some(plan) = &mut self.plan {
                    plan.state = PlanState::Approved;
                    plan.approved = Some(by);
                    plan.decision_number = Some(e.facts.decision_number.to_string());
                }
            }
            Event::PlanAdjusted(e) => {
                self.stage = Stage::PlanApproved;
                let cycle = self.cycle;
                if let Some(plan) = &mut self.plan {
                    plan.cycle = cycle;
                    plan.items = items(&e.facts.items, e.personal.as_ref(), by.at, &plan.items);
                    plan.goals = e.personal.as_ref().map(|p| p.goals.to_string());
                    plan.decision_number = Some(e.facts.decision_number.to_string());
                }
            }
            Event::ServiceStarted(e) => self.item(&e.facts.item_id, ItemState::Started, by.at),
            Event::ServiceProgressed(e) => self.item(&e.facts.item_id, ItemState::Started, by.at),
            Event::ServiceCompleted(e) => self.item(&e.facts.item_id, ItemState::Completed, by.at),
            Event::ServiceFailed(e) => self.item(&e.facts.item_id, ItemState::Failed, by.at),
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
            Event::VisitRecorded(_) => self.last_visit = Some(by),
            Event::PlanReviewed(e) => {
                let review = ReviewState {
                    by,
                    cycle: self.cycle,
                    no_longer_at_risk: e.facts.no_longer_at_risk,
                    stable: e.facts.stable,
                };
                if review.enough() {
                    self.stage = Stage::Reviewed;
                } else {
                    self.stage = Stage::Assessed;
                    self.cycle += 1;
                }
                self.review = Some(review);
            }
            Event::CaseClosed(e) => {
                if let Some(separation) = self.running_separation() {
                    separation.lifted_at = Some(by.at);
                }
                self.transfer = None;
                self.status = Status::Closed;
                self.stage = Stage::Closed;
                self.closure = Some(Closure {
                    by,
                    reason: e.facts.reason,
                    archived: false,
                });
            }
            Event::CaseReopened(_) => {
                self.status = Status::Open;
                self.stage = Stage::Received;
                self.cycle += 1;
                self.received_at = by.at;
                self.awaits_assessment = true;
                self.opened_in_cycle = self.cycle;
                self.interrupted = None;
                self.closure = None;
                self.verification = None;
                self.review = None;
                self.plan = None;
                self.plan_until_approval = None;
            }
            Event::CaseArchived(_) => {
                if let Some(closure) = &mut self.closure {
                    closure.archived = true;
                }
            }
            Event::CaseTransferred(e) => {
                self.transfer = Some(TransferState {
                    from_unit: e.facts.from_unit.clone(),
                    to_unit: e.facts.to_unit.clone(),
                    reason: e.personal.as_ref().map(|p| p.reason.to_string()),
                    respond_by: e.facts.respond_by,
                    by,
                });
            }
            Event::TransferAccepted(e) => {
                self.transfer = None;
                self.hold(Seat::new(&e.facts.to_unit, by.at.date()));
                self.taken_over = true;
                // Officers in charge of the former holder are not those of the new one.
                let commune = [Role::CommuneOfficer, Role::CommuneChair];
                self.officers.retain(|a| !commune.contains(&a.role));
            }
            Event::TransferDeclined(_) | Event::TransferWithdrawn(_) => self.transfer = None,
            Event::OfficerAssigned(e) => self.officers.push(Assignment {
                officer: e.facts.officer.clone(),
                role: e.facts.role,
                since: by.at,
            }),
            Event::OfficerRelieved(e) => self
                .officers
                .retain(|a| a.officer != e.facts.officer || a.role != e.facts.role),
            Event::CompetencePassed(e) => {
                let units = Units::in_use();
                for seat in self.seats_mut() {
                    seat.pass(&e.facts, units);
                }
                self.hold(self.holder.clone());
                self.passings.push(Passing {
                    by,
                    facts: e.facts.clone(),
                });
            }
            Event::NoteAdded(_) => self.notes += 1,
            Event::DocumentAttached(e) => self.documents.push(DocumentState {
                name: e.personal.as_ref().map(|p| p.name.to_string()),
                media_type: e.facts.media_type.to_string(),
                size: e.facts.size,
                sha256: e.facts.sha256.clone(),
                by,
            }),
            Event::CrimeReportPassed(_)
            | Event::InvestigatorAssigned(_)
            | Event::ForensicGroundsRecorded(_)
            | Event::ForensicExamOrdered(_)
            | Event::ForensicConclusionRecorded(_)
            | Event::CrimeReportProlonged(_)
            | Event::CrimeReportDecided(_)
            | Event::InformantInformed(_)
            | Event::ProsecutionProposed(_)
            | Event::InterviewRecorded(_) => self.criminal.apply(recorded),
            Event::PlacementProposed(_)
            | Event::CarerVerified(_)
            | Event::PlacementDecided(_)
            | Event::ChildHandedOver(_)
            | Event::PlacementFollowedUp(_)
            | Event::PlacementEnded(_)
            | Event::AdmittedToFacility(_)
            | Event::AdmissionPapersCompleted(_)
            | Event::ListedForPlacement(_)
            | Event::ListingAppraised(_)
            | Event::FacilityCareEnded(_) => self.care.apply(recorded),
            Event::DueDatesMoved(_) | Event::FactCorrected(_) => {}
        }
    }

    fn report(
        &mut self,
        recorded: &Recorded,
        facts: &super::events::report::ReportFacts,
        personal: Option<&super::events::report::ReportPersonal>,
    ) {
        // What waits for its assessment is assessed together, from the earliest receipt. Otherwise
        // a new report begins a round with hours of its own.
        if self.awaits_assessment {
            self.received_at = self.received_at.min(facts.received_at);
        } else {
            self.interrupted = Some(self.cycle);
            self.cycle += 1;
            self.received_at = facts.received_at;
        }
        self.awaits_assessment = true;
        self.verification = None;
        self.incident_unit.clone_from(&facts.incident.unit);
        let incident = Seat::new(&facts.incident.unit, facts.received_at.date());
        if facts.place_of_receipt.unit == facts.incident.unit && !self.taken_over {
            self.hold(incident.clone());
        }
        if let Some(unit) = &facts.child.residence_unit {
            self.residence = Some(Seat::new(unit, facts.received_at.date()));
        }
        let child = &mut self.child;
        if facts.child.sex != Sex::Unknown {
            child.sex = facts.child.sex;
        }
        let born = personal.and_then(|told| told.child.birth);
        child.birth_year = born
            .map(|birth| birth.year(facts.received_at.date()))
            .or(facts.child.birth_year)
            .or(child.birth_year);
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
            child.birth = told.birth.or(child.birth);
            let number = told.personal_id.as_ref().map(|id| id.as_str().to_owned());
            child.personal_id = number.or(child.personal_id.take());
            child.address = told
                .address
                .as_ref()
                .map(Line::to_string)
                .or(child.address.take());
        }
        self.reports.push(ReportState {
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
            incident,
            receipt: Seat::new(&facts.place_of_receipt.unit, facts.received_at.date()),
            forwarded: None,
        });
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

    /// Moves on to a stage, never back: a new assessment beside a running plan leaves the plan.
    fn reach(&mut self, stage: Stage) {
        let plan_of_round = self
            .plan
            .as_ref()
            .is_some_and(|plan| plan.cycle == self.cycle);
        if !plan_of_round || self.stage < stage {
            self.stage = stage;
        }
    }

    fn running_separation(&mut self) -> Option<&mut Separation> {
        self.separations
            .last_mut()
            .filter(|separation| separation.lifted_at.is_none())
    }

    fn item(&mut self, id: &Code, to: ItemState, at: Instant) {
        let waits = self.plan_until_approval.as_mut();
        let in_force = waits.or(self.plan.as_mut());
        let items = in_force.into_iter().flat_map(|plan| plan.items.iter_mut());
        for item in items.filter(|item| item.facts.id == *id) {
            item.state = to;
            item.since = at;
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

/// The items of a plan; those that stood in `before` keep how far they have come.
fn items(
    facts: &[ItemFacts],
    personal: Option<&PlanPersonal>,
    at: Instant,
    before: &[Item],
) -> Vec<Item> {
    facts
        .iter()
        .enumerate()
        .map(|(row, facts)| {
            let known = before.iter().find(|item| item.facts.id == facts.id);
            Item {
                facts: facts.clone(),
                personal: personal.and_then(|plan| plan.items.get(row)).cloned(),
                state: known.map_or(ItemState::Planned, |item| item.state),
                since: known.map_or(at, |item| item.since),
            }
        })
        .collect()
}

/// Calendar days after `from` up to and including the last day touched (Civil Code 2015, art. 147:
/// the first day is not counted). 00:00 of a day ends the day before.
pub(super) fn separation_days(from: chrono::NaiveDate, until: Moment) -> u64 {
    let last = match until {
        Moment::On(date) => date.0,
        Moment::At(at) => {
            let day = at.date();
            let midnight = at == Instant::start_of(day);
            if midnight {
                day.pred_opt().unwrap_or(day)
            } else {
                day
            }
        }
    };
    u64::try_from((last - from).num_days()).unwrap_or(0)
}
