//! The table of posts that sign-in reads: compared with the log, and made anew from it.

use domain::identity::Posts;
use futures::{StreamExt as _, TryStreamExt as _};
use projections::load;

use super::{PostBook, PostError, known};
use crate::access::{Account, account, posts};

/// So many officers are compared with the log at the same time.
const AT_ONCE: usize = 8;

impl PostBook<'_> {
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
        let stored: Option<Posts> = load(self.store, account.id, self.units).await?;
        let unheard = stored.is_none();
        let mut log = stored.unwrap_or_else(|| known(account));
        // The log hears of a first post together with what follows it: until then it is the one that
        // the account was made with, which an older program kept with fractions of a second.
        if unheard {
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
