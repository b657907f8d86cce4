//! `noi serve`, `noi rebuild`, `noi verify` and a second `noi serve` started at the same moment, again and
//! again: on a database that nobody has seen yet, and on one with cases and read models. All of them do
//! what they were started for.

use tests::{COMMUNE, End, Noi, Place, Process, Role, on_both_databases, program, report};

/// On each database: half of them on an empty one.
const ROUNDS: usize = 50;

/// A program and what it says when it has done what it was started for.
const TOGETHER: [(&str, &str); 4] = [
    ("serve", "ready http://"),
    (
        "rebuild",
        "rebuilt: case_status, worklist, audit_trail, register, reading, notice",
    ),
    ("verify", "posts: "),
    ("serve", "ready http://"),
];

fn start(command: &str, url: &str) -> Process {
    let environment = [
        ("NOI_DATABASE_URL", url),
        ("NOI_LISTEN", "127.0.0.1:0"),
        ("NOI_LOG", "info"),
    ];
    Process::start(program(), &[command], &environment)
}

/// Reads on until it says that it is done.
async fn done(process: &mut Process, what: &str) {
    loop {
        let Some(line) = process.line().await else {
            panic!("it ended without {what:?}: {}", process.log());
        };
        if line.starts_with(what) {
            return;
        }
    }
}

async fn begin_together(url: &str, round: usize) {
    let mut programs = TOGETHER;
    // Nobody is always the first.
    programs.rotate_left(round % TOGETHER.len());
    let mut processes: Vec<Process> = programs.iter().map(|(name, _)| start(name, url)).collect();
    for (process, (name, what)) in processes.iter_mut().zip(programs) {
        done(process, what).await;
        // Commands end by themselves: to go on is all they are told.
        let signal = if name == "serve" { "TERM" } else { "CONT" };
        assert_eq!(process.end(signal).await, End::Code(0), "{name}");
        let log = process.log();
        let complaint = log.lines().find(|line| line.contains("ERROR"));
        assert_eq!(complaint, None, "{name}, round {round}");
    }
    // Whatever each of them did: the rows are those that follow from the log.
    let mut last = start("verify", url);
    done(&mut last, "posts: ").await;
    assert_eq!(last.end("CONT").await, End::Code(0));
}

/// A database with a few cases.
async fn filled(place: &Place) {
    let noi = Noi::start(&place.url()).await;
    let officer = noi.person("lan", Role::OFFICER, COMMUNE).await;
    for name in ["Trần Thị Mai", "Lê Văn Nam", "Hồ Thị Yến"] {
        officer.begin(&report(name)).await;
    }
    assert_eq!(noi.stop().await, End::Code(0));
}

async fn programs_that_are_started_together_all_do_their_work(place: Place) {
    filled(&place).await;
    for round in 0..ROUNDS {
        if round % 2 == 0 {
            let empty = place.another().await;
            begin_together(&empty.url(), round / 2).await;
        } else {
            begin_together(&place.url(), round / 2).await;
        }
    }
}

on_both_databases!(programs_that_are_started_together_all_do_their_work);
