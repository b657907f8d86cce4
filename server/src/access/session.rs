//! Sessions: a random token in a cookie or as a bearer. Owns the table `sessions`.

use chrono::{DateTime, Duration, SubsecRound, Utc};
use domain::identity::{Post, Posts};
use domain::time::Instant;
use eventstore::Database;
use sha2::{Digest, Sha256};
use sqlx::FromRow;
use uuid::Uuid;

use super::posts::{PostRow, post_columns};
use super::token::hex;
use super::{AccessError, Agent, Officer, Token, either};
use crate::language::Language;

/// A session in the browser ends when nobody used it for so long.
pub const IDLE: Duration = Duration::hours(4);
/// A session in the browser ends at the latest after this time: a duty of a night and its day.
pub const LONGEST: Duration = Duration::hours(24);
/// A program's session ends after this time, used or not.
pub const BEARER: Duration = Duration::hours(12);
/// The last use is written down at most this often: reading a page should not write each time.
const SEEN_EVERY: Duration = Duration::minutes(1);

/// How a session is carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// In a cookie: pages. Forms need a token against forged requests.
    Cookie,
    /// In the `Authorization` header: programs.
    Bearer,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Kind::Cookie => "cookie",
            Kind::Bearer => "bearer",
        }
    }
}

#[derive(FromRow)]
struct Row {
    created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    capacity: Option<Uuid>,
    id: Uuid,
    display_name: String,
    language: String,
    #[sqlx(flatten)]
    post: PostRow,
}

/// On whose behalf an officer acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnBehalf {
    /// The principal's account.
    pub principal: Uuid,
    /// The principal's name. Never log it.
    pub name: String,
    /// Number of the act of authorisation.
    pub act: String,
    /// Until when.
    pub until: Option<Instant>,
}

/// A substitution that the session acted in and that runs no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedCapacity {
    /// Whose deputy it made. Never log it.
    pub name: String,
    /// When it ended.
    pub at: Instant,
}

/// Whom a token belongs to.
#[derive(Debug)]
pub enum Found {
    /// This officer.
    Officer(Box<Officer>),
    /// Somebody who holds no post now.
    NoPost,
    /// Nobody: there is no such session any more.
    Nobody,
}

/// Begins a session, in a substitution where `capacity` names one, and says when it ends.
///
/// # Errors
/// The database, or no randomness.
pub async fn begin(
    database: &Database,
    account: Uuid,
    kind: Kind,
    capacity: Option<Uuid>,
    agent: &Agent,
    now: DateTime<Utc>,
) -> Result<(Token, DateTime<Utc>), AccessError> {
    const SQL: &str = "
        INSERT INTO sessions
            (token_hash, account_id, kind, created_at, last_seen_at, expires_at, capacity, agent)
        VALUES ($1, $2, $3, $4, $4, $5, $6, $7)";
    let token = Token::random()?;
    let now = now.trunc_subsecs(0);
    let expires = match kind {
        Kind::Cookie => now + IDLE,
        Kind::Bearer => now + BEARER,
    };
    either!(database, write, pool => sqlx::query(SQL)
        .bind(token.hash())
        .bind(account)
        .bind(kind.name())
        .bind(now)
        .bind(expires)
        .bind(capacity)
        .bind(agent.as_str())
        .execute(pool)
        .await?
        .rows_affected());
    Ok((token, expires))
}

