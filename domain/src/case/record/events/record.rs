//! Notes and documents.

use serde::{Deserialize, Serialize};

use crate::case::events::apart::either;
use crate::log::Split;
use crate::text::{Line, MediaType, Prose};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotePersonal {
    pub text: Prose,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<MediaType>,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the content, 64 hexadecimal digits.
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentPersonal {
    pub name: Line,
    /// What it is in words, where that is no media type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<Line>,
}

impl Split<DocumentFacts, DocumentPersonal> {
    /// The media type, or what was written in its place.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        let words = self
            .personal
            .as_ref()
            .and_then(|own| own.media_type.as_ref());
        either(self.facts.media_type.as_ref(), words)
    }
}
