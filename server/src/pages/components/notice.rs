//! What is said when there is nothing to show, and before something that cannot be taken back.

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

/// A card that stops the hand: what is about to happen, and the two ways from here.
#[derive(Debug, Clone, Template)]
#[template(path = "components/interruption.html")]
pub struct Interruption {
    /// What is about to happen.
    pub title: String,
    /// Why one should look twice.
    pub text: String,
    /// The way on.
    pub go_on: Link,
    /// The way back.
    pub go_back: Link,
}

impl HtmlSafe for EmptyState {}
impl HtmlSafe for Interruption {}
