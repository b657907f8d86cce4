//! What happened in a case, newest first. A timeline is not a task list: nothing in it is a button.

use askama::Template;
use askama::filters::HtmlSafe;

use super::{Link, Record, Tag};

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
    /// Text of the line that opens everything that an event says.
    pub details_label: String,
}

/// One event in words.
#[derive(Debug, Clone, Default)]
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
    /// The way to what corrected it.
    pub corrected_by: Option<Link>,
    /// What it says, where that is little.
    pub record: Option<Record>,
    /// What it says, to be opened.
    pub details: Option<Record>,
    /// The way to correct it.
    pub correct: Option<Link>,
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
