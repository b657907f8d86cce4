//! Builds a generation beside the live one and lets it take its place. Nobody waits: the live one is
//! read and fed meanwhile.
//!
//! Up to the head at the beginning the rows are made in bulk; behind it, event by event. Only one
//! process builds at a time. A build that was broken off is taken up by the next: behind that head it
//! goes on, before it it begins anew.

use std::sync::Arc;

use crate::apply::{Group, write};
use crate::checkpoint::{self, Generation, Place, State, place_of};
use crate::error::RunError;
use crate::folding::Folding;
use crate::keep::alone::Alone;
use crate::keep::bulk;
use crate::kinds;
use crate::model::{About, Core};
use crate::retire::drop_retired;
use crate::sql::Tx;
use crate::table::Writing;

/// The most events in one transaction behind the head of the beginning.
const CATCH_UP: usize = 250;

/// How far a build has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Which read models are built.
    pub names: Vec<&'static str>,
    /// The position they have come to.
    pub position: i64,
    /// The position to come to; it moves with the log.
    pub head: i64,
}

/// Why a read model is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// Somebody asked for it.
    Anew,
    /// None that this program may read is there, or one was begun.
    Missing,
}

/// Builds these read models and swaps them in; afterwards drops what they replaced. `notify` is
/// called after each batch and at the end, `swapped` after each swap.
pub(crate) async fn build(
    core: &Arc<Core>,
    models: &[&'static About],
    why: Why,
    notify: &(dyn Fn(Progress) + Send + Sync),
    swapped: &(dyn Fn() + Send + Sync),
) -> Result<(), RunError> {
    let alone = Alone::wait(&core.models).await?;
    let built = build_alone(core, models, why, notify, swapped).await;
    let ended = alone.end().await;
    built.and(ended.map_err(RunError::from))
}

async fn build_alone(
    core: &Arc<Core>,
    models: &[&'static About],
    why: Why,
    notify: &(dyn Fn(Progress) + Send + Sync),
    swapped: &(dyn Fn() + Send + Sync),
) -> Result<(), RunError> {
    let head = core.store.head().await?;
    let mut waiting = Vec::new();
    for about in models {
        waiting.extend(begin(core, about, why, head).await?);
    }
    // Those that stand at the same place go together.
    while let Some(first) = waiting.first().cloned() {
        let (members, others): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|other| {
            (other.position, other.build_to) == (first.position, first.build_to)
        });
        waiting = others;
        let mut build = Build {
            core: Arc::clone(core),
            group: Group { members },
            folding: Folding::new(),
        };
        build.run(notify, swapped).await?;
    }
    drop_retired(core).await
}

/// Begins a generation, or takes up one of ours that was begun and filled, by whomever; none where
/// nothing is to be done any more. That is decided while nobody else decides it.
async fn begin(
    core: &Core,
    about: &'static About,
    why: Why,
    head: i64,
) -> Result<Option<Generation>, RunError> {
    let models = &core.models;
    let mut tx = Tx::write(models).await?;
    let locked = checkpoint::lock(&mut tx, models, about.name).await?;
    let newer = |generation: &Generation| {
        generation.state != State::Retired && generation.version > about.version
    };
    if locked.all.iter().any(newer) {
        return Err(RunError::Newer(about.name.to_owned()));
    }
    let ours = |state| {
        let mut all = locked.all.iter();
        all.find(|one| one.state == state && one.is_ours(core, about))
    };
    let begun = ours(State::Building).filter(|begun| begun.position >= begun.build_to);
    let others = locked.all.iter().filter(|other| {
        // Another program began it, or it was broken off while it was filled: it will never be wanted.
        other.state == State::Building && begun != Some(*other)
    });
    for other in others {
        checkpoint::become_state(&mut tx, models, other, State::Retired).await?;
    }
    let generation = match begun {
        Some(begun) => Some(begun.clone()),
        // Somebody else was quicker.
        None if why == Why::Missing && ours(State::Live).is_some() => None,
        None => Some(checkpoint::begin(&mut tx, core, about, &locked, head).await?),
    };
    tx.commit().await?;
    Ok(generation)
}

struct Build {
    core: Arc<Core>,
    group: Group,
    folding: Folding,
}

impl Build {
    async fn run(
        &mut self,
        notify: &(dyn Fn(Progress) + Send + Sync),
        swapped: &(dyn Fn() + Send + Sync),
    ) -> Result<(), RunError> {
        loop {
            let before = self.group.position();
            let build_to = self.group.members.first().map_or(0, |m| m.build_to);
            if before < build_to {
                bulk::fill(&self.core, &self.group, notify).await?;
                self.look_again().await?;
                if self.group.members.is_empty() {
                    return Ok(());
                }
                continue;
            }
            let (writings, end) = self.news(before).await?;
            if end.0 > before {
                self.group.apply(&self.core, &writings, end).await?;
                self.folding.keep();
            }
            let head = self.core.store.head().await?;
            let names = self.group.models().iter().map(|about| about.name).collect();
            let position = self.group.position();
            notify(Progress {
                names,
                position,
                head,
            });
            // The head of the log may run away from us for as long as people record without a pause;
            // the live generation follows it as we do, one transaction after the other.
            if end.0 == before || end.0 + (CATCH_UP as i64) > self.live().await?.unwrap_or(head) {
                self.swap_all().await?;
                swapped();
            }
            self.look_again().await?;
            if self.group.members.is_empty() {
                return Ok(());
            }
        }
    }

    /// The position of the furthest live generation in whose place a member is to come; none where a
    /// member is the first of its kind.
    async fn live(&self) -> Result<Option<i64>, RunError> {
        let all = checkpoint::all(&self.core.models).await?;
        let members = self.group.members.iter();
        let live = members.map(|member| {
            let mut all = all.iter().filter(|one| one.state == State::Live);
            all.find(|one| one.name == member.name)
                .map(|one| one.position)
        });
        Ok(live
            .collect::<Option<Vec<_>>>()
            .and_then(|all| all.into_iter().max()))
    }

    /// Where the members are now, whoever moved them; those that are no longer being built are done.
    async fn look_again(&mut self) -> Result<(), RunError> {
        let all = checkpoint::all(&self.core.models).await?;
        let mut members = Vec::with_capacity(self.group.members.len());
        for member in &self.group.members {
            let now = all
                .iter()
                .find(|other| other.name == member.name && other.number == member.number);
            members.extend(now.filter(|now| now.state == State::Building).cloned());
        }
        // The one that is furthest behind goes first; the others join it when it has come so far.
        let position = members.iter().map(|m| m.position).min().unwrap_or(0);
        members.sort_by_key(|member| member.position != position);
        let apart = members.iter().any(|member| member.position != position);
        if apart {
            members.truncate(1);
        }
        self.group.members = members;
        Ok(())
    }

    /// What is to be written of the next events.
    async fn news(&mut self, after: i64) -> Result<Batch, RunError> {
        let events = self.core.store.read_all(after, CATCH_UP).await?;
        let end = events.last().map_or((after, None), place_of);
        let members = self.group.models();
        let writings = self.folding.writings(&self.core, &members, &events).await?;
        Ok((writings, end))
    }

    async fn swap_all(&mut self) -> Result<(), RunError> {
        let members = self.group.members.clone();
        for member in &members {
            self.swap(member).await?;
        }
        Ok(())
    }

    /// Puts a generation in the place of the live one, if it has come as far, or nearly: the last
    /// few events are applied while the live one is held.
    async fn swap(&mut self, member: &Generation) -> Result<(), RunError> {
        let core = Arc::clone(&self.core);
        let models = &core.models;
        let mut tx = Tx::write(models).await?;
        let all = checkpoint::lock(&mut tx, models, &member.name).await?.all;
        let Some(mine) = all.iter().find(|other| other.number == member.number) else {
            return Ok(());
        };
        let live = all.iter().find(|other| other.state == State::Live);
        let ahead = live.map_or(0, |live| live.position - mine.position);
        if mine.state != State::Building || mine.position < mine.build_to || ahead > CATCH_UP as i64
        {
            return Ok(());
        }
        if ahead > 0 {
            let most = usize::try_from(ahead).unwrap_or_default();
            let events = core.store.read_all(mine.position, most).await?;
            let end = events.last().map_or((0, None), place_of);
            if end.0 != mine.position + ahead {
                return Ok(());
            }
            let of: Vec<_> = kinds::named(&mine.name).into_iter().collect();
            let writings = Folding::new().writings(&core, &of, &events).await?;
            for writings in &writings {
                write(&core, &mut tx, mine, writings).await?;
            }
            checkpoint::advance(&mut tx, models, mine, end).await?;
        }
        if let Some(live) = live {
            checkpoint::become_state(&mut tx, models, live, State::Retired).await?;
        }
        checkpoint::become_state(&mut tx, models, mine, State::Live).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// What is to be written, and the position it leads to.
type Batch = (Vec<Vec<Writing>>, Place);
