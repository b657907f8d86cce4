//! The same command sent again, also by many at once, is carried out once.

use futures::future::join_all;
use serde_json::json;
use tests::{COMMUNE, Noi, Place, Role, add_note, command_id, on_both_databases, report};

async fn the_same_command_again_gives_the_first_result(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let id = command_id();
    let mai = report("Trần Thị Mai");
    let first = officer.open(id, &mai).await;
    let location = first.headers["location"].clone();
    let first = first.of(201);
    let case = first["case_id"].as_str().unwrap().to_owned();
    assert_eq!(location, format!("/api/v1/cases/{case}"));

    let note = json!({
        "command_id": command_id(), "expected_version": 1, "command": add_note("Ghi chú"),
    });
    let path = format!("/api/v1/cases/{case}/commands");
    let noted = officer.post(&path, &note).await.of(200);
    officer.command(&case, &add_note("Về sau")).await.of(200);

    // Later, and also after a restart: what it gave then, although the case has moved on.
    let again = async |officer: &tests::Person| {
        let opened = officer.open(id, &mai).await;
        assert_eq!(opened.headers["location"], location);
        assert_eq!(opened.of(201), first);
        assert_eq!(officer.post(&path, &note).await.of(200), noted);
        assert_eq!(officer.case(&case, "").await.of(200)["version"], 3);
    };
    again(&officer).await;
    assert_eq!(noi.stop().await, tests::End::Code(0));
    let noi = Noi::start(&place.url()).await;
    again(&officer.at(&noi)).await;
}

async fn sent_many_times_at_once_it_is_carried_out_once(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let id = command_id();
    let mai = report("Trần Thị Mai");
    let answers = join_all((0..12).map(|_| officer.open(id, &mai))).await;
    let bodies: Vec<_> = answers.into_iter().map(|answer| answer.of(201)).collect();
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:#?}");
    let case = bodies[0]["case_id"].as_str().unwrap();

    let note = json!({
        "command_id": command_id(), "expected_version": 1, "command": add_note("Ghi chú"),
    });
    let path = format!("/api/v1/cases/{case}/commands");
    let answers = join_all((0..12).map(|_| officer.post(&path, &note))).await;
    let bodies: Vec<_> = answers.into_iter().map(|answer| answer.of(200)).collect();
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:#?}");
    let head = officer.get("/api/v1/events?limit=1").await.of(200);
    assert_eq!(head["head"], 2);
}

async fn of_many_writers_one_wins_each_version(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let case = officer.begin(&report("Trần Thị Mai")).await;
    for version in 1..=5 {
        let writers = (0..12).map(async |writer| {
            let note = add_note(&format!("Người thứ {writer}"));
            officer.command_at(&case, version, &note).await
        });
        let mut won = 0;
        for answer in join_all(writers).await {
            if answer.status == 200 {
                won += 1;
                assert_eq!(answer.body["version"], version + 1);
            } else {
                let conflict = answer.refused(409, "version-conflict");
                assert_eq!(conflict["version"], version + 1);
                assert_eq!(conflict["events"].as_array().map(Vec::len), Some(1));
            }
        }
        assert_eq!(won, 1);
    }
}

on_both_databases!(
    the_same_command_again_gives_the_first_result,
    sent_many_times_at_once_it_is_carried_out_once,
    of_many_writers_one_wins_each_version,
);
