//! `POST /drafts/{subject}/{form}`: where a script saves what is being typed. Without a script the
//! button `Lưu nháp` does the same.

use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use axum::{Json, Router, response::IntoResponse};
use serde_json::json;
use uuid::Uuid;

use super::form::draft::{self, Key, NEW};
use super::{PageError, Posted, words};
use crate::AppState;
use crate::http::PathOf;

/// A draft is text that a person typed: more than this is something else.
const LARGEST: usize = 256 * 1024;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/drafts/{subject}/{form}", post(save))
}

async fn save(
    State(state): State<AppState>,
    PathOf((subject, form)): PathOf<(String, String)>,
    posted: Posted,
) -> Result<Response, PageError> {
    let case = if subject == NEW {
        None
    } else {
        Some(Uuid::parse_str(&subject).map_err(|_| PageError::NotFound)?)
    };
    let is_name = (1..=64).contains(&form.len())
        && form
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !is_name {
        return Err(PageError::NotFound);
    }
    if posted.values.to_json().len() > LARGEST {
        return Err(PageError::TooLarge);
    }
    let key = Key::new(posted.officer.id, case, &form);
    let now = state.now();
    draft::save(&state.database, &key, &posted.values, now).await?;
    Ok(Json(json!({ "saved_at": words::time(now) })).into_response())
}
