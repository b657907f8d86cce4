use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate, Timelike as _, Weekday};
use domain::case::{CaseState, Event, Recorded, Stage, Status};
use domain::identity::Role;
use domain::law::{Obligation, ObligationState, derive_obligations};

use super::officers::{FIRST_COMMUNE, SECOND_COMMUNE};
use super::*;

/// An ordinary morning, the middle of a night, a Sunday, the Lunar New Year, the days around two
/// reforms, and a year that the calendar does not know.
const MOMENTS: [&str; 9] = [
    "2026-11-24T09:40:00+07:00",
    "2026-11-24T00:12:33+07:00",
    "2026-03-15T15:00:00+07:00",
    "2026-02-17T23:55:00+07:00",
    "2025-07-01T10:00:00+07:00",
    "2025-06-30T23:30:00+07:00",
    "2025-09-08T11:45:00+07:00",
    "2024-12-02T08:00:00+07:00",
    "2028-05-05T16:20:00+07:00",
];

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn usual() -> (Instant, Vec<DemoCase>) {
    let until = at(MOMENTS[0]);
    (
        until,
        generate(Units::shipped(), SEED, CASES, until).unwrap(),
    )
}

fn state(case: &DemoCase) -> CaseState {
    case.case(Units::shipped()).state().unwrap().clone()
}

fn events(cases: &[DemoCase]) -> impl Iterator<Item = &Recorded> {
    cases.iter().flat_map(DemoCase::history)
}

fn obligations(case: &DemoCase, until: Instant) -> Vec<Obligation> {
    derive_obligations(
        case.case(Units::shipped()).history(),
        &domain::case::Procedure::shipped(),
        &Calendar::shipped(),
        until,
    )
}

#[test]
fn the_same_seed_tells_the_same() {
    let until = at(MOMENTS[0]);
    let told = generate(Units::shipped(), 5, 80, until).unwrap();
    assert_eq!(told, generate(Units::shipped(), 5, 80, until).unwrap());
    assert_ne!(told, generate(Units::shipped(), 6, 80, until).unwrap());
    let ids: BTreeSet<_> = events(&told).map(|event| event.event_id).collect();
    assert_eq!(ids.len(), events(&told).count());
}

#[test]
fn nothing_is_refused_whenever_today_is() {
    for (number, moment) in MOMENTS.into_iter().enumerate() {
        for seed in [number as u64, 1_000_003 * number as u64 + 9] {
            let cases = generate(Units::shipped(), seed, 130, at(moment))
                .unwrap_or_else(|e| panic!("{moment} {e}"));
            assert_eq!(cases.len(), 130);
        }
    }
    assert_eq!(
        generate(Units::shipped(), SEED, 0, at(MOMENTS[0]))
            .unwrap()
            .len(),
        0
    );
    assert_eq!(
        generate(Units::shipped(), SEED, 7, at(MOMENTS[0]))
            .unwrap()
            .len(),
        7
    );
}

#[test]
fn every_kind_of_event_stage_and_ending_is_there() {
    let (until, cases) = usual();
    let types: BTreeSet<_> = events(&cases)
        .map(|event| event.event.event_type())
        .collect();
    let missing: Vec<_> = Event::TYPES
        .iter()
        .filter(|(name, _)| !types.contains(name) && *name != "DueDatesMoved")
        .collect();
    assert!(missing.is_empty(), "{missing:?}");

    let stages: BTreeSet<_> = cases.iter().map(|case| state(case).stage).collect();
    assert_eq!(stages.len(), 7, "{stages:?}");
    assert!(stages.contains(&Stage::Reviewed) && stages.contains(&Stage::Closed));

    let mut reasons = BTreeSet::new();
    let (mut channels, mut kinds, mut forms) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let (mut anonymous, mut named, mut nameless, mut estimated) = (0, 0, 0, 0);
    for event in events(&cases) {
        match &event.event {
            Event::CaseClosed(closed) => drop(reasons.insert(format!("{:?}", closed.facts.reason))),
            Event::ReportReceived(report) => {
                let (facts, personal) = (&report.facts, report.personal.as_ref().unwrap());
                channels.insert(facts.channel.as_str());
                kinds.insert(facts.place_of_receipt.kind.as_str());
                forms.extend(facts.suspected_harm.iter().map(|harm| harm.form.as_str()));
                anonymous += usize::from(personal.informant.is_none());
                named += usize::from(personal.informant.is_some());
                nameless += usize::from(personal.child.name.is_none());
                let birth = personal.child.birth;
                estimated += usize::from(matches!(
                    birth,
                    Some(domain::identity::Birth::EstimatedAge(_))
                ));
            }
            _ => {}
        }
    }
    assert_eq!(reasons.len(), 6, "{reasons:?}");
    assert!(channels.len() >= 4, "{channels:?}");
    for kind in ["hotline", "commune", "police", "health-agency"] {
        assert!(kinds.contains(kind), "{kinds:?}");
    }
    assert_eq!(forms.len(), 7, "{forms:?}");
    assert!(anonymous > named && named > 50 && nameless > 5 && estimated > 20);

    let second = cases.iter().filter(|case| state(case).cycle > 1).count();
    let open = cases
        .iter()
        .filter(|case| state(case).status == Status::Open)
        .count();
    assert!(second > 10 && (50..150).contains(&open), "{second} {open}");
    let states: BTreeSet<_> = cases
        .iter()
        .flat_map(|case| obligations(case, until))
        .map(|o| format!("{:?}", o.state))
        .collect();
    assert_eq!(states.len(), 5, "{states:?}");
}

