//! `end-placement`: alternative care with a family ends (form 16; Law on Children, art. 69; Decree
//! 56/2017, art. 48).

use serde_json::json;

use domain::case::care::PlacementStage;

use super::act::{Act, Scene, occurred};
use super::choices;
use super::placement::{placement_about, placement_field, placement_trial, placement_values};
use crate::pages::form::{Field, Form, Section};

const POSSIBLE: &[PlacementStage] = &[
    PlacementStage::Placed,
    PlacementStage::Decided,
    PlacementStage::Verified,
];

pub(super) const ACT: Act = Act::new("end-placement", &["end-placement"], form, |scene| {
    json!({
        "type": "end-placement", "placement_id": placement_trial(scene, POSSIBLE),
        "ground": "carer-asks",
    })
})
.basis("Luật Trẻ em 2016 Điều 69; NĐ 56/2017/NĐ-CP Điều 48")
.fresh(|scene| placement_values(scene, POSSIBLE))
.about(placement_about);

fn form(scene: &Scene<'_>) -> Form {
    Form::new("end-placement", "act-end-placement-send")
        .section(
            Section::new("end", "act-what")
                .field(placement_field(scene, POSSIBLE))
                .field(Field::select(
                    "ground",
                    "placement-end-ground",
                    choices::end_grounds(),
                ))
                .field(
                    Field::text("decision_number", "decision-number")
                        .hint("decision-number-later")
                        .max(80)
                        .optional(),
                )
                .field(Field::long_text("note", "placement-end-note").only_when("when-ending-so")),
        )
        .section(occurred())
}
