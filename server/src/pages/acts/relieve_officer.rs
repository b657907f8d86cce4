//! `relieve-officer`: an officer is in charge no more.

use serde_json::json;

use super::act::{Act, Scene, occurred};
use crate::pages::form::{Choice, Field, Form, Section};

pub(super) const ACT: Act = Act::new("relieve-officer", &[], form, |scene| {
    let first = scene.state().officers.first();
    let (officer, role) = first.map_or(("-", "commune-officer"), |assigned| {
        (assigned.officer.as_str(), assigned.role.name())
    });
    json!({ "type": "relieve-officer", "officer": officer, "role": role })
})
.basis("Luật Trẻ em 2016 Điều 52 khoản 2, Điều 53")
.finish(|_, command| {
    // The choice holds both: an officer can be in charge in two roles.
    let chosen = command["officer"].as_str().unwrap_or_default().to_owned();
    if let Some((role, officer)) = chosen.split_once(' ') {
        command["officer"] = json!(officer);
        command["role"] = json!(role);
    }
    Vec::new()
});

fn form(scene: &Scene<'_>) -> Form {
    let assigned = scene.state().officers.iter().map(|assigned| {
        let id = assigned.officer.as_str();
        let account = scene.colleagues.iter().find(|a| a.id.to_string() == id);
        let name = account.map_or(id, |account| account.display_name.as_str());
        let value = format!("{} {id}", assigned.role.name());
        Choice::new(value, name.to_owned()).hint(scene.t(&format!("role-{}", assigned.role.name())))
    });
    Form::new("relieve-officer", "act-relieve-officer-send")
        .section(
            Section::new("officer", "relieve-section").field(Field::radios(
                "officer",
                "relieve-officer",
                assigned,
            )),
        )
        .section(occurred())
}
