//! What the read models show, on both databases.

mod support;

use std::collections::HashMap;
use std::sync::Arc;

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::identity::Role;
use domain::identity::Sex;
use domain::unit::Units;
use projections::{
    CaseFilter, ChildQuery, Group, Likeness, Projections, QueryError, Seen, TrailFilter, WorkFilter,
};
use serde_json::{Value, json};
use uuid::Uuid;

use support::player::{Player, actor, instant};
use support::{World, acts, assert_true, commands as c};

on_both! {
    after_a_command_the_reader_sees_it,
    a_correction_changes_the_rows,
    pages_of_a_list_hold_every_row_once,
    a_malformed_cursor_is_refused,
    the_worklist_is_in_parts_with_emergencies_first,
    danger_to_a_child_stands_first_for_officer_chair_and_province,
    what_is_counted_is_what_the_pages_hold,
    narrowed_lists_hold_the_rows_of_the_whole_that_fit,
    work_is_asked_for_by_role_unit_officer_or_others,
    what_nobody_answers_climbs,
    what_another_unit_may_do_as_well_stands_on_both_lists,
    a_case_is_found_by_each_filter,
    people_are_found_by_who_sees_the_whole_case,
    the_same_child_is_told_of,
    the_trail_shows_what_changed_without_personal_values,
}

const HOTLINE_UNIT: &str = "44";

async fn after_a_command_the_reader_sees_it(world: World) {
    let officer = actor(Role::CommuneOfficer, c::COMMUNE);
    let at = instant("2024-03-11T09:20:00+07:00");
    let mut case = Player::new(1);
    let report = c::report(
        "2024-03-11T09:10:00+07:00",
        Some("Nguyễn Thị Thử"),
        c::COMMUNE,
    );
    let appended = case.play(&world.store, at, &officer, report).await;
    assert!(
        world
            .projections
            .wait_for(appended.position, support::PATIENCE)
            .await
    );

    let row = world.projections.find_case(case.id).await.unwrap().unwrap();
    assert_eq!(row.number, "2024-000001");
    assert_eq!(row.list_name.as_deref(), Some("Nguyễn T. T."));
    assert_eq!(row.incident_unit, c::COMMUNE);
    assert_eq!(
        (row.status.as_str(), row.stage.as_deref().unwrap()),
        ("open", "received")
    );
    assert_eq!(row.harm_forms, ["violence"]);
    assert_eq!(row.birth_year, Some(2014));
    assert_eq!(row.next_act_by, Some(instant("2024-03-11T21:10:00+07:00")));

    let filter = WorkFilter {
        roles: vec![Role::CommuneOfficer],
        units: Seen::Of(vec![c::COMMUNE.to_owned()]),
        ..WorkFilter::default()
    };
    let work = world
        .projections
        .worklist(&filter, at, None, 50)
        .await
        .unwrap();
    let steps: Vec<_> = work
        .page
        .items
        .iter()
        .map(|row| (row.step.as_str(), row.group))
        .collect();
    assert_eq!(
        steps,
        [
            ("initial-assessment", Group::Today),
            ("verify-report", Group::NoLimit)
        ]
    );
    assert_eq!(work.page.items[0].child.as_deref(), Some("Nguyễn T. T."));
    assert_eq!(work.page.total, 2);

    for text in ["thu nguy", "Thử", "000001", "2024-0000", "1"] {
        let filter = CaseFilter {
            seen: Seen::Of(vec!["44".to_owned()]),
            text: Some(text.to_owned()),
            unit: Some("455".to_owned()),
            form: Some("violence".to_owned()),
            status: Some("open".to_owned()),
            emergency: Some(false),
            ..CaseFilter::default()
        };
        let found = world
            .projections
            .search_cases(&filter, None, 10)
            .await
            .unwrap();
        assert_eq!((found.total, found.items.len()), (1, 1), "{text}");
    }
    assert_true(&world.projections).await;
}

async fn a_correction_changes_the_rows(world: World) {
    let officer = actor(Role::CommuneOfficer, c::COMMUNE);
    let mut case = Player::new(1);
    let report = c::report(
        "2024-03-11T09:10:00+07:00",
        Some("Nguyễn Thị Thử"),
        c::COMMUNE,
    );
    let at = instant("2024-03-11T09:20:00+07:00");
    case.play(&world.store, at, &officer, report).await;
    let event = case.last("ReportReceived");
    for (path, value) in [
        ("/child/name", json!("Đào Văn Ân")),
        ("/received_at", json!("2024-03-11T08:10:00+07:00")),
    ] {
        case.play(&world.store, at, &officer, c::correct(event, path, value))
            .await;
    }
    world.caught_up().await;
    let row = world.projections.find_case(case.id).await.unwrap().unwrap();
    assert_eq!(row.list_name.as_deref(), Some("Đào V. Â."));
    assert_eq!(row.next_act_by, Some(instant("2024-03-11T20:10:00+07:00")));
    assert_eq!(row.number, "2024-000001");
    assert_true(&world.projections).await;
}

