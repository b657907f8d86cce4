//! Moving an officer, letting them act for somebody, ending a post.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::identity::Role;
use uuid::Uuid;

use super::forms::{self, FormPage};
use super::words;
use crate::AppState;
use crate::access::{Account, Officer};
use crate::application::{Sender, looks_after};
use crate::http::PathOf;
use crate::language::Sentence;
use crate::pages::form::draft::{self, Key};
use crate::pages::form::{DraftNote, Fault, Form, Step, Values, open, receive};
use crate::pages::leaving::leave;
use crate::pages::{Frame, PageError, Posted};

fn page<'a>(
    frame: &Frame,
    officer: &Officer,
    account: &Account,
    what: &'static str,
    (action, back): (&'a str, &'a str),
) -> FormPage<'a> {
    let (title, lead) = match what {
        "move" => ("officer-move", "officer-move-lead"),
        _ => ("officer-substitute", "officer-substitute-lead"),
    };
    FormPage {
        title: frame.t1(title, "name", account.display_name.as_str()),
        lead: frame.t(lead),
        action,
        back,
        key: Key::new(officer.id, Some(account.id), what),
    }
}

fn addresses(account: &Account, what: &str) -> (String, String) {
    let back = format!("/officers/{}", account.id);
    (format!("{back}/{what}"), back)
}

/// Whom an officer could stand for: everybody else whom the administrator looks after.
async fn principals(
    state: &AppState,
    officer: &Officer,
    deputy: &Account,
) -> Result<Vec<Account>, PageError> {
    let mut all = super::all(state, officer).await?;
    all.retain(|account| account.id != deputy.id && account.disabled_at.is_none());
    // Those of the same unit first.
    all.sort_by_cached_key(|account| {
        let elsewhere = account.unit != deputy.unit;
        (
            elsewhere,
            account.unit.clone(),
            account.display_name.clone(),
        )
    });
    Ok(all)
}

fn substitution(state: &AppState, frame: &Frame, people: &[Account]) -> Form {
    let people: Vec<&Account> = people.iter().collect();
    forms::deputy(frame, "principal", "deputy-for", &people, state.today())
}

pub async fn show_move(
    State(state): State<AppState>,
    officer: Officer,
    frame: Frame,
    PathOf(id): PathOf<Uuid>,
) -> Result<Response, PageError> {
    let account = super::find(&state, &officer, id).await?;
    let (action, back) = addresses(&account, "move");
    let page = page(&frame, &officer, &account, "move", (&action, &back));
    let mut fresh = Values::default();
    fresh.set("role", account.role.name());
    fresh.set("unit", state.units.on(state.today()).label(&account.unit));
    fresh.set("agency", account.agency.clone().unwrap_or_default());
    show(&state, &frame, &page, &forms::moving(&frame), fresh).await
}

pub async fn show_substitute(
    State(state): State<AppState>,
    officer: Officer,
    frame: Frame,
    PathOf(id): PathOf<Uuid>,
) -> Result<Response, PageError> {
    let account = super::find(&state, &officer, id).await?;
    let people = principals(&state, &officer, &account).await?;
    let (action, back) = addresses(&account, "substitute");
    let page = page(&frame, &officer, &account, "substitute", (&action, &back));
    let form = substitution(&state, &frame, &people);
    show(&state, &frame, &page, &form, forms::fresh(state.today())).await
}

/// Shows a form for the first time, or with the draft that was kept.
pub async fn show(
    state: &AppState,
    frame: &Frame,
    page: &FormPage<'_>,
    form: &Form,
    fresh: Values,
) -> Result<Response, PageError> {
    let opened = open(state, form, &page.key, None, fresh).await?;
    let note = opened
        .draft_saved_at
        .map_or(DraftNote::None, DraftNote::Restored);
    let how = (note, StatusCode::OK);
    Ok(page.show(state, frame, form, &opened.values, &[], how))
}

/// What came of a form that was sent: an answer, or the command that it holds.
pub enum Received {
    /// The form again.
    Answer(Response),
    /// What is asked for.
    Command(serde_json::Value, Values),
}

