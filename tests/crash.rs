//! The server killed with SIGKILL in mid-load, again and again: everything that was acknowledged is
//! there afterwards, once.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::{Value, json};
use tests::{Noi, Person, Place, Role, add_note, command_id, on_both_databases, report, until};

const ROUNDS: usize = 5;
const WRITERS: usize = 8;
/// So many acknowledged commands before the server is killed; the others are under way then.
const ACKNOWLEDGED: usize = 48;
/// Each writer adds so many notes to a case before it begins another.
const NOTES: usize = 5;

/// A command that was sent, and what was answered, if there was an answer.
#[derive(Debug, Clone)]
struct Sent {
    path: String,
    body: Value,
    answer: Option<Value>,
}

impl Sent {
    fn new(path: &str, command: &Value) -> Self {
        Self {
            path: path.to_owned(),
            body: json!({ "command_id": command_id(), "command": command }),
            answer: None,
        }
    }

    /// Sends the command; false when the server is gone.
    async fn send(&mut self, person: &Person) -> bool {
        let request = person.request("POST", &self.path).json(&self.body);
        let Ok(answer) = person.try_send(request).await else {
            return false;
        };
        let status = if self.path.ends_with("/cases") {
            201
        } else {
            200
        };
        self.answer = Some(answer.of(status));
        true
    }

    fn case(&self) -> Option<String> {
        let begun = || self.answer.as_ref()?["case_id"].as_str();
        let path = || self.path.strip_suffix("/commands")?.rsplit('/').next();
        path().or_else(begun).map(str::to_owned)
    }
}

/// Begins cases and adds notes to them until the server is gone, and returns all that was sent.
async fn write(person: Person, writer: usize, acknowledged: Arc<AtomicUsize>) -> Vec<Sent> {
    let mut all = Vec::new();
    for number in 0.. {
        let child = report(&format!("Trần Văn {writer} {number}"));
        let mut next = Sent::new("/api/v1/cases", &child);
        for note in 0..=NOTES {
            let there = next.send(&person).await;
            let case = next.case();
            all.push(next);
            if !there {
                return all;
            }
            acknowledged.fetch_add(1, Ordering::Relaxed);
            let path = format!("/api/v1/cases/{}/commands", case.unwrap_or_default());
            next = Sent::new(&path, &add_note(&format!("Ghi chú {note}")));
        }
    }
    all
}

/// One round: load, kill, start again. Adds what was sent to `sent`.
async fn round(noi: Noi, officer: &Person, sent: &mut Vec<Sent>, place: &Place) -> Noi {
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let at = officer.at(&noi);
    let writers = (0..WRITERS).map(|writer| {
        let work = write(at.clone(), writer, Arc::clone(&acknowledged));
        tokio::spawn(work)
    });
    let writers: Vec<_> = writers.collect();
    until("enough was acknowledged", async || {
        let failed = writers.iter().any(tokio::task::JoinHandle::is_finished);
        (failed || acknowledged.load(Ordering::Relaxed) >= ACKNOWLEDGED).then_some(())
    })
    .await;
    noi.kill().await;
    for writer in writers {
        sent.extend(writer.await.unwrap());
    }
    Noi::start(&place.url()).await
}