async fn pages_of_a_list_hold_every_row_once(world: World) {
    for number in 0..8 {
        acts::play(&world.store, 1 + number * 3, &acts::acts(number, 50)).await;
    }
    world.caught_up().await;
    let now = instant("2024-03-11T09:20:00+07:00");

    let (mut cursor, mut seen) = (None, Vec::new());
    loop {
        let filter = CaseFilter::default();
        let page = world
            .projections
            .search_cases(&filter, cursor.as_deref(), 7)
            .await
            .unwrap();
        assert_eq!(page.total, 24);
        seen.extend(page.items.into_iter().map(|row| row.number));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
        // What happens between two pages moves no row from one to the other.
        let id = seen.len() as u64;
        acts::play(&world.store, 900 + id, &[]).await;
    }
    let mut sorted = seen.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    sorted.dedup();
    assert_eq!(seen, sorted);
    assert_eq!(seen.len(), 24);

    for group in [None, Some(Group::NoLimit), Some(Group::Overdue)] {
        let filter = WorkFilter {
            group,
            ..WorkFilter::default()
        };
        let (mut cursor, mut seen, mut total) = (None, Vec::new(), 0);
        loop {
            // The parts hold for the moment of the first page, however late the next is asked for.
            let asked_at = if cursor.is_none() {
                now
            } else {
                now.plus_hours(900)
            };
            let work = world
                .projections
                .worklist(&filter, asked_at, cursor.as_deref(), 5)
                .await
                .unwrap();
            assert_eq!(work.now, now);
            total = total.max(work.page.total);
            seen.extend(
                work.page
                    .items
                    .iter()
                    .map(|row| (row.group, row.case_id, row.ordinal)),
            );
            cursor = work.page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert!(seen.is_sorted_by_key(|(group, ..)| *group));
        assert_eq!(seen.len() as i64, total);
        assert!(total > 5, "{group:?}");
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len() as i64, total);
    }
}

async fn a_malformed_cursor_is_refused(world: World) {
    let projections = &world.projections;
    let now = instant("2024-03-11T09:20:00+07:00");
    for cursor in [
        "",
        "x",
        "'; DROP TABLE case_status",
        "6361736573",
        "\u{0}",
        "ấ",
    ] {
        let cursor = Some(cursor);
        let cases = projections
            .search_cases(&CaseFilter::default(), cursor, 5)
            .await;
        assert!(matches!(cases, Err(QueryError::Cursor)));
        let work = projections
            .worklist(&WorkFilter::default(), now, cursor, 5)
            .await;
        assert!(matches!(work, Err(QueryError::Cursor)));
        let trail = projections.trail(&TrailFilter::default(), cursor, 5).await;
        assert!(matches!(trail, Err(QueryError::Cursor)));
    }
}

/// A case in the commune `unit` that has come through these commands, one an hour.
async fn case(world: &World, number: u64, unit: &str, name: &str, commands: Vec<Value>) -> Player {
    let mut player = Player::new(number);
    let mut at = instant("2024-03-11T09:20:00+07:00");
    let report = c::report("2024-03-11T09:10:00+07:00", Some(name), unit);
    for body in std::iter::once(report).chain(commands) {
        let chair = [
            "apply-emergency-measure",
            "hold-case-meeting",
            "approve-plan",
            "assign-officer",
        ];
        let is_chair = chair.contains(&body["type"].as_str().unwrap());
        let role = if is_chair {
            Role::CommuneChair
        } else {
            Role::CommuneOfficer
        };
        player
            .play(&world.store, at, &actor(role, unit), body)
            .await;
        at = at.plus_hours(1);
    }
    player
}

async fn the_worklist_is_in_parts_with_emergencies_first(world: World) {
    let grave = case(&world, 1, "19111", "Đào Văn Ân", vec![c::initial(true)]).await;
    let plain = case(
        &world,
        2,
        "19111",
        "Nguyễn Thị Thử",
        vec![c::initial(false), c::refer("r1", Some("2024-03-15"))],
    )
    .await;
    world.caught_up().await;
    let parts = async |now: &str| {
        let work = world
            .projections
            .worklist(&WorkFilter::default(), instant(now), None, 50)
            .await
            .unwrap();
        let rows = work.page.items;
        assert!(rows.is_sorted_by_key(|row| row.group));
        let of = |id: Uuid, step: &str| {
            let found = rows
                .iter()
                .find(|row| row.case_id == id && row.step == step);
            found.unwrap_or_else(|| panic!("no {step}")).group
        };
        for counted in &work.groups {
            let rows = rows.iter().filter(|row| row.group == counted.group);
            let rows = rows.count() as i64;
            assert_eq!(counted.count, rows, "{:?} at {now}", counted.group);
        }
        (
            of(grave.id, "submit-plan"),
            of(grave.id, "emergency-measure"),
            of(plain.id, "submit-plan"),
            of(plain.id, "referral-response"),
            of(plain.id, "verify-report"),
        )
    };
    // 11/3/2024 is a Monday: five working days end with Monday 18/3.
    use Group::{AtOnce, Danger, Later, NoLimit, Overdue, ThisWeek, Today};
    let at = |plan, referral| (AtOnce, Danger, plan, referral, NoLimit);
    for (now, expected) in [
        ("2024-03-10T23:00:00+07:00", at(Later, Later)),
        ("2024-03-11T12:00:00+07:00", at(Later, ThisWeek)),
        ("2024-03-11T21:10:00+07:00", at(Later, ThisWeek)),
        ("2024-03-11T21:10:01+07:00", at(Later, ThisWeek)),
        ("2024-03-15T12:00:00+07:00", at(Later, Today)),
        ("2024-03-18T00:00:00+07:00", at(Today, Overdue)),
        ("2024-03-19T00:00:00+07:00", at(Today, Overdue)),
        ("2024-03-19T00:00:01+07:00", at(Overdue, Overdue)),
    ] {
        assert_eq!(parts(now).await, expected, "{now}");
    }
}

