//! An answer to an offer that stands open no more, from somebody who does not see the case any more:
//! what ended the offer, when and by whom. What was typed is not kept: the case is not theirs.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use uuid::Uuid;

use super::page::Subject;
use crate::AppState;
use crate::access::Officer;
use crate::application::{OfferEnded, SendError};
use crate::pages::form::draft;
use crate::pages::{Frame, PageError, words};

/// What was sent, by whom.
pub(super) struct TooLate<'a> {
    pub state: &'a AppState,
    pub frame: &'a Frame,
    pub officer: &'a Officer,
    pub case: Uuid,
    pub command: &'a str,
    pub subject: Subject,
}

#[derive(Template)]
#[template(path = "acts_too_late.html")]
struct TooLatePage<'a> {
    frame: &'a Frame,
    title: String,
    sentence: String,
    when: String,
}

impl TooLate<'_> {
    /// The page, if they may know of the offer; else there is no such case.
    pub async fn answered(self, expected: Option<i64>) -> Result<Response, PageError> {
        let command = json!({ "type": self.command, "referral_id": self.subject.item });
        let application = &self.state.application;
        let gone = application.too_late(self.officer, self.case, expected, &command);
        match gone.await {
            SendError::OfferEnded(ended) => self.page(&ended).await,
            SendError::NotFound => Err(PageError::NotFound),
            error @ SendError::NotReady(_) => Err(PageError::not_ready(&error)),
            error => Err(PageError::internal(&error)),
        }
    }

    /// The page.
    pub async fn page(self, ended: &OfferEnded) -> Result<Response, PageError> {
        let Self { state, frame, .. } = self;
        let key = self.subject.key(self.officer, self.case, self.command);
        draft::remove(&state.database, &key).await?;
        let (actor, day) = (&ended.actor, ended.recorded_at.date());
        let role = frame.t(&format!("role-{}", actor.role.name()));
        let unit = actor.unit.as_deref();
        let unit = unit.map(|unit| state.units.name(unit, day));
        let own = actor.officer == Some(self.officer.id);
        let own = own.then(|| frame.t("too-late-you"));
        let who = [own, Some(role), unit].into_iter().flatten();
        let who = who.collect::<Vec<_>>().join(", ");
        let key = match ended.event_type {
            "TransferDeclined" => "too-late-declined",
            "TransferWithdrawn" => "too-late-withdrawn",
            _ => "too-late-otherwise",
        };
        let (occurred, recorded) = (ended.occurred_at.utc(), ended.recorded_at.utc());
        Ok(frame.page_with(
            StatusCode::CONFLICT,
            &TooLatePage {
                frame,
                title: frame.t(&format!("act-{}-title", self.command)),
                sentence: frame.t1(key, "who", who),
                when: words::both_clocks(frame.language, occurred, recorded),
            },
        ))
    }
}
