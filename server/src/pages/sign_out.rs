//! Signing out: the session ends, and the browser forgets it.

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
    let frame = posted.frame;
    if let Some(officer) = &frame.officer {
        session::end(&state.database, &officer.session).await?;
    }
    let secure = frame.secure;
    Ok(frame
        .with_cookie(cookies::removal(cookies::SESSION, secure))
        .redirect("/sign-in"))
}
