//! `Đăng nhập`: the page to sign in, and the way back to where one was.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use axum_extra::extract::Query;
use serde::Deserialize;

use super::form::Values;
use super::posted::TOKEN_FIELD;
use super::{Frame, OpenPosted, PageError, cookies};
use crate::AppState;
use crate::access::session::{self, Kind};
use crate::access::sign_in::{SignIn, sign_in};
use crate::access::{Agent, Token, form_token};
use crate::http::ClientAddress;
use crate::pages::words;

/// Where one goes after sign-in without another wish.
const HOME: &str = "/";

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/sign-in", get(show).post(submit))
}

/// The address of this page that leads on to `next` afterwards.
#[must_use]
pub fn address(next: &str) -> String {
    if next == HOME {
        return "/sign-in".to_owned();
    }
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("/sign-in?next={next}")
}

/// `next` if it is a page of ours, else home: nobody is led elsewhere by a link of ours.
pub(super) fn safe_page(next: &str) -> &str {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && next.bytes().all(|byte| byte.is_ascii_graphic());
    if ours { next } else { HOME }
}

/// As [`safe_page`], and not back to this page.
fn safe_next(next: &str) -> &str {
    let next = safe_page(next);
    if next.starts_with("/sign-in") {
        HOME
    } else {
        next
    }
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    frame: &'a Frame,
    username: &'a str,
    next: &'a str,
    /// What was typed before the session ended, urlencoded; empty when there is nothing.
    carried: &'a str,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "resume.html")]
struct ResumePage<'a> {
    frame: &'a Frame,
    action: &'a str,
    fields: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Wish {
    #[serde(default)]
    next: String,
}

async fn show(frame: Frame, Query(wish): Query<Wish>) -> Response {
    let next = safe_next(&wish.next);
    if frame.officer.is_some() {
        return frame.redirect(next);
    }
    frame.page(&SignInPage {
        frame: &frame,
        username: "",
        next,
        carried: "",
        error: frame.without_post.then(|| frame.t("sign-in-no-post")),
    })
}

/// The page for somebody whose session ended while they typed: what they typed comes with it.
pub(super) fn again(frame: &Frame, action: &str, carried: &str) -> Response {
    let why = if frame.without_post {
        "sign-in-no-post"
    } else {
        "sign-in-again"
    };
    let error = Some(frame.t(why));
    let page = SignInPage {
        frame,
        username: "",
        next: safe_next(action),
        carried,
        error,
    };
    frame.page_with(StatusCode::UNAUTHORIZED, &page)
}

async fn submit(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    posted: OpenPosted,
) -> Result<Response, PageError> {
    let OpenPosted { frame, values } = posted;
    let username = values.first("username").trim();
    let next = safe_next(values.first("next"));
    let carried = values.first("carried");
    let outcome = sign_in(
        &state,
        username,
        values.first("password"),
        address,
        (Kind::Cookie, &Agent::of(&headers, Kind::Cookie)),
        None,
    )
    .await?;
    let (status, wait, error) = match outcome {
        SignIn::Done { token, .. } => {
            if let Some(officer) = &frame.officer {
                session::end(&state.database, &officer.session).await?;
            }
            return Ok(welcome(frame, &token, next, carried));
        }
        SignIn::Wrong => (StatusCode::UNAUTHORIZED, None, frame.t("sign-in-wrong")),
        SignIn::Disabled => (StatusCode::FORBIDDEN, None, frame.t("sign-in-disabled")),
        SignIn::NoPost | SignIn::NotHeld => {
            (StatusCode::FORBIDDEN, None, frame.t("sign-in-no-post"))
        }
        SignIn::Wait(wait) => {
            let time = words::duration(frame.language, wait);
            let error = frame.t1("sign-in-wait", "time", time);
            (
                StatusCode::TOO_MANY_REQUESTS,
                Some(wait.num_seconds().max(1)),
                error,
            )
        }
    };
    let page = SignInPage {
        frame: &frame,
        username,
        next,
        carried,
        error: Some(error),
    };
    let mut response = frame.page_with(status, &page);
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// The way on: to the page wished for, or back to what was typed.
fn welcome(frame: Frame, token: &Token, next: &str, carried: &str) -> Response {
    let secure = frame.secure;
    let mut frame = frame
        .with_cookie(cookies::make(
            cookies::SESSION,
            token.reveal().to_owned(),
            secure,
        ))
        .with_cookie(cookies::removal(cookies::VISIT, secure));
    if carried.is_empty() {
        return frame.redirect(next);
    }
    frame.form_token = form_token(token);
    let fields = Values::parse(carried.as_bytes())
        .pairs()
        .filter(|(name, _)| *name != TOKEN_FIELD)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    frame.page(&ResumePage {
        frame: &frame,
        action: next,
        fields,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_away() {
        for ours in ["/", "/cases/1?tab=plan", "/worklist"] {
            assert_eq!(safe_next(ours), ours);
        }
        for other in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/a b",
        ] {
            assert_eq!(safe_next(other), HOME, "{other}");
        }
    }

    #[test]
    fn the_wish_is_encoded() {
        assert_eq!(
            address("/cases/1?tab=plan"),
            "/sign-in?next=%2Fcases%2F1%3Ftab%3Dplan"
        );
        assert_eq!(address("/"), "/sign-in");
    }
}
