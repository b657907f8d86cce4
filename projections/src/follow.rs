//! Follows the log: applies what comes to the live generation of every read model. An event is never
//! skipped: what cannot be applied is tried again until it can.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use eventstore::{ReadError, RecordedEvent};
use futures::StreamExt;
use futures::stream::BoxStream;
use tokio::sync::watch;

use crate::apply::{Group, Outcome};
use crate::checkpoint::{self, Generation, State, place_of};
use crate::error::RunError;
use crate::folding::Folding;
use crate::kinds;
use crate::model::Core;
use crate::runner::Shared;

/// The most events in one transaction: appends of the same database wait for it.
const MOST_EVENTS: usize = 250;

/// How long to wait when nothing can be done here, before looking again.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// How long to wait after a failure.
const AFTER_FAILURE: Duration = Duration::from_millis(500);

/// Follows until told to stop.
pub(crate) async fn run(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let mut follower = Follower {
        shared: Arc::clone(&shared),
        folding: Folding::new(),
        feed: None,
        known: None,
    };
    loop {
        let step = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            step = follower.step() => step,
        };
        shared.note_failure(step.as_ref().err());
        if step.is_err() {
            follower.known = None;
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => return,
                () = tokio::time::sleep(AFTER_FAILURE) => {}
            }
        }
    }
}

struct Follower {
    shared: Arc<Shared>,
    folding: Folding,
    feed: Option<Feed>,
    /// The live generations and where they are, as far as known.
    known: Option<Vec<Generation>>,
}

impl Follower {
    /// Applies one batch, or waits for one.
    async fn step(&mut self) -> Result<(), RunError> {
        let shared = Arc::clone(&self.shared);
        let core = &shared.core;
        let live = match self.known.take() {
            Some(live) => live,
            None => live(core, &checkpoint::all(&core.models).await?),
        };
        shared.note_live(&live);
        let (ours, limit) = next_group(&live);
        let Some(mut group) = ours else {
            tokio::select! {
                () = shared.changed.notified() => {}
                () = tokio::time::sleep(LOOK_AGAIN) => {}
            }
            return Ok(());
        };

        let feed = match &mut self.feed {
            Some(feed) if feed.after == group.position() => feed,
            feed => feed.insert(Feed::new(core, group.position())),
        };
        tokio::select! {
            ready = feed.ready() => ready?,
            () = shared.changed.notified() => return Ok(()),
            // Another process may be building what is missing: nothing here tells of its swap, and
            // where nothing is recorded no event does.
            () = tokio::time::sleep(LOOK_AGAIN), if reached(&live).is_none() => return Ok(()),
        }
        let batch = feed.take(limit);
        let Some(end) = batch.last().map(place_of) else {
            // The log was closed.
            tokio::time::sleep(LOOK_AGAIN).await;
            return Ok(());
        };
        let members = group.models();
        let writings = self.folding.writings(core, &members, &batch).await?;
        if group.apply(core, &writings, end).await? == Outcome::Applied {
            let mut live = live;
            for member in &mut live {
                if let Some(moved) = group.members.iter().find(|m| m.name == member.name) {
                    *member = moved.clone();
                }
            }
            shared.note_live(&live);
            self.known = Some(live);
        }
        self.folding.keep();
        Ok(())
    }
}

/// The live generations that this program may feed or has to wait for: all of them.
fn live(core: &Core, all: &[Generation]) -> Vec<Generation> {
    let mut live: Vec<_> = all
        .iter()
        .filter(|generation| generation.state == State::Live)
        .cloned()
        .collect();
    // What a newer program keeps is left to it: its rows are not ours to make.
    for generation in &mut live {
        let feeds = kinds::named(&generation.name).is_some_and(|about| {
            let building =
                |other: &Generation| other.state == State::Building && other.is_ours(core, about);
            generation.is_ours(core, about)
                || (generation.version <= about.version && all.iter().any(building))
        });
        if !feeds {
            generation.state = State::Retired;
        }
    }
    live
}

/// Whether one of these is fed by nobody here.
pub(crate) fn unfed(live: &[Generation]) -> bool {
    live.iter()
        .any(|generation| generation.state == State::Retired)
}

/// The generations that are furthest behind, and the position up to which they may go alone.
fn next_group(live: &[Generation]) -> (Option<Group>, i64) {
    let ours = || live.iter().filter(|member| member.state == State::Live);
    let Some(position) = ours().map(|member| member.position).min() else {
        return (None, 0);
    };
    let limit = ours()
        .map(|member| member.position)
        .filter(|other| *other > position)
        .min()
        .unwrap_or(i64::MAX);
    let members = ours()
        .filter(|member| member.position == position)
        .cloned()
        .collect();
    (Some(Group { members }), limit)
}

/// The events behind a position.
struct Feed {
    after: i64,
    events: VecDeque<RecordedEvent>,
    stream: BoxStream<'static, Result<Vec<RecordedEvent>, ReadError>>,
}

impl Feed {
    fn new(core: &Core, after: i64) -> Self {
        Self {
            after,
            events: VecDeque::new(),
            stream: core.store.subscribe_batches(after),
        }
    }

    /// Waits until there are events, or the log was closed.
    async fn ready(&mut self) -> Result<(), ReadError> {
        if self.events.is_empty()
            && let Some(batch) = self.stream.next().await
        {
            self.events.extend(batch?);
        }
        Ok(())
    }

    /// The next events, not beyond `limit`.
    fn take(&mut self, limit: i64) -> Vec<RecordedEvent> {
        let most = self.events.len().min(MOST_EVENTS);
        let within = self
            .events
            .iter()
            .take(most)
            .take_while(|event| event.position <= limit)
            .count();
        let batch: Vec<_> = self.events.drain(..within).collect();
        self.after = batch.last().map_or(self.after, |event| event.position);
        batch
    }
}

/// How far all live read models have come; none while one of them has no live generation.
pub(crate) fn reached(live: &[Generation]) -> Option<i64> {
    kinds::all()
        .iter()
        .map(|about| {
            live.iter()
                .find(|generation| generation.name == about.name)
                .map(|generation| generation.position)
        })
        .min()
        .flatten()
}
