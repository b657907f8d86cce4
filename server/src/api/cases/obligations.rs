//! `GET /api/v1/cases/{id}/obligations`: every obligation with its arithmetic.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use domain::reading::Opened;
use serde_json::{Value, json};
use uuid::Uuid;

use super::get::Moment;
use crate::AppState;
use crate::access::Officer;
use crate::api::{Problem, QueryOf};
use crate::http::PathOf;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/cases/{id}/obligations", get(obligations))
}

async fn obligations(
    State(state): State<AppState>,
    officer: Officer,
    PathOf(id): PathOf<Uuid>,
    QueryOf(moment): QueryOf<Moment>,
) -> Result<Json<Value>, Problem> {
    let file = state.application.case(&officer, id, moment.read()?).await?;
    state.application.note_reading(&officer, &file, Opened::Api);
    Ok(Json(
        json!({ "total": file.obligations.len(), "items": file.obligations }),
    ))
}
