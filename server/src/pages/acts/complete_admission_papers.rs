//! `complete-admission-papers`: the papers of an admission are complete (Decree 20/2021, art. 28.2).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::placement::stay_about;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "complete-admission-papers",
    &["complete-admission-papers"],
    form,
    |_| json!({ "type": "complete-admission-papers" }),
)
.basis("NĐ 20/2021/NĐ-CP Điều 28 khoản 2")
.about(stay_about);

fn form(_: &Scene<'_>) -> Form {
    Form::new(
        "complete-admission-papers",
        "act-complete-admission-papers-send",
    )
    .section(
        Section::new("note", "act-what").field(Field::long_text("note", "act-note").optional()),
    )
    .section(occurred())
}