/// One order for all who owe something, as the clock alone changes it.
async fn danger_to_a_child_stands_first_for_officer_chair_and_province(world: World) {
    let grave = || vec![c::initial(true)];
    case(&world, 1, "19111", "Trần Thị Mai", vec![c::initial(false)]).await;
    case(&world, 2, "19111", "Đào Văn Ân", grave()).await;
    case(
        &world,
        3,
        "19111",
        "Nguyễn Thị Thử",
        vec![c::initial(false), c::refer("r1", Some("2024-03-15"))],
    )
    .await;
    case(&world, 4, "19111", "Lê Thị Mơ", grave()).await;
    let reported = {
        let mut report = c::report("2024-03-11T09:10:00+07:00", Some("Võ Thị Lan"), "19111");
        report["danger_now"] = json!(true);
        let mut player = Player::new(5);
        let at = instant("2024-03-11T09:20:00+07:00");
        let officer = actor(Role::CommuneOfficer, "19111");
        player.play(&world.store, at, &officer, report).await;
        player.id
    };
    world.caught_up().await;
    let own = |roles: Vec<Role>| WorkFilter {
        roles,
        units: Seen::Of(vec!["19111".to_owned()]),
        ..WorkFilter::default()
    };
    let province = WorkFilter {
        seen: Seen::Of(vec!["44".to_owned()]),
        ..WorkFilter::default()
    };
    let ask = async |filter: &WorkFilter, now: &str, limit: usize| {
        let (mut cursor, mut rows) = (None, Vec::new());
        loop {
            let page = world
                .projections
                .worklist(filter, instant(now), cursor.as_deref(), limit)
                .await
                .unwrap();
            let counted: Vec<_> = page
                .groups
                .iter()
                .map(|group| (group.group, group.count))
                .collect();
            rows.extend(page.page.items);
            cursor = page.page.next;
            if cursor.is_none() {
                for (group, count) in counted {
                    let there = rows.iter().filter(|row| row.group == group).count();
                    assert_eq!(count, there as i64, "{group:?} at {now}");
                }
                return rows;
            }
        }
    };
    for now in [
        "2024-03-11T12:00:00+07:00",
        "2024-03-11T21:10:00+07:00",
        "2024-03-11T21:10:01+07:00",
        "2024-03-16T00:00:00+07:00",
        "2024-03-19T00:00:00+07:00",
        "2024-03-19T00:00:01+07:00",
        "2024-06-01T12:00:00+07:00",
    ] {
        let all = ask(&province, now, 50).await;
        let one_by_one = ask(&province, now, 1).await;
        assert_eq!(all, one_by_one, "{now}");
        for filter in [
            own(vec![Role::CommuneOfficer]),
            own(vec![Role::CommuneChair]),
            own(vec![Role::CommuneOfficer, Role::CommuneChair]),
        ] {
            // Each sees what is theirs in the order of the whole.
            let theirs = ask(&filter, now, 3).await;
            assert!(!theirs.is_empty(), "{now}");
            let expected = all
                .iter()
                .filter(|row| row.role.is_some_and(|role| filter.roles.contains(&role)));
            assert!(theirs.iter().eq(expected), "{now}");
            for two in theirs.windows(2) {
                assert!(two[0].group <= two[1].group);
                let time =
                    |row: &projections::WorkRow| (row.group, row.act_by.unwrap_or(row.opened_at));
                if time(&two[0]) == time(&two[1]) {
                    assert!(two[0].case_number <= two[1].case_number, "{now}");
                }
            }
        }
        let first = &all[0];
        assert_eq!(first.group, Group::Danger, "{now}");
        assert_eq!(first.case_number, "2024-000003", "{now}");
        let assessment = all
            .iter()
            .find(|row| row.case_id == reported && row.step == "initial-assessment");
        assert_eq!(assessment.unwrap().group, Group::Danger, "{now}");
    }
}

