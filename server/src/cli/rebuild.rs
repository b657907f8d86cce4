//! `noi rebuild [PROJECTION]`: builds read models anew beside the live ones and swaps them in. Serving
//! goes on meanwhile.

use std::io::{IsTerminal, Write};

use eventstore::Database;
use projections::{Progress, Projections};

use super::{CommandError, complain, say};
use crate::application::Application;
use crate::clock::SystemClock;
use crate::ids::RandomIds;
use crate::rules::Rules;
use crate::settings::Settings;

pub(super) async fn run(settings: Settings, name: Option<String>) -> Result<(), CommandError> {
    let known = Projections::names();
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
    let result = application.projections.rebuild(name.as_deref(), show).await;
    complain("");
    application.close().await;
    result.map_err(|error| CommandError::Failed(Box::new(error)))?;
    let names = name.unwrap_or_else(|| known.join(", "));
    say(format_args!("rebuilt: {names}"))
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
