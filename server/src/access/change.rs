//! An officer gives themselves another password.

use chrono::Duration;
use eventstore::transaction;

use super::throttle::{self, Subject};
use super::{AccessError, Officer, account, either};
use crate::AppState;

/// Shorter passwords are guessed too soon.
pub const SHORTEST: usize = 12;
/// Longer ones are refused unread, as at sign-in.
const LONGEST: usize = 1024;
/// So many different letters a password has at least: `aaaaaaaaaaaa` is none.
const DIFFERENT: usize = 5;

/// Why a new password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer letters than [`SHORTEST`].
    Short,
    /// Longer than anybody types.
    Long,
    /// The same few letters again and again.
    Simple,
    /// It is the name of the account.
    Name,
    /// It is the one before.
    Same,
}

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Changed {
    /// From now on it is the new one, and all other sessions have ended.
    Done,
    /// The old password was another one.
    WrongOld,
    /// The new one is not taken.
    Weak(Weakness),
    /// Too many wrong attempts: come back after this time.
    Wait(Duration),
}

/// What is wrong with a new password, as far as it can be seen without the old one.
#[must_use]
pub fn weakness(password: &str, username: &str) -> Option<Weakness> {
    let letters: std::collections::BTreeSet<char> = password.chars().collect();
    let same_as_name = crate::units::fold(password.trim()) == crate::units::fold(username);
    match () {
        () if password.len() > LONGEST => Some(Weakness::Long),
        () if same_as_name => Some(Weakness::Name),
        () if password.chars().count() < SHORTEST => Some(Weakness::Short),
        () if letters.len() < DIFFERENT => Some(Weakness::Simple),
        () => None,
    }
}

/// Changes the password of `officer` from `old` to `new` and ends their other sessions. The old one is
/// asked, and may be guessed at only slowly, so that a phone left open does not give the account away.
///
/// # Errors
/// [`AccessError`] when the database or the hasher fails; then nothing is changed.
pub async fn change_password(
    state: &AppState,
    officer: &Officer,
    old: &str,
    new: &str,
) -> Result<Changed, AccessError> {
    const SQL: &str = "
        UPDATE accounts SET password_hash = $2 WHERE id = $1 AND password_hash = $3";
    const OTHERS: &str = "DELETE FROM sessions WHERE account_id = $1 AND token_hash <> $2";
    let database = &state.database;
    let account = account::with_id(database, officer.id).await?;
    let account = account.ok_or(AccessError::NoSuchAccount)?;
    if let Some(weakness) = weakness(new, &account.username) {
        return Ok(Changed::Weak(weakness));
    }
    let guesses = Subject::change(officer.id);
    if let Some(wait) = throttle::count(database, &guesses, state.now()).await? {
        return Ok(Changed::Wait(wait));
    }
    let stored = account.password_hash;
    let known = old.len() <= LONGEST
        && state
            .passwords
            .verify(old.to_owned(), Some(stored.clone()))
            .await?;
    if !known {
        return Ok(Changed::WrongOld);
    }
    throttle::forget(database, &guesses).await?;
    if old == new {
        return Ok(Changed::Weak(Weakness::Same));
    }
    let hash = state.passwords.hash(new.to_owned()).await?;
    let changed = either!(database, write, pool => {
        let mut transaction = transaction::begin(pool).await?;
        let changed = sqlx::query(SQL)
            .bind(officer.id)
            .bind(&hash)
            .bind(&stored)
            .execute(&mut *transaction)
            .await?
            .rows_affected();
        if changed == 1 {
            sqlx::query(OTHERS)
                .bind(officer.id)
                .bind(officer.session.hash())
                .execute(&mut *transaction)
                .await?;
        }
        transaction::commit(transaction).await?;
        changed
    });
    // Somebody else changed it meanwhile: then the old one is another one.
    Ok(if changed == 1 {
        Changed::Done
    } else {
        Changed::WrongOld
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_easy_is_not_taken() {
        let weak = |password: &str| weakness(password, "lan.nguyen");
        assert_eq!(weak("ngắn quá"), Some(Weakness::Short));
        assert_eq!(weak("aaaaaaaaaaaaaaa"), Some(Weakness::Simple));
        assert_eq!(weak("Lan.Nguyễn"), Some(Weakness::Name));
        assert_eq!(weak(&"dài ".repeat(400)), Some(Weakness::Long));
        assert_eq!(weak("con trâu đi trước"), None);
    }
}
