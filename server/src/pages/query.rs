//! What a page was asked for with: the fields of its query, as people and browsers send them.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// The fields that say which page of a list is meant.
const PLACE: [&str; 2] = ["after", "page"];

/// The longest text that a filter takes, in characters.
const LONGEST: usize = 200;

/// The fields of a query, in their order. Empty ones are left out, control characters are dropped
/// and what is too long is cut: a filter never fails.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    path: String,
    fields: Vec<(String, String)>,
}

impl Asked {
    pub(super) fn of(path: &str, query: &str) -> Self {
        let clean = |text: &str| -> String {
            let text: String = text.chars().filter(|c| !c.is_control()).collect();
            text.trim().chars().take(LONGEST).collect()
        };
        let fields = form_urlencoded::parse(query.as_bytes())
            .map(|(name, value)| {
                // A cursor is read as a whole or not at all.
                let value = if name == "after" {
                    value.chars().take(1000).collect()
                } else {
                    clean(&value)
                };
                (clean(&name), value)
            })
            .filter(|(_, value)| !value.is_empty())
            .collect();
        Self {
            path: path.to_owned(),
            fields,
        }
    }

    /// The value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a field has this value.
    #[must_use]
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }

    /// The address of the same page without a field and, since the list is another one then, from
    /// its beginning.
    #[must_use]
    pub fn without(&self, name: &str) -> String {
        self.address(|known| known != name && !PLACE.contains(&known), &[])
    }

    /// The address of the same page with a field changed, from the beginning of the list.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> String {
        self.with_all(&[(name, value)])
    }

    /// The same with several fields changed.
    #[must_use]
    pub fn with_all(&self, changed: &[(&str, &str)]) -> String {
        let keep =
            |known: &str| !PLACE.contains(&known) && changed.iter().all(|(name, _)| known != *name);
        self.address(keep, changed)
    }

    /// The address of the page of the list that begins behind a cursor.
    #[must_use]
    pub fn after(&self, cursor: &str, page: usize) -> String {
        self.with_all(&[("after", cursor), ("page", &page.to_string())])
    }

    fn address(&self, keep: impl Fn(&str) -> bool, added: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.fields.iter().filter(|(name, _)| keep(name)) {
            query.append_pair(name, value);
        }
        for (name, value) in added {
            query.append_pair(name, value);
        }
        match query.finish() {
            query if query.is_empty() => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(
            parts.uri.path(),
            parts.uri.query().unwrap_or_default(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_can_be_added_and_taken_away() {
        let asked = Asked::of(
            "/cases",
            "text=Th%E1%BB%AD+%00&stage=&status=open&after=12&page=3",
        );
        assert_eq!(asked.get("text"), Some("Thử"));
        assert_eq!(asked.get("stage"), None);
        assert_eq!(asked.without("text"), "/cases?status=open");
        assert_eq!(
            asked.without("status").as_str(),
            asked
                .with_all(&[("status", "")])
                .trim_end_matches("&status=")
        );
        assert_eq!(
            asked.after("24", 4),
            "/cases?text=Th%E1%BB%AD&status=open&after=24&page=4"
        );
        assert_eq!(
            asked.with("status", "closed"),
            "/cases?text=Th%E1%BB%AD&status=closed"
        );
        assert_eq!(Asked::of("/cases", "a=1").without("a"), "/cases");
    }
}
