//! What happened in a case, newest first. A timeline is not a task list: nothing in it is a button.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Tag;

/// What happened.
#[derive(Debug, Clone, Template)]
#[template(path = "components/timeline.html")]
pub struct Timeline {
    /// How many there are, and that all are shown.
    pub count: String,
    /// Newest first.
    pub entries: Vec<TimelineEntry>,
    /// Words for `trước đó` and `bây giờ` in a correction.
    pub old_label: String,
    /// See `old_label`.
    pub new_label: String,
}

/// One event in words.
#[derive(Debug, Clone)]
pub struct TimelineEntry {
    /// Stable id for links.
    pub id: String,
    /// What happened.
    pub what: String,
    /// Both clocks in words, from [`crate::pages::words::both_clocks`].
    pub when: String,
    /// Who, as what, for whom.
    pub who: String,
    /// More words, line by line.
    pub text: String,
    /// What changed.
    pub changes: Vec<Change>,
    /// Form and article.
    pub basis: String,
    /// Marks.
    pub tags: Vec<Tag>,
}

/// One value that became another.
#[derive(Debug, Clone)]
pub struct Change {
    /// What.
    pub label: String,
    /// Before.
    pub old: String,
    /// After.
    pub new: String,
}

impl HtmlSafe for Timeline {}
