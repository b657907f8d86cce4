//! The posts of officers as sign-in and lists read them. Owns the table `posts`: the read side of the
//! officers' streams in the log. What a post is and which may be given is the domain's; who gives it
//! is the `PostBook`'s of the application.

use chrono::{DateTime, Utc};
use domain::identity::{Agency, AgencyKind, Post, Posts, Role, Substitution};
use domain::time::Instant;
use eventstore::{Database, transaction};
use sqlx::FromRow;
use uuid::Uuid;

use super::{AccessError, Account, either};

/// A row of the table. Its columns are named so that they can stand beside those of accounts.
#[derive(Debug, FromRow)]
pub(super) struct PostRow {
    post_id: Uuid,
    post_account: Uuid,
    post_role: String,
    post_unit: String,
    agency_kind: String,
    post_agency: Option<String>,
    from_at: DateTime<Utc>,
    until_at: Option<DateTime<Utc>>,
    for_id: Option<Uuid>,
    for_name: Option<String>,
    for_act: Option<String>,
}

/// The columns of [`PostRow`].
macro_rules! post_columns {
    () => {
        "posts.id AS post_id, posts.account_id AS post_account, posts.role AS post_role,
         posts.unit AS post_unit, posts.agency_kind, posts.agency AS post_agency,
         posts.from_at, posts.until_at, posts.for_id, posts.for_name, posts.for_act"
    };
}
pub(super) use post_columns;

impl TryFrom<PostRow> for Post {
    type Error = AccessError;

    fn try_from(row: PostRow) -> Result<Self, AccessError> {
        let wrong = |column| AccessError::StoredData {
            table: "posts",
            column,
        };
        let role = Role::parse(&row.post_role).ok_or_else(|| wrong("role"))?;
        Ok(Self {
            id: row.post_id,
            officer: row.post_account,
            role,
            unit: row.post_unit,
            agency: Agency {
                kind: AgencyKind::parse(&row.agency_kind).ok_or_else(|| wrong("agency_kind"))?,
                name: row.post_agency,
            },
            from: Instant::new(row.from_at),
            until: row.until_at.map(Instant::new),
            substitution: row.for_id.map(|principal| Substitution {
                principal,
                name: row.for_name.unwrap_or_default(),
                role,
                act: row.for_act.unwrap_or_default(),
            }),
        })
    }
}

/// The posts of an account, oldest first. Their version is that of the officer's stream.
///
/// # Errors
/// The database, or damaged rows.
pub async fn of(database: &Database, account: Uuid) -> Result<Posts, AccessError> {
    const SQL: &str = concat!(
        "SELECT ",
        post_columns!(),
        " FROM posts WHERE account_id = $1 ORDER BY from_at, id"
    );
    const VERSION: &str = "SELECT posts_version FROM accounts WHERE id = $1";
    let version: Option<i64> = either!(database, read, pool =>
        sqlx::query_scalar(VERSION).bind(account).fetch_optional(pool).await)?;
    let rows: Vec<PostRow> = either!(database, read, pool =>
        sqlx::query_as(SQL).bind(account).fetch_all(pool).await)?;
    Ok(Posts {
        officer: account,
        version: version.unwrap_or_default(),
        all: posts(rows)?,
    })
}

/// The substitutions that are held in a unit at an instant or later.
///
/// # Errors
/// As [`of`].
pub async fn substitutions_in(database: &Database, unit: &str) -> Result<Vec<Post>, AccessError> {
    const SQL: &str = concat!(
        "SELECT ",
        post_columns!(),
        " FROM posts WHERE unit = $1 AND for_id IS NOT NULL ORDER BY from_at, id"
    );
    let rows: Vec<PostRow> = either!(database, read, pool =>
        sqlx::query_as(SQL).bind(unit).fetch_all(pool).await)?;
    posts(rows)
}

/// The substitutions that were ever given for a principal.
///
/// # Errors
/// As [`of`].
pub async fn deputies_of(database: &Database, principal: Uuid) -> Result<Vec<Post>, AccessError> {
    const SQL: &str = concat!(
        "SELECT ",
        post_columns!(),
        " FROM posts WHERE for_id = $1 ORDER BY from_at, id"
    );
    let rows: Vec<PostRow> = either!(database, read, pool =>
        sqlx::query_as(SQL).bind(principal).fetch_all(pool).await)?;
    posts(rows)
}

