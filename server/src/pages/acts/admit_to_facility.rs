//! `admit-to-facility`: a social assistance facility takes the child in (Decree 20/2021, arts 24, 28.2).

use serde_json::json;

use domain::identity::Role;

use super::act::{Act, Scene, occurred};
use super::unit_choice::{chosen_unit, other_unit, province, unit_choice};
use super::{choices, initial_about};
use crate::pages::form::{Field, Form, Section, Values};

pub(super) const ACT: Act = Act::new("admit-to-facility", &[], form, |scene| {
    json!({
        "type": "admit-to-facility", "facility": "-", "unit": scene.state().incident_unit,
        "level": "provincial",
    })
})
.basis("NĐ 20/2021/NĐ-CP Điều 24, Điều 28 khoản 2; NĐ 56/2017/NĐ-CP Điều 42 khoản 4")
.fresh(|scene| {
    let mut values = Values::default();
    if scene.officer.role == Role::ProviderWorker {
        values.set("unit", scene.officer.unit.as_str());
    } else if let Some(province) = province(scene) {
        values.set("unit", province);
    }
    values
})
.finish(|_, command| chosen_unit(command, "unit"))
.about(initial_about);

fn form(scene: &Scene<'_>) -> Form {
    Form::new("admit-to-facility", "act-admit-to-facility-send")
        .section(
            Section::new("facility", "act-what")
                .field(Field::text("facility", "facility-name"))
                .field(Field::radios(
                    "level",
                    "facility-level",
                    choices::facility_levels(),
                ))
                .field(unit_choice(scene, "unit", "facility-unit").hint("facility-unit-hint"))
                .field(other_unit())
                .field(
                    Field::long_text("reason", "facility-reason")
                        .hint("facility-reason-hint")
                        .optional(),
                ),
        )
        .section(occurred())
}
