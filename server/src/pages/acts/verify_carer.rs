//! `verify-carer`: the commune of the carer verifies whether the family meets the conditions (form
//! 11; Decree 56/2017, art. 42.1; Law on Children, art. 63.2).

use serde_json::json;

use domain::case::care::PlacementStage;

use super::act::{Act, Scene, occurred};
use super::placement::{placement_about, placement_field, placement_trial, placement_values};
use super::yes_no::{as_booleans, yes_no};
use crate::pages::form::{Field, Form, Section};

const POSSIBLE: &[PlacementStage] = &[PlacementStage::Proposed];

pub(super) const ACT: Act = Act::new("verify-carer", &["verify-carer"], form, |scene| {
    json!({
        "type": "verify-carer", "placement_id": placement_trial(scene, POSSIBLE),
        "eligible": true, "findings": "-",
    })
})
.basis("NĐ 56/2017/NĐ-CP Điều 42 khoản 1; Luật Trẻ em 2016 Điều 63")
.fresh(|scene| placement_values(scene, POSSIBLE))
.finish(|_, command| {
    as_booleans(command, &["eligible"]);
    Vec::new()
})
.about(placement_about);

fn form(scene: &Scene<'_>) -> Form {
    Form::new("verify-carer", "act-verify-carer-send")
        .section(
            Section::new("verify", "act-what")
                .field(placement_field(scene, POSSIBLE))
                .field(Field::long_text("findings", "carer-findings").hint("carer-findings-hint"))
                .field(yes_no("eligible", "carer-eligible").hint("carer-eligible-hint")),
        )
        .section(occurred())
}
