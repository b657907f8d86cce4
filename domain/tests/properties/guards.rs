//! The guards hold in any history: whoever owes may do it and nobody else did, a correction leaves the
//! history possible, what was late stays visible, and no earlier mistake locks the truth out.

use crate::samples::*;
use crate::world::{World, attempts};
use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::case::events::closing::ClosingReason;
use domain::case::{About, Event, Sitting, effective, impossible};
use domain::identity::Role;
use domain::law::{Obligation, ObligationState};
use domain::text::Code;
use domain::time::Instant;
use domain::unit::Units;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Whether somebody who owes an obligation, or may finish it, may give its command.
fn somebody_may(world: &World, owed: &Obligation) -> bool {
    let Some(command) = &owed.command else {
        return true;
    };
    let procedure = Procedure::shipped();
    let row = procedure.competence(command, world.now).unwrap();
    let key = owed.item.as_deref().and_then(|item| Code::parse(item).ok());
    let about = key.as_ref().map(About::of).unwrap_or_default();
    let owners = std::iter::once(&owed.accountable).chain(&owed.also);
    owners.into_iter().any(|owner| {
        let Some(unit) = owner.unit.as_deref() else {
            return false;
        };
        let sitting = Sitting {
            state: world.case.state().unwrap(),
            role: owner.role,
            unit,
            at: world.now,
            units: Units::shipped(),
        };
        let mut grants = row.may.iter();
        grants.any(|grant| grant.roles.contains(&owner.role) && sitting.has(grant.seat, &about))
    })
}

fn nothing_is_owed_that_nobody_may_do(world: &World) {
    if world.case.state().is_none() {
        return;
    }
    for owed in world.obligations().iter().filter(|owed| owed.is_open()) {
        // An agency that was named in words only answers through the commune.
        let nameless = owed.step == "referral-response" && owed.accountable.unit.is_none();
        assert!(
            nameless || somebody_may(world, owed),
            "{} is owed by {:?}, who may not do it\n{}",
            owed.step,
            owed.accountable,
            world.story()
        );
    }
}

fn impossible_in(world: &World) -> Vec<(uuid::Uuid, &'static str)> {
    let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
    let found = impossible(world.case.history(), &procedure, &calendar, world.now);
    found
        .into_iter()
        .map(|one| (one.event_id, one.code))
        .collect()
}

fn late(owed: &Obligation) -> bool {
    owed.late || owed.state == ObligationState::Overdue
}

/// What the history was like before the correction that came last.
fn nothing_late_is_forgotten(world: &World) {
    let history = world.case.history();
    let first: Vec<_> = history
        .iter()
        .filter(|event| !matches!(event.event, Event::FactCorrected(_)))
        .cloned()
        .collect();
    let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
    let derive = domain::law::derive_obligations;
    let first = derive(&first, &procedure, &calendar, world.now);
    let now = world.obligations();
    for was in first.iter().filter(|owed| late(owed)) {
        let mut same = now
            .iter()
            .filter(|owed| (&owed.step, &owed.item, owed.turn) == (&was.step, &was.item, was.turn));
        assert!(
            same.any(|owed| late(owed) || owed.after_correction.is_some()),
            "{} was late and is forgotten\n{}",
            was.step,
            world.story()
        );
    }
}

/// What opened each emergency that is open.
fn open_emergencies(world: &World) -> Vec<uuid::Uuid> {
    let owed = world.obligations().into_iter();
    let emergencies = owed.filter(|owed| owed.step == "emergency-measure" && owed.is_open());
    emergencies.map(|owed| owed.opened_by_event).collect()
}

/// What protects within hours and fell away by the closing that came last, unless a review had found the
/// child safe, or somebody did something for the child since.
fn unanswered(world: &World) -> Vec<Obligation> {
    let history = effective(world.case.history());
    let Some(place) = history
        .iter()
        .rposition(|recorded| matches!(recorded.event, Event::CaseClosed(_)))
    else {
        return Vec::new();
    };
    let safe = matches!(&history[place].event, Event::CaseClosed(closed)
        if closed.facts.reason == ClosingReason::SafeAndStable);
    let acted = history[place..].iter().any(|recorded| {
        matches!(
            recorded.event,
            Event::EmergencyMeasureApplied(_)
                | Event::SeparationOrdered(_)
                | Event::FactCorrected(_)
                | Event::ContradictionAnswered(_)
                | Event::SameChildAnswered(_)
        )
    });
    if safe || acted {
        return Vec::new();
    }
    let by = history[place].event_id;
    let owed = world.obligations().into_iter();
    owed.filter(|owed| {
        let hours = ["emergency-measure", "temporary-separation"];
        hours.contains(&owed.step.as_str()) && owed.ended_by_event == Some(by)
    })
    .collect()
}

