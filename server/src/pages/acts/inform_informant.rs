//! `inform-informant`: who reported the crime is told the result (Circular 43/2021, art. 12.2).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::criminal::criminal_about;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "inform-informant",
    &["inform-informant"],
    form,
    |_| json!({ "type": "inform-informant" }),
)
.basis("TT 43/2021/TT-BCA Điều 12 khoản 2")
.about(criminal_about);

fn form(_: &Scene<'_>) -> Form {
    Form::new("inform-informant", "act-inform-informant-send")
        .section(
            Section::new("inform", "act-what").field(
                Field::long_text("note", "inform-note")
                    .hint("inform-note-hint")
                    .optional(),
            ),
        )
        .section(occurred())
}