/// Counts are kept beside the lists; whatever is asked for, they are those of the rows.
async fn what_is_counted_is_what_the_pages_hold(world: World) {
    for number in 0..6 {
        acts::play(&world.store, 1 + number * 3, &acts::acts(number, 50)).await;
    }
    case(&world, 90, "19111", "Đào Văn Ân", vec![c::initial(true)]).await;
    world.caught_up().await;
    assert_true(&world.projections).await;
    let commune = || Seen::Of(vec![c::COMMUNE.to_owned()]);
    let province = || Seen::Of(vec!["44".to_owned()]);
    let of = |roles: &[Role], units: Seen, seen: Seen, by_others: bool| WorkFilter {
        roles: roles.to_vec(),
        units,
        seen,
        by_others,
        ..WorkFilter::default()
    };
    let officer = &[Role::CommuneOfficer][..];
    for plain in [
        of(&[], Seen::All, Seen::All, false),
        of(&[], Seen::All, province(), false),
        of(&[], commune(), commune(), false),
        of(officer, commune(), Seen::All, false),
        of(officer, commune(), commune(), false),
        of(officer, commune(), province(), false),
        of(officer, commune(), commune(), true),
        of(&[Role::ProvincialOfficer], province(), province(), true),
    ] {
        let with = |change: &dyn Fn(&mut WorkFilter)| {
            let mut filter = plain.clone();
            change(&mut filter);
            filter
        };
        let unfiltered = plain.clone();
        let filters = [
            unfiltered,
            with(&|filter| filter.step = Some("verify-report".into())),
            with(&|filter| filter.emergency = Some(true)),
            with(&|filter| filter.emergency = Some(false)),
            with(&|filter| filter.commune = Some(c::COMMUNE.into())),
            with(&|filter| filter.text = Some("nguyen".into())),
        ];
        for filter in &filters {
            for now in ["2024-03-12T08:00:00+07:00", "2024-04-16T00:00:00+07:00"] {
                let (mut cursor, mut found) = (None, HashMap::new());
                loop {
                    let page = world
                        .projections
                        .worklist(filter, instant(now), cursor.as_deref(), 40)
                        .await
                        .unwrap();
                    for row in &page.page.items {
                        *found.entry(row.group).or_insert(0) += 1;
                    }
                    cursor = page.page.next;
                    if cursor.is_none() {
                        for counted in page.groups {
                            let rows = found.get(&counted.group).copied().unwrap_or_default();
                            assert_eq!(counted.count, rows, "{counted:?} {now} {filter:?}");
                        }
                        break;
                    }
                }
                let total = world.projections.worklist_total(filter, instant(now)).await;
                assert_eq!(total.unwrap(), found.values().sum::<i64>());
            }
        }
    }
}

/// How many rows were found; they must be the expected ones.
fn same<'a>(
    found: &[projections::WorkRow],
    expected: impl Iterator<Item = &'a projections::WorkRow>,
    filter: &WorkFilter,
) -> usize {
    let name = |row: &projections::WorkRow| (row.case_number.clone(), row.ordinal, row.group);
    let expected: Vec<_> = expected.map(name).collect();
    let found: Vec<_> = found.iter().map(name).collect();
    assert_eq!(found, expected, "{filter:?}");
    found.len()
}

