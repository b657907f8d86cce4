//! `attach-document`: a document of the file, known by name, type, size and hash. A script reads them
//! from the chosen file; without one they are typed.

use serde_json::json;

use super::act::{Act, occurred};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "attach-document",
    &[],
    |_| {
        Form::new("attach-document", "form-send")
            .section(
                Section::new("document", "document-section")
                    .intro("document-intro")
                    .field(Field::text("name", "document-name").hint("document-name-hint"))
                    .field(
                        Field::text("media_type", "document-type")
                            .hint("document-type-hint")
                            .max(80),
                    )
                    .field(Field::number("size", "document-size", 0, 1_000_000_000_000))
                    .field(
                        Field::text("sha256", "document-sha256")
                            .hint("document-sha256-hint")
                            .max(80),
                    ),
            )
            .section(occurred())
    },
    |_| {
        json!({
            "type": "attach-document", "name": "-", "media_type": "-", "size": 0,
            "sha256": "0".repeat(64),
        })
    },
);
