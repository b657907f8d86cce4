//! The posts of officers: who holds which, from the log, and giving and ending them. A command goes the way
//! of every command; then the table that sign-in reads is put on the state of the log. The log is the truth;
//! [`PostBook::keep_together`] makes the table anew where the two differ, for example after a crash between
//! both writes.

mod command;
mod desk;
mod permissions;
mod table;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::identity::{Actor, GivenFacts, GivenPersonal, Post, PostEvent, Posts, Role};
use domain::time::{Instant, Moment};
use domain::unit::Units;
use eventstore::{Database, EventStore, StreamId};
use projections::{OFFICER, load};
use uuid::Uuid;

use self::command::PostCommand;
use self::desk::PostDesk;
pub use self::permissions::{looks_after, names_deputies};
use super::envelope::stored;
use super::sending::{Order, send};
use super::{SendError, Sender, Sent};
use crate::access::{Account, posts, session};
use crate::ids::Ids;

/// A substitution that is asked for.
#[derive(Debug, Clone)]
pub struct NewDeputy {
    /// From when on; none: from now on.
    pub from: Option<Instant>,
    /// Until when.
    pub until: Option<Instant>,
    /// Number of the act of authorisation.
    pub act: String,
}

impl NewDeputy {
    /// From one day or instant to the end of another. A first day that has begun counts from `now`.
    #[must_use]
    pub fn between(from: Option<Moment>, until: Option<Moment>, act: String, now: Instant) -> Self {
        let from = from.map(|from| match from {
            Moment::On(_) if from.earliest() < now && now < from.latest() => now,
            from => from.earliest(),
        });
        Self {
            from,
            until: until.map(Moment::latest),
            act,
        }
    }
}

/// One post as it stands in the log.
#[derive(Debug, Clone)]
pub struct HistoryLine {
    /// The post.
    pub post: Post,
    /// Who gave it.
    pub by: eventstore::Actor,
    /// When that was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// Why a post was not given or ended, or could not be read.
pub type PostError = SendError<Posts>;

/// The posts of all officers.
#[derive(Debug)]
pub struct PostBook<'a> {
    store: &'a EventStore,
    ids: &'a dyn Ids,
    units: &'a Arc<Units>,
    now: Instant,
}

impl<'a> PostBook<'a> {
    /// The posts in a log, as of `now`.
    #[must_use]
    pub fn new(
        store: &'a EventStore,
        ids: &'a dyn Ids,
        units: &'a Arc<Units>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            store,
            ids,
            units,
            now: posts::whole_second(now),
        }
    }

    fn database(&self) -> &Database {
        self.store.database()
    }

    /// The posts of an officer, from the log.
    ///
    /// # Errors
    /// [`PostError`] when the log cannot be read.
    pub async fn of(&self, account: &Account) -> Result<Posts, PostError> {
        let stored = load(self.store, account.id, self.units).await?;
        Ok(stored.unwrap_or_else(|| known(account)))
    }

    /// Every post of an officer with who gave it, oldest first.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub async fn history(&self, account: &Account) -> Result<Vec<HistoryLine>, PostError> {
        let posts = self.of(account).await?;
        let stream = StreamId::new(OFFICER, account.id);
        let events = self.store.load_stream(stream).await?;
        let mut given = events
            .iter()
            .filter(|event| &*event.event_type == "PostGiven");
        let lines = posts.all.into_iter().map(|post| match given.next() {
            Some(event) => HistoryLine {
                post,
                by: (*event.actor).clone(),
                recorded_at: event.recorded_at,
            },
            None => HistoryLine {
                post,
                by: stored(&Actor::system()),
                recorded_at: account.created_at,
            },
        });
        Ok(lines.collect())
    }

    /// Ends the officer's post and gives them the next one from now on. Substitutions for them end with it,
    /// and so do their sessions.
    ///
    /// # Errors
    /// [`PostError`]; [`SendError::Rejected`] says which rule is against it.
    pub async fn move_to(
        &self,
        account: &Account,
        role: Role,
        unit: &str,
        agency: Option<String>,
        by: Sender<'_>,
    ) -> Result<(), PostError> {
        let moved = PostCommand::Move {
            role,
            unit: unit.to_owned(),
            agency,
        };
        self.send(account, moved, by).await?;
        session::end_all(self.database(), account.id).await?;
        Ok(())
    }

    /// Lets `deputy` act for `principal` for a time. Returns the id of the substitution.
    ///
    /// # Errors
    /// As [`Self::move_to`].
    pub async fn substitute(
        &self,
        deputy: &Account,
        principal: &Account,
        new: NewDeputy,
        by: Sender<'_>,
    ) -> Result<Uuid, PostError> {
        let NewDeputy { from, until, act } = new;
        let substitute = PostCommand::Substitute {
            principal: principal.id,
            from,
            until,
            act,
        };
        self.send(deputy, substitute, by).await
    }

    /// Ends a post of an officer now; one that has not begun is taken back. With the post of their
    /// own everything ends: their substitutions and those for them.
    ///
    /// # Errors
    /// As [`Self::move_to`].
    pub async fn end(
        &self,
        account: &Account,
        post: Uuid,
        by: Sender<'_>,
    ) -> Result<(), PostError> {
        let end = PostCommand::End { post };
        self.send(account, end, by).await.map(drop)
    }

    /// Ends whatever the officer holds: they have left.
    ///
    /// # Errors
    /// As [`Self::move_to`].
    pub async fn leave(&self, account: &Account, by: Sender<'_>) -> Result<(), PostError> {
        self.send(account, PostCommand::Leave, by).await.map(drop)
    }

    /// Gives the officer who has left the post again that their account names.
    ///
    /// # Errors
    /// As [`Self::move_to`].
    pub async fn rejoin(&self, account: &Account, by: Sender<'_>) -> Result<(), PostError> {
        self.send(account, PostCommand::Rejoin, by).await.map(drop)
    }

    /// Sends the command; returns its id, which is that of the post that it gives.
    async fn send(
        &self,
        account: &Account,
        command: PostCommand,
        by: Sender<'_>,
    ) -> Result<Uuid, PostError> {
        let desk = PostDesk {
            book: self,
            account,
        };
        let order = Order {
            sender: &by,
            id: self.ids.next(),
            to: account.id,
            expected: None,
            asked: &command,
        };
        let _: Sent<Posts> = send(&desk, &order, None).await?;
        Ok(order.id)
    }
}

/// The posts of an officer of whom the log has not heard yet.
fn known(account: &Account) -> Posts {
    Posts::fold(account.id, &[first_event(account)])
}

/// The event of the post that an account began with.
fn first_event(account: &Account) -> PostEvent {
    let post = posts::first(account);
    PostEvent::Given(
        GivenFacts {
            post: post.id,
            role: post.role,
            unit: post.unit,
            agency: post.agency.kind,
            from: post.from,
            until: None,
            principal: None,
        },
        Some(GivenPersonal {
            name: account.display_name.clone(),
            agency: post.agency.name,
            principal: None,
            act: None,
        }),
    )
}
