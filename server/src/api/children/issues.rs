//! `GET /api/v1/child-issues`: what is wrong with the records of the register: how often, or, of one issue, with whose.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use domain::child::Issue;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::AppState;
use crate::access::Officer;
use crate::api::{Problem, QueryOf, page_limit};
use crate::application::within;
use crate::language::Sentence;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/child-issues", get(issues))
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Query {
    issue: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

async fn issues(
    State(state): State<AppState>,
    officer: Officer,
    QueryOf(query): QueryOf<Query>,
) -> Result<Json<Value>, Problem> {
    let limit = page_limit(query.limit)?;
    let bad = |pointer| Problem::bad_field(pointer, "bad-value", Sentence::key("field-bad-query"));
    let issue = match query.issue.as_deref() {
        Some(code) => Some(Issue::of(code).ok_or_else(|| bad("/issue"))?),
        None => None,
    };
    if issue.is_none() && query.cursor.is_some() {
        return Err(bad("/cursor"));
    }
    let application = &state.application;
    let today = application.now().date();
    let Some(within) = within(application.units(), &officer, today) else {
        return Ok(Json(json!({ "items": [], "total": 0, "next": null })));
    };
    let projections = &application.projections;
    let Some(issue) = issue else {
        let counts = projections.issue_counts(&within, today).await?;
        let items: Vec<Value> = counts
            .iter()
            .map(|count| {
                let mut item = json!(count);
                item["owner"] = json!(count.issue.owner());
                item["name"] = json!(count.issue.name());
                item["to_do"] = json!(count.issue.to_do());
                item
            })
            .collect();
        return Ok(Json(
            json!({ "total": items.len(), "items": items, "next": null }),
        ));
    };
    let page = projections
        .children_with(&within, issue, today, query.cursor.as_deref(), limit)
        .await?;
    let mut answer = json!({ "items": page.items, "total": page.total, "next": page.next });
    if page.at_least {
        answer["total_at_least"] = true.into();
    }
    Ok(Json(answer))
}
