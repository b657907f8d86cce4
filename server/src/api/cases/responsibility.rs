//! `GET /api/v1/cases/{id}/responsibility`: who was responsible when, and how things stood at an
//! instant.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use domain::responsibility::Basis;
use domain::time::Instant;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::AppState;
use crate::access::Officer;
use crate::api::{Problem, QueryOf};
use crate::application::AsOf;
use crate::http::PathOf;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/cases/{id}/responsibility", get(responsibility))
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Query {
    /// The instant to tell of: now, unless given.
    at: Option<Instant>,
    /// What counts at it.
    basis: Option<Basis>,
}

async fn responsibility(
    State(state): State<AppState>,
    officer: Officer,
    PathOf(id): PathOf<Uuid>,
    QueryOf(query): QueryOf<Query>,
) -> Result<Json<Value>, Problem> {
    let file = state.application.case(&officer, id, AsOf::Now).await?;
    let board = state.application.board(&file);
    let board = board.ok_or_else(Problem::not_found)?;
    let (at, basis) = (query.at.unwrap_or(file.at), query.basis.unwrap_or_default());
    let mut view = json!(board);
    view["moment"] = json!(state.application.moment(&file, at, basis));
    view["case_id"] = json!(file.id);
    view["number"] = json!(file.number());
    Ok(Json(view))
}
