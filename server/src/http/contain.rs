//! A handler that panics or hangs must not take more with it than its own answer.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;

use super::Problem;
use crate::access::is_api;
use crate::pages::PageError;

/// No answer begins later than this. Streams may go on for longer once they have begun.
const LONGEST: Duration = Duration::from_secs(30);

pub(super) async fn contain(request: Request, next: Next) -> Response {
    let api = is_api(request.uri().path());
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(LONGEST, answer).await {
        Ok(Ok(response)) => response,
        // The panic's text may hold a person's data; the panic hook prints the place.
        Ok(Err(_)) => {
            tracing::error!("a handler panicked");
            refuse(api, StatusCode::INTERNAL_SERVER_ERROR, "internal")
        }
        Err(_) => {
            tracing::error!(limit_seconds = LONGEST.as_secs(), "a handler took too long");
            refuse(api, StatusCode::SERVICE_UNAVAILABLE, "timeout")
        }
    }
}

fn refuse(api: bool, status: StatusCode, code: &'static str) -> Response {
    if api {
        Problem::new(status, code).into_response()
    } else {
        PageError::of_status(status).into_response()
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    async fn broken() -> &'static str {
        panic!("this handler panics")
    }

    #[tokio::test]
    async fn a_panic_is_a_problem_and_the_next_request_is_served() {
        let app = Router::new()
            .route("/api/broken", get(broken))
            .route("/api/well", get(|| async { "well" }))
            .layer(from_fn(contain));
        let ask = |path: &str| {
            let request = Request::builder().uri(path).body(Body::empty()).unwrap();
            app.clone().oneshot(request)
        };
        let response = ask("/api/broken").await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(
            response.headers()["content-type"],
            "application/problem+json"
        );
        assert_eq!(ask("/api/well").await.unwrap().status(), StatusCode::OK);
    }
}
