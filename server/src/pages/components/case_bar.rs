//! Whose case this is, always in sight, and the parts of the case as links.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Tag;

/// The sticky bar of a case, not higher than 56 px.
#[derive(Debug, Clone, Template)]
#[template(path = "components/identity_bar.html")]
pub struct IdentityBar {
    /// Name of the bar for screen readers.
    pub label: String,
    /// Case number.
    pub number: String,
    /// Address of the case.
    pub href: String,
    /// The child's whole name.
    pub child: String,
    /// Sex, age, commune: `nữ · 9 tuổi · Hoàn Lão`.
    pub details: String,
    /// Who holds the case.
    pub holder: String,
    /// Marks, for example the emergency.
    pub tags: Vec<Tag>,
}

/// The parts of a case as links: they work without a script and can be opened beside each other.
#[derive(Debug, Clone, Template)]
#[template(path = "components/tabs.html")]
pub struct Tabs {
    /// Name of this navigation for screen readers.
    pub label: String,
    /// The parts.
    pub items: Vec<Tab>,
}

/// One part.
#[derive(Debug, Clone)]
pub struct Tab {
    /// Its name.
    pub text: String,
    /// Its address.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
}

impl HtmlSafe for IdentityBar {}
impl HtmlSafe for Tabs {}
