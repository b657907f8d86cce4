//! The feed: by page, and live with a resumption behind the last event seen.

use reqwest::Response;
use serde_json::{Value, json};
use tests::{
    COMMUNE, Noi, OTHER_COMMUNE, Person, Place, Role, add_note, on_both_databases, report,
};

/// A live feed.
struct Live {
    response: Response,
    text: String,
}

impl Live {
    async fn open(person: &Person, path: &str, last: Option<u64>) -> Self {
        let mut request = person
            .request("GET", path)
            .header("accept", "text/event-stream");
        if let Some(last) = last {
            request = request.header("last-event-id", last.to_string());
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self {
            response,
            text: String::new(),
        }
    }

    /// The next message: its id, its type and its data. None when the stream has ended.
    async fn next(&mut self) -> Option<(u64, String, Value)> {
        loop {
            if let Some((message, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    let start = format!("{name}: ");
                    message.lines().find_map(|line| line.strip_prefix(&start))
                };
                let found = field("data").map(|data| {
                    let id = field("id").unwrap().parse().unwrap();
                    let kind = field("event").unwrap().to_owned();
                    (id, kind, serde_json::from_str(data).unwrap())
                });
                self.text = rest.to_owned();
                if found.is_some() {
                    return found;
                }
                continue;
            }
            let chunk = self.response.chunk().await.ok()??;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

async fn pages_follow_each_other_without_gap(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let case = officer.begin(&report("Trần Thị Mai")).await;
    for note in 2..=7 {
        officer
            .command(&case, &add_note(&note.to_string()))
            .await
            .of(200);
    }
    let mut after = 0;
    let mut seen = Vec::new();
    loop {
        let page = officer
            .get(&format!("/api/v1/events?after={after}&limit=3"))
            .await
            .of(200);
        assert_eq!(page["head"], 7);
        let items = page["items"].as_array().unwrap();
        seen.extend(
            items
                .iter()
                .map(|event| event["position"].as_u64().unwrap()),
        );
        if items.is_empty() {
            break;
        }
        after = page["next"].as_u64().unwrap();
    }
    assert_eq!(seen, [1, 2, 3, 4, 5, 6, 7]);
    // The feed shows an event as the case does.
    let own = officer.case(&case, "/events").await.of(200);
    let feed = officer.get("/api/v1/events?after=6").await.of(200);
    let mut last = own["items"][6].clone();
    last["case_id"] = json!(case);
    assert_eq!(feed["items"][0], last);
}

async fn who_signs_out_hears_no_more(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let colleague = noi.person("hoa", Role::OFFICER, COMMUNE).await;
    let case = officer.begin(&report("Trần Thị Mai")).await;
    let mut live = Live::open(&officer, "/api/v1/events", None).await;
    assert_eq!(live.next().await.unwrap().0, 1);

    let sign_out = officer.request("DELETE", "/api/v1/sessions/current");
    officer.send(sign_out).await.of(204);
    colleague.command(&case, &add_note("Hai")).await.of(200);
    assert_eq!(live.next().await, None);
}

async fn a_live_feed_goes_on_where_it_was_left(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let other = noi.person("hoa", Role::OFFICER, OTHER_COMMUNE).await;
    let case = officer.begin(&report("Trần Thị Mai")).await;

    let mut live = Live::open(&officer, "/api/v1/events", None).await;
    let (id, kind, event) = live.next().await.unwrap();
    assert_eq!((id, kind.as_str()), (1, "ReportReceived"));
    assert_eq!(
        (&event["position"], &event["case_id"]),
        (&json!(1), &json!(case))
    );
    // What comes while it is open, comes.
    officer.command(&case, &add_note("Hai")).await.of(200);
    let (id, kind, event) = live.next().await.unwrap();
    assert_eq!((id, kind.as_str()), (2, "NoteAdded"));
    assert_eq!(event["personal"]["text"], "Hai");
    drop(live);

    // What comes while nobody listens, is caught up, and then it is live again.
    officer.command(&case, &add_note("Ba")).await.of(200);
    let mut theirs = report("Lê Văn Minh");
    theirs["incident"]["unit"] = OTHER_COMMUNE.into();
    theirs["child"]["residence_unit"] = OTHER_COMMUNE.into();
    theirs["place_of_receipt"]["unit"] = OTHER_COMMUNE.into();
    other.begin(&theirs).await;
    let mut live = Live::open(&officer, "/api/v1/events", Some(2)).await;
    assert_eq!(live.next().await.unwrap().0, 3);
    officer.command(&case, &add_note("Năm")).await.of(200);
    let (id, _, event) = live.next().await.unwrap();
    assert_eq!(id, 5, "position 4 is another commune's");
    assert_eq!(event["personal"]["text"], "Năm");
    let mut behind = Live::open(&officer, "/api/v1/events?after=4", None).await;
    assert_eq!(behind.next().await.unwrap().0, 5);

    // A server that stops ends the stream; another one goes on with it.
    assert_eq!(noi.stop().await, tests::End::Code(0));
    assert_eq!(live.next().await.map(|message| message.0), None);
    let noi = Noi::start(&place.url()).await;
    let officer = officer.at(&noi);
    let mut live = Live::open(&officer, "/api/v1/events", Some(5)).await;
    officer.command(&case, &add_note("Sáu")).await.of(200);
    assert_eq!(live.next().await.unwrap().0, 6);
}

on_both_databases!(
    pages_follow_each_other_without_gap,
    who_signs_out_hears_no_more,
    a_live_feed_goes_on_where_it_was_left,
);
