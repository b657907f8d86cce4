//! When the database learns anew what its tables are like: after read models were built, and while they
//! are kept whenever the log has grown by a good part. Lists do not depend on it.

use std::time::Duration;

use crate::checkpoint::{self, Generation, State};
use crate::error::RunError;
use crate::model::Core;
use crate::models::table_name;

/// How often it is looked whether the log has grown.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// The log has grown by a good part when it is longer by one in so many events …
const ONE_IN: i64 = 5;

/// … and by at least so many.
const AT_LEAST: i64 = 1_000;

/// The tables of the log and beside it that are asked about cases.
const OF_LOG: [&str; 3] = ["event_log", "command_log", "drafts"];

/// Renews what the database knows about all tables that are asked about cases.
pub(crate) async fn keep(core: &Core) -> Result<(), RunError> {
    let of_log = OF_LOG.map(str::to_owned);
    core.store.database().keep_statistics(&of_log).await?;
    let mut live = checkpoint::all(&core.models).await?;
    live.retain(|generation| generation.state == State::Live);
    keep_of(core, &live).await
}

/// Renews what the database knows about the tables of these generations.
pub(crate) async fn keep_of(core: &Core, generations: &[Generation]) -> Result<(), RunError> {
    for generation in generations {
        let names = generation.tables.split_whitespace();
        let names = names.map(|table| table_name(&core.models, table, generation.number));
        core.models
            .keep_statistics(&names.collect::<Vec<_>>())
            .await?;
    }
    Ok(())
}

/// Renews it, or says that it could not: what is read stays right.
pub(crate) async fn keep_or_say(core: &Core) {
    if let Err(error) = keep(core).await {
        let reason = crate::runner::in_one_line(&error);
        tracing::warn!(reason, "the statistics of the database were not renewed");
    }
}

/// Renews it for ever whenever the log has grown.
pub(crate) async fn keep_on(core: &Core) {
    let mut known = core.store.head().await.unwrap_or_default();
    loop {
        tokio::time::sleep(LOOK_AGAIN).await;
        // Where the database does not answer others say so.
        let Ok(head) = core.store.head().await else {
            continue;
        };
        if has_grown(known, head) {
            keep_or_say(core).await;
            known = head;
        }
    }
}

const fn has_grown(known: i64, head: i64) -> bool {
    head - known >= AT_LEAST && (head - known) * ONE_IN >= known
}

#[cfg(test)]
mod tests {
    use super::has_grown;

    #[test]
    fn a_log_has_grown_by_a_fifth_and_by_a_thousand() {
        assert!(!has_grown(0, 999));
        assert!(has_grown(0, 1_000));
        assert!(!has_grown(10_000, 11_999));
        assert!(has_grown(10_000, 12_000));
    }
}
