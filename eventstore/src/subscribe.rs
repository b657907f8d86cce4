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

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use futures::future::BoxFuture;
    use uuid::Uuid;

    use super::*;
    use crate::envelope::CommandRecord;
    use crate::log::{RawPage, StorageError};
    use crate::testing::{actor, event, stream as stream_of};

    /// Answers each page with what comes next in `pages`, whatever was asked.
    struct Answers {
        pages: Mutex<Vec<Vec<i64>>>,
        asked: Mutex<Vec<i64>>,
    }

    struct Positions(Vec<i64>);

    impl RawPage for Positions {
        fn events(&self) -> i64 {
            self.0.len() as i64
        }

        fn bytes(&self) -> usize {
            0
        }

        fn decode(self: Box<Self>) -> Result<Vec<RecordedEvent>, ReadError> {
            Ok(self.0.into_iter().map(recorded).collect())
        }
    }

    fn recorded(position: i64) -> RecordedEvent {
        let new = event(position.unsigned_abs().into());
        RecordedEvent {
            position,
            stream: stream_of(1),
            version: position,
            event_id: new.event_id,
            event_type: new.event_type.as_ref().into(),
            revision: new.revision,
            occurred_at: new.occurred_at,
            recorded_at: new.recorded_at,
            actor: Arc::new(actor()),
            command_id: new.correlation_id,
            correlation_id: new.correlation_id,
            causation_id: None,
            facts: new.facts,
            personal: new.personal,
        }
    }

    impl Reader for Answers {
        fn page(
            &self,
            selection: Selection,
        ) -> BoxFuture<'static, Result<Box<dyn RawPage>, StorageError>> {
            let Selection::All { after, .. } = selection else {
                panic!("a follower reads the whole log: {selection:?}");
            };
            self.asked.lock().unwrap().push(after);
            let mut pages = self.pages.lock().unwrap();
            let page = match pages.is_empty() {
                true => Vec::new(),
                false => pages.remove(0),
            };
            Box::pin(async move { Ok(Box::new(Positions(page)) as Box<dyn RawPage>) })
        }

        fn head(&self) -> BoxFuture<'static, Result<i64, StorageError>> {
            Box::pin(async { Ok(0) })
        }

        fn find_command(
            &self,
            _: Uuid,
        ) -> BoxFuture<'static, Result<Option<CommandRecord>, StorageError>> {
            Box::pin(async { Ok(None) })
        }
    }

    /// What a follower behind `after` is given of these pages: the positions of a batch, or where it was
    /// told of damage. And behind which positions it asked.
    async fn followed(
        after: i64,
        pages: &[&[i64]],
        batches: usize,
    ) -> (Vec<Result<Vec<i64>, i64>>, Vec<i64>) {
        let reader = Arc::new(Answers {
            pages: Mutex::new(pages.iter().map(|page| page.to_vec()).collect()),
            asked: Mutex::default(),
        });
        let (_wake, woken) = watch::channel(i64::MAX);
        let following = super::batches(Arc::clone(&reader) as _, woken, after);
        let given = following
            .take(batches)
            .map(|batch| match batch {
                Ok(events) => Ok(events.iter().map(|event| event.position).collect()),
                Err(ReadError::Damaged { position, .. }) => Err(position),
                Err(error) => panic!("{error}"),
            })
            .collect()
            .await;
        let asked = reader.asked.lock().unwrap().clone();
        (given, asked)
    }

    #[tokio::test]
    async fn a_follower_is_never_given_a_position_out_of_order() {
        // A page that begins behind a gap, one with a gap, turned round, twice the same, given before.
        for (page, wrong) in [
            (&[6, 7][..], 6),
            (&[5, 7], 7),
            (&[5, 7, 6], 7),
            (&[5, 5], 5),
            (&[4, 5], 4),
            (&[6, 5], 6),
        ] {
            let (given, _) = followed(4, &[page], 1).await;
            assert_eq!(given, [Err(wrong)], "{page:?}");
        }
    }

    #[tokio::test]
    async fn after_damage_a_follower_reads_again_from_where_it_was() {
        let pages: &[&[i64]] = &[&[5, 6], &[8], &[7, 8]];
        let (given, asked) = followed(4, pages, 3).await;
        assert_eq!(given, [Ok(vec![5, 6]), Err(8), Ok(vec![7, 8])]);
        assert_eq!(asked, [4, 6, 6]);
    }
}
