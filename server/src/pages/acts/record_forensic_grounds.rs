//! `record-forensic-grounds`: there are grounds for a forensic examination, or the victim asks for one
//! (Circular 43/2021, art. 21).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::choices;
use super::criminal::{criminal_about, next_exam};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new("record-forensic-grounds", &[], form, |scene| {
    json!({ "type": "record-forensic-grounds", "exam_id": next_exam(scene), "ground": "found" })
})
.basis("TT 43/2021/TT-BCA Điều 21")
.fresh(|scene| [("exam_id", next_exam(scene))].into_iter().collect())
.renew(|scene, values| values.set("exam_id", next_exam(scene)))
.about(criminal_about);

fn form(_: &Scene<'_>) -> Form {
    Form::new(
        "record-forensic-grounds",
        "act-record-forensic-grounds-send",
    )
    .section(
        Section::new("grounds", "act-what")
            .intro("forensic-grounds-intro")
            .field(Field::hidden("exam_id"))
            .field(Field::radios(
                "ground",
                "forensic-ground",
                choices::forensic_grounds(),
            ))
            .field(Field::long_text("note", "act-note").optional()),
    )
    .section(occurred())
}
