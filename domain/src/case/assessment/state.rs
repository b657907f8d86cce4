//! What was found when somebody looked: at first, in detail, at the review.

use serde::Serialize;

use crate::case::event::{Event, Recorded};
use crate::case::events::Answer;
use crate::case::state::{By, CaseState, Stage};

/// The initial assessment in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InitialState {
    /// When and by whom.
    pub by: By,
    /// Round of the procedure.
    pub cycle: u32,
    /// Serious harm to life, health or dignity is present or threatens.
    pub grave: Answer,
    /// A parent or carer is the one who harms.
    pub carer_is_harmer: Answer,
    /// A ground for separation is seen.
    pub separation_needed: Answer,
    /// It is not the first one of this round: something was not known before.
    #[serde(skip)]
    pub again: bool,
    /// It finds no emergency any more where the one before it in this round did.
    #[serde(skip)]
    pub lowers: bool,
    /// There was danger, of whatever round, that nobody had answered: by a measure, a no or an unfounded
    /// report.
    #[serde(skip)]
    pub despite_danger: bool,
}

impl InitialState {
    /// Whether one of the two questions of an emergency was answered with not known yet.
    #[must_use]
    pub const fn leaves_open(&self) -> bool {
        self.grave.is_unknown() || self.carer_is_harmer.is_unknown()
    }

    /// Whether it found an emergency (Decree 56/2017, art. 31.1).
    #[must_use]
    pub fn emergency(&self) -> bool {
        self.grave == Answer::Yes || self.carer_is_harmer == Answer::Yes
    }
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

/// What follows from an assessment.
pub(in crate::case) fn apply(case: &mut CaseState, recorded: &Recorded) {
    let by = By::of(recorded);
    match &recorded.event {
        Event::InitialAssessmentRecorded(e) => {
            if !case.is_settled() {
                case.hold(case.incident().clone());
            }
            let facts = &e.facts;
            let answers = [facts.grave, facts.carer_is_harmer, facts.separation_needed];
            for report in case.reports.iter_mut().filter(|r| r.cycle == case.cycle) {
                report.assessed = true;
                report.found = answers.contains(&Answer::Yes);
            }
            case.awaits_assessment = false;
            case.interrupted = None;
            case.reach(Stage::InitiallyAssessed);
            let before = case.initial_assessment.as_ref();
            let before = before.filter(|before| before.cycle == case.cycle);
            let again = before.is_some();
            let emergency = before.is_some_and(InitialState::emergency) || case.broken_off;
            let despite_danger = case.danger_unanswered();
            let at = by.at;
            let mut found = InitialState {
                by,
                cycle: case.cycle,
                grave: e.facts.grave,
                carer_is_harmer: e.facts.carer_is_harmer,
                separation_needed: e.facts.separation_needed,
                again,
                lowers: false,
                despite_danger,
            };
            found.lowers = emergency && !found.emergency();
            case.broken_off &= found.leaves_open();
            if !found.emergency() && !found.leaves_open() {
                case.danger_denied_at = case.danger_denied_at.max(Some(at));
            }
            case.initial_assessment = Some(found);
        }
        Event::DetailedAssessmentRecorded(_) => {
            case.reach(Stage::Assessed);
            case.detailed_assessment = Some(by);
        }
        Event::PlanReviewed(e) => {
            let review = ReviewState {
                by,
                cycle: case.cycle,
                no_longer_at_risk: e.facts.no_longer_at_risk,
                stable: e.facts.stable,
            };
            if review.enough() {
                case.stage = Stage::Reviewed;
            } else {
                case.stage = Stage::Assessed;
                case.cycle += 1;
            }
            case.review = Some(review);
        }
        _ => {}
    }
}
