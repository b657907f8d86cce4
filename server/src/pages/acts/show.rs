//! GET: the form of an act, or why it is not possible now.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::{Rejection, Standing};
use uuid::Uuid;

use super::page::{Stage, Subject};
use crate::AppState;
use crate::access::Officer;
use crate::http::PathOf;
use crate::pages::form::{DraftNote, open};
use crate::pages::{Frame, PageError};

pub(super) async fn show(
    State(state): State<AppState>,
    PathOf((id, command)): PathOf<(Uuid, String)>,
    RawQuery(query): RawQuery,
    officer: Officer,
    frame: Frame,
) -> Result<Response, PageError> {
    let subject = Subject::of(query.as_deref());
    let stage = Stage::set(&state, frame.language, &officer, id, &command, subject).await?;
    let scene = stage.scene(&state, &frame, &officer);
    let standing = scene.standing(stage.act.command);
    let refusal = standing.as_ref().and_then(Standing::refusal);
    let tried = scene.allows((stage.act.trial)(&scene)).err();
    if refusal.into_iter().chain(&tried).any(is_about_the_address) {
        return Err(PageError::NotFound);
    }
    if let Some(refusal) = refusal {
        return Ok(stage.refused(&state, &frame, &officer, refusal));
    }
    let form = (stage.act.form)(&scene);
    let key = stage.key(&officer);
    let version = u64::try_from(stage.file.state.version).ok();
    let mut opened = open(&state, &form, &key, version, (stage.act.fresh)(&scene)).await?;
    // What a draft wanted to begin may have begun otherwise meanwhile.
    (stage.act.renew)(&scene, &mut opened.values);
    let note = opened
        .draft_saved_at
        .map_or(DraftNote::None, DraftNote::Restored);
    Ok(stage.page(
        &state,
        &frame,
        &officer,
        &form,
        &opened.values,
        &[],
        note,
        StatusCode::OK,
    ))
}

/// The address names an event, an item or a referral that the case does not have.
fn is_about_the_address(refusal: &Rejection) -> bool {
    matches!(
        refusal.code,
        "unknown-event" | "a-correction" | "unknown-path" | "no-such-case"
    )
}
