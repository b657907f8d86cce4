//! `noi rebuild [PROJECTION]`: builds read models anew beside the live ones and swaps them in, and makes
//! the posts anew that sign-in reads. Serving goes on meanwhile.

use std::io::{IsTerminal, Write};

use eventstore::Database;
use projections::{Progress, Projections};

use super::{CommandError, complain, say};
use crate::application::Application;
use crate::clock::SystemClock;
use crate::ids::RandomIds;
use crate::rules::Rules;
use crate::settings::Settings;

/// The table that stands beside accounts.
pub(super) const POSTS: &str = "posts";

pub(super) async fn run(settings: Settings, name: Option<String>) -> Result<(), CommandError> {
    let mut known = Projections::names();
    known.push(POSTS);
    if let Some(name) = name.as_deref().filter(|name| !known.contains(name)) {
        let known = known.join(", ");
        return Err(CommandError::Usage(format!(
            "there is no read model {name}; there are {known}"
        )));
    }
    let database = Database::connect(&settings.database_url).await?;
    database.migrate().await?;
    let application = Application::start(
        database,
        Rules::load(&settings)?,
        std::sync::Arc::new(SystemClock),
        std::sync::Arc::new(RandomIds),
    );
    let result = rebuild(&application, name.as_deref()).await;
    application.close().await;
    result?;
    let names = name.unwrap_or_else(|| known.join(", "));
    say(format_args!("rebuilt: {names}"))
}

async fn rebuild(application: &Application, name: Option<&str>) -> Result<(), CommandError> {
    if name != Some(POSTS) {
        let rebuilt = application.projections.rebuild(name, show).await;
        complain("");
        rebuilt.map_err(failed)?;
    }
    if name.is_none_or(|name| name == POSTS) {
        application.posts().rebuild().await.map_err(failed)?;
    }
    Ok(())
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> CommandError {
    CommandError::Failed(Box::new(error))
}

/// A bar on a terminal, a line for each step elsewhere.
fn show(progress: Progress) {
    const WIDTH: i64 = 40;
    let Progress {
        names,
        position,
        head,
    } = progress;
    let done = if head == 0 {
        WIDTH
    } else {
        (position * WIDTH / head).clamp(0, WIDTH)
    };
    let bar = "#".repeat(usize::try_from(done).unwrap_or(0));
    let line = format!("[{bar:<40}] {position} of {head}  {}", names.join(", "));
    if std::io::stderr().is_terminal() {
        let mut out = std::io::stderr().lock();
        let _ = write!(out, "\r{line}").and_then(|()| out.flush());
    } else {
        complain(line);
    }
}
