//! `GET /api/v1/cases/{id}`: the state now, or as of a position or an instant.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use domain::reading::Opened;
use domain::time::Instant;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::AppState;
use crate::access::Officer;
use crate::api::{Problem, QueryOf};
use crate::application::{AsOf, CaseFile};
use crate::http::PathOf;
use crate::language::Sentence;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/cases/{id}", get(case))
}

/// At most one of them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Moment {
    at_position: Option<i64>,
    as_of: Option<Instant>,
    happened_by: Option<Instant>,
}

impl Moment {
    pub(super) fn read(self) -> Result<AsOf, Problem> {
        match (self.at_position, self.as_of, self.happened_by) {
            (None, None, None) => Ok(AsOf::Now),
            (Some(position), None, None) if position > 0 => Ok(AsOf::Position(position)),
            (None, Some(at), None) => Ok(AsOf::Recorded(at)),
            (None, None, Some(at)) => Ok(AsOf::Happened(at)),
            _ => Err(Problem::bad_field(
                "/at_position",
                "bad-value",
                Sentence::key("field-one-moment"),
            )),
        }
    }
}

async fn case(
    State(state): State<AppState>,
    officer: Officer,
    PathOf(id): PathOf<Uuid>,
    QueryOf(moment): QueryOf<Moment>,
) -> Result<Json<Value>, Problem> {
    let file = state.application.case(&officer, id, moment.read()?).await?;
    state.application.note_reading(&officer, &file, Opened::Api);
    Ok(Json(view(&file)))
}

fn view(file: &CaseFile) -> Value {
    let mut view = json!(file.state);
    view["case_id"] = json!(file.id);
    view["number"] = json!(file.number());
    // How far the whole case has come, and why it ended, is not of one side of it.
    if file.partial {
        for (within, name) in [("", "stage"), ("/closure", "reason")] {
            let fields = view.pointer_mut(within).and_then(Value::as_object_mut);
            fields.map(|fields| fields.remove(name));
        }
    }
    view
}
