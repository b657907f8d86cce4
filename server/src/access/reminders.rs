//! How an officer wants to be reminded beside the pages: a mail address, a secret address for a
//! calendar. Owns the table `reminder_settings`.

use chrono::{DateTime, SubsecRound, Utc};
use eventstore::Database;
use sqlx::FromRow;
use uuid::Uuid;

use super::{AccessError, Token, either};

/// What an officer has chosen.
#[derive(Clone, Default)]
pub struct Reminders {
    /// Where mails go.
    pub mail: Option<String>,
    /// Since when: what was sent before is not sent again by mail.
    pub mail_since: Option<DateTime<Utc>>,
    /// When the address of the calendar was made, if there is one.
    pub calendar_made_at: Option<DateTime<Utc>>,
}

/// Somebody who wants mails.
#[derive(Clone)]
pub struct Recipient {
    /// The officer.
    pub officer: Uuid,
    /// Where mails go. Never log it.
    pub mail: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

#[derive(FromRow)]
struct Row {
    mail: Option<String>,
    mail_since: Option<DateTime<Utc>>,
    calendar_made_at: Option<DateTime<Utc>>,
}

/// What the officer has chosen.
///
/// # Errors
/// The database.
pub async fn of(database: &Database, officer: Uuid) -> Result<Reminders, AccessError> {
    const SQL: &str = "
        SELECT mail, mail_since, calendar_made_at FROM reminder_settings WHERE account_id = $1";
    let row: Option<Row> = either!(database, read, pool =>
        sqlx::query_as(SQL).bind(officer).fetch_optional(pool).await)?;
    Ok(row.map_or_else(Reminders::default, |row| Reminders {
        mail: row.mail,
        mail_since: row.mail_since,
        calendar_made_at: row.calendar_made_at,
    }))
}

/// A mail address as it is stored.
///
/// # Errors
/// [`AccessError::BadMail`] when nothing could be sent there.
pub fn check_mail(typed: &str) -> Result<String, AccessError> {
    let typed = typed.trim();
    let good = typed.len() <= 254 && typed.parse::<lettre::Address>().is_ok();
    good.then(|| typed.to_owned()).ok_or(AccessError::BadMail)
}

/// Sets the mail address, or takes it away. The same address again changes nothing.
///
/// # Errors
/// The database.
pub async fn set_mail(
    database: &Database,
    officer: Uuid,
    mail: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), AccessError> {
    const SQL: &str = "
        INSERT INTO reminder_settings (account_id, mail, mail_since)
        VALUES ($1, $2, $3)
        ON CONFLICT (account_id) DO UPDATE
              SET mail = excluded.mail, mail_since = excluded.mail_since, mail_not_before = NULL
            WHERE coalesce(reminder_settings.mail, '') <> coalesce(excluded.mail, '')";
    let now = mail.map(|_| now.trunc_subsecs(0));
    either!(database, write, pool => sqlx::query(SQL)
        .bind(officer).bind(mail).bind(now).execute(pool).await?.rows_affected());
    Ok(())
}

/// Makes a secret address for a calendar. The one before no longer holds.
///
/// # Errors
/// The database, or no randomness.
pub async fn make_calendar(
    database: &Database,
    officer: Uuid,
    now: DateTime<Utc>,
) -> Result<Token, AccessError> {
    const SQL: &str = "
        INSERT INTO reminder_settings (account_id, calendar_hash, calendar_made_at)
        VALUES ($1, $2, $3)
        ON CONFLICT (account_id) DO UPDATE
              SET calendar_hash = excluded.calendar_hash
                , calendar_made_at = excluded.calendar_made_at";
    let token = Token::random()?;
    either!(database, write, pool => sqlx::query(SQL)
        .bind(officer)
        .bind(token.hash())
        .bind(now.trunc_subsecs(0))
        .execute(pool)
        .await?
        .rows_affected());
    Ok(token)
}

/// Takes the secret address away.
///
/// # Errors
/// The database.
pub async fn revoke_calendar(database: &Database, officer: Uuid) -> Result<(), AccessError> {
    const SQL: &str = "
        UPDATE reminder_settings SET calendar_hash = NULL, calendar_made_at = NULL
         WHERE account_id = $1";
    either!(database, write, pool => sqlx::query(SQL)
        .bind(officer).execute(pool).await?.rows_affected());
    Ok(())
}

/// Whose calendar this secret address is, if it holds and the account is open.
///
/// # Errors
/// The database.
pub async fn calendar_owner(
    database: &Database,
    token: &Token,
) -> Result<Option<Uuid>, AccessError> {
    const SQL: &str = "
        SELECT s.account_id
          FROM reminder_settings AS s
          JOIN accounts AS a ON a.id = s.account_id
         WHERE s.calendar_hash = $1
           AND a.disabled_at IS NULL";
    let row: Option<(Uuid,)> = either!(database, read, pool =>
        sqlx::query_as(SQL).bind(token.hash()).fetch_optional(pool).await)?;
    Ok(row.map(|(officer,)| officer))
}

/// All who want mails and have an open account.
///
/// # Errors
/// The database.
pub async fn recipients(database: &Database) -> Result<Vec<Recipient>, AccessError> {
    const SQL: &str = "
        SELECT s.account_id, s.mail, s.mail_since
          FROM reminder_settings AS s
          JOIN accounts AS a ON a.id = s.account_id
         WHERE s.mail IS NOT NULL
           AND s.mail_since IS NOT NULL
           AND a.disabled_at IS NULL
         ORDER BY s.account_id";
    let rows: Vec<(Uuid, String, DateTime<Utc>)> =
        either!(database, read, pool => sqlx::query_as(SQL).fetch_all(pool).await)?;
    let recipient = |(officer, mail, since)| Recipient {
        officer,
        mail,
        since,
    };
    Ok(rows.into_iter().map(recipient).collect())
}

/// Takes the sending of mails to this officer for itself until `until`, so that another process does
/// not send the same; says whether nobody else had it.
///
/// # Errors
/// The database.
pub async fn claim_mail(
    database: &Database,
    officer: Uuid,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, AccessError> {
    const SQL: &str = "
        UPDATE reminder_settings SET mail_not_before = $3
         WHERE account_id = $1
           AND (mail_not_before IS NULL OR mail_not_before <= $2)";
    let changed = either!(database, write, pool => sqlx::query(SQL)
        .bind(officer)
        .bind(now.trunc_subsecs(0))
        .bind(until.trunc_subsecs(0))
        .execute(pool)
        .await?
        .rows_affected());
    Ok(changed == 1)
}

/// Lets others send again: at once, or not before `not_before`.
///
/// # Errors
/// The database.
pub async fn release_mail(
    database: &Database,
    officer: Uuid,
    not_before: Option<DateTime<Utc>>,
) -> Result<(), AccessError> {
    const SQL: &str = "UPDATE reminder_settings SET mail_not_before = $2 WHERE account_id = $1";
    either!(database, write, pool => sqlx::query(SQL)
        .bind(officer)
        .bind(not_before.map(|at| at.trunc_subsecs(0)))
        .execute(pool)
        .await?
        .rows_affected());
    Ok(())
}
