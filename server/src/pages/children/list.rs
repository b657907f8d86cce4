//! `/children`: the register, as far as the reader sees it: search and filters.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chrono::NaiveDate;
use projections::{ChildFilter, ChildRow, Page};

use super::words;
use crate::AppState;
use crate::access::Officer;
use crate::application::within;
use crate::pages::case::{Age, case_words};
use crate::pages::components::{EmptyState, FilterPanel, Link, Pagination};
use crate::pages::paging::Paging;
use crate::pages::query::Asked;
use crate::pages::{Frame, PageError};

/// Rows on a page.
const ROWS: usize = 30;

const FILTERS: [&str; 5] = ["text", "sex", "year", "number", "kept"];

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/children", get(show))
}

#[derive(Template)]
#[template(path = "children/list.html")]
struct Children<'a> {
    frame: &'a Frame,
    title: String,
    register: Option<Link>,
    filters: FilterPanel,
    rows: Vec<Row>,
    pagination: Pagination,
    empty: Option<EmptyState>,
}

/// A child in a list.
pub(super) struct Row {
    pub href: String,
    pub child: String,
    pub unit: String,
    pub number: String,
    pub kept: String,
}

#[derive(Template)]
#[template(path = "children/filter.html")]
struct Fields<'a> {
    frame: &'a Frame,
    text: &'a str,
    year: &'a str,
    lists: Vec<List>,
}

struct List {
    name: &'static str,
    label: String,
    any: String,
    choices: Vec<Choice>,
}

struct Choice {
    value: &'static str,
    text: String,
    chosen: bool,
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
    let text = |name: &str| asked.get(name).map(str::to_owned);
    let filter = ChildFilter {
        within,
        text: text("text"),
        sex: text("sex"),
        birth_year: asked.get("year").and_then(|year| year.parse().ok()),
        number: text("number"),
        kept: text("kept"),
    };
    let page = application
        .projections
        .search_children(&filter, asked.get("after"), ROWS)
        .await?;
    let registers = application.registers_children(&officer);
    let register = registers.then(|| Link {
        text: frame.t("child-register"),
        href: "/children/new".to_owned(),
    });
    let paging = Paging::of_some(&asked, &page, ROWS);
    let children = Children {
        title: paging.title(&frame, &frame.t("nav-children")),
        filters: filters(&frame, &asked)?,
        pagination: paging.foot(&frame, &asked, shown(&frame, &page), page.next.as_deref()),
        empty: page
            .items
            .is_empty()
            .then(|| empty(&frame, &asked, register.clone())),
        rows: page
            .items
            .iter()
            .map(|row| line(&frame, row, today))
            .collect(),
        register,
        frame: &frame,
    };
    Ok(frame.page(&children))
}

/// A child in a list: initials, never the whole name and never the number.
pub(super) fn line(frame: &Frame, row: &ChildRow, today: NaiveDate) -> Row {
    let name = row.list_name.clone();
    let name = name.unwrap_or_else(|| frame.t("child-unnamed"));
    let age = Age::on(today, row.birth_date, row.birth_year);
    let traits = case_words::traits(frame.language, &row.sex, age, "");
    let then = row.unit_since.unwrap_or(today);
    Row {
        href: format!("/children/{}", row.child_id),
        child: format!("{name} · {traits}"),
        unit: words::unit(frame, &row.unit, then, today),
        number: frame.t(&format!("child-number-is-{}", row.number)),
        kept: match row.kept.as_str() {
            "kept" => String::new(),
            other => frame.t(&format!("child-kept-{other}")),
        },
    }
}

fn filters(frame: &Frame, asked: &Asked) -> Result<FilterPanel, PageError> {
    let list = |name: &'static str, label: &str, any: &str, prefix: &str, all: &[&'static str]| {
        let choice = |value: &&'static str| Choice {
            value,
            text: frame.t(&format!("{prefix}-{value}")),
            chosen: asked.is(name, value),
        };
        List {
            name,
            label: frame.t(label),
            any: frame.t(any),
            choices: all.iter().map(choice).collect(),
        }
    };
    let sexes = ["female", "male", "unknown"];
    let lists = vec![
        list("sex", "report-sex", "filter-any", "child-sex", &sexes),
        list(
            "number",
            "child-personal-id",
            "filter-any",
            "child-number-is",
            &["none", "claimed", "verified"],
        ),
        list(
            "kept",
            "child-kept",
            "child-kept-kept",
            "child-kept",
            &["ended", "joined"],
        ),
    ];
    let fields = Fields {
        frame,
        text: asked.get("text").unwrap_or_default(),
        year: asked.get("year").unwrap_or_default(),
        lists,
    };
    let applied = FILTERS.into_iter().filter_map(|name| {
        let value = asked.get(name)?;
        let known = |prefix: &str| {
            let found = frame.language.find(&format!("{prefix}-{value}"), &[]);
            found.unwrap_or_else(|| value.to_owned())
        };
        let text = match name {
            "text" => frame.t1("filter-text-is", "text", value),
            "sex" => known("child-sex"),
            "number" => known("child-number-is"),
            "kept" => known("child-kept"),
            _ => frame.t1("child-birth-year", "year", value),
        };
        let href = asked.without(name);
        Some(Link { text, href })
    });
    Ok(FilterPanel {
        title: frame.t("children-filter-title"),
        applied: applied.collect(),
        remove: frame.t("filter-remove"),
        action: "/children".to_owned(),
        fields: fields
            .render()
            .map_err(|error| PageError::internal(&error))?,
        apply: frame.t("cases-find"),
    })
}

fn shown(frame: &Frame, page: &Page<ChildRow>) -> String {
    let key = match page.at_least {
        true => "children-shown-more",
        false => "children-shown",
    };
    frame.language.text_with(
        key,
        &[
            ("shown", page.items.len().into()),
            ("total", page.total.into()),
        ],
    )
}

fn empty(frame: &Frame, asked: &Asked, register: Option<Link>) -> EmptyState {
    if FILTERS.iter().any(|name| asked.get(name).is_some()) {
        return EmptyState {
            title: frame.t("children-none-found"),
            text: frame.t("children-none-found-text"),
            act: Some(Link {
                text: frame.t("filter-drop-all"),
                href: "/children".to_owned(),
            }),
        };
    }
    EmptyState {
        title: frame.t("children-empty"),
        text: frame.t("children-empty-text"),
        act: register,
    }
}
