//! `POST /api/v1/children/{id}/commands`: every command about the record of a child.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::AppState;
use crate::access::Officer;
use crate::api::refusals::streams;
use crate::api::{Body, Problem};
use crate::http::PathOf;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/children/{id}/commands", post(send))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CommandBody {
    command_id: Uuid,
    expected_version: Option<i64>,
    command: Value,
}

async fn send(
    State(state): State<AppState>,
    officer: Officer,
    PathOf(id): PathOf<Uuid>,
    Body(body): Body<CommandBody>,
) -> Result<Json<Value>, Problem> {
    let CommandBody {
        command_id,
        expected_version,
        command,
    } = body;
    let application = &state.application;
    let sent = application
        .send_to_child(&officer, id, command_id, expected_version, command)
        .await?;
    Ok(Json(json!({
        "version": sent.version,
        "position": sent.position,
        "events": sent.events,
        "streams": streams(&sent.streams),
    })))
}
