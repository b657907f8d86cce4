//! `GET /health/live` and `GET /health/ready`: is the process there, and can it work?

use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

use super::Problem;
use crate::AppState;
use crate::access::either;
use crate::http::FromThisMachine;

/// A database that takes longer than this to say `1` is not ready.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
}

async fn live(_: FromThisMachine) -> impl IntoResponse {
    (
        [(header::CACHE_CONTROL, "no-store")],
        Json(json!({ "status": "live" })),
    )
}

async fn ready(
    _: FromThisMachine,
    State(state): State<AppState>,
) -> Result<impl IntoResponse, Problem> {
    let not_ready = || Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not-ready").retry_after(1);
    let question = async {
        either!(&state.database, read, pool =>
            sqlx::query("SELECT version FROM _sqlx_migrations LIMIT 1").execute(pool).await
                .map(|_| ()))
    };
    match tokio::time::timeout(PATIENCE, question).await {
        // What is read would not show what happens.
        Ok(Ok(())) if state.application.projections.stand_still() => Err(not_ready()),
        Ok(Ok(())) => Ok((
            [(header::CACHE_CONTROL, "no-store")],
            Json(json!({ "status": "ready" })),
        )),
        Ok(Err(error)) => Err(Problem::not_ready(&error)),
        Err(_) => Err(not_ready()),
    }
}
