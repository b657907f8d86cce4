//! Fills new generations with the rows that follow from the log up to where they were begun: reads it
//! once, folds each stream once, writes each row once into tables without indexes, and then makes these.
//! While some rows are written the next are made. Transactions are short on SQLite, where whoever follows
//! the log waits for them.
//!
//! The checkpoint of a generation stands below `build_to` while this goes on, and says no more than how
//! many events are done: one that was broken off there begins anew.

use std::sync::Arc;
use std::time::Instant;

use eventstore::Database;
use tokio::task::JoinSet;

use super::copy::copy;
use super::direct::{Direct, Into, SHORT};
use super::made::{Made, make};
use super::packed::Packed;
use super::runs::Runs;
use super::streams::Streams;
use super::{tables, tally};
use crate::apply::{Group, Outcome};
use crate::build::Progress;
use crate::checkpoint::{self, Place};
use crate::error::RunError;
use crate::model::Core;
use crate::models::table_name;
use crate::sql::Tx;
use crate::statistics;

/// Rows are written when they take so much memory, while as many are made: the more at once, the fewer
/// pages of an index are written more than once.
const AT_ONCE: usize = 16 << 20;

/// Fills the generations of a group. Says whether they are still being built: somebody else may have
/// begun others in their place.
pub(crate) async fn fill(
    core: &Arc<Core>,
    group: &Group,
    notify: &(dyn Fn(Progress) + Send + Sync),
) -> Result<bool, RunError> {
    let to = group.members.first().map_or(0, |member| member.build_to);
    let models = group.models();
    let streams = Arc::new(Streams::of(core, &models, to).await?);
    let mut parts = make(core, &streams, &models);
    let mut writer = Writer::Idle(Filling {
        core: Arc::clone(core),
        group: group.clone(),
        direct: match &*core.models {
            Database::Sqlite(sqlite) => Some(Direct::open(sqlite)?),
            Database::Postgres(_) => None,
        },
        lists: Vec::new(),
        done: 0,
    });
    let names: Vec<_> = models.iter().map(|about| about.name).collect();
    let (mut made, mut events) = (Made::default(), 0);
    for _ in 0..streams.parts() {
        let part = parts.recv().await.ok_or(RunError::Closed)?;
        made.append(part?);
        if made.size() >= AT_ONCE {
            let Some(filling) = writer.idle().await? else {
                return Ok(false);
            };
            events += made.events;
            writer = Writer::busy(filling.write(made.take(false)));
        }
        let position = (events + made.events).min(to);
        let names = names.clone();
        notify(Progress {
            names,
            position,
            head: to,
        });
    }
    let Some(filling) = writer.idle().await? else {
        return Ok(false);
    };
    let Some(filling) = filling.write(made.take(true)).await? else {
        return Ok(false);
    };
    drop(made);
    let Some(filling) = filling.write_lists().await? else {
        return Ok(false);
    };
    let Some(mut filling) = filling.index().await? else {
        return Ok(false);
    };
    statistics::keep_of(core, &filling.group.members).await?;
    let last = core.store.read_all(to - 1, 1).await?;
    filling
        .move_to((to, last.first().map(|last| last.event_id)))
        .await
}

/// What writes: it waits for rows, or writes some.
enum Writer {
    Idle(Filling),
    Busy(JoinSet<Result<Option<Filling>, RunError>>),
}

impl Writer {
    fn busy(
        writing: impl Future<Output = Result<Option<Filling>, RunError>> + Send + 'static,
    ) -> Self {
        let mut one = JoinSet::new();
        one.spawn(writing);
        Self::Busy(one)
    }

    /// Waits until it writes no more; none where the generations are no longer built.
    async fn idle(self) -> Result<Option<Filling>, RunError> {
        match self {
            Self::Idle(filling) => Ok(Some(filling)),
            Self::Busy(mut one) => match one.join_next().await {
                Some(Ok(written)) => written,
                Some(Err(_)) | None => Err(RunError::Closed),
            },
        }
    }
}

/// Puts rows to those of the same list that are written later.
fn put_aside(
    lists: &mut Vec<(Into, Runs)>,
    into: Into,
    packed: &Packed,
) -> Result<(), std::io::Error> {
    if let Some((_, runs)) = lists.iter_mut().find(|(list, _)| list.name == into.name) {
        return runs.add(packed);
    }
    let mut runs = Runs::begin()?;
    runs.add(packed)?;
    lists.push((into, runs));
    Ok(())
}

struct Filling {
    core: Arc<Core>,
    group: Group,
    /// By which rows are written on SQLite.
    direct: Option<Direct>,
    /// Lists that are written on SQLite when all of their rows are there.
    lists: Vec<(Into, Runs)>,
    /// How many events have been written.
    done: i64,
}

