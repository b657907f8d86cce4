//! `/reminders`: how this officer is reminded beside the pages: by a calendar with a secret address,
//! by mail. The secret is shown once, when it is made.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use axum::routing::{get, post};

use super::{Frame, PageError, Posted, words};
use crate::AppState;
use crate::access::reminders::{self, Reminders};
use crate::access::{AccessError, Officer, Token};

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/reminders", get(show))
        .route("/reminders/mail", post(set_mail))
        .route("/reminders/calendar", post(calendar))
}

#[derive(Template)]
#[template(path = "reminders.html")]
struct Page<'a> {
    frame: &'a Frame,
    /// When the calendar's address was made.
    made: Option<String>,
    /// The new address, shown once.
    address: Option<String>,
    /// What was typed, or what is set.
    mail: String,
    /// Whether mails go out at all.
    mails: bool,
    wrong: bool,
}

impl<'a> Page<'a> {
    fn of(state: &AppState, frame: &'a Frame, chosen: Reminders) -> Self {
        Self {
            made: chosen.calendar_made_at.map(words::instant),
            address: None,
            mail: chosen.mail.unwrap_or_default(),
            mails: state.mailer.is_some(),
            wrong: false,
            frame,
        }
    }
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    frame: Frame,
) -> Result<Response, PageError> {
    let chosen = reminders::of(&state.database, officer.id).await?;
    Ok(frame.page(&Page::of(&state, &frame, chosen)))
}

async fn set_mail(State(state): State<AppState>, posted: Posted) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        values,
    } = posted;
    let typed = values.first("mail").trim();
    let mail = match (typed.is_empty(), reminders::check_mail(typed)) {
        (true, _) => None,
        (false, Ok(mail)) => Some(mail),
        (false, Err(AccessError::BadMail)) => {
            let chosen = reminders::of(&state.database, officer.id).await?;
            let page = Page {
                mail: typed.to_owned(),
                wrong: true,
                ..Page::of(&state, &frame, chosen)
            };
            return Ok(frame.page_with(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &page));
        }
        (false, Err(error)) => return Err(error.into()),
    };
    reminders::set_mail(&state.database, officer.id, mail.as_deref(), state.now()).await?;
    let said = frame.t(if mail.is_some() {
        "reminders-mail-set"
    } else {
        "reminders-mail-removed"
    });
    Ok(frame.with_said(&said).redirect("/reminders"))
}

async fn calendar(
    State(state): State<AppState>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        values,
    } = posted;
    if values.first("do") == "revoke" {
        reminders::revoke_calendar(&state.database, officer.id).await?;
        let said = frame.t("reminders-calendar-revoked");
        return Ok(frame.with_said(&said).redirect("/reminders"));
    }
    let token = reminders::make_calendar(&state.database, officer.id, state.now()).await?;
    let chosen = reminders::of(&state.database, officer.id).await?;
    let page = Page {
        address: Some(address(&frame, &headers, &token)),
        ..Page::of(&state, &frame, chosen)
    };
    Ok(frame.page(&page))
}

/// The whole address, as the reader came here.
fn address(frame: &Frame, headers: &HeaderMap, token: &Token) -> String {
    let scheme = if frame.secure { "https" } else { "http" };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    format!("{scheme}://{host}/calendar/{}.ics", token.reveal())
}
