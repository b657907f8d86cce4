//! Accounts: one officer each. Owns the table `accounts`.

use std::fmt;

use chrono::{DateTime, Utc};
use domain::identity::Role;
use eventstore::{Database, transaction};
use sqlx::FromRow;
use uuid::Uuid;

use super::{AccessError, either, posts};
use crate::language::Language;
use crate::units::fold;

/// A person's account.
#[derive(Clone)]
pub struct Account {
    /// The officer's id, as in every event they cause.
    pub id: Uuid,
    /// Folded name to sign in with.
    pub username: String,
    /// argon2id hash of the password.
    pub password_hash: String,
    /// The officer's name as shown.
    pub display_name: String,
    /// In what capacity they act.
    pub role: Role,
    /// Code of the unit they act in.
    pub unit: String,
    /// The agency they act for, where the unit alone does not say.
    pub agency: Option<String>,
    /// The language they read.
    pub language: Language,
    /// Since when the account is closed.
    pub disabled_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .field("role", &self.role)
            .field("unit", &self.unit)
            .finish_non_exhaustive()
    }
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    username: String,
    password_hash: String,
    display_name: String,
    role: String,
    unit: String,
    agency: Option<String>,
    language: String,
    disabled_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

const BY_USERNAME: &str = "
    SELECT id, username, password_hash, display_name, role, unit, agency, language,
           disabled_at, created_at
      FROM accounts
     WHERE username = $1";

const BY_ID: &str = "
    SELECT id, username, password_hash, display_name, role, unit, agency, language,
           disabled_at, created_at
      FROM accounts
     WHERE id = $1";

const ALL: &str = "
    SELECT id, username, password_hash, display_name, role, unit, agency, language,
           disabled_at, created_at
      FROM accounts
     ORDER BY username";

/// The name as it is stored and compared: lower case, without marks.
///
/// # Errors
/// [`AccessError::BadUsername`].
pub fn fold_username(typed: &str) -> Result<String, AccessError> {
    let folded = fold(typed.trim());
    let good = (2..=64).contains(&folded.len())
        && folded
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    if good {
        Ok(folded)
    } else {
        Err(AccessError::BadUsername)
    }
}

/// The account of this name.
///
/// # Errors
/// [`AccessError`] when the database does not answer or holds an unknown role.
pub async fn find(database: &Database, username: &str) -> Result<Option<Account>, AccessError> {
    let Ok(username) = fold_username(username) else {
        return Ok(None);
    };
    let row: Option<Row> = either!(database, read, pool =>
        sqlx::query_as(BY_USERNAME).bind(username).fetch_optional(pool).await)?;
    row.map(Account::try_from).transpose()
}

/// The account with this id.
///
/// # Errors
/// As [`find`].
pub async fn with_id(database: &Database, id: Uuid) -> Result<Option<Account>, AccessError> {
    let row: Option<Row> = either!(database, read, pool =>
        sqlx::query_as(BY_ID).bind(id).fetch_optional(pool).await)?;
    row.map(Account::try_from).transpose()
}

/// All accounts by name.
///
/// # Errors
/// As [`find`].
pub async fn list(database: &Database) -> Result<Vec<Account>, AccessError> {
    let rows: Vec<Row> =
        either!(database, read, pool => sqlx::query_as(ALL).fetch_all(pool).await)?;
    rows.into_iter().map(Account::try_from).collect()
}

