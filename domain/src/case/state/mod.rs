//! The state of a case: the fold of its events. Nothing here decides and nothing here knows time
//! limits; see `decide` and `procedure`. What follows from the events of a chapter stands in its `state`.

mod contradiction;

use std::sync::Arc;

use serde::Serialize;
use uuid::Uuid;

pub use self::contradiction::Contradiction;
pub(crate) use self::contradiction::key as contradiction_key;
use super::Seat;
pub use super::assessment::state::{InitialState, ReviewState};
pub(super) use super::care::state::{CareState, FacilityStay, Placement};
use super::chapters::chapters;
pub use super::closing::state::Closure;
pub(super) use super::criminal::state::{CriminalState, Examination};
use super::event::{Event, Recorded};
use super::events::closing::ClosingReason;
use super::events::report::VerificationOutcome;
pub(crate) use super::holding::state::passages;
pub use super::holding::state::{Assignment, EndedOffer, Passing, TransferState};
pub use super::planning::state::{Item, ItemState, Plan, PlanState};
pub use super::record::state::DocumentState;
pub(super) use super::reporting::state::aged_16;
pub use super::reporting::state::{ChildState, ReportState};
pub(super) use super::safety::state::separation_days;
pub use super::safety::state::{CourtState, DangerSeen, EmergencyState, Separation};
pub use super::services::state::{ReferralState, ReferralStatus};
use crate::identity::{Actor, Role};
use crate::time::Instant;
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
    /// Whether it was this person; where no account is known, whoever had that role in that unit.
    #[must_use]
    pub fn is_of(&self, actor: &Actor) -> bool {
        match (self.officer, actor.officer) {
            (Some(was), Some(is)) => was == is,
            _ => self.role == actor.role && self.unit == actor.unit,
        }
    }

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
    /// The versions of the events by which they ceased to be.
    #[serde(skip)]
    pub left: Vec<i64>,
    /// Offers to take the case that were declined or withdrawn, oldest first.
    #[serde(skip)]
    pub ended_offers: Vec<EndedOffer>,
    /// The holder took the case over by a transfer: reports and assessments elsewhere no longer
    /// move it.
    pub taken_over: bool,
    /// When the last transfer was accepted.
    #[serde(skip)]
    pub taken_over_at: Option<Instant>,
    /// When the case was opened again last.
    #[serde(skip)]
    pub reopened_at: Option<Instant>,
    /// While the case is closed: the earliest receipt of what was added to it unseen since. It is told for a round of
    /// its own, which begins where the case is opened again.
    #[serde(skip)]
    pub(in crate::case) told_since_closing: Option<Instant>,
    /// When the danger was, the latest, of which a correction said while the case was closed because the child had died.
    #[serde(skip)]
    pub(in crate::case) told_of_the_dead: Option<Instant>,
    /// When form 02 was that sees a ground for separation since a correction while the case was closed.
    #[serde(skip)]
    pub(in crate::case) ground_told: Option<Instant>,
    /// As what the case had been closed when it was opened again last.
    #[serde(skip)]
    pub ended_as: Option<ClosingReason>,
    /// When the review was that had found the child safe and stable before the case was opened again last.
    #[serde(skip)]
    pub(in crate::case) found_safe_at: Option<Instant>,
    /// The round before this one had found an emergency when the case was closed because the child was
    /// thought dead, and nobody has found otherwise since.
    #[serde(skip)]
    pub broken_off: bool,
    /// The transfer that waits for an answer.
    pub transfer: Option<TransferState>,
    /// Who answers as holder.
    #[serde(skip)]
    pub(in crate::case) holder: Seat,
    /// The commune of the incident, by the latest report.
    pub incident_unit: String,
    /// Successions by which competence passed in this case, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passings: Vec<Passing>,
    /// The child.
    pub child: ChildState,
    /// Who answers as the commune of residence.
    #[serde(skip)]
    pub(in crate::case) residence: Option<Seat>,
    /// Reports, oldest first.
    pub reports: Vec<ReportState>,
    /// The report that the last event was, or passed on.
    #[serde(skip)]
    pub(in crate::case) told_last: Option<Uuid>,
    /// Reports that were added unseen and were about another child.
    #[serde(skip)]
    pub split: Vec<ReportState>,
    /// The receipt from which this round counts: the earliest of its reports, or the reopening.
    pub received_at: Instant,
    /// What was reported in this round, or the reopening, still waits for its initial assessment.
    pub awaits_assessment: bool,
    /// The round with which the case was opened, or opened again.
    pub opened_in_cycle: u32,
    /// The round that a new report interrupted: it goes on if the report proves unfounded.
    #[serde(skip)]
    pub(in crate::case) interrupted: Option<u32>,
    /// Last verification.
    pub verification: Option<VerificationOutcome>,
    /// When it was.
    #[serde(skip)]
    pub verified_at: Option<Instant>,
    /// Initial assessment.
    pub initial_assessment: Option<InitialState>,
    /// The child was seen in danger later, last.
    pub danger_seen: Option<DangerSeen>,
    /// When it was last said that there is no danger: by form 02, or because a report was unfounded.
    #[serde(skip)]
    pub(in crate::case) danger_denied_at: Option<Instant>,
    /// The last verification, where it found the report unfounded.
    #[serde(skip)]
    pub(in crate::case) unfounded_by: Option<Uuid>,
    /// What speaks against what was recorded, oldest first.
    pub contradictions: Vec<Contradiction>,
    /// Corrections that a second person confirmed, by the id of their events.
    #[serde(skip)]
    pub confirmed: Vec<(Uuid, By)>,
    /// Emergency measures, oldest first.
    pub emergency_measures: Vec<EmergencyState>,
    /// Separations, oldest first.
    pub separations: Vec<Separation>,
    /// Separations of the child of a report that is kept apart, with the id of that report, oldest first.
    #[serde(skip)]
    pub(in crate::case) separations_apart: Vec<(Uuid, Separation)>,
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
    /// The units that it is read with.
    #[serde(skip)]
    pub units: Arc<Units>,
}

