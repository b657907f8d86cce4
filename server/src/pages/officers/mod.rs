//! `/officers`: who holds which post. An administrator sees the officers of their unit and of what
//! lies in it, with every post they ever had, and moves them, names deputies and ends posts.

pub(super) mod change;
pub(super) mod forms;
mod list;
mod one;
pub(super) mod words;

use axum::Router;
use axum::routing::{get, post};
use uuid::Uuid;

use super::PageError;
use crate::AppState;
use crate::access::{Account, Officer, account};
use crate::application::looks_after;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/officers", get(list::show))
        .route("/officers/{id}", get(one::show))
        .route("/officers/{id}/end", post(change::end))
        .route(
            "/officers/{id}/move",
            get(change::show_move).post(change::send_move),
        )
        .route(
            "/officers/{id}/substitute",
            get(change::show_substitute).post(change::send_substitute),
        )
}

/// The account of an officer whom this administrator looks after.
async fn find(state: &AppState, officer: &Officer, id: Uuid) -> Result<Account, PageError> {
    if officer.role != domain::identity::Role::Administrator {
        return Err(PageError::Forbidden);
    }
    let found = account::with_id(&state.database, id).await?;
    found
        .filter(|account| looks_after(state.application.units(), officer, &account.unit))
        .ok_or(PageError::NotFound)
}

/// All accounts that this administrator looks after.
async fn all(state: &AppState, officer: &Officer) -> Result<Vec<Account>, PageError> {
    if officer.role != domain::identity::Role::Administrator {
        return Err(PageError::Forbidden);
    }
    let mut all = account::list(&state.database).await?;
    all.retain(|account| looks_after(state.application.units(), officer, &account.unit));
    Ok(all)
}
