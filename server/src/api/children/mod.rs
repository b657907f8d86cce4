//! The register of children.

mod commands;
mod create;
mod events;
mod get;
mod issues;
mod list;

use axum::Router;

use crate::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .merge(create::routes())
        .merge(list::routes())
        .merge(get::routes())
        .merge(commands::routes())
        .merge(events::routes())
        .merge(issues::routes())
}