impl Filling {
    /// Writes what was made, and returns what goes on; none where the generations are no longer built.
    async fn write(mut self, mut made: Made) -> Result<Option<Self>, RunError> {
        let tables = std::mem::take(&mut made.tables);
        let mut all = Vec::new();
        let members = self.group.members.iter().zip(self.group.models());
        for ((member, about), packed) in members.zip(tables) {
            for (table, packed) in about.tables.iter().zip(packed) {
                let name = table_name(&self.core.models, table.name, member.number);
                all.push((Into { table, name }, packed));
            }
        }
        let later = self.direct.is_some();
        let mut lists = std::mem::take(&mut self.lists);
        let put_in_order = self.core.threads.spawn_blocking(move || {
            for (_, packed) in &mut all {
                packed.sort();
            }
            let (aside, at_once): (Vec<_>, _) = all
                .into_iter()
                .partition(|(into, _)| later && into.table.is_list());
            for (into, packed) in aside {
                put_aside(&mut lists, into, &packed)?;
            }
            Ok::<_, std::io::Error>((lists, at_once))
        });
        let in_order = put_in_order.await.map_err(|_| RunError::Closed)?;
        let (lists, all) = in_order.map_err(sqlx::Error::Io)?;
        self.lists = lists;
        if let Some(direct) = self.direct.take() {
            let members = self.group.members.clone();
            let write = move |direct: &mut Direct| direct.write(&members, &all);
            let (direct, written) = direct.on_a_thread(&self.core.threads, write).await?;
            self.direct = Some(direct);
            if !written || !self.count(made, Vec::new()).await? {
                return Ok(None);
            }
        } else if !self.count(made, all).await? {
            return Ok(None);
        }
        Ok(Some(self))
    }

    /// Writes the lists that were put aside.
    async fn write_lists(mut self) -> Result<Option<Self>, RunError> {
        let Some(direct) = self.direct.take() else {
            return Ok(Some(self));
        };
        let (members, lists) = (self.group.members.clone(), std::mem::take(&mut self.lists));
        let write = move |direct: &mut Direct| {
            for (into, runs) in &lists {
                if !direct.write_list(&members, into, runs)? {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        let (direct, written) = direct.on_a_thread(&self.core.threads, write).await?;
        self.direct = Some(direct);
        Ok(written.then_some(self))
    }

    /// Writes rows on PostgreSQL, on both what was counted, and moves the checkpoints.
    async fn count(&mut self, mut made: Made, all: Vec<(Into, Packed)>) -> Result<bool, RunError> {
        let models = &self.core.models;
        let mut writing = Writing::of(&self.core, &self.group);
        for (into, packed) in &all {
            let Some(Tx::Postgres(tx)) = writing.transaction().await? else {
                return Ok(false);
            };
            copy(tx, into.table, &into.name, packed).await?;
        }
        let members = self.group.members.iter().zip(self.group.models());
        for ((member, about), tallies) in members.zip(&mut made.tallies) {
            for (table, tally) in about.tables.iter().zip(tallies) {
                let Some(counts) = &table.counts else {
                    continue;
                };
                let counted = tally.take();
                let mut from = 0;
                while from < counted.len() {
                    let Some(tx) = writing.transaction().await? else {
                        return Ok(false);
                    };
                    let number = member.number;
                    from += tally::add(tx, models, counts, number, &counted[from..]).await?;
                }
            }
        }
        writing.end().await?;
        self.done += made.events;
        let to = self.group.members.first();
        let to = to.map_or(0, |member| member.build_to);
        self.move_to((self.done.min(to - 1), None)).await
    }

    /// Makes the indexes, each in a transaction of its own.
    async fn index(mut self) -> Result<Option<Self>, RunError> {
        let mut statements = Vec::new();
        for (member, about) in self.group.members.iter().zip(self.group.models()) {
            for table in about.tables {
                statements.extend(tables::indexes(&self.core.models, table, member.number));
            }
        }
        if let Some(direct) = self.direct.take() {
            let members = self.group.members.clone();
            let make = move |direct: &mut Direct| direct.index(&members, &statements);
            let (_, made) = direct.on_a_thread(&self.core.threads, make).await?;
            return Ok(made.then_some(self));
        }
        for statement in statements {
            let mut writing = Writing::of(&self.core, &self.group);
            let Some(tx) = writing.transaction().await? else {
                return Ok(None);
            };
            tx.run(statement).await?;
            writing.end().await?;
        }
        Ok(Some(self))
    }

    /// Moves the checkpoints.
    async fn move_to(&mut self, to: Place) -> Result<bool, RunError> {
        if to.0 <= self.group.position() {
            return Ok(true);
        }
        let nothing: Vec<_> = self.group.members.iter().map(|_| Vec::new()).collect();
        let moved = self.group.apply(&self.core, &nothing, to).await?;
        Ok(moved == Outcome::Applied)
    }
}

/// Transactions one after the other.
struct Writing<'a> {
    core: &'a Core,
    group: &'a Group,
    tx: Option<Tx>,
    until: Instant,
}

impl<'a> Writing<'a> {
    fn of(core: &'a Core, group: &'a Group) -> Self {
        Self {
            core,
            group,
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

    /// The transaction to write in; none when the generations are no longer built.
    async fn transaction(&mut self) -> Result<Option<&mut Tx>, RunError> {
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
            if !checkpoint::lock_unmoved(&mut tx, models, &self.group.members).await? {
                tx.rollback().await?;
                return Ok(None);
            }
            self.until = Instant::now() + SHORT;
            self.tx = Some(tx);
        }
        Ok(self.tx.as_mut())
    }
}
