//! The JSON API under `/api/v1`, and what a machine asks about the server itself.
//!
//! One endpoint is one file with its route, its types and its tests. An endpoint takes
//! [`Body<T>`](Body) for a JSON body, [`PathOf<T>`](crate::http::PathOf) for ids in the path and
//! [`Officer`](crate::access::Officer) for the person, and answers `Result<_, Problem>`.

mod body;
mod cases;
mod children;
mod feed;
mod health;
pub mod metrics;
mod openapi;
mod query;
mod refusals;
mod same_child;
mod sessions;
mod worklist;

use axum::Router;

pub use body::{Body, LIMIT};
pub use query::{QueryOf, page_limit};
pub use refusals::event;

use crate::AppState;
pub use crate::http::Problem;

/// All routes of this module. Add an endpoint's `routes()` here.
pub fn routes() -> Router<AppState> {
    Router::new()
        .merge(cases::routes())
        .merge(children::routes())
        .merge(feed::routes())
        .merge(health::routes())
        .merge(metrics::routes())
        .merge(openapi::routes())
        .merge(same_child::routes())
        .merge(worklist::routes())
        .merge(sessions::create::routes())
        .merge(sessions::delete::routes())
}
