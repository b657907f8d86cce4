//! `GET /api/v1/children`: a page of the register, as far as the person sees it, the newest record first.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use projections::ChildFilter;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::AppState;
use crate::access::Officer;
use crate::api::{Problem, QueryOf, page_limit};
use crate::application::within;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/children", get(list))
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Query {
    text: Option<String>,
    sex: Option<String>,
    birth_year: Option<i64>,
    number: Option<String>,
    kept: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

async fn list(
    State(state): State<AppState>,
    officer: Officer,
    QueryOf(query): QueryOf<Query>,
) -> Result<Json<Value>, Problem> {
    let limit = page_limit(query.limit)?;
    let application = &state.application;
    let today = application.now().date();
    let Some(within) = within(application.units(), &officer, today) else {
        return Ok(Json(json!({ "items": [], "total": 0, "next": null })));
    };
    let filter = ChildFilter {
        within,
        text: query.text,
        sex: query.sex,
        birth_year: query.birth_year,
        number: query.number,
        kept: query.kept,
    };
    let page = application
        .projections
        .search_children(&filter, query.cursor.as_deref(), limit)
        .await?;
    let mut answer = json!({ "items": page.items, "total": page.total, "next": page.next });
    if page.at_least {
        answer["total_at_least"] = true.into();
    }
    Ok(Json(answer))
}
