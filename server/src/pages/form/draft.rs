//! Drafts: what a person typed and did not send yet, kept for them alone. Owns the table `drafts`.
//!
//! A draft holds a child's data in clear, so it lives for two weeks at most and goes when the form
//! is sent.

use chrono::{DateTime, Duration, SubsecRound, Utc};
use eventstore::Database;
use uuid::Uuid;

use super::{PAGE, SAVING, SHOWN, Values};
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
    /// By which saving.
    pub saving: Saving,
}

/// Which saving this is: the page that was shown, and its place among the savings of that page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saving {
    /// An id that each shown form has for itself; empty where none is known.
    pub page: String,
    /// Grows with each saving of the page.
    pub place: i64,
}

impl Saving {
    /// The last of its page: by a button, after which the page is another one.
    const LAST: i64 = i64::MAX;

    /// By a button of the page that `values` come from.
    #[must_use]
    pub fn by_button(values: &Values) -> Self {
        Self {
            page: values.first(PAGE).to_owned(),
            place: Self::LAST,
        }
    }

    /// By a script of that page, while somebody types.
    #[must_use]
    pub fn by_script(values: &Values) -> Self {
        Self {
            page: values.first(PAGE).to_owned(),
            place: values.first(SAVING).parse().unwrap_or(0),
        }
    }

    /// As a page and its script tell it.
    #[must_use]
    pub fn mark(&self) -> String {
        format!("{}:{}", self.page, self.place)
    }
}

/// Keeps `values` in place of what was kept before, unless that was saved later by the same page.
///
/// # Errors
/// The database.
pub async fn save(
    database: &Database,
    key: &Key,
    values: &Values,
    saving: &Saving,
    now: DateTime<Utc>,
) -> Result<(), AccessError> {
    let mut values = values.clone();
    for name in [PAGE, SAVING, SHOWN] {
        values.take(name);
    }
    write(database, key, &values.to_json(), saving, now).await
}

async fn write(
    database: &Database,
    key: &Key,
    content: &str,
    saving: &Saving,
    now: DateTime<Utc>,
) -> Result<(), AccessError> {
    const SQL: &str = "
        INSERT INTO drafts (officer_id, subject, form, content, saved_at, page, saving)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (officer_id, subject, form) DO UPDATE
           SET content = excluded.content
             , saved_at = excluded.saved_at
             , page = excluded.page
             , saving = excluded.saving
         WHERE drafts.page <> excluded.page
            OR drafts.saving <= excluded.saving";
    either!(database, write, pool => sqlx::query(SQL)
        .bind(key.officer)
        .bind(&key.subject)
        .bind(&key.form)
        .bind(content)
        .bind(now.trunc_subsecs(0))
        .bind(&saving.page)
        .bind(saving.place)
        .execute(pool)
        .await?
        .rows_affected());
    Ok(())
}

/// The draft, if there is one.
///
/// # Errors
/// The database, or a draft that cannot be read.
pub async fn load(database: &Database, key: &Key) -> Result<Option<Draft>, AccessError> {
    const SQL: &str = "
        SELECT content, saved_at, page, saving
          FROM drafts
         WHERE officer_id = $1
           AND subject = $2
           AND form = $3";
    let row: Option<(String, DateTime<Utc>, String, i64)> = either!(database, read, pool =>
        sqlx::query_as(SQL)
            .bind(key.officer)
            .bind(&key.subject)
            .bind(&key.form)
            .fetch_optional(pool)
            .await)?;
    let Some((content, saved_at, page, place)) = row else {
        return Ok(None);
    };
    if content.is_empty() {
        return Ok(None);
    }
    let wrong = AccessError::StoredData {
        table: "drafts",
        column: "content",
    };
    let values = Values::from_json(&content).map_err(|_| wrong)?;
    Ok(Some(Draft {
        values,
        saved_at,
        saving: Saving { page, place },
    }))
}

/// Takes the draft away: it was sent or given up by the page that `values` come from. A saving of that
/// page that is still on its way does not bring it back.
///
/// # Errors
/// The database.
pub async fn clear(
    database: &Database,
    key: &Key,
    values: &Values,
    now: DateTime<Utc>,
) -> Result<(), AccessError> {
    let saving = Saving::by_button(values);
    if saving.page.is_empty() {
        return remove(database, key).await;
    }
    write(database, key, "", &saving, now).await
}

/// Takes the draft away, whatever page it comes from.
///
/// # Errors
/// The database.
pub async fn remove(database: &Database, key: &Key) -> Result<(), AccessError> {
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
