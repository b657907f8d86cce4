//! Two servers on one database, both looking for reminders: each notice exists once, and when one of
//! them is killed the other goes on.

use std::collections::BTreeSet;

use eventstore::{EventStore, StreamId, StreamKind};
use futures::future::join_all;
use serde_json::{Value, json};
use tests::{COMMUNE, Noi, OTHER_COMMUNE, Person, Place, Role, on_both_databases, report, until};
use uuid::Uuid;

const NOTICE: StreamKind = StreamKind::new("notice");

/// Cases that are offered at once.
const CASES: usize = 8;

/// Looks for reminders every second.
const EVERY: [(&str, &str); 1] = [("NOI_NOTICES_EVERY", "1")];

/// The case that the other commune is asked to take.
async fn offer(giver: &Person) -> String {
    let case = giver.begin(&report("Trần Thị Mai")).await;
    let level = json!({ "level": "low", "note": "" });
    let assessed = json!({
        "type": "record-initial-assessment", "harm": [level, level], "protection": [level, level],
        "grave": false, "carer_is_harmer": false, "conclusion": "Kết luận",
    });
    giver.command(&case, &assessed).await.of(200);
    let offer = json!({
        "type": "transfer-case", "to_unit": OTHER_COMMUNE, "reason": "Trẻ cư trú tại đó",
    });
    giver.command(&case, &offer).await.of(200);
    case
}

/// The cases that each officer was told of as offered to them, in the order of the log.
struct Told<'a> {
    store: &'a EventStore,
    officers: Vec<Uuid>,
}

impl Told<'_> {
    async fn offers(&self) -> Vec<Vec<String>> {
        let told = self.officers.iter().map(async |officer| {
            let stream = StreamId::new(NOTICE, *officer);
            let events = self.store.load_stream(stream).await.unwrap();
            let facts = events
                .iter()
                .map(|event| event.facts.parse::<Value>().unwrap());
            let offers = facts.filter(|facts| facts["kind"] == "offered-to-you");
            let case = |facts: Value| facts["case_id"].as_str().unwrap().to_owned();
            offers.map(case).collect()
        });
        join_all(told).await
    }

    /// Waits until every officer was told of all of `cases`, and of none of them twice.
    async fn once_each(&self, cases: &BTreeSet<String>) {
        let told = until("all were told", async || {
            let told = self.offers().await;
            let all = told.iter().all(|told| told.len() >= cases.len());
            all.then_some(told)
        });
        for told in told.await {
            assert_eq!(told.len(), cases.len(), "somebody was told twice");
            assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), *cases);
        }
    }
}

/// How many notices the server says that it sent.
async fn sent_by(noi: &Noi) -> u64 {
    let text = reqwest::get(format!("{}/metrics", noi.base()));
    let text = text.await.unwrap().text().await.unwrap();
    let line = "noi_notices_sent_total{channel=\"application\"} ";
    let line = text.lines().find_map(|text| text.strip_prefix(line));
    line.unwrap().parse().unwrap()
}

async fn two_servers_remind_once_and_one_goes_on_alone(place: Place) {
    let one = Noi::start_with(&place.url(), &EVERY).await;
    let giver = one.person("lan", Role::OFFICER, COMMUNE).await;
    let mut officers = Vec::new();
    for username in ["binh", "cuc", "dung"] {
        let account = one.account(username, Role::OFFICER, OTHER_COMMUNE);
        let session = one.stranger();
        let session = session.sign_in(&account.username, &account.password).await;
        let id = session.of(201)["officer"]["id"].as_str().map(str::parse);
        officers.push(id.unwrap().unwrap());
    }
    let other = Noi::start_with(&place.url(), &EVERY).await;
    let store = EventStore::connect(&place.url()).await.unwrap();
    let told = Told {
        store: &store,
        officers,
    };
    let mut cases = BTreeSet::new();
    // Some by the one server, some by the other, while both are looking.
    for _ in 0..2 {
        let there = giver.at(&other);
        let (here, there) = tokio::join!(
            join_all((0..CASES).map(|_| offer(&giver))),
            join_all((0..CASES).map(|_| offer(&there))),
        );
        cases.extend(here.into_iter().chain(there));
        told.once_each(&cases).await;
    }
    // What was sent was counted by who sent it; twice would be one more than there are.
    let mut all = 0;
    for stream in &told.officers {
        let events = store.load_stream(StreamId::new(NOTICE, *stream)).await;
        all += events.unwrap().len() as u64;
    }
    let sent = async || sent_by(&one).await + sent_by(&other).await;
    until("both have counted", async || {
        (sent().await >= all).then_some(())
    })
    .await;

    let there = giver.at(&other);
    one.kill().await;
    cases.insert(offer(&there).await);
    told.once_each(&cases).await;
    // And the other way round.
    let one = Noi::start_with(&place.url(), &EVERY).await;
    other.kill().await;
    cases.insert(offer(&giver.at(&one)).await);
    told.once_each(&cases).await;
    until("it has counted", async || {
        (sent_by(&one).await > 0).then_some(())
    })
    .await;
    assert_eq!(one.stop().await, tests::End::Code(0));
    store.close().await;
}

on_both_databases!(two_servers_remind_once_and_one_goes_on_alone);
