//! The person at the other end. Handlers take an [`Officer`]; whoever is not signed in gets a page to
//! sign in, or a 401 under `/api`.

use std::fmt;
use std::sync::{Arc, OnceLock};

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum_extra::extract::CookieJar;
use domain::identity::{Actor, Role};
use uuid::Uuid;

use super::session::{self, EndedCapacity, Found, Kind, OnBehalf};
use super::{AccessError, Token, cookies};
use crate::AppState;
use crate::http::{Refusal, is_secure};
use crate::language::Language;

/// Asked again and again by the script of the bell, not by a person: no use of a session.
pub const ASKED_BY_A_SCRIPT: &str = "/notices/count";

/// The officer who is signed in: the actor of whatever the request does.
#[derive(Clone)]
pub struct Officer {
    /// Their id in events.
    pub id: Uuid,
    /// Their name. Never log it.
    pub name: String,
    /// In what capacity they act.
    pub role: Role,
    /// Code of the unit they act in.
    pub unit: String,
    /// The agency they act for, where the unit alone does not say.
    pub agency: Option<String>,
    /// The language they read.
    pub language: Language,
    /// The post they act in: their own, or a substitution.
    pub post: Uuid,
    /// On whose behalf they act, where they substitute for somebody.
    pub on_behalf_of: Option<OnBehalf>,
    /// In how many capacities they could act now.
    pub capacities: usize,
    /// The substitution that they had chosen, where it runs no more.
    pub ended: Option<EndedCapacity>,
    /// The secret of their session.
    pub(crate) session: Token,
    /// How they bring it.
    pub(super) kind: Kind,
}

#[cfg(test)]
impl Officer {
    /// Who acted, as if they were signed in.
    pub(crate) fn signed_in(actor: &Actor) -> Self {
        Self {
            id: actor.officer.unwrap_or_default(),
            name: actor.name.clone().unwrap_or_default(),
            role: actor.role,
            unit: actor.unit.clone().unwrap_or_default(),
            agency: actor.agency.clone(),
            language: Language::default(),
            post: Uuid::nil(),
            on_behalf_of: None,
            capacities: 1,
            ended: None,
            session: Token::random().unwrap(),
            kind: Kind::Cookie,
        }
    }
}

impl Officer {
    /// The same officer as the session is now, for an answer that goes on for long; none when it has
    /// ended, or they hold no post any more. That it is asked is no use of the session.
    ///
    /// # Errors
    /// The database.
    pub async fn again(&self, state: &AppState) -> Result<Option<Self>, AccessError> {
        let now = state.now();
        let found = session::look_up(&state.database, &self.session, self.kind, now, false).await?;
        Ok(match found {
            Found::Officer(officer) => Some(*officer),
            Found::NoPost | Found::Nobody => None,
        })
    }

    /// Who acts, as the domain and the log see them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor {
            officer: Some(self.id),
            name: Some(self.name.clone()),
            role: self.role,
            agency: self.agency.clone(),
            unit: Some(self.unit.clone()),
            on_behalf_of: self.on_behalf_of.as_ref().map(|held| held.name.clone()),
        }
    }
}

impl fmt::Debug for Officer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Officer")
            .field("id", &self.id)
            .field("role", &self.role)
            .field("unit", &self.unit)
            .finish_non_exhaustive()
    }
}

/// Remembers during one request which language its reader reads, so that an error that is put into
/// words after the handler has ended speaks it too.
#[derive(Debug, Clone, Default)]
pub struct LanguageCell(Arc<OnceLock<Language>>);

impl LanguageCell {
    /// The language, once somebody found it out.
    #[must_use]
    pub fn get(&self) -> Option<Language> {
        self.0.get().copied()
    }

    fn set(&self, language: Language) {
        let _ = self.0.set(language);
    }
}

/// What was found out about a request, so that it is looked up once.
#[derive(Clone)]
struct LookedUp(Option<Officer>);

/// Whoever sent the request has a session, but no post.
#[derive(Debug, Clone, Copy)]
struct WithoutPost;

/// Whether the request comes from somebody who holds no post any more; known once
/// [`maybe_officer`] was asked.
pub(crate) fn is_without_post(parts: &Parts) -> bool {
    parts.extensions.get::<WithoutPost>().is_some()
}

/// The officer of a request, if somebody is signed in.
///
/// # Errors
/// The database.
pub async fn maybe_officer(
    parts: &mut Parts,
    state: &AppState,
) -> Result<Option<Officer>, AccessError> {
    if let Some(LookedUp(officer)) = parts.extensions.get::<LookedUp>() {
        return Ok(officer.clone());
    }
    let secure = is_secure(&parts.headers, state);
    let officer = match credentials(&parts.headers, &parts.method, parts.uri.path(), secure) {
        Some((token, kind)) => {
            // A page that lies open asks for notices by itself: that is no use of the session.
            let used = parts.uri.path() != ASKED_BY_A_SCRIPT;
            session::look_up(&state.database, &token, kind, state.now(), used).await?
        }
        None => Found::Nobody,
    };
    let officer = match officer {
        Found::Officer(officer) => Some(*officer),
        Found::NoPost => {
            parts.extensions.insert(WithoutPost);
            None
        }
        Found::Nobody => None,
    };
    if let (Some(cell), Some(officer)) = (parts.extensions.get::<LanguageCell>(), &officer) {
        cell.set(officer.language);
    }
    parts.extensions.insert(LookedUp(officer.clone()));
    Ok(officer)
}

/// The secret a request brings. Under `/api` a cookie counts only for reading: a browser sends it by
/// itself, so it must not be able to change anything without a form's token.
fn credentials(
    headers: &HeaderMap,
    method: &Method,
    path: &str,
    secure: bool,
) -> Option<(Token, Kind)> {
    let api = is_api(path);
    if api && let Some(bearer) = bearer(headers) {
        return Some((Token::parse(bearer)?, Kind::Bearer));
    }
    if api && !method.is_safe() {
        return None;
    }
    let jar = CookieJar::from_headers(headers);
    let token = cookies::token(&jar, cookies::SESSION, secure)?;
    Some((token, Kind::Cookie))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// Whether a path belongs to the API rather than to the pages.
pub(crate) fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// The language for the sentences of an answer under `/api`: what the program asks for, then what
/// the officer reads.
#[must_use]
pub fn reader_language(headers: &HeaderMap, cell: &LanguageCell) -> Language {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(Language::accepted)
        .or_else(|| cell.get())
        .unwrap_or_default()
}

impl FromRequestParts<AppState> for Officer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
        match maybe_officer(parts, state).await {
            Ok(Some(officer)) => Ok(officer),
            Ok(None) => Err(Refusal::not_signed_in(parts)),
            Err(error) => Err(Refusal::failed(parts, &error)),
        }
    }
}

impl OptionalFromRequestParts<AppState> for Officer {
    type Rejection = Refusal;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Option<Self>, Refusal> {
        maybe_officer(parts, state)
            .await
            .map_err(|error| Refusal::failed(parts, &error))
    }
}
