//! What every handler can reach.

use std::ops::Deref;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use eventstore::Database;
use tokio::sync::watch;

use crate::access::Passwords;
use crate::api::metrics::Metrics;
use crate::application::Application;
use crate::clock::{Clock, SystemClock};
use crate::ids::{Ids, RandomIds};
use crate::notices::mail::Mailer;
use crate::rules::Rules;
use crate::settings::Settings;
use crate::units::UnitRegister;
use crate::words;

/// The shared state of a running server. Cloning is cheap; fields are those of [`Shared`].
#[derive(Debug, Clone)]
pub struct AppState(Arc<Shared>);

/// What [`AppState`] holds.
#[derive(Debug)]
pub struct Shared {
    /// The database of accounts, sessions and drafts, and of the log and its read models.
    pub database: Database,
    /// The log, its read models, the law: what pages and API do with cases.
    pub application: Application,
    /// How this server was told to run.
    pub settings: Settings,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where new ids come from.
    pub ids: Arc<dyn Ids>,
    /// The administrative units that forms and pages can name.
    pub units: UnitRegister,
    /// Hashing and checking of passwords.
    pub passwords: Passwords,
    /// The mail server, if there is one.
    pub mailer: Option<Mailer>,
    /// Counters for `/metrics`.
    pub metrics: Metrics,
    /// Becomes true when the server is to stop: long streams end then.
    pub stopping: watch::Sender<bool>,
}

impl Shared {
    /// The same with another clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.application.clock = clock.clone();
        self.clock = clock;
        self
    }

    /// A state over `database` with the machine's clock and ids; set fields before [`AppState::new`].
    ///
    /// # Errors
    /// When the password hasher cannot be made ready.
    pub fn new(
        database: Database,
        settings: Settings,
        rules: Rules,
    ) -> Result<Self, crate::access::AccessError> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let ids: Arc<dyn Ids> = Arc::new(RandomIds);
        Ok(Self {
            units: UnitRegister::new(&rules.procedure.units),
            application: Application::start(database.clone(), rules, clock.clone(), ids.clone()),
            mailer: settings.mailer(),
            database,
            settings,
            clock,
            ids,
            passwords: Passwords::new()?,
            metrics: Metrics::default(),
            stopping: watch::Sender::new(false),
        })
    }
}

impl AppState {
    /// Shares `parts` among all handlers.
    #[must_use]
    pub fn new(parts: Shared) -> Self {
        Self(Arc::new(parts))
    }

    /// The present day on the clock of the procedure.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        words::local(self.now()).date_naive()
    }

    /// The present instant by the server's clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
