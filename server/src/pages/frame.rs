//! What every page shares: who reads it, in which language, and the token for its forms.

use std::sync::Arc;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use domain::unit::Units;
use fluent_templates::fluent_bundle::FluentValue;

use super::case::case_acts;
use super::{Done, PageError, assets, cookies, words};
use crate::AppState;
use crate::access::{Officer, Token, form_token, is_without_post, maybe_officer};
use crate::application::{acts_on_cases, names_deputies};
use crate::http::{Refusal, is_secure};
use crate::language::Language;

/// The frame of a page: language, reader, form token, and the cookies to set with it.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The language of the page.
    pub language: Language,
    /// Who reads it, if somebody is signed in.
    pub officer: Option<Officer>,
    /// The units that the page names.
    pub units: Arc<Units>,
    /// Name of the officer's unit.
    pub unit_name: String,
    /// The token that each form of this page carries in its field `_token`.
    pub form_token: String,
    /// Path and query of this page, to come back to.
    pub here: String,
    /// When the page was made, in words: for print.
    pub made_at: String,
    /// Whether this page was asked for, and did not answer a form.
    asked: bool,
    /// What was just done, said once on the page that follows.
    pub said: Option<String>,
    /// The same, where it was an act on a case: the page of that case says more.
    pub(super) done: Option<Done>,
    /// How many notices the reader has not taken note of.
    pub unread: i64,
    /// Whether the reader receives reports.
    pub receives_reports: bool,
    /// Whether the browser came over https.
    pub secure: bool,
    /// Whoever asks has a session, but no post any more.
    pub without_post: bool,
    cookies: Vec<Cookie<'static>>,
}

impl Frame {
    /// The frame for a request. A database that does not answer counts as nobody signed in when
    /// `lenient`: so an error page can always be shown.
    pub(super) async fn of(
        parts: &mut Parts,
        state: &AppState,
        lenient: bool,
    ) -> Result<Self, Refusal> {
        let officer = match maybe_officer(parts, state).await {
            Ok(officer) => officer,
            Err(_) if lenient => None,
            Err(error) => return Err(Refusal::failed(parts, &error)),
        };
        let secure = is_secure(&parts.headers, state);
        let jar = CookieJar::from_headers(&parts.headers);
        let mut new_cookies = Vec::new();
        let secret = match &officer {
            Some(officer) => officer.session.clone(),
            None => match cookies::token(&jar, cookies::VISIT, secure) {
                Some(visit) => visit,
                None => {
                    let visit = Token::random().map_err(|error| Refusal::failed(parts, &error))?;
                    let value = visit.reveal().to_owned();
                    new_cookies.push(cookies::make(cookies::VISIT, value, secure));
                    visit
                }
            },
        };
        let said = cookies::value(&jar, cookies::SAID, secure)
            .filter(|_| parts.method == axum::http::Method::GET);
        if said.is_some() {
            new_cookies.push(cookies::removal(cookies::SAID, secure));
        }
        // Vietnamese first: a phone set to English is not yet a reader of English.
        let chosen = cookies::value(&jar, cookies::LANGUAGE, secure).and_then(Language::parse);
        let language = chosen
            .or(officer.as_ref().map(|o| o.language))
            .unwrap_or_default();
        let done = said.and_then(Done::of_cookie);
        let said = said.map(|said| match &done {
            Some(done) => done.words(language),
            None => form_urlencoded::parse(said.as_bytes())
                .map(|(said, _)| said)
                .collect(),
        });
        let unit_name = officer
            .as_ref()
            .map(|o| state.units.name(&o.unit, state.today()))
            .unwrap_or_default();
        let unread = match &officer {
            Some(officer) if acts_on_cases(officer.role) => {
                let projections = &state.application.projections;
                // A page without the bell's number is better than none.
                projections
                    .unread_notices(officer.id)
                    .await
                    .unwrap_or_default()
            }
            _ => 0,
        };
        let procedure = &state.application.procedure;
        let receives_reports = officer
            .as_ref()
            .is_some_and(|officer| case_acts::receives_reports(procedure, officer));
        Ok(Self {
            receives_reports,
            language,
            unread,
            officer,
            units: Arc::clone(state.application.units()),
            unit_name,
            form_token: form_token(&secret),
            here: parts
                .uri
                .path_and_query()
                .map_or("/", |here| here.as_str())
                .to_owned(),
            asked: parts.method == axum::http::Method::GET,
            made_at: words::instant(state.now()),
            said,
            done,
            secure,
            without_post: is_without_post(parts),
            cookies: new_cookies,
        })
    }

