//! `/notices`: what this officer was told, and what of it they have not taken note of yet. The bell in
//! the head of every page leads here.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use domain::calendar::Calendar;
use projections::{NoticeKind, NoticeRow};
use serde_json::{Value, json};
use uuid::Uuid;

use super::case::{Timing, case_words};
use super::components::{EmptyState, Link, Pagination};
use super::query::Asked;
use super::{Frame, PageError, Posted, words};
use crate::AppState;
use crate::access::Officer;
use crate::language::Language;
use crate::notices;

/// Notices on a page.
const ROWS: usize = 50;

/// Where the script of the bell asks.
pub const COUNT: &str = "/notices/count";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/notices", get(show))
        .route("/notices/read", post(read))
        .route(COUNT, get(count))
}

#[derive(Template)]
#[template(path = "notices.html")]
struct Notices<'a> {
    frame: &'a Frame,
    unread: Vec<Entry>,
    read: Vec<Entry>,
    pagination: Pagination,
    empty: Option<EmptyState>,
}

/// One notice in words.
struct Entry {
    id: String,
    what: String,
    case: Link,
    due: String,
    sent: String,
    alarm: bool,
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    asked: Asked,
    frame: Frame,
) -> Result<Response, PageError> {
    let page = state
        .application
        .projections
        .notices(officer.id, asked.get("after"), ROWS)
        .await?;
    let pagination = Pagination {
        label: frame.t("pages"),
        shown: frame.language.text_with(
            "notices-shown",
            &[
                ("shown", page.items.len().into()),
                ("total", page.total.into()),
            ],
        ),
        previous: asked.get("after").is_some().then(|| Link {
            text: frame.t("page-first"),
            href: asked.without("after"),
        }),
        next: page.next.as_ref().map(|cursor| Link {
            text: frame.t("page-next"),
            href: asked.with("after", cursor),
        }),
    };
    let empty = page.items.is_empty().then(|| EmptyState {
        title: frame.t("notices-empty"),
        text: frame.t("notices-empty-text"),
        act: None,
    });
    let now = state.now();
    let (read, unread): (Vec<_>, Vec<_>) = page
        .items
        .iter()
        .partition(|notice| notice.read_at.is_some());
    let words = |notices: Vec<&NoticeRow>| {
        notices
            .into_iter()
            .map(|notice| entry(frame.language, notice, now))
            .collect()
    };
    Ok(frame.page(&Notices {
        unread: words(unread),
        read: words(read),
        pagination,
        empty,
        frame: &frame,
    }))
}

fn entry(language: Language, notice: &NoticeRow, now: DateTime<Utc>) -> Entry {
    let number = notice.case_number.clone();
    let due = time(language, notice, now);
    Entry {
        id: notice.id.to_string(),
        what: sentence(language, notice),
        case: Link {
            text: number.unwrap_or_else(|| language.text("notices-case")),
            href: format!("/cases/{}", notice.case_id),
        },
        due: due.unwrap_or_default(),
        sent: words::instant(notice.sent_at.utc()),
        alarm: notice.kind == NoticeKind::Overdue,
    }
}

/// What a notice says: `Quá hạn: Phê duyệt kế hoạch`.
pub fn sentence(language: Language, notice: &NoticeRow) -> String {
    let step = notice.name.as_ref().map_or_else(
        || notice.step.clone(),
        |name| case_words::say(language, name),
    );
    let key = format!("notice-{}", notice.kind.name());
    language.text_with(&key, &[("step", step.into())])
}

/// The time that a notice is about, as seen at `now`: one to mind is never spoken of as a limit.
/// None where there is none, or it does not matter any more.
pub fn time(language: Language, notice: &NoticeRow, now: DateTime<Utc>) -> Option<String> {
    let at = notice.due_at?.utc();
    if notice.kind == NoticeKind::Answered {
        return None;
    }
    let to_mind = matches!(notice.kind, NoticeKind::BoundSoon | NoticeKind::BoundPassed);
    let timing = Timing {
        due_at: (!to_mind).then_some(at),
        bound_at: to_mind.then_some(at),
        opened_at: at,
        working_days: false,
        urgent: false,
    };
    Some(timing.words(language, now, &Calendar::shipped()))
}

/// Takes note of one notice, or of all.
async fn read(State(state): State<AppState>, posted: Posted) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        values,
    } = posted;
    let one = match values.first("notice") {
        "all" => None,
        id => Some(Uuid::parse_str(id).map_err(|_| PageError::NotFound)?),
    };
    notices::take_note(&state, &officer, one)
        .await
        .map_err(|error| PageError::not_ready(&error))?;
    Ok(frame.redirect("/notices"))
}

/// How many there are, for the script of the bell. Asking this does not count as using the session.
async fn count(_: Officer, frame: Frame) -> Json<Value> {
    Json(json!({ "unread": frame.unread, "text": frame.unread_words() }))
}
