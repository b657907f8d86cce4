//! `/capacity`: in what capacity one is working, the choice of another, and, for a chair, who stands
//! in for them.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use domain::time::Instant;
use uuid::Uuid;

use super::form::draft::{self, Key};
use super::form::{DraftNote, Fault, Form};
use super::officers::change;
use super::officers::change::Received;
use super::officers::forms::{self, FormPage};
use super::officers::words::{self, PostView};
use super::{Frame, PageError, Posted};
use crate::AppState;
use crate::access::{Account, Officer, account, posts, session};
use crate::application::{Sender, acts_on_cases, names_deputies};
use crate::language::Sentence;

const ADDRESS: &str = "/capacity";
const DEPUTY: &str = "/capacity/deputy";

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(ADDRESS, get(show).post(choose))
        .route(DEPUTY, get(show_deputy).post(name_deputy))
        .route("/capacity/deputy/end", post(end_deputy))
}

#[derive(Template)]
#[template(path = "capacity.html")]
struct Page<'a> {
    frame: &'a Frame,
    capacities: Vec<Capacity>,
    names_deputies: bool,
    deputies: Vec<Deputy>,
}

struct Capacity {
    post: PostView,
    own: bool,
    chosen: bool,
}

struct Deputy {
    name: String,
    officer: Uuid,
    post: PostView,
}

async fn show(
    State(state): State<AppState>,
    officer: Officer,
    frame: Frame,
) -> Result<Response, PageError> {
    let now = state.application.now();
    let posts = posts::of(&state.database, officer.id).await?;
    let held = posts.at(now);
    let capacities = held.main.into_iter().chain(held.substitutions);
    let capacities = capacities.map(|post| Capacity {
        post: words::view(&frame, post, now),
        own: post.is_main(),
        chosen: post.id == officer.post,
    });
    let page = Page {
        capacities: capacities.collect(),
        names_deputies: names_deputies(&officer),
        deputies: deputies(&state, &frame, &officer, now).await?,
        frame: &frame,
    };
    Ok(frame.page(&page))
}

/// Who stands in for the officer now or will.
async fn deputies(
    state: &AppState,
    frame: &Frame,
    officer: &Officer,
    now: Instant,
) -> Result<Vec<Deputy>, PageError> {
    let mut deputies = Vec::new();
    if !names_deputies(officer) {
        return Ok(deputies);
    }
    for post in posts::deputies_of(&state.database, officer.id).await? {
        let post_view = words::view(frame, &post, now);
        if post_view.lasts
            && let Some(account) = account::with_id(&state.database, post.officer).await?
        {
            deputies.push(Deputy {
                name: account.display_name,
                officer: account.id,
                post: post_view,
            });
        }
    }
    Ok(deputies)
}

/// From now on the session acts in the capacity that was chosen; in the officer's own where none is
/// named or it has ended meanwhile.
async fn choose(State(state): State<AppState>, posted: Posted) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        values,
    } = posted;
    let now = state.application.now();
    let posts = posts::of(&state.database, officer.id).await?;
    let held = posts.at(now);
    let wanted = Uuid::parse_str(values.first("capacity")).ok();
    let mut substitutions = held.substitutions.iter();
    let chosen = substitutions.find(|post| Some(post.id) == wanted).copied();
    session::choose(
        &state.database,
        &officer.session,
        chosen.map(|post| post.id),
    )
    .await?;
    let next = super::sign_in::safe_page(values.first("next")).to_owned();
    let said = match chosen.or(held.main) {
        Some(post) => {
            let post = words::view(&frame, post, now).title;
            frame.t1("capacity-chosen", "post", post)
        }
        None => String::new(),
    };
    Ok(frame.clone().with_said(&said).redirect(&next))
}

