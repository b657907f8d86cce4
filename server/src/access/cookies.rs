//! The cookies of the pages. Over https their names begin with `__Host-`, which no other site of the
//! same domain can set.

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

use crate::access::Token;

/// The session of a person who is signed in.
pub const SESSION: &str = "noi_session";
/// A random secret before sign-in, so that even that form has a token of its own.
pub const VISIT: &str = "noi_visit";
/// The language chosen on this device.
pub const LANGUAGE: &str = "noi_language";
/// What the next page says once: what was just recorded. Holds no personal data.
pub const SAID: &str = "noi_said";

fn full_name(name: &str, secure: bool) -> String {
    if secure {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}

/// The secret in the cookie `name`, if there is one of the right shape.
#[must_use]
pub fn token(jar: &CookieJar, name: &str, secure: bool) -> Option<Token> {
    Token::parse(jar.get(&full_name(name, secure))?.value())
}

/// The text in the cookie `name`.
#[must_use]
pub fn value<'a>(jar: &'a CookieJar, name: &str, secure: bool) -> Option<&'a str> {
    jar.get(&full_name(name, secure)).map(Cookie::value)
}

/// A cookie that ends with the browser and that no script can read.
#[must_use]
pub fn make(name: &str, value: String, secure: bool) -> Cookie<'static> {
    Cookie::build((full_name(name, secure), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .build()
}

/// A cookie that stays on this device.
#[must_use]
pub fn lasting(name: &str, value: String, secure: bool) -> Cookie<'static> {
    let mut cookie = make(name, value, secure);
    cookie.make_permanent();
    cookie
}

/// A cookie that takes the one called `name` away.
#[must_use]
pub fn removal(name: &str, secure: bool) -> Cookie<'static> {
    let mut cookie = make(name, String::new(), secure);
    cookie.make_removal();
    cookie
}
