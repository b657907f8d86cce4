//! Long texts without a space wrap everywhere, on screen and on paper.

use serde_json::{Value, json};
use tests::{COMMUNE, Noi, Person, Place, Role, add_note, instant, report};

use crate::chrome::{Browser, View};

const PARTS: [&str; 7] = [
    "",
    "?tab=plan",
    "?tab=people",
    "?tab=documents",
    "?tab=timeline&all=yes",
    "/responsibility",
    "/acts/adjust-plan",
];

fn long(letters: usize) -> String {
    "nghiêngngả".chars().cycle().take(letters).collect()
}

/// A case in which every text is as long as it may be, without a space.
async fn case(officer: &Person, chair: &Person) -> String {
    let (line, prose) = (long(190), long(1500));
    let mut told = report(&line);
    told["incident"]["description"] = prose.clone().into();
    told["incident"]["place"] = line.clone().into();
    told["condition"] = prose.clone().into();
    told["suspected_harmer"] = json!({ "relation": "other", "name": line, "note": prose });
    told["informant"] = json!({ "name": line, "note": prose, "consent": true });
    let case = officer.begin(&told).await;
    let level = |level: &str| json!({ "level": level, "note": line });
    let assessed = json!({
        "type": "record-initial-assessment",
        "harm": [level("low"), level("low")], "protection": [level("high"), level("high")],
        "grave": false, "carer_is_harmer": false, "conclusion": prose, "safe_place": prose,
    });
    let five = |named: &str| vec![level(named); 5];
    let in_detail = json!({
        "type": "record-detailed-assessment", "conclusion": prose,
        "content": {
            "a": prose, "b": prose, "c": prose, "d": prose, "e": prose, "f": prose, "g": prose,
            "h": prose,
        },
        "harm": five("low"), "protection": five("high"), "child_views": prose, "carer_views": prose,
    });
    let meeting = json!({
        "type": "hold-case-meeting", "participants": [line, line], "measures": ["49.b"],
        "minutes": prose,
    });
    let today = &instant()[..10];
    let item = |id: &str| {
        json!({
            "id": id, "service": line, "responsible": line, "provider": line, "start": today,
            "end": today, "cost": 999_999_999_999_u64,
        })
    };
    let plan = json!({
        "type": "submit-plan", "goals": prose, "items": [item("p1"), item("p2")],
    });
    let approved = json!({ "type": "approve-plan", "decision_number": long(80) });
    let referral = json!({
        "type": "refer", "referral_id": "g1", "reason": prose,
        "to_agency": { "kind": "health", "name": line, "unit": COMMUNE },
    });
    let document = json!({
        "type": "attach-document", "name": line, "media_type": "application/pdf", "size": 12,
        "sha256": "0".repeat(64),
    });
    for (by_chair, command) in [
        (false, assessed),
        (false, in_detail),
        (true, meeting),
        (false, plan),
        (true, approved),
        (false, referral),
        (false, document),
        (false, add_note(&prose)),
    ] {
        let person = if by_chair { chair } else { officer };
        person.command(&case, &command).await.of(200);
    }
    case
}

/// What reaches over the right edge of the page, unless only screen readers meet it. The bar of a case is
/// one line on screen: there the name is cut with dots, and stands whole below.
const TOO_WIDE: &str = "
    const width = document.documentElement.clientWidth;
    const bar = matchMedia('print').matches ? '' : ', .identity';
    const hidden = (element) =>
        element.closest('.sr, .skip, .first-button, .print-only, svg' + bar);
    return [...document.querySelectorAll('body *')]
        .filter((element) => !hidden(element) && element.getClientRects().length > 0)
        .filter((element) => element.getBoundingClientRect().right > width + 1)
        .map((element) => element.outerHTML.slice(0, 160));";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_texts_wrap_on_screen_and_on_paper() {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let account = noi.account("lan", Role::OFFICER, COMMUNE);
    let officer = noi.sign_in(&account).await;
    let chair_account = noi.account("chinh", Role::CHAIR, COMMUNE);
    let chair = noi.sign_in(&chair_account).await;
    let case = case(&officer, &chair).await;
    let mut found = Vec::new();
    for (view, paper) in [
        (View::PHONE, false),
        (View::DESK, false),
        (View::DESK, true),
    ] {
        let mut browser = Browser::open(&noi, view).await;
        browser.sign_in(&chair_account).await;
        if paper {
            browser.on_paper().await;
        }
        let parts = PARTS.map(|part| format!("/cases/{case}{part}"));
        let lists = ["/worklist?whose=unit", "/cases", "/notices"].map(str::to_owned);
        for page in parts.iter().chain(&lists) {
            browser.goto(page).await;
            browser.find("main").await;
            let unfold = "document.querySelectorAll('main details').forEach((d) => d.open = true)";
            browser.ask(unfold).await;
            let Value::Array(wide) = browser.ask(TOO_WIDE).await else {
                panic!("{page}");
            };
            let shown = page.replace(&case, "ID");
            found.extend(
                wide.into_iter()
                    .map(|html| format!("{shown} at {} ({paper}): {html}", view.width)),
            );
            if !paper {
                browser.check(&format!("{shown}, long")).await;
            }
        }
        browser.close().await;
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
