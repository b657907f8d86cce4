//! `noi serve`: migrate, serve, and on SIGTERM or SIGINT finish what was accepted.

use std::time::Duration;

use eventstore::Database;
use projections::Projections;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::{CommandError, say};
use crate::application::{Adopted, Application};
use crate::rules::Rules;
use crate::settings::Settings;
use crate::state::Shared;
use crate::{AppState, http, notices};

pub(super) async fn run(settings: Settings) -> Result<(), CommandError> {
    let stop = stop_signal()?;
    run_until(settings, stop).await
}

/// Serves until `stop` ends.
pub(super) async fn run_until(
    settings: Settings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), CommandError> {
    let rules = Rules::load(&settings)?;
    let database = Database::connect(&settings.database_url).await?;
    database.migrate().await?;
    let address = settings.listen;
    let state = AppState::new(Shared::new(database, settings, rules)?);
    let put_right = state.application.posts().keep_together().await;
    let put_right = put_right.map_err(|error| CommandError::Failed(Box::new(error)))?;
    if put_right > 0 {
        tracing::info!(officers = put_right, "posts and log were put together");
    }

    let listening = |source| CommandError::Io {
        doing: format!("cannot listen on {address}"),
        source,
    };
    let listener = TcpListener::bind(address).await.map_err(listening)?;
    let bound = listener.local_addr().map_err(listening)?;

    say(format_args!("ready http://{bound}"))?;
    let application = state.application.clone();
    tokio::spawn(adopt_calendar(application.clone()));
    let warming = tokio::spawn(keep_figures_warm(application.projections.clone()));
    let reminding = tokio::spawn(notices::run(state.clone()));
    let served = http::serve(listener, state, stop).await;
    // What it has begun is tried again by the next start; nothing is sent twice.
    reminding.abort();
    warming.abort();
    application.close().await;
    served.map_err(|source| CommandError::Io {
        doing: "the server stopped".to_owned(),
        source,
    })?;
    tracing::info!("stopped after the last accepted request");
    Ok(())
}

/// Keeps ready what figures are counted from, so that whoever asks does not wait for all that has
/// happened since; also after read models were built anew.
async fn keep_figures_warm(projections: Projections) {
    // The read models may never be built, for want of a database: then there is nothing to do.
    projections
        .wait_for(0, Duration::from_secs(24 * 3_600))
        .await;
    let mut pause = tokio::time::interval(Duration::from_secs(60));
    loop {
        pause.tick().await;
        if let Err(error) = projections.warm_figures().await {
            tracing::warn!(%error, "figures could not be made ready; whoever asks first will wait");
        }
    }
}

/// Adopts the calendar in use, once something was counted with it; tries again while the database is
/// away.
async fn adopt_calendar(application: Application) {
    let mut pause = Duration::from_secs(60);
    loop {
        // There is no hurry: due dates follow the calendar in use anyway.
        tokio::time::sleep(pause).await;
        match application.adopt_calendar().await {
            Ok(Adopted::NothingYet) => continue,
            Ok(Adopted::Already) => return,
            Ok(Adopted::First) => return tracing::info!("the calendar was adopted"),
            Ok(Adopted::Changed { cases }) => {
                return tracing::info!(cases, "another calendar was adopted; due dates moved");
            }
            Err(error) => tracing::warn!(%error, "the calendar could not be adopted yet"),
        }
        pause = (pause * 2).min(Duration::from_secs(600));
    }
}

/// Ends on SIGTERM or SIGINT. Listens from the moment it is made, not from its first poll.
pub(super) fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, CommandError> {
    let listen = |kind| {
        signal(kind).map_err(|source| CommandError::Io {
            doing: "cannot listen to signals".into(),
            source,
        })
    };
    let mut terminate = listen(SignalKind::terminate())?;
    let mut interrupt = listen(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
