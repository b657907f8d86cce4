//! Several processes on one database, and processes that are killed. The writing process is this
//! test program once more: it runs only `writer`, and says on its standard output what was
//! acknowledged to it.

#![expect(
    clippy::disallowed_methods,
    reason = "what stands outside the program has a clock and ids of its own"
)]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use eventstore::testing::{Cluster, SqliteFile, command, event, stream};
use eventstore::{EventStore, ExpectedVersion, Part, StreamId};
use futures::StreamExt;

/// Address, number of the first event, and events to append: those of the writing process.
const TASK: &str = "NOI_WRITER_TASK";

const WRITERS: u128 = 16;

/// The second event of a command that writes to two streams has its number and this.
const SECOND: u128 = 1 << 64;

/// What the command of that number writes: every other one into a stream that all processes share, and
/// every fifth into that and its own.
fn parts(number: u128, own: StreamId) -> Vec<Part> {
    let part = |stream, number| Part {
        stream,
        expected: ExpectedVersion::Any,
        events: vec![event(number)],
    };
    match number {
        both if is_of_both(both) => vec![part(stream(0), both), part(own, SECOND + both)],
        shared if shared % 2 == 0 => vec![part(stream(0), shared)],
        other => vec![part(own, other)],
    }
}

const fn is_of_both(number: u128) -> bool {
    number.is_multiple_of(5)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "this is what the writing process runs"]
async fn writer() {
    let task = std::env::var(TASK).unwrap();
    let [url, first, count] = task.split(' ').collect::<Vec<_>>().try_into().unwrap();
    let (first, count): (u128, u128) = (first.parse().unwrap(), count.parse().unwrap());
    let store = EventStore::connect(url).await.unwrap();
    let writers = (0..WRITERS).map(|writer| {
        let store = store.clone();
        async move {
            for number in (first + writer..first + count).step_by(WRITERS as usize) {
                let parts = parts(number, stream(first + writer));
                let appended = store.append_parts(command(number), parts).await.unwrap();
                let mut out = std::io::stdout().lock();
                writeln!(out, "\nack {number} {}", appended[0].position).unwrap();
                out.flush().unwrap();
            }
        }
    });
    futures::future::join_all(writers).await;
    store.close().await;
}

fn start_writer(url: &str, first: u128, count: u128) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writer", "--ignored", "--nocapture"])
        .env(TASK, format!("{url} {first} {count}"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The acknowledgements of a process, as they come: number of the event, position.
fn acknowledged(process: &mut Child) -> impl Iterator<Item = (u128, i64)> + use<> {
    let out = BufReader::new(process.stdout.take().unwrap());
    out.lines().map_while(Result::ok).filter_map(|line| {
        let mut words = line.strip_prefix("ack ")?.split(' ');
        // The last line of a killed process may be cut.
        Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
    })
}

async fn acknowledged_appends_survive_killed_processes(url: &str) {
    const ROUNDS: u128 = 8;
    let mut acknowledged_so_far = HashMap::new();
    for round in 0..ROUNDS {
        let mut process = start_writer(url, round * 1_000_000 + 1, 900_000);
        let mut acks = acknowledged(&mut process);
        // Sooner or later, but always in the middle of its work.
        for _ in 0..20 + 60 * round {
            let (number, position) = acks.next().expect("the process writes until it is killed");
            acknowledged_so_far.insert(number, position);
        }
        process.kill().unwrap();
        // What it could still say was acknowledged, too.
        acknowledged_so_far.extend(acks);
        process.wait().unwrap();

        let store = EventStore::connect(url).await.unwrap();
        let all = store.read_all(0, usize::MAX).await.unwrap();
        let head = store.head().await.unwrap();
        assert!(
            all.iter().map(|event| event.position).eq(1..=head),
            "positions have gaps"
        );
        for (number, position) in &acknowledged_so_far {
            let found = &all[usize::try_from(position - 1).unwrap()];
            assert_eq!(
                found.event_id,
                event(*number).event_id,
                "event {number} is lost"
            );
            assert_eq!(found.facts, event(*number).facts);
        }
        // Each event has its command, and each command its events: all of them.
        let mut by_command: HashMap<_, Vec<_>> = HashMap::new();
        for event in &all {
            let places = by_command.entry(event.command_id).or_default();
            places.push((event.stream, event.version, event.position));
        }
        for event in &all {
            let number = u128::from_be_bytes(*event.event_id.as_bytes()) & (SECOND - 1);
            let events = by_command[&command(number).id].len();
            assert_eq!(events, if is_of_both(number) { 2 } else { 1 }, "{number}");
        }
        for event in all.iter().rev().take(50) {
            let record = store.find_command(event.command_id).await.unwrap().unwrap();
            let parts = record.parts.iter();
            let told = parts.map(|part| (part.stream, part.version, part.position));
            assert!(told.eq(by_command[&event.command_id].iter().copied()));
        }
        store.close().await;
        store.database().close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_sqlite_acknowledged_survives_killed_processes() {
    let file = SqliteFile::new();
    acknowledged_appends_survive_killed_processes(&file.url()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_postgres_acknowledged_survives_killed_processes() {
    let url = Cluster::shared().fresh_database().await;
    acknowledged_appends_survive_killed_processes(&url).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subscriber_sees_every_position_once_while_two_processes_write() {
    const EACH: u128 = 800;
    let url = Cluster::shared().fresh_database().await;
    let store = EventStore::connect(&url).await.unwrap();
    let mut processes = [1, 1_000_001].map(|first| start_writer(&url, first, EACH));

    let mut events = store.subscribe(0);
    let mut seen = HashMap::new();
    // Of each five commands one has a second event.
    for position in 1..=2 * (EACH + EACH / 5) as i64 {
        let next = tokio::time::timeout(Duration::from_secs(120), events.next());
        let event = next.await.unwrap().unwrap().unwrap();
        assert_eq!(event.position, position);
        assert!(seen.insert(event.event_id, position).is_none());
    }
    for process in &mut processes {
        let acks: Vec<_> = acknowledged(process).collect();
        assert_eq!(acks.len() as u128, EACH);
        for (number, position) in acks {
            assert_eq!(seen.get(&event(number).event_id), Some(&position));
        }
        assert!(process.wait().unwrap().success());
    }
    let shared = store.load_stream(stream(0)).await.unwrap();
    // Every other command, and of the rest every fifth.
    let count = EACH + EACH / 5;
    assert!(
        shared
            .iter()
            .map(|event| event.version)
            .eq(1..=count as i64)
    );
}
