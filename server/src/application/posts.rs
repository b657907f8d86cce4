//! Giving and ending posts: decide on the officer's stream, append, then put the table that sign-in
//! reads on the state of the log. The log is the truth; [`PostBook::keep_together`] makes the table
//! anew where the two differ, for example after a crash between both writes.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::case::refuse_ended;
use domain::command::Rejection;
use domain::identity::{
    Agency, AgencyKind, GivenFacts, GivenPersonal, NewPost, NewSubstitution, Post, PostEvent,
    Posts, Role,
};
use domain::time::{Instant, Moment};
use domain::unit::Units;
use eventstore::{
    Actor, AppendError, CommandId, Database, EventStore, ExpectedVersion, NewEvent, ReadError,
    StreamId,
};
use futures::{StreamExt as _, TryStreamExt as _};
use projections::{LoadError, OFFICER, load};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::access::{AccessError, Account, Officer, account, posts, session};
use crate::ids::Ids;

/// So many officers are compared with the log at the same time.
const AT_ONCE: usize = 8;

/// Who gives or ends a post.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// The command line, or the server itself.
    System,
    /// An officer.
    Officer(&'a Officer),
}

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
    pub by: Actor,
    /// When that was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// Why a post was not given or ended.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// The rules do not allow it.
    #[error("{}", .0.message.en)]
    Refused(Rejection),
    /// Somebody else changed the posts of the same officer meanwhile.
    #[error("somebody else changed the posts of this officer meanwhile; look again")]
    Conflict,
    /// Accounts could not be read or written.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The log could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The log could not be written.
    #[error(transparent)]
    Append(AppendError),
    /// The posts of an officer could not be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// An event cannot be written as JSON.
    #[error(transparent)]
    Encode(#[from] serde_json::Error),
}

/// The posts of all officers.
#[derive(Debug)]
pub struct PostBook<'a> {
    store: &'a EventStore,
    ids: &'a dyn Ids,
    units: &'a Arc<Units>,
    now: Instant,
}

