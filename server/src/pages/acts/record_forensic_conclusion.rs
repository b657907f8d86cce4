//! `record-forensic-conclusion`: the forensic body concludes (Circular 43/2021, art. 22; Criminal Procedure
//! Code, art. 208).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::criminal::{exam_about, exam_field, exam_trial, exam_values, waits_for_conclusion};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "record-forensic-conclusion",
    &["forensic-conclusion"],
    form,
    |scene| {
        json!({
            "type": "record-forensic-conclusion",
            "exam_id": exam_trial(scene, waits_for_conclusion), "conclusion": "-",
        })
    },
)
.basis("TT 43/2021/TT-BCA Điều 22 khoản 2; TTLT 01/2022 Điều 13; BLTTHS 2015 Điều 208")
.fresh(|scene| exam_values(scene, waits_for_conclusion, false))
.about(exam_about);

fn form(scene: &Scene<'_>) -> Form {
    Form::new(
        "record-forensic-conclusion",
        "act-record-forensic-conclusion-send",
    )
    .section(
        Section::new("conclusion", "act-what")
            .field(exam_field(scene, waits_for_conclusion, false))
            .field(Field::long_text("conclusion", "exam-conclusion").hint("exam-conclusion-hint")),
    )
    .section(occurred())
}
