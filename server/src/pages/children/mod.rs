//! `/children`: the register of children: list, what is wrong with its records, one record, and what can be recorded in
//! it.

mod act;
mod choices;
mod forms;
mod issues;
mod list;
mod one;
mod words;

use axum::Router;

use crate::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .merge(list::routes())
        .merge(issues::routes())
        .merge(one::routes())
        .merge(act::routes())
}
