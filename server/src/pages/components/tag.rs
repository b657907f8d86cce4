//! The state of something in one or two words, with a shape and a colour of its own. Never a button.

use askama::Template;
use askama::filters::HtmlSafe;

use projections::Outcome;

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
    /// `Đúng hạn chỉ sau đính chính`.
    Corrected,
    /// `Không còn phải làm, đã muộn`.
    WaivedLate,
    /// `Không áp dụng`.
    NotApplicable,
    /// `Khẩn cấp`.
    Emergency,
    /// `Đã kết thúc`.
    Closed,
    /// `Mới`: others have recorded something since one last looked.
    News,
}

impl TagState {
    /// How an obligation went. What has no limit is done, but not in time.
    #[must_use]
    pub const fn of(outcome: Outcome, has_limit: bool) -> Option<Self> {
        match outcome {
            Outcome::Met if !has_limit => None,
            Outcome::Met => Some(Self::Met),
            Outcome::Corrected => Some(Self::Corrected),
            Outcome::Late => Some(Self::MetLate),
            Outcome::Overdue => Some(Self::Overdue),
            Outcome::Open => Some(Self::Open),
            Outcome::Waived => Some(Self::NotApplicable),
            Outcome::WaivedLate => Some(Self::WaivedLate),
        }
    }
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
            TagState::Corrected => ("late", "tag-in-time-corrected"),
            TagState::WaivedLate => ("late", "tag-waived-late"),
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
