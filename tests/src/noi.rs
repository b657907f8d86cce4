//! The program itself, as people run it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use crate::api::Person;
use crate::description::Description;
use crate::path::Role;
use crate::process::{End, Process};

/// An account and its password.
#[derive(Debug, Clone)]
pub struct Account {
    /// Name to sign in with.
    pub username: String,
    /// Password.
    pub password: String,
}

/// A running server.
#[derive(Debug)]
pub struct Noi {
    process: Process,
    base: String,
    database_url: String,
    description: Arc<Description>,
}

impl Noi {
    /// Starts `noi serve` on a free port and waits until it is ready.
    ///
    /// # Panics
    /// When it does not become ready; its log is shown.
    pub async fn start(database_url: &str) -> Self {
        Self::start_with(database_url, &[]).await
    }

    /// The same with other settings, as environment.
    ///
    /// # Panics
    /// When it does not become ready; its log is shown.
    pub async fn start_with(database_url: &str, settings: &[(&str, &str)]) -> Self {
        let mut environment = vec![
            ("NOI_DATABASE_URL", database_url),
            ("NOI_LISTEN", "127.0.0.1:0"),
            ("NOI_LOG", "info"),
        ];
        environment.extend_from_slice(settings);
        let mut process = Process::start(program(), &["serve"], &environment);
        let line = process.line().await;
        let base = line.as_deref().and_then(|line| line.strip_prefix("ready "));
        let base = base.unwrap_or_else(|| panic!("not ready ({line:?}): {}", process.log()));
        let base = base.to_owned();
        let description = Arc::new(Description::of(&base).await);
        Self {
            base,
            database_url: database_url.to_owned(),
            description,
            process,
        }
    }

    /// Its address, `http://HOST:PORT`.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// What it wrote to its log.
    #[must_use]
    pub fn log(&self) -> String {
        self.process.log()
    }

    /// Kills it as `kill -9` does.
    pub async fn kill(mut self) {
        assert_eq!(self.process.end("KILL").await, End::Signal(9));
    }

    /// Asks it to stop, and says how it ended.
    pub async fn stop(mut self) -> End {
        self.process.end("TERM").await
    }

    /// Creates an account with `noi user create`, while the server runs.
    ///
    /// # Panics
    /// When that fails.
    #[must_use]
    pub fn account(&self, username: &str, role: Role, unit: &str) -> Account {
        let name = format!("Nguyễn Thị {username}");
        let arguments = [
            "user", "create", username, "--role", role.0, "--unit", unit, "--name", &name,
        ];
        let output = Command::new(program())
            .args(arguments)
            .env("NOI_DATABASE_URL", &self.database_url)
            .env("NOI_LOG", "warn")
            .output()
            .expect("noi can be started");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let words: Vec<_> = text.split_whitespace().collect();
        let [_, username, password, of_role, of_unit] = words[..] else {
            panic!("{text}{}", String::from_utf8_lossy(&output.stderr));
        };
        assert_eq!((of_role, of_unit), (role.0, unit));
        Account {
            username: username.to_owned(),
            password: password.to_owned(),
        }
    }

    /// A person who is not signed in.
    #[must_use]
    pub fn stranger(&self) -> Person {
        Person::new(self.base.clone(), Arc::clone(&self.description), None)
    }

    /// The person of that account, signed in.
    ///
    /// # Panics
    /// When they are not let in.
    pub async fn sign_in(&self, account: &Account) -> Person {
        let stranger = self.stranger();
        let answer = stranger.sign_in(&account.username, &account.password).await;
        let token = answer.of(201)["token"].as_str().map(str::to_owned);
        Person::new(self.base.clone(), Arc::clone(&self.description), token)
    }

    /// A new account, signed in.
    pub async fn person(&self, username: &str, role: Role, unit: &str) -> Person {
        let account = self.account(username, role, unit);
        self.sign_in(&account).await
    }
}

/// The program, built from the sources as they are.
///
/// # Panics
/// When it cannot be built.
#[must_use]
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        // This test is TARGET/PROFILE/deps/NAME: the program stands two folders above it.
        let test = std::env::current_exe().expect("the test knows its own path");
        let built = test.ancestors().nth(2).expect("tests stand in a folder");
        let program = built.join("noi");
        if !is_newer_than_sources(&program) {
            build(built);
        }
        program
    })
}

fn build(built: &Path) {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command
        .args([
            "build", "--quiet", "--locked", "-p", "server", "--bin", "noi",
        ])
        .env("CARGO_TARGET_DIR", built.parent().unwrap_or(built))
        .current_dir(workspace());
    if built.ends_with("release") {
        command.arg("--release");
    }
    let status = command.status().expect("cargo can be started");
    assert!(status.success(), "noi cannot be built");
}

fn workspace() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

fn is_newer_than_sources(program: &Path) -> bool {
    let Ok(built) = program.metadata().and_then(|data| data.modified()) else {
        return false;
    };
    let sources = [
        "Cargo.toml",
        "Cargo.lock",
        "domain/Cargo.toml",
        "domain/calendars",
        "domain/procedures",
        "domain/src",
        "domain/units",
        "eventstore/Cargo.toml",
        "eventstore/src",
        "migrations",
        "projections/Cargo.toml",
        "projections/src",
        "server/Cargo.toml",
        "server/askama.toml",
        "server/build.rs",
        "server/locales",
        "server/src",
        "server/static",
        "server/templates",
    ];
    let newest = sources.iter().map(|path| newest(&workspace().join(path)));
    newest.max().flatten().is_some_and(|newest| newest <= built)
}

/// When the last change in a file or folder was made.
fn newest(path: &Path) -> Option<SystemTime> {
    let own = path.metadata().and_then(|data| data.modified()).ok();
    let inside = std::fs::read_dir(path).into_iter().flatten().flatten();
    inside
        .map(|entry| newest(&entry.path()))
        .chain([own])
        .max()
        .flatten()
}
