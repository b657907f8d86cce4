//! `attach-document`: a document is part of the file, known by name, type, size and hash.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::apart;
use crate::case::events::record::{DocumentFacts, DocumentPersonal};
use crate::case::{Context, Event, Rejection};
use crate::text::Line;

/// The document: `size` in bytes, `sha256` as 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct AttachDocument {
    pub name: Line,
    pub media_type: Line,
    pub size: u64,
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub sha256: String,
}

impl Example for AttachDocument {
    fn example() -> Value {
        json!({
            "name": "anh.jpg",
            "media_type": "image/jpeg",
            "size": 1234,
            "sha256": "0".repeat(64),
        })
    }
}

impl Gate for AttachDocument {}

impl Rule for AttachDocument {
    fn decide(&self, _: Option<Case<'_>>, _: &Context<'_>) -> Result<Vec<Event>, Rejection> {
        let hexadecimal = self.sha256.len() == 64
            && self
                .sha256
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !hexadecimal {
            return Err(Rejection::field(
                "/sha256",
                "sha256",
                "Mã băm SHA-256 gồm 64 chữ số thập lục phân viết thường.",
                "A SHA-256 hash has 64 lower-case hexadecimal digits.",
            ));
        }
        let (media_type, words) = apart(Some(&self.media_type));
        Ok(vec![Event::DocumentAttached(Split {
            facts: DocumentFacts {
                media_type,
                size: self.size,
                sha256: self.sha256.clone(),
            },
            personal: Some(DocumentPersonal {
                name: self.name.clone(),
                media_type: words,
            }),
        })])
    }
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use serde_json::json;

    #[test]
    fn a_document_is_known_by_its_hash() {
        let case = assessed()
            .when("03-12 09:00", OFFICER, document())
            .then(&["DocumentAttached"]);
        assert_eq!(case.state().documents[0].sha256, "0".repeat(64));
    }

    #[test]
    fn refusals() {
        for hash in [
            "0".repeat(63),
            "0".repeat(65),
            "A".repeat(64),
            "g".repeat(64),
        ] {
            assessed()
                .when(
                    "03-12 09:00",
                    OFFICER,
                    with(document(), json!({"sha256": hash})),
                )
                .then_refused_at("sha256", "/sha256");
        }
        assessed()
            .when(
                "03-12 09:00",
                OFFICER,
                with(document(), json!({"size": -1})),
            )
            .then_refused_at("wrong-type", "/size");
        assessed()
            .when("03-12 09:00", INSPECTOR, document())
            .then_refused("role-may-not");
    }
}
