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
use domain::unit::{Unit, Units};
use projections::{CaseFilter, CaseRow, Page};
use uuid::Uuid;

use super::case::{Age, Timing, case_words};
use super::components::{EmptyState, FilterPanel, Link, Pagination, Tag, TagState};
use super::query::Asked;
use super::{Frame, PageError, words};
use crate::AppState;
use crate::access::Officer;
use crate::application::{acts_on_cases, sight};

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
    filters: FilterPanel,
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
    let Some(seen) = sight(&officer) else {
        return Err(PageError::Forbidden);
    };
    let now = Instant::new(state.now());
    let text = |name: &str| asked.get(name).map(str::to_owned);
    let filter = CaseFilter {
        seen,
        text: text("text"),
        unit: text("unit"),
        stage: text("stage"),
        status: text("status"),
        emergency: asked.is("emergency", "yes").then_some(true),
        form: text("form"),
        overdue_at: asked.is("overdue", "yes").then_some(now),
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
    let page_of = Cases {
        filters: filters(&frame, &officer, &asked, today)?,
        pagination: pagination(&frame, &page, &asked),
        empty: page.items.is_empty().then(|| empty(&frame, &asked)),
        rows: page
            .items
            .into_iter()
            .map(|row| {
                let new = news.contains(&row.case_id);
                line(&frame, &state.application.calendar, row, new, now)
            })
            .collect(),
        frame: &frame,
    };
    Ok(frame.page(&page_of))
}

fn line(frame: &Frame, calendar: &Calendar, row: CaseRow, new: bool, now: Instant) -> Row {
    let (language, today) = (frame.language, now.date());
    let open = row.status == "open";
    let age = Age::on(today, row.birth_date, row.birth_year);
    let told = row.received_at.date();
    let place = case_words::short_unit_then(language, &row.incident_unit, told, today);
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
        emergency: (open && (row.emergency || row.danger))
            .then(|| Tag::new(language, TagState::Emergency)),
        news: new.then(|| Tag::new(language, TagState::News)),
        stage: stage(frame, &row.stage, row.closing_reason.as_deref()),
        harm: row
            .harm_forms
            .iter()
            .map(|form| case_words::code(language, "harm", form))
            .collect::<Vec<_>>()
            .join(", "),
        holder: case_words::unit_then(language, &row.holder_unit, today, today),
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

fn filters(
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
        Units::in_use()
            .communes(&officer.unit, today)
            .map(|unit| Choice {
                value: unit.reference().to_owned(),
                text: unit.name.clone(),
                chosen: asked.is("unit", unit.reference()),
            })
            .chain(former(frame, officer, asked, today))
            .collect()
    } else {
        Vec::new()
    };
    let fields = FilterFields {
        frame,
        text: asked.get("text").unwrap_or_default(),
        units,
        stages: choices("stage", "stage-", &STAGES),
        statuses: choices("status", "status-", &["open", "closed"]),
        forms: choices("form", "harm-", &FORMS),
        emergency: asked.is("emergency", "yes"),
        overdue: asked.is("overdue", "yes"),
    };
    let applied = FILTERS
        .into_iter()
        .filter_map(|name| {
            let value = asked.get(name)?;
            let known = |prefix: &str| language.find(&format!("{prefix}{value}"), &[]);
            let text = match name {
                "text" => frame.t1("filter-text-is", "text", value),
                "unit" => case_words::unit_then(language, value, today, today),
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

/// The communes that have ended and went into those of today, to be found by their old names.
fn former<'a>(
    frame: &'a Frame,
    officer: &Officer,
    asked: &'a Asked,
    today: NaiveDate,
) -> impl Iterator<Item = Choice> + use<'a> {
    let units = Units::in_use();
    let mut ids: Vec<&Unit> = Vec::new();
    for unit in units.communes(&officer.unit, today) {
        let before = units.lineage(&unit.id).into_iter();
        for old in before.filter(|old| old.name != unit.name) {
            if !ids.iter().any(|known| known.id == old.id) {
                ids.push(old);
            }
        }
    }
    ids.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
    ids.into_iter().map(move |unit| Choice {
        value: unit.id.clone(),
        text: case_words::unit_then(frame.language, &unit.id, today, today),
        chosen: asked.is("unit", &unit.id),
    })
}

fn pagination(frame: &Frame, page: &Page<CaseRow>, asked: &Asked) -> Pagination {
    Pagination {
        label: frame.t("pages"),
        shown: frame.language.text_with(
            "cases-shown",
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
    }
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
