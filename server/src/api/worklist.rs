//! `GET /api/v1/worklist`: open obligations of the person signed in, danger to a child first, then
//! what is overdue by law, at once, and the soonest due.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use projections::WorkFilter;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::AppState;
use crate::access::Officer;
use crate::api::{Problem, QueryOf, page_limit};
use crate::application::work_of;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/worklist", get(worklist))
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Query {
    step: Option<String>,
    unit: Option<String>,
    emergency: Option<bool>,
    text: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

async fn worklist(
    State(state): State<AppState>,
    officer: Officer,
    QueryOf(query): QueryOf<Query>,
) -> Result<Json<Value>, Problem> {
    let limit = page_limit(query.limit)?;
    let Some(own) = work_of(state.application.units(), &officer) else {
        return Ok(Json(
            json!({ "items": [], "total": 0, "next": null, "groups": [] }),
        ));
    };
    let filter = WorkFilter {
        step: query.step,
        commune: query.unit,
        emergency: query.emergency,
        text: query.text,
        ..own
    };
    let application = &state.application;
    let now = application.now();
    let found = application
        .worklist(&officer, &filter, now, query.cursor.as_deref(), limit)
        .await?;
    let mut answer = json!({
        "items": found.page.items,
        "total": found.page.total,
        "next": found.page.next,
        "groups": found.groups,
    });
    if found.page.at_least {
        // Counting all that have a frequent word would mean to look at each.
        answer["total_at_least"] = true.into();
    }
    Ok(Json(answer))
}
