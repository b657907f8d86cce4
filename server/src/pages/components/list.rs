//! Lists: tasks with one act each, summaries, filters that are shown and removable, pages.

use askama::Template;
use askama::filters::HtmlSafe;

use super::notice::Link;
use super::{DeadlineView, Tag};

/// Tasks under one heading, for example `Quá hạn (3)`.
#[derive(Debug, Clone, Template)]
#[template(path = "components/tasks.html")]
pub struct TaskGroup {
    /// Stable id for links to this group.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// How many tasks there are in all, where that was counted.
    pub count: Option<usize>,
    /// The tasks.
    pub rows: Vec<TaskRow>,
}

/// One task: whose case, what, why, until when, and the one act.
#[derive(Debug, Clone)]
pub struct TaskRow {
    /// The child as lists show it: `Nguyễn T. T. · nữ · 9 tuổi · Hoàn Lão`.
    pub child: String,
    /// Case number.
    pub number: String,
    /// Address of the case.
    pub case_href: String,
    /// The step.
    pub step: String,
    /// The service, the referral or whatever else it is about; empty where it is the case itself.
    pub about: String,
    /// Why it is owed.
    pub why: String,
    /// Marks, for example the emergency.
    pub tags: Vec<Tag>,
    /// Until when.
    pub due: DeadlineView,
    /// The one act, if this person may do it.
    pub act: Option<Link>,
    /// Who has to act, where it is somebody else; empty otherwise.
    pub waits_for: String,
}

/// Labels and values.
#[derive(Debug, Clone, Template)]
#[template(path = "components/summary.html")]
pub struct SummaryList {
    /// The rows.
    pub rows: Vec<SummaryRow>,
}

/// One label with its value.
#[derive(Debug, Clone)]
pub struct SummaryRow {
    /// The label.
    pub label: String,
    /// The value; several lines stay lines.
    pub value: String,
    /// What can be done about it, for example correct it.
    pub act: Option<Link>,
}

/// The filters in force, each removable, and the form to change them.
#[derive(Debug, Clone, Template)]
#[template(path = "components/filters.html")]
pub struct FilterPanel {
    /// Heading.
    pub title: String,
    /// What is in force: words, and the address without it.
    pub applied: Vec<Link>,
    /// `Bỏ`: read before each removable filter.
    pub remove: String,
    /// Address of the page; the form sends with GET.
    pub action: String,
    /// The fields as HTML made by a template.
    pub fields: String,
    /// Text of the button.
    pub apply: String,
}

/// How many there are, which are shown, and the way on.
#[derive(Debug, Clone, Template)]
#[template(path = "components/pagination.html")]
pub struct Pagination {
    /// Name of this navigation for screen readers.
    pub label: String,
    /// `Hiện 1–20 trong 164 vụ việc`.
    pub shown: String,
    /// The page before.
    pub previous: Option<Link>,
    /// The page after.
    pub next: Option<Link>,
}

impl HtmlSafe for TaskGroup {}
impl HtmlSafe for SummaryList {}
impl HtmlSafe for FilterPanel {}
impl HtmlSafe for Pagination {}