/// All posts of everybody, by account and beginning.
///
/// # Errors
/// As [`of`].
pub async fn all(database: &Database) -> Result<Vec<Post>, AccessError> {
    const SQL: &str = concat!(
        "SELECT ",
        post_columns!(),
        " FROM posts ORDER BY account_id, from_at, id"
    );
    let rows: Vec<PostRow> =
        either!(database, read, pool => sqlx::query_as(SQL).fetch_all(pool).await)?;
    posts(rows)
}

pub(super) fn posts(rows: Vec<PostRow>) -> Result<Vec<Post>, AccessError> {
    rows.into_iter().map(Post::try_from).collect()
}

/// Stores the post that a new account begins with: its id is that of the account.
pub(super) const FIRST: &str = "
    INSERT INTO posts (id, account_id, role, unit, agency_kind, agency, from_at)
    VALUES ($1, $1, $2, $3, $4, $5, $6)";

/// The post that an account had from the beginning, as it stands before the log knows of it.
#[must_use]
pub fn first(account: &Account) -> Post {
    Post {
        id: account.id,
        officer: account.id,
        role: account.role,
        unit: account.unit.clone(),
        agency: Agency {
            kind: AgencyKind::usual(account.role),
            name: account.agency.clone(),
        },
        from: whole_second(account.created_at),
        until: None,
        substitution: None,
    }
}

/// An instant without fractions of a second: posts begin and end on whole ones.
#[must_use]
pub fn whole_second(at: DateTime<Utc>) -> Instant {
    use chrono::SubsecRound;
    Instant::new(at.trunc_subsecs(0))
}

/// Puts the table on the state of the log: the rows of this officer, and in their account the post
/// that they hold `now`. A state older than the one that is there changes nothing.
///
/// # Errors
/// The database.
pub async fn write(database: &Database, posts: &Posts, now: Instant) -> Result<(), AccessError> {
    put(database, posts, now, posts.version).await
}

/// The same in place of what stood there with the version `instead_of`, whatever that is: rows that differ
/// from the log may name a version that it does not have.
///
/// # Errors
/// The database.
pub async fn write_anew(
    database: &Database,
    posts: &Posts,
    now: Instant,
    instead_of: i64,
) -> Result<(), AccessError> {
    put(database, posts, now, instead_of).await
}

async fn put(
    database: &Database,
    posts: &Posts,
    now: Instant,
    instead_of: i64,
) -> Result<(), AccessError> {
    const CLAIM: &str = "
        UPDATE accounts SET posts_version = $2
         WHERE id = $1 AND (posts_version <= $2 OR posts_version = $3)";
    const MAIN: &str = "UPDATE accounts SET role = $2, unit = $3, agency = $4 WHERE id = $1";
    const CLEAR: &str = "DELETE FROM posts WHERE account_id = $1";
    const INSERT: &str = "
        INSERT INTO posts (id, account_id, role, unit, agency_kind, agency, from_at, until_at,
                           for_id, for_name, for_act)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let id = posts.officer;
    either!(database, write, pool => {
        let mut transaction = transaction::begin(pool).await?;
        let claimed = sqlx::query(CLAIM).bind(id).bind(posts.version).bind(instead_of)
            .execute(&mut *transaction).await?.rows_affected();
        if claimed == 1 {
            sqlx::query(CLEAR).bind(id).execute(&mut *transaction).await?;
            for post in &posts.all {
                let held_for = post.substitution.as_ref();
                sqlx::query(INSERT)
                    .bind(post.id)
                    .bind(id)
                    .bind(post.role.name())
                    .bind(&post.unit)
                    .bind(post.agency.kind.name())
                    .bind(post.agency.name.as_deref())
                    .bind(post.from.utc())
                    .bind(post.until.map(Instant::utc))
                    .bind(held_for.map(|held| held.principal))
                    .bind(held_for.map(|held| held.name.as_str()))
                    .bind(held_for.map(|held| held.act.as_str()))
                    .execute(&mut *transaction)
                    .await?;
            }
            if let Some(main) = posts.at(now).main {
                sqlx::query(MAIN)
                    .bind(id)
                    .bind(main.role.name())
                    .bind(&main.unit)
                    .bind(main.agency.name.as_deref())
                    .execute(&mut *transaction)
                    .await?;
            }
        }
        transaction::commit(transaction).await?;
    });
    Ok(())
}