    /// The text of `key` in the page's language.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.language.text(key)
    }

    /// The text of `key` with one value put in.
    #[must_use]
    pub fn t1<'a>(
        &self,
        key: &str,
        name: &'static str,
        value: impl Into<FluentValue<'a>>,
    ) -> String {
        self.language.text_with(key, &[(name, value.into())])
    }

    /// The reader's role in words.
    #[must_use]
    pub fn role_name(&self) -> String {
        match &self.officer {
            Some(officer) => self.t(&format!("role-{}", officer.role.name())),
            None => String::new(),
        }
    }

    /// On whose behalf the reader acts, if on anybody's: `thay mặt Hoàng Văn Thành`.
    #[must_use]
    pub fn on_behalf(&self) -> Option<String> {
        let held = self.officer.as_ref()?.on_behalf_of.as_ref()?;
        Some(self.t1("on-behalf-of", "name", held.name.as_str()))
    }

    /// By which act and until when the reader acts for somebody.
    #[must_use]
    pub fn on_behalf_until(&self) -> Option<String> {
        let held = self.officer.as_ref()?.on_behalf_of.as_ref()?;
        let until = held.until.map(|until| words::instant(until.utc()));
        let values = [
            ("act", held.act.as_str().into()),
            ("until", until.unwrap_or_default().into()),
        ];
        Some(self.language.text_with("on-behalf-until", &values))
    }

    /// That the substitution which the reader had chosen has ended, and what holds instead.
    #[must_use]
    pub fn capacity_ended(&self) -> Option<String> {
        let ended = self.officer.as_ref()?.ended.as_ref()?;
        let values = [
            ("name", ended.name.as_str().into()),
            ("at", words::instant(ended.at.utc()).into()),
            ("role", self.role_name().into()),
        ];
        Some(self.language.text_with("capacity-ended", &values))
    }

    /// Whether the reader can act in more than one capacity, or name who does.
    #[must_use]
    pub fn has_capacities(&self) -> bool {
        let officer = self.officer.as_ref();
        officer.is_some_and(|officer| officer.capacities > 1 || names_deputies(officer))
    }

    /// Whether the reader looks after the posts of officers.
    #[must_use]
    pub fn keeps_officers(&self) -> bool {
        let officer = self.officer.as_ref();
        officer.is_some_and(|officer| officer.role == domain::identity::Role::Administrator)
    }

    /// Whether the reader has a worklist.
    #[must_use]
    pub fn has_worklist(&self) -> bool {
        self.officer.as_ref().is_some_and(|o| acts_on_cases(o.role))
    }

    /// The number of unread notices in words; empty where there is none.
    #[must_use]
    pub fn unread_words(&self) -> String {
        match self.unread {
            0 => String::new(),
            unread => self.t1("bell-unread", "count", unread),
        }
    }

    /// Whether the reader may look for cases.
    #[must_use]
    pub fn sees_cases(&self) -> bool {
        self.officer
            .as_ref()
            .is_some_and(|officer| super::cases::may_look(officer.role))
    }

    /// Whether the reader reads the register of children.
    #[must_use]
    pub fn sees_children(&self) -> bool {
        self.officer
            .as_ref()
            .is_some_and(|officer| crate::application::reads_register(officer.role))
    }

    /// Whether the reader passes competences on when units end.
    #[must_use]
    pub fn passes_competence(&self) -> bool {
        self.officer
            .as_ref()
            .is_some_and(|officer| super::succession::may_pass(officer.role))
    }

    /// Whether the reader sees how obligations were met.
    #[must_use]
    pub fn sees_figures(&self) -> bool {
        let officer = self.officer.as_ref();
        officer.is_some_and(|officer| super::responsibility::may_look(officer.role))
    }

    /// Address of a static file, with its content hash.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// Where to come back to after a change of language. A page that answered a form cannot be asked
    /// for again, so this is only right for pages that were asked for with GET.
    #[must_use]
    pub fn is_here(&self, path: &str) -> bool {
        self.here.split('?').next() == Some(path)
    }

    /// Whether this page was asked for, and did not answer a form.
    #[must_use]
    pub const fn is_asked(&self) -> bool {
        self.asked
    }

    /// Where a small form of the frame leads back to: here, where that can be asked for.
    #[must_use]
    pub fn back_here(&self) -> &str {
        if self.asked { &self.here } else { "/" }
    }

    /// Also sets this cookie.
    #[must_use]
    pub fn with_cookie(mut self, cookie: Cookie<'static>) -> Self {
        self.cookies.push(cookie);
        self
    }

    /// Lets the next page say `text` once.
    #[must_use]
    pub fn with_said(self, text: &str) -> Self {
        let text = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        let cookie = cookies::make(cookies::SAID, text, self.secure);
        self.with_cookie(cookie)
    }

    /// Lets the next page say once that this was recorded, and what comes next.
    #[must_use]
    pub(super) fn with_done(self, done: &Done) -> Self {
        let cookie = cookies::make(cookies::SAID, done.to_cookie(), self.secure);
        self.with_cookie(cookie)
    }

    /// Answers with the page.
    #[must_use]
    pub fn page(&self, template: &impl Template) -> Response {
        self.page_with(StatusCode::OK, template)
    }

    /// Answers with the page under this status.
    #[must_use]
    pub fn page_with(&self, status: StatusCode, template: &impl Template) -> Response {
        let mut response = match template.render() {
            Ok(html) => (status, Html(html)).into_response(),
            Err(error) => {
                tracing::error!(error = %error, "a page could not be rendered");
                return PageError::Internal.into_response();
            }
        };
        let language = HeaderValue::from_static(self.language.code());
        response
            .headers_mut()
            .insert(header::CONTENT_LANGUAGE, language);
        self.set_cookies(response)
    }

    /// Answers with a redirection (303) to one of our own pages.
    #[must_use]
    pub fn redirect(&self, to: &str) -> Response {
        self.set_cookies(axum::response::Redirect::to(to).into_response())
    }

    fn set_cookies(&self, mut response: Response) -> Response {
        for cookie in &self.cookies {
            if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        response
    }
}

#[cfg(test)]
impl Frame {
    /// The frame of nobody, in Vietnamese.
    pub(super) fn of_nobody() -> Self {
        Self {
            language: Language::default(),
            officer: None,
            units: Arc::clone(Units::shipped()),
            unit_name: String::new(),
            form_token: String::new(),
            here: String::new(),
            made_at: String::new(),
            asked: true,
            said: None,
            done: None,
            unread: 0,
            receives_reports: false,
            secure: false,
            without_post: false,
            cookies: Vec::new(),
        }
    }
}

impl FromRequestParts<AppState> for Frame {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
        Self::of(parts, state, false).await
    }
}
