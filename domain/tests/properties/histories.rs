//! Random histories keep the rules. And from wherever a history has come, the case can be carried to its
//! end by doing what is owed.

use std::collections::BTreeSet;

use crate::days::Table;
use crate::samples::*;
use crate::world::{World, attempts};
use chrono::TimeDelta;
use domain::case::{Case, Event, Status, effective};
use domain::law::{Limit, LimitUnit, Obligation, ObligationState};
use domain::time::Instant;
use domain::unit::Units;
use proptest::prelude::*;
use uuid::Uuid;

impl World {
    /// The rules that always hold.
    pub(crate) fn check(&self) {
        let folded = Case::fold(self.case.history().to_vec(), Units::shipped());
        assert_eq!(
            folded, self.case,
            "evolving one by one equals folding from scratch"
        );
        let Some(state) = self.case.state() else {
            return;
        };
        let obligations = self.obligations();
        let open: Vec<_> = obligations.iter().filter(|o| o.is_open()).collect();
        let mut main: Vec<_> = open.iter().filter(|o| of_the_main_procedure(o)).collect();
        if state.status == Status::Closed {
            // Danger that was seen since the closing is answered all the same.
            let urgent = |o: &&&Obligation| o.step == "emergency-measure";
            main.retain(|o| !urgent(o));
            // And a report that was added unseen goes its way.
            let of_a_report = ["answer-same-child", "forward-report", "acknowledge-report"];
            if state.waiting().next().is_some() {
                main.retain(|o| !of_a_report.contains(&o.step.as_str()));
            }
            assert!(
                main.iter().all(|o| o.step == "archive"),
                "closed:\n{}",
                self.story()
            );
            assert_eq!(main.is_empty(), state.closure.as_ref().unwrap().archived);
            assert!(state.separation().is_none());
        } else {
            assert!(
                !main.is_empty(),
                "an open case owes nothing:\n{}",
                self.story()
            );
        }
        let mut seen = BTreeSet::new();
        for one in &open {
            assert!(
                seen.insert((&one.step, &one.item)),
                "twice open: {}",
                one.step
            );
        }
        for one in &obligations {
            self.check_obligation(one);
        }
        self.check_turns(&obligations);
        self.check_holder(state);
    }

    /// Obligations of one step, item and round follow each other: the next is opened by an event
    /// that comes after the one that ended the last.
    fn check_turns(&self, obligations: &[Obligation]) {
        let version = |id: Uuid| {
            let mut events = self.case.history().iter();
            events.find(|event| event.event_id == id).unwrap().version
        };
        for (index, one) in obligations.iter().enumerate() {
            let mut later = obligations[index + 1..].iter();
            let next = later.find(|o| (&o.step, &o.item) == (&one.step, &one.item));
            if let Some(next) = next {
                let ended = one.ended_by_event.map(version);
                assert!(
                    ended.is_some_and(|ended| ended <= version(next.opened_by_event)),
                    "{} opened again before it ended:\n{}",
                    one.step,
                    self.story()
                );
                assert!(one.turn.is_none() || one.turn < next.turn);
            }
        }
    }

    /// Exactly one commune answers for a case; while an offer waits it is the giver.
    fn check_holder(&self, state: &domain::case::CaseState) {
        let holder = state.responsible_commune();
        assert!([COMMUNE, OTHER].contains(&holder), "held by {holder}");
        if let Some(offer) = &state.transfer {
            assert_eq!(offer.from_unit, holder);
            assert_ne!(offer.to_unit, holder);
        }
    }

    fn check_obligation(&self, one: &Obligation) {
        assert_eq!(one.state, one.state_at(self.now));
        // Whatever had passed when it ended or fell away is late, and says by how much.
        let passed = one
            .due_at
            .zip(one.ended_at)
            .is_some_and(|(due, ended)| ended > due);
        if one.unconfirmed.is_empty() {
            assert_eq!(one.late, passed, "{}", one.step);
        } else {
            assert!(
                one.late || one.state == ObligationState::Overdue,
                "{}",
                one.step
            );
        }
        assert_eq!(one.late, one.late_by.is_some());
        assert_eq!(one.ended_at.is_some(), one.ended_by.is_some());
        let unlimited = one.due_at.is_none();
        assert!(
            !(unlimited
                && matches!(
                    one.state,
                    ObligationState::Overdue | ObligationState::MetLate
                ))
        );
        assert!(one.waived_because.is_some() == (one.state == ObligationState::Waived));
        if let (Some(limit), Some(from)) = (one.limit, one.counted_from) {
            let restricts = ["separation-end", "end-facility-stay"];
            let criminal = one.procedure == "crime-report" && limit.unit != LimitUnit::Month;
            let prolonged = !restricts.contains(&one.step.as_str()) && !criminal;
            let used = if one.step == "separation-end" {
                self.days_separated_before(one)
            } else {
                0
            };
            let left = Limit {
                amount: limit.amount - used,
                ..limit
            };
            assert_eq!(
                one.due_at.map(|due| due.to_string()),
                Table::shipped().due(left, from, prolonged),
                "{}",
                one.step
            );
            let allowed = expected_limits(&one.step, one.turn.unwrap_or(0));
            assert!(allowed.contains(&limit), "{} {limit:?}", one.step);
        }
        // Whoever owes it in a commune works on the case and finds it in the worklist.
        if ["commune-officer", "commune-chair"].contains(&one.accountable.role.name()) {
            let unit = one.accountable.unit.as_deref().unwrap_or_default();
            assert_eq!(unit.len(), 5, "{} owed by unit {unit:?}", one.step);
        }
        let recorded = |id: Uuid| {
            let mut events = self.case.history().iter();
            events.find(|event| event.event_id == id).unwrap()
        };
        let opened = recorded(one.opened_by_event);
        assert_eq!(opened.event.event_type(), one.opened_by);
        if let Some(id) = one.ended_by_event {
            let ended = recorded(id);
            let before = ["emergency-measure", "temporary-separation", "case-meeting"];
            assert!(
                ended.version >= opened.version || before.contains(&one.step.as_str()),
                "{} ended by what was recorded before it arose",
                one.step
            );
        }
        // What the law counts from the receipt is not met by what was done before it.
        if let (Some(from), Some(ended), None) =
            (one.counted_from, one.ended_at, &one.waived_because)
            && ["emergency-measure", "temporary-separation"].contains(&one.step.as_str())
        {
            assert!(ended >= from);
        }
    }

