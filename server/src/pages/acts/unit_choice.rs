//! Units that are likely, by name, with a way to name another: for agencies of the province or of a
//! commune of the case.

use serde_json::Value;

use super::act::{Scene, own_words};
use crate::pages::form::{Choice, Fault, Field};

/// The question, with the likely units of this case: its province and its communes.
pub(super) fn unit_choice(scene: &Scene<'_>, path: &'static str, label: &'static str) -> Field {
    let mut codes = Vec::new();
    codes.extend(province(scene));
    let state = scene.state();
    let communes = [
        state.responsible_commune(),
        state.incident_unit.as_str(),
        scene.officer.unit.as_str(),
    ];
    for code in communes {
        if !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }
    let choices = codes
        .into_iter()
        .map(|code| {
            let name = scene.unit(&code);
            Choice::new(code, name)
        })
        .chain([Choice::new("other", "unit-other")]);
    Field::radios(path, label, choices)
}

/// Which other unit, where none of the likely ones is meant.
pub(super) fn other_unit() -> Field {
    Field::unit("other_unit", "unit-other-which")
        .hint("forward-to-hint")
        .only_when("when-other-unit")
}

/// Puts the other unit in its place.
pub(super) fn chosen_unit(command: &mut Value, path: &str) -> Vec<Fault> {
    own_words(command, path, "other_unit")
}

/// The province in which it happened.
pub(super) fn province(scene: &Scene<'_>) -> Option<String> {
    let units = scene.application.units();
    let province = units.province_of(&scene.state().incident_unit, scene.today());
    province.map(|province| province.reference().to_owned())
}
