//! The query of a request, with an answer for every way in which it can be wrong.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::Problem;
use crate::AppState;
use crate::language::Sentence;

/// A query of type `T`. Refuses with 400 `bad-field` what `T` does not take, by pointer.
#[derive(Debug)]
pub struct QueryOf<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<AppState> for QueryOf<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        read(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

fn read<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let pairs = form_urlencoded::parse(query.as_bytes());
    if let Some((name, _)) = pairs
        .clone()
        .find(|(name, value)| (name.to_string() + value).contains('\0'))
    {
        let pointer = format!("/{}", name.replace('\0', ""));
        return Err(Problem::bad_field(
            pointer,
            "nul",
            Sentence::key("field-nul"),
        ));
    }
    serde_path_to_error::deserialize(serde_html_form::Deserializer::new(pairs)).map_err(|error| {
        let pointer = format!("/{}", error.path());
        Problem::bad_field(pointer, "bad-value", Sentence::key("field-bad-query"))
    })
}

/// The most rows on one page of a list.
const MOST_ROWS: usize = 200;

/// How many rows a page of a list shall have.
///
/// # Errors
/// 400 below 1 or above 200.
pub fn page_limit(asked: Option<usize>) -> Result<usize, Problem> {
    match asked {
        None => Ok(50),
        Some(limit) if (1..=MOST_ROWS).contains(&limit) => Ok(limit),
        Some(_) => Err(Problem::bad_field(
            "/limit",
            "bad-value",
            Sentence::key("field-bad-limit"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::language::Language;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Example {
        limit: Option<u32>,
        text: Option<String>,
    }

    #[test]
    fn what_is_wrong_in_a_query_is_pointed_at() {
        let good: Example = read("limit=5&text=%C4%90%C3%A0o").unwrap();
        assert_eq!(
            good,
            Example {
                limit: Some(5),
                text: Some("Đào".into())
            }
        );
        for (query, pointer) in [("limit=x", "/limit"), ("text=a%00b", "/text")] {
            let body = read::<Example>(query).unwrap_err().body(Language::En);
            assert_eq!(body["code"], "bad-field");
            assert_eq!(body["errors"][0]["pointer"], pointer);
        }
        assert!(read::<Example>("other=1").is_err());
    }
}