#[test]
fn reports_come_at_all_hours() {
    let (until, cases) = usual();
    let calendar = Calendar::shipped();
    let (mut nights, mut weekends, mut new_year, mut late) = (0, 0, 0, 0);
    for case in &cases {
        let received = state(case).reports[0].received_at.local();
        let date = received.date_naive();
        nights += usize::from(!(6..21).contains(&received.hour()));
        weekends += usize::from(matches!(date.weekday(), Weekday::Sat | Weekday::Sun));
        new_year += usize::from(hours::Hours::new(calendar.clone()).new_year(date));
    }
    for event in events(&cases) {
        let lag = event.recorded_at.utc() - event.occurred_at.utc();
        assert!(lag >= chrono::TimeDelta::zero() && event.recorded_at <= until);
        late += usize::from(lag > chrono::TimeDelta::hours(1));
    }
    assert!(
        nights > 20 && weekends > 30 && new_year >= 3,
        "{nights} {weekends} {new_year}"
    );
    assert!(late > 60, "{late}");
}

#[test]
fn time_only_goes_on_and_never_beyond_today() {
    for moment in MOMENTS {
        let until = at(moment);
        for case in generate(Units::shipped(), 3, 70, until).unwrap() {
            let clocks: Vec<_> = case.steps.iter().map(|step| step.at).collect();
            assert!(clocks.is_sorted(), "{clocks:?}");
            assert!(
                clocks
                    .iter()
                    .all(|clock| since(until) <= *clock && *clock <= until)
            );
            assert!(!case.steps.is_empty());
        }
    }
}

fn lives(code: &str, date: NaiveDate) -> bool {
    Units::shipped().find(code, date).is_some_and(|unit| {
        unit.from.is_none_or(|from| from <= date) && unit.to.is_none_or(|to| date <= to)
    })
}

#[test]
fn every_unit_exists_on_the_day_and_no_case_outlives_its_commune() {
    for moment in MOMENTS {
        let until = at(moment);
        for case in generate(Units::shipped(), 11, 130, until).unwrap() {
            for event in case.history() {
                let date = event.recorded_at.date();
                let mut units = vec![event.actor.unit.clone().unwrap()];
                match &event.event {
                    Event::ReportReceived(report) => {
                        units.push(report.facts.incident.unit.clone());
                        units.push(report.facts.place_of_receipt.unit.clone());
                        units.extend(report.facts.child.residence_unit.clone());
                    }
                    Event::ReferralMade(referral) => units.extend(referral.facts.to_unit.clone()),
                    _ => {}
                }
                for unit in units {
                    assert!(lives(&unit, date), "{unit} on {date}");
                }
            }
            let state = state(&case);
            if !lives(state.incident().unit(), until.date()) {
                assert!(
                    state
                        .closure
                        .as_ref()
                        .is_some_and(|closure| closure.archived)
                );
            }
        }
    }
}

