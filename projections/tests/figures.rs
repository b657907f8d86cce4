//! Figures of a period: counted once each, exact, those of the log at every moment.

mod support;

use domain::identity::Role;
use projections::{DutyOrder, Outcome, PeriodFilter, QueryError, Seen, UnitSpan, load_case};
use support::World;
use support::commands as c;
use support::player::{Player, actor, instant};

on_both! {
    figures_count_each_obligation_once_and_lead_to_it,
    what_fell_away_late_stays_late_in_a_group_of_its_own,
    what_a_correction_made_punctual_is_counted_apart_once_it_is_confirmed,
    percentiles_are_those_of_the_sorted_list,
    figures_follow_what_is_recorded,
    who_does_not_wait_breaks_nothing_off,
    a_code_that_was_passed_on_means_one_unit_at_a_time,
}

fn year(unit: &str) -> PeriodFilter {
    PeriodFilter {
        seen: Seen::Of(vec!["44".to_owned()]),
        units: vec![UnitSpan::always(unit.to_owned())],
        officer: None,
        roles: Vec::new(),
        step: None,
        from: instant("2024-01-01T00:00:00+07:00"),
        until: instant("2025-01-01T00:00:00+07:00"),
    }
}

/// Ten cases; the n-th was assessed n hours after its report, and its plan submitted on the n-th day
/// after that.
async fn ten_cases(world: &World) {
    let officer = actor(Role::CommuneOfficer, c::COMMUNE);
    for number in 1..=10 {
        let hour = |hours: i64| {
            let begin = instant("2024-03-04T08:00:00+07:00").utc();
            domain::time::Instant::from(begin + chrono::TimeDelta::hours(hours))
        };
        let n = i64::try_from(number).unwrap();
        let mut case = Player::new(number);
        let report = c::report(&hour(0).to_string(), Some("Nguyễn Thị Thử"), c::COMMUNE);
        case.play(&world.store, hour(n), &officer, report).await;
        case.play(&world.store, hour(n), &officer, c::initial(false))
            .await;
        if number < 9 {
            plan(world, &mut case, hour(n * 25)).await;
        }
    }
    world.caught_up().await;
}

/// Submits a plan, with what belongs to its dossier.
async fn plan(world: &World, case: &mut Player, at: domain::time::Instant) {
    let officer = actor(Role::CommuneOfficer, c::COMMUNE);
    let chair = actor(Role::CommuneChair, c::COMMUNE);
    for (who, body) in [
        (&officer, c::detailed()),
        (&chair, c::meeting()),
        (&officer, c::plan(1)),
    ] {
        case.play(&world.store, at, who, body).await;
    }
}

