//! Signing in, the same for pages and programs.

use std::net::IpAddr;

use chrono::Duration;
use domain::identity::Posts;
use domain::time::Instant;
use uuid::Uuid;

use super::session::Kind;
use super::throttle::{self, Subject};
use super::{AccessError, Account, Agent, Token, account, session};
use crate::AppState;

/// What came of an attempt to sign in.
#[derive(Debug)]
pub enum SignIn {
    /// The session has begun.
    Done {
        /// The officer.
        account: Box<Account>,
        /// The session's secret.
        token: Token,
        /// When it ends.
        expires_at: chrono::DateTime<chrono::Utc>,
        /// All posts of the officer.
        posts: Posts,
        /// The one that the session acts in.
        acting: Uuid,
    },
    /// No such account, or another password: nobody is told which.
    Wrong,
    /// The password is right, but the account was closed.
    Disabled,
    /// The password is right, but this person holds no post now.
    NoPost,
    /// The password is right, but the capacity that was asked for is not held now.
    NotHeld,
    /// Too many attempts: come back after this time.
    Wait(Duration),
}

/// Longer passwords are refused unread: hashing them would be work for nothing.
const LONGEST_PASSWORD: usize = 1024;

/// Checks name and password and begins a session, in a substitution where `capacity` names one.
/// `agent`: with what they came.
///
/// # Errors
/// [`AccessError`] when the database or the hasher fails; then nobody is signed in.
pub async fn sign_in(
    state: &AppState,
    username: &str,
    password: &str,
    address: Option<IpAddr>,
    (kind, agent): (Kind, &Agent),
    capacity: Option<Uuid>,
) -> Result<SignIn, AccessError> {
    let now = state.now();
    let database = &state.database;
    let folded = account::fold_username(username).unwrap_or_else(|_| username.to_owned());
    let by_account = Subject::account(&folded);
    let by_address = Subject::address(&address.map_or_else(|| "unknown".to_owned(), network));

    if let Some(wait) = throttle::count(database, &by_address, now).await? {
        return Ok(SignIn::Wait(wait));
    }
    if let Some(wait) = throttle::count(database, &by_account, now).await? {
        throttle::forgive(database, &by_address).await?;
        return Ok(SignIn::Wait(wait));
    }
    if password.len() > LONGEST_PASSWORD {
        return Ok(SignIn::Wrong);
    }
    let found = account::find(database, username).await?;
    let hash = found.as_ref().map(|account| account.password_hash.clone());
    let fits = state.passwords.verify(password.to_owned(), hash).await?;
    let Some(account) = found.filter(|_| fits) else {
        return Ok(SignIn::Wrong);
    };
    throttle::forget(database, &by_account).await?;
    throttle::forgive(database, &by_address).await?;
    if account.disabled_at.is_some() {
        return Ok(SignIn::Disabled);
    }
    let posts = super::posts::of(database, account.id).await?;
    let held = posts.at(Instant::new(now));
    let Some(main) = held.main else {
        return Ok(SignIn::NoPost);
    };
    let mut could = held.substitutions.iter().map(|post| post.id);
    let chosen = capacity.filter(|chosen| *chosen != main.id);
    if chosen.is_some_and(|chosen| !could.any(|known| known == chosen)) {
        return Ok(SignIn::NotHeld);
    }
    let (token, expires_at) =
        session::begin(database, account.id, kind, chosen, agent, now).await?;
    Ok(SignIn::Done {
        account: Box::new(account),
        token,
        expires_at,
        acting: chosen.unwrap_or(main.id),
        posts,
    })
}

/// The part of an address that one household or office holds: all of IPv4, the first half of IPv6.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// Clears away ended sessions and forgotten failures; to be called now and then.
///
/// # Errors
/// The database.
pub async fn clear_old(state: &AppState) -> Result<(), AccessError> {
    session::clear_ended(&state.database, state.now()).await?;
    throttle::clear_old(&state.database, state.now()).await
}
