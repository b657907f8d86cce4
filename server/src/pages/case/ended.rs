//! What is left of a case to somebody whose part in it ended before they took it over: number, day and
//! their own answer; and the way to tell of new danger.

use askama::Template;
use axum::response::Response;
use uuid::Uuid;

use crate::AppState;
use crate::access::Officer;
use crate::application::{EndedPart, FindError, How};
use crate::pages::{Frame, PageError, words};
use domain::reading::Opened;

#[derive(Template)]
#[template(path = "case/ended.html")]
struct EndedPage<'a> {
    frame: &'a Frame,
    part: &'a EndedPart,
    sentence: String,
    tell: String,
}

/// The page, where the officer had such a part.
///
/// # Errors
/// [`PageError::NotFound`] where they had none.
pub(super) async fn page(
    state: &AppState,
    frame: &Frame,
    officer: &Officer,
    id: Uuid,
) -> Result<Response, PageError> {
    let part = state.application.ended_part(officer, id).await;
    let part = part.map_err(|error| match error {
        FindError::NotFound => PageError::NotFound,
        other => other.into(),
    })?;
    state
        .application
        .note_look(officer, id, part.version, Opened::Page);
    let key = match (part.how, &part.answer) {
        (How::Offer, Some(_)) => "ended-offer-declined",
        (How::Offer, None) => "ended-offer-withdrawn",
        (How::Referral, Some(_)) => "ended-referral-declined",
        (How::Referral, None) => "ended-referral-over",
    };
    let at = words::instant(part.ended_at.utc());
    Ok(frame.page(&EndedPage {
        sentence: frame.t1(key, "at", at),
        tell: format!("/reports/new?case={id}"),
        part: &part,
        frame,
    }))
}
