//! The one writer of a process. It gathers the appends that wait, and stores each such group in one
//! transaction: the price of a durable commit is shared, and positions have no gaps.

use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot, watch};

use crate::alarm::Alarm;
use crate::append::{AppendError, Request};
use crate::decide::{Answer, Plan, decide, suppose};
use crate::log::{StorageError, Writer};

/// How many appends may wait. A caller beyond waits until there is room.
pub(crate) const QUEUE: usize = 1_024;

/// The most appends in one transaction.
const GROUP_APPENDS: usize = 256;

/// The most events in one transaction, unless a single append has more.
const GROUP_EVENTS: usize = 2_000;

/// The most bytes in one transaction, unless a single append has more.
const GROUP_BYTES: usize = 8 << 20;

/// After this long without an answer the connection is given up.
const TRANSACTION_LIMIT: Duration = Duration::from_secs(20);

/// After so many transactions in a row the connection is given to others who wait for it.
const TRANSACTIONS_IN_A_ROW: u32 = 8;

type Caller = oneshot::Sender<Answer>;

/// An append in the queue, and where its answer goes.
pub(crate) struct Waiting {
    pub request: Request,
    pub answer: Caller,
}

/// Runs until the queue is closed and empty.
pub(crate) async fn run(
    mut writer: Box<dyn Writer>,
    mut queue: mpsc::Receiver<Waiting>,
    mut stop: watch::Receiver<bool>,
    wake: watch::Sender<i64>,
) {
    let mut waiting = Vec::with_capacity(GROUP_APPENDS);
    let mut in_a_row = 0;
    let (mut limit, mut tell) = (Alarm::new(), Alarm::new());
    loop {
        let tell_at = writer.tell_at();
        tokio::select! {
            biased;
            () = stopped(&mut stop), if !queue.is_closed() => {
                // What was accepted is still in the queue and will be finished.
                queue.close();
                continue;
            }
            count = queue.recv_many(&mut waiting, GROUP_APPENDS) => if count == 0 { break },
            () = tell.at(tell_at.unwrap_or_else(Instant::now)), if tell_at.is_some() => {
                writer.tell().await;
                continue;
            }
        }
        while !waiting.is_empty() {
            let rest = waiting.split_off(group_size(&waiting));
            let (requests, answers) = split(std::mem::replace(&mut waiting, rest));
            if let Err(error) = store(&mut *writer, requests, answers, &wake, &mut limit).await {
                // Whoever waits behind would only wait for the same failure once more.
                while let Ok(next) = queue.try_recv() {
                    waiting.push(next);
                }
                for next in waiting.drain(..) {
                    let _ = next
                        .answer
                        .send(Err(AppendError::Unavailable(error.clone())));
                }
            }
            in_a_row += 1;
        }
        // Those who were just answered may have more; meanwhile the connection is kept.
        tokio::task::yield_now().await;
        if queue.is_empty() || in_a_row >= TRANSACTIONS_IN_A_ROW {
            writer.release();
            in_a_row = 0;
        }
    }
    writer.tell().await;
    writer.disconnect();
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that the store is gone; the queue then ends by itself.
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn group_size(waiting: &[Waiting]) -> usize {
    let (mut events, mut bytes) = (0, 0);
    for (index, next) in waiting.iter().enumerate() {
        events += next.request.events;
        bytes += next.request.bytes;
        if index > 0 && (events > GROUP_EVENTS || bytes > GROUP_BYTES) {
            return index;
        }
    }
    waiting.len()
}

fn split(waiting: Vec<Waiting>) -> (Vec<Request>, Vec<Caller>) {
    waiting
        .into_iter()
        .map(|next| (next.request, next.answer))
        .unzip()
}

/// Stores a group and answers every caller in it. An error says that the database is unavailable,
/// so that it makes no sense to go on with those who wait behind.
async fn store(
    writer: &mut dyn Writer,
    group: Vec<Request>,
    answers: Vec<Caller>,
    wake: &watch::Sender<i64>,
    limit: &mut Alarm,
) -> Result<(), StorageError> {
    let mut outcome = attempt(writer, &group, wake, limit).await;
    if matches!(&outcome, Err(error) if error.is_lost_connection()) {
        // The server may have been restarted while nobody wrote. Whatever became of the first
        // attempt is decided by the time the head is locked again: what it stored is then
        // recognised by its command ids.
        outcome = attempt(writer, &group, wake, limit).await;
    }
    match outcome {
        Ok(results) => {
            answer_all(answers, results);
            Ok(())
        }
        Err(error) if error.is_refusal() && group.len() > 1 => {
            // One of them is bad, and the database does not say which.
            let mut unavailable = None;
            for (request, answer) in group.into_iter().zip(answers) {
                let result = match &unavailable {
                    Some(error) => Err(AppendError::Unavailable(StorageError::clone(error))),
                    None => {
                        let alone = std::slice::from_ref(&request);
                        match attempt(writer, alone, wake, limit).await {
                            Ok(mut results) => results.pop().unwrap_or(Err(AppendError::Closed)),
                            Err(error) if error.is_refusal() => Err(refused(error)),
                            Err(error) => {
                                unavailable = Some(error.clone());
                                Err(AppendError::Unavailable(error))
                            }
                        }
                    }
                };
                let _ = answer.send(result);
            }
            unavailable.map_or(Ok(()), Err)
        }
        Err(error) if error.is_refusal() => {
            answer_all(answers, vec![Err(refused(error))]);
            Ok(())
        }
        Err(error) => {
            tracing::warn!(
                error = &error as &(dyn std::error::Error + 'static),
                appends = group.len(),
                "the event log cannot be written"
            );
            for answer in answers {
                let _ = answer.send(Err(AppendError::Unavailable(error.clone())));
            }
            Err(error)
        }
    }
}

fn answer_all(answers: Vec<Caller>, results: Vec<Answer>) {
    for (answer, result) in answers.into_iter().zip(results) {
        // A caller that no longer waits will find its events in the log.
        let _ = answer.send(result);
    }
}

/// Under the lock of the head only an event id can collide: versions, positions and commands were
/// looked at.
fn refused(error: StorageError) -> AppendError {
    if error.names("event_id") {
        AppendError::EventExists
    } else {
        AppendError::Unavailable(error)
    }
}

/// One transaction: begin, decide, commit.
async fn attempt(
    writer: &mut dyn Writer,
    group: &[Request],
    wake: &watch::Sender<i64>,
    limit: &mut Alarm,
) -> Result<Vec<Answer>, StorageError> {
    let transaction = async {
        let plan = match at_once(writer, group).await? {
            Some(plan) => plan,
            None => carefully(writer, group).await?,
        };
        wake.send_if_modified(|head| {
            let moved = plan.head_after > *head;
            *head = plan.head_after.max(*head);
            moved
        });
        Ok(plan.answers)
    };
    let outcome = tokio::select! {
        biased;
        outcome = transaction => outcome,
        () = limit.at(Instant::now() + TRANSACTION_LIMIT) => {
            Err(StorageError::from(sqlx::Error::PoolTimedOut))
        }
    };
    if outcome.is_err() {
        writer.disconnect();
    }
    outcome
}

/// Lock, read, decide, store: always right.
async fn carefully(writer: &mut dyn Writer, group: &[Request]) -> Result<Plan, StorageError> {
    let known = writer.begin(group).await?;
    let plan = decide(known, group);
    if plan.accepted.is_empty() {
        writer.rollback().await;
    } else {
        writer.commit(group, &plan).await?;
    }
    Ok(plan)
}

/// Decide on what is supposed, and let the database check it while storing. None: something was
/// otherwise, and nothing is stored.
async fn at_once(writer: &mut dyn Writer, group: &[Request]) -> Result<Option<Plan>, StorageError> {
    let Some(known) = writer.last_head().and_then(|head| suppose(head, group)) else {
        return Ok(None);
    };
    let plan = decide(known, group);
    if plan.answers.iter().any(Result::is_err) {
        // A rejection needs more than a supposition: it may be a command sent twice.
        return Ok(None);
    }
    match writer.commit_at_once(group, &plan).await {
        Ok(stored) => Ok(stored.then_some(plan)),
        Err(error) if error.is_refusal() => Ok(None),
        Err(error) => Err(error),
    }
}
