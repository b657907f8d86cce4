//! When the database learns anew what its tables are like: after read models were built, and while they
//! are kept whenever the log has grown by a good part. Lists do not depend on it.

use std::time::Duration;

use crate::error::RunError;
use crate::projection::{ALL, Core};

/// How often it is looked whether the log has grown.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// The log has grown by a good part when it is longer by one in so many events …
const ONE_IN: i64 = 5;

/// … and by at least so many.
const AT_LEAST: i64 = 1_000;

/// The tables beside those of the read models.
const OTHERS: [&str; 5] = ["event_log", "command_log", "reading", "notice", "drafts"];

/// Renews what the database knows about all tables that are asked about cases.
pub(crate) async fn keep(core: &Core) -> Result<(), RunError> {
    let of_cases = ALL.iter().flat_map(|projection| projection.tables());
    let of_cases = of_cases.flat_map(|table| {
        let counts = table.counts.as_ref().map(|counts| counts.table);
        std::iter::once(table.name).chain(counts)
    });
    let tables: Vec<_> = of_cases.chain(OTHERS).collect();
    core.database().keep_statistics(&tables).await?;
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
