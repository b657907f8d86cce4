//! Notes and documents.

use serde::{Deserialize, Serialize};

use crate::case::events::apart::either;
use crate::case::sentence::On;
use crate::language::Sentence;
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

impl DocumentFacts {
    pub(in crate::case) fn says(&self, _: On<'_>) -> Sentence {
        let size = size(self.size);
        Sentence::new(
            format!("Đã đính kèm tài liệu, {}", size.vi),
            format!("Attached a document of {}", size.en),
        )
    }
}

/// A size in words; Vietnamese writes a comma before tenths.
fn size(bytes: u64) -> Sentence {
    let (amount, unit) = match bytes {
        0..1_000 => return Sentence::new(format!("{bytes} B"), format!("{bytes} B")),
        1_000..1_000_000 => (bytes as f64 / 1e3, "kB"),
        _ => (bytes as f64 / 1e6, "MB"),
    };
    let en = format!("{amount:.1} {unit}");
    Sentence::new(en.replace('.', ","), en)
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

#[cfg(test)]
crate::case::sentence::samples! {
    NoteAdded {}, {"text": "SECRET"} =>
        "Đã thêm ghi chú",
        "Added a note";
    DocumentAttached {"media_type": "application/pdf", "size": 1250000,
        "sha256": "0000000000000000000000000000000000000000000000000000000000000000"}, {"name": "SECRET"} =>
        "Đã đính kèm tài liệu, 1,2 MB",
        "Attached a document of 1.2 MB";
    DocumentAttached {"media_type": "application/pdf", "size": 900,
        "sha256": "0000000000000000000000000000000000000000000000000000000000000000"} =>
        "Đã đính kèm tài liệu, 900 B",
        "Attached a document of 900 B";
}
