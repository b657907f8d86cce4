//! How far the procedure has come: an ordered list whose states are words first.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Tag;

/// The steps of a procedure.
#[derive(Debug, Clone, Template)]
#[template(path = "components/steps.html")]
pub struct Steps {
    /// Name of the list for screen readers.
    pub label: String,
    /// The steps in order.
    pub items: Vec<StepItem>,
}

/// Where a step stands in the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Done.
    Done,
    /// To be done now.
    Now,
    /// Cannot start yet: grey, and not a link.
    Later,
}

/// One step.
#[derive(Debug, Clone)]
pub struct StepItem {
    /// Its name.
    pub text: String,
    /// Where it stands.
    pub state: StepState,
    /// The state in words: `Đã làm`, `Làm bây giờ`, `Chưa tới`.
    pub state_words: String,
    /// Date, by whom, which round.
    pub detail: String,
    /// Late marks.
    pub tag: Option<Tag>,
    /// Where its record or form is.
    pub href: Option<String>,
}

impl StepItem {
    fn class(&self) -> &'static str {
        match self.state {
            StepState::Done => "done",
            StepState::Now => "now",
            StepState::Later => "later",
        }
    }
}

impl HtmlSafe for Steps {}
