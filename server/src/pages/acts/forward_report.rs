//! `forward-report`: to the commune where it happened, at once (Decree 56/2017, art. 26.1).

use domain::unit::Fate;
use serde_json::json;

use super::act::{Act, Scene, occurred};
use super::report_about;
use crate::pages::form::{Field, Form, Section, Values};

pub(super) const ACT: Act = Act::new(
    "forward-report",
    &["forward-report"],
    |_| {
        Form::new("forward-report", "act-forward-report-send")
            .section(
                Section::new("forward", "act-what")
                    .field(Field::unit("to_unit", "forward-to").hint("forward-to-hint")),
            )
            .section(occurred())
    },
    |scene| json!({ "type": "forward-report", "to_unit": to(scene) }),
)
.fresh(|scene| Values::from_iter([("to_unit", to(scene))]))
.about(report_about);

/// The commune of the incident or, where that has ended, its successor. Of a divided one nothing is
/// guessed.
fn to<'a>(scene: &'a Scene<'_>) -> &'a str {
    let seat = scene.state().incident();
    let units = scene.application.units();
    let ended = seat.ended(units, scene.today());
    let now = ended.and_then(|unit| units.current(&unit.id, scene.today(), scene.today()));
    match now {
        Some(Fate::Whole(unit)) => unit.reference(),
        _ => seat.unit(),
    }
}
