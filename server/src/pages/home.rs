//! `/` leads to the work that waits.

use axum::Router;
use axum::response::Redirect;
use axum::routing::get;

use crate::AppState;
use crate::access::Officer;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/", get(|_: Officer| async { Redirect::to("/worklist") }))
}
