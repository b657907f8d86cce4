//! What handlers ask of a request beside its body.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Path};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::Refusal;
use crate::AppState;

const FORWARDED_FOR: &str = "x-forwarded-for";
const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// Ids in the path. What is not an id names nothing: it answers 404, as an unknown id does.
#[derive(Debug)]
pub struct PathOf<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for PathOf<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(ids)) => Ok(Self(ids)),
            Err(_) => Err(Refusal::not_found(parts)),
        }
    }
}

/// Where the request came from, if that is known: the peer, or what the trusted proxy says.
#[derive(Debug, Clone, Copy)]
pub struct ClientAddress(pub Option<IpAddr>);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(Self(client_address(parts, state)))
    }
}

fn peer(parts: &Parts) -> Option<IpAddr> {
    parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip())
}

fn client_address(parts: &Parts, state: &AppState) -> Option<IpAddr> {
    if state.settings.behind_proxy {
        // The last entry is the one that our own proxy wrote; those before it anybody can write.
        let last = parts.headers.get_all(FORWARDED_FOR).iter().next_back();
        let last = last.and_then(|value| value.to_str().ok()?.rsplit(',').next());
        if let Some(address) = last.and_then(|text| text.trim().parse().ok()) {
            return Some(address);
        }
    }
    peer(parts)
}

/// Whether the person's browser came over https.
#[must_use]
pub fn is_secure(headers: &HeaderMap, state: &AppState) -> bool {
    state.settings.behind_proxy
        && headers
            .get(FORWARDED_PROTO)
            .is_some_and(|value| value.as_bytes() == b"https")
}

/// Lets only this machine in, unless the settings open these routes. Others are told 404.
#[derive(Debug, Clone, Copy)]
pub struct FromThisMachine;

impl FromRequestParts<AppState> for FromThisMachine {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refusal> {
        // A proxy on this machine passes on the requests of others: it says so in a header.
        let passed_on = parts.headers.contains_key(FORWARDED_FOR)
            || parts.headers.contains_key(axum::http::header::FORWARDED);
        let here = peer(parts).is_none_or(|address| address.to_canonical().is_loopback());
        if state.settings.open_health || (here && !passed_on) {
            Ok(Self)
        } else {
            Err(Refusal::not_found(parts))
        }
    }
}