    /// Days that lifted separations took before this one, since the case was last opened.
    fn days_separated_before(&self, one: &Obligation) -> u32 {
        let mut start = None;
        let mut used = 0;
        for recorded in effective(self.case.history()) {
            if recorded.event_id == one.opened_by_event {
                break;
            }
            match &recorded.event {
                Event::SeparationOrdered(ordered) => {
                    start = Some(ordered.facts.from.date().min(recorded.occurred_at.date()));
                }
                Event::SeparationLifted(_) => {
                    let mut day = start.take().unwrap();
                    while Instant::end_of(day) < recorded.occurred_at {
                        day = day.succ_opt().unwrap();
                        used += 1;
                    }
                }
                Event::CaseReopened(_) => used = 0,
                _ => {}
            }
        }
        used
    }
}

fn of_the_main_procedure(obligation: &Obligation) -> bool {
    obligation.procedure == "decree-56-2017"
}

/// The numbers of the law for a step; `turn` is that of a series.
fn expected_limits(step: &str, turn: u32) -> Vec<Limit> {
    use LimitUnit::{CalendarDay, Hour, Month, WorkingDay};
    let limits: &[(u32, LimitUnit)] = match step {
        "emergency-measure" | "temporary-separation" => &[(12, Hour)],
        "submit-plan" => &[(5, WorkingDay)],
        "approve-plan" => &[(2, WorkingDay)],
        "separation-end" => &[(15, CalendarDay)],
        "pass-crime-report" => &[(24, Hour)],
        "assign-investigator" | "inform-informant" => &[(3, CalendarDay)],
        "order-forensic-exam" => &[(24, Hour), (7, CalendarDay)],
        "forensic-conclusion" => &[(5, CalendarDay), (9, CalendarDay), (1, Month), (3, Month)],
        "decide-crime-report" => &[(20, CalendarDay)],
        "hand-over-child" | "decide-placement" => &[(15, WorkingDay)],
        "placement-follow-up" => &[(
            [0, 1, 3, 6, 12, 18, 24, 30, 36, 42, 48][turn as usize],
            Month,
        )],
        "complete-admission-papers" | "appraise-listing" => &[(10, WorkingDay)],
        "end-facility-stay" => &[(3, Month)],
        "end-facility-care" => &[(5, WorkingDay)],
        other => panic!("the law sets no number for {other}"),
    };
    let limit = |(amount, unit): &(u32, LimitUnit)| Limit {
        amount: *amount,
        unit: *unit,
    };
    limits.iter().map(limit).collect()
}

proptest! {
    #![proptest_config(crate::config(400))]

    #[test]
    fn random_histories_keep_the_rules(attempts in attempts()) {
        let mut world = World::new();
        for attempt in &attempts {
            world.attempt(attempt);
            world.check();
        }
    }

    #[test]
    fn every_case_can_be_carried_to_its_end(attempts in attempts()) {
        let mut world = World::new();
        for attempt in &attempts {
            world.attempt(attempt);
        }
        if world.case.state().is_some() {
            carry_to_the_end(&mut world);
        }
    }
}

/// Does what is owed, again and again, until nothing is.
fn carry_to_the_end(world: &mut World) {
    for _ in 0..300 {
        world.now = Instant::from(world.now.utc() + TimeDelta::minutes(30));
        let open: Vec<_> = world
            .obligations()
            .into_iter()
            .filter(Obligation::is_open)
            .filter(of_the_main_procedure)
            .collect();
        if open.is_empty() {
            let closure = world.case.state().unwrap().closure.as_ref();
            assert!(closure.is_some_and(|closure| closure.archived));
            return;
        }
        let done = open.iter().any(|owed| world.fulfil(owed));
        let steps: Vec<_> = open
            .iter()
            .map(|o| (&o.step, &o.accountable.unit))
            .collect();
        assert!(done, "stuck at {steps:?}\n{}", world.story());
    }
    panic!("no end:\n{}", world.story());
}
