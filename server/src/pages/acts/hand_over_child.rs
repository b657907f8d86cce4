//! `hand-over-child`: the child is handed over to the carer (Decree 56/2017, art. 42.7).

use serde_json::json;

use domain::case::placement::PlacementStage;

use super::act::{Act, Scene, occurred};
use super::placement::{placement_about, placement_field, placement_trial, placement_values};
use crate::pages::form::{Field, Form, Section};

const POSSIBLE: &[PlacementStage] = &[PlacementStage::Decided];

pub(super) const ACT: Act = Act::new("hand-over-child", &["hand-over-child"], form, |scene| {
    json!({
        "type": "hand-over-child", "placement_id": placement_trial(scene, POSSIBLE), "contacts": 2,
    })
})
.basis("NĐ 56/2017/NĐ-CP Điều 42 khoản 7")
.fresh(|scene| placement_values(scene, POSSIBLE))
.about(placement_about);

fn form(scene: &Scene<'_>) -> Form {
    Form::new("hand-over-child", "act-hand-over-child-send")
        .section(
            Section::new("hand-over", "act-what")
                .field(placement_field(scene, POSSIBLE))
                .field(
                    Field::number("contacts", "carer-contacts", 0, 99)
                        .hint("carer-contacts-hint")
                        .optional(),
                )
                .field(Field::long_text("note", "act-note").optional()),
        )
        .section(occurred())
}
