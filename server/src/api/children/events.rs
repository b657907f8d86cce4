//! `GET /api/v1/children/{id}/events`: every event of a record with its envelope, oldest first.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use domain::reading::Opened;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::AppState;
use crate::access::Officer;
use crate::api::{Problem, event};
use crate::http::PathOf;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/children/{id}/events", get(events))
}

async fn events(
    State(state): State<AppState>,
    officer: Officer,
    PathOf(id): PathOf<Uuid>,
) -> Result<Json<Value>, Problem> {
    let file = state.application.child(&officer, id).await?;
    state.application.note_child(&officer, &file, Opened::Api);
    let items: Vec<Value> = file.history.iter().map(event).collect();
    Ok(Json(json!({ "total": items.len(), "items": items })))
}