/// Reads a form that was sent.
pub async fn read(
    state: &AppState,
    frame: &Frame,
    page: &FormPage<'_>,
    form: &Form,
    values: Values,
) -> Result<Received, PageError> {
    let step = receive(state, form, &page.key, values.clone()).await;
    let step = step.map_err(|error| PageError::from(error).keeping(page.action, frame, &values))?;
    let ok = (DraftNote::None, StatusCode::OK);
    let answer = match step {
        Step::Again(values) => page.show(state, frame, form, &values, &[], ok),
        Step::DraftSaved(values) => {
            let saved = (DraftNote::Saved(state.now()), StatusCode::OK);
            page.show(state, frame, form, &values, &[], saved)
        }
        Step::DraftDropped => frame.redirect(page.action),
        Step::Leave(leaving) => leave(state, frame, leaving, page.action).await?,
        Step::Wrong(values, unfinished) => {
            let wrong = (DraftNote::None, StatusCode::UNPROCESSABLE_ENTITY);
            page.show(state, frame, form, &values, &unfinished.faults, wrong)
        }
        Step::Send(submission, values) => {
            return Ok(Received::Command(submission.command, values));
        }
    };
    Ok(Received::Answer(answer))
}

pub async fn send_move(
    State(state): State<AppState>,
    PathOf(id): PathOf<Uuid>,
    posted: Posted,
) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        values,
    } = posted;
    let account = super::find(&state, &officer, id).await?;
    let (action, back) = addresses(&account, "move");
    let page = page(&frame, &officer, &account, "move", (&action, &back));
    let form = forms::moving(&frame);
    let (command, values) = match read(&state, &frame, &page, &form, values).await? {
        Received::Answer(answer) => return Ok(answer),
        Received::Command(command, values) => (command, values),
    };
    let again = |fault, status| {
        let how = (DraftNote::None, status);
        page.show(&state, &frame, &form, &values, &[fault], how)
    };
    let unit = command["unit"].as_str().unwrap_or_default();
    let role = command["role"].as_str().and_then(Role::parse);
    let Some(role) = role.filter(|_| looks_after(&frame.units, &officer, unit)) else {
        let sentence = Sentence::key("officer-unit-elsewhere");
        let fault = Fault::new("/unit", "unit-elsewhere", sentence);
        return Ok(again(fault, StatusCode::UNPROCESSABLE_ENTITY));
    };
    let agency = command["agency"].as_str().map(str::to_owned);
    let moved = state
        .application
        .posts()
        .move_to(&account, role, unit, agency, Sender::Officer(&officer))
        .await;
    if let Err(error) = moved {
        let (fault, status) = words::trouble(&error)?;
        return Ok(again(fault, status));
    }
    draft::clear(&state.database, &page.key, &values, state.now()).await?;
    let said = frame.t1("officer-moved", "name", account.display_name.as_str());
    Ok(frame.clone().with_said(&said).redirect(&back))
}

pub async fn send_substitute(
    State(state): State<AppState>,
    PathOf(id): PathOf<Uuid>,
    posted: Posted,
) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        values,
    } = posted;
    let account = super::find(&state, &officer, id).await?;
    let people = principals(&state, &officer, &account).await?;
    let (action, back) = addresses(&account, "substitute");
    let page = page(&frame, &officer, &account, "substitute", (&action, &back));
    let form = substitution(&state, &frame, &people);
    let (command, values) = match read(&state, &frame, &page, &form, values).await? {
        Received::Answer(answer) => return Ok(answer),
        Received::Command(command, values) => (command, values),
    };
    let chosen = command["principal"].as_str().unwrap_or_default();
    let mut people = people.iter();
    let Some(principal) = people.find(|account| account.id.to_string() == chosen) else {
        let fault = Fault::new(
            "/principal",
            "not-a-choice",
            Sentence::key("fault-not-a-choice"),
        );
        let how = (DraftNote::None, StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(page.show(&state, &frame, &form, &values, &[fault], how));
    };
    let new = forms::asked(&command, state.application.now());
    let given = state
        .application
        .posts()
        .substitute(&account, principal, new, Sender::Officer(&officer))
        .await;
    if let Err(error) = given {
        let (fault, status) = words::trouble(&error)?;
        let how = (DraftNote::None, status);
        return Ok(page.show(&state, &frame, &form, &values, &[fault], how));
    }
    draft::clear(&state.database, &page.key, &values, state.now()).await?;
    let said = frame.t("deputy-named");
    Ok(frame.clone().with_said(&said).redirect(&back))
}

pub async fn end(
    State(state): State<AppState>,
    PathOf(id): PathOf<Uuid>,
    posted: Posted,
) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        values,
    } = posted;
    let account = super::find(&state, &officer, id).await?;
    let post = Uuid::parse_str(values.first("post")).map_err(|_| PageError::NotFound)?;
    let ended = state
        .application
        .posts()
        .end(&account, post, Sender::Officer(&officer))
        .await;
    ended.map_err(|error| words::failed(&error))?;
    let said = frame.t("post-ended-said");
    Ok(frame
        .clone()
        .with_said(&said)
        .redirect(&format!("/officers/{id}")))
}
