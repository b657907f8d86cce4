//! `GET /api/v1/children/{id}`: the record of a child, what is wrong with it, and what is like it.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use domain::child::Standing;
use domain::reading::Opened;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::AppState;
use crate::access::Officer;
use crate::api::Problem;
use crate::application::{AlikeRecord, ChildFile};
use crate::http::PathOf;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/children/{id}", get(child))
}

async fn child(
    State(state): State<AppState>,
    officer: Officer,
    PathOf(id): PathOf<Uuid>,
) -> Result<Json<Value>, Problem> {
    let file = state.application.child(&officer, id).await?;
    state.application.note_child(&officer, &file, Opened::Api);
    Ok(Json(view(&file)))
}

fn view(file: &ChildFile) -> Value {
    let mut view = json!(file.record);
    view["child_id"] = json!(file.id);
    view["issues"] = file.issues.iter().map(issue).collect();
    view["possible"] = json!(file.possible);
    view["alike"] = file.alike.iter().map(alike).collect();
    view
}

fn issue(one: &Standing) -> Value {
    json!({
        "issue": one.issue,
        "since": one.from,
        "owner": one.issue.owner(),
        "name": one.issue.name(),
        "to_do": one.issue.to_do(),
        "command": one.issue.command(),
    })
}

/// Of a record that they may not see no more than that it is there, and who keeps it.
fn alike(one: &AlikeRecord) -> Value {
    let seen = one.record.as_ref();
    json!({
        "child_id": one.id,
        "same_number": one.number,
        "unit": one.unit.0,
        "name": seen.and_then(|record| record.identity.name.clone()),
        "seen": seen.is_some(),
    })
}