/// A list narrowed by words or by a place holds the rows of the whole list that have them, whichever way
/// they are looked up.
async fn narrowed_lists_hold_the_rows_of_the_whole_that_fit(world: World) {
    for number in 0..6 {
        acts::play(&world.store, 1 + number * 3, &acts::acts(number, 50)).await;
    }
    case(&world, 90, "19114", "Đào Văn Ân", vec![c::initial(true)]).await;
    case(&world, 91, "19111", "Nguyễn Thị Đào", vec![]).await;
    world.caught_up().await;
    let of = |units: &[&str]| Seen::Of(units.iter().map(|unit| (*unit).to_owned()).collect());
    let officer = vec![Role::CommuneOfficer];
    let now = instant("2024-04-16T00:00:00+07:00");
    let all = async |filter: &WorkFilter| {
        let (mut cursor, mut rows) = (None, Vec::new());
        loop {
            let page = world
                .projections
                .worklist(filter, now, cursor.as_deref(), 7);
            let page = page.await.unwrap().page;
            rows.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                break rows;
            }
        }
    };
    let mut found = 0;
    for (roles, units, seen, by_others) in [
        (vec![], Seen::All, of(&["44"]), false),
        (vec![], of(&[c::COMMUNE]), of(&[c::COMMUNE]), false),
        (officer.clone(), of(&[c::COMMUNE]), Seen::All, false),
        (officer.clone(), of(&["19114"]), of(&["19114"]), false),
        (
            officer.clone(),
            of(&["19111", "19114"]),
            of(&["19111", "19114"]),
            false,
        ),
        (officer.clone(), of(&[c::COMMUNE]), of(&[c::COMMUNE]), true),
        (
            vec![Role::ProvincialOfficer],
            of(&["44"]),
            of(&["44"]),
            true,
        ),
    ] {
        let plain = WorkFilter {
            roles,
            units,
            seen,
            by_others,
            ..WorkFilter::default()
        };
        let whole = all(&plain).await;
        let (mut names, mut places) = (HashMap::new(), HashMap::new());
        for row in &whole {
            let case = projections::load_case(&world.store, row.case_id, Units::shipped());
            let case = case.await.unwrap().unwrap();
            let state = case.state().unwrap();
            let name = state.child.name.as_deref().unwrap_or_default();
            names.insert(row.case_id, domain::text::fold_name(name));
            let reports = state.reports.iter();
            let there: Vec<_> = reports.map(|report| report.incident_unit.clone()).collect();
            places.insert(row.case_id, there);
        }
        for text in ["dao", "van dao", "nguyen", "nguy thi d", "000091", "khong"] {
            let filter = WorkFilter {
                text: Some(text.to_owned()),
                ..plain.clone()
            };
            let fits = |row: &&projections::WorkRow| {
                let words = format!(
                    "{} {}",
                    names[&row.case_id],
                    row.case_number.replace('-', " ")
                );
                domain::text::fold_name(text)
                    .split(' ')
                    .all(|asked| words.split(' ').any(|word| word.starts_with(asked)))
            };
            // Who was only told of a case finds it by what they were told.
            let mut narrowed = all(&filter).await;
            narrowed.retain(|row| !row.told);
            let expected = whole.iter().filter(|row| !row.told).filter(fits);
            found += same(&narrowed, expected, &filter);
        }
        for commune in ["19111", "19114"] {
            let filter = WorkFilter {
                commune: Some(commune.to_owned()),
                ..plain.clone()
            };
            // What a unit was only told of says nothing of where else it happened.
            let whole_province = plain.seen == of(&["44"]);
            let there = |row: &&projections::WorkRow| {
                (whole_province || !row.told)
                    && places[&row.case_id].iter().any(|place| place == commune)
            };
            found += same(&all(&filter).await, whole.iter().filter(there), &filter);
        }
    }
    assert!(found > 50, "{found}");
}

async fn work_is_asked_for_by_role_unit_officer_or_others(world: World) {
    let assigned = vec![
        json!({"type": "assign-officer", "officer": "cb1", "role": "commune-officer"}),
        c::initial(false),
    ];
    case(&world, 1, "19111", "Đào Văn Ân", assigned).await;
    case(&world, 2, "19114", "Nguyễn Thị Thử", vec![]).await;
    world.caught_up().await;
    let now = instant("2024-03-11T12:00:00+07:00");
    let ask = async |filter: WorkFilter| {
        let work = world
            .projections
            .worklist(&filter, now, None, 50)
            .await
            .unwrap();
        let mut steps: Vec<_> = work.page.items.into_iter().map(|row| row.step).collect();
        steps.sort_unstable();
        steps.join(" ")
    };
    let of = |role, unit: &str| WorkFilter {
        roles: vec![role],
        units: Seen::Of(vec![unit.to_owned()]),
        seen: Seen::Of(vec!["44".to_owned()]),
        ..WorkFilter::default()
    };
    let officer = of(Role::CommuneOfficer, "19111");
    let first = "detailed-assessment submit-plan verify-report";
    assert_eq!(ask(officer.clone()).await, first);
    let second = "initial-assessment verify-report";
    assert_eq!(ask(of(Role::CommuneOfficer, "19114")).await, second);
    let others = WorkFilter {
        by_others: true,
        ..officer.clone()
    };
    assert_eq!(ask(others).await, second);
    let mine = WorkFilter {
        officer: Some("cb1".to_owned()),
        ..WorkFilter::default()
    };
    assert_eq!(ask(mine).await, first);
    let narrowed = WorkFilter {
        step: Some("verify-report".to_owned()),
        commune: Some("19114".to_owned()),
        text: Some("nguyen".to_owned()),
        emergency: Some(false),
        ..WorkFilter::default()
    };
    assert_eq!(ask(narrowed).await, "verify-report");
    let elsewhere = WorkFilter {
        seen: Seen::Of(vec!["01".to_owned()]),
        ..WorkFilter::default()
    };
    assert_eq!(ask(elsewhere).await, "");
}

