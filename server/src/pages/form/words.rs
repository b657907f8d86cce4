//! Words of a form: questions, choices, what is judged.

use std::borrow::Cow;

/// Words shown to a person: a text of ours, or words from elsewhere (a measure of the plan).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caption {
    /// Key of a text.
    Key(&'static str),
    /// Words as they are.
    Plain(String),
}

impl Caption {
    /// The words in `language`.
    #[must_use]
    pub fn text(&self, language: crate::language::Language) -> String {
        match self {
            Self::Key("") => String::new(),
            Self::Key(key) => language.text(key),
            Self::Plain(words) => words.clone(),
        }
    }
}

impl From<&'static str> for Caption {
    fn from(key: &'static str) -> Self {
        Self::Key(key)
    }
}

impl From<String> for Caption {
    fn from(words: String) -> Self {
        Self::Plain(words)
    }
}

/// One answer among several.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The value in the command.
    pub value: Cow<'static, str>,
    /// Its words.
    pub label: Caption,
    /// A sentence under it.
    pub hint: Option<Caption>,
    /// Whether it can be chosen; where not, the hint says why.
    pub possible: bool,
}

impl Choice {
    /// A choice with its words.
    #[must_use]
    pub fn new(value: impl Into<Cow<'static, str>>, label: impl Into<Caption>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
            possible: true,
        }
    }

    /// It is shown, but cannot be chosen, and why.
    #[must_use]
    pub fn impossible(mut self, why: impl Into<Caption>) -> Self {
        self.hint = Some(why.into());
        self.possible = false;
        self
    }

    /// A sentence under the choice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Caption>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// One row of a table of levels.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// What is judged.
    pub label: Caption,
    /// What high, medium and low mean here, in the words of the form in law.
    pub levels: Option<[Caption; 3]>,
}

impl Indicator {
    /// An indicator with what high, medium and low mean.
    #[must_use]
    pub fn new(label: impl Into<Caption>, levels: [&'static str; 3]) -> Self {
        Self {
            label: label.into(),
            levels: Some(levels.map(Caption::Key)),
        }
    }
}

impl From<Caption> for Indicator {
    fn from(label: Caption) -> Self {
        Self {
            label,
            levels: None,
        }
    }
}
