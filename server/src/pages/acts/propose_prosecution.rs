//! `propose-prosecution`: the child-protection agency proposes prosecution in writing and tells the
//! procuracy (Joint Circular 01/2022, art. 8.2).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::criminal::criminal_about;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "propose-prosecution",
    &["propose-prosecution"],
    form,
    |_| json!({ "type": "propose-prosecution", "procuracy_informed": true }),
)
.basis("TTLT 01/2022 Điều 8 khoản 2")
.about(criminal_about);

fn form(_: &Scene<'_>) -> Form {
    Form::new("propose-prosecution", "act-propose-prosecution-send")
        .section(
            Section::new("propose", "act-what")
                .field(
                    Field::text("document_number", "propose-number")
                        .hint("propose-number-hint")
                        .max(80)
                        .optional(),
                )
                .field(
                    Field::checkbox("procuracy_informed", "propose-procuracy")
                        .hint("propose-procuracy-hint"),
                )
                .field(Field::long_text("note", "act-note").optional()),
        )
        .section(occurred())
}
