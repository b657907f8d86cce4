//! `POST /api/v1/sessions`: name and password for a bearer token.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppState;
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
}

async fn create(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    Body(credentials): Body<Credentials>,
) -> Result<impl IntoResponse, Problem> {
    let Credentials { username, password } = credentials;
    match sign_in(&state, &username, &password, address, Kind::Bearer).await? {
        SignIn::Done {
            account,
            token,
            expires_at,
        } => {
            let session = Session {
                token: token.reveal().to_owned(),
                expires_at,
                officer: OfficerView {
                    id: account.id,
                    name: account.display_name,
                    role: account.role.name(),
                    unit: account.unit,
                },
            };
            let headers = [(header::CACHE_CONTROL, "no-store")];
            Ok((StatusCode::CREATED, headers, Json(session)))
        }
        SignIn::Wrong => Err(Problem::new(StatusCode::UNAUTHORIZED, "wrong-credentials")),
        SignIn::Disabled => Err(Problem::new(StatusCode::FORBIDDEN, "account-disabled")),
        SignIn::Wait(wait) => Err(Problem::too_many(wait.num_seconds())),
    }
}
