//! One officer: what they hold, what they ever held, and who gave it to them.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::identity::Role;
use uuid::Uuid;

use super::words::{self, PostView};
use crate::AppState;
use crate::access::Officer;
use crate::application::HistoryLine;
use crate::http::PathOf;
use crate::pages::{Frame, PageError};

#[derive(Template)]
#[template(path = "officers/one.html")]
struct Page<'a> {
    frame: &'a Frame,
    name: &'a str,
    username: &'a str,
    address: String,
    closed: bool,
    /// Somebody else's account, who holds a post: one's own posts are others' to change.
    may_change: bool,
    rows: Vec<Row>,
}

struct Row {
    post: PostView,
    by: String,
    recorded: String,
}

pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    frame: Frame,
    PathOf(id): PathOf<Uuid>,
) -> Result<Response, PageError> {
    let account = super::find(&state, &officer, id).await?;
    let history = state.application.posts().history(&account).await;
    let mut history = history.map_err(|error| words::failed(&error))?;
    history.reverse();
    let now = state.application.now();
    let row = |line: &HistoryLine| {
        let role = Role::parse(&line.by.role).unwrap_or(Role::System);
        let role = frame.t(&format!("role-{}", role.name()));
        Row {
            post: words::view(&frame, &line.post, now),
            by: match &line.by.name {
                Some(name) => format!("{name} · {role}"),
                None => role,
            },
            recorded: crate::pages::words::instant(line.recorded_at),
        }
    };
    Ok(frame.page(&Page {
        frame: &frame,
        name: &account.display_name,
        username: &account.username,
        address: format!("/officers/{id}"),
        closed: account.disabled_at.is_some(),
        may_change: account.id != officer.id && account.disabled_at.is_none(),
        rows: history.iter().map(row).collect(),
    }))
}
