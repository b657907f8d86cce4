//! `order-forensic-exam`: the investigating body orders a forensic examination (Circular 43/2021, art.
//! 21; Criminal Procedure Code, art. 205).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::choices;
use super::criminal::{exam_about, exam_field, exam_values, next_exam, waits_for_order};
use super::unit_choice::{chosen_unit, other_unit, province, unit_choice};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new("order-forensic-exam", &["order-forensic-exam"], form, |scene| {
    json!({
        "type": "order-forensic-exam", "exam_id": next_exam(scene), "exam": "injury", "body": "police",
    })
})
.basis("TT 43/2021/TT-BCA Điều 21; BLTTHS 2015 Điều 205")
.fresh(|scene| {
    let mut values = exam_values(scene, waits_for_order, true);
    if let Some(province) = province(scene) {
        values.set("unit", province);
    }
    values
})
.renew(|scene, values| {
    let waits = |id: &str| {
        let known = &scene.state().criminal.examinations;
        let exam = known.iter().find(|exam| exam.id.as_str() == id);
        exam.is_none_or(waits_for_order)
    };
    if !waits(values.first("exam_id")) {
        values.set("exam_id", next_exam(scene));
    }
})
.finish(|_, command| chosen_unit(command, "unit"))
.about(exam_about);

fn form(scene: &Scene<'_>) -> Form {
    Form::new("order-forensic-exam", "act-order-forensic-exam-send")
        .section(
            Section::new("exam", "act-what")
                .field(exam_field(scene, waits_for_order, true))
                .field(Field::radios(
                    "exam",
                    "exam-what",
                    choices::forensic_exams(),
                ))
                .field(
                    Field::radios("body", "exam-body", choices::forensic_bodies())
                        .hint("exam-body-hint"),
                )
                .field(unit_choice(scene, "unit", "exam-unit").hint("exam-unit-hint"))
                .field(other_unit())
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
