//! The command line. One subcommand is one file; it answers with an exit code.
//!
//! Exit codes: 0 done, 1 failed, 2 wrong use or a bad setting.

mod demo;
mod rebuild;
mod serve;
mod simulate;
mod succession;
mod user;
mod verify;

use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::causes::chain;
use crate::settings::{self, Given, Settings, SettingsError};

/// Keeps the protection case of every child as a log of immutable events.
#[derive(Debug, Parser)]
#[command(
    name = "noi",
    version,
    propagate_version = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(flatten)]
    given: Given,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages and the API until SIGTERM or SIGINT
    Serve,
    /// Serve invented cases from a temporary database, with accounts to try everything
    Demo(demo::Arguments),
    /// Play a scenario through the procedure and print what comes of it as JSON
    Simulate {
        /// The scenario, a JSON file
        file: PathBuf,
    },
    /// Check the whole log, and that the read models equal a fresh fold
    Verify,
    /// Build read models anew beside the live ones and swap them in
    Rebuild {
        /// Which one; all, if left out
        projection: Option<String>,
    },
    /// When units have ended: which open cases pass to which unit, and passing them on
    #[command(subcommand)]
    Succession(succession::Command),
    /// Create, close, reset, move and list accounts; name deputies
    #[command(subcommand)]
    User(user::Command),
}

/// Why a command ended badly.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// It was used wrongly: exit code 2.
    #[error("{0}")]
    Usage(String),
    /// A setting is bad: exit code 2.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The database cannot be opened or brought up to date.
    #[error(transparent)]
    Connect(#[from] eventstore::ConnectError),
    /// Accounts or sessions.
    #[error(transparent)]
    Access(#[from] crate::access::AccessError),
    /// Demonstration data.
    #[error(transparent)]
    Demonstration(#[from] crate::demonstration::DemonstrationError),
    /// A scenario or procedure file is wrong.
    #[error("{}: {what}", file.display())]
    Scenario {
        /// Which file.
        file: PathBuf,
        /// What is wrong in it, and where.
        what: String,
    },
    /// Something in the data is wrong.
    #[error("{0}")]
    Wrong(String),
    /// Something did not work.
    #[error(transparent)]
    Failed(Box<dyn std::error::Error + Send + Sync>),
    /// Reading, writing, listening.
    #[error("{doing}")]
    Io {
        /// What was being done.
        doing: String,
        /// Why it failed.
        #[source]
        source: std::io::Error,
    },
}

impl CommandError {
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) | Self::Settings(_) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // --help and --version are answers, not errors.
            let code = if error.use_stderr() {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
            let _ = error.print();
            return code;
        }
    };
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(format_args!("noi: {}", chain(&error)));
            error.exit_code()
        }
    }
}

fn run(cli: Cli) -> Result<(), CommandError> {
    if let Command::Simulate { file } = &cli.command {
        let units = settings::units_file(&cli.given, Path::new("."))?;
        return simulate::run(file, &settings::register(units.as_deref())?);
    }
    let database_named = cli.given.database_url.is_some();
    let settings = Settings::resolve(cli.given, Path::new("."))?;
    log_to_stderr(&settings);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|source| CommandError::Io {
            doing: "the runtime cannot start".into(),
            source,
        })?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve => serve::run(settings).await,
            Command::Demo(arguments) => demo::run(settings, arguments, database_named).await,
            Command::Simulate { file } => simulate::run(&file, &settings.register()?),
            Command::Verify => verify::run(settings).await,
            Command::Rebuild { projection } => rebuild::run(settings, projection).await,
            Command::Succession(command) => succession::run(settings, command).await,
            Command::User(command) => user::run(settings, command).await,
        }
    })
}

/// Says one line of the command's answer. Nobody has to hear it out, as in `noi simulate FILE | head`.
fn say(line: impl Display) -> Result<(), CommandError> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{line}").and_then(|()| out.flush()) {
        Err(source) if source.kind() != ErrorKind::BrokenPipe => Err(CommandError::Io {
            doing: "cannot write the answer".into(),
            source,
        }),
        _ => Ok(()),
    }
}

/// Says one line beside the answer, on standard error. Nobody may listen there, or the disk behind it
/// may be full: what was done stays done, and the exit code says how it ended.
fn complain(line: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Log lines go to standard error; standard output belongs to the command's own answer.
fn log_to_stderr(settings: &Settings) {
    let filter = tracing_subscriber::EnvFilter::new(&settings.log);
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        // It would complain of a closed standard error on standard error, and panic.
        .log_internal_errors(false)
        .try_init();
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn flags_may_stand_before_or_after_the_command() {
        for line in [
            ["noi", "--listen", "127.0.0.1:1", "serve"],
            ["noi", "serve", "--listen", "127.0.0.1:1"],
        ] {
            let cli = Cli::try_parse_from(line).unwrap();
            assert_eq!(cli.given.listen.as_deref(), Some("127.0.0.1:1"));
        }
    }
}
