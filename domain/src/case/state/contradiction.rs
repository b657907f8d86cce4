//! What speaks against what was recorded. Only what lowers protection is questioned, never what raises
//! it. Nothing is computed in anybody's place: the word of the officer stands, with its reason. The
//! triggers are the house's own and are labelled so.

use serde::Serialize;
use uuid::Uuid;

use super::{By, CaseState, InitialState, ItemState};
use crate::case::codes::CARERS;
use crate::case::event::{Event, Recorded};
use crate::case::events::contradiction::Against;
use crate::case::events::{Answer, Level};
use crate::identity::Role;

/// Something that was recorded, and what speaks against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contradiction {
    /// The event that is spoken against.
    pub event_id: Uuid,
    /// What speaks against it.
    pub against: Against,
    /// When and by whom that event was recorded.
    pub by: By,
    /// Who is asked: the chair, or the province where the chair wrote it.
    pub asks: Role,
    /// When and by whom the reason was given; none while it is open.
    pub answered: Option<By>,
}

impl Contradiction {
    /// Whether who closes the case is the one who was asked, and did not write it, also not as a deputy; a
    /// correction that waits is never answered by that.
    fn is_for(&self, closes: &By) -> bool {
        let person = self.by.officer.is_some() && self.by.officer == closes.officer;
        self.asks == closes.role && !person && self.against != Against::DangerTakenBack
    }

    /// By what a duty to answer it is told apart.
    #[must_use]
    pub fn key(&self) -> String {
        key(self.event_id, self.against)
    }
}

/// By what a duty to answer a contradiction is told apart.
pub(crate) fn key(event_id: Uuid, against: Against) -> String {
    format!("{event_id}/{}", against.code())
}

/// High harm and low protection in two tables that run in opposite directions.
fn grave_levels(harm: &[Level], protection: &[Level]) -> bool {
    harm.contains(&Level::High) && protection.contains(&Level::Low)
}

impl CaseState {
    /// The contradictions that wait for a reason.
    pub fn open_contradictions(&self) -> impl Iterator<Item = &Contradiction> {
        self.contradictions
            .iter()
            .filter(|one| one.answered.is_none())
    }

    /// What a review that finds the child no longer at risk would contradict, with these levels of
    /// harm.
    #[must_use]
    pub fn against_review(&self, harm: &[Level]) -> Vec<Against> {
        let mut against = Vec::new();
        if harm.contains(&Level::High) {
            against.push(Against::LevelsOfForm06);
        }
        if self.items_failed() {
            against.push(Against::FailedItems);
        }
        if self.separation().is_some() {
            against.push(Against::OpenSeparation);
        }
        against
    }

    /// What closing the case now would contradict. What else waits for an answer stays asked when it is closed.
    #[must_use]
    pub fn against_closing(&self) -> Vec<Against> {
        let mut against = Vec::new();
        let reviewed = self.open_contradictions().map(|one| one.against);
        against.extend(reviewed.filter(|against| {
            matches!(
                against,
                Against::LevelsOfForm06 | Against::FailedItems | Against::OpenSeparation
            )
        }));
        if self.criminal.report().is_some_and(|report| report.open()) {
            against.push(Against::UndecidedCrimeReport);
        }
        against.extend(self.papers_owed());
        let placed = self.care.placed();
        if placed.is_some_and(|placement| placement.follow_ups == 0) {
            against.push(Against::PlacementNotFollowedUp);
        }
        against
    }

    /// The papers that a plan which was submitted in an emergency without them still owes (Decree 56/2017, art.
    /// 28.2). Those of earlier rounds serve.
    fn papers_owed(&self) -> impl Iterator<Item = Against> {
        let planned = self.plan.is_some();
        let form = self.detailed_assessment.is_none();
        let minutes = self.case_meeting.is_none();
        let owed = [(form, Against::Form03Owed), (minutes, Against::MinutesOwed)];
        let owed = owed.into_iter().filter(move |(owed, _)| planned && *owed);
        owed.map(|(_, against)| against)
    }

    /// Whether the case is closed, and who closed it is the one who was asked: what somebody else was asked, and
    /// a correction that waits for a second person, outlives the closing.
    pub(in crate::case) fn closing_ends(&self, asked: &Contradiction) -> bool {
        let closed = self.closure.as_ref();
        closed.is_some_and(|closure| asked.is_for(&closure.by))
    }

    fn items_failed(&self) -> bool {
        let items = self
            .plan_in_force()
            .into_iter()
            .flat_map(|plan| &plan.items);
        items
            .into_iter()
            .any(|item| item.state == ItemState::Failed)
    }

