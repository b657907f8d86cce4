//! Settings: flag, then environment, then `noi.toml`, then default. A bad one is named in one line.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::unit::Units;
use serde::Deserialize;
use tracing_subscriber::EnvFilter;

use crate::notices::mail::{Mailer, MailerError};
use crate::telephones::Telephones;

/// The file of settings, looked for in the working folder.
pub const FILE: &str = "noi.toml";

/// The database unless told otherwise: one file in the working folder.
pub const DEFAULT_DATABASE_URL: &str = "sqlite://noi.db";

/// How this server was told to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Address of the database. May hold a password: never log it.
    pub database_url: String,
    /// Which log lines to write, as a `tracing` filter.
    pub log: String,
    /// Whether a reverse proxy on this machine speaks for the clients. Only then are
    /// `X-Forwarded-For` and `X-Forwarded-Proto` believed.
    pub behind_proxy: bool,
    /// A file of units that are not shipped yet.
    pub units: Option<PathBuf>,
    /// Whether `/health/*` and `/metrics` answer callers other than this machine.
    pub open_health: bool,
    /// Files with further versions of procedures.
    pub procedures: Vec<PathBuf>,
    /// File with the standards that units set for themselves.
    pub standards: Option<PathBuf>,
    /// File with another calendar than the shipped one.
    pub calendar: Option<PathBuf>,
    /// By which telephones units are reached at any hour.
    pub telephones: Telephones,
    /// Every how many seconds reminders are looked for. 0: never.
    pub notices_every: u64,
    /// Address of the mail server. May hold a password: never log it.
    pub smtp_url: Option<String>,
    /// Whom mails come from.
    pub mail_from: Option<String>,
}

/// Settings as given, before they are checked: by flag and environment, or by file.
#[derive(Debug, Clone, Default, clap::Args, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Given {
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, env = "NOI_LISTEN", value_name = "ADDRESS:PORT", global = true)]
    pub listen: Option<String>,
    /// Database, sqlite://FILE or postgres://… [default: sqlite://noi.db]
    #[arg(
        long,
        env = "NOI_DATABASE_URL",
        hide_env_values = true,
        value_name = "URL",
        global = true
    )]
    pub database_url: Option<String>,
    /// Which log lines to write, for example `info` or `server=debug` [default: info]
    #[arg(long, env = "NOI_LOG", value_name = "FILTER", global = true)]
    pub log: Option<String>,
    /// Believe X-Forwarded-For and X-Forwarded-Proto of the proxy in front (true or false)
    #[arg(long, env = "NOI_BEHIND_PROXY", value_name = "BOOL", global = true)]
    pub behind_proxy: Option<bool>,
    /// File of units that are not shipped yet, also such without a code (see domain/units/README.md)
    #[arg(long, env = "NOI_UNITS", value_name = "FILE", global = true)]
    pub units: Option<PathBuf>,
    /// Answer /health and /metrics also to other machines (true or false)
    #[arg(long, env = "NOI_OPEN_HEALTH", value_name = "BOOL", global = true)]
    pub open_health: Option<bool>,
    /// A file with a further version of a procedure, or another procedure; may be given several
    /// times, or in NOI_PROCEDURES separated by commas
    #[arg(
        long = "procedure",
        env = "NOI_PROCEDURES",
        value_name = "FILE",
        value_delimiter = ',',
        global = true
    )]
    #[serde(default)]
    pub procedures: Vec<PathBuf>,
    /// A file with the service standards and shorter limits that units set for themselves
    #[arg(long, env = "NOI_STANDARDS", value_name = "FILE", global = true)]
    pub standards: Option<PathBuf>,
    /// A file with the calendar of working days instead of the shipped one
    #[arg(long, env = "NOI_CALENDAR", value_name = "FILE", global = true)]
    pub calendar: Option<PathBuf>,
    /// A file with the duty telephones of units, one line each: "19111" = "0232 3825 000"
    #[arg(long, env = "NOI_TELEPHONES", value_name = "FILE", global = true)]
    pub telephones: Option<PathBuf>,
    /// Look for reminders every so many seconds; 0 for never [default: 60]
    #[arg(long, env = "NOI_NOTICES_EVERY", value_name = "SECONDS", global = true)]
    pub notices_every: Option<u64>,
    /// Mail server for reminders, smtp://HOST:PORT or smtps://USER:PASSWORD@HOST [default: none]
    #[arg(
        long,
        env = "NOI_SMTP_URL",
        hide_env_values = true,
        value_name = "URL",
        global = true
    )]
    pub smtp_url: Option<String>,
    /// Whom mails come from, for example `Nôi <noi@example.vn>`
    #[arg(long, env = "NOI_MAIL_FROM", value_name = "ADDRESS", global = true)]
    pub mail_from: Option<String>,
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// One setting has a bad value.
    #[error("setting {name}: {reason}")]
    Bad {
        /// Its name with all the ways to give it.
        name: &'static str,
        /// What is wrong, without the value where that could be a secret.
        reason: String,
    },
    /// The file cannot be read or has an unknown name in it.
    #[error("settings file {FILE}: {0}")]
    File(String),
}

