//! Forms cannot be sent in a person's name by another site.
//!
//! Each form carries a token that follows from the session's secret; and a browser says where a
//! request came from. Programs with a bearer token need neither: no browser adds it by itself.

use axum::http::{HeaderMap, header};
use subtle::ConstantTimeEq;

use super::Token;

/// A request that does not come from one of our own forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForgedRequest;

/// The token for the forms of whoever holds `secret` (a session, or the visit before sign-in).
#[must_use]
pub fn form_token(secret: &Token) -> String {
    secret.derive("form")
}

/// Whether two tokens are the same, in a time that does not tell how much of them is.
#[must_use]
pub fn same_token(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// Refuses a request that a browser says came from elsewhere.
///
/// # Errors
/// [`ForgedRequest`].
pub fn check_origin(headers: &HeaderMap) -> Result<(), ForgedRequest> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site"))
        && site != "same-origin"
        && site != "none"
    {
        return Err(ForgedRequest);
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return Ok(());
    };
    let origin = origin.to_str().map_err(|_| ForgedRequest)?;
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    match (authority, text(header::HOST)) {
        (Some(authority), Some(host)) if authority.eq_ignore_ascii_case(host) => Ok(()),
        _ => Err(ForgedRequest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn only_our_own_origin_may_send() {
        let host = ("host", "noi.example:8080");
        let check = |pairs: &[_]| check_origin(&headers(pairs));
        assert_eq!(check(&[host]), Ok(()));
        assert_eq!(
            check(&[host, ("origin", "http://noi.example:8080")]),
            Ok(())
        );
        assert_eq!(check(&[host, ("sec-fetch-site", "same-origin")]), Ok(()));
        for forged in [
            [host, ("origin", "http://evil.example")],
            [host, ("origin", "null")],
            [host, ("sec-fetch-site", "cross-site")],
            [host, ("sec-fetch-site", "same-site")],
        ] {
            assert_eq!(check(&forged), Err(ForgedRequest));
        }
    }

    #[test]
    fn tokens_of_different_sessions_differ() {
        let (one, two) = (Token::random().unwrap(), Token::random().unwrap());
        assert!(same_token(&form_token(&one), &form_token(&one)));
        assert!(!same_token(&form_token(&one), &form_token(&two)));
        assert!(!same_token("", &form_token(&one)));
    }
}
