//! `end-facility-care`: the care in a facility ends (form 16; Decree 56/2017, art. 48.3).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::placement::stay_about;
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "end-facility-care",
    &["end-facility-care", "end-facility-stay"],
    form,
    |_| json!({ "type": "end-facility-care" }),
)
.basis("NĐ 56/2017/NĐ-CP Điều 48 khoản 3")
.about(stay_about);

fn form(_: &Scene<'_>) -> Form {
    Form::new("end-facility-care", "act-end-facility-care-send")
        .section(
            Section::new("end", "act-what")
                .field(
                    Field::text("decision_number", "decision-number")
                        .hint("decision-number-later")
                        .max(80)
                        .optional(),
                )
                .field(Field::long_text("note", "act-note").optional()),
        )
        .section(occurred())
}
