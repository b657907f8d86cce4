//! `/cases`: find a case by words, place and state.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chrono::NaiveDate;
use domain::calendar::Calendar;
use domain::identity::Role;
use domain::time::Instant;
use projections::{CaseFilter, CaseRow, Page};
use uuid::Uuid;

use super::case::{Age, Timing, case_words};
use super::communes;
use super::components::{EmptyState, FilterPanel, Link, Pagination, Tag, TagState};
use super::paging::Paging;
use super::query::Asked;
use super::{Frame, PageError, words};
use crate::AppState;
use crate::access::Officer;
use crate::application::{acts_on_cases, sight};
use domain::permit::sees_a_side;

/// Rows on a page.
const ROWS: usize = 30;

const STAGES: [&str; 7] = [
    "received",
    "initially-assessed",
    "assessed",
    "plan-submitted",
    "plan-approved",
    "reviewed",
    "closed",
];
const FORMS: [&str; 5] = [
    "violence",
    "exploitation",
    "sexual",
    "abandonment",
    "neglect",
];
const FILTERS: [&str; 7] = [
    "text",
    "unit",
    "stage",
    "status",
    "form",
    "emergency",
    "overdue",
];

/// Filters by what only those see who see all of a case.
const INNER: [&str; 2] = ["stage", "overdue"];

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/cases", get(show))
}

/// Whether a role may look for cases at all.
pub(super) fn may_look(role: Role) -> bool {
    acts_on_cases(role) || role == Role::Inspector
}

#[derive(Template)]
#[template(path = "cases.html")]
struct Cases<'a> {
    frame: &'a Frame,
    title: String,
    filters: FilterPanel,
    /// How far the cases have come and what is due in them: not for who sees one side of them.
    inner: bool,
    rows: Vec<Row>,
    pagination: Pagination,
    empty: Option<EmptyState>,
}

struct Row {
    number: String,
    href: String,
    child: String,
    emergency: Option<Tag>,
    news: Option<Tag>,
    stage: String,
    harm: String,
    holder: String,
    received: String,
    due: String,
    overdue: Option<Tag>,
}

#[derive(Template)]
#[template(path = "cases_filter.html")]
struct FilterFields<'a> {
    frame: &'a Frame,
    inner: bool,
    text: &'a str,
    units: Vec<Choice>,
    stages: Vec<Choice>,
    statuses: Vec<Choice>,
    forms: Vec<Choice>,
    emergency: bool,
    overdue: bool,
}

struct Choice {
    value: String,
    text: String,
    chosen: bool,
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    asked: Asked,
    frame: Frame,
) -> Result<Response, PageError> {
    if !may_look(officer.role) {
        return Err(PageError::Forbidden);
    }
    let Some(seen) = sight(&frame.units, &officer) else {
        return Err(PageError::Forbidden);
    };
    let now = Instant::new(state.now());
    let text = |name: &str| asked.get(name).map(str::to_owned);
    let inner = !sees_a_side(officer.role);
    let filter = CaseFilter {
        people: inner,
        seen,
        text: text("text"),
        unit: text("unit"),
        stage: text("stage").filter(|_| inner),
        status: text("status"),
        emergency: asked.is("emergency", "yes").then_some(true),
        form: text("form"),
        overdue_at: (inner && asked.is("overdue", "yes")).then_some(now),
    };
    let page = state
        .application
        .projections
        .search_cases(&filter, asked.get("after"), ROWS)
        .await?;
    let cases: Vec<Uuid> = page.items.iter().map(|row| row.case_id).collect();
    let news = state
        .application
        .projections
        .cases_with_news(officer.id, &cases)
        .await?;
    let today = now.date();
    let paging = Paging::of_some(&asked, &page, ROWS);
    let page_of = Cases {
        filters: filters(&state, &frame, &officer, &asked, today).await?,
        title: paging.title(&frame, &frame.t("nav-cases")),
        pagination: paging.foot(&frame, &asked, shown(&frame, &page), page.next.as_deref()),
        empty: page.items.is_empty().then(|| empty(&frame, &asked)),
        rows: page
            .items
            .into_iter()
            .map(|row| {
                let new = news.contains(&row.case_id);
                let row = if inner { row } else { row.from_outside() };
                line(&frame, &state.application.calendar, row, new, now)
            })
            .collect(),
        inner,
        frame: &frame,
    };
    Ok(frame.page(&page_of))
}