async fn what_another_unit_may_do_as_well_stands_on_both_lists(world: World) {
    let mut case = Player::new(1);
    let at = instant("2024-03-11T09:20:00+07:00");
    let received = "2024-03-11T09:10:00+07:00";
    let report = c::report(received, Some("Đào Văn Ân"), c::COMMUNE);
    let officer = actor(Role::CommuneOfficer, c::COMMUNE);
    let other = actor(Role::CommuneOfficer, "19114");
    case.play(&world.store, at, &officer, report).await;
    let transfer = support::samples::transfer("19114");
    case.play(&world.store, at, &officer, transfer).await;
    let accept = support::samples::accept_transfer();
    case.play(&world.store, at, &other, accept).await;
    world.caught_up().await;
    let now = instant("2024-03-11T12:00:00+07:00");
    let of = |unit: &str, by_others| WorkFilter {
        roles: vec![Role::CommuneOfficer],
        units: Seen::Of(vec![unit.to_owned()]),
        seen: Seen::Of(vec![unit.to_owned()]),
        by_others,
        ..WorkFilter::default()
    };
    for unit in [c::COMMUNE, "19114"] {
        for (by_others, here) in [(false, true), (true, false)] {
            let filter = of(unit, by_others);
            let work = world.projections.worklist(&filter, now, None, 50).await;
            let page = work.unwrap().page;
            assert_eq!(page.total, page.items.len() as i64, "{unit} {by_others}");
            let mut rows = page.items.iter();
            let row = rows.find(|row| row.step == "verify-report");
            assert_eq!(row.is_some(), here, "{unit} {by_others}");
            if let Some(row) = row {
                assert_eq!(row.unit.as_deref(), Some(c::COMMUNE));
                let also = row.also.iter().map(|also| also.unit.as_str());
                assert_eq!(also.collect::<Vec<_>>(), ["19114"]);
            }
        }
        // Within a commune too, which asks for other lists.
        let narrowed = WorkFilter {
            commune: Some(c::COMMUNE.to_owned()),
            ..of(unit, false)
        };
        let work = world.projections.worklist(&narrowed, now, None, 50).await;
        let items = work.unwrap().page.items;
        assert!(
            items.iter().any(|row| row.step == "verify-report"),
            "{unit}"
        );
    }
    assert_true(&world.projections).await;
}

async fn what_nobody_answers_climbs(world: World) {
    let standard = "[[standard]]\nstep = \"acknowledge-report\"\nunit = \"44\"\namount = 2\n\
                    of = \"hour\"\ntitle = { vi = \"Quy chế\", en = \"Rules\" }\nfrom = 2024-01-01\n";
    let procedure =
        Procedure::parse(Procedure::SHIPPED[0].1, domain::unit::Units::shipped()).unwrap();
    let procedure = Arc::new(procedure.with_standards(standard).unwrap());
    world.projections.close().await;
    let projections = Projections::start(world.store.clone(), procedure, Calendar::shipped());
    let hotline = actor(Role::HotlineOperator, HOTLINE_UNIT);
    let received = "2024-03-11T09:10:00+07:00";
    let mut report = c::report(received, Some("Nguyễn Thị Thử"), c::COMMUNE);
    report["place_of_receipt"] = json!({ "kind": "hotline", "unit": HOTLINE_UNIT });
    let mut case = Player::new(1);
    let at = instant("2024-03-11T09:20:00+07:00");
    case.play(&world.store, at, &hotline, report).await;
    let at = instant("2024-03-11T09:30:00+07:00");
    let forward = json!({ "type": "forward-report", "to_unit": c::COMMUNE });
    case.play(&world.store, at, &hotline, forward).await;
    support::caught_up(&world.store, &projections).await;
    let ask = async |role, unit: &str, now: &str| {
        let filter = WorkFilter {
            roles: vec![role],
            units: Seen::Of(vec![unit.to_owned()]),
            ..WorkFilter::default()
        };
        let work = projections.worklist(&filter, instant(now), None, 50).await;
        let steps = work.unwrap().page.items.into_iter();
        let climbing = steps.filter(|row| row.step == "acknowledge-report");
        climbing.count()
    };
    let province = Role::ProvincialOfficer;
    assert_eq!(ask(province, "44", "2024-03-11T11:29:59+07:00").await, 0);
    assert_eq!(ask(province, "44", "2024-03-11T11:30:00+07:00").await, 1);
    assert_eq!(ask(province, "01", "2024-03-11T11:30:00+07:00").await, 0);
    let officer = Role::CommuneOfficer;
    assert_eq!(
        ask(officer, c::COMMUNE, "2024-03-11T11:30:00+07:00").await,
        1
    );
    projections.close().await;
}

