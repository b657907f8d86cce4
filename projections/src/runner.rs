//! Keeps the read models: follows the log in the background, builds anew what another program made,
//! and tells how far everything has come.

use domain::unit::Units;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::calendar::Calendar;
use domain::case::Procedure;
use eventstore::EventStore;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::build::{self, Progress, Why};
use crate::checkpoint::{self, Generation, State};
use crate::error::RunError;
use crate::follow;
use crate::kinds;
use crate::model::{About, Core};
use crate::models::Models;
use crate::responsibility::Shelf;
use crate::statistics;
use crate::verify::{self, Verified};

/// How long to wait before a build that failed is taken up again.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// How long to wait before what another program put in the place of ours is built anew; doubled each time.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// And at most.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// How often to look where nothing tells of it.
const LOOK_ANYWAY: Duration = Duration::from_secs(30);

/// The read models of a store, kept up to date in the background until closed. Cheap to clone.
#[derive(Clone)]
pub struct Projections {
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    tasks: Arc<Mutex<Vec<JoinHandle<()>>>>,
}

/// What the tasks and their owner share.
pub(crate) struct Shared {
    pub core: Arc<Core>,
    /// How far all live read models have come; none before that is known.
    reached: watch::Sender<Option<i64>>,
    /// Whether a live one was made by other rules or by a newer program, so that nobody here feeds it.
    unfed: watch::Sender<bool>,
    /// What figures are counted from.
    shelf: Shelf,
    /// Something in the checkpoints has changed by other hands than those of the follower.
    pub changed: Notify,
    failure: Mutex<Option<String>>,
}

/// How far a read model has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lag {
    /// Its name.
    pub name: &'static str,
    /// The generation that is read; none before the first is built.
    pub generation: Option<i64>,
    /// The version of the program that began that generation.
    pub version: Option<i64>,
    /// The position it has come to.
    pub position: i64,
    /// The last position of the log.
    pub head: i64,
    /// The position that a generation being built beside it has come to.
    pub building: Option<i64>,
    /// Why read models do not move on, if they do not.
    pub failure: Option<String>,
}

impl Lag {
    /// How many events are not yet in the read model.
    #[must_use]
    pub const fn events(&self) -> i64 {
        self.head - self.position
    }
}

impl fmt::Debug for Projections {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Projections")
            .field("basis", &self.shared.core.basis)
            .field("reached", &*self.shared.reached.borrow())
            .finish_non_exhaustive()
    }
}

impl Shared {
    fn of(core: Core) -> Arc<Self> {
        Arc::new(Self {
            core: Arc::new(core),
            reached: watch::Sender::new(None),
            unfed: watch::Sender::new(false),
            shelf: Shelf::default(),
            changed: Notify::new(),
            failure: Mutex::new(None),
        })
    }

    pub fn note_live(&self, live: &[Generation]) {
        let reached = follow::reached(live);
        self.reached
            .send_if_modified(|before| std::mem::replace(before, reached) != reached);
        let unfed = follow::unfed(live);
        self.unfed
            .send_if_modified(|before| std::mem::replace(before, unfed) != unfed);
    }

    /// Says once why the read models stand still, and once that they go on.
    pub fn note_failure(&self, error: Option<&RunError>) {
        let now = error.map(in_one_line);
        let mut before = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        if *before != now {
            match &now {
                Some(reason) => {
                    tracing::error!(reason, "read models stand still; trying again");
                }
                None => tracing::info!("read models go on"),
            }
            *before = now;
        }
    }

    fn failure(&self) -> Option<String> {
        let failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        failure.clone()
    }
}

/// An error with what is behind it.
pub(crate) fn in_one_line(error: &RunError) -> String {
    let mut line = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        line.push_str(": ");
        line.push_str(&error.to_string());
        source = error.source();
    }
    line
}

impl Projections {
    /// Starts to keep the read models of `store`: obligations follow `procedure` and `calendar`.
    /// Another program, procedure or calendar than the one that made them has them built anew,
    /// beside those that are there. Must be called within a tokio runtime, after the migrations.
    #[must_use]
    pub fn start(store: EventStore, procedure: Arc<Procedure>, calendar: Arc<Calendar>) -> Self {
        let shared = Shared::of(Core::new(store, procedure, calendar));
        let stop = watch::Sender::new(false);
        let following = tokio::spawn(follow::run(Arc::clone(&shared), stop.subscribe()));
        let building = tokio::spawn(build_what_is_wanted(Arc::clone(&shared), stop.subscribe()));
        Self {
            shared,
            stop,
            tasks: Arc::new(Mutex::new(vec![following, building])),
        }
    }

