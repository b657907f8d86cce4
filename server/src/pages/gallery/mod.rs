//! How the parts of pages look, with invented people; only in builds for development.

mod form;
mod parts;

use axum::Router;

use crate::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new().merge(parts::routes()).merge(form::routes())
}
