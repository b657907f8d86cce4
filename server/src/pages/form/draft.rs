//! Drafts: what a person typed and did not send yet, kept for them alone. Owns the table `drafts`.
//!
//! A draft holds a child's data in clear, so it lives for two weeks at most and goes when the form
//! is sent.

use chrono::{DateTime, Duration, SubsecRound, Utc};
use eventstore::Database;
use uuid::Uuid;

use super::Values;
use crate::access::{AccessError, either};

/// A draft that nobody touched for so long is cleared away.
pub const LIFE: Duration = Duration::days(14);

/// The subject of drafts that belong to no case yet.
pub const NEW: &str = "new";

/// What a draft belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Whose it is.
    pub officer: Uuid,
    /// The id of the case, or [`NEW`].
    pub subject: String,
    /// The form's name.
    pub form: String,
}

impl Key {
    /// The draft of `officer` for the form `form` of a case, or of a new one.
    #[must_use]
    pub fn new(officer: Uuid, case: Option<Uuid>, form: &str) -> Self {
        let subject = case.map_or_else(|| NEW.to_owned(), |id| id.to_string());
        Self {
            officer,
            subject,
            form: form.to_owned(),
        }
    }

    /// Where a script saves the draft.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/drafts/{}/{}", self.subject, self.form)
    }
}

/// A draft as kept.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What was typed.
    pub values: Values,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
}

/// Keeps `values` in place of what was kept before.
///
/// # Errors
/// The database.
pub async fn save(
    database: &Database,
    key: &Key,
    values: &Values,
    now: DateTime<Utc>,
) -> Result<(), AccessError> {
    const SQL: &str = "
        INSERT INTO drafts (officer_id, subject, form, content, saved_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (officer_id, subject, form) DO UPDATE
           SET content = excluded.content
             , saved_at = excluded.saved_at";
    let changed = either!(database, write, pool => sqlx::query(SQL)
        .bind(key.officer)
        .bind(&key.subject)
        .bind(&key.form)
        .bind(values.to_json())
        .bind(now.trunc_subsecs(0))
        .execute(pool)
        .await?
        .rows_affected());
    if changed == 1 {
        Ok(())
    } else {
        Err(AccessError::RowsChanged {
            table: "drafts",
            changed,
        })
    }
}

/// The draft, if there is one.
///
/// # Errors
/// The database, or a draft that cannot be read.
pub async fn load(database: &Database, key: &Key) -> Result<Option<Draft>, AccessError> {
    const SQL: &str = "
        SELECT content, saved_at
          FROM drafts
         WHERE officer_id = $1
           AND subject = $2
           AND form = $3";
    let row: Option<(String, DateTime<Utc>)> = either!(database, read, pool =>
        sqlx::query_as(SQL)
            .bind(key.officer)
            .bind(&key.subject)
            .bind(&key.form)
            .fetch_optional(pool)
            .await)?;
    let Some((content, saved_at)) = row else {
        return Ok(None);
    };
    let wrong = AccessError::StoredData {
        table: "drafts",
        column: "content",
    };
    let values = Values::from_json(&content).map_err(|_| wrong)?;
    Ok(Some(Draft { values, saved_at }))
}

/// Takes the draft away: it was sent or given up.
///
/// # Errors
/// The database.
pub async fn clear(database: &Database, key: &Key) -> Result<(), AccessError> {
    const SQL: &str = "DELETE FROM drafts WHERE officer_id = $1 AND subject = $2 AND form = $3";
    either!(database, write, pool => sqlx::query(SQL)
        .bind(key.officer)
        .bind(&key.subject)
        .bind(&key.form)
        .execute(pool)
        .await?
        .rows_affected());
    Ok(())
}

/// Clears away drafts that nobody touched for [`LIFE`].
///
/// # Errors
/// The database.
pub async fn clear_old(database: &Database, now: DateTime<Utc>) -> Result<(), AccessError> {
    const SQL: &str = "DELETE FROM drafts WHERE saved_at < $1";
    let before = (now - LIFE).trunc_subsecs(0);
    either!(database, write, pool => sqlx::query(SQL).bind(before).execute(pool).await?
        .rows_affected());
    Ok(())
}
