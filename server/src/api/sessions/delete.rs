//! `DELETE /api/v1/sessions/current`: the token is worth nothing any more.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::delete;

use crate::AppState;
use crate::access::{Officer, session};
use crate::api::Problem;

pub(in crate::api) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/sessions/current", delete(end))
}

async fn end(State(state): State<AppState>, officer: Officer) -> Result<StatusCode, Problem> {
    session::end(&state.database, &officer.session).await?;
    Ok(StatusCode::NO_CONTENT)
}