impl Settings {
    /// Checks `given` (flags and environment), filled up from `noi.toml` in `folder` and defaults.
    ///
    /// # Errors
    /// [`SettingsError`] naming the first setting that cannot be used.
    pub fn resolve(given: Given, folder: &Path) -> Result<Self, SettingsError> {
        let file = read_file(&folder.join(FILE))?;
        let listen = given
            .listen
            .or(file.listen)
            .unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let database_url = given
            .database_url
            .or(file.database_url)
            .unwrap_or_else(|| DEFAULT_DATABASE_URL.to_owned());
        let log = given.log.or(file.log).unwrap_or_else(|| "info".to_owned());
        let smtp_url = given.smtp_url.or(file.smtp_url);
        let mail_from = given.mail_from.or(file.mail_from);
        let units = given.units.or(file.units);
        let telephones = read_telephones(
            given.telephones.or(file.telephones).as_deref(),
            &*register(units.as_deref())?,
        )?;
        check_mail(smtp_url.as_deref(), mail_from.as_deref())?;
        Ok(Self {
            notices_every: given.notices_every.or(file.notices_every).unwrap_or(60),
            smtp_url,
            mail_from,
            listen: listen.parse().map_err(|_| SettingsError::Bad {
                name: "listen (--listen, NOI_LISTEN)",
                reason: format!("\"{listen}\" is not ADDRESS:PORT, for example 127.0.0.1:8080"),
            })?,
            database_url: check_database_url(database_url)?,
            log: check_log(log)?,
            behind_proxy: given.behind_proxy.or(file.behind_proxy).unwrap_or(false),
            units,
            open_health: given.open_health.or(file.open_health).unwrap_or(false),
            procedures: if given.procedures.is_empty() {
                file.procedures
            } else {
                given.procedures
            },
            standards: given.standards.or(file.standards),
            calendar: given.calendar.or(file.calendar),
            telephones,
        })
    }
}

/// The file of additional units that is named by flag, environment or `noi.toml` in `folder`.
///
/// # Errors
/// [`SettingsError::File`] when `noi.toml` cannot be read.
pub fn units_file(given: &Given, folder: &Path) -> Result<Option<PathBuf>, SettingsError> {
    match &given.units {
        Some(file) => Ok(Some(file.clone())),
        None => Ok(read_file(&folder.join(FILE))?.units),
    }
}

/// The shipped units, with those of `file`.
///
/// # Errors
/// [`SettingsError::Bad`] when the file cannot be used.
pub fn register(file: Option<&Path>) -> Result<Arc<Units>, SettingsError> {
    let Some(file) = file else {
        return Ok(Arc::clone(Units::shipped()));
    };
    let bad = |reason: String| SettingsError::Bad {
        name: "units (--units, NOI_UNITS)",
        reason: format!("{}: {}", file.display(), reason.trim().replace('\n', " ")),
    };
    let text = std::fs::read_to_string(file).map_err(|error| bad(error.to_string()))?;
    let units = Units::shipped().with_additions(&text);
    units.map(Arc::new).map_err(|error| bad(error.to_string()))
}

impl Settings {
    /// The units that these settings name.
    ///
    /// # Errors
    /// [`SettingsError::Bad`] when their file cannot be used.
    pub fn register(&self) -> Result<Arc<Units>, SettingsError> {
        register(self.units.as_deref())
    }

    /// The mail server of these settings, if they name one.
    #[must_use]
    pub fn mailer(&self) -> Option<Mailer> {
        let (url, from) = (self.smtp_url.as_deref()?, self.mail_from.as_deref()?);
        Mailer::new(url, from).ok()
    }
}

fn read_telephones(file: Option<&Path>, units: &Units) -> Result<Telephones, SettingsError> {
    let Some(file) = file else {
        return Ok(Telephones::default());
    };
    Telephones::read(file, units).map_err(|reason| SettingsError::Bad {
        name: "telephones (--telephones, NOI_TELEPHONES)",
        reason: format!("{}: {reason}", file.display()),
    })
}

/// A server without a sender or the other way round is a mistake, too.
fn check_mail(url: Option<&str>, from: Option<&str>) -> Result<(), SettingsError> {
    const URL: &str = "smtp-url (--smtp-url, NOI_SMTP_URL)";
    const FROM: &str = "mail-from (--mail-from, NOI_MAIL_FROM)";
    let bad = |name, reason: String| SettingsError::Bad { name, reason };
    match (url, from) {
        (None, None) => Ok(()),
        (Some(_), None) => Err(bad(FROM, "it is needed beside smtp-url".to_owned())),
        (None, Some(_)) => Err(bad(URL, "it is needed beside mail-from".to_owned())),
        (Some(url), Some(from)) => match Mailer::new(url, from) {
            Ok(_) => Ok(()),
            Err(error @ MailerError::Url) => Err(bad(URL, error.to_string())),
            Err(error @ MailerError::From) => Err(bad(FROM, error.to_string())),
        },
    }
}

