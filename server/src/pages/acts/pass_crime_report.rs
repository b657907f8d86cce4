//! `pass-crime-report`: what may be a crime goes to the investigating body (Circular 43/2021, art. 5.1;
//! Joint Circular 01/2022, art. 9).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::report_about;
use super::unit_choice::{chosen_unit, other_unit, province, unit_choice};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new(
    "pass-crime-report",
    &["pass-crime-report", "tell-police"],
    form,
    |_| json!({ "type": "pass-crime-report" }),
)
.basis("TT 43/2021/TT-BCA Điều 5 khoản 1; TTLT 01/2022 Điều 9; BLTTHS 2015 Điều 146")
.fresh(|scene| {
    province(scene)
        .map(|code| ("to_unit", code))
        .into_iter()
        .collect()
})
.finish(|_, command| chosen_unit(command, "to_unit"))
.about(report_about);

fn form(scene: &Scene<'_>) -> Form {
    Form::new("pass-crime-report", "act-pass-crime-report-send")
        .section(
            Section::new("pass", "act-what")
                .intro("crime-pass-intro")
                .field(unit_choice(scene, "to_unit", "crime-to-unit").hint("crime-to-unit-hint"))
                .field(other_unit())
                .field(
                    Field::long_text("note", "crime-pass-note")
                        .hint("crime-pass-note-hint")
                        .optional(),
                ),
        )
        .section(occurred())
}
