//! Fills new generations with the rows that follow from the log up to where they were begun: reads it
//! once, folds each stream once, writes each row once into tables without indexes, and then makes these.
//! Transactions are short on SQLite, where whoever follows the log waits for them.
//!
//! The checkpoint of a generation stands below `build_to` while this goes on, and says no more than how
//! many events are done: one that was broken off there begins anew.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::Executor as _;

use super::made::{Made, make};
use super::streams::Streams;
use super::{tables, tally, write};
use crate::apply::Group;
use crate::build::Progress;
use crate::checkpoint::{self, Generation, Place};
use crate::error::RunError;
use crate::model::Core;
use crate::sql::Tx;
use crate::statistics;
use eventstore::Database;

/// Rows are written when they take so much memory: the more at once, the fewer pages of an index are
/// written more than once.
const AT_ONCE: usize = 40 << 20;

/// How long a transaction on SQLite writes before it is committed.
const SHORT: Duration = Duration::from_millis(25);

/// The pages of SQLite that are at hand meanwhile, and otherwise, in KiB.
const CACHE: [&str; 2] = ["PRAGMA cache_size = -65536", "PRAGMA cache_size = -8192"];

/// Fills the generations of a group. Says whether they are still being built: somebody else may have
/// begun others in their place.
pub(crate) async fn fill(
    core: &Arc<Core>,
    group: &mut Group,
    notify: &(dyn Fn(Progress) + Send + Sync),
) -> Result<bool, RunError> {
    let at_hand = |pragma| async move {
        if let Database::Sqlite(sqlite) = &*core.models {
            sqlite.write.acquire().await?.execute(pragma).await?;
        }
        Ok::<_, sqlx::Error>(())
    };
    at_hand(CACHE[0]).await?;
    let filled = fill_all(core, group, notify).await;
    at_hand(CACHE[1]).await?;
    filled
}

async fn fill_all(
    core: &Arc<Core>,
    group: &mut Group,
    notify: &(dyn Fn(Progress) + Send + Sync),
) -> Result<bool, RunError> {
    let to = group.members.first().map_or(0, |member| member.build_to);
    let models = group.models();
    let streams = Arc::new(Streams::of(core, &models, to).await?);
    let mut parts = make(core, &streams, &models);
    let mut filling = Filling {
        core,
        group,
        made: Made::default(),
        done: 0,
    };
    let names: Vec<_> = models.iter().map(|about| about.name).collect();
    for _ in 0..streams.parts() {
        let part = parts.recv().await.ok_or(RunError::Closed)?;
        filling.made.append(part?);
        if filling.made.size() >= AT_ONCE && !filling.write(false).await? {
            return Ok(false);
        }
        let position = (filling.done + filling.made.events).min(to);
        let names = names.clone();
        notify(Progress {
            names,
            position,
            head: to,
        });
    }
    if !(filling.write(true).await? && filling.index().await?) {
        return Ok(false);
    }
    statistics::keep_of(core, &filling.group.members).await?;
    let last = core.store.read_all(to - 1, 1).await?;
    filling
        .move_to((to, last.first().map(|last| last.event_id)))
        .await
}

struct Filling<'a> {
    core: &'a Arc<Core>,
    group: &'a mut Group,
    /// What is not written yet.
    made: Made,
    /// How many events have been written.
    done: i64,
}

impl Filling<'_> {
    /// Writes what was made, and at the end whatever was counted.
    async fn write(&mut self, at_end: bool) -> Result<bool, RunError> {
        for packed in self.made.tables.iter_mut().flatten() {
            packed.sort();
        }
        let mut writing = Writing::of(self.core, &self.group.members);
        for (member, model) in self.group.models().into_iter().enumerate() {
            let number = self.group.members[member].number;
            for (table, about) in model.tables.iter().enumerate() {
                let packed = std::mem::take(&mut self.made.tables[member][table]);
                let mut from = 0;
                while from < packed.len() {
                    let Some((tx, until)) = writing.transaction().await? else {
                        return Ok(false);
                    };
                    let models = &self.core.models;
                    from = write::write(tx, models, about, number, &packed, from, until).await?;
                }
                let tally = &mut self.made.tallies[member][table];
                let Some(counts) = about.counts.filter(|_| at_end || tally.is_full()) else {
                    continue;
                };
                let counted = tally.take();
                let mut from = 0;
                while from < counted.len() {
                    let Some((tx, _)) = writing.transaction().await? else {
                        return Ok(false);
                    };
                    let models = &self.core.models;
                    from += tally::add(tx, models, &counts, number, &counted[from..]).await?;
                }
            }
        }
        writing.end().await?;
        self.done += std::mem::take(&mut self.made.events);
        let to = self
            .group
            .members
            .first()
            .map_or(0, |member| member.build_to);
        self.move_to((self.done.min(to - 1), None)).await
    }

    /// Makes the indexes, each in a transaction of its own.
    async fn index(&self) -> Result<bool, RunError> {
        for (member, about) in self.group.members.iter().zip(self.group.models()) {
            for table in about.tables {
                for statement in tables::indexes(&self.core.models, table, member.number) {
                    let mut writing = Writing::of(self.core, &self.group.members);
                    let Some((tx, _)) = writing.transaction().await? else {
                        return Ok(false);
                    };
                    tx.run(statement).await?;
                    writing.end().await?;
                }
            }
        }
        Ok(true)
    }

    /// Moves the checkpoints.
    async fn move_to(&mut self, to: Place) -> Result<bool, RunError> {
        if to.0 <= self.group.position() {
            return Ok(true);
        }
        let nothing: Vec<_> = self.group.members.iter().map(|_| Vec::new()).collect();
        let moved = self.group.apply(self.core, &nothing, to).await?;
        Ok(moved == crate::apply::Outcome::Applied)
    }
}

/// Transactions one after the other.
struct Writing<'a> {
    core: &'a Core,
    members: Vec<Generation>,
    tx: Option<Tx>,
    until: Instant,
}

impl<'a> Writing<'a> {
    fn of(core: &'a Core, members: &[Generation]) -> Self {
        Self {
            core,
            members: members.to_vec(),
            tx: None,
            until: Instant::now(),
        }
    }

    /// Makes durable what is not yet.
    async fn end(&mut self) -> Result<(), sqlx::Error> {
        match self.tx.take() {
            Some(tx) => tx.commit().await,
            None => Ok(()),
        }
    }

    /// The transaction to write in, and until when; none when the generations are no longer built.
    async fn transaction(&mut self) -> Result<Option<(&mut Tx, Instant)>, RunError> {
        let short = matches!(*self.core.models, Database::Sqlite(_));
        if short
            && Instant::now() >= self.until
            && let Some(tx) = self.tx.take()
        {
            tx.commit().await?;
        }
        if self.tx.is_none() {
            let models = &self.core.models;
            let mut tx = Tx::write(models).await?;
            if !checkpoint::lock_unmoved(&mut tx, models, &self.members).await? {
                tx.rollback().await?;
                return Ok(None);
            }
            self.until = Instant::now() + SHORT;
            self.tx = Some(tx);
        }
        Ok(self.tx.as_mut().map(|tx| (tx, self.until)))
    }
}