/// Colleagues who could stand in: officers of the own unit who work on cases.
async fn colleagues(state: &AppState, officer: &Officer) -> Result<Vec<Account>, PageError> {
    if !names_deputies(officer) {
        return Err(PageError::Forbidden);
    }
    let mut all = account::list(&state.database).await?;
    all.retain(|account| {
        account.unit == officer.unit
            && account.id != officer.id
            && account.disabled_at.is_none()
            && acts_on_cases(account.role)
    });
    Ok(all)
}

fn deputy_page<'a>(frame: &Frame, officer: &Officer) -> FormPage<'a> {
    FormPage {
        title: frame.t("deputy-title"),
        lead: frame.t("deputy-lead"),
        action: DEPUTY,
        back: ADDRESS,
        key: Key::new(officer.id, None, "name-deputy"),
    }
}

fn deputy_form(state: &AppState, frame: &Frame, people: &[Account]) -> Form {
    let people: Vec<&Account> = people.iter().collect();
    forms::deputy(frame, "deputy", "deputy-who", &people, state.today())
}

async fn show_deputy(
    State(state): State<AppState>,
    officer: Officer,
    frame: Frame,
) -> Result<Response, PageError> {
    let people = colleagues(&state, &officer).await?;
    let form = deputy_form(&state, &frame, &people);
    let page = deputy_page(&frame, &officer);
    change::show(&state, &frame, &page, &form, forms::fresh(state.today())).await
}

async fn name_deputy(State(state): State<AppState>, posted: Posted) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        values,
    } = posted;
    let people = colleagues(&state, &officer).await?;
    let form = deputy_form(&state, &frame, &people);
    let page = deputy_page(&frame, &officer);
    let (command, values) = match change::read(&state, &frame, &page, &form, values).await? {
        Received::Answer(answer) => return Ok(answer),
        Received::Command(command, values) => (command, values),
    };
    let again = |fault, status| {
        let how = (DraftNote::None, status);
        page.show(&state, &frame, &form, &values, &[fault], how)
    };
    let chosen = command["deputy"].as_str().unwrap_or_default();
    let mut people = people.iter();
    let deputy = people.find(|account| account.id.to_string() == chosen);
    let me = account::with_id(&state.database, officer.id).await?;
    let (Some(deputy), Some(me)) = (deputy, me) else {
        let sentence = Sentence::key("fault-not-a-choice");
        let fault = Fault::new("/deputy", "not-a-choice", sentence);
        return Ok(again(fault, StatusCode::UNPROCESSABLE_ENTITY));
    };
    let new = forms::asked(&command, state.application.now());
    let given = state
        .application
        .posts()
        .substitute(deputy, &me, new, Sender::Officer(&officer))
        .await;
    if let Err(error) = given {
        let (fault, status) = words::trouble(&error)?;
        return Ok(again(fault, status));
    }
    draft::clear(&state.database, &page.key, &values, state.now()).await?;
    let said = frame.t("deputy-named");
    Ok(frame.clone().with_said(&said).redirect(ADDRESS))
}

/// A chair ends the substitution of their own deputy.
async fn end_deputy(State(state): State<AppState>, posted: Posted) -> Result<Response, PageError> {
    let Posted {
        officer,
        frame,
        values,
    } = posted;
    if !names_deputies(&officer) {
        return Err(PageError::Forbidden);
    }
    let id = |name| Uuid::parse_str(values.first(name)).map_err(|_| PageError::NotFound);
    let (deputy, post) = (id("deputy")?, id("post")?);
    let own = posts::deputies_of(&state.database, officer.id).await?;
    let own = own
        .iter()
        .any(|held| held.id == post && held.officer == deputy);
    let deputy = account::with_id(&state.database, deputy).await?;
    let deputy = deputy.filter(|_| own).ok_or(PageError::NotFound)?;
    let ended = state
        .application
        .posts()
        .end(&deputy, post, Sender::Officer(&officer))
        .await;
    ended.map_err(|error| words::failed(&error))?;
    let said = frame.t("post-ended-said");
    Ok(frame.clone().with_said(&said).redirect(ADDRESS))
}
