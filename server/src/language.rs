//! The two languages of the pages and of the API's sentences: Vietnamese first, English second.
//!
//! Texts stand in `locales/vi` and `locales/en`; a test holds both to the same keys and placeables.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid};
use serde::{Deserialize, Serialize};

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "vi",
        // Isolation marks would show as boxes in old browsers and end up in copied text.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const VI: LanguageIdentifier = langid!("vi");
const EN: LanguageIdentifier = langid!("en");

/// A language that Nôi speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// A value put into a text.
pub type Argument<'a> = (&'static str, FluentValue<'a>);

impl Language {
    /// Both languages, Vietnamese first.
    pub const ALL: [Language; 2] = [Language::Vi, Language::En];

    /// The code, as in `lang="vi"`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Language::Vi => "vi",
            Language::En => "en",
        }
    }

    /// The language with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Language> {
        Language::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// The other language.
    #[must_use]
    pub const fn other(self) -> Language {
        match self {
            Language::Vi => Language::En,
            Language::En => Language::Vi,
        }
    }

    /// The text of `key`. A key that does not exist is shown as itself and logged.
    #[must_use]
    pub fn text(self, key: &str) -> String {
        self.find(key, &[]).unwrap_or_else(|| missing(key))
    }

    /// The text of `key` with values put in, for example `[("count", 3.into())]`.
    #[must_use]
    pub fn text_with(self, key: &str, arguments: &[Argument<'_>]) -> String {
        self.find(key, arguments).unwrap_or_else(|| missing(key))
    }

    /// The text of `key`, or nothing when there is none.
    #[must_use]
    pub fn find(self, key: &str, arguments: &[Argument<'_>]) -> Option<String> {
        let language = match self {
            Language::Vi => &VI,
            Language::En => &EN,
        };
        if arguments.is_empty() {
            return LOCALES.try_lookup(language, key);
        }
        let arguments: HashMap<Cow<'static, str>, FluentValue<'_>> = arguments
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), value.clone()))
            .collect();
        LOCALES.try_lookup_with_args(language, key, &arguments)
    }

    /// The language that an `Accept-Language` header prefers, if it names one of ours.
    #[must_use]
    pub fn accepted(header: &str) -> Option<Language> {
        let mut best: Option<(f32, Language)> = None;
        for part in header.split(',') {
            let mut pieces = part.trim().split(';');
            let tag = pieces
                .next()
                .unwrap_or_default()
                .trim()
                .to_ascii_lowercase();
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q="))
                .map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
            let Some(language) = tag.split('-').next().and_then(Language::parse) else {
                continue;
            };
            if weight > 0.0 && best.is_none_or(|(heaviest, _)| weight > heaviest) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

fn missing(key: &str) -> String {
    tracing::error!(text.key = key, "a text is missing");
    key.to_owned()
}

/// A sentence that is put into words once the reader's language is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sentence {
    /// A text of ours with values put in.
    Key(&'static str, Vec<(&'static str, String)>),
    /// Written in both languages elsewhere, for example by the domain.
    Both {
        /// In Vietnamese.
        vi: String,
        /// In English.
        en: String,
    },
    /// The same in every language.
    Plain(String),
}

impl Sentence {
    /// A text of ours without values.
    #[must_use]
    pub const fn key(key: &'static str) -> Self {
        Self::Key(key, Vec::new())
    }

    /// The sentence in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        match self {
            Self::Key(key, values) => {
                let arguments: Vec<Argument<'_>> = values
                    .iter()
                    .map(|(name, value)| (*name, FluentValue::from(value.as_str())))
                    .collect();
                language.text_with(key, &arguments)
            }
            Self::Both { vi, en } => match language {
                Language::Vi => vi.clone(),
                Language::En => en.clone(),
            },
            Self::Plain(text) => text.clone(),
        }
    }
}

impl From<Language> for domain::language::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Vi => Self::Vi,
            Language::En => Self::En,
        }
    }
}

impl From<domain::language::Sentence> for Sentence {
    fn from(sentence: domain::language::Sentence) -> Self {
        Self::Both {
            vi: sentence.vi,
            en: sentence.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_language_that_we_speak_is_accepted() {
        assert_eq!(
            Language::accepted("fr, en-GB;q=0.7, vi;q=0.9"),
            Some(Language::Vi)
        );
        assert_eq!(Language::accepted("en-US,en;q=0.9"), Some(Language::En));
        assert_eq!(Language::accepted("fr, vi;q=0"), None);
        assert_eq!(Language::accepted(""), None);
    }

    #[test]
    fn texts_come_in_both_languages() {
        assert_eq!(Language::Vi.text("sign-in"), "Đăng nhập");
        assert_eq!(Language::En.text("sign-in"), "Sign in");
        assert_eq!(Language::Vi.find("no-such-text", &[]), None);
    }
}
