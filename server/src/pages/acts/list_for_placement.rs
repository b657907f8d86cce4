//! `list-for-placement`: the facility lists the child for placement with a family (form 14; Decree
//! 56/2017, art. 45.1).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::placement::stay_about;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "list-for-placement",
    &[],
    form,
    |_| json!({ "type": "list-for-placement" }),
)
.basis("NĐ 56/2017/NĐ-CP Điều 45 khoản 1")
.about(stay_about);

fn form(_: &Scene<'_>) -> Form {
    Form::new("list-for-placement", "act-list-for-placement-send")
        .section(
            Section::new("note", "act-what").field(Field::long_text("note", "act-note").optional()),
        )
        .section(occurred())
}
