//! `/account`: one's own password, and where one is signed in.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};

use super::{Frame, PageError, Posted, words};
use crate::AppState;
use crate::access::change::{Changed, SHORTEST, Weakness, change_password, weakness};
use crate::access::session::{self, Kind, Own};
use crate::access::{Officer, account, reminders};

const ADDRESS: &str = "/account";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(ADDRESS, get(show))
        .route("/account/password", post(change))
        .route("/account/sessions/end", post(end))
        .route("/account/sessions/end-others", post(end_others))
}

#[derive(Template)]
#[template(path = "account.html")]
struct Page<'a> {
    frame: &'a Frame,
    username: String,
    shortest: String,
    sessions: Vec<Session>,
    /// Whether there are others than this one.
    others: bool,
    /// Whether there is a secret address of a calendar, which a new password does not end.
    calendar: bool,
    wrong: Wrong,
}

/// What is wrong with each of the three fields; empty where nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Wrong {
    old: String,
    new: String,
    again: String,
}

impl Wrong {
    fn any(&self) -> bool {
        *self != Self::default()
    }

    /// Each fault with its field, for the summary.
    fn all(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let fields = [
            ("old", &self.old),
            ("new", &self.new),
            ("again", &self.again),
        ];
        fields
            .into_iter()
            .filter(|(_, fault)| !fault.is_empty())
            .map(|(field, fault)| (field, fault.as_str()))
    }
}

struct Session {
    id: String,
    device: String,
    began: String,
    used: String,
    current: bool,
}

fn told(frame: &Frame, own: Own) -> Session {
    let name = |part: &str| frame.t(&format!("agent-{part}"));
    let device = match (own.kind, own.agent.parts()) {
        (Kind::Bearer, _) => frame.t("session-program"),
        (Kind::Cookie, (Some(browser), Some(system))) => frame.language.text_with(
            "session-device",
            &[
                ("browser", name(browser).into()),
                ("system", name(system).into()),
            ],
        ),
        (Kind::Cookie, (Some(part), None) | (None, Some(part))) => name(part),
        (Kind::Cookie, (None, None)) => frame.t("session-unknown"),
    };
    Session {
        device,
        began: frame.t1("session-began", "at", words::instant(own.created_at)),
        used: frame.t1("session-used", "at", words::instant(own.last_seen_at)),
        current: own.current,
        id: own.id,
    }
}

async fn page(
    state: &AppState,
    frame: &Frame,
    officer: &Officer,
    wrong: Wrong,
    status: StatusCode,
) -> Result<Response, PageError> {
    let database = &state.database;
    let account = account::with_id(database, officer.id).await?;
    let sessions = session::of(database, officer.id, &officer.session, state.now()).await?;
    let reminders = reminders::of(database, officer.id).await?;
    let page = Page {
        username: account.map(|account| account.username).unwrap_or_default(),
        shortest: SHORTEST.to_string(),
        others: sessions.len() > 1,
        sessions: sessions.into_iter().map(|own| told(frame, own)).collect(),
        calendar: reminders.calendar_made_at.is_some(),
        wrong,
        frame,
    };
    Ok(frame.page_with(status, &page))
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    frame: Frame,
) -> Result<Response, PageError> {
    page(&state, &frame, &officer, Wrong::default(), StatusCode::OK).await
}

async fn change(State(state): State<AppState>, posted: Posted) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        values,
    } = posted;
    let (old, new, again) = (
        values.first("old"),
        values.first("new"),
        values.first("again"),
    );
    // What can be seen without the old password is told at once, all of it.
    let account = account::with_id(&state.database, officer.id).await?;
    let username = account.map(|account| account.username).unwrap_or_default();
    let mut wrong = Wrong {
        new: weakness(new, &username).map_or_else(String::new, |weak| weak_words(&frame, weak)),
        ..Wrong::default()
    };
    if old.is_empty() {
        wrong.old = frame.t("password-old-missing");
    }
    if new != again {
        wrong.again = frame.t("password-again-wrong");
    }
    if wrong.any() {
        return page(
            &state,
            &frame,
            &officer,
            wrong,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    }
    let mut wait = None;
    match change_password(&state, &officer, old, new).await? {
        Changed::Done => {
            let said = frame.t("password-changed");
            return Ok(frame.clone().with_said(&said).redirect(ADDRESS));
        }
        Changed::WrongOld => wrong.old = frame.t("password-old-wrong"),
        Changed::Weak(weak) => wrong.new = weak_words(&frame, weak),
        Changed::Wait(time) => {
            wait = Some(time.num_seconds().max(1));
            let time = words::duration(frame.language, time);
            wrong.old = frame.t1("sign-in-wait", "time", time);
        }
    }
    let status = match wait {
        Some(_) => StatusCode::TOO_MANY_REQUESTS,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut response = page(&state, &frame, &officer, wrong, status).await?;
    if let Some(seconds) = wait {
        let seconds = HeaderValue::from(seconds);
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    Ok(response)
}

fn weak_words(frame: &Frame, weakness: Weakness) -> String {
    match weakness {
        Weakness::Short => frame.t1("password-short", "count", SHORTEST.to_string()),
        Weakness::Long => frame.t("password-long"),
        Weakness::Simple => frame.t("password-simple"),
        Weakness::Name => frame.t("password-name"),
        Weakness::Same => frame.t("password-same"),
    }
}

/// Ends one session; one's own too.
async fn end(State(state): State<AppState>, posted: Posted) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        values,
    } = posted;
    let (database, token) = (&state.database, &officer.session);
    let id = values.first("session");
    session::end_one(database, officer.id, token, id, state.now()).await?;
    // One that had ended meanwhile is ended, too.
    let said = frame.t("session-ended");
    Ok(frame.clone().with_said(&said).redirect(ADDRESS))
}

async fn end_others(State(state): State<AppState>, posted: Posted) -> Result<Response, PageError> {
    let Posted { officer, frame, .. } = posted;
    session::end_others(&state.database, officer.id, &officer.session).await?;
    let said = frame.t("sessions-ended");
    Ok(frame.clone().with_said(&said).redirect(ADDRESS))
}
