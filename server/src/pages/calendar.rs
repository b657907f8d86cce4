//! `/calendar/SECRET.ics`: what the owner of the secret owes, for their calendar. A calendar cannot
//! sign in: whoever has the address may read it, so it says little, and can be taken away.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::PageError;
use crate::AppState;
use crate::access::{Token, account, reminders};
use crate::http::PathOf;
use crate::notices::calendar::calendar_of;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/calendar/{file}", get(show))
}

async fn show(
    State(state): State<AppState>,
    PathOf(file): PathOf<String>,
) -> Result<Response, PageError> {
    let token = file
        .strip_suffix(".ics")
        .and_then(Token::parse)
        .ok_or(PageError::NotFound)?;
    let owner = reminders::calendar_owner(&state.database, &token).await?;
    let owner = owner.ok_or(PageError::NotFound)?;
    let account = account::with_id(&state.database, owner).await?;
    let account = account.ok_or(PageError::NotFound)?;
    let calendar = calendar_of(&state, &account)
        .await
        .map_err(|error| PageError::not_ready(&error))?;
    let kind = "text/calendar; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], calendar).into_response())
}
