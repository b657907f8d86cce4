//! Guessing passwords is made slow: per account and per address, with a growing delay.
//!
//! An attempt is counted before the password is looked at, and forgiven when it was right, so that
//! many guesses sent at once are counted too. Owns the table `sign_in_attempts`; it holds hashes of
//! names and addresses, because people type passwords into the field of the name.

use chrono::{DateTime, Duration, SubsecRound, Utc};
use eventstore::{Database, transaction};
use sha2::{Digest, Sha256};
use sqlx::Executor;
use uuid::Uuid;

use super::token::hex;
use super::{AccessError, either};

/// So many wrong passwords for one account before it has to wait.
const FREE_FOR_ACCOUNT: i64 = 5;
/// So many from one address; more, because a whole office may share one.
const FREE_FOR_ADDRESS: i64 = 30;
/// The longest wait. Short enough that nobody can lock an officer on night duty out of a case.
const LONGEST_WAIT: Duration = Duration::minutes(5);
/// Failures older than this are forgotten.
const FORGET_AFTER: Duration = Duration::hours(1);

/// What is counted.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    key: String,
    free: i64,
}

impl Subject {
    pub(super) fn account(username: &str) -> Self {
        Self {
            key: key("account", username),
            free: FREE_FOR_ACCOUNT,
        }
    }

    /// Guesses at the old password by who is signed in: they do not lock the account's own sign-in.
    pub(super) fn change(account: Uuid) -> Self {
        Self {
            key: key("change", &account.to_string()),
            free: FREE_FOR_ACCOUNT,
        }
    }

    pub(super) fn address(address: &str) -> Self {
        Self {
            key: key("address", address),
            free: FREE_FOR_ADDRESS,
        }
    }
}

fn key(kind: &str, value: &str) -> String {
    hex(&Sha256::digest(format!("{kind}\0{value}").as_bytes()))
}

/// How long to wait after `failures`, of which `free` cost nothing.
fn wait_after(failures: i64, free: i64) -> Duration {
    let over = failures - free;
    if over <= 0 {
        return Duration::zero();
    }
    let seconds = 2_i64.saturating_pow(u32::try_from(over).unwrap_or(u32::MAX).min(16));
    Duration::seconds(seconds).min(LONGEST_WAIT)
}

/// Counts an attempt. Answers how long to wait when the subject has to wait; nothing is counted then.
pub(super) async fn count(
    database: &Database,
    subject: &Subject,
    now: DateTime<Utc>,
) -> Result<Option<Duration>, AccessError> {
    // The row is locked by the first statement until the commit, so two attempts at once are
    // counted one after the other on both databases.
    const COUNT: &str = "
        INSERT INTO sign_in_attempts (subject, failures, last_at, blocked_until)
        VALUES ($1, 1, $2, $2)
        ON CONFLICT (subject) DO UPDATE
           SET failures = CASE WHEN sign_in_attempts.last_at < $3 THEN 1
                               ELSE sign_in_attempts.failures + 1 END
             , last_at = $2
         WHERE sign_in_attempts.blocked_until <= $2
        RETURNING failures";
    const BLOCK: &str = "UPDATE sign_in_attempts SET blocked_until = $2 WHERE subject = $1";
    const BLOCKED: &str = "SELECT blocked_until FROM sign_in_attempts WHERE subject = $1";

    let now = now.trunc_subsecs(0);
    either!(database, write, pool => {
        let mut transaction = transaction::begin(pool).await?;
        let failures: Option<i64> = sqlx::query_scalar(COUNT)
            .bind(&subject.key)
            .bind(now)
            .bind(now - FORGET_AFTER)
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(failures) = failures else {
            let until: DateTime<Utc> = sqlx::query_scalar(BLOCKED)
                .bind(&subject.key)
                .fetch_one(&mut *transaction)
                .await?;
            return Ok(Some((until - now).max(Duration::seconds(1))));
        };
        let wait = wait_after(failures, subject.free);
        if wait > Duration::zero() {
            transaction
                .execute(sqlx::query(BLOCK).bind(&subject.key).bind(now + wait))
                .await?;
        }
        transaction::commit(transaction).await?;
        Ok(None)
    })
}

/// Forgets all failures of an account after the right password.
pub(super) async fn forget(database: &Database, subject: &Subject) -> Result<(), AccessError> {
    const SQL: &str = "DELETE FROM sign_in_attempts WHERE subject = $1";
    either!(database, write, pool => sqlx::query(SQL).bind(&subject.key).execute(pool).await?.rows_affected());
    Ok(())
}

/// Takes one attempt back. An address is not cleared by a right password: it may hold one good
/// account and guess at others.
pub(super) async fn forgive(database: &Database, subject: &Subject) -> Result<(), AccessError> {
    const SQL: &str = "
        UPDATE sign_in_attempts
           SET failures = failures - 1
         WHERE subject = $1
           AND failures > 0";
    either!(database, write, pool => sqlx::query(SQL).bind(&subject.key).execute(pool).await?.rows_affected());
    Ok(())
}

/// Clears away what is forgotten anyway.
pub(super) async fn clear_old(database: &Database, now: DateTime<Utc>) -> Result<(), AccessError> {
    const SQL: &str = "DELETE FROM sign_in_attempts WHERE last_at < $1";
    let before = (now - FORGET_AFTER).trunc_subsecs(0);
    either!(database, write, pool => sqlx::query(SQL).bind(before).execute(pool).await?.rows_affected());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_and_has_an_end() {
        let seconds: Vec<i64> = (4..=16)
            .map(|failures| wait_after(failures, 5).num_seconds())
            .collect();
        assert_eq!(
            seconds,
            [0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
        );
    }
}
