//! Signing out: the session ends, and the browser forgets it; or all sessions, on whatever device.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;

use super::{OpenPosted, PageError, cookies};
use crate::AppState;
use crate::access::session;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/sign-out", post(submit))
}

async fn submit(State(state): State<AppState>, posted: OpenPosted) -> Result<Response, PageError> {
    let OpenPosted { frame, values } = posted;
    if let Some(officer) = &frame.officer {
        if values.first("where") == "everywhere" {
            session::end_all(&state.database, officer.id).await?;
        } else {
            session::end(&state.database, &officer.session).await?;
        }
    }
    let secure = frame.secure;
    Ok(frame
        .with_cookie(cookies::removal(cookies::SESSION, secure))
        .redirect("/sign-in"))
}
