//! What is said when there is nothing to show.

use askama::Template;
use askama::filters::HtmlSafe;

/// Words that lead somewhere.
#[derive(Debug, Clone)]
pub struct Link {
    /// The words.
    pub text: String,
    /// Where they lead.
    pub href: String,
}

/// What would stand here, and how it comes.
#[derive(Debug, Clone, Template)]
#[template(path = "components/empty.html")]
pub struct EmptyState {
    /// What there is none of.
    pub title: String,
    /// What would stand here and how it comes.
    pub text: String,
    /// The way to make one, where there is one.
    pub act: Option<Link>,
}

impl HtmlSafe for EmptyState {}