    /// Asks only, and keeps nothing: the tables stay as they are.
    #[cfg(test)]
    pub fn idle(store: EventStore, procedure: Arc<Procedure>, calendar: Arc<Calendar>) -> Self {
        Self {
            shared: Shared::of(Core::new(store, procedure, calendar)),
            stop: watch::Sender::new(false),
            tasks: Arc::default(),
        }
    }

    pub(crate) fn core(&self) -> &Arc<Core> {
        &self.shared.core
    }

    pub(crate) fn shelf(&self) -> &Shelf {
        &self.shared.shelf
    }

    /// The units that everything is read with.
    #[must_use]
    pub fn units(&self) -> &Arc<Units> {
        &self.shared.core.procedure.units
    }

    pub(crate) fn database(&self) -> &Models {
        &self.shared.core.models
    }

    pub(crate) fn store(&self) -> &EventStore {
        &self.shared.core.store
    }

    /// The procedure that obligations follow.
    #[must_use]
    pub fn procedure(&self) -> &Arc<Procedure> {
        &self.shared.core.procedure
    }

    /// The calendar that time limits are counted with.
    #[must_use]
    pub fn calendar(&self) -> &Arc<Calendar> {
        &self.shared.core.calendar
    }

    /// Waits until every read model shows the event at `position`, at most for `timeout`; says
    /// whether they do.
    pub async fn wait_for(&self, position: i64, timeout: Duration) -> bool {
        let mut reached = self.shared.reached.subscribe();
        let there = reached.wait_for(|reached| reached.is_some_and(|reached| reached >= position));
        matches!(tokio::time::timeout(timeout, there).await, Ok(Ok(_)))
    }

    /// Whether a live read model is one that this program does not feed, because another made it by other
    /// rules or is newer: then what is read here stands still.
    #[must_use]
    pub fn stand_still(&self) -> bool {
        *self.shared.unfed.borrow()
    }

    /// How far each read model has come.
    ///
    /// # Errors
    /// [`RunError`] when the database does not answer.
    pub async fn lag(&self) -> Result<Vec<Lag>, RunError> {
        let all = checkpoint::all(self.database()).await?;
        let head = self.shared.core.store.head().await?;
        let failure = self.shared.failure();
        let of = |about: &&About| {
            let in_state = |state| {
                all.iter()
                    .find(|other| other.name == about.name && other.state == state)
            };
            let live = in_state(State::Live);
            Lag {
                name: about.name,
                generation: live.map(|live| live.number),
                version: live.map(|live| live.version),
                position: live.map_or(0, |live| live.position),
                head,
                building: in_state(State::Building).map(|building| building.position),
                failure: failure.clone(),
            }
        };
        Ok(kinds::all().iter().map(of).collect())
    }

    /// The names of the read models.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        kinds::all().iter().map(|about| about.name).collect()
    }

    /// Builds a read model anew, or all of them, beside those that are live, and lets them take their
    /// place. `progress` is called after each batch. If it is broken off, it goes on at the next
    /// start.
    ///
    /// # Errors
    /// [`RunError::Unknown`] when there is none of that name; others when database or log fail.
    pub async fn rebuild(
        &self,
        name: Option<&str>,
        progress: impl Fn(Progress) + Send + Sync,
    ) -> Result<(), RunError> {
        let unknown = |name: &str| RunError::Unknown(name.to_owned());
        let models = match name {
            None => kinds::all().to_vec(),
            Some(name) => vec![kinds::named(name).ok_or_else(|| unknown(name))?],
        };
        let changed = || self.shared.changed.notify_one();
        build::build(self.core(), &models, Why::Anew, &progress, &changed).await?;
        statistics::keep_or_say(self.core()).await;
        Ok(())
    }

    /// Compares the live rows with those that follow from the log, row by row.
    ///
    /// # Errors
    /// [`RunError`] when they could not be compared; a difference is no error.
    pub async fn verify(&self) -> Result<Vec<Verified>, RunError> {
        verify::verify(self.core()).await
    }

    /// Stops, and waits until nothing works here any more. What was begun and not committed is undone; the
    /// next start goes on from there.
    pub async fn close(&self) {
        self.stop.send_replace(true);
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        for task in tasks {
            // A task that panicked has ended, too; its panic was printed.
            let _ = task.await;
        }
        let threads = &self.core().threads;
        threads.close();
        threads.wait().await;
    }
}

