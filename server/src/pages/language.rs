//! The switch of language: kept on this device, and in the account of whoever is signed in.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;

use super::{OpenPosted, PageError, cookies};
use crate::AppState;
use crate::access::account;
use crate::language::Language;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/language", post(submit))
}

async fn submit(State(state): State<AppState>, posted: OpenPosted) -> Result<Response, PageError> {
    let OpenPosted { frame, values } = posted;
    let language = Language::parse(values.first("language")).ok_or(PageError::NotAForm)?;
    if let Some(officer) = &frame.officer {
        account::set_language(&state.database, officer.id, language).await?;
    }
    let next = super::sign_in::safe_page(values.first("next")).to_owned();
    let secure = frame.secure;
    let cookie = cookies::lasting(cookies::LANGUAGE, language.code().to_owned(), secure);
    Ok(frame.with_cookie(cookie).redirect(&next))
}