/// The officer whose session this is, in the capacity they chose, if the session still runs and the
/// account is open. A substitution that has ended gives way to the officer's own post.
/// `used`: whether this counts as using the session, and so prolongs it.
///
/// # Errors
/// The database.
pub async fn look_up(
    database: &Database,
    token: &Token,
    kind: Kind,
    now: DateTime<Utc>,
    used: bool,
) -> Result<Found, AccessError> {
    const SQL: &str = concat!(
        "SELECT sessions.created_at, sessions.last_seen_at, sessions.expires_at, sessions.capacity,
               accounts.id, accounts.display_name, accounts.language, ",
        post_columns!(),
        " FROM sessions
          JOIN accounts ON accounts.id = sessions.account_id
          JOIN posts ON posts.account_id = accounts.id
         WHERE sessions.token_hash = $1
           AND sessions.kind = $2
           AND accounts.disabled_at IS NULL
         ORDER BY posts.from_at, posts.id"
    );
    let mut rows: Vec<Row> = either!(database, read, pool =>
        sqlx::query_as(SQL).bind(token.hash()).bind(kind.name()).fetch_all(pool).await)?;
    let Some(row) = rows.first() else {
        return Ok(Found::Nobody);
    };
    if row.expires_at <= now {
        return Ok(Found::Nobody);
    }
    if used && now - row.last_seen_at >= SEEN_EVERY {
        prolong(database, token, kind, row, now).await;
    }
    let language = Language::parse(&row.language).ok_or(AccessError::StoredData {
        table: "accounts",
        column: "language",
    })?;
    let (id, capacity) = (row.id, row.capacity);
    let name = std::mem::take(&mut rows[0].display_name);
    let posts = Posts {
        officer: id,
        version: 0,
        all: super::posts::posts(rows.into_iter().map(|row| row.post).collect())?,
    };
    let at = Instant::new(now);
    let capacities = posts.at(at);
    let Some(main) = capacities.main else {
        return Ok(Found::NoPost);
    };
    let chosen = capacity.filter(|chosen| *chosen != main.id);
    let running = |chosen: &Uuid| {
        let mut substitutions = capacities.substitutions.iter();
        substitutions.find(|post| post.id == *chosen).copied()
    };
    let acting = chosen.as_ref().and_then(running);
    let ended = match (chosen, acting) {
        (Some(chosen), None) => posts.find(chosen).and_then(ended),
        _ => None,
    };
    let post = acting.unwrap_or(main);
    Ok(Found::Officer(Box::new(Officer {
        id,
        name,
        role: post.role,
        unit: post.unit.clone(),
        agency: post.agency.name.clone(),
        language,
        post: post.id,
        on_behalf_of: on_behalf(post),
        capacities: 1 + capacities.substitutions.len(),
        ended,
        session: token.clone(),
        kind,
    })))
}

/// On whose behalf a post is held.
#[must_use]
pub fn on_behalf(post: &Post) -> Option<OnBehalf> {
    let held = post.substitution.as_ref()?;
    Some(OnBehalf {
        principal: held.principal,
        name: held.name.clone(),
        act: held.act.clone(),
        until: post.until,
    })
}

fn ended(post: &Post) -> Option<EndedCapacity> {
    Some(EndedCapacity {
        name: post.substitution.as_ref()?.name.clone(),
        at: post.until?,
    })
}

/// Lets the session act in another capacity from now on; none: in the officer's own post.
///
/// # Errors
/// The database.
pub async fn choose(
    database: &Database,
    token: &Token,
    capacity: Option<Uuid>,
) -> Result<(), AccessError> {
    const SQL: &str = "UPDATE sessions SET capacity = $2 WHERE token_hash = $1";
    either!(database, write, pool => sqlx::query(SQL)
        .bind(token.hash()).bind(capacity).execute(pool).await?.rows_affected());
    Ok(())
}

/// Writes down that the session was used. A failure only shortens the session: it is logged.
async fn prolong(database: &Database, token: &Token, kind: Kind, row: &Row, now: DateTime<Utc>) {
    const SQL: &str =
        "UPDATE sessions SET last_seen_at = $2, expires_at = $3 WHERE token_hash = $1";
    let now = now.trunc_subsecs(0);
    let expires = match kind {
        Kind::Cookie => (now + IDLE).min(row.created_at + LONGEST),
        Kind::Bearer => row.expires_at,
    };
    let result: Result<_, sqlx::Error> = either!(database, write, pool => sqlx::query(SQL)
        .bind(token.hash()).bind(now).bind(expires).execute(pool).await.map(|_| ()));
    if let Err(error) = result {
        tracing::warn!(error = %error, "the last use of a session was not written down");
    }
}

