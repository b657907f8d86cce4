//! `/notices`: what this officer was told, and what of it they have not taken note of yet. The bell in
//! the head of every page leads here.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use domain::notice::NoticeKind;
use projections::{NoticeRow, list_name};
use serde_json::{Value, json};
use uuid::Uuid;

use super::case::things::Things;
use super::case::{self, case_words};
use super::components::{EmptyState, Link, Pagination};
use super::paging::Paging;
use super::query::Asked;
use super::{Frame, PageError, Posted, words};
use crate::AppState;
use crate::access::{ASKED_BY_A_SCRIPT, Officer};
use crate::application::CaseFile;
use crate::language::Language;
use crate::notices;

/// Notices on a page.
const ROWS: usize = 50;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/notices", get(show))
        .route("/notices/read", post(read))
        .route(ASKED_BY_A_SCRIPT, get(count))
}

#[derive(Template)]
#[template(path = "notices.html")]
struct Notices<'a> {
    frame: &'a Frame,
    title: String,
    unread: Vec<Entry>,
    read: Vec<Entry>,
    pagination: Pagination,
    empty: Option<EmptyState>,
}

/// One notice in words.
struct Entry {
    id: String,
    what: String,
    /// Who answered or asked; empty where nobody did.
    who: String,
    /// The child as lists show it; empty where the case is not for the reader any more.
    child: String,
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
    let shown = frame.language.text_with(
        "notices-shown",
        &[
            ("shown", page.items.len().into()),
            ("total", page.total.into()),
        ],
    );
    let paging = Paging::of(&asked, page.total, ROWS);
    let cases = page.items.iter().map(|notice| notice.case_id);
    let things = case::things_of(&state, frame.language, &officer, cases).await;
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
            .map(|notice| {
                let named = things.get(&notice.case_id);
                entry(frame.language, notice, named, now)
            })
            .collect()
    };
    Ok(frame.page(&Notices {
        unread: words(unread),
        read: words(read),
        title: paging.title(&frame, &frame.t("notices")),
        pagination: paging.foot(&frame, &asked, shown, page.next.as_deref()),
        empty,
        frame: &frame,
    }))
}

/// A notice names the thing: which service, which referral, how it was answered, by whom; as far as the
/// reader still sees the case.
fn entry(
    language: Language,
    notice: &NoticeRow,
    named: Option<&(CaseFile, Things)>,
    now: DateTime<Utc>,
) -> Entry {
    let number = notice.case_number.clone();
    let due = notices::time(language, notice, now);
    let mut what = notices::sentence(language, notice);
    let (mut who, mut child) = (String::new(), String::new());
    if let Some((file, things)) = named {
        let event = |id: Option<Uuid>| file.history.iter().find(|event| Some(event.event_id) == id);
        let owed = file.obligations.iter().find(|owed| {
            [Some(owed.opened_by_event), owed.corrected_by].contains(&Some(notice.obligation))
                && owed.step == notice.step
                && owed.item == notice.item
        });
        let answer = owed.and_then(|owed| event(owed.ended_by_event));
        let about = notice.item.as_deref();
        let about = about.and_then(|item| things.about(&notice.step, item));
        match (notice.kind, answer, about) {
            (NoticeKind::Answered, Some(answer), _) => {
                let answer = things.sentence(answer);
                what = language.text_with("notice-answered", &[("step", answer.into())]);
            }
            (_, _, Some(about)) => what = format!("{what}: {about}"),
            _ => {}
        }
        let from = match notice.kind {
            NoticeKind::Answered => answer,
            NoticeKind::OfferedToYou | NoticeKind::Corrected => event(Some(notice.obligation)),
            _ => None,
        };
        if let Some(from) = from {
            let by = case_words::who(language, &file.state.units, from, file.at.date());
            who = language.text_with("notices-from", &[("who", by.into())]);
        }
        let name = file.state.child.name.as_deref().map(list_name);
        child = name.unwrap_or_else(|| language.text("child-unnamed"));
    }
    Entry {
        id: notice.id.to_string(),
        what,
        who,
        child,
        case: Link {
            text: number.unwrap_or_else(|| language.text("notices-case")),
            href: format!("/cases/{}", notice.case_id),
        },
        due: due.unwrap_or_default(),
        sent: words::instant(notice.sent_at.utc()),
        alarm: notice.kind == NoticeKind::Overdue,
    }
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
