//! `record-placement-follow-up`: the commune of the carer sees how the child lives there (form 13;
//! Decree 56/2017, art. 43.2).

use serde_json::json;

use domain::case::care::PlacementStage;

use super::act::{Act, Scene};
use super::placement::{placement_about, placement_field, placement_trial, placement_values};
use super::yes_no::{as_booleans, danger_now, yes_no};
use crate::pages::form::{Field, Form, Section};

const POSSIBLE: &[PlacementStage] = &[PlacementStage::Placed];

pub(super) const ACT: Act = Act::new(
    "record-placement-follow-up",
    &["placement-follow-up"],
    form,
    |scene| {
        json!({
            "type": "record-placement-follow-up", "placement_id": placement_trial(scene, POSSIBLE),
            "visited_at": scene.now(), "child_seen": true, "findings": "-",
        })
    },
)
.rests_on(&["danger-hours-from-sight"])
.basis("NĐ 56/2017/NĐ-CP Điều 43 khoản 2; TT 14/2020/TT-BLĐTBXH Điều 13 khoản 3")
.fresh(|scene| placement_values(scene, POSSIBLE))
.finish(|_, command| {
    as_booleans(command, &["child_seen", "carer_harms", "danger_now"]);
    Vec::new()
})
.about(placement_about);

fn form(scene: &Scene<'_>) -> Form {
    Form::new(
        "record-placement-follow-up",
        "act-record-placement-follow-up-send",
    )
    .section(
        Section::new("follow-up", "act-what")
            .field(placement_field(scene, POSSIBLE))
            .field(Field::instant("visited_at", "visit-when"))
            .field(yes_no("child_seen", "visit-seen"))
            .field(yes_no("carer_harms", "follow-up-harms").hint("follow-up-harms-hint"))
            .field(danger_now())
            .field(
                Field::long_text("findings", "follow-up-findings").hint("follow-up-findings-hint"),
            ),
    )
}
