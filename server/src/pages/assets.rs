//! Static files, built into the binary, under `/static/HASH/name`: with the right hash they may be
//! kept for ever, because another content has another address.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

use super::PageError;
use crate::AppState;

#[derive(RustEmbed)]
#[folder = "static"]
struct Assets;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/static/{hash}/{*name}", get(file))
}

/// The address of a static file; of one that does not exist it leads to 404.
pub(super) fn address(name: &str) -> String {
    let hash = Assets::get(name).map_or_else(|| "0".to_owned(), |file| short_hash(&file));
    format!("/static/{hash}/{name}")
}

fn short_hash(file: &rust_embed::EmbeddedFile) -> String {
    file.metadata.sha256_hash()[..6]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

async fn file(Path((hash, name)): Path<(String, String)>, asked: HeaderMap) -> Response {
    let Some(file) = Assets::get(&name) else {
        return PageError::NotFound.into_response();
    };
    let current = short_hash(&file);
    // An old page may still ask for the file by an old hash, and modules import each other by the
    // hash of the one that imports: they get the present content, but must ask again next time.
    let caching = if hash == current {
        "public, max-age=31536000, immutable"
    } else {
        "public, no-cache"
    };
    let tag = format!("\"{current}\"");
    let mut response = if asked
        .get(header::IF_NONE_MATCH)
        .is_some_and(|seen| *seen == tag)
    {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let kind = mime_guess::from_path(&name)
            .first_or_octet_stream()
            .to_string();
        let kind = if kind.starts_with("text/") {
            format!("{kind}; charset=utf-8")
        } else {
            kind
        };
        ([(header::CONTENT_TYPE, kind)], file.data.into_owned()).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_hash_may_be_kept_for_ever() {
        let address = address("noi.css");
        let hash = address.split('/').nth(2).unwrap().to_owned();
        let ask = |hash: String| file(Path((hash, "noi.css".to_owned())), HeaderMap::new());
        let response = ask(hash).await;
        assert_eq!(
            response.headers()["cache-control"],
            "public, max-age=31536000, immutable"
        );
        assert_eq!(
            response.headers()["content-type"],
            "text/css; charset=utf-8"
        );
        assert_eq!(
            ask("0".to_owned()).await.headers()["cache-control"],
            "public, no-cache"
        );
    }
}
