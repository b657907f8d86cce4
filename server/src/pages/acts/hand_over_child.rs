//! `hand-over-child`: the child is handed over to the carer (Decree 56/2017, art. 42.7).

use serde_json::json;

use domain::case::care::PlacementStage;
use domain::case::events::placement::CarerKind;

use super::act::{Act, Scene, occurred};
use super::placement::{
    own_placements, placement_about, placement_field, placement_trial, placement_values, subject,
};
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

/// How often they met is demanded of families that are not related, unless the child is separated.
fn contacts(scene: &Scene<'_>) -> Field {
    let contacts = Field::number("contacts", "carer-contacts", 0, 99).hint("carer-contacts-hint");
    let own = own_placements(scene, POSSIBLE);
    let strangers = own
        .iter()
        .any(|one| one.carer_kind == CarerKind::NonRelatives);
    if scene.state().separation().is_some() || !strangers {
        contacts.optional()
    } else if own.len() == 1
        || subject(scene, POSSIBLE).is_some_and(|one| one.carer_kind == CarerKind::NonRelatives)
    {
        contacts
    } else {
        contacts.only_when("when-not-related")
    }
}

fn form(scene: &Scene<'_>) -> Form {
    Form::new("hand-over-child", "act-hand-over-child-send")
        .section(
            Section::new("hand-over", "act-what")
                .field(placement_field(scene, POSSIBLE))
                .field(contacts(scene))
                .field(Field::long_text("note", "act-note").optional()),
        )
        .section(occurred())
}