async fn figures_count_each_obligation_once_and_lead_to_it(world: World) {
    ten_cases(&world).await;
    let now = instant("2024-06-01T08:00:00+07:00");
    let filter = year(c::COMMUNE);
    let figures = world
        .projections
        .responsibility(&filter, now)
        .await
        .unwrap();
    let plans = &figures.steps["submit-plan"];
    assert_eq!(plans.opened(), 10);
    let counts: Vec<_> = Outcome::ALL.map(|one| plans.count(one)).into();
    assert_eq!(counts.iter().sum::<i64>(), 10);
    assert_eq!(plans.count(Outcome::Overdue), 2);
    assert_eq!(plans.count(Outcome::Met) + plans.count(Outcome::Late), 8);
    assert!(plans.count(Outcome::Late) > 0);

    // Each number is that of its list, whose pages hold every row once.
    for (step, figures) in &figures.steps {
        for outcome in Outcome::ALL {
            let filter = PeriodFilter {
                step: Some(step.clone()),
                ..filter.clone()
            };
            let mut found = Vec::new();
            let mut cursor = None;
            loop {
                let page = world
                    .projections
                    .duties(
                        &filter,
                        &[outcome],
                        DutyOrder::Longest,
                        now,
                        cursor.as_deref(),
                        3,
                    )
                    .await
                    .unwrap();
                assert_eq!(page.total, figures.count(outcome), "{step} {outcome:?}");
                found.extend(page.items);
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(
                found.len() as i64,
                figures.count(outcome),
                "{step} {outcome:?}"
            );
            assert!(found.iter().all(|row| row.outcome == outcome));
            assert!(found.windows(2).all(|two| two[0].seconds >= two[1].seconds));
        }
    }
    // Before the limit nothing was overdue.
    let early = instant("2024-03-05T08:00:00+07:00");
    let then = world
        .projections
        .responsibility(&filter, early)
        .await
        .unwrap();
    assert_eq!(then.all.count(Outcome::Overdue), 0);
    // Another unit owed nothing; neither is anything seen from elsewhere.
    let other = world.projections.responsibility(&year("19114"), now).await;
    assert_eq!(other.unwrap().all.opened(), 0);
    let elsewhere = PeriodFilter {
        seen: Seen::Of(vec!["01".to_owned()]),
        ..filter.clone()
    };
    let elsewhere = world.projections.responsibility(&elsewhere, now).await;
    assert_eq!(elsewhere.unwrap().all.opened(), 0);
    let chairs = PeriodFilter {
        roles: vec![Role::CommuneChair],
        units: Vec::new(),
        ..filter
    };
    let chairs = world
        .projections
        .responsibility(&chairs, now)
        .await
        .unwrap();
    assert_eq!(
        chairs.steps.keys().collect::<Vec<_>>(),
        ["approve-plan", "case-meeting"]
    );
    let malformed = world
        .projections
        .duties(
            &year(c::COMMUNE),
            &[],
            DutyOrder::HandOvers,
            now,
            Some("x"),
            3,
        )
        .await;
    assert!(matches!(malformed, Err(QueryError::Cursor)));
}

const NOW: &str = "2024-06-01T08:00:00+07:00";

/// A child in danger, told of at 9:00 on 4 March 2024.
async fn in_danger(world: &World, number: u64) -> Player {
    let mut case = Player::new(number);
    let at = instant("2024-03-04T09:10:00+07:00");
    let mut report = c::report("2024-03-04T09:00:00+07:00", Some("Đào Văn Ân"), c::COMMUNE);
    report["danger_now"] = serde_json::json!(true);
    let officer = actor(Role::CommuneOfficer, c::COMMUNE);
    case.play(&world.store, at, &officer, report).await;
    case
}

/// How the emergency measures went, and the rows behind it.
async fn measures(world: &World, outcome: Outcome) -> Vec<projections::DutyRow> {
    world.caught_up().await;
    let step = Some("emergency-measure".to_owned());
    let filter = PeriodFilter {
        step,
        ..year(c::COMMUNE)
    };
    let (projections, now) = (&world.projections, instant(NOW));
    let figures = projections.responsibility(&filter, now).await.unwrap();
    let outcomes = [outcome];
    let rows = projections.duties(&filter, &outcomes, DutyOrder::Longest, now, None, 9);
    let rows = rows.await.unwrap();
    assert_eq!(figures.all.count(outcome), rows.total);
    let counts = Outcome::ALL.map(|one| figures.all.count(one));
    assert_eq!(figures.all.opened(), counts.iter().sum::<i64>());
    rows.items
}

async fn what_fell_away_late_stays_late_in_a_group_of_its_own(world: World) {
    let chair = actor(Role::CommuneChair, c::COMMUNE);
    for (number, died) in [
        (1, "2024-03-04T20:59:00+07:00"),
        (2, "2024-03-05T00:00:00+07:00"),
    ] {
        let mut case = in_danger(&world, number).await;
        let close = serde_json::json!({"type": "close-case", "reason": "died"});
        case.play(&world.store, instant(died), &chair, close).await;
    }
    let in_time = measures(&world, Outcome::Waived).await;
    assert_eq!(in_time.len(), 1);
    assert_eq!(in_time[0].late_seconds, None);
    let late = measures(&world, Outcome::WaivedLate).await;
    assert_eq!(late.len(), 1);
    assert_eq!(late[0].late_seconds, Some(3 * 3600));
    support::assert_true(&world.projections).await;
}

async fn what_a_correction_made_punctual_is_counted_apart_once_it_is_confirmed(world: World) {
    let chair = actor(Role::CommuneChair, c::COMMUNE);
    let mut case = in_danger(&world, 1).await;
    let late = "2024-03-04T23:00:00+07:00";
    case.play(&world.store, instant(late), &chair, c::emergency(late))
        .await;
    assert_eq!(measures(&world, Outcome::Late).await.len(), 1);
    let event = case.last("EmergencyMeasureApplied");
    let earlier = serde_json::json!("2024-03-04T20:00:00+07:00");
    let at = instant("2024-03-05T08:00:00+07:00");
    let correction = c::correct(event, "/applied_at", earlier);
    case.play(&world.store, at, &chair, correction).await;
    // Their own word does not make it punctual.
    let waiting = measures(&world, Outcome::Late).await;
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].unconfirmed);
    assert_eq!(waiting[0].late_seconds, Some(2 * 3600));
    assert_eq!(measures(&world, Outcome::Corrected).await, []);
    let province = actor(Role::ProvincialOfficer, "44");
    let confirm = support::samples::confirm_correction(case.last("FactCorrected"));
    let at = instant("2024-03-06T08:00:00+07:00");
    case.play(&world.store, at, &province, confirm).await;
    assert_eq!(measures(&world, Outcome::Late).await, []);
    let corrected = measures(&world, Outcome::Corrected).await;
    assert_eq!(corrected.len(), 1);
    assert!(!corrected[0].unconfirmed);
    assert_eq!(measures(&world, Outcome::Met).await, []);
    support::assert_true(&world.projections).await;
}

