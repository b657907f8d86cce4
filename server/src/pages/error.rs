//! What went wrong, told to a person: what happened and what to do now.

use askama::Template;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use projections::QueryError;

use super::form::Values;
use super::posted::TOKEN_FIELD;
use super::{Frame, sign_in};
use crate::AppState;
use crate::access::AccessError;
use crate::application::FindError;
use crate::http::Problem;

/// A refusal or failure of a page. It becomes a page on the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageError {
    /// It does not exist, or this person may not know that it does.
    NotFound,
    /// This role may not.
    Forbidden,
    /// The form did not come from one of our own pages, or its page is too old.
    Forged,
    /// The body is not a form.
    NotAForm,
    /// The form is too large.
    TooLarge,
    /// The page cannot be asked for in this way.
    MethodNotAllowed,
    /// The address leads to a page of a list that was not given out like this.
    BadCursor,
    /// Nobody is signed in, and a form was sent to a page that cannot keep it.
    SignedOut,
    /// Nobody is signed in any more; what was typed is carried through sign-in.
    SignInAgain {
        /// Where the form was sent.
        action: String,
        /// The form's fields, urlencoded.
        carried: String,
    },
    /// What the form needs is not there now; what was typed stays on the page, to be sent again.
    SendAgain {
        /// Where the form was sent.
        action: String,
        /// The form's fields with its token, urlencoded.
        carried: String,
    },
    /// Something that this page needs is not there now; nothing was written.
    NotReady,
    /// Our mistake.
    Internal,
}

impl PageError {
    /// Our mistake. Logs `error` with its causes; the person sees nothing of it.
    #[must_use]
    pub fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        Self::of_status(Problem::internal(error).status())
    }

    /// Something is not there now. Logs `error` with its causes.
    #[must_use]
    pub fn not_ready(error: &(dyn std::error::Error + 'static)) -> Self {
        Self::of_status(Problem::not_ready(error).status())
    }

    /// The page for this status.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::SERVICE_UNAVAILABLE => Self::NotReady,
            _ => Self::Internal,
        }
    }

    /// The same for a form sent to `action`: where only the moment is wrong, what was typed is kept.
    #[must_use]
    pub fn keeping(self, action: &str, frame: &Frame, values: &Values) -> Self {
        if self != Self::NotReady {
            return self;
        }
        let mut carried = form_urlencoded::Serializer::new(String::new());
        carried.append_pair(TOKEN_FIELD, &frame.form_token);
        carried.extend_pairs(values.pairs());
        Self::SendAgain {
            action: action.to_owned(),
            carried: carried.finish(),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::Forged => StatusCode::FORBIDDEN,
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BadCursor => StatusCode::BAD_REQUEST,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::SignedOut | Self::SignInAgain { .. } => StatusCode::UNAUTHORIZED,
            Self::NotReady | Self::SendAgain { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Keys of its title and of the sentence that says what to do.
    fn texts(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => ("error-not-found", "error-not-found-do"),
            Self::Forbidden => ("error-forbidden", "error-forbidden-do"),
            Self::Forged => ("error-forged", "error-forged-do"),
            Self::NotAForm | Self::MethodNotAllowed => {
                ("error-bad-request", "error-bad-request-do")
            }
            Self::BadCursor => ("error-bad-cursor", "error-bad-cursor-do"),
            Self::TooLarge => ("error-too-large", "error-too-large-do"),
            Self::SignedOut | Self::SignInAgain { .. } => {
                ("error-signed-out", "error-signed-out-do")
            }
            Self::SendAgain { .. } => ("error-not-ready", "error-send-again-do"),
            Self::NotReady => ("error-not-ready", "error-not-ready-do"),
            Self::Internal => ("error-internal", "error-internal-do"),
        }
    }
}

impl From<AccessError> for PageError {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Database(_) => Self::not_ready(&error),
            _ => Self::internal(&error),
        }
    }
}

impl From<QueryError> for PageError {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Cursor => Self::BadCursor,
            QueryError::Unavailable(_) => Self::not_ready(&error),
            QueryError::Case(error) => FindError::from(error).into(),
            QueryError::Damaged { .. } => Self::internal(&error),
        }
    }
}

impl From<FindError> for PageError {
    fn from(error: FindError) -> Self {
        match error {
            FindError::NotFound => Self::NotFound,
            FindError::NotReady(_) => Self::not_ready(&error),
            FindError::Internal(_) => Self::internal(&error),
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "send_again.html")]
struct SendAgainPage<'a> {
    frame: &'a Frame,
    title: String,
    what_to_do: String,
    action: &'a str,
    fields: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    frame: &'a Frame,
    title: String,
    what_to_do: String,
    try_again: bool,
}

/// The page for `error`, in the words of whoever sent the request `parts`.
pub async fn render_error(mut parts: Parts, state: &AppState, error: &PageError) -> Response {
    let frame = match Frame::of(&mut parts, state, true).await {
        Ok(frame) => frame,
        Err(_) => return error.status().into_response(),
    };
    if let PageError::SignInAgain { action, carried } = error {
        return sign_in::again(&frame, action, carried);
    }
    let (title, what_to_do) = error.texts();
    if let PageError::SendAgain { action, carried } = error {
        let fields = Values::parse(carried.as_bytes());
        let page = SendAgainPage {
            title: frame.t(title),
            what_to_do: frame.t(what_to_do),
            action,
            fields: fields
                .pairs()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            frame: &frame,
        };
        return frame.page_with(error.status(), &page);
    }
    let page = ErrorPage {
        title: frame.t(title),
        what_to_do: frame.t(what_to_do),
        try_again: matches!(error, PageError::NotReady) && parts.method.is_safe(),
        frame: &frame,
    };
    frame.page_with(error.status(), &page)
}