/// An officer's posts with the events that the log does not have yet.
struct Known {
    posts: Posts,
    unstored: Vec<PostEvent>,
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
        Ok(self.known(account).await?.posts)
    }

    /// Every post of an officer with who gave it, oldest first.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub async fn history(&self, account: &Account) -> Result<Vec<HistoryLine>, PostError> {
        let posts = self.known(account).await?.posts;
        let stored = self.store.load_stream(stream(account.id)).await?;
        let mut given = stored
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
                by: system(),
                recorded_at: account.created_at,
            },
        });
        Ok(lines.collect())
    }

    /// Ends the officer's post and gives them the next one from now on. Substitutions for them end,
    /// and so do their sessions.
    ///
    /// # Errors
    /// [`PostError`]; [`PostError::Refused`] says which rule is against it.
    pub async fn move_to(
        &self,
        account: &Account,
        role: Role,
        unit: &str,
        agency: Option<String>,
        by: By<'_>,
    ) -> Result<(), PostError> {
        not_oneself(account, by)?;
        stands(self.units, unit, self.now)?;
        let known = self.known(account).await?;
        let new = NewPost {
            id: self.ids.next(),
            name: account.display_name.clone(),
            role,
            unit: unit.to_owned(),
            agency: Agency {
                kind: AgencyKind::usual(role),
                name: agency,
            },
            from: self.now,
        };
        let events = known.posts.move_to(new).map_err(PostError::Refused)?;
        // First those who stand for this post: should we stop in between, too little is allowed and
        // not too much.
        self.end_deputies_of(account, by).await?;
        self.commit(account, known, events, by).await?;
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
        by: By<'_>,
    ) -> Result<Uuid, PostError> {
        if deputy.id != principal.id {
            not_oneself(deputy, by)?;
        }
        let known = self.known(deputy).await?;
        let of_principal = self.known(principal).await?.posts;
        let from = new.from.unwrap_or(self.now);
        if from.utc() + chrono::TimeDelta::minutes(5) < self.now.utc() {
            return Err(PostError::Refused(Rejection::field(
                "/from",
                "substitution-in-the-past",
                "Việc thay mặt không thể bắt đầu trong quá khứ: những gì đã ghi vẫn mang tên người \
                 đã ghi.",
                "A substitution cannot begin in the past: what was recorded stays under the name of \
                 who recorded it.",
            )));
        }
        let id = self.ids.next();
        let new = NewSubstitution {
            id,
            name: deputy.display_name.clone(),
            principal: principal.display_name.clone(),
            from: posts::whole_second(from.utc()),
            until: new.until,
            act: new.act,
        };
        let given = known.posts.substitute(&of_principal, new);
        let given = given.map_err(PostError::Refused)?;
        self.commit(deputy, known, vec![given], by).await?;
        Ok(id)
    }

    /// Ends a post of an officer now; one that has not begun is taken back. With the post of their
    /// own everything ends: their substitutions and those for them.
    ///
    /// # Errors
    /// As [`Self::move_to`].
    pub async fn end(&self, account: &Account, post: Uuid, by: By<'_>) -> Result<(), PostError> {
        let known = self.known(account).await?;
        let own = known.posts.at(self.now).main.map(|main| main.id) == Some(post);
        if own {
            not_oneself(account, by)?;
            return self.leave(account, by).await;
        }
        let at = known
            .posts
            .find(post)
            .map_or(self.now, |post| post.from.max(self.now));
        let ended = known.posts.end(post, at).map_err(PostError::Refused)?;
        self.commit(account, known, vec![ended], by).await
    }

    /// Ends whatever the officer holds: they have left.
    ///
    /// # Errors
    /// As [`Self::move_to`].
    pub async fn leave(&self, account: &Account, by: By<'_>) -> Result<(), PostError> {
        self.end_deputies_of(account, by).await?;
        let known = self.known(account).await?;
        let lasting = |post: &&Post| post.until.is_none_or(|until| self.now < until);
        let mut events = Vec::new();
        for post in known.posts.all.iter().filter(lasting) {
            let ended = known.posts.end(post.id, post.from.max(self.now));
            events.push(ended.map_err(PostError::Refused)?);
        }
        self.commit(account, known, events, by).await
    }

    /// Gives the officer who has left the post again that their account names.
    ///
    /// # Errors
    /// As [`Self::move_to`].
    pub async fn rejoin(&self, account: &Account, by: By<'_>) -> Result<(), PostError> {
        let known = self.known(account).await?;
        if known.posts.at(self.now).main.is_some() {
            return Ok(());
        }
        let first = posts::first(account);
        let new = NewPost {
            id: self.ids.next(),
            name: account.display_name.clone(),
            role: first.role,
            unit: first.unit,
            agency: first.agency,
            from: self.now,
        };
        let given = known.posts.give(new).map_err(PostError::Refused)?;
        self.commit(account, known, vec![given], by).await
    }

    /// Ends every substitution for an officer, also those that have not begun.
    async fn end_deputies_of(&self, principal: &Account, by: By<'_>) -> Result<(), PostError> {
        let lasting = |post: &Post| post.until.is_none_or(|until| self.now < until);
        for held in posts::deputies_of(self.database(), principal.id).await? {
            if !lasting(&held) {
                continue;
            }
            let Some(deputy) = account::with_id(self.database(), held.officer).await? else {
                continue;
            };
            let known = self.known(&deputy).await?;
            let at = held.from.max(self.now);
            // Somebody may have ended it meanwhile.
            if let Ok(ended) = known.posts.end(held.id, at) {
                self.commit(&deputy, known, vec![ended], by).await?;
            }
        }
        Ok(())
    }

    /// Compares the posts of everybody with the log and makes rows that differ anew. Returns how many
    /// officers were put right.
    ///
    /// # Errors
    /// [`PostError`].
    pub async fn keep_together(&self) -> Result<usize, PostError> {
        self.make_anew(|stands| stands.differs()).await
    }

    /// Makes the posts of everybody anew from the log. Returns of how many officers.
    ///
    /// # Errors
    /// [`PostError`].
    pub async fn rebuild(&self) -> Result<usize, PostError> {
        self.make_anew(|_| true).await
    }

    async fn make_anew(&self, which: impl Fn(&Stands) -> bool) -> Result<usize, PostError> {
        let which = &which;
        let accounts = account::list(self.database()).await?;
        futures::stream::iter(&accounts)
            .map(|account| async move {
                let stands = self.stands(account).await?;
                if !which(&stands) {
                    return Ok(0);
                }
                let Stands { log, table } = stands;
                posts::write_anew(self.database(), &log, self.now, table.version).await?;
                Ok(1)
            })
            .buffer_unordered(AT_ONCE)
            .try_fold(0, |sum, made| async move { Ok(sum + made) })
            .await
    }

    /// What table and log say of an officer. The table is read first: it is never ahead of the log.
    async fn stands(&self, account: &Account) -> Result<Stands, PostError> {
        let mut table = posts::of(self.database(), account.id).await?;
        let known = self.known(account).await?;
        let mut log = known.posts;
        // The log hears of a first post together with what follows it: until then it is the one that
        // the account was made with, which an older program kept with fractions of a second.
        if !known.unstored.is_empty() {
            log.version = 0;
            for post in &mut table.all {
                post.from = posts::whole_second(post.from.utc());
            }
        }
        Ok(Stands { log, table })
    }

    /// How many rows there are in all, and how many officers have rows that differ from the log.
    ///
    /// # Errors
    /// [`PostError`].
    pub async fn differences(&self) -> Result<(usize, usize), PostError> {
        let rows = posts::all(self.database()).await?.len();
        let mut differ = 0;
        for account in account::list(self.database()).await? {
            differ += usize::from(self.stands(&account).await?.differs());
        }
        Ok((rows, differ))
    }

    async fn known(&self, account: &Account) -> Result<Known, PostError> {
        let posts = load(self.store, account.id, self.units).await?;
        Ok(match posts {
            Some(posts) => Known {
                posts,
                unstored: Vec::new(),
            },
            None => {
                let unstored = vec![first_event(account)];
                let posts = Posts::fold(account.id, &unstored);
                Known { posts, unstored }
            }
        })
    }

    async fn commit(
        &self,
        account: &Account,
        known: Known,
        events: Vec<PostEvent>,
        by: By<'_>,
    ) -> Result<(), PostError> {
        let Known { posts, unstored } = known;
        let stored = posts.version - i64::try_from(unstored.len()).unwrap_or(0);
        let expected = match stored {
            0 => ExpectedVersion::NoStream,
            version => ExpectedVersion::Exact(version),
        };
        let actor = match by {
            By::System => system(),
            By::Officer(officer) => super::stored(&officer.actor()),
        };
        let (mut new, mut hash) = (Vec::new(), Sha256::new());
        let unstored = unstored.iter().map(|event| (event, system()));
        let given = events.iter().map(|event| (event, actor.clone()));
        for (event, actor) in unstored.chain(given) {
            let encoded = event.encode()?;
            hash.update(&encoded.facts);
            let since = match event {
                PostEvent::Given(facts, _) => facts.from,
                PostEvent::Ended(facts) => facts.until,
            };
            new.push(NewEvent {
                event_id: self.ids.next(),
                event_type: encoded.event_type.into(),
                revision: encoded.revision,
                occurred_at: since.min(self.now).utc(),
                recorded_at: self.now.utc(),
                actor,
                correlation_id: account.id,
                causation_id: None,
                facts: encoded.facts,
                personal: encoded.personal,
            });
        }
        if new.is_empty() {
            return Ok(());
        }
        let command = CommandId {
            id: self.ids.next(),
            fingerprint: hash.finalize().into(),
        };
        self.store
            .append(stream(account.id), expected, new, command)
            .await
            .map_err(|error| match error {
                AppendError::VersionConflict { .. } => PostError::Conflict,
                error => PostError::Append(error),
            })?;
        let posts = events.iter().fold(posts, Posts::evolve);
        posts::write(self.database(), &posts, self.now).await?;
        Ok(())
    }
}

