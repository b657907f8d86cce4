//! How long something took, and how much of the processors' time: that of this process, and of the
//! PostgreSQL server that it started. Beside other work the clock says little, this more.

use std::fs;
use std::time::{Duration, Instant};

/// The processors' time in one unit of `/proc`, which is the same on all of Linux.
const TICK: f64 = 0.01;

/// What is measured from a moment on.
pub struct Measured {
    begun: Instant,
    folder: Option<String>,
    cpu: f64,
}

impl Measured {
    /// Begins; `url` is the address of the database.
    pub fn begin(url: &str) -> Self {
        let folder = url.split_once("?host=").map(|(_, folder)| folder.into());
        let mut measured = Self {
            begun: Instant::now(),
            folder,
            cpu: 0.0,
        };
        measured.cpu = measured.now();
        measured
    }

    /// The time that has passed, and the seconds that processors worked.
    pub fn end(&self) -> (Duration, f64) {
        (self.begun.elapsed(), self.now() - self.cpu)
    }

    fn now(&self) -> f64 {
        let server = self.folder.as_deref().and_then(server);
        let mine = process("self").map_or(0.0, |process| process.own);
        mine + server.map_or(0.0, time_of_server)
    }
}

/// The process of the server whose data lie in this folder.
fn server(folder: &str) -> Option<String> {
    let data = format!("{folder}/data");
    ids().find(|id| {
        let line = fs::read_to_string(format!("/proc/{id}/cmdline")).unwrap_or_default();
        let mut words = line.split('\0');
        words.next().is_some_and(|name| name.ends_with("/postgres"))
            && words.any(|word| word == data)
    })
}

/// A server with everything that it began: what has ended is in its own account.
fn time_of_server(id: String) -> f64 {
    let all = ids().filter_map(|id| process(&id));
    let children = all.filter(|process| process.parent == id);
    let children: f64 = children.map(|process| process.own).sum();
    process(&id).map_or(0.0, |server| server.own + server.ended) + children
}

fn ids() -> impl Iterator<Item = String> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let names = all.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()))
}

struct Process {
    parent: String,
    /// The time that it worked, and those of its children that have ended.
    own: f64,
    ended: f64,
}

fn process(id: &str) -> Option<Process> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, behind) = stat.rsplit_once(") ")?;
    let words: Vec<_> = behind.split(' ').collect();
    let ticks = |place: usize| words.get(place)?.parse::<f64>().ok();
    Some(Process {
        parent: (*words.get(1)?).to_owned(),
        own: (ticks(11)? + ticks(12)?) * TICK,
        ended: (ticks(13)? + ticks(14)?) * TICK,
    })
}