async fn percentiles_are_those_of_the_sorted_list(world: World) {
    ten_cases(&world).await;
    let now = instant("2024-06-01T08:00:00+07:00");
    let filter = year(c::COMMUNE);
    let figures = world
        .projections
        .responsibility(&filter, now)
        .await
        .unwrap();
    // From the report: one hour for the first, ten for the tenth.
    let assessed = &figures.steps["initial-assessment"];
    assert_eq!(assessed.median_seconds, Some(5 * 3600));
    assert_eq!(assessed.ninetieth_seconds, Some(9 * 3600));
    assert_eq!(
        figures.steps["verify-report"].median_seconds, None,
        "none was"
    );

    let lag = world.projections.recording_lag(&filter).await.unwrap();
    assert_eq!(lag.count, 44);
    assert_eq!(
        (lag.median_seconds, lag.longest_seconds),
        (Some(0), Some(36_000))
    );
    let page = world
        .projections
        .late_recordings(&filter, None, 4)
        .await
        .unwrap();
    assert_eq!(page.total, 44);
    let hours: Vec<_> = page
        .items
        .iter()
        .map(|row| row.lag_seconds / 3600)
        .collect();
    assert_eq!(hours, [10, 9, 8, 7]);
    let next = page.next.as_deref();
    let page = world
        .projections
        .late_recordings(&filter, next, 4)
        .await
        .unwrap();
    let hours: Vec<_> = page
        .items
        .iter()
        .map(|row| row.lag_seconds / 3600)
        .collect();
    assert_eq!(hours, [6, 5, 4, 3]);
}

