//! `POST /api/v1/sessions`: name and password for a bearer token.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use domain::identity::Post;
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppState;
use crate::access::Agent;
use crate::access::session::Kind;
use crate::access::sign_in::{SignIn, sign_in};
use crate::api::{Body, Problem};
use crate::http::ClientAddress;

pub(in crate::api) fn routes() -> Router<AppState> {
    Router::new().route("/api/v1/sessions", post(create))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Credentials {
    username: String,
    password: String,
    /// Id of the post to act in; left out: the officer's own.
    #[serde(default)]
    capacity: Option<Uuid>,
}

#[derive(Serialize)]
struct Session {
    token: String,
    expires_at: DateTime<Utc>,
    officer: OfficerView,
}

#[derive(Serialize)]
struct OfficerView {
    id: Uuid,
    name: String,
    role: &'static str,
    unit: String,
    /// The post that the session acts in.
    capacity: Uuid,
    on_behalf_of: Option<String>,
    /// What else the officer could act in now.
    capacities: Vec<CapacityView>,
}

/// A post that is held now.
#[derive(Serialize)]
struct CapacityView {
    id: Uuid,
    role: &'static str,
    unit: String,
    agency: Option<String>,
    agency_kind: &'static str,
    from: Instant,
    until: Option<Instant>,
    on_behalf_of: Option<String>,
}

fn capacity(post: &Post) -> CapacityView {
    CapacityView {
        id: post.id,
        role: post.role.name(),
        unit: post.unit.clone(),
        agency: post.agency.name.clone(),
        agency_kind: post.agency.kind.name(),
        from: post.from,
        until: post.until,
        on_behalf_of: principal(post),
    }
}

fn principal(post: &Post) -> Option<String> {
    post.substitution.as_ref().map(|held| held.name.clone())
}

async fn create(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Body(credentials): Body<Credentials>,
) -> Result<impl IntoResponse, Problem> {
    let Credentials {
        username,
        password,
        capacity: wanted,
    } = credentials;
    let agent = Agent::of(&headers, Kind::Bearer);
    match sign_in(
        &state,
        &username,
        &password,
        address,
        (Kind::Bearer, &agent),
        wanted,
    )
    .await?
    {
        SignIn::Done {
            account,
            token,
            expires_at,
            posts,
            acting,
        } => {
            let held = posts.at(state.application.now());
            let capacities = held
                .main
                .into_iter()
                .chain(held.substitutions)
                .map(capacity);
            let post = posts.find(acting);
            let session = Session {
                token: token.reveal().to_owned(),
                expires_at,
                officer: OfficerView {
                    id: account.id,
                    name: account.display_name,
                    role: post.map_or(account.role, |post| post.role).name(),
                    unit: post.map_or(account.unit, |post| post.unit.clone()),
                    capacity: acting,
                    on_behalf_of: post.and_then(principal),
                    capacities: capacities.collect(),
                },
            };
            let headers = [(header::CACHE_CONTROL, "no-store")];
            Ok((StatusCode::CREATED, headers, Json(session)))
        }
        SignIn::Wrong => Err(Problem::new(StatusCode::UNAUTHORIZED, "wrong-credentials")),
        SignIn::Disabled => Err(Problem::new(StatusCode::FORBIDDEN, "account-disabled")),
        SignIn::NoPost => Err(Problem::new(StatusCode::FORBIDDEN, "no-post")),
        SignIn::NotHeld => Err(Problem::new(StatusCode::FORBIDDEN, "capacity-not-held")),
        SignIn::Wait(wait) => Err(Problem::too_many(wait.num_seconds())),
    }
}