async fn a_case_is_found_by_each_filter(world: World) {
    case(&world, 1, "19111", "Đào Văn Ân", vec![c::initial(true)]).await;
    case(&world, 2, "19114", "Nguyễn Thị Thử", vec![]).await;
    world.caught_up().await;
    let none = CaseFilter::default;
    let text = |text: &str| CaseFilter {
        text: Some(text.to_owned()),
        ..none()
    };
    let of = |units: &[&str]| Seen::Of(units.iter().map(|unit| (*unit).to_owned()).collect());
    let late = Some(instant("2024-03-12T00:00:00+07:00"));
    let early = Some(instant("2024-03-11T12:00:00+07:00"));
    for (filter, expected) in [
        (none(), "2 1"),
        (text("dao"), "1"),
        (text("ĐÀO an"), "1"),
        (text("nguyen thu"), "2"),
        (text("nguyen van"), ""),
        (text("uyen"), ""),
        (text("%"), ""),
        (text("000001"), "1"),
        (
            CaseFilter {
                seen: of(&["19111"]),
                ..none()
            },
            "1",
        ),
        (
            CaseFilter {
                seen: of(&["19111", "19114"]),
                ..none()
            },
            "2 1",
        ),
        (
            CaseFilter {
                seen: of(&["44"]),
                ..none()
            },
            "2 1",
        ),
        (
            CaseFilter {
                seen: of(&[]),
                ..none()
            },
            "",
        ),
        (
            CaseFilter {
                unit: Some("19114".into()),
                ..none()
            },
            "2",
        ),
        (
            CaseFilter {
                stage: Some("initially-assessed".into()),
                ..none()
            },
            "1",
        ),
        (
            CaseFilter {
                status: Some("closed".into()),
                ..none()
            },
            "",
        ),
        (
            CaseFilter {
                emergency: Some(true),
                ..none()
            },
            "1",
        ),
        (
            CaseFilter {
                emergency: Some(false),
                ..none()
            },
            "2",
        ),
        (
            CaseFilter {
                form: Some("violence".into()),
                ..none()
            },
            "2 1",
        ),
        (
            CaseFilter {
                form: Some("neglect".into()),
                ..none()
            },
            "",
        ),
        (
            CaseFilter {
                overdue_at: late,
                ..none()
            },
            "1",
        ),
        (
            CaseFilter {
                overdue_at: early,
                ..none()
            },
            "",
        ),
    ] {
        let page = world
            .projections
            .search_cases(&filter, None, 10)
            .await
            .unwrap();
        let found: Vec<_> = page
            .items
            .iter()
            .map(|row| {
                if row.child_name.as_deref() == Some("Đào Văn Ân") {
                    "1"
                } else {
                    "2"
                }
            })
            .collect();
        assert_eq!(found.join(" "), expected, "{filter:?}");
        assert_eq!(page.total, found.len() as i64);
    }
}

async fn people_are_found_by_who_sees_the_whole_case(world: World) {
    let mut told = c::report("2024-03-11T09:10:00+07:00", Some("Nguyễn Thị Thử"), "19111");
    told["family"] = json!({"mother": "Trần Thị Mỹ, 0912 345 678", "father": "Lê Văn Tám"});
    told["informant"] = json!({"name": "Phạm Văn Báo", "phone": "0987 654 321", "consent": true});
    let mut player = Player::new(1);
    let at = instant("2024-03-11T09:20:00+07:00");
    let officer = actor(Role::CommuneOfficer, "19111");
    player.play(&world.store, at, &officer, told).await;
    let report = player.last("ReportReceived");
    let corrected = c::correct(report, "/child/name", json!("Nguyễn Thị Hà"));
    player.play(&world.store, at, &officer, corrected).await;
    world.caught_up().await;
    for (text, whole, side) in [
        ("nguyen ha", 1, 1),
        ("thử", 1, 0),
        ("ha mĩ", 1, 0),
        ("tám", 1, 0),
        ("0912345678", 1, 0),
        // Who told is nobody's to find.
        ("pham bao", 0, 0),
        ("0987654321", 0, 0),
    ] {
        for (people, expected) in [(true, whole), (false, side)] {
            let filter = CaseFilter {
                text: Some(text.to_owned()),
                people,
                ..CaseFilter::default()
            };
            let page = world.projections.search_cases(&filter, None, 10).await;
            assert_eq!(page.unwrap().total, expected, "{text} {people}");
        }
    }
}

