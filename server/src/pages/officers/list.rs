//! The officers, found by name, role or unit.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use uuid::Uuid;

use super::words;
use crate::AppState;
use crate::access::{Officer, posts};
use crate::pages::case::case_words;
use crate::pages::components::Pagination;
use crate::pages::paging::Paging;
use crate::pages::query::Asked;
use crate::pages::{Frame, PageError};
use crate::units::fold;

/// So many officers on one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "officers/list.html")]
struct Page<'a> {
    frame: &'a Frame,
    title: String,
    text: &'a str,
    rows: Vec<Row>,
    pagination: Pagination,
}

struct Row {
    href: String,
    name: String,
    username: String,
    role: String,
    unit: String,
    since: String,
    /// Whom they substitute for now, and until when.
    also: Vec<String>,
    closed: bool,
}

pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    frame: Frame,
    asked: Asked,
) -> Result<Response, PageError> {
    let now = state.application.now();
    let mut accounts = super::all(&state, &officer).await?;
    let text = asked.get("text").unwrap_or_default();
    let wanted = fold(text);
    let fits = |account: &crate::access::Account| {
        let role = frame.t(&format!("role-{}", account.role.name()));
        let unit = case_words::unit(&frame.units, &account.unit, now.date());
        let (name, username) = (&account.display_name, &account.username);
        let found = fold(&format!("{name} {username} {role} {unit} {}", account.unit));
        wanted.split_whitespace().all(|word| found.contains(word))
    };
    accounts.retain(fits);
    accounts.sort_by_cached_key(|account| (account.unit.clone(), fold(&account.display_name)));
    let total = accounts.len();
    let begin = asked.get("after").and_then(|after| after.parse().ok());
    let begin = begin.unwrap_or(0_usize).min(total);
    let shown = accounts.iter().skip(begin).take(PAGE);
    let mut held: HashMap<Uuid, Vec<domain::identity::Post>> = HashMap::new();
    for post in posts::all(&state.database).await? {
        if post.runs_at(now) {
            held.entry(post.officer).or_default().push(post);
        }
    }
    let rows: Vec<Row> = shown
        .map(|account| {
            let posts = held.remove(&account.id).unwrap_or_default();
            let main = posts.iter().find(|post| post.is_main());
            let also = posts.iter().filter(|post| !post.is_main()).map(|post| {
                let view = words::view(&frame, post, now);
                format!("{} · {}", view.title, view.until)
            });
            Row {
                href: format!("/officers/{}", account.id),
                name: account.display_name.clone(),
                username: account.username.clone(),
                role: frame.t(&format!("role-{}", account.role.name())),
                unit: case_words::unit(&frame.units, &account.unit, now.date()),
                since: main.map_or_else(
                    || frame.t("officer-without-post"),
                    |post| crate::pages::words::date(post.from.date()),
                ),
                also: also.collect(),
                closed: account.disabled_at.is_some(),
            }
        })
        .collect();
    let end = begin + rows.len();
    let counts = [
        ("first", (begin + usize::from(end > begin)).into()),
        ("last", end.into()),
        ("total", total.into()),
    ];
    let paging = Paging::of(&asked, i64::try_from(total).unwrap_or(i64::MAX), PAGE);
    let shown = frame.language.text_with("officers-shown", &counts);
    let next = (end < total).then(|| end.to_string());
    let pagination = paging.foot(&frame, &asked, shown, next.as_deref());
    Ok(frame.page(&Page {
        title: paging.title(&frame, &frame.t("nav-officers")),
        frame: &frame,
        text,
        rows,
        pagination,
    }))
}
