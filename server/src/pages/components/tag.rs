//! The state of something in one or two words, with a shape and a colour of its own. Never a button.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::language::Language;

/// The few states that a step can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagState {
    /// `Đang mở`.
    Open,
    /// `Đúng hạn`.
    Met,
    /// `Làm muộn`.
    MetLate,
    /// `Quá hạn`.
    Overdue,
    /// `Không áp dụng`.
    NotApplicable,
    /// `Khẩn cấp`.
    Emergency,
    /// `Đã kết thúc`.
    Closed,
    /// `Mới`: others have recorded something since one last looked.
    News,
}

/// A tag.
#[derive(Debug, Clone, Template)]
#[template(
    source = r#"<span class="tag tag-{{ class }}">{{ words }}</span>"#,
    ext = "html"
)]
pub struct Tag {
    class: &'static str,
    words: String,
}

impl Tag {
    /// The tag of a state.
    #[must_use]
    pub fn new(language: Language, state: TagState) -> Self {
        let (class, key) = match state {
            TagState::Open => ("open", "tag-open"),
            TagState::Met => ("met", "tag-met"),
            TagState::MetLate => ("late", "tag-late"),
            TagState::Overdue => ("overdue", "tag-overdue"),
            TagState::NotApplicable => ("none", "tag-none"),
            TagState::Emergency => ("emergency", "tag-emergency"),
            TagState::Closed => ("none", "tag-closed"),
            TagState::News => ("news", "tag-news"),
        };
        Self {
            class,
            words: language.text(key),
        }
    }
}

impl HtmlSafe for Tag {}
