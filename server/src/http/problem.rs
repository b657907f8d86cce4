//! What went wrong, as `application/problem+json` (RFC 9457) with a stable `code`.
//!
//! A handler answers a [`Problem`]; it is put into the reader's language on the way out, when the
//! language is known. It never holds a stack, SQL or a person's data.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::access::AccessError;
use crate::causes::chain;
use crate::language::{Language, Sentence};

/// A refusal or failure, told to a program.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem(Box<Told>);

#[derive(Debug, Clone, PartialEq)]
struct Told {
    status: StatusCode,
    code: &'static str,
    title: Option<Sentence>,
    detail: Option<Sentence>,
    instance: Option<String>,
    errors: Vec<FieldProblem>,
    extra: Map<String, Value>,
    retry_after_seconds: Option<i64>,
}

/// What is wrong with one field of the body.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldProblem {
    /// JSON pointer (RFC 6901) to the field.
    pub pointer: String,
    /// Stable code, for example `missing`.
    pub code: &'static str,
    /// What is wrong, in a sentence.
    pub detail: Sentence,
}

impl Problem {
    /// A problem with this status and code. Its title is the text `problem-CODE`.
    #[must_use]
    pub fn new(status: StatusCode, code: &'static str) -> Self {
        Self(Box::new(Told {
            status,
            code,
            title: None,
            detail: None,
            instance: None,
            errors: Vec::new(),
            extra: Map::new(),
            retry_after_seconds: None,
        }))
    }

    /// 404: it does not exist, or this person may not know that it does.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found")
    }

    /// 401: nobody is signed in.
    #[must_use]
    pub fn not_signed_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "not-signed-in")
    }

    /// 403: this role may not.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden")
    }

    /// 500: our mistake. Logs `error` with its causes; the caller sees nothing of it.
    #[must_use]
    pub fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = %chain(error), "a request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal")
    }

    /// 503: something that this answer needs is not there now; nothing was written. Logs `error`.
    #[must_use]
    pub fn not_ready(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = %chain(error), "a request could not be served now");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "not-ready").retry_after(1)
    }

    /// 429: too many attempts; come back after `seconds`.
    #[must_use]
    pub fn too_many(seconds: i64) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-attempts").retry_after(seconds)
    }

    /// 400: one field is wrong.
    #[must_use]
    pub fn bad_field(pointer: impl Into<String>, code: &'static str, detail: Sentence) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-field").error(pointer, code, detail)
    }

    /// Another title than the one of its code: for codes of the domain, which have sentences of
    /// their own.
    #[must_use]
    pub fn title(mut self, title: Sentence) -> Self {
        self.0.title = Some(title);
        self
    }

    /// Says in a sentence what happened here.
    #[must_use]
    pub fn detail(mut self, detail: Sentence) -> Self {
        self.0.detail = Some(detail);
        self
    }

    /// Names the thing that the problem is about.
    #[must_use]
    pub fn instance(mut self, instance: impl Into<String>) -> Self {
        self.0.instance = Some(instance.into());
        self
    }

    /// Adds what is wrong with one field.
    #[must_use]
    pub fn error(
        mut self,
        pointer: impl Into<String>,
        code: &'static str,
        detail: Sentence,
    ) -> Self {
        self.0.errors.push(FieldProblem {
            pointer: pointer.into(),
            code,
            detail,
        });
        self
    }

    /// Adds a member of its own, for example `events` or `legal_basis`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.extra.insert(name.to_owned(), value.into());
        self
    }

    /// Says when to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: i64) -> Self {
        self.0.retry_after_seconds = Some(seconds.max(1));
        self
    }

    /// Its status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Its stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// The body in `language`.
    #[must_use]
    pub fn body(&self, language: Language) -> Value {
        let title = (self
            .0
            .title
            .as_ref()
            .map(|title| title.in_language(language)))
        .or_else(|| language.find(&format!("problem-{}", self.0.code), &[]))
        .or_else(|| self.0.status.canonical_reason().map(str::to_owned))
        .unwrap_or_default();
        let mut body = json!({
            "type": format!("urn:noi:problem:{}", self.0.code),
            "title": title,
            "status": self.0.status.as_u16(),
            "code": self.0.code,
        });
        if let Value::Object(members) = &mut body {
            if let Some(detail) = &self.0.detail {
                members.insert("detail".to_owned(), detail.in_language(language).into());
            }
            if let Some(instance) = &self.0.instance {
                members.insert("instance".to_owned(), instance.clone().into());
            }
            if !self.0.errors.is_empty() {
                let errors = self.0.errors.iter().map(|error| {
                    json!({
                        "pointer": error.pointer,
                        "code": error.code,
                        "detail": error.detail.in_language(language),
                    })
                });
                members.insert("errors".to_owned(), errors.collect());
            }
            members.extend(self.0.extra.clone());
        }
        body
    }

    /// The answer in `language`.
    #[must_use]
    pub fn respond(&self, language: Language) -> Response {
        let mut response = (self.0.status, self.body(language).to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(
            header::CONTENT_LANGUAGE,
            HeaderValue::from_static(language.code()),
        );
        if let Some(seconds) = self.0.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.0.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.respond(Language::default());
        response.extensions_mut().insert(self);
        response
    }
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Database(_) => Self::not_ready(&error),
            _ => Self::internal(&error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_speaks_both_languages_and_keeps_its_code() {
        let problem = Problem::not_found().with("legal_basis", "Điều 28");
        let vi = problem.body(Language::Vi);
        let en = problem.body(Language::En);
        assert_eq!(vi["code"], "not-found");
        assert_eq!(vi["status"], 404);
        assert_eq!(vi["legal_basis"], "Điều 28");
        assert_ne!(vi["title"], en["title"]);
    }
}