async fn the_same_child_is_told_of(world: World) {
    let known = case(&world, 1, "19111", "Nguyễn Thị Thử", vec![]).await;
    case(&world, 2, "19114", "Trần Văn Bé", vec![]).await;
    let mut numbered = c::report("2024-03-11T09:10:00+07:00", None, "19114");
    numbered["child"]["personal_id"] = json!("044214001234");
    let mut third = Player::new(3);
    let at = instant("2024-03-11T09:20:00+07:00");
    let officer = actor(Role::CommuneOfficer, "19114");
    third.play(&world.store, at, &officer, numbered).await;
    world.caught_up().await;
    let child = |name: &str, year: i32, sex: Sex, unit: &str| ChildQuery {
        name: Some(name.to_owned()),
        birth_year: Some(year),
        sex: Some(sex),
        units: vec![unit.to_owned()],
        ..ChildQuery::default()
    };
    let now = instant("2024-03-20T08:00:00+07:00");
    for (query, expected) in [
        (
            child("nguyen thi thu", 2014, Sex::Female, "19111"),
            Some(Likeness::Likely),
        ),
        (
            child("Thử Nguyễn Thị", 2015, Sex::Female, "19111"),
            Some(Likeness::Likely),
        ),
        (
            child("Nguyễn Thử", 2014, Sex::Unknown, "19111"),
            Some(Likeness::Likely),
        ),
        (
            child("Nguyễn Thị Thử", 2014, Sex::Unknown, "79"),
            Some(Likeness::Likely),
        ),
        (
            child("Nguyễn Thử", 2015, Sex::Unknown, "79"),
            Some(Likeness::Possible),
        ),
        // The given name alone is never more than possible.
        (
            child("nguyen thi thu", 2015, Sex::Female, "44"),
            Some(Likeness::Likely),
        ),
        (
            child("Thử", 2014, Sex::Female, "19111"),
            Some(Likeness::Possible),
        ),
        (child("Thử", 2014, Sex::Female, "79"), None),
        (child("Nguyễn Thị Thử", 2008, Sex::Male, "79"), None),
        (child("Lê Thị Mơ", 2014, Sex::Female, "19111"), None),
    ] {
        let told = world
            .projections
            .likely_same_child(&query, now)
            .await
            .unwrap();
        assert_eq!(
            told.first().map(|told| told.likeness),
            expected,
            "{query:?} {told:?}"
        );
        assert!(told.iter().all(|told| told.case_id == known.id));
    }
    let number = ChildQuery {
        personal_id: Some(" 044214001234 ".to_owned()),
        ..ChildQuery::default()
    };
    let told = world
        .projections
        .likely_same_child(&number, now)
        .await
        .unwrap();
    assert_eq!((told.len(), told[0].likeness), (1, Likeness::Certain));
    assert_eq!(told[0].case_id, third.id);
    assert!(
        world
            .projections
            .likely_same_child(&ChildQuery::default(), now)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn the_trail_shows_what_changed_without_personal_values(world: World) {
    let mut player = case(
        &world,
        1,
        "19111",
        "Nguyễn Thị Thử",
        vec![c::initial(false)],
    )
    .await;
    let at = instant("2024-03-12T09:20:00+07:00");
    let officer = actor(Role::CommuneOfficer, "19111");
    let (report, initial) = (
        player.last("ReportReceived"),
        player.last("InitialAssessmentRecorded"),
    );
    for (event, path, value) in [
        (initial, "/grave", json!(true)),
        (initial, "/grave", json!(false)),
        (report, "/child/name", json!("Đào Văn Ân")),
        (initial, "/occurred_at", json!("2024-03-11T10:00:00+07:00")),
    ] {
        player
            .play(&world.store, at, &officer, c::correct(event, path, value))
            .await;
    }
    world.caught_up().await;
    let filter = TrailFilter {
        case: Some(player.id),
        ..TrailFilter::default()
    };
    let page = world.projections.trail(&filter, None, 50).await.unwrap();
    let versions: Vec<_> = page.items.iter().map(|row| row.version).collect();
    assert_eq!(versions, [6, 5, 4, 3, 2, 1]);
    let changes: Vec<_> = page.items.iter().map(|row| &row.changes).collect();
    assert_eq!(
        (&changes[0]["old"], &changes[0]["new"]),
        (
            &json!("2024-03-11T10:20:00+07:00"),
            &json!("2024-03-11T10:00:00+07:00")
        )
    );
    assert_eq!(changes[1]["part"], "personal");
    assert_eq!(changes[1]["path"], "/child/name");
    assert_eq!(changes[1]["event_type"], "ReportReceived");
    assert_eq!(
        (&changes[2]["old"], &changes[2]["new"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(
        (&changes[3]["old"], &changes[3]["new"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(changes[5]["incident"]["unit"], "19111");
    assert!(
        changes
            .iter()
            .all(|changes| !changes.to_string().contains("Đào"))
    );
    assert!(
        changes
            .iter()
            .all(|changes| !changes.to_string().contains("Thử"))
    );
    let first = &page.items[5];
    assert_eq!(first.lag_seconds, 600);
    assert_eq!(first.officer_name.as_deref(), Some("Trần Thị Bình"));
    assert_eq!(
        (first.role.as_str(), first.unit.as_deref()),
        ("commune-officer", Some("19111"))
    );

    let seconds = |filter: TrailFilter| {
        let projections = world.projections.clone();
        async move { projections.trail(&filter, None, 2).await.unwrap().total }
    };
    let none = TrailFilter::default;
    let officer = first.officer;
    for (filter, expected) in [
        (TrailFilter { officer, ..none() }, 6),
        (
            TrailFilter {
                officer: Some(Uuid::nil()),
                ..none()
            },
            0,
        ),
        (
            TrailFilter {
                unit: Some("19111".into()),
                ..none()
            },
            6,
        ),
        (
            TrailFilter {
                unit: Some(HOTLINE_UNIT.into()),
                ..none()
            },
            0,
        ),
        (
            TrailFilter {
                from: Some(at),
                ..none()
            },
            4,
        ),
        (
            TrailFilter {
                until: Some(at),
                ..none()
            },
            2,
        ),
        (
            TrailFilter {
                event_type: Some("FactCorrected".into()),
                ..none()
            },
            4,
        ),
        (
            TrailFilter {
                seen: Seen::Of(vec!["44".into()]),
                ..none()
            },
            6,
        ),
        (
            TrailFilter {
                seen: Seen::Of(vec!["01".into()]),
                ..none()
            },
            0,
        ),
    ] {
        assert_eq!(seconds(filter.clone()).await, expected, "{filter:?}");
    }
}