const fn stream(account: Uuid) -> StreamId {
    StreamId::new(OFFICER, account)
}

fn system() -> Actor {
    Actor {
        officer: None,
        name: None,
        role: Role::System.name().to_owned(),
        agency: None,
        unit: None,
        on_behalf_of: None,
    }
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

/// What log and table say of the posts of one officer.
struct Stands {
    log: Posts,
    table: Posts,
}

impl Stands {
    /// Whether the table does not hold what the log says, in whatever order.
    fn differs(&self) -> bool {
        let sorted = |posts: &Posts| {
            let mut all = posts.all.clone();
            all.sort_by_key(|post| post.id);
            all
        };
        self.log.version != self.table.version || sorted(&self.log) != sorted(&self.table)
    }
}

/// In a unit that has ended nobody acts from now on: its successors are named.
fn stands(units: &Units, unit: &str, now: Instant) -> Result<(), PostError> {
    refuse_ended(units, unit, now.date()).map_err(|ended| PostError::Refused(ended.at("/unit")))
}

/// Nobody gives or takes posts of their own.
fn not_oneself(account: &Account, by: By<'_>) -> Result<(), PostError> {
    match by {
        By::Officer(officer) if officer.id == account.id => {
            Err(PostError::Refused(Rejection::forbidden(
                "post-of-ones-own",
                "Không ai tự thay đổi vị trí của chính mình. Hãy nhờ một người quản trị khác.",
                "Nobody changes a post of their own. Ask another administrator.",
                "",
            )))
        }
        _ => Ok(()),
    }
}
