//! Follows the log: first what is there, then what comes. A wake-up only says that it may be worth
//! reading; what is delivered is always read from the log behind the last position delivered, so
//! that each position comes once and in order.

use std::sync::Arc;
use std::time::Duration;

use futures::stream::{self, BoxStream, StreamExt};
use tokio::sync::watch;

use crate::envelope::RecordedEvent;
use crate::log::{ReadError, Reader, Selection};
use crate::read::Pages;

/// Without any wake-up the log is looked at this often: another process may have appended, or a
/// notification may have been lost.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How long to wait after a failure before the log is read again.
const AFTER_FAILURE: Duration = Duration::from_millis(500);

struct Subscription {
    reader: Arc<dyn Reader>,
    wake: watch::Receiver<i64>,
    /// The last position delivered.
    cursor: i64,
    pages: Option<Pages>,
    failed: bool,
}

impl Subscription {
    async fn next(&mut self) -> Option<Result<Vec<RecordedEvent>, ReadError>> {
        if std::mem::take(&mut self.failed) {
            tokio::time::sleep(AFTER_FAILURE).await;
        }
        loop {
            let reader = &self.reader;
            let after = self.cursor;
            let pages = self.pages.get_or_insert_with(|| {
                Pages::new(
                    Arc::clone(reader),
                    Selection::All {
                        after,
                        limit: i64::MAX,
                    },
                )
            });
            match pages.next().await {
                Some(Ok(events)) => {
                    if let Some(error) = self.out_of_order(&events) {
                        self.fail();
                        return Some(Err(error));
                    }
                    self.cursor += events.len() as i64;
                    return Some(Ok(events));
                }
                Some(Err(error)) => {
                    self.fail();
                    return Some(Err(error));
                }
                None => self.pages = None,
            }
            let cursor = self.cursor;
            let moved = self.wake.wait_for(|head| *head > cursor);
            if let Ok(Err(_closed)) = tokio::time::timeout(LOOK_EVERY, moved).await {
                return None;
            }
        }
    }

    /// Rule 2 is checked once more where it matters.
    fn out_of_order(&self, events: &[RecordedEvent]) -> Option<ReadError> {
        let mut expected = self.cursor;
        events.iter().find_map(|event| {
            expected += 1;
            (event.position != expected).then_some(ReadError::Damaged {
                position: event.position,
                what: "it does not follow the position before",
            })
        })
    }

    fn fail(&mut self) {
        self.pages = None;
        self.failed = true;
    }
}

/// The events behind `after`, in batches, without an end. After an error the stream goes on where
/// it was.
pub(crate) fn batches(
    reader: Arc<dyn Reader>,
    wake: watch::Receiver<i64>,
    after: i64,
) -> BoxStream<'static, Result<Vec<RecordedEvent>, ReadError>> {
    let subscription = Subscription {
        reader,
        wake,
        cursor: after.max(0),
        pages: None,
        failed: false,
    };
    stream::unfold(subscription, |mut subscription| async move {
        let next = subscription.next().await?;
        Some((next, subscription))
    })
    .boxed()
}

/// Single events from batches.
pub(crate) fn flatten(
    batches: BoxStream<'static, Result<Vec<RecordedEvent>, ReadError>>,
) -> BoxStream<'static, Result<RecordedEvent, ReadError>> {
    batches
        .flat_map(|batch| match batch {
            Ok(events) => stream::iter(events.into_iter().map(Ok).collect::<Vec<_>>()),
            Err(error) => stream::iter(vec![Err(error)]),
        })
        .boxed()
}
