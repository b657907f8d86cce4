//! With what somebody signed in: the kind of browser and of system, so that they recognise their own
//! devices. Nothing that names one device among others of its kind is kept, and no address.

use axum::http::{HeaderMap, header};

use super::session::Kind;

/// Browsers, by what they say of themselves; the first that fits. Many name others beside themselves.
const BROWSERS: [(&str, &str); 9] = [
    ("edg", "edge"),
    ("opr/", "opera"),
    ("coc_coc", "coc-coc"),
    ("samsungbrowser", "samsung"),
    ("firefox", "firefox"),
    ("fxios", "firefox"),
    ("crios", "chrome"),
    ("chrome", "chrome"),
    ("safari", "safari"),
];

/// Systems, in the same way.
const SYSTEMS: [(&str, &str); 6] = [
    ("android", "android"),
    ("iphone", "iphone"),
    ("ipad", "ipad"),
    ("windows", "windows"),
    ("mac os", "mac"),
    ("linux", "linux"),
];

/// What is stored of it, as `chrome/android`; a part that is not known is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent(String);

impl Agent {
    /// Of a request that begins a session. A program is told as such, whatever it calls itself.
    #[must_use]
    pub fn of(headers: &HeaderMap, kind: Kind) -> Self {
        let said = headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok());
        match (kind, said) {
            (Kind::Cookie, Some(said)) => Self::read(said),
            _ => Self(String::new()),
        }
    }

    fn read(said: &str) -> Self {
        let said = said.to_lowercase();
        let find = |known: &[(&str, &'static str)]| {
            let found = known.iter().find(|(words, _)| said.contains(words));
            found.map_or("", |(_, name)| *name)
        };
        Self(format!("{}/{}", find(&BROWSERS), find(&SYSTEMS)))
    }

    /// As it was stored.
    #[must_use]
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// As it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The browser and the system, where they are known.
    #[must_use]
    pub fn parts(&self) -> (Option<&str>, Option<&str>) {
        let (browser, system) = self.0.split_once('/').unwrap_or_default();
        let known = |part: &str| !part.is_empty();
        (
            Some(browser).filter(|part| known(part)),
            Some(system).filter(|part| known(part)),
        )
    }

    /// All names of browsers and systems, which have words in both languages.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BROWSERS.iter().chain(&SYSTEMS).map(|(_, name)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn a_browser_is_told_by_its_kind() {
        for (said, stored) in [
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/139.0.0.0 Mobile Safari/537.36",
                "chrome/android",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0",
                "edge/windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 \
                 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
                "safari/iphone",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
                "firefox/linux",
            ),
            ("curl/8.14", "/"),
        ] {
            let agent = Agent::read(said);
            assert_eq!(agent.as_str(), stored);
            let again = Agent::stored(stored.to_owned());
            assert_eq!(again.parts(), agent.parts());
        }
        assert_eq!(Agent::stored(String::new()).parts(), (None, None));
    }

    #[test]
    fn every_name_has_its_words() {
        for name in Agent::names() {
            for language in Language::ALL {
                let key = format!("agent-{name}");
                assert!(language.find(&key, &[]).is_some(), "{key}");
            }
        }
    }
}
