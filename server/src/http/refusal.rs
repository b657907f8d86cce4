//! A refusal before the handler: a problem under `/api`, a page elsewhere.

use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};

use super::Problem;
use crate::access::{AccessError, is_api};
use crate::pages::{PageError, sign_in_address};

/// Why a request did not reach its handler.
#[derive(Debug)]
pub enum Refusal {
    /// Told to a program.
    Problem(Problem),
    /// Told to a person.
    Page(PageError),
    /// The person has to sign in first and comes back to the same page.
    SignIn {
        /// Where they wanted to go.
        next: String,
    },
}

impl Refusal {
    /// Nobody is signed in.
    #[must_use]
    pub fn not_signed_in(parts: &Parts) -> Self {
        if is_api(parts.uri.path()) {
            Self::Problem(Problem::not_signed_in())
        } else if parts.method.is_safe() {
            let next = parts.uri.path_and_query().map_or("/", |next| next.as_str());
            Self::SignIn {
                next: next.to_owned(),
            }
        } else {
            Self::Page(PageError::SignedOut)
        }
    }

    /// What the path names does not exist.
    #[must_use]
    pub fn not_found(parts: &Parts) -> Self {
        if is_api(parts.uri.path()) {
            Self::Problem(Problem::not_found())
        } else {
            Self::Page(PageError::NotFound)
        }
    }

    /// Accounts and sessions could not be read.
    #[must_use]
    pub fn failed(parts: &Parts, error: &AccessError) -> Self {
        let problem = match error {
            AccessError::Database(_) => Problem::not_ready(error),
            _ => Problem::internal(error),
        };
        if is_api(parts.uri.path()) {
            Self::Problem(problem)
        } else {
            Self::Page(PageError::of_status(problem.status()))
        }
    }
}

impl From<PageError> for Refusal {
    fn from(error: PageError) -> Self {
        Self::Page(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Problem(problem) => problem.into_response(),
            Self::Page(error) => error.into_response(),
            Self::SignIn { next } => Redirect::to(&sign_in_address(&next)).into_response(),
        }
    }
}