    /// What the event contradicts, or what it answers. Asked after it has been applied.
    pub(super) fn contradicted(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::InitialAssessmentRecorded(e) => {
                let against = self.against_form_02(&e.facts);
                let reason = e
                    .personal
                    .as_ref()
                    .and_then(|p| p.contradiction_reason.as_ref());
                // What the form before left open is answered by this one, and whether there was danger by one
                // that leaves nothing open.
                let says = !e.facts.grave.is_unknown() && !e.facts.carer_is_harmer.is_unknown();
                self.contradictions.retain(|one| {
                    one.answered.is_some()
                        || match one.against {
                            Against::DangerReported
                            | Against::LevelsOfForm02
                            | Against::SuspectedCarer => false,
                            Against::DangerTakenBack => !says,
                            _ => true,
                        }
                });
                self.contradict(recorded, against, reason.is_some());
            }
            Event::DetailedAssessmentRecorded(e) => {
                let initial = self.initial_assessment.as_ref();
                let lowered = initial.filter(|a| a.cycle == self.cycle && a.grave == Answer::No);
                let grave = grave_levels(&e.facts.harm, &e.facts.protection)
                    || e.facts.danger_now == Some(true);
                if let Some(initial) = lowered.filter(|_| grave) {
                    let by = initial.by.clone();
                    self.push_contradiction(by, Against::LevelsOfForm03, None);
                }
            }
            Event::PlanReviewed(e) if e.facts.no_longer_at_risk => {
                let against = self.against_review(&e.facts.harm);
                let reason = e
                    .personal
                    .as_ref()
                    .and_then(|p| p.contradiction_reason.as_ref());
                self.contradict(recorded, against, reason.is_some());
            }
            Event::PlacementFollowedUp(e) => {
                // Who sees the child later answers it.
                self.contradictions
                    .retain(|one| one.answered.is_some() || one.against != Against::ChildNotSeen);
                let unseen = (!e.facts.child_seen).then_some(Against::ChildNotSeen);
                self.contradict(recorded, unseen.into_iter().collect(), false);
            }
            Event::SeparationLifted(e) => self.contradict(recorded, e.facts.against.clone(), false),
            Event::CaseClosed(e) => {
                let personal = e.personal.as_ref();
                let reason = personal.and_then(|p| p.contradiction_reason.as_ref());
                let by = By::of(recorded);
                if reason.is_some() {
                    // What somebody else is asked stays asked: the closing answers only for who closes.
                    let open = self.contradictions.iter_mut();
                    for one in open.filter(|one| one.answered.is_none()) {
                        if one.is_for(&by) {
                            one.answered = Some(by.clone());
                        }
                    }
                }
                let against = self.against_closing();
                let known = |against: &Against| {
                    matches!(
                        against,
                        Against::UndecidedCrimeReport
                            | Against::PlacementNotFollowedUp
                            | Against::Form03Owed
                            | Against::MinutesOwed
                    )
                };
                let against = against.into_iter().filter(known).collect();
                self.contradict(recorded, against, reason.is_some());
                // What is said of another case is asked whoever closed this one.
                self.contradict(recorded, e.facts.against.clone(), false);
            }
            Event::FactCorrected(e) => {
                let against: Vec<_> = e.facts.lowers.into_iter().collect();
                self.contradict(recorded, against, false);
            }
            Event::SameChildAnswered(e) if e.facts.same => {
                let over = self.separated_too_long_in_all(e.facts.event_id);
                let over = over.then_some(Against::MoreThan15Days);
                self.contradict(recorded, over.into_iter().collect(), false);
            }
            Event::ContradictionAnswered(e) => {
                let by = By::of(recorded);
                let open = self.contradictions.iter_mut();
                for one in open.filter(|one| one.answered.is_none()) {
                    if one.event_id == e.facts.event_id && one.against == e.facts.against {
                        one.answered = Some(by.clone());
                    }
                }
            }
            _ => {}
        }
    }

    /// What a form 02 contradicts: the reports of its round, and its own tables.
    fn against_form_02(
        &self,
        facts: &crate::case::events::assessment::InitialFacts,
    ) -> Vec<Against> {
        let of_round = || {
            self.reports
                .iter()
                .filter(|report| report.cycle == self.cycle)
        };
        let mut against = Vec::new();
        if facts.grave == Answer::No {
            let seen = self.danger_seen.as_ref();
            let unanswered = |found: &InitialState| found.despite_danger;
            if of_round().any(|report| report.danger_now)
                || seen.is_some_and(|seen| seen.by.at >= self.received_at)
                || self.initial_assessment.as_ref().is_some_and(unanswered)
            {
                against.push(Against::DangerReported);
            }
            if grave_levels(&facts.harm, &facts.protection) {
                against.push(Against::LevelsOfForm02);
            }
        }
        if self.initial_assessment.as_ref().is_some_and(|a| a.lowers) {
            against.push(Against::FindingLowered);
        }
        let suspected =
            || of_round().any(|report| CARERS.contains(&report.suspected_harmer.as_str()));
        if facts.carer_is_harmer == Answer::No && suspected() {
            against.push(Against::SuspectedCarer);
        }
        against
    }

    fn contradict(&mut self, recorded: &Recorded, against: Vec<Against>, answered: bool) {
        let by = By::of(recorded);
        for against in against {
            let answered = answered.then(|| by.clone());
            self.push_contradiction(by.clone(), against, answered);
        }
    }

    pub(in crate::case) fn push_contradiction(
        &mut self,
        by: By,
        against: Against,
        answered: Option<By>,
    ) {
        let known = |one: &Contradiction| one.event_id == by.event_id && one.against == against;
        if self.contradictions.iter().any(known) {
            return;
        }
        let asks = by.role.second_person();
        self.contradictions.push(Contradiction {
            event_id: by.event_id,
            against,
            by,
            asks,
            answered,
        });
    }
}
