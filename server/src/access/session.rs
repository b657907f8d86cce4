//! Sessions: a random token in a cookie or as a bearer. Owns the table `sessions`.

use chrono::{DateTime, Duration, SubsecRound, Utc};
use domain::identity::Role;
use eventstore::Database;
use sqlx::FromRow;
use uuid::Uuid;

use super::{AccessError, Officer, Token, either};
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
    id: Uuid,
    display_name: String,
    role: String,
    unit: String,
    agency: Option<String>,
    language: String,
}

/// Begins a session and says when it ends.
///
/// # Errors
/// The database, or no randomness.
pub async fn begin(
    database: &Database,
    account: Uuid,
    kind: Kind,
    now: DateTime<Utc>,
) -> Result<(Token, DateTime<Utc>), AccessError> {
    const SQL: &str = "
        INSERT INTO sessions (token_hash, account_id, kind, created_at, last_seen_at, expires_at)
        VALUES ($1, $2, $3, $4, $4, $5)";
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
        .execute(pool)
        .await?
        .rows_affected());
    Ok((token, expires))
}

/// The officer whose session this is, if it still runs and the account is open. `used`: whether this
/// counts as using the session, and so prolongs it.
///
/// # Errors
/// The database.
pub async fn look_up(
    database: &Database,
    token: &Token,
    kind: Kind,
    now: DateTime<Utc>,
    used: bool,
) -> Result<Option<Officer>, AccessError> {
    const SQL: &str = "
        SELECT sessions.created_at, sessions.last_seen_at, sessions.expires_at,
               accounts.id, accounts.display_name, accounts.role, accounts.unit, accounts.agency,
               accounts.language
          FROM sessions
          JOIN accounts ON accounts.id = sessions.account_id
         WHERE sessions.token_hash = $1
           AND sessions.kind = $2
           AND accounts.disabled_at IS NULL";
    let row: Option<Row> = either!(database, read, pool =>
        sqlx::query_as(SQL).bind(token.hash()).bind(kind.name()).fetch_optional(pool).await)?;
    let Some(row) = row else { return Ok(None) };
    if row.expires_at <= now {
        return Ok(None);
    }
    if used && now - row.last_seen_at >= SEEN_EVERY {
        prolong(database, token, kind, &row, now).await;
    }
    let wrong = |column| AccessError::StoredData {
        table: "accounts",
        column,
    };
    Ok(Some(Officer {
        id: row.id,
        name: row.display_name,
        role: Role::parse(&row.role).ok_or_else(|| wrong("role"))?,
        unit: row.unit,
        agency: row.agency,
        language: Language::parse(&row.language).ok_or_else(|| wrong("language"))?,
        session: token.clone(),
    }))
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
