//! A form that a person sent.
//!
//! Both extractors refuse forms that did not come from our own pages. [`Posted`] also asks who is
//! signed in; when nobody is any more, what was typed is carried through sign-in and offered to be
//! sent again. A handler that takes [`Posted`] must not take `Officer` beside it: that would refuse
//! before the body is read, and lose it.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};

use super::form::Values;
use super::{Frame, PageError};
use crate::AppState;
use crate::access::{Officer, check_origin, same_token};
use crate::http::Refusal;

/// Name of the field that carries the form's token.
pub const TOKEN_FIELD: &str = "_token";

/// A form from a person who is signed in.
#[derive(Debug)]
pub struct Posted {
    /// Who sent it.
    pub officer: Officer,
    /// The frame for the answer.
    pub frame: Frame,
    /// What was typed.
    pub values: Values,
}

/// A form that needs no sign-in.
#[derive(Debug)]
pub struct OpenPosted {
    /// The frame for the answer.
    pub frame: Frame,
    /// What was typed.
    pub values: Values,
}

/// The parts, the frame, the body as text and its fields.
async fn read(
    request: Request,
    state: &AppState,
) -> Result<(Parts, Frame, String, Values), Refusal> {
    let (mut parts, body) = request.into_parts();
    check_origin(&parts.headers).map_err(|_| PageError::Forged)?;
    let kind = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
        return Err(PageError::NotAForm.into());
    }
    let frame = Frame::from_request_parts(&mut parts, state).await;
    let request = Request::from_parts(parts.clone(), body);
    let bytes = Bytes::from_request(request, state)
        .await
        .map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                PageError::TooLarge
            } else {
                PageError::NotAForm
            }
        })?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let frame = match frame {
        // Nobody can be recognised now: the form waits on the page, with its own token.
        Err(Refusal::Page(PageError::NotReady)) => {
            let action = parts.uri.path_and_query().map_or("/", |to| to.as_str());
            let again = PageError::SendAgain {
                action: action.to_owned(),
                carried: text,
            };
            return Err(again.into());
        }
        frame => frame?,
    };
    let values = Values::parse(&bytes);
    Ok((parts, frame, text, values))
}

impl FromRequest<AppState> for Posted {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Refusal> {
        let (parts, frame, body, mut values) = read(request, state).await?;
        let Some(officer) = frame.officer.clone() else {
            let action = parts
                .uri
                .path_and_query()
                .map_or("/", |action| action.as_str());
            let again = PageError::SignInAgain {
                action: action.to_owned(),
                carried: body,
            };
            return Err(again.into());
        };
        check_token(&frame, &mut values)?;
        Ok(Self {
            officer,
            frame,
            values,
        })
    }
}

impl FromRequest<AppState> for OpenPosted {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Refusal> {
        let (_, frame, _, mut values) = read(request, state).await?;
        check_token(&frame, &mut values)?;
        Ok(Self { frame, values })
    }
}

fn check_token(frame: &Frame, values: &mut Values) -> Result<(), Refusal> {
    let token = values.take(TOKEN_FIELD);
    if same_token(&token, &frame.form_token) {
        Ok(())
    } else {
        Err(PageError::Forged.into())
    }
}
