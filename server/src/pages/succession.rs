//! `/succession`: when units have ended, what passes to their successors. The clear ones pass on all
//! at once, after the plan was shown; of a divided unit the officer of the province chooses the part.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use domain::identity::Role;
use domain::time::Instant;
use domain::unit::{Unit, Units};

use super::components::EmptyState;
use super::{Frame, PageError, Posted, words};
use crate::AppState;
use crate::access::Officer;
use crate::application::{
    Carried, DueRow, SendError, Sender, SuccessionError, SuccessionPlan, sight,
};

const ADDRESS: &str = "/succession";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(ADDRESS, get(show).post(carry_out))
        .route("/succession/confirm", get(confirm))
        .route("/succession/choose", post(choose))
}

/// Whether a role passes competences on.
pub(super) fn may_pass(role: Role) -> bool {
    role == Role::ProvincialOfficer
}

#[derive(Template)]
#[template(path = "succession.html")]
struct Page<'a> {
    frame: &'a Frame,
    counts: String,
    clear_count: usize,
    clear: Vec<Group>,
    divided: Vec<ToChoose>,
    empty: Option<EmptyState>,
}

#[derive(Template)]
#[template(path = "succession_confirm.html")]
struct Confirm<'a> {
    frame: &'a Frame,
    lead: String,
    send: String,
    clear: Vec<Group>,
}

/// The cases that pass from one unit to one other.
struct Group {
    from: String,
    ended: String,
    to: String,
    act: String,
    count: String,
    cases: Vec<CaseLink>,
}

struct CaseLink {
    href: String,
    text: String,
}

/// A case of a divided unit.
struct ToChoose {
    case: CaseLink,
    id: String,
    from_id: String,
    from: String,
    ended: String,
    parts: Vec<Part>,
}

struct Part {
    id: String,
    name: String,
}

async fn plan<'s>(state: &'s AppState, officer: &Officer) -> Result<SuccessionPlan<'s>, PageError> {
    if !may_pass(officer.role) {
        return Err(PageError::Forbidden);
    }
    let seen = sight(state.application.units(), officer).ok_or(PageError::Forbidden)?;
    let today = Instant::new(state.now()).date();
    let plan = state.application.succession_plan(seen, today).await;
    plan.map_err(|error| failed(&error))
}

fn failed(error: &SuccessionError) -> PageError {
    match error {
        SuccessionError::Send {
            source: SendError::Internal(_),
            ..
        } => PageError::internal(error),
        _ => PageError::not_ready(error),
    }
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    frame: Frame,
) -> Result<Response, PageError> {
    let plan = plan(&state, &officer).await?;
    let (clear, divided) = (plan.clear().count(), plan.divided().count());
    let page = Page {
        counts: frame.language.text_with(
            "succession-counts",
            &[
                ("cases", plan.looked_at.into()),
                ("clear", clear.into()),
                ("divided", divided.into()),
            ],
        ),
        clear_count: clear,
        clear: groups(&frame, &plan),
        divided: plan
            .divided()
            .map(|row| to_choose(&frame.units, row))
            .collect(),
        empty: plan.rows.is_empty().then(|| EmptyState {
            title: frame.t("succession-empty"),
            text: frame.t("succession-empty-text"),
            act: None,
        }),
        frame: &frame,
    };
    Ok(frame.page(&page))
}

async fn confirm(
    State(state): State<AppState>,
    officer: Officer,
    frame: Frame,
) -> Result<Response, PageError> {
    let plan = plan(&state, &officer).await?;
    let clear = plan.clear().count();
    if clear == 0 {
        return Ok(frame.redirect(ADDRESS));
    }
    let page = Confirm {
        lead: frame.t1("succession-confirm-lead", "clear", clear),
        send: frame.t1("succession-confirm-send", "clear", clear),
        clear: groups(&frame, &plan),
        frame: &frame,
    };
    Ok(frame.page(&page))
}

async fn carry_out(State(state): State<AppState>, posted: Posted) -> Result<Response, PageError> {
    let Posted { officer, frame, .. } = posted;
    let plan = plan(&state, &officer).await?;
    let sender = Sender::Officer(&officer);
    let carried = state.application.carry_out(&sender, &plan).await;
    let Carried {
        done,
        before,
        refused,
    } = carried.map_err(|error| failed(&error))?;
    let said = frame.language.text_with(
        "succession-done",
        &[
            ("done", done.into()),
            ("before", before.into()),
            ("refused", refused.len().into()),
        ],
    );
    Ok(frame.with_said(&said).redirect(ADDRESS))
}

async fn choose(State(state): State<AppState>, posted: Posted) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        values,
    } = posted;
    let plan = plan(&state, &officer).await?;
    let asked = |row: &&DueRow<'_>| {
        row.case_id.to_string() == values.first("case") && row.due.from.id == values.first("from")
    };
    let Some(row) = plan.rows.iter().find(asked) else {
        let said = frame.t("succession-passed-before");
        return Ok(frame.with_said(&said).redirect(ADDRESS));
    };
    let mut parts = row.due.to.iter();
    let Some(to) = parts.find(|part| part.id == values.first("to")) else {
        let said = frame.t1("succession-none-chosen", "number", row.number.as_str());
        return Ok(frame.with_said(&said).redirect(ADDRESS));
    };
    let sender = Sender::Officer(&officer);
    let said = match state.application.pass_on(&sender, row, to).await {
        Ok(_) => frame.language.text_with(
            "succession-chosen",
            &[
                ("number", row.number.as_str().into()),
                ("to", to.name.as_str().into()),
            ],
        ),
        Err(SuccessionError::Send {
            source: SendError::Rejected(rejection),
            ..
        }) => rejection
            .message
            .in_language(frame.language.into())
            .to_owned(),
        Err(error) => return Err(failed(&error)),
    };
    Ok(frame.with_said(&said).redirect(ADDRESS))
}

fn groups(frame: &Frame, plan: &SuccessionPlan<'_>) -> Vec<Group> {
    let mut groups: BTreeMap<(&str, &str), (Vec<CaseLink>, &Unit, &Unit)> = BTreeMap::new();
    for (row, to) in plan.clear() {
        let from = row.due.from;
        let key = (from.name.as_str(), from.id.as_str());
        let group = groups.entry(key).or_insert((Vec::new(), from, to));
        group.0.push(link(row));
    }
    let group = |(cases, from, to): (Vec<CaseLink>, &Unit, &Unit)| Group {
        from: from.name.clone(),
        ended: ended(from),
        to: frame.units.full_name(to),
        act: to.act.clone().unwrap_or_default(),
        count: frame.t1("succession-cases", "count", cases.len()),
        cases,
    };
    groups.into_values().map(group).collect()
}

fn to_choose(units: &Units, row: &DueRow<'_>) -> ToChoose {
    let part = |unit: &&Unit| Part {
        id: unit.id.clone(),
        name: units.full_name(unit),
    };
    ToChoose {
        case: link(row),
        id: row.case_id.to_string(),
        from_id: row.due.from.id.clone(),
        from: row.due.from.name.clone(),
        ended: ended(row.due.from),
        parts: row.due.to.iter().map(part).collect(),
    }
}

fn link(row: &DueRow<'_>) -> CaseLink {
    CaseLink {
        href: format!("/cases/{}", row.case_id),
        text: match &row.child {
            Some(child) => format!("{} · {child}", row.number),
            None => row.number.clone(),
        },
    }
}

fn ended(unit: &Unit) -> String {
    unit.to.map(words::date).unwrap_or_default()
}
