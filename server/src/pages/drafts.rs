//! `/drafts/{subject}/{form}`: where a script saves what is being typed, and asks whether it has
//! arrived. Without a script the button `Lưu nháp` does the same.

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router, response::IntoResponse};
use serde_json::json;
use uuid::Uuid;

use super::form::draft::{self, Key, NEW, Saving};
use super::{PageError, Posted, words};
use crate::AppState;
use crate::access::Officer;
use crate::http::PathOf;

/// A draft is text that a person typed: more than this is something else.
const LARGEST: usize = 256 * 1024;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/drafts/{subject}/{form}", get(arrived).post(save))
}

async fn save(
    State(state): State<AppState>,
    PathOf((subject, form)): PathOf<(String, String)>,
    posted: Posted,
) -> Result<Response, PageError> {
    let key = key(posted.officer.id, &subject, &form)?;
    if posted.values.to_json().len() > LARGEST {
        return Err(PageError::TooLarge);
    }
    let now = state.now();
    let saving = Saving::by_script(&posted.values);
    draft::save(&state.database, &key, &posted.values, &saving, now).await?;
    Ok(Json(json!({ "saved_at": words::time(now) })).into_response())
}

/// Which saving of a draft has arrived, for a page that waits for one.
async fn arrived(
    State(state): State<AppState>,
    PathOf((subject, form)): PathOf<(String, String)>,
    officer: Officer,
) -> Result<Response, PageError> {
    let key = key(officer.id, &subject, &form)?;
    let draft = draft::load(&state.database, &key).await?;
    let mark = draft.map(|draft| draft.saving.mark());
    Ok(Json(json!({ "mark": mark })).into_response())
}

fn key(officer: Uuid, subject: &str, form: &str) -> Result<Key, PageError> {
    let case = if subject == NEW {
        None
    } else {
        Some(Uuid::parse_str(subject).map_err(|_| PageError::NotFound)?)
    };
    let is_name = (1..=64).contains(&form.len())
        && form
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !is_name {
        return Err(PageError::NotFound);
    }
    Ok(Key::new(officer, case, form))
}