/// Ends this session. Ending one that has ended already is no error.
///
/// # Errors
/// The database.
pub async fn end(database: &Database, token: &Token) -> Result<(), AccessError> {
    const SQL: &str = "DELETE FROM sessions WHERE token_hash = $1";
    either!(database, write, pool => sqlx::query(SQL).bind(token.hash()).execute(pool).await?.rows_affected());
    Ok(())
}

/// A session as its owner sees it.
#[derive(Debug, Clone)]
pub struct Own {
    /// Names it among the sessions of the account; it gives nobody access.
    pub id: String,
    /// How it is carried.
    pub kind: Kind,
    /// With what it was begun.
    pub agent: Agent,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to about a minute.
    pub last_seen_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub current: bool,
    hash: Vec<u8>,
}

#[derive(FromRow)]
struct OwnRow {
    token_hash: Vec<u8>,
    kind: String,
    agent: String,
    created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
}

/// The sessions of an account that run, the last used first. `token`: that of the session that asks.
///
/// # Errors
/// The database.
pub async fn of(
    database: &Database,
    account: Uuid,
    token: &Token,
    now: DateTime<Utc>,
) -> Result<Vec<Own>, AccessError> {
    const SQL: &str = "
        SELECT token_hash, kind, agent, created_at, last_seen_at
          FROM sessions
         WHERE account_id = $1
           AND expires_at > $2
         ORDER BY last_seen_at DESC, created_at DESC, token_hash";
    let rows: Vec<OwnRow> = either!(database, read, pool =>
        sqlx::query_as(SQL).bind(account).bind(now.trunc_subsecs(0)).fetch_all(pool).await)?;
    let asking = token.hash();
    let own = rows.into_iter().map(|row| Own {
        id: public_id(&row.token_hash),
        kind: if row.kind == Kind::Bearer.name() {
            Kind::Bearer
        } else {
            Kind::Cookie
        },
        agent: Agent::stored(row.agent),
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
        current: row.token_hash == asking,
        hash: row.token_hash,
    });
    Ok(own.collect())
}

/// A name for a session that does not lead back to its secret, nor to what is stored of it.
fn public_id(token_hash: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(b"session\0");
    hash.update(token_hash);
    hex(&hash.finalize()[..16])
}

/// Ends one of the sessions of an account; says whether there was such a one.
///
/// # Errors
/// The database.
pub async fn end_one(
    database: &Database,
    account: Uuid,
    token: &Token,
    id: &str,
    now: DateTime<Utc>,
) -> Result<bool, AccessError> {
    const SQL: &str = "DELETE FROM sessions WHERE token_hash = $1 AND account_id = $2";
    let own = of(database, account, token, now).await?;
    let Some(found) = own.into_iter().find(|own| own.id == id) else {
        return Ok(false);
    };
    either!(database, write, pool => sqlx::query(SQL)
        .bind(found.hash).bind(account).execute(pool).await?.rows_affected());
    Ok(true)
}

/// Ends all sessions of an account but the one that asks.
///
/// # Errors
/// The database.
pub async fn end_others(
    database: &Database,
    account: Uuid,
    token: &Token,
) -> Result<(), AccessError> {
    const SQL: &str = "DELETE FROM sessions WHERE account_id = $1 AND token_hash <> $2";
    either!(database, write, pool => sqlx::query(SQL)
        .bind(account).bind(token.hash()).execute(pool).await?.rows_affected());
    Ok(())
}

/// Ends all sessions of an account.
///
/// # Errors
/// The database.
pub async fn end_all(database: &Database, account: Uuid) -> Result<(), AccessError> {
    const SQL: &str = "DELETE FROM sessions WHERE account_id = $1";
    either!(database, write, pool => sqlx::query(SQL).bind(account).execute(pool).await?.rows_affected());
    Ok(())
}

/// Clears away sessions that have ended.
///
/// # Errors
/// The database.
pub async fn clear_ended(database: &Database, now: DateTime<Utc>) -> Result<(), AccessError> {
    const SQL: &str = "DELETE FROM sessions WHERE expires_at <= $1";
    let now = now.trunc_subsecs(0);
    either!(database, write, pool => sqlx::query(SQL).bind(now).execute(pool).await?.rows_affected());
    Ok(())
}
