//! The database is gone or locked: the caller is told, nothing that was acknowledged is lost, and
//! the server recovers by itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use eventstore::testing::{Cluster, Durability};
use serde_json::{Value, json};
use sqlx::{Connection, Executor, SqliteConnection};
use tests::{COMMUNE, Noi, Person, Place, Role, add_note, command_id, report, until};

fn command(text: &str) -> Value {
    json!({ "command_id": command_id(), "command": add_note(text) })
}

/// Sends a command until it is certain, as a caller has to, and counts the times it was not.
async fn send_until_certain(
    person: &Person,
    path: &str,
    body: &Value,
    not_ready: &AtomicUsize,
) -> Value {
    loop {
        let answer = person.post(path, body).await;
        if answer.status != 503 {
            return answer.of(200);
        }
        assert!(answer.headers.contains_key("retry-after"));
        answer.refused(503, "not-ready");
        not_ready.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Writes until told to stop, each writer to a case of its own; returns how many notes each wrote.
fn write(
    person: &Person,
    cases: &[String],
    stop: &Arc<AtomicBool>,
    not_ready: &Arc<AtomicUsize>,
) -> Vec<tokio::task::JoinHandle<usize>> {
    let writer = |case: &String| {
        let path = format!("/api/v1/cases/{case}/commands");
        let (person, stop, not_ready) = (person.clone(), Arc::clone(stop), Arc::clone(not_ready));
        tokio::spawn(async move {
            let mut written = 0;
            while !stop.load(Ordering::Relaxed) {
                written += 1;
                let body = command(&format!("Ghi chú {written}"));
                let sent = send_until_certain(&person, &path, &body, &not_ready).await;
                assert_eq!(sent["version"], written + 1);
            }
            written
        })
    };
    cases.iter().map(writer).collect()
}

async fn all_is_there(person: &Person, cases: &[String], written: &[usize]) {
    for (case, written) in cases.iter().zip(written) {
        let events = person.case(case, "/events").await.of(200);
        let texts: Vec<_> = events["items"].as_array().unwrap()[1..]
            .iter()
            .map(|event| event["personal"]["text"].as_str().unwrap().to_owned())
            .collect();
        let expected: Vec<_> = (1..=*written)
            .map(|note| format!("Ghi chú {note}"))
            .collect();
        assert_eq!(texts, expected);
    }
    until("the lists show all", async || {
        let list = person.get("/api/v1/cases").await.of(200);
        let shown = cases.iter().zip(written).all(|(case, written)| {
            let rows = list["items"].as_array().unwrap().iter();
            rows.clone()
                .any(|row| row["case_id"] == *case && row["version"] == written + 1)
        });
        shown.then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_goes_and_comes_back() {
    let cluster = Cluster::start(Durability::Process).unwrap();
    let noi = Noi::start(&cluster.fresh_database().await).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let account = noi.account("hoa", Role::OFFICER, COMMUNE);
    let mut cases = Vec::new();
    for number in 0..4 {
        cases.push(officer.begin(&report(&format!("Trần Văn {number}"))).await);
    }
    let (stop, not_ready) = (Arc::default(), Arc::default());
    let writers = write(&officer, &cases, &stop, &not_ready);

    for _ in 0..2 {
        until("there is some load", async || {
            let head = officer.get("/api/v1/events?limit=1").await;
            (head.status == 200 && head.body["head"].as_u64() > Some(20)).then_some(())
        })
        .await;
        cluster.stop_server();

        // Every route that needs the database says so; the process lives.
        let stranger = noi.stranger();
        let live = stranger
            .request("GET", "/health/live")
            .send()
            .await
            .unwrap();
        assert_eq!(live.status(), 200);
        let ready = stranger
            .request("GET", "/health/ready")
            .send()
            .await
            .unwrap();
        assert_eq!(ready.status(), 503);
        let case = &cases[0];
        let gets =
            ["", "/events", "/obligations"].map(|part| format!("/api/v1/cases/{case}{part}"));
        let lists = ["/api/v1/cases", "/api/v1/worklist", "/api/v1/events"].map(str::to_owned);
        let asked = gets.iter().chain(&lists).map(|path| officer.get(path));
        for answer in futures::future::join_all(asked).await {
            answer.refused(503, "not-ready");
        }
        let minh = report("Lê Văn Minh");
        let begin = officer.open(command_id(), &minh);
        let sign_in = stranger.sign_in(&account.username, &account.password);
        let sign_out = officer.send(officer.request("DELETE", "/api/v1/sessions/current"));
        let (begin, sign_in, sign_out) = tokio::join!(begin, sign_in, sign_out);
        for answer in [begin, sign_in, sign_out] {
            answer.refused(503, "not-ready");
        }
        until("each writer was told", async || {
            (not_ready.load(Ordering::Relaxed) >= cases.len()).then_some(())
        })
        .await;

        cluster.start_server();
        until("the server is ready again", async || {
            let ready = stranger
                .request("GET", "/health/ready")
                .send()
                .await
                .unwrap();
            (ready.status() == 200).then_some(())
        })
        .await;
        not_ready.store(0, Ordering::Relaxed);
    }
    stop.store(true, Ordering::Relaxed);
    let mut written = Vec::new();
    for writer in writers {
        written.push(writer.await.unwrap());
    }
    all_is_there(&officer, &cases, &written).await;
    noi.sign_in(&account).await;
    let feed = officer.get("/api/v1/events?limit=1000").await.of(200);
    let happened = cases.len() + written.iter().sum::<usize>();
    assert_eq!(feed["items"].as_array().map(Vec::len), Some(happened));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_is_locked_and_let_go() {
    let place = Place::sqlite();
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    let case = officer.begin(&report("Trần Thị Mai")).await;
    let before = officer.case(&case, "").await.of(200);

    // Another program holds the only place of a writer.
    let mut holder = SqliteConnection::connect(&place.url()).await.unwrap();
    holder.execute("BEGIN EXCLUSIVE").await.unwrap();
    let path = format!("/api/v1/cases/{case}/commands");
    let (note, mai) = (command("Ghi chú"), report("Lê Văn Minh"));
    let (id, stranger) = (command_id(), noi.stranger());
    let (noted, begun, signed_in) = tokio::join!(
        officer.post(&path, &note),
        officer.open(id, &mai),
        stranger.sign_in("lan", "sai"),
    );
    for answer in [noted, begun, signed_in] {
        answer.refused(503, "not-ready");
    }
    // Reading goes on.
    assert_eq!(officer.case(&case, "").await.of(200), before);
    assert_eq!(officer.get("/api/v1/cases").await.of(200)["total"], 1);
    holder.execute("ROLLBACK").await.unwrap();

    // The same commands again: carried out once, whatever became of them before.
    let not_ready = AtomicUsize::new(0);
    let noted = send_until_certain(&officer, &path, &note, &not_ready).await;
    assert_eq!(noted["version"], 2);
    officer.open(id, &mai).await.of(201);
    let feed = officer.get("/api/v1/events").await.of(200);
    assert_eq!(feed["items"].as_array().map(Vec::len), Some(3));
    stranger
        .sign_in("lan", "sai")
        .await
        .refused(401, "wrong-credentials");
    until("the list shows both", async || {
        let list = officer.get("/api/v1/cases").await.of(200);
        (list["total"] == 2).then_some(())
    })
    .await;
}
