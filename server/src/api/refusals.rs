//! The application's errors as problems: one place maps them to status and code.

use axum::http::StatusCode;
use domain::command::{Rejection, RejectionKind};
use domain::log::{Recorded, Stored, Subject};
use serde_json::{Value, json};

use super::Problem;
use crate::application::{FindError, OfferEnded, SendError, StreamVersion};
use crate::language::Sentence;

impl<S: Subject> From<SendError<S>> for Problem {
    fn from(error: SendError<S>) -> Self {
        match error {
            SendError::Field(field) => Self::bad_field(
                format!("/command{}", field.pointer),
                field.code,
                both(&field.message),
            ),
            SendError::Rejected(rejection) => refused(&rejection),
            SendError::NotFound => Self::not_found(),
            SendError::Conflict {
                version,
                since,
                streams: changed,
                found: _,
            } => {
                let events: Vec<Value> = since.iter().map(event).collect();
                Self::new(StatusCode::CONFLICT, "version-conflict")
                    .with("version", version)
                    .with("events", events)
                    .with("streams", streams(&changed))
            }
            SendError::OfferEnded(ended) => Self::new(StatusCode::CONFLICT, "version-conflict")
                .with("version", ended.version)
                .with("events", vec![only_who_and_when(&ended)])
                .with("streams", Vec::<Value>::new()),
            SendError::CommandReused => Self::new(StatusCode::CONFLICT, "command-reused"),
            SendError::NotReady(error) => Self::not_ready(error.as_ref()),
            SendError::Internal(error) => Self::internal(error.as_ref()),
        }
    }
}

impl From<FindError> for Problem {
    fn from(error: FindError) -> Self {
        match error {
            FindError::NotFound => Self::not_found(),
            FindError::NotReady(error) => Self::not_ready(error.as_ref()),
            FindError::Internal(error) => Self::internal(error.as_ref()),
        }
    }
}

impl From<projections::QueryError> for Problem {
    fn from(error: projections::QueryError) -> Self {
        match error {
            projections::QueryError::Cursor => Self::bad_field(
                "/cursor",
                "malformed-cursor",
                Sentence::key("field-bad-cursor"),
            ),
            projections::QueryError::Unavailable(_) => Self::not_ready(&error),
            projections::QueryError::Case(error) => FindError::from(error).into(),
            projections::QueryError::Damaged { .. } => Self::internal(&error),
        }
    }
}

fn refused(rejection: &Rejection) -> Problem {
    let message = both(&rejection.message);
    let pointer = rejection
        .field
        .as_ref()
        .map(|field| format!("/command{field}"));
    let problem = match rejection.kind {
        RejectionKind::Field => {
            return Problem::bad_field(pointer.unwrap_or_default(), rejection.code, message);
        }
        RejectionKind::NotFound => return Problem::not_found(),
        RejectionKind::Forbidden => Problem::new(StatusCode::FORBIDDEN, rejection.code),
        RejectionKind::Procedure => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, rejection.code),
    };
    let problem = problem
        .title(Sentence::key("problem-refused"))
        .detail(message)
        .with(
            "legal_basis",
            rejection
                .legal_basis
                .as_deref()
                .map_or(Value::Null, Value::from),
        );
    match pointer {
        Some(pointer) => problem.with("field", pointer),
        None => problem,
    }
}

fn both(sentence: &domain::language::Sentence) -> Sentence {
    Sentence::Both {
        vi: sentence.vi.clone(),
        en: sentence.en.clone(),
    }
}

/// What ended an offer, in the form of an event, for one who may know no more of it.
fn only_who_and_when(ended: &OfferEnded) -> Value {
    json!({
        "position": ended.position,
        "version": ended.version,
        "event_id": ended.event_id,
        "type": ended.event_type,
        "occurred_at": ended.occurred_at,
        "recorded_at": ended.recorded_at,
        "actor": ended.actor,
        "facts": {},
        "personal": null,
    })
}

/// How far streams are, as the API shows it.
pub(super) fn streams(streams: &[StreamVersion]) -> Vec<Value> {
    let told = |stream: &StreamVersion| {
        json!({
            "kind": stream.kind.as_str(),
            "id": stream.id,
            "version": stream.version,
        })
    };
    streams.iter().map(told).collect()
}

/// An event with its envelope, as the API shows it.
#[must_use]
pub fn event<E: Stored>(recorded: &Recorded<E>) -> Value {
    let payload = recorded.event.payload();
    let (facts, personal) = payload.map_or((Value::Null, None), |own| (own.facts, own.personal));
    json!({
        "position": recorded.position,
        "version": recorded.version,
        "event_id": recorded.event_id,
        "type": recorded.event.event_type(),
        "occurred_at": recorded.occurred_at,
        "recorded_at": recorded.recorded_at,
        "actor": recorded.actor,
        "facts": facts,
        "personal": personal,
    })
}
