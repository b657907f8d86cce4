//! The JSON API under `/api/v1`, and what a machine asks about the server itself.
//!
//! One endpoint is one file with its route, its types and its tests. An endpoint takes
//! [`Body<T>`](Body) for a JSON body, [`PathOf<T>`](crate::http::PathOf) for ids in the path and
//! [`Officer`](crate::access::Officer) for the person, and answers `Result<_, Problem>`.

mod body;
mod cases;
mod health;
pub mod metrics;
mod problem;
mod query;
mod refusals;
mod sessions;

use axum::Router;

pub use body::{Body, LIMIT};
pub(crate) use problem::chain;
pub use query::QueryOf;
pub use refusals::event;
pub use problem::{FieldProblem, Problem};

use crate::AppState;

/// All routes of this module. Add an endpoint's `routes()` here.
pub fn routes() -> Router<AppState> {
    Router::new()
        .merge(cases::routes())
        .merge(health::routes())
        .merge(metrics::routes())
        .merge(sessions::create::routes())
        .merge(sessions::delete::routes())
}