/// What every list and every case says, against what was answered.
async fn compare(officer: &Person, sent: &[Sent]) {
    let mut feed: Vec<Value> = Vec::new();
    loop {
        let after = feed.len();
        let path = format!("/api/v1/events?after={after}&limit=1000");
        let page = officer.get(&path).await.of(200);
        let new = page["items"].as_array().unwrap();
        feed.extend(new.iter().cloned());
        if new.is_empty() {
            assert_eq!(page["head"], feed.len());
            break;
        }
    }
    let positions: Vec<_> = feed
        .iter()
        .map(|event| event["position"].as_u64())
        .collect();
    let expected: Vec<_> = (1..=feed.len() as u64).map(Some).collect();
    assert_eq!(positions, expected, "positions without a gap");

    let mut by_case: HashMap<&str, Vec<&Value>> = HashMap::new();
    for event in &feed {
        let case = event["case_id"].as_str().unwrap();
        by_case.entry(case).or_default().push(event);
    }
    for sent in sent {
        let Some(answer) = &sent.answer else { continue };
        let case = sent.case().unwrap();
        let events = &by_case[case.as_str()];
        let event = events
            .iter()
            .find(|event| event["position"] == answer["position"])
            .unwrap_or_else(|| panic!("{sent:?} was lost"));
        assert_eq!(event["version"], answer["version"]);
        assert_eq!(json!([event["type"]]), answer["events"]);
        if let Some(text) = sent.body["command"].get("text") {
            assert_eq!(&event["personal"]["text"], text);
        }
    }

    let listed = officer.all("/api/v1/cases", 100).await;
    assert_eq!(listed.len(), by_case.len(), "each case is listed");
    for row in &listed {
        let events = &by_case[row["case_id"].as_str().unwrap()];
        assert_eq!(row["version"], events.len());
        let versions: Vec<_> = events
            .iter()
            .map(|event| event["version"].as_u64())
            .collect();
        let expected: Vec<_> = (1..=events.len() as u64).map(Some).collect();
        assert_eq!(versions, expected, "versions without a gap");
    }
    let work = officer.all("/api/v1/worklist", 200).await;
    for case in by_case.keys() {
        let theirs = work.iter().filter(|item| item["case_id"] == *case).count();
        assert!(theirs > 0, "no work for {case}");
    }
}

async fn what_was_acknowledged_survives_kill_9(place: Place) {
    let mut noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, tests::COMMUNE).await;
    let mut sent = Vec::new();
    for _ in 0..ROUNDS {
        noi = round(noi, &officer, &mut sent, &place).await;
        let officer = officer.at(&noi);
        // What was under way is made certain by sending it again; what was certain stays as it was.
        let resend = sent.iter_mut().map(async |sent| {
            let before = sent.answer.take();
            assert!(sent.send(&officer).await, "{sent:?} cannot be sent again");
            if before.is_some() {
                assert_eq!(sent.answer, before, "the first result");
            }
        });
        futures::future::join_all(resend).await;
        compare(&officer, &sent).await;
    }
    assert!(sent.len() >= ROUNDS * ACKNOWLEDGED);
    let events = sent.len();
    let head = officer.at(&noi).get("/api/v1/events?limit=1").await.of(200);
    assert_eq!(head["head"], events, "each command gave one event, once");
}

/// Asked to stop, the server finishes what it has accepted.
async fn what_was_accepted_is_answered_before_the_end(place: Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, tests::COMMUNE).await;
    let case = officer.begin(&report("Lê Văn Minh")).await;
    let path = format!("/api/v1/cases/{case}/commands");
    let stopping = Arc::new(AtomicBool::new(false));
    let writers = (0..WRITERS).map(|_| {
        let (officer, path, stopping) = (officer.clone(), path.clone(), Arc::clone(&stopping));
        tokio::spawn(async move {
            let mut answered = 0;
            loop {
                let body = json!({ "command_id": command_id(), "command": add_note("Ghi chú") });
                let request = officer.request("POST", &path).json(&body);
                match officer.try_send(request).await {
                    Ok(answer) if answer.status == 200 => answered += 1,
                    // Two who write at once: one is told so.
                    Ok(answer) => drop(answer.refused(409, "version-conflict")),
                    Err(error) => {
                        assert!(stopping.load(Ordering::Relaxed), "{error}");
                        return answered;
                    }
                }
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    until("there is some load", async || {
        let state = officer.case(&case, "").await.of(200);
        (state["version"].as_i64() > Some(20)).then_some(())
    })
    .await;
    stopping.store(true, Ordering::Relaxed);
    assert_eq!(noi.stop().await, tests::End::Code(0));
    let mut answered = 0;
    for writer in writers {
        answered += writer.await.unwrap();
    }
    let noi = Noi::start(&place.url()).await;
    let events = officer.at(&noi).case(&case, "/events").await.of(200);
    assert_eq!(events["total"], 1 + answered);
}

on_both_databases!(
    what_was_acknowledged_survives_kill_9,
    what_was_accepted_is_answered_before_the_end,
);
