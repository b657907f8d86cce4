//! A deadline in words, and one tap further its arithmetic: rule, article, days counted and skipped.

use askama::Template;
use askama::filters::HtmlSafe;

/// A deadline.
#[derive(Debug, Clone, Template)]
#[template(path = "components/deadline.html")]
pub struct DeadlineView {
    /// The deadline in words, from [`crate::pages::words::due`].
    pub words: String,
    /// Whether it has passed.
    pub overdue: bool,
    /// Text of the line that opens the arithmetic, for example `Vì sao hạn này?`.
    pub why: String,
    /// The rule in words, with what it counts from.
    pub rule: String,
    /// The article of law.
    pub legal_basis: String,
    /// The days, in order; empty for a limit that runs on the clock.
    pub lines: Vec<ArithmeticLine>,
    /// Decisions that were taken where the law is silent.
    pub notes: Vec<Interpretation>,
}

impl DeadlineView {
    /// A deadline without its arithmetic, for lists.
    #[must_use]
    pub const fn brief(words: String, overdue: bool) -> Self {
        Self {
            words,
            overdue,
            why: String::new(),
            rule: String::new(),
            legal_basis: String::new(),
            lines: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// A decision that was taken where the law is silent.
#[derive(Debug, Clone)]
pub struct Interpretation {
    /// That it is one.
    pub label: String,
    /// What was decided.
    pub text: String,
    /// `Lý do`.
    pub reason_label: String,
    /// Why.
    pub reason: String,
}

/// One day of the arithmetic.
#[derive(Debug, Clone)]
pub struct ArithmeticLine {
    /// The day in words.
    pub day: String,
    /// Whether it counts.
    pub counted: bool,
    /// `ngày 1`, or why it does not count.
    pub words: String,
}

impl HtmlSafe for DeadlineView {}