#[test]
fn the_successor_goes_on_with_what_was_open_when_a_commune_ended() {
    let (until, cases) = usual();
    let passed = |recorded: &Recorded| matches!(recorded.event, Event::CompetencePassed(_));
    let across = |case: &&DemoCase| {
        let roles: BTreeSet<_> = case.history().map(|e| e.actor.role).collect();
        let agencies = [
            Role::HotlineOperator,
            Role::CommuneOfficer,
            Role::PoliceOfficer,
        ];
        agencies.iter().all(|role| roles.contains(role)) && case.history().any(passed)
    };
    let case = cases.iter().find(across).expect("no case across agencies");
    let state = state(case);
    assert_eq!(
        (state.incident_unit.as_str(), state.holder_unit.as_str()),
        ("19186", FIRST_COMMUNE)
    );
    assert_eq!(state.status, Status::Open);
    let reform = "2025-07-01".parse().unwrap();
    let acts = |unit: &str| {
        let of = |e: &&Recorded| {
            e.actor.unit.as_deref() == Some(unit) && e.actor.role == Role::CommuneOfficer
        };
        let days = case.history().filter(of).map(|e| e.recorded_at.date());
        days.collect::<Vec<NaiveDate>>()
    };
    let (old, new) = (acts("19186"), acts(FIRST_COMMUNE));
    assert!(old.len() > 3 && old.iter().all(|day| *day < reform));
    assert!(new.len() > 3 && new.iter().all(|day| *day >= reform));
    for event in case.history().filter(|event| passed(event)) {
        let Event::CompetencePassed(passed) = &event.event else {
            continue;
        };
        assert_eq!(passed.legal_act(), Some("1680/NQ-UBTVQH15"));
        assert_eq!(event.recorded_at.date(), reform);
    }
    // What is clear has passed everywhere; one choice is left to make.
    let due: Vec<_> = cases
        .iter()
        .map(self::state)
        .filter(|state| state.status == Status::Open)
        .flat_map(|state| state.passings_due(Units::shipped(), until.date()))
        .collect();
    assert_eq!(due.len(), 1, "{due:?}");
    assert!(due[0].divided && due[0].to.len() > 1);
}

#[test]
fn some_are_late_and_some_are_emergencies() {
    for seed in [SEED, 1] {
        let until = at(MOMENTS[0]);
        let cases = generate(Units::shipped(), seed, CASES, until).unwrap();
        let late = cases.iter().filter(|case| {
            obligations(case, until).iter().any(|obligation| {
                matches!(
                    obligation.state,
                    ObligationState::MetLate | ObligationState::Overdue
                )
            })
        });
        let emergencies = cases.iter().filter(|case| {
            case.history().any(|event| match &event.event {
                Event::InitialAssessmentRecorded(assessment) => {
                    [assessment.facts.grave, assessment.facts.carer_is_harmer]
                        .contains(&domain::case::events::Answer::Yes)
                }
                _ => false,
            })
        });
        let percent = |count: usize| count * 100 / cases.len();
        let (late, emergencies) = (percent(late.count()), percent(emergencies.count()));
        assert!((13..=22).contains(&late), "seed {seed}: {late} % late");
        assert!(
            (9..=16).contains(&emergencies),
            "seed {seed}: {emergencies} % emergencies"
        );
    }
}

/// Each state that is rare in life is there, and rare.
#[test]
fn the_rare_states_are_there_and_rare() {
    for seed in [SEED, 1] {
        let until = at(MOMENTS[0]);
        let cases = generate(Units::shipped(), seed, CASES, until).unwrap();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut count = |what, found: bool| *counts.entry(what).or_default() += usize::from(found);
        for case in &cases {
            let state = state(case);
            let owed = obligations(case, until);
            let any = |fits: &dyn Fn(&Obligation) -> bool| owed.iter().any(fits);
            let types: BTreeSet<_> = case
                .history()
                .map(|event| event.event.event_type())
                .collect();
            let seen = |event: &Recorded| match &event.event {
                Event::VisitRecorded(visit) => visit.facts.danger_now == Some(true),
                _ => false,
            };
            let answers = |same: bool| {
                case.history().any(|event| match &event.event {
                    Event::SameChildAnswered(answer) => answer.facts.same == same,
                    _ => false,
                })
            };
            count("withdrawn", types.contains("ReferralWithdrawn"));
            count("unconfirmed", any(&|o| !o.unconfirmed.is_empty()));
            count("confirmed", types.contains("CorrectionConfirmed"));
            count(
                "contradiction open",
                state.open_contradictions().next().is_some(),
            );
            count(
                "contradiction answered",
                types.contains("ContradictionAnswered"),
            );
            count("danger at a visit", case.history().any(seen));
            count(
                "closed late",
                any(&|o| o.state == ObligationState::Waived && o.late),
            );
            let waiting = state.reports.iter().any(|report| report.unconfirmed_child);
            count("maybe the same child", waiting);
            count("the same child", answers(true));
            count("another child", answers(false));
            let beyond = |o: &Obligation| {
                let mut waits = o.waited_for.iter();
                waits.any(|wait| wait.until.is_none_or(|end| Some(end) > o.due_at))
            };
            let late = |o: &Obligation| o.late || o.state == ObligationState::Overdue;
            count("waited for the meeting", any(&|o| late(o) && beyond(o)));
            let sheltered = |o: &Obligation| o.ended_by == Some("AdmittedToFacility");
            count("place found", any(&sheltered));
            count(
                "place sought",
                any(&|o| o.step.as_str() == "find-placement"),
            );
        }
        for (what, count) in &counts {
            assert!((1..=20).contains(count), "seed {seed}: {count} {what}");
        }
    }
}