fn read_file(path: &Path) -> Result<Given, SettingsError> {
    match std::fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).map_err(|error| {
            let line = error
                .span()
                .map_or(1, |span| text[..span.start].lines().count().max(1));
            SettingsError::File(format!(
                "line {line}: {}",
                error.message().replace('\n', " ")
            ))
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Given::default()),
        Err(error) => Err(SettingsError::File(error.to_string())),
    }
}

fn check_database_url(url: String) -> Result<String, SettingsError> {
    let known = ["sqlite:", "postgres:", "postgresql:"]
        .iter()
        .any(|start| url.starts_with(start));
    if known {
        return Ok(url);
    }
    // The value is not repeated: it may hold a password.
    Err(SettingsError::Bad {
        name: "database-url (--database-url, NOI_DATABASE_URL)",
        reason: "it must begin with sqlite:// or postgres://".to_owned(),
    })
}

fn check_log(log: String) -> Result<String, SettingsError> {
    EnvFilter::try_new(&log)
        .map(|_| log.clone())
        .map_err(|error| SettingsError::Bad {
            name: "log (--log, NOI_LOG)",
            reason: format!("\"{log}\" is not a filter: {error}"),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(given: Given, file: Option<&str>) -> Result<Settings, SettingsError> {
        let folder = tempfile::tempdir().unwrap();
        if let Some(text) = file {
            std::fs::write(folder.path().join(FILE), text).unwrap();
        }
        Settings::resolve(given, folder.path())
    }

    #[test]
    fn without_anything_the_defaults_hold() {
        let settings = resolve(Given::default(), None).unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(settings.database_url, "sqlite://noi.db");
        assert!(!settings.behind_proxy);
    }

    #[test]
    fn a_flag_goes_before_the_file_and_the_file_before_the_default() {
        let given = Given {
            listen: Some("[::1]:9".to_owned()),
            ..Given::default()
        };
        let file = "listen = \"127.0.0.1:1\"\ndatabase-url = \"sqlite://other.db\"\n";
        let settings = resolve(given, Some(file)).unwrap();
        assert_eq!(settings.listen.to_string(), "[::1]:9");
        assert_eq!(settings.database_url, "sqlite://other.db");
    }

    #[test]
    fn a_unit_that_was_added_can_have_a_telephone() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            Some(path)
        };
        let added = "[[unit]]\nid = \"moi-lap-1\"\nname = \"Xã Mới Lập\"\nlevel = \"commune\"\n\
            parent = \"44\"\nfrom = \"2026-09-01\"\n";
        let given = |units| Given {
            units,
            telephones: write("telephones.toml", "\"moi-lap-1\" = \"0232 3825 000\"\n"),
            ..Given::default()
        };
        let settings = resolve(given(write("units.toml", added)), None).unwrap();
        let units = settings.register().unwrap();
        let telephone = settings.telephones.of(&units, "moi-lap-1");
        assert_eq!(telephone, Some("0232 3825 000"));
        let line = resolve(given(None), None).unwrap_err().to_string();
        assert!(line.contains("NOI_TELEPHONES"), "{line}");
    }

    #[test]
    fn a_bad_setting_is_named_in_one_line() {
        let bad = |given, file| {
            let line = resolve(given, file).unwrap_err().to_string();
            assert!(!line.contains('\n'), "{line}");
            line
        };
        let listen = Given {
            listen: Some("here".to_owned()),
            ..Given::default()
        };
        assert!(bad(listen, None).contains("NOI_LISTEN"));
        let url = Given {
            database_url: Some("mysql://u:secret@h".to_owned()),
            ..Given::default()
        };
        let line = bad(url, None);
        assert!(line.contains("NOI_DATABASE_URL") && !line.contains("secret"));
        let log = Given {
            log: Some("server=loud".to_owned()),
            ..Given::default()
        };
        assert!(bad(log, None).contains("NOI_LOG"));
        let wrong = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(wrong.path(), "[[unit]]\nid = \"x\"\n").unwrap();
        let line = register(Some(wrong.path())).unwrap_err().to_string();
        assert!(
            line.contains("NOI_UNITS") && line.contains("name") && !line.contains('\n'),
            "{line}"
        );
        assert!(register(Some(Path::new("/nowhere"))).is_err());
        let mail = |url: &str, from: Option<&str>| Given {
            smtp_url: Some(url.to_owned()),
            mail_from: from.map(str::to_owned),
            ..Given::default()
        };
        let line = bad(mail("pop3://u:secret@h", Some("noi@example.vn")), None);
        assert!(line.contains("NOI_SMTP_URL") && !line.contains("secret"));
        assert!(bad(mail("smtp://h:25", Some("noi")), None).contains("NOI_MAIL_FROM"));
        assert!(bad(mail("smtp://h:25", None), None).contains("NOI_MAIL_FROM"));
        assert!(bad(Given::default(), Some("lisen = \"x\"")).contains("lisen"));
        assert!(bad(Given::default(), Some("\n\nlisten = 5")).contains("line 3"));
    }
}
