//! `GET /api/v1/cases`: a page of the cases that the person may see, newest first.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use projections::{CaseFilter, CaseRow};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::AppState;
use crate::access::Officer;
use crate::api::{Problem, QueryOf, page_limit};
use crate::application::sight;
use crate::language::Sentence;
use domain::permit::sees_a_side;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/cases", get(list))
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Query {
    unit: Option<String>,
    stage: Option<String>,
    status: Option<String>,
    risk: Option<String>,
    form: Option<String>,
    overdue: Option<bool>,
    text: Option<String>,
    cursor: Option<String>,
    limit: Option<usize>,
}

async fn list(
    State(state): State<AppState>,
    officer: Officer,
    QueryOf(query): QueryOf<Query>,
) -> Result<Json<Value>, Problem> {
    let limit = page_limit(query.limit)?;
    let emergency = match query.risk.as_deref() {
        None => None,
        Some("emergency") => Some(true),
        Some("no-emergency") => Some(false),
        Some(_) => {
            return Err(Problem::bad_field(
                "/risk",
                "bad-value",
                Sentence::key("field-bad-query"),
            ));
        }
    };
    // What is not shown cannot be looked for either.
    let aside = sees_a_side(officer.role);
    let inner = [
        ("/stage", query.stage.is_some()),
        ("/overdue", query.overdue.is_some()),
    ];
    if let Some((pointer, _)) = inner.into_iter().find(|(_, asked)| aside && *asked) {
        let sentence = Sentence::key("field-not-for-role");
        return Err(Problem::bad_field(pointer, "not-for-role", sentence));
    }
    let Some(seen) = sight(state.application.units(), &officer) else {
        return Ok(Json(json!({ "items": [], "total": 0, "next": null })));
    };
    let application = &state.application;
    let filter = CaseFilter {
        people: !sees_a_side(officer.role),
        seen,
        text: query.text,
        unit: query.unit,
        stage: query.stage,
        status: query.status,
        emergency,
        form: query.form,
        overdue_at: (query.overdue == Some(true)).then(|| application.now()),
    };
    let page = application
        .projections
        .search_cases(&filter, query.cursor.as_deref(), limit)
        .await?;
    let items: Vec<CaseRow> = match aside {
        true => page.items.into_iter().map(CaseRow::from_outside).collect(),
        false => page.items,
    };
    let mut answer = json!({ "items": items, "total": page.total, "next": page.next });
    if page.at_least {
        // Counting all that have a frequent word would mean to look at each.
        answer["total_at_least"] = true.into();
    }
    Ok(Json(answer))
}
