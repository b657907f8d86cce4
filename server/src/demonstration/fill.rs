//! Into the log: all commands of all cases in the order of their instants, many at a time so that
//! they share a durable commit, and never in another order.

use eventstore::{Appended, CommandId, EventStore, ExpectedVersion, NewEvent, StreamId};
use futures::FutureExt as _;
use projections::CASE;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{DemoCase, DemonstrationError, Step};
use crate::application::envelope::Envelope;

/// How many appends wait at the same time: as many as the store takes in one transaction.
const AT_ONCE: usize = 256;

/// A step with the case that it belongs to.
struct Placed<'a> {
    case: &'a DemoCase,
    step: &'a Step,
}

/// Appends every step of `cases` to an empty log. Returns how many events there are.
pub(super) async fn append(
    store: &EventStore,
    cases: &[DemoCase],
) -> Result<u64, DemonstrationError> {
    if store.head().await? != 0 {
        return Err(DemonstrationError::NotEmpty);
    }
    let mut steps: Vec<_> = cases
        .iter()
        .flat_map(|case| case.steps.iter().map(move |step| Placed { case, step }))
        .collect();
    // Stable: steps of the same instant stay in the order of the cases.
    steps.sort_by_key(|placed| placed.step.at);
    let mut head = 0;
    for group in steps.chunks(AT_ONCE) {
        // A task that does much is asked to pause between two sends; the order must not hang on it.
        let appended = tokio::task::unconstrained(append_group(store, group)).await?;
        for appended in appended {
            if appended.first_position != head + 1 {
                return Err(DemonstrationError::NotEmpty);
            }
            head = appended.position;
        }
    }
    Ok(head.unsigned_abs())
}

/// Hands a group to the store in its order, then waits for all.
async fn append_group(
    store: &EventStore,
    group: &[Placed<'_>],
) -> Result<Vec<Appended>, DemonstrationError> {
    let mut waiting = Vec::with_capacity(group.len());
    for placed in group {
        let mut append = Box::pin(append_step(store, placed));
        // The first poll puts it into the queue: the order of the polls is the order of positions.
        let early = append.as_mut().now_or_never();
        waiting.push((append, early));
    }
    let mut appended = Vec::with_capacity(group.len());
    for (append, early) in waiting {
        appended.push(match early {
            Some(done) => done?,
            None => append.await?,
        });
    }
    Ok(appended)
}

async fn append_step(
    store: &EventStore,
    placed: &Placed<'_>,
) -> Result<Appended, DemonstrationError> {
    let Placed { case, step } = placed;
    let stream = StreamId::new(CASE, case.id);
    let first = step.events.first().map_or(1, |event| event.version);
    let expected = match first {
        1 => ExpectedVersion::NoStream,
        first => ExpectedVersion::Exact(first - 1),
    };
    let command = CommandId {
        id: step.command_id,
        fingerprint: fingerprint(case.id, first, step),
    };
    Ok(store
        .append(stream, expected, new_events(case.id, step)?, command)
        .await?)
}

fn new_events(case: Uuid, step: &Step) -> Result<Vec<NewEvent>, DemonstrationError> {
    step.events
        .iter()
        .map(|recorded| {
            let envelope = Envelope {
                occurred_at: recorded.occurred_at.utc(),
                recorded_at: recorded.recorded_at.utc(),
                actor: &recorded.actor,
                correlation_id: case,
                causation_id: None,
            };
            Ok(envelope.event(recorded.event_id, &recorded.event)?)
        })
        .collect()
}

/// SHA-256 over who asked for what on which case.
fn fingerprint(case: Uuid, first_version: i64, step: &Step) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(step.actor.officer.unwrap_or_default().as_bytes());
    hash.update(
        if first_version == 1 {
            Uuid::nil()
        } else {
            case
        }
        .as_bytes(),
    );
    hash.update(step.command.to_string().as_bytes());
    hash.finalize().into()
}