fn line(frame: &Frame, calendar: &Calendar, row: CaseRow, new: bool, now: Instant) -> Row {
    let (language, today) = (frame.language, now.date());
    let open = row.status == "open";
    let age = Age::on(today, row.birth_date, row.birth_year);
    let told = row.received_at.date();
    let place =
        case_words::short_unit_then(language, &frame.units, &row.incident_unit, told, today);
    let name = row.list_name.unwrap_or_else(|| frame.t("child-unnamed"));
    let (due_at, act_by) = (
        row.earliest_due.filter(|_| open),
        row.next_act_by.filter(|_| open),
    );
    let timing = Timing {
        due_at: due_at.map(|at| at.utc()),
        // An earlier time than the limit of the law is one to mind.
        bound_at: act_by.filter(|at| due_at != Some(*at)).map(|at| at.utc()),
        opened_at: row.received_at.utc(),
        working_days: false,
        urgent: false,
    };
    let overdue = timing.overdue(now.utc());
    Row {
        href: format!("/cases/{}", row.case_id),
        child: format!(
            "{name} · {}",
            case_words::traits(language, &row.sex, age, &place)
        ),
        emergency: row
            .emergency
            .then(|| Tag::new(language, TagState::Emergency)),
        news: new.then(|| Tag::new(language, TagState::News)),
        stage: match &row.stage {
            Some(inner) => stage(frame, inner, row.closing_reason.as_deref()),
            None => frame.t(&format!("status-{}", row.status)),
        },
        harm: row
            .harm_forms
            .iter()
            .map(|form| case_words::code(language, "harm", form))
            .collect::<Vec<_>>()
            .join(", "),
        holder: match &row.responsible {
            Some((unit, since)) => {
                case_words::unit_then(language, &frame.units, unit, *since, today)
            }
            None => case_words::unit_then(language, &frame.units, &row.holder_unit, today, today),
        },
        received: words::instant(row.received_at.utc()),
        due: match act_by {
            Some(_) => timing.words(language, now.utc(), calendar),
            None => String::new(),
        },
        overdue: overdue.then(|| Tag::new(language, TagState::Overdue)),
        number: row.number,
    }
}

fn stage(frame: &Frame, stage: &str, closing: Option<&str>) -> String {
    let words = frame.t(&format!("stage-{stage}"));
    match closing {
        Some(reason) => {
            let reason = case_words::code(frame.language, "closing", reason);
            format!("{words}: {reason}")
        }
        None => words,
    }
}

async fn filters(
    state: &AppState,
    frame: &Frame,
    officer: &Officer,
    asked: &Asked,
    today: NaiveDate,
) -> Result<FilterPanel, PageError> {
    let language = frame.language;
    let choices = |name: &str, prefix: &str, values: &[&str]| -> Vec<Choice> {
        values
            .iter()
            .map(|value| Choice {
                value: (*value).to_owned(),
                text: frame.t(&format!("{prefix}{value}")),
                chosen: asked.is(name, value),
            })
            .collect()
    };
    let wide = matches!(officer.role, Role::ProvincialOfficer | Role::Inspector);
    let units = if wide {
        communes::within(state, language, &officer.unit, today).await?
    } else {
        Vec::new()
    };
    let units = units.into_iter().map(|commune| Choice {
        chosen: asked.is("unit", &commune.value),
        value: commune.value,
        text: commune.text,
    });
    let fields = FilterFields {
        frame,
        inner: !sees_a_side(officer.role),
        text: asked.get("text").unwrap_or_default(),
        units: units.collect(),
        stages: choices("stage", "stage-", &STAGES),
        statuses: choices("status", "status-", &["open", "closed"]),
        forms: choices("form", "harm-", &FORMS),
        emergency: asked.is("emergency", "yes"),
        overdue: asked.is("overdue", "yes"),
    };
    let applied = FILTERS
        .into_iter()
        .filter(|name| !INNER.contains(name) || !sees_a_side(officer.role))
        .filter_map(|name| {
            let value = asked.get(name)?;
            let known = |prefix: &str| language.find(&format!("{prefix}{value}"), &[]);
            let text = match name {
                "text" => frame.t1("filter-text-is", "text", value),
                "unit" => case_words::unit_then(language, &frame.units, value, today, today),
                "stage" => known("stage-").unwrap_or_else(|| value.to_owned()),
                "status" => known("status-").unwrap_or_else(|| value.to_owned()),
                "form" => case_words::code(language, "harm", value),
                "emergency" => frame.t("tag-emergency"),
                _ => frame.t("tag-overdue"),
            };
            let href = asked.without(name);
            Some(Link { text, href })
        })
        .collect();
    Ok(FilterPanel {
        title: frame.t("cases-filter-title"),
        applied,
        remove: frame.t("filter-remove"),
        action: "/cases".to_owned(),
        fields: fields
            .render()
            .map_err(|error| PageError::internal(&error))?,
        apply: frame.t("cases-find"),
    })
}

fn shown(frame: &Frame, page: &Page<CaseRow>) -> String {
    let key = match page.at_least {
        true => "cases-shown-more",
        false => "cases-shown",
    };
    frame.language.text_with(
        key,
        &[
            ("shown", page.items.len().into()),
            ("total", page.total.into()),
        ],
    )
}

fn empty(frame: &Frame, asked: &Asked) -> EmptyState {
    if FILTERS.iter().any(|name| asked.get(name).is_some()) {
        EmptyState {
            title: frame.t("cases-none-found"),
            text: frame.t("cases-none-found-text"),
            act: Some(Link {
                text: frame.t("filter-drop-all"),
                href: "/cases".to_owned(),
            }),
        }
    } else {
        EmptyState {
            title: frame.t("cases-empty"),
            text: frame.t("cases-empty-text"),
            act: None,
        }
    }
}
