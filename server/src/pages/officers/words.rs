//! A post in words, and the refusals of the rules for posts.

use axum::http::StatusCode;
use domain::command::RejectionKind;
use domain::identity::Post;
use domain::time::Instant;

use crate::application::PostError;
use crate::language::Sentence;
use crate::pages::form::Fault;
use crate::pages::{Frame, PageError, words};

/// A post as people read it.
#[derive(Debug)]
pub struct PostView {
    /// Its id.
    pub id: String,
    /// `Chủ tịch Ủy ban nhân dân cấp xã, thay mặt Hoàng Văn Thành`.
    pub title: String,
    /// The unit.
    pub unit: String,
    /// The agency, or what sort of one it is.
    pub agency: String,
    /// From when on.
    pub from: String,
    /// Until when, in words.
    pub until: String,
    /// Number of the act of authorisation, for a substitution.
    pub act: Option<String>,
    /// Whether it is held now or will be.
    pub lasts: bool,
    /// Whether it is held now.
    pub runs: bool,
}

/// A post as of `now`.
pub fn view(frame: &Frame, post: &Post, now: Instant) -> PostView {
    let role = frame.t(&format!("role-{}", post.role.name()));
    let kind = post
        .agency
        .kind
        .title()
        .in_language(frame.language.into())
        .to_owned();
    let held = post.substitution.as_ref();
    let title = match held {
        Some(held) => {
            let held = frame.t1("on-behalf-of", "name", held.name.as_str());
            format!("{role}, {held}")
        }
        None => role,
    };
    PostView {
        id: post.id.to_string(),
        title,
        unit: crate::pages::case::case_words::unit(&frame.units, &post.unit, now.date()),
        agency: post.agency.name.clone().unwrap_or(kind),
        from: start(post.from),
        until: match post.until {
            Some(until) => end(frame, until),
            None => frame.t("post-no-end"),
        },
        act: held.map(|held| held.act.clone()),
        lasts: post.until.is_none_or(|until| now < until),
        runs: post.runs_at(now),
    }
}

/// A start in words: a day where no time was meant.
fn start(from: Instant) -> String {
    match from.local().time() == chrono::NaiveTime::MIN {
        true => words::date(from.date()),
        false => words::instant(from.utc()),
    }
}

/// An end in words: `hết ngày 13/03/2026` where it is the end of a day.
pub fn end(frame: &Frame, until: Instant) -> String {
    let local = until.local();
    if local.time() == chrono::NaiveTime::MIN
        && let Some(day) = local.date_naive().pred_opt()
    {
        return frame.t1("post-end-of-day", "date", words::date(day));
    }
    words::instant(until.utc())
}

/// What is wrong with a form about posts, with the status of its page.
pub fn trouble(error: &PostError) -> Result<(Fault, StatusCode), PageError> {
    match error {
        PostError::Rejected(refusal) => {
            let status = match refusal.kind {
                RejectionKind::Forbidden => StatusCode::FORBIDDEN,
                RejectionKind::Field | RejectionKind::Procedure | RejectionKind::NotFound => {
                    StatusCode::UNPROCESSABLE_ENTITY
                }
            };
            Ok((Fault::of_refusal(refusal), status))
        }
        PostError::Conflict { .. } => {
            let fault = Fault::new("", "conflict", Sentence::key("posts-conflict"));
            Ok((fault, StatusCode::CONFLICT))
        }
        PostError::NotReady(_) => Err(PageError::not_ready(error)),
        _ => Err(PageError::internal(error)),
    }
}

/// A trouble where there is no form to show it on.
pub fn failed(error: &PostError) -> PageError {
    match trouble(error) {
        Ok((_, StatusCode::FORBIDDEN)) => PageError::Forbidden,
        Ok(_) => PageError::NotFound,
        Err(page) => page,
    }
}
