//! What a person typed, exactly as typed: the names and values of a form, in order.
//!
//! Forms are rendered from these values and from nothing else, so that nothing typed is ever lost,
//! right or wrong.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::{COMMAND_ID, EXPECTED_VERSION};

/// Names and values of a form. A name may come several times (a group of checkboxes).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Values(Vec<(String, String)>);

impl Values {
    /// The values of an urlencoded form. Text is composed (NFC), line ends become `\n`, and control
    /// characters, which no keyboard types on purpose, are dropped.
    #[must_use]
    pub fn parse(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body)
            .map(|(name, value)| (name.into_owned(), clean(&value)))
            .collect();
        Self(pairs)
    }

    /// The values kept in a draft.
    ///
    /// # Errors
    /// When the text is not what [`Values::to_json`] writes.
    pub fn from_json(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }

    /// The values as they are kept in a draft.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// The first value of `name`, or nothing.
    #[must_use]
    pub fn first(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// The first value of `name`, if it was sent at all.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// All values of `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// All names and values, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether nothing was typed or chosen at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, value)| value.is_empty())
    }

    /// Makes `value` the only value of `name`.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.0.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// Adds another value of `name`.
    pub fn add(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    /// Takes all values of `name` out and answers the first.
    pub fn take(&mut self, name: &str) -> String {
        let first = self.first(name).to_owned();
        self.0.retain(|(n, _)| n != name);
        first
    }

    /// The same for the same answers: what stays empty and what nobody types does not count.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut all: Vec<_> = self
            .pairs()
            .filter(|(name, value)| {
                // The rest of the names that begin so are of the page, not of the form.
                !value.is_empty()
                    && !name.starts_with('_')
                    && !name.ends_with(".count")
                    && ![COMMAND_ID, EXPECTED_VERSION].contains(name)
            })
            .collect();
        all.sort_unstable();
        let mut hash = Sha256::new();
        for text in all.into_iter().flat_map(|(name, value)| [name, value]) {
            hash.update(text.len().to_be_bytes());
            hash.update(text);
        }
        let hash = hash.finalize();
        hash.iter().take(8).map(|b| format!("{b:02x}")).collect()
    }

    /// Renames or drops names: `rename` answers the new name, or nothing to drop it.
    pub(super) fn rename(&mut self, rename: impl Fn(&str) -> Option<String>) {
        self.0 = std::mem::take(&mut self.0)
            .into_iter()
            .filter_map(|(name, value)| rename(&name).map(|name| (name, value)))
            .collect();
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Values {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
        .nfc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_composed_and_cleaned() {
        // "Hoàn" with a combining mark, a NUL, a Windows line end.
        let values = Values::parse("a=Hoa%CC%80n+L%C3%A3o%00&a=x%0D%0Ay&b=".as_bytes());
        assert_eq!(values.first("a"), "Hoàn Lão");
        assert_eq!(values.all("a").collect::<Vec<_>>(), ["Hoàn Lão", "x\ny"]);
        assert_eq!(values.get("b"), Some(""));
        assert_eq!(values.get("c"), None);
    }

    #[test]
    fn a_draft_keeps_everything() {
        let values: Values = [("note", "Đã gặp cháu\n\"ở nhà\""), ("note", "2")]
            .into_iter()
            .collect();
        assert_eq!(Values::from_json(&values.to_json()).unwrap(), values);
    }
}
