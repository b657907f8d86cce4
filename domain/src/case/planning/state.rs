//! The case meeting and the plan: submitted, returned, approved, adjusted.

use serde::Serialize;

use crate::case::event::{Event, Recorded};
use crate::case::events::plan::{ItemFacts, ItemPersonal};
use crate::case::state::{By, CaseState, Stage};
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

/// What follows from the meeting and the plan.
pub(in crate::case) fn apply(case: &mut CaseState, recorded: &Recorded) {
    let by = By::of(recorded);
    match &recorded.event {
        Event::CaseMeetingHeld(_) => case.case_meeting = Some(by),
        Event::PlanSubmitted(e) => {
            let items = items(
                &e.facts.items,
                e.personal.as_ref().map(|own| own.items.as_slice()),
                by.at,
                &[],
            );
            case.stage = Stage::PlanSubmitted;
            let before = case.plan.take();
            if let Some(in_force) = before.filter(|p| p.state == PlanState::Approved) {
                case.plan_until_approval = Some(in_force);
            }
            case.plan = Some(Plan {
                cycle: case.cycle,
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
            let assessed = case.detailed_assessment.is_some();
            case.stage = if assessed {
                Stage::Assessed
            } else {
                Stage::InitiallyAssessed
            };
            if let Some(plan) = &mut case.plan {
                plan.state = PlanState::Returned;
                plan.returned_because = e.personal.as_ref().map(|p| p.reason.to_string());
            }
        }
        Event::PlanApproved(e) => {
            case.stage = Stage::PlanApproved;
            case.plan_until_approval = None;
            if let Some(plan) = &mut case.plan {
                plan.state = PlanState::Approved;
                plan.approved = Some(by);
                plan.decision_number = e.decision_number().map(str::to_owned);
            }
        }
        Event::PlanAdjusted(e) => {
            case.stage = Stage::PlanApproved;
            let cycle = case.cycle;
            if let Some(plan) = &mut case.plan {
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
        _ => {}
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
