//! Somebody else wrote meanwhile: what they wrote stands beside one's own, and nothing typed is lost.

use tests::{Account, COMMUNE, Noi, Person, Place, Role, add_note, report};

use crate::chrome::{Browser, View};

struct Scene {
    browser: Browser,
    chair: Person,
    case: String,
    /// Goes last: the others need it.
    _noi: Noi,
    _place: Place,
}

/// The officer has typed a visit while the chair recorded a note.
async fn meanwhile(view: View) -> Scene {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let officer: Account = noi.account("lan", Role::OFFICER, COMMUNE);
    let chair = noi.person("chinh", Role::CHAIR, COMMUNE).await;
    let case = chair.begin(&report("Trần Thị Mai")).await;
    let mut browser = Browser::open(&noi, view).await;
    browser.sign_in(&officer).await;
    browser
        .goto(&format!("/cases/{case}/acts/record-visit"))
        .await;
    let visit = [
        ("visited_at.choice", "now"),
        ("place", "Nhà bà ngoại"),
        ("child_seen", "yes"),
        ("danger_now", "no"),
        ("note", "Cháu ăn ngủ tốt"),
    ];
    browser.fill_all(&visit).await;
    chair
        .command(&case, &add_note("Đã gọi cho nhà trường"))
        .await
        .of(200);
    browser.send().await;
    browser.find("main .conflict").await;
    browser.check("the conflict").await;
    let page = browser.text("main").await;
    for both in [
        "Đã gọi cho nhà trường",
        "Nguyễn Thị chinh",
        "Nhà bà ngoại",
        "Cháu ăn ngủ tốt",
    ] {
        assert!(page.contains(both), "{both}: {page}");
    }
    Scene {
        browser,
        chair,
        case,
        _noi: noi,
        _place: place,
    }
}

async fn types(chair: &Person, case: &str) -> Vec<String> {
    let events = chair.case(case, "/events").await.of(200);
    let items = events["items"].as_array().unwrap().iter();
    items
        .map(|event| event["type"].as_str().unwrap().to_owned())
        .collect()
}

async fn kept(view: View) {
    let scene = meanwhile(view).await;
    let before = types(&scene.chair, &scene.case).await;
    assert_eq!(before, ["ReportReceived", "NoteAdded"]);
    scene.browser.send().await;
    scene.browser.find(".said").await;
    let events = scene.chair.case(&scene.case, "/events").await.of(200);
    assert_eq!(events["items"][2]["type"], "VisitRecorded");
    assert_eq!(events["items"][2]["personal"]["note"], "Cháu ăn ngủ tốt");
    scene.browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ones_own_part_is_kept_and_recorded() {
    kept(View::DESK).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ones_own_part_is_kept_without_script() {
    kept(View::PHONE_WITHOUT_SCRIPT).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ones_own_part_can_be_looked_at_again_or_given_up() {
    let mut scene = meanwhile(View::PHONE).await;
    let browser = &mut scene.browser;
    browser.click("main .acts button[value=look-again]").await;
    // The page before has the same answer, but hidden.
    let place = browser.find("main [name=place]:not([type=hidden])").await;
    assert_eq!(
        place.prop("value").await.unwrap().as_deref(),
        Some("Nhà bà ngoại")
    );
    browser.check("the form again after a conflict").await;
    // Once more somebody is quicker.
    scene
        .chair
        .command(&scene.case, &add_note("Lần nữa"))
        .await
        .of(200);
    browser.send().await;
    browser.find("main .conflict").await;
    browser.click("main .acts button[value=give-up]").await;
    browser.find(".case-next").await;
    scene.browser.close().await;
    let after = types(&scene.chair, &scene.case).await;
    assert_eq!(after, ["ReportReceived", "NoteAdded", "NoteAdded"]);
}