proptest! {
    #![proptest_config(crate::config(400))]

    #[test]
    fn opening_again_leaves_no_danger_that_nobody_answered_without_a_duty(attempts in attempts()) {
        let mut world = World::new();
        for attempt in &attempts {
            let known = world.case.history().len();
            world.attempt(attempt);
            let new = &world.case.history()[known..];
            let opened = new.iter().any(|one| matches!(one.event, Event::CaseReopened(_)));
            if !opened {
                continue;
            }
            let all = world.obligations();
            for gone in unanswered(&world) {
                let mut open = all.iter().filter(|owed| owed.is_open());
                let again = open.any(|owed| (&owed.step, &owed.item) == (&gone.step, &gone.item));
                prop_assert!(again, "{} is owed no more\n{}", gone.step, world.story());
            }
        }
    }

    #[test]
    fn whoever_owes_may_do_it(attempts in attempts()) {
        let mut world = World::new();
        for attempt in &attempts {
            world.attempt(attempt);
            nothing_is_owed_that_nobody_may_do(&world);
        }
    }

    #[test]
    fn an_accepted_correction_leaves_the_history_possible(attempts in attempts()) {
        let mut world = World::new();
        for attempt in &attempts {
            let before = impossible_in(&world);
            world.attempt(attempt);
            let after = impossible_in(&world);
            prop_assert!(
                after.iter().all(|one| before.contains(one)),
                "{after:?}\n{}",
                world.story()
            );
            for owed in world.obligations() {
                let backwards = owed.ended_at.is_some_and(|ended| ended < owed.opened_at);
                let earlier = ["emergency-measure", "temporary-separation", "case-meeting"];
                prop_assert!(
                    !backwards || earlier.contains(&owed.step.as_str()),
                    "{} ended before it arose\n{}",
                    owed.step,
                    world.story()
                );
            }
        }
        nothing_late_is_forgotten(&world);
    }

    #[test]
    fn taking_danger_back_ends_no_duty(attempts in attempts()) {
        let mut world = World::new();
        for attempt in &attempts {
            let (before, known) = (open_emergencies(&world), world.case.history().len());
            world.attempt(attempt);
            let taken_back = world.case.history()[known..].iter().any(|recorded| {
                matches!(&recorded.event, Event::FactCorrected(correction)
                    if correction.facts.path == "/danger_now"
                        && correction.facts.value != json!(true))
            });
            let after = open_emergencies(&world);
            prop_assert!(
                !taken_back || before.iter().all(|opened| after.contains(opened)),
                "{}",
                world.story()
            );
        }
    }

    #[test]
    fn no_earlier_mistake_locks_the_truth_out(
        attempts in attempts(),
        mistake in 0usize..4,
        minutes in 1i64..2_000,
    ) {
        truth_can_be_told(&attempts, mistake, minutes);
    }
}

/// Two worlds: one in which the first report was written down rightly, and one in which it was not. What
/// both accept happens in both. Then the mistake is mended, and owed is what is owed in the first.
fn truth_can_be_told(attempts: &[crate::world::Attempt], mistake: usize, minutes: i64) {
    let mut right = World::new();
    let mut wrong = World::new();
    let received = |world: &World, back: i64| {
        let at = world.now.utc() - chrono::TimeDelta::minutes(back);
        Instant::from(at).to_string()
    };
    let told = with(
        report("01-01 00:00"),
        json!({"received_at": received(&right, 0), "danger_now": true}),
    );
    let (patch, path): (Value, &str) = match mistake {
        0 => (
            json!({"received_at": received(&right, minutes)}),
            "/received_at",
        ),
        1 => (json!({"incident": {"unit": OTHER}}), "/incident/unit"),
        2 => (json!({"danger_now": false}), "/danger_now"),
        _ => (
            json!({"child": {"birth": {"date": "2010-01-01"}}}),
            "/child/birth",
        ),
    };
    assert!(right.give(OFFICER, told.clone()));
    assert!(wrong.give(OFFICER, with(told.clone(), patch)));
    for attempt in attempts {
        let (mut one, mut other) = (right.clone(), wrong.clone());
        let events = |world: &World| world.case.history().len();
        one.attempt(attempt);
        other.attempt(attempt);
        let last = |world: &World| {
            let history = world.case.history();
            history
                .last()
                .map(|event| (event.event.clone(), event.actor.clone()))
        };
        let same = events(&one) == events(&other) && last(&one) == last(&other);
        if same && !one.corrected {
            (right, wrong) = (one, other);
        }
    }
    let value = told.pointer(path).unwrap().clone();
    let id = wrong.case.history()[0].event_id;
    let holder = wrong.case.state().unwrap().responsible_commune().to_owned();
    let who = if holder == OTHER {
        OTHER_OFFICER
    } else {
        OFFICER
    };
    assert!(
        wrong.give(who, correct(id, path, value)),
        "the truth is locked out of\n{}",
        wrong.story()
    );
    let owed = |world: &World| -> Vec<_> {
        let all = world.obligations().into_iter();
        // Danger that is told only after a closing is owed from when it is told.
        let told_late = |owed: &Obligation| {
            (owed.step.as_str(), owed.opened_by) == ("emergency-measure", "FactCorrected")
        };
        let kept = all.filter(|owed| !told_late(owed));
        let kept = kept.filter(|owed| owed.after_correction.is_none() && owed.passed_on.is_empty());
        kept.map(|owed| (owed.step, owed.item, owed.due_at))
            .collect()
    };
    let truth = owed(&right);
    for one in owed(&wrong) {
        assert!(truth.contains(&one), "{one:?}\n{}", wrong.story());
    }
    let _ = Role::System;
}
