//! What the read models show, on both databases.

mod support;

use domain::identity::Role;
use projections::{CaseFilter, Group, Seen, WorkFilter};
use serde_json::json;

use support::player::{Player, actor, instant};
use support::{World, assert_true, commands as c};

on_both! {
    after_a_command_the_reader_sees_it,
    a_correction_changes_the_rows,
}

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
        (row.status.as_str(), row.stage.as_str()),
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
