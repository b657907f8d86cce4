//! `/children/issues`: what is wrong with the records: how many have which issue, and whose it is; with `?issue=…` the
//! children.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use domain::child::{Issue, Seat};
use projections::{IssueCount, IssueRow, Page};

use super::list::{Row, line};
use super::words::word;
use crate::AppState;
use crate::access::Officer;
use crate::application::within;
use crate::pages::components::Pagination;
use crate::pages::paging::Paging;
use crate::pages::query::Asked;
use crate::pages::{Frame, PageError};
use crate::words;

/// Rows on a page.
const ROWS: usize = 30;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/children/issues", get(show))
}

#[derive(Template)]
#[template(path = "children/issues.html")]
struct Issues<'a> {
    frame: &'a Frame,
    groups: Vec<OfOwner>,
}

/// The issues of one owner.
struct OfOwner {
    title: String,
    lines: Vec<Line>,
}

struct Line {
    href: String,
    name: String,
    to_do: String,
    count: String,
}

#[derive(Template)]
#[template(path = "children/issue.html")]
struct OneIssue<'a> {
    frame: &'a Frame,
    title: String,
    name: String,
    to_do: String,
    owner: String,
    rows: Vec<Child>,
    pagination: Pagination,
}

struct Child {
    row: Row,
    since: String,
    act: Option<String>,
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    asked: Asked,
    frame: Frame,
) -> Result<Response, PageError> {
    let application = &state.application;
    let today = application.now().date();
    let within = within(application.units(), &officer, today);
    let within = within.ok_or(PageError::Forbidden)?;
    let language = frame.language;
    let Some(issue) = asked.get("issue") else {
        let counts = application.projections.issue_counts(&within, today).await?;
        let own = Seat::of(officer.role);
        // What is the reader's own stands first.
        let mut owners = vec![Seat::Commune, Seat::Police, Seat::Province];
        owners.sort_by_key(|owner| Some(*owner) != own);
        let groups = owners.into_iter().filter_map(|owner| {
            let of = counts.iter().filter(|count| count.issue.owner() == owner);
            let lines: Vec<_> = of.map(|count| counted(&frame, count)).collect();
            let title = match own == Some(owner) {
                true => frame.t("issues-own"),
                false => word(&frame, "issues-of", &owner),
            };
            (!lines.is_empty()).then_some(OfOwner { title, lines })
        });
        let page = Issues {
            groups: groups.collect(),
            frame: &frame,
        };
        return Ok(frame.page(&page));
    };
    let issue = Issue::of(issue).ok_or(PageError::NotFound)?;
    let page = application
        .projections
        .children_with(&within, issue, today, asked.get("after"), ROWS)
        .await?;
    let paging = Paging::of_some(&asked, &page, ROWS);
    let name = issue.name().in_language(language.into()).to_owned();
    let acts = Seat::of(officer.role) == Some(issue.owner());
    let row = |one: &IssueRow| {
        let child = one.child.child_id;
        let command = issue.command().filter(|_| acts);
        Child {
            row: line(&frame, &one.child, today),
            since: words::date(one.since),
            act: command.map(|command| super::act::address(child, command, None)),
        }
    };
    let of_issue = OneIssue {
        title: paging.title(&frame, &name),
        to_do: issue.to_do().in_language(language.into()).to_owned(),
        owner: word(&frame, "issues-of", &issue.owner()),
        rows: page.items.iter().map(row).collect(),
        pagination: paging.foot(&frame, &asked, shown(&frame, &page), page.next.as_deref()),
        name,
        frame: &frame,
    };
    Ok(frame.page(&of_issue))
}

fn counted(frame: &Frame, count: &IssueCount) -> Line {
    let language = frame.language;
    let key = match count.at_least {
        true => "issues-count-more",
        false => "issues-count",
    };
    Line {
        href: format!("/children/issues?issue={}", count.issue.code()),
        name: count.issue.name().in_language(language.into()).to_owned(),
        to_do: count.issue.to_do().in_language(language.into()).to_owned(),
        count: frame.t1(key, "count", count.records),
    }
}

fn shown(frame: &Frame, page: &Page<IssueRow>) -> String {
    let key = match page.at_least {
        true => "issues-shown-more",
        false => "issues-shown",
    };
    frame.language.text_with(
        key,
        &[
            ("shown", page.items.len().into()),
            ("total", page.total.into()),
        ],
    )
}
