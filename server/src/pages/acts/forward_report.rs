//! `forward-report`: to the commune where it happened, at once (Decree 56/2017, art. 26.1).

use serde_json::json;

use super::act::{Act, occurred};
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
    |scene| json!({ "type": "forward-report", "to_unit": scene.state().incident_unit }),
)
.fresh(|scene| Values::from_iter([("to_unit", scene.state().incident_unit.as_str())]))
.about(report_about);