/// What is held for counting never differs from what a program that begins anew reads.
async fn figures_follow_what_is_recorded(world: World) {
    let now = instant("2024-06-01T08:00:00+07:00");
    let filter = year(c::COMMUNE);
    let empty = world.projections.responsibility(&filter, now).await;
    assert_eq!(empty.unwrap().all.opened(), 0);

    ten_cases(&world).await;
    let before = world
        .projections
        .responsibility(&filter, now)
        .await
        .unwrap();
    assert_eq!(before.steps["submit-plan"].count(Outcome::Overdue), 2);
    // The two plans that are missing come, one after the other, and a case of another commune.
    for number in [9, 10] {
        let mut case = Player::new(number);
        case.case = load_case(&world.store, case.id, world.projections.units())
            .await
            .unwrap()
            .unwrap();
        let at = instant("2024-05-20T08:00:00+07:00");
        plan(&world, &mut case, at).await;
        world.caught_up().await;
        same_as_anew(&world, &filter).await;
    }
    let mut elsewhere = Player::new(11);
    let at = "2024-03-04T08:00:00+07:00";
    let report = c::report(at, Some("Trần Văn Mẫu"), "19114");
    let there = actor(Role::CommuneOfficer, "19114");
    elsewhere
        .play(&world.store, instant(at), &there, report)
        .await;
    world.caught_up().await;
    same_as_anew(&world, &filter).await;
    same_as_anew(&world, &year("19114")).await;
    let after = world
        .projections
        .responsibility(&filter, now)
        .await
        .unwrap();
    let plans = &after.steps["submit-plan"];
    assert_eq!(plans.count(Outcome::Overdue), 0);
    assert_eq!(plans.opened(), 10);

    // Nothing of the old rows is left when others take their place.
    world.projections.rebuild(None, |_| {}).await.unwrap();
    same_as_anew(&world, &filter).await;
    let rebuilt = world.projections.responsibility(&filter, now).await;
    assert_eq!(rebuilt.unwrap(), after);
}

async fn same_as_anew(world: &World, filter: &PeriodFilter) {
    let now = instant("2024-06-01T08:00:00+07:00");
    let anew = support::start(&world.store);
    support::caught_up(&world.store, &anew).await;
    assert_eq!(
        world.projections.responsibility(filter, now).await.unwrap(),
        anew.responsibility(filter, now).await.unwrap(),
    );
    assert_eq!(
        world.projections.recording_lag(filter).await.unwrap(),
        anew.recording_lag(filter).await.unwrap(),
    );
    anew.close().await;
}

/// Whoever asks and goes away at any moment leaves what is held whole.
async fn who_does_not_wait_breaks_nothing_off(world: World) {
    let officer = actor(Role::CommuneOfficer, c::COMMUNE);
    let now = instant("2024-06-01T08:00:00+07:00");
    let filter = year(c::COMMUNE);
    world
        .projections
        .responsibility(&filter, now)
        .await
        .unwrap();
    for number in 1..=30_u64 {
        let mut case = Player::new(number);
        let at = instant("2024-03-04T09:00:00+07:00");
        let report = c::report(&at.to_string(), Some("Nguyễn Thị Thử"), c::COMMUNE);
        case.play(&world.store, at, &officer, report).await;
        world.caught_up().await;
        let asking = world.projections.responsibility(&filter, now);
        let soon = std::time::Duration::from_micros(number * 97);
        let _ = tokio::time::timeout(soon, asking).await;
    }
    same_as_anew(&world, &filter).await;
    let figures = world
        .projections
        .responsibility(&filter, now)
        .await
        .unwrap();
    assert_eq!(figures.steps["initial-assessment"].opened(), 30);
}

/// What ended while the code meant the former unit is the former unit's; what is open, the later's.
async fn a_code_that_was_passed_on_means_one_unit_at_a_time(world: World) {
    ten_cases(&world).await;
    let now = instant("2024-06-01T08:00:00+07:00");
    let passed_on = instant("2024-03-08T00:00:00+07:00");
    let of = async |from, until| {
        let unit = c::COMMUNE.to_owned();
        let filter = PeriodFilter {
            units: vec![UnitSpan { unit, from, until }],
            step: Some("submit-plan".to_owned()),
            ..year(c::COMMUNE)
        };
        let figures = world.projections.responsibility(&filter, now).await;
        let lag = world.projections.recording_lag(&filter).await.unwrap();
        (figures.unwrap().all, lag.count)
    };
    let (all, recorded) = of(None, None).await;
    let (before, recorded_before) = of(None, Some(passed_on)).await;
    let (after, recorded_after) = of(Some(passed_on), None).await;
    assert_eq!(all.opened(), before.opened() + after.opened());
    assert_eq!(recorded, recorded_before + recorded_after);
    assert!(before.opened() > 0 && recorded_before > 0 && recorded_after > 0);
    // The two that were never submitted are open, whenever they arose.
    assert_eq!(before.count(Outcome::Overdue), 0);
    assert_eq!(after.count(Outcome::Overdue), 2);
}
