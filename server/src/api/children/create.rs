//! `POST /api/v1/children`: the record of a child is begun.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::AppState;
use crate::access::Officer;
use crate::api::refusals::streams;
use crate::api::{Body, Problem};
use crate::application::NewChild;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/children", post(create))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewChildBody {
    command_id: Uuid,
    command: Value,
}

async fn create(
    State(state): State<AppState>,
    officer: Officer,
    Body(body): Body<NewChildBody>,
) -> Result<impl IntoResponse, Problem> {
    let new = NewChild {
        command_id: body.command_id,
        command: body.command,
    };
    let sent = state.application.register_child(&officer, new).await?;
    let location = format!("/api/v1/children/{}", sent.id);
    let answer = json!({
        "child_id": sent.id,
        "version": sent.version,
        "position": sent.position,
        "events": sent.events,
        "streams": streams(&sent.streams),
    });
    Ok((
        StatusCode::CREATED,
        [(header::LOCATION, location)],
        Json(answer),
    ))
}
