//! Puts refusals into words: handlers say what went wrong, here it is said in the reader's language.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::Problem;
use crate::AppState;
use crate::access::{LanguageCell, reader_language};
use crate::pages::{PageError, render_error};

pub(super) async fn present(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let cell = LanguageCell::default();
    parts.extensions.insert(cell.clone());
    let asked = parts.clone();

    let mut response = next.run(Request::from_parts(parts, body)).await;

    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let mut spoken = problem.respond(reader_language(&asked.headers, &cell));
        keep_headers(&response, &mut spoken);
        return spoken;
    }
    if let Some(error) = response.extensions_mut().remove::<PageError>() {
        let mut page = render_error(asked, &state, &error).await;
        keep_headers(&response, &mut page);
        return page;
    }
    response
}

/// Headers such as `Allow` that were set beside the refusal stay.
fn keep_headers(from: &Response, to: &mut Response) {
    for (name, value) in from.headers() {
        if !to.headers().contains_key(name) && name != axum::http::header::CONTENT_LENGTH {
            to.headers_mut().insert(name, value.clone());
        }
    }
}