/// Stores a new account with the post that it begins with.
///
/// # Errors
/// [`AccessError::NameTaken`], [`AccessError::BadUsername`], or the database.
pub async fn create(database: &Database, account: &Account) -> Result<(), AccessError> {
    const SQL: &str = "
        INSERT INTO accounts
            (id, username, password_hash, display_name, role, unit, agency, language, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (username) DO NOTHING";
    let username = fold_username(&account.username)?;
    let first = posts::first(account);
    let changed = either!(database, write, pool => {
        let mut transaction = transaction::begin(pool).await?;
        let changed = sqlx::query(SQL)
            .bind(account.id)
            .bind(username)
            .bind(&account.password_hash)
            .bind(&account.display_name)
            .bind(account.role.name())
            .bind(&account.unit)
            .bind(account.agency.as_deref())
            .bind(account.language.code())
            .bind(account.created_at)
            .execute(&mut *transaction)
            .await?
            .rows_affected();
        if changed == 1 {
            sqlx::query(posts::FIRST)
                .bind(first.id)
                .bind(first.role.name())
                .bind(&first.unit)
                .bind(first.agency.kind.name())
                .bind(first.agency.name.as_deref())
                .bind(first.from.utc())
                .execute(&mut *transaction)
                .await?;
        }
        transaction::commit(transaction).await?;
        changed
    });
    if changed == 1 {
        Ok(())
    } else {
        Err(AccessError::NameTaken)
    }
}

/// Closes the account: it can no longer sign in, and its sessions end.
///
/// # Errors
/// [`AccessError::NoSuchAccount`] or the database.
pub async fn disable(
    database: &Database,
    username: &str,
    now: DateTime<Utc>,
) -> Result<(), AccessError> {
    const SQL: &str =
        "UPDATE accounts SET disabled_at = COALESCE(disabled_at, $2) WHERE username = $1";
    let account = find(database, username)
        .await?
        .ok_or(AccessError::NoSuchAccount)?;
    let changed = either!(database, write, pool => sqlx::query(SQL)
        .bind(&account.username).bind(now).execute(pool).await?.rows_affected());
    expect_one(changed)?;
    super::session::end_all(database, account.id).await
}

/// Gives the account another password, opens it again if it was closed, and ends its sessions and the
/// secret address of its calendar: whoever had the old password may have made one.
///
/// # Errors
/// [`AccessError::NoSuchAccount`] or the database.
pub async fn reset(database: &Database, username: &str, hash: &str) -> Result<(), AccessError> {
    const SQL: &str =
        "UPDATE accounts SET password_hash = $2, disabled_at = NULL WHERE username = $1";
    const SESSIONS: &str = "DELETE FROM sessions WHERE account_id = $1";
    const CALENDAR: &str = "
        UPDATE reminder_settings SET calendar_hash = NULL, calendar_made_at = NULL
         WHERE account_id = $1";
    let account = find(database, username)
        .await?
        .ok_or(AccessError::NoSuchAccount)?;
    let changed = either!(database, write, pool => {
        let mut transaction = transaction::begin(pool).await?;
        let changed = sqlx::query(SQL)
            .bind(&account.username)
            .bind(hash)
            .execute(&mut *transaction)
            .await?
            .rows_affected();
        for end in [SESSIONS, CALENDAR] {
            sqlx::query(end).bind(account.id).execute(&mut *transaction).await?;
        }
        transaction::commit(transaction).await?;
        changed
    });
    expect_one(changed)
}

/// Remembers the language that the officer reads.
///
/// # Errors
/// The database.
pub async fn set_language(
    database: &Database,
    id: Uuid,
    language: Language,
) -> Result<(), AccessError> {
    const SQL: &str = "UPDATE accounts SET language = $2 WHERE id = $1";
    let changed = either!(database, write, pool => sqlx::query(SQL)
        .bind(id).bind(language.code()).execute(pool).await?.rows_affected());
    expect_one(changed)
}

fn expect_one(changed: u64) -> Result<(), AccessError> {
    if changed == 1 {
        Ok(())
    } else {
        Err(AccessError::RowsChanged {
            table: "accounts",
            changed,
        })
    }
}

impl TryFrom<Row> for Account {
    type Error = AccessError;

    fn try_from(row: Row) -> Result<Self, AccessError> {
        let wrong = |column| AccessError::StoredData {
            table: "accounts",
            column,
        };
        Ok(Self {
            id: row.id,
            username: row.username,
            password_hash: row.password_hash,
            display_name: row.display_name,
            role: Role::parse(&row.role).ok_or_else(|| wrong("role"))?,
            unit: row.unit,
            agency: row.agency,
            language: Language::parse(&row.language).ok_or_else(|| wrong("language"))?,
            disabled_at: row.disabled_at,
            created_at: row.created_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_are_folded() {
        assert_eq!(fold_username(" Lan.Đào ").unwrap(), "lan.dao");
        for bad in ["", "a", "lan dao", "lan@dao", "<b>"] {
            assert!(fold_username(bad).is_err(), "{bad}");
        }
    }
}
