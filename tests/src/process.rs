//! Processes that end with the test that started them, however that ends.

use std::fs::File;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::unix::pipe::Receiver;

/// Starts the program, sends it each signal that it reads, and kills it when its standard input is
/// closed. The system closes that with the process that asked, so nothing is left behind by a test
/// that panics or is killed. What the program started itself, as a driver does its browser, is in
/// the keeper's group and ends with it. The keeper gives away its own standard output, so that this
/// ends with the program.
const KEEPER: &str = r#"
"$@" </dev/null &
program=$!
exec >&-
while read -r signal; do kill -s "$signal" "$program" 2>/dev/null; done
kill -s KILL "$program" 2>/dev/null
wait "$program"
ended=$?
trap '' TERM
kill -s TERM 0
exit "$ended"
"#;

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By itself, with this exit code.
    Code(i32),
    /// By a signal.
    Signal(i32),
}

/// A running program.
#[derive(Debug)]
pub struct Process {
    keeper: Child,
    orders: Option<ChildStdin>,
    output: BufReader<Receiver>,
    folder: TempDir,
}

impl Process {
    /// Starts `program` with `arguments` and `environment`; its standard error goes to a file.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn start(program: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let log = File::create(folder.path().join("log")).expect("a file can be made");
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .arg(program)
            .args(arguments)
            .envs(environment.iter().copied())
            .current_dir(folder.path())
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("a shell can be started");
        let orders = keeper.stdin.take();
        let output = keeper.stdout.take().expect("standard output is piped");
        let output = Receiver::from_owned_fd(output.into()).expect("standard output is a pipe");
        Self {
            keeper,
            orders,
            output: BufReader::new(output),
            folder,
        }
    }

    /// The next line of its standard output; none when it has ended.
    ///
    /// # Panics
    /// When the output is not text.
    pub async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.output.read_line(&mut line).await;
        let read = read.expect("the output is text");
        (read > 0).then(|| line.trim_end().to_owned())
    }

    /// What it wrote to standard error.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// The folder that it works in.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Sends it a signal, for example `TERM`.
    ///
    /// # Panics
    /// When its keeper is gone.
    pub fn signal(&mut self, name: &str) {
        let orders = self.orders.as_mut().expect("the keeper is there");
        writeln!(orders, "{name}").expect("the keeper reads");
    }

    /// Sends it a signal and waits until it has ended.
    ///
    /// # Panics
    /// When its output cannot be read.
    pub async fn end(&mut self, signal: &str) -> End {
        self.signal(signal);
        let mut rest = Vec::new();
        let rest = self.output.read_to_end(&mut rest).await;
        rest.expect("the output can be read");
        self.orders = None;
        let status = self.keeper.wait().expect("the keeper ends");
        match status.code() {
            // The shell says 128 and the signal.
            Some(code) if code > 128 => End::Signal(code - 128),
            Some(code) => End::Code(code),
            None => panic!("the keeper was killed"),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.orders = None;
        let _ = self.keeper.wait();
        if std::thread::panicking() {
            let log = self.log();
            let lines: Vec<_> = log.lines().collect();
            let last = &lines[lines.len().saturating_sub(30)..];
            eprintln!("last lines of its log:\n{}", last.join("\n"));
        }
    }
}