/// Another child than that of the case has a case of its own.
#[test]
fn what_was_told_of_another_child_is_not_lost() {
    let (_, cases) = usual();
    let ids: BTreeSet<_> = cases.iter().map(|case| case.id).collect();
    let named = events(&cases).filter_map(|event| match &event.event {
        Event::SameChildAnswered(answer) => answer.facts.new_case,
        _ => None,
    });
    let named: Vec<_> = named.collect();
    assert!(!named.is_empty() && named.iter().all(|id| ids.contains(id)));
}

#[test]
fn brothers_and_sisters_stay_together() {
    let (_, cases) = usual();
    let mut addresses: BTreeMap<_, usize> = BTreeMap::new();
    for case in &cases {
        let report = &state(case).reports[0];
        *addresses
            .entry((report.received_at, report.incident_unit.clone()))
            .or_default() += 1;
    }
    assert!(addresses.values().filter(|count| **count > 1).count() >= 5);
}

#[test]
fn the_communes_with_accounts_have_a_lively_worklist() {
    for moment in &MOMENTS[..8] {
        let until = at(moment);
        let cases = generate(Units::shipped(), SEED, 100, until).unwrap();
        for commune in [FIRST_COMMUNE, SECOND_COMMUNE] {
            let today = Instant::end_of(until.date());
            let week = Instant::end_of(hours::plus_days(until.date(), 6));
            let mut counts = BTreeMap::new();
            let here = cases
                .iter()
                .filter(|case| state(case).incident_unit == commune);
            for obligation in here.flat_map(|case| obligations(case, until)) {
                let owed = obligation.is_open()
                    && obligation.accountable.unit.as_deref() == Some(commune)
                    && obligation.accountable.role == Role::CommuneOfficer;
                let group = match obligation.due_at {
                    None => "no limit",
                    Some(due) if due < until => "overdue",
                    Some(due) if due <= today => "today",
                    Some(due) if due <= week => "this week",
                    Some(_) => "later",
                };
                *counts.entry(group).or_insert(0) += usize::from(owed);
            }
            for group in ["overdue", "today", "this week", "later", "no limit"] {
                let count = counts.get(group).copied().unwrap_or(0);
                assert!(count > 0, "{moment} {commune}: nothing {group}");
            }
        }
    }
}

#[tokio::test]
async fn a_log_is_filled_in_the_order_of_time_and_only_once() {
    let until = at(MOMENTS[0]);
    let folder = tempfile::tempdir().unwrap();
    let mut logs = Vec::new();
    for name in ["one", "two"] {
        let url = format!("sqlite://{}/{name}.db", folder.path().display());
        let store = EventStore::connect(&url).await.unwrap();
        let summary = fill(&store, Units::shipped(), SEED, 60, until)
            .await
            .unwrap();
        let log = store.read_all(0, 10_000).await.unwrap();
        assert_eq!((summary.cases, summary.events), (60, log.len() as u64));
        assert!(log.iter().map(|event| event.recorded_at).is_sorted());
        assert!(
            log.iter()
                .map(|event| event.position)
                .eq(1..=log.len() as i64)
        );
        let again = fill(&store, Units::shipped(), SEED, 60, until).await;
        assert!(matches!(again, Err(DemonstrationError::NotEmpty)));
        logs.push(log);
        store.close().await;
    }
    assert_eq!(logs[0], logs[1]);
    let told = generate(Units::shipped(), SEED, 60, until).unwrap();
    assert_eq!(events(&told).count(), logs[0].len());
}
