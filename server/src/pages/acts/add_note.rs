//! `add-note`: a note in the file.

use serde_json::json;

use super::act::{Act, occurred};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "add-note",
    &[],
    |_| {
        Form::new("add-note", "form-send")
            .section(
                Section::new("note", "note-section")
                    .field(Field::long_text("text", "note-text").hint("note-text-hint")),
            )
            .section(occurred())
    },
    |_| json!({ "type": "add-note", "text": "-" }),
);
