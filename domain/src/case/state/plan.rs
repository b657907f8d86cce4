//! The detailed assessment, the plan that follows from it, its services, and the review.

use serde::Serialize;

use super::{By, CaseState, Stage};
use crate::case::event::{Event, Recorded};
use crate::case::events::plan::{ItemFacts, ItemPersonal};
use crate::text::Code;
use crate::time::Instant;

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
    /// When it was begun.
    #[serde(skip)]
    pub started_at: Option<Instant>,
}

impl Item {
    /// Whether nothing more is to be done for it.
    #[must_use]
    pub const fn ended(&self) -> bool {
        matches!(self.state, ItemState::Completed | ItemState::Failed)
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

impl CaseState {
    /// The plan that is being carried out: the approved one, also while a next one waits.
    #[must_use]
    pub fn plan_in_force(&self) -> Option<&Plan> {
        let latest = self.plan.as_ref();
        self.plan_until_approval
            .as_ref()
            .or(latest.filter(|plan| plan.state == PlanState::Approved))
    }

    /// From the detailed assessment to the review.
    pub(super) fn apply_plan(&mut self, recorded: &Recorded) {
        let by = By::of(recorded);
        match &recorded.event {
            Event::DetailedAssessmentRecorded(_) => {
                self.reach(Stage::Assessed);
                self.detailed_assessment = Some(by);
            }
            Event::CaseMeetingHeld(_) => self.case_meeting = Some(by),
            Event::PlanSubmitted(e) => {
                let items = items(
                    &e.facts.items,
                    e.personal.as_ref().map(|own| own.items.as_slice()),
                    by.at,
                    &[],
                );
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
                    plan.decision_number = e.decision_number().map(str::to_owned);
                }
            }
            Event::PlanAdjusted(e) => {
                self.stage = Stage::PlanApproved;
                let cycle = self.cycle;
                if let Some(plan) = &mut self.plan {
                    plan.cycle = cycle;
                    plan.items = items(
                        &e.facts.items,
                        e.personal.as_ref().map(|own| own.items.as_slice()),
                        by.at,
                        &plan.items,
                    );
                    plan.goals = e.personal.as_ref().map(|p| p.goals.to_string());
                    plan.decision_number = e.decision_number().map(str::to_owned);
                }
            }
            Event::ServiceStarted(e) => self.item(&e.facts.item_id, ItemState::Started, by.at),
            Event::ServiceProgressed(e) => self.item(&e.facts.item_id, ItemState::Started, by.at),
            Event::ServiceCompleted(e) => self.item(&e.facts.item_id, ItemState::Completed, by.at),
            Event::ServiceFailed(e) => self.item(&e.facts.item_id, ItemState::Failed, by.at),
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
            _ => {}
        }
    }

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
}

/// The items of a plan; those that stood in `before` keep how far they have come.
fn items(
    facts: &[ItemFacts],
    personal: Option<&[ItemPersonal]>,
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
                personal: personal.and_then(|items| items.get(row)).cloned(),
                state: known.map_or(ItemState::Planned, |item| item.state),
                since: known.map_or(at, |item| item.since),
                started_at: known.and_then(|item| item.started_at),
            }
        })
        .collect()
}