/// At the start: builds what has no live generation, or one that another program made; goes on with
/// builds that were broken off; drops what was replaced. Then keeps the statistics of the database, and
/// looks again whether what is live is ours.
async fn build_what_is_wanted(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let work = async {
        build_wanted(&shared).await;
        tokio::join!(statistics::keep_on(&shared.core), build_again(&shared));
    };
    tokio::select! {
        _ = stop.wait_for(|stop| *stop) => {}
        () = work => {}
    }
}

/// Builds what is wanted now; tries until it is there.
async fn build_wanted(shared: &Shared) {
    loop {
        let work = async {
            let wanted = wanted(&shared.core).await?;
            let changed = || shared.changed.notify_one();
            build::build(&shared.core, &wanted, Why::Missing, &|_| {}, &changed).await?;
            if !wanted.is_empty() {
                statistics::keep_or_say(&shared.core).await;
            }
            Ok::<_, RunError>(())
        };
        match work.await {
            Ok(()) => return,
            Err(error) => {
                let reason = in_one_line(&error);
                tracing::error!(reason, "a read model cannot be built; trying again");
            }
        }
        tokio::time::sleep(AFTER_FAILURE).await;
    }
}

/// Builds anew what another program with other rules has put in the place of ours: nobody here would
/// feed it, and nobody who reads here would see what happens. Each time it waits longer: two programs
/// that work by different rules on one database would build for ever.
async fn build_again(shared: &Shared) {
    let mut pause = LOOK_AGAIN;
    let mut unfed = shared.unfed.subscribe();
    loop {
        let told = tokio::time::timeout(pause.max(LOOK_ANYWAY), unfed.wait_for(|unfed| *unfed));
        let told = told.await.is_ok();
        if told {
            tokio::time::sleep(pause).await;
        }
        match wanted(&shared.core).await {
            Ok(wanted) if !wanted.is_empty() => {
                tracing::warn!(
                    "another program made read models by other rules; they are built anew"
                );
                pause = (pause * 2).min(LONGEST_PAUSE);
                shared.changed.notify_one();
                build_wanted(shared).await;
            }
            // What a newer program keeps is left to it; where the database is away others say so.
            Ok(_) | Err(_) if told => tokio::time::sleep(LOOK_ANYWAY).await,
            Ok(_) | Err(_) => {}
        }
    }
}

async fn wanted(core: &Core) -> Result<Vec<&'static About>, RunError> {
    let all = checkpoint::all(&core.models).await?;
    let is_wanted = |about: &&'static About| {
        let of_it = || {
            all.iter()
                .filter(|generation| generation.name == about.name)
        };
        let newer = of_it().any(|generation| {
            generation.state != State::Retired && generation.version > about.version
        });
        let ours = of_it()
            .any(|generation| generation.state == State::Live && generation.is_ours(core, about));
        let begun = of_it().any(|generation| {
            generation.state == State::Building && generation.is_ours(core, about)
        });
        !newer && (!ours || begun)
    };
    Ok(kinds::all().iter().copied().filter(is_wanted).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::calendar::Calendar;
    use domain::case::Procedure;
    use eventstore::EventStore;
    use eventstore::testing::SqliteFile;
    use futures::FutureExt as _;

    use super::Projections;

    #[tokio::test]
    async fn what_still_works_on_a_thread_is_waited_for() {
        let file = SqliteFile::new();
        let store = EventStore::connect(&file.url()).await.expect("a database");
        let projections = Projections::idle(store, Procedure::shipped(), Calendar::shipped());
        let (end, ends) = std::sync::mpsc::channel();
        let core = Arc::clone(projections.core());
        core.threads.spawn_blocking(move || ends.recv());
        let mut closed = Box::pin(projections.close());
        assert_eq!((&mut closed).now_or_never(), None);
        end.send(()).expect("a thread");
        closed.await;
        assert!(core.threads.is_empty());
    }
}
