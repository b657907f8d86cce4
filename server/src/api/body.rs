//! The JSON body of a request, with an answer for every way in which it can be wrong.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Problem;
use crate::AppState;
use crate::language::Sentence;

/// The largest body in bytes. The router sets it for all routes.
pub const LIMIT: usize = 1024 * 1024;

/// A JSON body of type `T`.
///
/// Refuses with 415 what is not sent as JSON, 413 over the limit, 400 `not-json`, and 400
/// `bad-field` with a JSON pointer where `T` does not take it. Text with a NUL in it is refused: no
/// database of ours stores one.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not-sent-as-json",
            ));
        }
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| {
                if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large")
                } else {
                    not_json("the body ended early")
                }
            })?;
        parse(&bytes).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|_| not_json("the body is not UTF-8"))?;
    let value: Value = serde_json::from_str(text)
        .map_err(|error| not_json(format!("line {}, column {}", error.line(), error.column())))?;
    if let Some(pointer) = find_nul(&value, &mut String::new()) {
        return Err(Problem::bad_field(
            pointer,
            "nul",
            Sentence::key("field-nul"),
        ));
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let pointer = pointer(error.path());
        Problem::bad_field(
            pointer,
            "bad-value",
            Sentence::Plain(error.inner().to_string()),
        )
    })
}

fn not_json(place: impl Into<String>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "not-json").detail(Sentence::Plain(place.into()))
}

/// Where in `value` a text holds a NUL.
fn find_nul(value: &Value, path: &mut String) -> Option<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::String(text) => return text.contains('\0').then(|| path.clone()),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(i, item)| (i.to_string(), item))
            .collect(),
        Value::Object(members) => {
            if members.keys().any(|name| name.contains('\0')) {
                return Some(path.clone());
            }
            members
                .iter()
                .map(|(name, item)| (escape(name), item))
                .collect()
        }
        _ => return None,
    };
    for (name, child) in children {
        let length = path.len();
        path.push('/');
        path.push_str(&name);
        if let Some(found) = find_nul(child, path) {
            return Some(found);
        }
        path.truncate(length);
    }
    None
}

/// The JSON pointer of a place in a value.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Map { key } => Some(format!("/{}", escape(key))),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;
    use crate::language::Language;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Example {
        #[expect(dead_code, reason = "only its type is of interest")]
        items: Vec<u8>,
    }

    fn refusal(bytes: &[u8]) -> (StatusCode, Value) {
        let problem = parse::<Example>(bytes).unwrap_err();
        (problem.status(), problem.body(Language::En))
    }

    #[test]
    fn what_is_not_json_is_called_so() {
        for bytes in [b"{" as &[u8], b"", b"\xff\xfe", b"{\"items\":[1]} x"] {
            let (status, body) = refusal(bytes);
            assert_eq!(
                (status, &body["code"]),
                (StatusCode::BAD_REQUEST, &json!("not-json"))
            );
        }
    }

    #[test]
    fn a_bad_field_is_pointed_at() {
        let (_, body) = refusal(br#"{"items":[1,"two"]}"#);
        assert_eq!(body["code"], "bad-field");
        assert_eq!(body["errors"][0]["pointer"], "/items/1");
        let (_, body) = refusal(br#"{"items":[],"extra":1}"#);
        assert_eq!(body["errors"][0]["pointer"], "/extra");
        let (_, body) = refusal(br#"{"items":[],"a/b":["x\u0000"]}"#);
        assert_eq!(body["errors"][0]["pointer"], "/a~1b/0");
    }
}
