//! The HTTP server: all routes, and what surrounds each request.
//!
//! From outside in: [`observe`](observe::observe) names, counts and logs the request and sets the
//! headers of every answer; compression; [`present`](present::present) puts refusals into the
//! reader's words; [`contain`](contain::contain) turns a panic or a handler that hangs into a
//! refusal; then the handler.

mod contain;
mod extract;
mod observe;
mod present;
mod problem;
mod refusal;

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Uri;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

pub use extract::{ClientAddress, FromThisMachine, PathOf, is_secure};
pub use problem::{FieldProblem, Problem};
pub use refusal::Refusal;

use crate::access::is_api;
use crate::api;
use crate::pages::form::draft;
use crate::pages::{self, PageError};
use crate::{AppState, access};

/// After the signal to stop, requests that were accepted have so long to end.
const LAST_REQUESTS: Duration = Duration::from_secs(20);

/// The whole application as one service.
pub fn router(state: AppState) -> Router {
    Router::new()
        .merge(api::routes())
        .merge(pages::routes())
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(api::LIMIT))
        .layer(from_fn(contain::contain))
        .layer(from_fn_with_state(state.clone(), present::present))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), observe::observe))
        .with_state(state)
}

/// Serves on `listener` until `stop` ends, then finishes what was accepted.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let app = router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let stopping = state.stopping.clone();
    let mut stopped = state.stopping.subscribe();
    // The first form should not wait for the register of units.
    let units = state.clone();
    tokio::task::spawn_blocking(move || units.units.on(units.today()));
    let keeper = tokio::spawn(clear_old_now_and_then(state));
    let server = axum::serve(listener, app).with_graceful_shutdown(async move {
        stop.await;
        // Long streams listen to this and end by themselves.
        stopping.send_replace(true);
    });
    let result = tokio::select! {
        result = server => result,
        () = async {
            let _ = stopped.wait_for(|stopping| *stopping).await;
            tokio::time::sleep(LAST_REQUESTS).await;
        } => {
            tracing::warn!("some requests did not end in time and were cut off");
            Ok(())
        }
    };
    keeper.abort();
    result
}

/// Ended sessions, forgotten sign-in failures and old drafts are cleared away every hour.
async fn clear_old_now_and_then(state: AppState) {
    let mut hours = tokio::time::interval(Duration::from_secs(3600));
    loop {
        hours.tick().await;
        if let Err(error) = access::sign_in::clear_old(&state).await {
            tracing::warn!(error = %error, "old sessions were not cleared away");
        }
        if let Err(error) = draft::clear_old(&state.database, state.now()).await {
            tracing::warn!(error = %error, "old drafts were not cleared away");
        }
    }
}

async fn unknown(uri: Uri) -> Response {
    if is_api(uri.path()) {
        Problem::not_found().into_response()
    } else {
        PageError::NotFound.into_response()
    }
}

async fn wrong_method(uri: Uri) -> Response {
    if is_api(uri.path()) {
        let status = axum::http::StatusCode::METHOD_NOT_ALLOWED;
        Problem::new(status, "method-not-allowed").into_response()
    } else {
        PageError::MethodNotAllowed.into_response()
    }
}
