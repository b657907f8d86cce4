//! `propose-placement`: a family is found that may care for the child (Decree 56/2017, art. 42.1 to
//! 42.3).

use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::placement::next_placement;
use super::{choices, initial_about};
use crate::pages::form::{Field, Form, Section};

pub(super) const ACT: Act = Act::new("propose-placement", &[], form, |scene| {
    json!({
        "type": "propose-placement", "placement_id": next_placement(scene),
        "carer_kind": "relatives", "carer_unit": scene.state().incident_unit, "reason": "-",
    })
})
.basis("NĐ 56/2017/NĐ-CP Điều 42 khoản 1 đến 3; Luật Trẻ em 2016 Điều 62")
.fresh(|scene| {
    [("placement_id", next_placement(scene))]
        .into_iter()
        .collect()
})
.renew(|scene, values| values.set("placement_id", next_placement(scene)))
.about(initial_about);

fn form(_: &Scene<'_>) -> Form {
    Form::new("propose-placement", "act-propose-placement-send")
        .section(
            Section::new("propose", "act-what")
                .intro("placement-propose-intro")
                .field(Field::hidden("placement_id"))
                .field(
                    Field::radios("carer_kind", "carer-kind", choices::carer_kinds())
                        .hint("carer-kind-hint"),
                )
                .field(
                    Field::text("carer", "carer-name")
                        .hint("carer-name-hint")
                        .optional(),
                )
                .field(Field::unit("carer_unit", "carer-unit").hint("forward-to-hint"))
                .field(
                    Field::long_text("reason", "placement-reason").hint("placement-reason-hint"),
                ),
        )
        .section(occurred())
}