impl CaseState {
    /// The state after the first event, which must be a report.
    pub(crate) fn begin(recorded: &Recorded, units: &Arc<Units>) -> Option<Self> {
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
            left: Vec::new(),
            ended_offers: Vec::new(),
            taken_over: false,
            taken_over_at: None,
            reopened_at: None,
            told_since_closing: None,
            told_of_the_dead: None,
            ground_told: None,
            told_last: None,
            ended_as: None,
            found_safe_at: None,
            broken_off: false,
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
            split: Vec::new(),
            received_at: facts.received_at,
            awaits_assessment: true,
            opened_in_cycle: 1,
            interrupted: None,
            verification: None,
            verified_at: None,
            initial_assessment: None,
            danger_seen: None,
            danger_denied_at: None,
            unfounded_by: None,
            contradictions: Vec::new(),
            confirmed: Vec::new(),
            emergency_measures: Vec::new(),
            separations: Vec::new(),
            separations_apart: Vec::new(),
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
            units: Arc::clone(units),
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
        self.told_last = None;
        happened(self, recorded);
        self.contradicted(recorded);
        if recorded.event.danger_seen() {
            self.danger_seen = Some(DangerSeen {
                by: By::of(recorded),
                cycle: self.cycle,
            });
        }
        if !begun || self.responsible_commune() == before {
            return;
        }
        // What another commune offered is no longer its to give.
        self.transfer = None;
        self.past_holders.push(before);
        self.left.push(recorded.version);
        self.holder_since = Some(recorded.occurred_at);
    }

    /// Moves on to a stage, never back: a new assessment beside a running plan leaves the plan.
    pub(in crate::case) fn reach(&mut self, stage: Stage) {
        let plan_of_round = self
            .plan
            .as_ref()
            .is_some_and(|plan| plan.cycle == self.cycle);
        if !plan_of_round || self.stage < stage {
            self.stage = stage;
        }
    }
}

macro_rules! listed {
    ($(
        { $( #[$about:meta] )* $folder:ident $chapter:ident $name:literal }
        { $( $( #[$doc:meta] )* $event:ident $parts:tt $revisions:tt $kind:tt )* }
    )*) => {
        /// What the event changes: the chapter that lists it says so.
        fn happened(case: &mut CaseState, recorded: &Recorded) {
            match &recorded.event { $(
                $( Event::$event(_) )|* => super::$folder::state::apply(case, recorded),
            )* }
        }
    };
}

chapters!(events => listed);
